"""`bench` at this door: planned in a window, started from its quote, followed, ended by who started it; its verdict.

A button carries the id of a bench and nothing else. An id that is none of this workspace's is answered in the words for
a picture that is gone, and leaves a row in the audit.
"""

import json
import logging
import re
from collections.abc import Callable
from typing import Any

from slack_bolt.kwargs_injection.args import Args

from bot import grammar
from bot.bench import blocks as view
from bot.bench import blocks_verdict, blocks_windows, jobs, rows_calls, rows_ends, rows_read, rows_votes, verdicts
from bot.bench.answer import BenchPlanner, BenchWishes
from bot.bench.command import BenchCommand
from bot.bench.command import sides as sides_of
from bot.bench.plan import Bench, prompts_in
from bot.bench.proof import Proof
from bot.bench.quote import BenchQuote
from bot.errors import BadPlan, NotAllowed, NotOpen, NotUnderstood
from bot.ledger import workspaces
from bot.ledger.bench_states import BenchState
from bot.samples.command import checked as checked_prompt
from bot.samples.delivery import Addressee, tell
from bot.slack import refusal
from bot.slack.asker import Asker, asker
from bot.slack.fields import chosen, written
from bot.slack.listeners import Listeners
from bot.slack.message import Message, View
from bot.slack.parts import Parts
from bot.slack.posts import CantPost, PostFailed
from bot.slack.request import SlackRequest

ID = re.compile(r"[0-9a-z]{4,32}")
CHANNEL = re.compile(r"[CDG][A-Z0-9]{1,30}")
MOST_DETAIL = 5000
LISTED = 20
OWN_KIND = "own prompts"
IN_A_TERMINAL = "That is for a terminal: here `bench` opens the window to plan one. Nothing was run or charged."
NO_PLACE = (
    "I can't post in the channel where you planned bench {id}. Nothing was run or charged. "
    "Invite me there with /invite @imagelane, then `/imagelane bench show {id}` brings its quote."
)
NO_WINDOW = "A window opens from `/imagelane bench` only."

log = logging.getLogger(__name__)


def answer(parts: Parts, request: SlackRequest, command: BenchCommand) -> Message | None:
    return BenchListeners(parts).answer(request.who, command)


def listeners(parts: Parts) -> Listeners:
    benches = BenchListeners(parts)
    return Listeners(
        {
            "bench.start": benches.start,
            "bench.drop": benches.drop,
            "bench.stop": benches.stop,
            "bench.close": benches.close,
            "bench.premium": benches.premium,
        },
        {"bench.plan": benches.plan_sent},
    )


