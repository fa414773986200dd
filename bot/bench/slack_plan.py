"""Planning a blind test at this door: the window, the price that asks before anything is spent, more prompts, Start.

A button carries the id of a bench and nothing else. What is planned is asked of Slack after the ack: who is named may
be no judge.
"""

import logging
import re
from dataclasses import dataclass, replace
from typing import Any

from slack_bolt.kwargs_injection.args import Args

from bot import grammar
from bot.bench import blocks_plan, blocks_quote, jobs, rows_calls, rows_ends
from bot.bench.answer import BenchPlanner, BenchWishes, typed
from bot.bench.command import BenchCommand
from bot.bench.judges import Judges
from bot.bench.known import KnownBenches
from bot.bench.more import MorePrompts
from bot.bench.plan import WHO_JUDGES, Bench, kept_wanted
from bot.bench.plan_fields import SAME, PlanFields, WrongField, amount, begun, filled, pasted, prompts_of, under
from bot.bench.quote import BenchQuote
from bot.clock import Clock
from bot.errors import NotOpen, NotUnderstood
from bot.grammar.vocabulary import vocabulary
from bot.jobs import EnqueueJob
from bot.ledger.bench_states import BenchState
from bot.samples.delivery import Addressee, tell
from bot.samples.forms import lanes_and_models
from bot.slack import frame, refusal
from bot.slack.after_ack import Later
from bot.slack.asker import Asker, asker
from bot.slack.failures import CantPost, PostFailed
from bot.slack.fields import people, written
from bot.slack.listeners import Listeners
from bot.slack.message import Message, View
from bot.slack.posts import Posts
from bot.slack.refusal import Offering
from bot.slack.request import SlackRequest

