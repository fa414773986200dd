"""A team's work by all that sets its price elsewhere: spec, kind and batch, and tokens where it has them."""

from dataclasses import dataclass
from datetime import datetime

from bot.pricing.spec import Size
from bot.pricing.usage import Usage

NO_TOKENS = Usage()


@dataclass(frozen=True)
class MixPart:
    """The pictures of one spec that were drawn one way; `quality` and `size` are None where a pipeline did not say.
    No `images`: its records did not say how many they brought.

    `is_metered`: each of its `records` brought its tokens, summed in `usage`; a part without has an empty one. `kept`
    and `judged` count pictures. `retries` were drawn again after another one, as far as the bot drew them; `reported`
    were drawn elsewhere. `unknown` records have no known price, and of them
    `unbounded` may have cost more than their model's prices say.
    """

    model: str
    quality: str | None
    size: Size | None
    kind: str
    batch: bool
    is_metered: bool
    records: int
    images: int
    kept: int
    judged: int
    retries: int
    reported: int
    spent_nanousd: int
    unknown: int
    last_at: datetime
    usage: Usage = NO_TOKENS
    partial_images: int = 0
    unbounded: int = 0