class BenchListeners:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    # Words

    def answer(self, who: Asker, command: BenchCommand) -> Message | None:
        """May take longer than an ack; None where a window opened. Raises ImagelaneError."""
        match command.act:
            case "plan":
                self._open(who)
                return None
            case "list":
                return view.listed(self._parts.store.read(rows_read.listed, who.team_id, LISTED))
            case "show":
                return self._show(who, known(self._parts, who, command.id))
            case "verdict":
                bench = known(self._parts, who, command.id)
                return blocks_verdict.verdict(self._proof(who, bench))
            case "stop" | "close" | "cancel":
                return self._end(who, known(self._parts, who, command.id), command.act)
            case _:
                raise NotUnderstood(IN_A_TERMINAL)

    def _show(self, who: Asker, bench: Bench) -> Message:
        if bench.state is BenchState.PLANNED and bench.by == who.person_id:
            return view.quoted(self._planner().quote(bench))
        return view.progress(bench)

    def _proof(self, who: Asker, bench: Bench) -> Proof:
        parts = self._parts
        return verdicts.in_context(parts.store, parts.catalog, who.team_id, bench.id, parts.now(), parts.horizon_days)

    # The window and the quote

    def _open(self, who: Asker) -> None:
        """Before the ack: a trigger lives for three seconds. A mention has none."""
        if not who.trigger_id:
            raise NotUnderstood(NO_WINDOW)
        parts = self._parts
        window = blocks_windows.plan_modal(parts.prompt_sets, parts.vocabulary.qualities, who.channel_id or "")
        parts.posts.open_view(who.trigger_id, window)

    def plan_sent(self, args: Args) -> View:
        """Plans one for each window, however often it is sent; the quote follows, for who sent it."""
        who, window = asker(args), args.body["view"]
        channel_id = window["private_metadata"]
        if not CHANNEL.fullmatch(channel_id):
            raise forged(self._parts, who, channel_id)
        wishes = self._wishes(who, channel_id, window)
        quote = self._planner().plan(wishes)
        self._parts.later(lambda: self._bring_quote(channel_id, who.person_id, quote))
        return {"response_action": "update", "view": blocks_windows.planned_modal(quote.id)}

    def _bring_quote(self, channel_id: str, person_id: str, quote: BenchQuote) -> None:
        """To who planned it, there; where we can't speak a bench can't stand: in person what to do about it."""
        posts, message = self._parts.posts, view.quoted(quote)
        try:
            try:
                posts.ephemeral(channel_id, person_id, message.text, message.blocks)
            except CantPost:
                tell(posts, Addressee(person_id, channel_id, None), NO_PLACE.format(id=quote.id))
        except PostFailed as failed:
            log.warning("the quote of bench %s could not be shown: %s", quote.id, failed.code)

    def premium(self, args: Args) -> Message:
        """The quote of the same prompts on premium, to who pressed; pressed again it is another bench."""
        who, parts = asker(args), self._parts
        press = args.body["actions"][0]
        bench = known(parts, who, press.get("value"))
        offer = self._proof(who, bench).offer
        if offer is None:
            raise NotOpen
        key = f"premium:{bench.id}:{who.person_id}:{press['action_ts']}"
        channel_id = bench.channel_id or who.channel_id
        wishes = BenchWishes(
            who.team_id, key, who.person_id, channel_id, "slack", offer.sides, str(offer.size), again=bench.id
        )
        return view.quoted(self._planner().plan(wishes))

    def _wishes(self, who: Asker, channel_id: str, window: View) -> BenchWishes:
        parts = self._parts
        prompts, kind, set_name = _prompts(window)
        sides = sides_of(_typed(window, "lanes"), parts.vocabulary)
        quality, cap = chosen(window, "quality"), _typed(window, "cap")
        return BenchWishes(
            team_id=who.team_id,
            request_key=f"view:{window['id']}",
            person_id=who.person_id,
            channel_id=channel_id,
            source="slack",
            sides=tuple((choice, own or quality) for choice, own in sides),
            size=parts.vocabulary.read(_typed(window, "size"), grammar.Kind.SIZE),
            prompts=prompts,
            kind=kind,
            named=set_name,
            kept_by=who.person_id,
            tag=_typed(window, "tag"),
            reviewers=grammar.whole(chosen(window, "reviewers") or ""),
            reject_seconds=grammar.money(_typed(window, "seconds")),
            reject_usd_per_hour=grammar.money(_typed(window, "hourly")),
            cap_usd=grammar.money(cap) if cap else None,
        )

    def _planner(self) -> BenchPlanner:
        parts = self._parts
        facts = parts.catalog, parts.prompt_sets, parts.horizon_days
        return BenchPlanner(parts.store, *facts, parts.demo, parts.limits, parts.now)

    # Buttons

    def start(self, args: Args) -> Message:
        who, parts = asker(args), self._parts
        bench = self._own(who, args)
        at = parts.moment()
        images = self._planner().images(bench.plan, at.now.date())
        _, new = parts.store.write(
            rows_calls.start,
            who.team_id,
            bench.id,
            images,
            parts.limits(at.now),
            at,
            self._begin,
            reply_url=who.reply_url,
        )
        outcome = "is being drawn. How far it is stands in the channel." if new else "was started before."
        return refusal.sentence(f"Bench {bench.id} {outcome}")

    def drop(self, args: Args) -> Message:
        who, parts = asker(args), self._parts
        bench = self._own(who, args)
        if bench.state is not BenchState.PLANNED:
            raise NotOpen
        parts.store.write_once(rows_ends.cancel, who.team_id, bench.id, who.person_id, parts.moment())
        return refusal.sentence("Nothing was run or charged.")

    def stop(self, args: Args) -> Message:
        who = asker(args)
        return self._end(who, self._own(who, args), "stop")

    def close(self, args: Args) -> Message:
        who = asker(args)
        return self._end(who, self._own(who, args), "close")

    def _own(self, who: Asker, args: Args) -> Bench:
        bench = known(self._parts, who, args.body["actions"][0].get("value"))
        only_starter(self._parts, who, bench)
        return bench

    def _end(self, who: Asker, bench: Bench, act: str) -> Message:
        only_starter(self._parts, who, bench)
        store, at, key = self._parts.store, self._parts.moment(), (who.team_id, bench.id, who.person_id)
        if act == "close":
            after = store.write_once(rows_votes.close, *key, at.now, after_vote(self._parts))
        else:
            after = store.write_once(rows_ends.stop if act == "stop" else rows_ends.cancel, *key, at)
            self._parts.start(jobs.tell_job(after))
        return refusal.sentence(f"Bench {bench.id}: {view.status(after)}")

    def _begin(self, connection: Any, bench: Bench) -> None:
        self._parts.enqueue(connection, jobs.begin_job(bench.team_id, bench.id))


def _prompts(window: View) -> tuple[tuple[str, ...], str, str | None]:
    """Those that were pasted and their kind of work, or the name of what was chosen."""
    name = chosen(window, "set") or blocks_windows.OWN
    own = prompts_in(written(window, "prompts") or "")
    if name == blocks_windows.OWN:
        return tuple(checked_prompt(prompt) for prompt in own), OWN_KIND, None
    if own:
        raise BadPlan("You chose a set and pasted prompts, too: choose one of the two.")
    return (), "", name


def known(parts: Parts, who: Asker, value: object) -> Bench:
    """Raises NotOpen for what is no bench of this workspace, and leaves a row in the audit."""
    if not isinstance(value, str) or not ID.fullmatch(value):
        raise forged(parts, who, value)
    try:
        return parts.store.read(rows_read.bench, who.team_id, value)
    except NotOpen:
        raise forged(parts, who, value) from None


def forged(parts: Parts, who: Asker, value: object) -> NotOpen:
    """In ASCII and short: whatever it is, a database can hold it."""
    detail = json.dumps(value)[:MOST_DETAIL]
    parts.store.write(workspaces.audit, who.team_id, who.person_id, "unknown bench", detail, parts.now())
    return NotOpen()


def only_starter(parts: Parts, who: Asker, bench: Bench) -> None:
    """Of one that a terminal started, those who run imagelane here. Raises NotAllowed."""
    if who.person_id != bench.by and who.person_id not in parts.admins:
        raise NotAllowed("Only who started a bench, or an admin of imagelane, can do that; nothing was changed.")


def after_vote(parts: Parts) -> Callable[[Any, Bench], None]:
    """The jobs that show a vote, in its own transaction; the last one brings the verdict."""

    return lambda connection, bench: parts.enqueue(connection, jobs.vote_job(bench))


def _typed(window: View, name: str) -> str:
    return (written(window, name) or "").strip()
