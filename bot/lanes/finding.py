"""What a team's own sealed bench says of one kind of work."""

from dataclasses import dataclass
from datetime import date

from bot.evidence import Word


@dataclass(frozen=True)
class Finding:
    """The newest verdict on a kind of work. `bet` is who is likelier the cheaper one, where that is not proven;
    `stale` says what came since, a sentence each."""

    kind: str
    bench: str
    sealed_on: date
    prompts: int
    word: Word
    winner: str | None
    bet: str | None
    stale: tuple[str, ...]
    sentence: str

    @property
    def decides(self) -> bool:
        return self.winner is not None and not self.stale
