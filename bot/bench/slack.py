"""`bench` at this door: planned in a window, started from its quote, followed, ended by who started it; its verdict.

A button carries the id of a bench and nothing else. An id that is none of this workspace's is answered in the words for
what is gone, a typed one as unknown, and each leaves a row in the audit.
"""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from slack_bolt.kwargs_injection.args import Args

from bot import grammar
from bot.bench import blocks as view
from bot.bench import blocks_plan, blocks_review, blocks_verdict, jobs, rows_calls, rows_ends, rows_read, rows_votes
from bot.bench.answer import BenchPlanner, BenchWishes
from bot.bench.command import BenchCommand
from bot.bench.command import sides as sides_of
from bot.bench.known import KnownBenches, after_vote
from bot.bench.plan import Bench, kept_wanted, not_open, prompts_in
from bot.bench.proof import Proof
from bot.bench.quote import BenchQuote
from bot.clock import Clock
from bot.errors import BadPlan, NotOpen, NotUnderstood
from bot.grammar.vocabulary import vocabulary
from bot.jobs import EnqueueJob, Start
from bot.ledger.bench_states import BenchState
from bot.samples.command import checked as checked_prompt
from bot.samples.delivery import Addressee, tell
from bot.slack import refusal
from bot.slack.after_ack import Later
from bot.slack.asker import Asker, asker
from bot.slack.failures import CantPost, PostFailed
from bot.slack.fields import chosen, written
from bot.slack.listeners import CommandAnswer, Listeners
from bot.slack.message import Message, View
from bot.slack.posts import Posts
from bot.slack.request import SlackRequest