CHANNEL = re.compile(r"[CDG][A-Z0-9]{1,30}")
ABOUT_MORE = re.compile(r"(use|test):([0-9a-z]{4,32})")
NO_FILES = "Here `--prompts` is one of our sets, or kept:20; a file is for a terminal. Nothing was run or charged."
NO_PLACE = (
    "I can't post in the channel where you planned that blind test. Nothing was run or charged. "
    "Invite me there with /invite @imagelane, then `/imagelane bench show {id}` brings its price."
)
NO_WINDOW = "A window opens from a button only: this one plans your blind test."

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Planning:
    benches: KnownBenches
    planner: BenchPlanner
    judges: Judges
    posts: Posts
    clock: Clock
    enqueue: EnqueueJob
    later: Later

    def listeners(self) -> Listeners:
        return Listeners(
            {
                "bench.fields": self.fields,
                "bench.start": self.start,
                "bench.drop": self.drop,
                "bench.use": self.use,
                "bench.test": self.test,
            },
            {"bench.plan": self.plan_sent, "bench.prompts": self.prompts_sent},
        )

    # The window

    def open(self, who: Asker, command: BenchCommand) -> None:
        """Before the ack: a trigger lives for three seconds. A mention has none."""
        if not who.trigger_id:
            raise Offering(NO_WINDOW, frame.framed(NO_WINDOW, steps=frame.run("Blind test…", command.words())))
        self.posts.open_view(who.trigger_id, self._window(who.channel_id or "", begun(command)))

    def _window(self, about_id: str, fields: PlanFields) -> View:
        planner = self.planner
        lanes = lanes_and_models(planner.catalog, self.clock.now().date(), planner.horizon_days)
        qualities = vocabulary(planner.catalog).qualities
        return blocks_plan.plan_modal(lanes, planner.prompt_sets, qualities, about_id, fields)

    def fields(self, args: Args) -> None:
        """The same window with all its fields; what was filled in stays."""
        asker(args)
        window = args.body["view"]
        whole = self._window(window["private_metadata"], replace(filled(window), rest={}))
        self.posts.update_view(window["id"], whole)

    def plan_sent(self, args: Args) -> dict[str, Any]:
        """Plans one for each window, however often it is sent; the price follows, for who sent it."""
        who, window = asker(args), args.body["view"]
        channel_id = window["private_metadata"]
        if not CHANNEL.fullmatch(channel_id):
            raise self.benches.forged(who, channel_id)
        judges = people(window, "judges")
        if judges and len(judges) % 2 == 0:
            return WrongField("judges", f"{WHO_JUDGES}; here are {len(judges)}.").reply
        try:
            wishes = self._wishes(who, channel_id, window, judges)
        except WrongField as wrong:
            return wrong.reply
        quote = self.planner.plan(wishes)
        self.later(lambda: self._bring(channel_id, who, quote))
        return {
            "response_action": "update",
            "view": blocks_plan.planned_modal(quote.id, pasted(written(window, "prompts") or "").left_out),
        }

    def _bring(self, channel_id: str, who: Asker, quote: BenchQuote) -> None:
        """To who planned it, there; where we can't speak a bench can't stand: in person what to do about it."""
        posts = self.posts
        try:
            message = self.asked_first(who, quote)
        except NotOpen:  # started or ended meanwhile, which was told
            return
        try:
            try:
                posts.ephemeral(channel_id, who.person_id, message.text, message.blocks)
            except CantPost:
                tell(posts, Addressee(who.person_id, channel_id, None), NO_PLACE.format(id=quote.id))
        except PostFailed as failed:
            log.warning("the quote of bench %s could not be shown: %s", quote.id, failed.code)

    def price(self, who: Asker, quote: BenchQuote) -> Message | None:
        """To who pressed a button; where people are named, once Slack has said that they may judge."""
        if not quote.judges:
            return self.quoted(quote)
        self.later(lambda: self._bring(who.channel_id or "", who, quote))
        return None

    def asked_first(self, who: Asker, quote: BenchQuote) -> Message:
        """Its price, or who can't judge it: then it is ended. Asks Slack, so never before an ack."""
        refused = self.judges.refused(who.team_id, quote.judges)
        if refused is None:
            return self.quoted(quote)
        self._end(who, quote.id)
        return blocks_quote.refused(refused)

    def quoted(self, quote: BenchQuote) -> Message:
        return blocks_quote.quoted(quote, self.judges.names.person)

    def run(self, request: SlackRequest, command: BenchCommand) -> Message:
        """As typed, or as a button carries it. The button of a post is pressed by many: a bench each."""
        who, named = request.who, command.prompts or ""
        if command.template or (named not in self.planner.prompt_sets and kept_wanted(named) is None):
            raise NotUnderstood(NO_FILES)
        key = f"{request.key}:{who.person_id}"
        wishes = typed(command, who.team_id, key, who.person_id, who.channel_id, "slack")
        wishes = replace(wishes, named=named, kept_by=who.person_id)
        return self.quoted(self.planner.plan(wishes))

    def _wishes(self, who: Asker, channel_id: str, window: View, judges: tuple[str, ...]) -> BenchWishes:
        words = vocabulary(self.planner.catalog, self.clock.now().date())
        fields = filled(window)
        rest = fields.rest or {}
        prompts, kind, named, most = under("prompts", lambda: prompts_of(fields))
        quality, of_today = rest.get("quality"), rest.get("today_quality", SAME)
        today = quality if of_today == SAME else of_today
        size = rest.get("size")
        return BenchWishes(
            team_id=who.team_id,
            request_key=f"view:{window['id']}",
            person_id=who.person_id,
            channel_id=channel_id,
            source="slack",
            sides=((fields.today, today), *((choice, quality) for choice in fields.compare)),
            size=under("size", lambda: words.read(size, grammar.Kind.SIZE)) if size else None,
            prompts=prompts,
            kind=kind,
            named=named,
            most=most,
            kept_by=who.person_id,
            tag=rest.get("tag") or None,
            reviewers=len(judges) or grammar.whole(fields.reviewers),
            judges=judges,
            reject_seconds=amount(fields, "seconds"),
            reject_usd_per_hour=amount(fields, "hourly"),
            cap_usd=amount(fields, "cap"),
        )

    # More prompts

    def use(self, args: Args) -> Message | None:
        """The same test with as many prompts as are safer, in place of what was planned."""
        who = asker(args)
        bench = self._planned(who, args)
        return self._asked_more(who, args, bench, self.planner.quote(bench).more, "use")

    def test(self, args: Args) -> Message | None:
        """A test of more prompts for the same question, to who pressed; pressed again it is another bench."""
        who = asker(args)
        bench = self.benches.known(who, args.body["actions"][0].get("value"))
        if bench.state is not BenchState.SEALED:
            raise NotOpen
        return self._asked_more(who, args, bench, self.planner.further(bench), "test")

    def _asked_more(self, who: Asker, args: Args, bench: Bench, more: MorePrompts | None, act: str) -> Message | None:
        if more is None:
            raise NotOpen
        if not more.enough:
            self.posts.open_view(
                who.trigger_id, blocks_plan.prompts_modal(f"{act}:{bench.id}", more.wanted, more.unused)
            )
            return None
        key = f"{act}:{bench.id}:{who.person_id}:{args.body['actions'][0]['action_ts']}"
        return self.price(who, self._plan_more(who, key, bench, more.unused, act))

    def prompts_sent(self, args: Args) -> dict[str, Any]:
        who, window = asker(args), args.body["view"]
        about = ABOUT_MORE.fullmatch(window["private_metadata"])
        if about is None:
            raise self.benches.forged(who, window["private_metadata"])
        act, bench = about[1], self.benches.known(who, about[2])
        if act == "use":
            self.benches.only_starter(who, bench)
        added = pasted(written(window, "prompts") or "")
        if not added.prompts:
            return WrongField("prompts", "Add one prompt a line.").reply
        quote = self._plan_more(who, f"view:{window['id']}", bench, added.prompts, act)
        channel_id = bench.channel_id or who.channel_id or ""
        self.later(lambda: self._bring(channel_id, who, quote))
        return {"response_action": "update", "view": blocks_plan.planned_modal(quote.id, added.left_out)}

    def _plan_more(self, who: Asker, key: str, bench: Bench, added: tuple[str, ...], act: str) -> BenchQuote:
        """Use: its own and those that were added, and it is ended itself. Test: those alone."""
        own = bench.plan.prompts if act == "use" else ()
        channel_id = bench.channel_id or who.channel_id
        wishes = BenchWishes(
            who.team_id, key, who.person_id, channel_id, "slack", (), None, prompts=(*own, *added), again=bench.id
        )
        quote = self.planner.plan(wishes)
        if act == "use" and bench.state is BenchState.PLANNED:
            self._end(who, bench.id)
        return quote

    # Start or not

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

    def _begin(self, connection: Any, bench: Bench) -> None:
        self.enqueue(connection, jobs.begin_job(bench.team_id, bench.id))

    def drop(self, args: Args) -> Message:
        who = asker(args)
        self._end(who, self._planned(who, args).id)
        return refusal.sentence("Nothing was run or charged.")

    def _end(self, who: Asker, bench_id: str) -> None:
        moment = self.clock.moment()
        self.benches.store.write_once(rows_ends.drop, who.team_id, bench_id, who.person_id, moment)

    def _planned(self, who: Asker, args: Args) -> Bench:
        bench = self._own(who, args)
        if bench.state is not BenchState.PLANNED:
            raise NotOpen
        return bench

    def _own(self, who: Asker, args: Args) -> Bench:
        bench = self.benches.known(who, args.body["actions"][0].get("value"))
        self.benches.only_starter(who, bench)
        return bench
