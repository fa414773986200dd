"""`bench` at this door: planned in a window, started from its quote, followed, ended by who started it; its verdict.

A button carries the id of a bench and nothing else. An id that is none of this workspace's is answered in the words for
a picture that is gone, and leaves a row in the audit.
"""

import json
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_bolt.kwargs_injection.args import Args

from bot import grammar
from bot.bench import blocks as view
from bot.bench import blocks_verdict, blocks_windows, jobs, verdicts
from bot.bench import plan as bench_plan
from bot.bench.plan import KEPT_KIND, Bench, Effort, Grid, Plan, WantedBench, checked, kept_wanted, prompts_in
from bot.bench.proof import Proof
from bot.bench.quote import offered
from bot.bench.rows import BenchRows
from bot.errors import BadPlan, NotAllowed, NotOpen, NotUnderstood
from bot.ledger.bench_states import BenchState
from bot.money import nanousd
from bot.samples import priced_images
from bot.samples.delivery import Addressee, tell
from bot.slack import refusal
from bot.slack.asker import Asker, asker
from bot.slack.fields import chosen, written
from bot.slack.message import Message, View
from bot.slack.parts import Parts
from bot.slack.posts import CantPost, PostFailed

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


class BenchListeners:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    # Words

    def answer(self, who: Asker, asked: grammar.BenchCommand) -> Message:
        """May take longer than an ack. Raises ImagelaneError."""
        match asked.act:
            case "plan":
                raise NotUnderstood(NO_WINDOW)
            case "list":
                return view.listed(BenchRows(self._parts.store.engine).listed(who.team_id, LISTED))
            case "show":
                return self._show(who, known(self._parts, who, asked.id))
            case "verdict":
                bench = known(self._parts, who, asked.id)
                return blocks_verdict.verdict(self._proof(who, bench))
            case "stop" | "close" | "cancel":
                return self._end(who, known(self._parts, who, asked.id), asked.act)
            case _:
                raise NotUnderstood(IN_A_TERMINAL)

    def _show(self, who: Asker, bench: Bench) -> Message:
        if bench.state is BenchState.PLANNED and bench.by == who.person_id:
            return self._quoted(bench)
        return view.progress(bench)

    def _proof(self, who: Asker, bench: Bench) -> Proof:
        parts = self._parts
        return verdicts.told(parts.store, parts.catalog, who.team_id, bench.id, parts.now(), parts.horizon_days)

    # The window and the quote

    def open(self, who: Asker) -> None:
        """Before the ack: a trigger lives for three seconds."""
        parts = self._parts
        window = blocks_windows.plan_modal(parts.prompt_sets, parts.vocabulary.qualities, who.channel_id or "")
        parts.posts.open_view(who.trigger_id, window)

    def plan_sent(self, args: Args) -> View:
        """Plans one for each window, however often it is sent; the quote follows, for who sent it."""
        who, window = asker(args), args.body["view"]
        channel_id = window["private_metadata"]
        if not CHANNEL.fullmatch(channel_id):
            raise forged(self._parts, who, channel_id)
        parts = self._parts
        plan = self._plan(who, window)
        request_key = f"view:{window['id']}"
        wanted = WantedBench(who.team_id, request_key, who.person_id, channel_id, "slack", plan, parts.demo)
        bench = BenchRows(parts.store.engine).plan(wanted, self._grid(plan), parts.now())
        said = self._quoted(bench)
        parts.later(lambda: self._bring_quote(channel_id, bench, said))
        return {"response_action": "update", "view": blocks_windows.planned_modal(bench.id)}

    def _bring_quote(self, channel_id: str, bench: Bench, said: Message) -> None:
        """To who planned it, there; where we can't speak a bench can't stand: in person what to do about it."""
        posts = self._parts.posts
        try:
            try:
                posts.ephemeral(channel_id, bench.by, said.text, said.blocks)
            except CantPost:
                tell(posts, Addressee(bench.by, channel_id, None), NO_PLACE.format(id=bench.id))
        except PostFailed as failed:
            log.warning("the quote of bench %s could not be shown: %s", bench.id, failed.code)

    def premium(self, args: Args) -> Message:
        """The quote of the same prompts on premium, to who pressed; pressed again it is another bench."""
        who, parts = asker(args), self._parts
        pressed = args.body["actions"][0]
        bench = known(parts, who, pressed.get("value"))
        offer = self._proof(who, bench).offer
        if offer is None:
            raise NotOpen
        sides = priced_images.entrants(
            offer.sides, str(offer.size), parts.catalog, parts.now().date(), parts.horizon_days
        )
        plan = replace(bench.plan, entrants=sides, cap_nanousd=None)
        key = f"premium:{bench.id}:{who.person_id}:{pressed['action_ts']}"
        wanted = WantedBench(
            who.team_id, key, who.person_id, bench.channel_id or who.channel_id, "slack", plan, parts.demo, bench.id
        )
        return self._quoted(BenchRows(parts.store.engine).plan(wanted, self._grid(plan), parts.now()))

    def _plan(self, who: Asker, window: View) -> Plan:
        parts, today = self._parts, self._parts.now().date()
        prompts, kind = self._prompts(who, window)
        named = grammar.sides(_typed(window, "lanes"), parts.vocabulary)
        quality = chosen(window, "quality")
        size = parts.vocabulary.read(_typed(window, "size"), grammar.Kind.SIZE)
        each = [(choice, own or quality) for choice, own in named]
        cap = _typed(window, "cap")
        return checked(
            Plan(
                prompts=prompts,
                entrants=priced_images.entrants(each, size, parts.catalog, today, parts.horizon_days),
                kind=_typed(window, "tag") or kind,
                reviewers=grammar.whole(chosen(window, "reviewers") or ""),
                effort=Effort(grammar.money(_typed(window, "seconds")), grammar.money(_typed(window, "hourly"))),
                cap_nanousd=nanousd(grammar.money(cap)) if cap else None,
            )
        )

    def _prompts(self, who: Asker, window: View) -> tuple[tuple[str, ...], str]:
        """Those of the set, those that were pasted or the last this person kept; their kind of work beside them."""
        name = chosen(window, "set") or blocks_windows.OWN
        pasted = prompts_in(written(window, "prompts") or "")
        if name == blocks_windows.OWN:
            return tuple(grammar.checked(prompt) for prompt in pasted), OWN_KIND
        if pasted:
            raise BadPlan("You chose a set and pasted prompts, too: choose one of the two.")
        count = kept_wanted(name)
        if count is not None:
            return self._parts.store.kept_prompts(who.team_id, who.person_id, count), KEPT_KIND
        if name not in self._parts.prompt_sets:
            raise NotOpen
        return self._parts.prompt_sets[name], name

    def _quoted(self, bench: Bench) -> Message:
        parts = self._parts
        left = parts.store.left(bench.team_id, parts.limits(parts.now())).left_nanousd
        priced = bench_plan.grid(bench.plan, parts.catalog, parts.now().date())
        looks = BenchRows(parts.store.engine).looks(bench.team_id, bench.question)
        return view.quoted(offered(bench, self._grid(bench.plan), priced, left, looks))

    def _grid(self, plan: Plan) -> Grid:
        rows = bench_plan.grid(plan, self._parts.catalog, self._parts.now().date())
        return tuple(priced_images.free(row) for row in rows) if self._parts.demo else rows

    # Buttons

    def start(self, args: Args) -> Message:
        who, parts = asker(args), self._parts
        bench = self._own(who, args)
        images, now = self._grid(bench.plan), parts.now()
        _, new = BenchRows(parts.store.engine).start(
            who.team_id,
            bench.id,
            images,
            parts.limits(now),
            now,
            self._begin,
            real=parts.real(),
            reply_url=who.reply_url,
        )
        told = "is being drawn. How far it is stands in the channel." if new else "was started before."
        return refusal.sentence(f"Bench {bench.id} {told}")

    def drop(self, args: Args) -> Message:
        who, parts = asker(args), self._parts
        bench = self._own(who, args)
        if bench.state is not BenchState.PLANNED:
            raise NotOpen
        BenchRows(parts.store.engine).cancel(who.team_id, bench.id, who.person_id, parts.now(), parts.real())
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
        store, now, real = BenchRows(self._parts.store.engine), self._parts.now(), self._parts.real()
        if act == "close":
            ended = store.close(who.team_id, bench.id, who.person_id, now, after_vote(self._parts))
        else:
            end = store.stop if act == "stop" else store.cancel
            ended = end(who.team_id, bench.id, who.person_id, now, real)
            self._parts.start(jobs.told(ended))
        return refusal.sentence(f"Bench {bench.id}: {view.said(ended)}")

    def _begin(self, connection: Any, bench: Bench) -> None:
        self._parts.enqueue(connection, jobs.begun(bench.team_id, bench.id))


