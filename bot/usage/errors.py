"""What a person, or a pipeline, reads when usage records or their tokens are refused."""

from datetime import date

from bot.errors import ImagelaneError, StoreBusy


class BadRecord(ImagelaneError):
    """A usage record that can't be taken in; `field` is the dotted name of the first wrong field."""

    code = "bad_record"

    def __init__(self, field: str, reason: str, index: int | None = None) -> None:
        """`index`: its place in the list it came in, from 0; None where it came alone."""
        super().__init__(f"{'' if index is None else f'Record {index}: '}{field} {reason}. Nothing was stored.")
        self.field, self.reason, self.index = field, reason, index


class OtherContent(ImagelaneError):
    """A usage record of this source and id is stored already, and says something else."""

    code = "other_content"

    def __init__(self, source: str, record_id: str, field: str, index: int, again: bool = False) -> None:
        """`again`: both came at once."""
        where = "stands twice in what was sent, the second time" if again else "is stored already"
        super().__init__(
            f"A record {record_id!r} from {source!r} {where} with another {field}. Nothing was stored. "
            "Give what is new a new id; how many were kept follows by a review."
        )
        self.source, self.record_id, self.field, self.index = source, record_id, field, index


class NoRecord(ImagelaneError):
    """Unknown here or another workspace's: one wording for both."""

    code = "no_record"

    def __init__(self) -> None:
        super().__init__("No usage record of that source and id is stored here; nothing was changed.")


class ImportUnderWay(StoreBusy):
    """An import that has not ended brings, or ends, one of the same records."""

    def __init__(self) -> None:
        super().__init__(
            "Another import is bringing some of the same records. Nothing was changed. Try again once it has ended; "
            "a killed one is forgotten after 10 minutes."
        )


class NoToken(ImagelaneError):
    code = "no_token"

    def __init__(self) -> None:
        super().__init__("No token of that id is here; nothing was changed. `imagelane token list` shows them.")


class DayAgain(ImagelaneError):
    """An export tells a day in two places: added up, what stands in both would count twice."""

    code = "day_again"

    def __init__(self, day: date) -> None:
        super().__init__(
            f"The lines of {day} stand in two places of this file. Nothing was stored. "
            "Import each export by itself: what two of them tell is counted once."
        )
        self.day = day
