"""A bench at the Slack door: planned in its window, drawn without a provider, judged by people in windows."""

import io
import re
from collections.abc import Callable, Sequence
from typing import Any

from PIL import Image, PngImagePlugin

from bot.bench import rows_calls, rows_composites, rows_read, rows_votes, verdicts
from bot.bench.blocks_review import KEEPS, SURE, name
from bot.bench.plan import Bench
from bot.bench.plan_fields import BEHIND_MORE
from bot.bench.posts import SlackTelling
from bot.bench.prompt_sets import prompt_sets
from bot.bench.proof import Proof
from bot.lanes.bindings import HORIZON_DAYS
from bot.ledger import rows, settlement
from bot.ledger.pictures import Paid
from bot.ledger.slack_answers import SlackAnswers
from bot.playground.people import ANA, STUDIO, TEAM
from bot.playground.workspace import File, PostedMessage, View
from bot.slack.guests import Guests
from bot.slack.names import SlackNames
from bot.slack.posts import Posts
from bot.slack.readers import Readers
from tests.kit.clock import moment
from tests.kit.lanes_made import FACTS
from tests.kit.slack_door import House
from tests.kit.views_made import A_FILE, said

CENT = 10_000_000
PLAN = {"set": "own", "prompts": "\n".join(f"kite {n}" for n in range(10))}
SHORT = {"prompts": "\n".join(f"kite {n}" for n in range(5))}  # the least a bench takes: where no verdict is told
Says = Callable[[str, int], tuple[str, str]]  # of a model and the place of a prompt: verdict and confidence


def marked_png() -> bytes:
    """A picture whose maker signed it."""
    note, out = PngImagePlugin.PngInfo(), io.BytesIO()
    note.add_text("Software", "gpt-image-2.5-flare")
    Image.new("RGB", (8, 8), "red").save(out, "PNG", pnginfo=note)
    return out.getvalue()


def told(door: House, person: str) -> str:
    """The last thing that person alone was told."""
    door.wait_for_words()
    return door.far_end.ephemerals(person)[-1].text


def telling(door: House, read: Callable[[str, str], bytes | None] | None = None) -> SlackTelling:
    """The jobs of a bench, done by `door.run`; nobody waits for Slack in earnest."""
    posts = Posts(door.far_end.bot_token, door.far_end.base_url, sleep=lambda _: None)
    readers = Readers(SlackAnswers(door.store.engine), posts, lambda: door.now)
    guests = Guests(SlackAnswers(door.store.engine), posts, readers.real, allowed=False)
    context = verdicts.VerdictContext(door.store, FACTS, prompt_sets(), HORIZON_DAYS)

    def prove(team_id: str, bench_id: str) -> Proof:
        return context.of(team_id, bench_id, door.now)

    made = SlackTelling(
        door.store, posts, read or (lambda _team, _id: marked_png()), prove, readers, guests, SlackNames(posts)
    )
    door.handlers.update(told=made.show, bring=made.bring_all, verdict=made.announce, sheet=made.show_own)
    door.handlers.update({"pictures.show": made.show_pictures})
    return made


def planned(door: House, person: str = ANA, channel: str = STUDIO, **fields: Any) -> PostedMessage:
    """The quote, with its Start button."""
    door.far_end.command("bench", person, channel)
    window = door.window(person)
    if set(fields) & set(BEHIND_MORE):
        window = whole(door, window)
    reply = door.far_end.submit(window, PLAN | fields)
    assert (reply.problems, reply.view and reply.view.errors) == ((), {})
    door.wait_for_words()
    return door.far_end.ephemerals(person)[-1]


def whole(door: House, window: View, **fields: object) -> View:
    """The same window with all its fields, after a press of More."""
    door.far_end.press(window, "bench.fields", values=fields)
    return door.window(window.user)


def id_in(quote: PostedMessage) -> str:
    (start,) = [element for block, element in quote.elements("bench.start")]
    return str(start["value"])


def reviewing(
    door: House, person: str = ANA, channel: str = STUDIO, lost: int | str | None = None, **fields: Any
) -> tuple[Bench, PostedMessage]:
    """Started and drawn, with its message in the channel and its pictures in Slack. `lost`: the place of a prompt that
    has a picture which is gone by then, or all."""
    quote = planned(door, person, channel, **fields)
    door.far_end.press(quote, "bench.start", user=person)
    made, bench = telling(door), door.store.read(rows_read.bench, TEAM, id_in(quote))
    made.begin(bench)
    draw_all(door, bench.id)
    gone = () if lost is None else _pictures(door, bench, lost)
    bringing = telling(door, lambda _team, picture: None if picture in gone else marked_png())
    for prompt in bench.prompts:
        bringing.bring(TEAM, bench.id, prompt.place)
    telling(door)
    bench = door.store.write(rows_calls.advance, TEAM, bench.id, moment(door.now))
    made.tell(bench)
    return bench, message_of(door, bench)


