"""Contact sheets of a bench: its pictures are fetched one at a time, and each is small before the next one comes."""

from collections.abc import Callable, Iterable

from bot.bench import rows_pages, rows_votes
from bot.bench import sheet_words as look
from bot.bench.contact_sheet import DrawnSheet, side, thumb
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import JUDGEABLE

Read = Callable[[str], bytes | None]  # of the id of a generation


def contact(store: Ledger, read: Read, team_id: str, bench_id: str) -> DrawnSheet:
    """All of it. Raises NotOpen, or Blind until it is sealed."""
    bench, images = store.read(rows_votes.judged, team_id, bench_id)
    ids = [image.generation_id for image in images if image.state in JUDGEABLE]
    return look.contact(bench, images, _thumbs(read, ids, len(bench.prompts) * len(bench.plan.entrants)))


def own(store: Ledger, read: Read, team_id: str, bench_id: str, person_id: str) -> DrawnSheet | None:
    """What that person judged, as they saw it; None where that is nothing. Raises NotOpen unless it is reviewed or
    sealed."""
    pages = store.read(rows_pages.own, team_id, bench_id, person_id)
    ids = [picture.generation_id for page in pages for picture in page.pictures]
    return look.own(pages, _thumbs(read, ids, len(ids))) if pages else None


def _thumbs(read: Read, ids: Iterable[str], of: int) -> look.Thumbs:
    return {one: thumb(read(one), side(of)) for one in ids}
