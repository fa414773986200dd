"""What stands on a contact sheet of a bench: all of it once it is sealed, or a reviewer's own votes, still blind."""

from collections.abc import Mapping, Sequence

from bot import money
from bot.bench import contact_sheet
from bot.bench.contact_sheet import ContactSheet, DrawnSheet, SheetRow, Thumb, Tile
from bot.bench.outcome import MOST_CONFIDENCE, Judged
from bot.bench.pages import Page, PagePicture
from bot.bench.plan import Bench, Prompt
from bot.ledger.pictures import JUDGEABLE
from bot.samples.priced_images import Entrant
from bot.slack.message import Block, Message, message, paragraph
from bot.slack.text import plain

Thumbs = Mapping[str, Thumb | None]  # by the id of a generation

NO_PICTURE = "no picture was drawn"
TITLE_LIMIT, ALT_LIMIT = 200, 1000
OWN_TITLE = "Your own votes"
YES, NO = "✓", "✗"


def contact(bench: Bench, images: Sequence[Judged], thumbs: Thumbs) -> DrawnSheet:
    """A row a prompt, a column an entrant. What was left out stands there, too: it cost money."""
    entrants = bench.plan.entrants
    rows = tuple(
        SheetRow(
            f"{prompt.place + 1}. {prompt.text}",
            tuple(_tile(entrant, _calls(images, prompt, n), thumbs) for n, entrant in enumerate(entrants)),
            f"left out: {prompt.dropped.replace('_', ' ')}" if prompt.dropped else None,
        )
        for prompt in bench.prompts
    )
    heads = tuple(_head(entrant) for entrant in entrants)
    return contact_sheet.draw(ContactSheet(title(bench), rows, _note(bench), heads))


def title(bench: Bench) -> str:
    return plain(f"Blind test of {bench.plan.kind.replace('-', ' ')}", TITLE_LIMIT)


def alt(bench: Bench) -> str:
    """Of a sealed one in words; its figures stand in the verdict, picture by picture they are in the CSV."""
    sides = ", ".join(" ".join(_head(entrant)) for entrant in bench.plan.entrants)
    return f"Contact sheet of {len(bench.prompts)} prompts by {sides}: each picture with its votes and its cost."


def own(pages: Sequence[Page], thumbs: Thumbs) -> DrawnSheet:
    """What one reviewer judged, as that person saw it: letters, pictures, the person's votes, and nothing else."""
    rows = tuple(
        SheetRow(f"{page.place + 1}. {page.prompt}", tuple(_own_tile(one, thumbs) for one in page.pictures))
        for page in pages
    )
    return contact_sheet.draw(ContactSheet(OWN_TITLE, rows))


def own_alt(sheet: DrawnSheet) -> str:
    """All that stands on it, which is blind: whoever can't see the pictures hears the same."""
    return plain(" ".join(sheet.words), ALT_LIMIT)


def own_message(sheet: Block) -> Message:
    """For one person alone, where the window that asked is gone."""
    sentence = "Your sheet: all you judged, under your letters."
    return message(sentence, [paragraph(sentence), sheet])


def _head(entrant: Entrant) -> tuple[str, ...]:
    spec = entrant.spec
    names = (spec.model,) if entrant.lane is None else (entrant.lane, spec.model)
    return (*names, spec.quality, str(spec.size))


def _note(bench: Bench) -> str:
    plan = bench.plan
    demo = "; demo pictures, not made by a model" if bench.demo else ""
    return f"{len(bench.prompts)} prompts, judged by {plan.reviewers} each without knowing whose they are{demo}"


def _calls(images: Sequence[Judged], prompt: Prompt, entrant: int) -> list[Judged]:
    return [one for one in images if (one.place, one.entrant) == (prompt.place, entrant)]


def _tile(entrant: Entrant, calls: Sequence[Judged], thumbs: Thumbs) -> Tile:
    """Both calls of an image that was drawn again are its price. The later picture is the one that counts."""
    name = entrant.lane or entrant.spec.model
    cost = f"{money.booked(sum(call.charged_nanousd for call in calls))} {name}"
    pictures = [call for call in calls if call.state in JUDGEABLE]
    if not pictures:
        return Tile(None, ("not counted", cost), None, NO_PICTURE)
    last = max(pictures, key=lambda call: call.attempt)
    thumb = thumbs.get(last.generation_id)
    return Tile(thumb, (_said(last), cost), last.kept if last.counted else None)


def _said(image: Judged) -> str:
    """✓ kept, 2 of 3 votes; of what was left out the votes it had."""
    keeps, of = sum(vote.verdict == "keep" for vote in image.votes), len(image.votes)
    if not image.counted:
        return "not counted" if not of else f"not counted, {keeps} of {of} keep"
    return f"{YES} kept by {keeps} of {of}" if image.kept else f"{NO} rejected by {of - keeps} of {of}"


def _own_tile(picture: PagePicture, thumbs: Thumbs) -> Tile:
    vote = picture.vote
    thumb = thumbs.get(picture.generation_id)
    if vote is None:
        return Tile(thumb, (f"{picture.letter}: not judged",), None)
    keep = vote.verdict == "keep"
    words = f"{picture.letter}: {YES} keep" if keep else f"{picture.letter}: {NO} reject"
    sure = () if vote.confidence is None else (f"confidence {vote.confidence} of {MOST_CONFIDENCE}",)
    return Tile(thumb, (words, *sure), keep)