CHANNEL = re.compile(r"[CDG][A-Z0-9]{1,30}")
LISTED = 20
OWN_KIND = "own prompts"
IN_A_TERMINAL = "That is for a terminal: here `bench` opens the window to plan one. Nothing was run or charged."
NO_FILES = "Here `--prompts` is one of our sets, or kept:20; a file is for a terminal. Nothing was run or charged."
NO_PLACE = (
    "I can't post in the channel where you planned that blind test. Nothing was run or charged. "
    "Invite me there with /invite @imagelane, then `/imagelane bench show {id}` brings its quote."
)
NO_WINDOW = "A window opens from `/imagelane bench` only."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class BenchListeners:
    """`prove` gives a bench's verdict as of now, by its team and id."""

    benches: KnownBenches
    planner: BenchPlanner
    prove: Callable[[str, str], Proof]
    posts: Posts
    clock: Clock
    enqueue: EnqueueJob
    start_job: Start
    later: Later

    def listeners(self) -> Listeners:
        return Listeners(
            {
                "bench.start": self.start,
                "bench.drop": self.drop,
                "bench.stop": self.stop,
                "bench.close": self.close,
                "bench.cancel": self.cancel,
                "bench.more": self.more,
                "bench.premium": self.premium,
            },
            {"bench.plan": self.plan_sent},
            {"bench": CommandAnswer(self.answer)},
        )

    # Words

    def answer(self, request: SlackRequest, command: BenchCommand) -> Message | None:
        """May take longer than an ack; None where a window opened. Raises ImagelaneError."""
        who = request.who
        match command.act:
            case "plan":
                self._open(who, command)
                return None
            case "list":
                return view.listed(self.benches.store.read(rows_read.listed, who.team_id, LISTED))
            case "show":
                return self._show(who, self.benches.named(who, command.id or ""))
            case "verdict":
                bench = self.benches.named(who, command.id or "")
                return blocks_verdict.verdict(self.prove(who.team_id, bench.id))
            case "stop" | "close" | "cancel":
                return self._end(who, self.benches.named(who, command.id or ""), command.act)
            case "run":
                return view.quoted(self.planner.plan(self._run(request, command)))
            case _:
                raise NotUnderstood(IN_A_TERMINAL)

    def _show(self, who: Asker, bench: Bench) -> Message:
        if bench.state is BenchState.PLANNED and bench.by == who.person_id:
            return view.quoted(self.planner.quote(bench))
        if bench.state is BenchState.REVIEWING and not bench.judgeable:
            self.start_job(jobs.bring_job(who.team_id, bench.id, self.clock.real()))
        return view.progress(bench)

    # The window and the quote

    def _open(self, who: Asker, command: BenchCommand) -> None:
        """Before the ack: a trigger lives for three seconds. A mention has none."""
        if not who.trigger_id:
            raise NotUnderstood(NO_WINDOW)
        qualities = vocabulary(self.planner.catalog).qualities
        lanes = ",".join(choice for choice, _ in command.lanes) or blocks_plan.LANES
        window = blocks_plan.plan_modal(self.planner.prompt_sets, qualities, who.channel_id or "", lanes)
        self.posts.open_view(who.trigger_id, window)

    def plan_sent(self, args: Args) -> View:
        """Plans one for each window, however often it is sent; the quote follows, for who sent it."""
        who, window = asker(args), args.body["view"]
        channel_id = window["private_metadata"]
        if not CHANNEL.fullmatch(channel_id):
            raise self.benches.forged(who, channel_id)
        wishes = self._wishes(who, channel_id, window)
        quote = self.planner.plan(wishes)
        self.later(lambda: self._bring_quote(channel_id, who.person_id, quote))
        return {"response_action": "update", "view": blocks_plan.planned_modal(quote.id)}

    def _bring_quote(self, channel_id: str, person_id: str, quote: BenchQuote) -> None:
        """To who planned it, there; where we can't speak a bench can't stand: in person what to do about it."""
        posts, message = self.posts, view.quoted(quote)
        try:
            try:
                posts.ephemeral(channel_id, person_id, message.text, message.blocks)
            except CantPost:
                tell(posts, Addressee(person_id, channel_id, None), NO_PLACE.format(id=quote.id))
        except PostFailed as failed:
            log.warning("the quote of bench %s could not be shown: %s", quote.id, failed.code)

    def premium(self, args: Args) -> Message:
        """The quote of the same prompts on premium, to who pressed; pressed again it is another bench."""
        who = asker(args)
        press = args.body["actions"][0]
        bench = self.benches.known(who, press.get("value"))
        offer = self.prove(who.team_id, bench.id).offer
        if offer is None:
            raise NotOpen
        key = f"premium:{bench.id}:{who.person_id}:{press['action_ts']}"
        channel_id = bench.channel_id or who.channel_id
        wishes = BenchWishes(
            who.team_id, key, who.person_id, channel_id, "slack", offer.sides, str(offer.size), again=bench.id
        )
        return view.quoted(self.planner.plan(wishes))

    def _run(self, request: SlackRequest, command: BenchCommand) -> BenchWishes:
        """As typed, or as a button carries it. The button of a post is pressed by many: a bench each."""
        who, named = request.who, command.prompts or ""
        if named not in self.planner.prompt_sets and kept_wanted(named) is None:
            raise NotUnderstood(NO_FILES)
        return BenchWishes(
            team_id=who.team_id,
            request_key=f"{request.key}:{who.person_id}",
            person_id=who.person_id,
            channel_id=who.channel_id,
            source="slack",
            sides=tuple((choice, own or command.quality) for choice, own in command.lanes),
            size=command.size,
            named=named,
            kept_by=who.person_id,
            tag=command.tag,
            reviewers=command.reviewers,
            reject_seconds=command.reject_seconds,
            reject_usd_per_hour=command.reject_usd_per_hour,
            cap_usd=command.cap,
        )

    def _wishes(self, who: Asker, channel_id: str, window: View) -> BenchWishes:
        words = vocabulary(self.planner.catalog, self.clock.now().date())
        prompts, kind, set_name = _prompts(window)
        sides = sides_of(_typed(window, "lanes"), words)
        quality, cap = chosen(window, "quality"), _typed(window, "cap")
        return BenchWishes(
            team_id=who.team_id,
            request_key=f"view:{window['id']}",
            person_id=who.person_id,
            channel_id=channel_id,
            source="slack",
            sides=tuple((choice, own or quality) for choice, own in sides),
            size=words.read(_typed(window, "size"), grammar.Kind.SIZE),
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

    # Buttons

    def start(self, args: Args) -> Message:
        who = asker(args)
        bench = self._own(who, args)
        moment = self.clock.moment()
        images, limits = self.planner.images(bench.plan, moment.now.date()), self.planner.limits(moment.now)
        _, new = self.benches.store.write(
            rows_calls.start, who.team_id, bench.id, images, limits, moment, self._begin, reply_url=who.reply_url
        )
        outcome = "is being drawn. How far it is stands in the channel." if new else "was started before."
        return refusal.sentence(f"The blind test {outcome}")

    def drop(self, args: Args) -> Message:
        who = asker(args)
        bench = self._own(who, args)
        if bench.state is not BenchState.PLANNED:
            raise NotOpen
        moment = self.clock.moment()
        self.benches.store.write_once(rows_ends.cancel, who.team_id, bench.id, who.person_id, moment)
        return refusal.sentence("Nothing was run or charged.")

    def stop(self, args: Args) -> Message:
        who = asker(args)
        return self._end(who, self._own(who, args), "stop")

    def close(self, args: Args) -> Message | None:
        return self._pressed(args, "close")

    def cancel(self, args: Args) -> Message | None:
        return self._pressed(args, "cancel")

    def more(self, args: Args) -> None:
        """What only who started it may do, in a window made for who presses."""
        who = asker(args)
        bench = self.benches.known(who, args.body["actions"][0].get("value"))
        if bench.state is not BenchState.REVIEWING:
            raise not_open(bench)
        closable = self.benches.store.read(rows_votes.closable, who.team_id, bench.id)
        may_end = self.benches.may_end(who, bench)
        view = blocks_plan.more_modal(bench.id, may_end=may_end, closable=closable)
        self.posts.open_view(who.trigger_id, view)

    def _pressed(self, args: Args, act: str) -> Message | None:
        """In the window it was pressed in; the message of an older version had the button itself."""
        who, view = asker(args), args.body.get("view")
        said = self._end(who, self._own(who, args), act)
        if not view:
            return said
        self.posts.update_view(view["id"], blocks_review.sentence_modal(said.text))
        return None

    def _own(self, who: Asker, args: Args) -> Bench:
        bench = self.benches.known(who, args.body["actions"][0].get("value"))
        self.benches.only_starter(who, bench)
        return bench

    def _end(self, who: Asker, bench: Bench, act: str) -> Message:
        self.benches.only_starter(who, bench)
        store, moment, key = self.benches.store, self.clock.moment(), (who.team_id, bench.id, who.person_id)
        if act == "close":
            after = store.write_once(rows_votes.close, *key, moment.now, after_vote(self.enqueue))
        else:
            after = store.write_once(rows_ends.stop if act == "stop" else rows_ends.cancel, *key, moment)
            self.start_job(jobs.tell_job(after))
        return refusal.sentence(f"Blind test of {bench.plan.kind}: {view.status(after)}")

    def _begin(self, connection: Any, bench: Bench) -> None:
        self.enqueue(connection, jobs.begin_job(bench.team_id, bench.id))


def _prompts(window: View) -> tuple[tuple[str, ...], str, str | None]:
    """Those that were pasted and their kind of work, or the name of what was chosen."""
    name = chosen(window, "set") or blocks_plan.OWN
    own = prompts_in(written(window, "prompts") or "")
    if name == blocks_plan.OWN:
        return tuple(checked_prompt(prompt) for prompt in own), OWN_KIND, None
    if own:
        raise BadPlan("You chose a set and pasted prompts, too: choose one of the two.")
    return (), "", name


def _typed(window: View, name: str) -> str:
    return (written(window, name) or "").strip()
