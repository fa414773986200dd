"""`bench` at this door: planned in a window, started from its quote, followed, ended by who started it; its verdict.

A button carries the id of a bench and nothing else. An id that is none of this workspace's is answered in the words for
what is gone, a typed one as unknown, and each leaves a row in the audit.
"""

from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt.kwargs_injection.args import Args

from bot.bench import blocks as view
from bot.bench import blocks_quote, blocks_review, blocks_verdict, jobs, rows_ends, rows_read, rows_votes
from bot.bench.answer import BenchPlanner, BenchWishes
from bot.bench.command import BenchCommand
from bot.bench.known import KnownBenches, after_vote, is_elsewhere
from bot.bench.plan import Bench, not_open
from bot.bench.proof import Proof
from bot.bench.slack_plan import Planning
from bot.clock import Clock
from bot.errors import NotOpen, NotUnderstood
from bot.jobs import EnqueueJob, Start
from bot.ledger.bench_states import BenchState
from bot.slack import refusal
from bot.slack.asker import Asker, asker
from bot.slack.listeners import CommandAnswer, Listeners
from bot.slack.message import Message, View
from bot.slack.names import Names
from bot.slack.posts import Posts
from bot.slack.request import SlackRequest

LISTED = 20
IN_A_TERMINAL = "That is for a terminal: here `bench` opens the window to plan one. Nothing was run or charged."


@dataclass(frozen=True)
class BenchListeners:
    """`prove` gives a bench's verdict as of now, by its team and id."""

    benches: KnownBenches
    planner: BenchPlanner
    planning: Planning
    prove: Callable[[str, str], Proof]
    posts: Posts
    names: Names
    clock: Clock
    enqueue: EnqueueJob
    start_job: Start

    def listeners(self) -> Listeners:
        return Listeners(
            {
                "bench.stop": self.stop,
                "bench.close": self.close,
                "bench.cancel": self.cancel,
                "bench.more": self.more,
                "bench.premium": self.premium,
            },
            {},
            {"bench": CommandAnswer(self.answer, details=self.details)},
        )

    # Words

    def answer(self, request: SlackRequest, command: BenchCommand) -> Message | None:
        """May take longer than an ack; None where a window opened. Raises ImagelaneError."""
        who = request.who
        match command.act:
            case "plan":
                self.planning.open(who, command)
                return None
            case "list":
                return view.listed(
                    self.benches.store.read(rows_read.listed, who.team_id, LISTED), self.clock.now().date()
                )
            case "show":
                return self._show(who, self.benches.named(who, command.id or ""))
            case "verdict":
                bench = self.benches.named(who, command.id or "")
                return blocks_verdict.verdict(self.prove(who.team_id, bench.id), self.names.person(bench.by))
            case "stop" | "close" | "cancel":
                return self._end(who, self.benches.named(who, command.id or ""), command.act)
            case "run":
                return self.planning.run(request, command)
            case _:
                raise NotUnderstood(IN_A_TERMINAL)

    def _show(self, who: Asker, bench: Bench) -> Message:
        if bench.state is BenchState.PLANNED and bench.by == who.person_id:
            return self.planning.asked_first(who, self.planner.quote(bench))
        if bench.state is BenchState.REVIEWING and not bench.judgeable:
            self.start_job(jobs.bring_job(who.team_id, bench.id, self.clock.real()))
        may_judge = bench.may_judge(who.person_id) and not is_elsewhere(who, bench)
        return view.progress(bench, self.names.person, may_judge=may_judge)

    def details(self, team_id: str, command: BenchCommand) -> View:
        """How a verdict was worked out, or a price. Raises NotOpen, or Blind until it is sealed."""
        if command.act == "verdict":
            return blocks_verdict.details_modal(self.prove(team_id, command.id or ""))
        bench = self.benches.store.read(rows_read.bench, team_id, command.id or "")
        if command.act != "show" or bench.state is not BenchState.PLANNED:
            raise not_open(bench)
        return blocks_quote.details(self.planner.quote(bench))

    # A press

    def premium(self, args: Args) -> Message | None:
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
        return self.planning.price(who, self.planner.plan(wishes))

    def stop(self, args: Args) -> Message | None:
        return self._pressed(args, "stop")

    def close(self, args: Args) -> Message | None:
        return self._pressed(args, "close")

    def cancel(self, args: Args) -> Message | None:
        return self._pressed(args, "cancel")

    def more(self, args: Args) -> None:
        """What only who started it may do, in a window made for who presses."""
        who = asker(args)
        bench = self.benches.known(who, args.body["actions"][0].get("value"))
        if bench.state not in view.OPEN:
            raise not_open(bench)
        reviewing = bench.state is BenchState.REVIEWING
        closable = reviewing and self.benches.store.read(rows_votes.closable, who.team_id, bench.id)
        may_end, called = self.benches.may_end(who, bench), self.names.person
        self.posts.open_view(who.trigger_id, view.more_modal(bench, called, may_end=may_end, closable=closable))

    def _pressed(self, args: Args, act: str) -> Message | None:
        """In the window it was pressed in; the message of an older version had the button itself."""
        who, window = asker(args), args.body.get("view")
        said = self._end(who, self._own(who, args), act)
        if not window:
            return said
        self.posts.update_view(window["id"], blocks_review.sentence_modal(said.text))
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