def known(parts: Parts, who: Asker, value: object) -> Bench:
    """Raises NotOpen for what is no bench of this workspace, and leaves a row in the audit."""
    if not isinstance(value, str) or not ID.fullmatch(value):
        raise forged(parts, who, value)
    try:
        return BenchRows(parts.store.engine).bench(who.team_id, value)
    except NotOpen:
        raise forged(parts, who, value) from None


def forged(parts: Parts, who: Asker, value: object) -> NotOpen:
    """In ASCII and short: whatever it is, a database can hold it."""
    detail = json.dumps(value)[:MOST_DETAIL]
    parts.store.audit(who.team_id, who.person_id, "unknown bench", detail, parts.now())
    return NotOpen()


def only_starter(parts: Parts, who: Asker, bench: Bench) -> None:
    """Of one that a terminal started, those who run imagelane here. Raises NotAllowed."""
    if who.person_id != bench.by and who.person_id not in parts.admins:
        raise NotAllowed("Only who started a bench, or an admin of imagelane, can do that; nothing was changed.")


def after_vote(parts: Parts) -> Callable[[Any, Bench], None]:
    """The jobs that show a vote, in its own transaction; the last one brings the verdict."""

    return lambda connection, bench: parts.enqueue(connection, jobs.voted(bench))


def _typed(window: View, name: str) -> str:
    return (written(window, name) or "").strip()