def draw_all(door: House, bench_id: str, costs: Sequence[int] = (CENT,)) -> None:
    """Every image of it, at the costs of its lanes in turn."""
    for place, generation_id in enumerate(door.store.read(rows_calls.waiting, TEAM, bench_id)):
        cost = costs[place % len(costs)]
        door.store.write(settlement.claim, TEAM, generation_id, "test", door.now, door.now)
        door.store.settle(TEAM, generation_id, Paid(cost, None, "medium", "1024x1024", None), moment(door.now))
        door.store.write(settlement.delivered, TEAM, generation_id, None, None, door.now)


def _pictures(door: House, bench: Bench, lost: int | str) -> list[str]:
    prompts = door.store.read(rows_composites.pictures, TEAM, bench.id)
    return [picture for images in prompts for picture in images] if lost == "all" else [prompts[int(lost)][0]]


def message_of(door: House, bench: Bench) -> PostedMessage:
    ts = door.store.read(rows_read.bench, TEAM, bench.id).message_ts
    message = door.far_end.message(bench.channel_id or STUDIO, ts or "")
    assert message is not None
    return message


def opened(door: House, message: PostedMessage, person: str) -> View:
    door.far_end.press(message, "bench.review", user=person)
    return door.window(person)


def place_of(view: View) -> int:
    return int(view.payload["private_metadata"].split(":")[1])


def verdicts_of(door: House, view: View, says: Says) -> dict[str, tuple[str, str]]:
    """By letter what that person says, who sees more than a person may: whose picture is under which letter."""
    bench_id, place = view.payload["private_metadata"].split(":")
    sheet = door.store.read(rows_votes.sheet, TEAM, bench_id, int(place), view.user)
    return {
        letter: says(door.store.read(rows.generation, TEAM, picture).spec.model, int(place))
        for letter, picture, _vote in sheet
    }


def ballot(door: House, view: View, says: Says) -> dict[str, str]:
    """What that person fills in, where there are three pictures."""
    place = place_of(view)
    return {name(place, one, "verdict"): verdict for one, (verdict, _) in verdicts_of(door, view, says).items()}


def keep_sunburst(model: str, _place: int) -> tuple[str, str]:
    return ("keep", "4") if "sunburst" in model else ("reject", "4")


def is_page(view: View | None) -> bool:
    """Whether a prompt is judged in it."""
    return view is not None and re.fullmatch(r"[0-9a-z]+:\d+", view.payload.get("private_metadata", "")) is not None


def cast(door: House, view: View, says: Says) -> View | None:
    """One prompt: one press where there are two pictures, a window that is sent where there are three."""
    said = verdicts_of(door, view, says)
    for sure in {sure for _, sure in said.values() if sure in SURE}:
        door.far_end.press(view, "review.sure", sure, view.user)
    if len(said) > 2:
        return door.far_end.submit(view, ballot(door, view, says)).view
    press(door, view, "".join(letter for letter, (verdict, _) in said.items() if verdict == "keep"))
    return door.far_end.modal(view.user)


def press(door: House, view: View, letters: str, person: str | None = None) -> None:
    """The button that keeps these letters and no others."""
    (end,) = [end for end, kept in KEEPS.items() if kept == letters]
    door.far_end.press(view, f"review.{end}", user=person or view.user)


def judge(door: House, view: View | None, says: Says = keep_sunburst, most: int = 40) -> View | None:
    """Prompt after prompt in one window, until there is none left."""
    for _ in range(most):
        if view is None or not is_page(view):
            break
        view = cast(door, view, says)
    return view


def details_in(door: House, message: PostedMessage, person: str) -> str:
    """All words of the window behind its Details, which stand last."""
    door.far_end.press(message, message.blocks[-1]["elements"][-1]["action_id"], user=person)
    return said(door.window(person).payload["blocks"])


def seen(view: View | None) -> dict[str, Any]:
    """Its payload as the judge of windows takes it, who knows one file."""
    payload: dict[str, Any] = {} if view is None else view.payload
    return {
        **payload,
        "blocks": [
            {**block, "slack_file": {"id": A_FILE.id}} if "slack_file" in block else block
            for block in payload["blocks"]
        ],
    }


def words_of(view: View | None) -> str:
    return "" if view is None else str(view.payload)


def verdict_in(door: House, channel: str = STUDIO) -> PostedMessage:
    """The last message that is no reply."""
    return [one for one in door.far_end.messages(channel) if one.thread_ts is None][-1]


def sheets_in(door: House, channel: str = STUDIO) -> list[File]:
    """The files that stand in threads."""
    replies = [one for one in door.far_end.messages(channel) if one.thread_ts is not None]
    return [door.far_end.workspace.files[file_id] for reply in replies for file_id in reply.files]
