"""Everything a person may read when something fails: one class a failure, its text a whole sentence."""

from dataclasses import dataclass


class ImagelaneError(Exception):
    """An expected failure. `str(error)` is the sentence a person reads; `code` is what a script matches."""

    code = "error"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotUnderstood(ImagelaneError):
    """The words typed are not a command this version has.

    `word` is the one that was not read, `meant` what it was perhaps meant to be: one thing, or two that are as likely.
    `mended` is the whole command in its canonical words, where all slips of the line had one mend.
    """

    code = "not_understood"

    def __init__(self, sentence: str, word: str | None = None, meant: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.word, self.meant = word, meant
        self.mended: str | None = None

    @property
    def reason(self) -> str:
        """What is said beside the mended command, where that does not say it all."""
        return ""


class BadNumber(NotUnderstood):
    code = "bad_number"

    @property
    def reason(self) -> str:
        return self.sentence


class BadPrompt(NotUnderstood):
    code = "bad_prompt"


class UnknownModel(ImagelaneError):
    """No such model, or it was not released on the day asked about."""

    code = "unknown_model"


class NoLanes(ImagelaneError):
    """The day lies before the first dated binding."""

    code = "no_lanes"


class BadSpec(ImagelaneError):
    """The model does not draw that quality or that size."""

    code = "bad_spec"


class NoPrice(ImagelaneError):
    """Nobody published this price: unknown, which is never zero."""

    code = "no_price"


class NoBatch(NoPrice):
    code = "no_batch"


class ModelRetired(ImagelaneError):
    code = "model_retired"


@dataclass(frozen=True)
class Shortfall:
    scope: str
    scope_id: str
    per: str
    period: str  # of now, such as 2026-W47
    short_nanousd: int
    set_by: str | None = None  # who set it last; None: the settings


class OverBudget(ImagelaneError):
    code = "over_budget"

    def __init__(
        self,
        lead: str,
        rest: str = "",
        channel_id: str | None = None,
        needed_nanousd: int = 0,
        shortfalls: tuple[Shortfall, ...] = (),
    ) -> None:
        """`channel_id`: the one that `lead` calls this channel. `shortfalls` are all budgets that refused, where more
        of them may be asked for."""
        super().__init__(f"{lead} {rest}".strip())
        self.lead, self.rest, self.channel_id = lead, rest, channel_id
        self.needed_nanousd, self.shortfalls = needed_nanousd, shortfalls


class BudgetChanged(ImagelaneError):
    """Somebody else changed the budget between looking and changing; `did` is what, without who."""

    code = "budget_changed"

    def __init__(self, person_id: str, did: str) -> None:
        super().__init__(f"{f'@{person_id}' if person_id else 'Somebody'} {did}")
        self.person_id, self.did = person_id, did


class NotAllowed(ImagelaneError):
    """A rule keeps this person from it; the sentence names the rule."""

    code = "not_allowed"


class BadPlan(ImagelaneError):
    """A blind test that can't be made, or a vote that can't be one."""

    code = "bad_plan"


class Blind(ImagelaneError):
    """A picture of a blind test that is still judged: what is known of it would say whose it is."""

    code = "blind"

    def __init__(self) -> None:
        super().__init__("That is of a blind test: nothing is told by lane or picture until it is sealed.")


class SlowDown(ImagelaneError):
    code = "slow_down"


class Busy(ImagelaneError):
    code = "busy"


class Paused(ImagelaneError):
    """The image service refused our key, model or money a moment ago; nothing is sent until it clears."""

    code = "paused"


class NotServed(ImagelaneError):
    """A request of a workspace that is not the one our token belongs to, or of none: it never will be answered."""

    code = "not_served"


class NotKnownYet(ImagelaneError):
    """Slack has not said yet which workspace our token belongs to."""

    code = "not_known_yet"

    def __init__(self) -> None:
        super().__init__(
            "I can't tell yet which workspace I belong to: Slack did not answer me. Nothing was run or charged. "
            "Try again in a minute."
        )


class NotOpen(ImagelaneError):
    """What a button was about is unknown here, in another workspace, deleted or closed: one wording for all of them."""

    code = "not_open"

    def __init__(self, sentence: str = "That is no longer open; nothing was changed.") -> None:
        super().__init__(sentence)


class Unknown(NotOpen):
    """Somebody named one by an id that nobody knows here. `kind` as people call it: picture, blind test."""

    def __init__(self, kind: str, its_id: str) -> None:
        super().__init__(f"I know no {kind} {its_id} here.")


class BadFile(ImagelaneError):
    """A file of usage records that can't be read as one."""

    code = "bad_file"


class BillUnread(ImagelaneError):
    """The provider's bill could not be read to its end, so nothing of it was stored."""

    code = "bill_unread"

    def __init__(self, sentence: str, wait_seconds: float = 0.0) -> None:
        """`wait_seconds`: how long the provider wants to be left alone."""
        super().__init__(f"The provider's bill was not read: {sentence}")
        self.wait_seconds = wait_seconds


class ForOnePerson(ImagelaneError):
    """Figures by person were asked for by something that is no person."""

    code = "for_one_person"

    def __init__(self) -> None:
        super().__init__(
            "Figures by person are for the one who asks, and a token is no person. "
            "Ask with `/imagelane spend by person`: only you see the answer."
        )


class StoreTrouble(ImagelaneError):
    """The database gave no good answer. Who has time reads the row again later, and goes on from there."""


class StoreBusy(StoreTrouble):
    """Nothing was changed."""

    code = "store_busy"

    def __init__(self, sentence: str = "Storage is busy: nothing was run or charged. Try again in a moment.") -> None:
        super().__init__(sentence)


class StoreAway(StoreBusy):
    """Nothing was changed, and waiting alone does not mend it: the disk is full, the file is gone. `why` ends a
    sentence that begins with "Storage"."""

    code = "store_away"

    def __init__(self, why: str) -> None:
        super().__init__(f"Storage {why}: nothing was run or charged. It works again as soon as that is mended.")
        self.why = why


class StoreUnsure(StoreTrouble):
    """The connection was lost while a change was made final: it stands, or it does not."""

    code = "store_unsure"

    def __init__(
        self,
        sentence: str = "Storage went away before it said whether this was done. Look before you ask for it again.",
    ) -> None:
        super().__init__(sentence)


class CantStore(ImagelaneError):
    """Pictures can't be written: nothing is drawn where it would be lost. `why` is for those who run imagelane."""

    code = "cant_store"

    def __init__(
        self,
        why: str,
        sentence: str = "Pictures can't be stored just now: nothing was run or charged. Try again later.",
    ) -> None:
        super().__init__(sentence)
        self.why = why


class StoreUnusable(ImagelaneError):
    """The database is missing, damaged, read-only or of another version: the process must not start."""

    code = "store_unusable"


class BadSettings(ImagelaneError):
    code = "bad_settings"


class BadCatalog(ImagelaneError):
    """A file in data/ is wrong; the sentence names file, key and value."""

    code = "bad_catalog"
