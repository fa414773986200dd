"""What is pressed under a verdict: its pictures, and the lane that is drawn on in this channel from now on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from slack_bolt.kwargs_injection.args import Args

from bot.bench import blocks_verdict, jobs
from bot.bench.known import KnownBenches
from bot.bench.plan import Bench, not_open
from bot.bench.proof import Proof
from bot.clock import Clock
from bot.errors import NotOpen
from bot.jobs import Start
from bot.ledger import lane_choices, slack_answers
from bot.ledger.bench_states import BenchState
from bot.ledger.lane_choices import LaneChoice
from bot.ledger.pictures import Limits
from bot.slack import refusal
from bot.slack.after_ack import AnswerPlace, Later, pressed_at, tell
from bot.slack.asker import Asker, asker
from bot.slack.listeners import Listeners
from bot.slack.message import Message, person
from bot.slack.posts import Posts

IS_SO = "Pictures here are drawn on that already."
WAS_SO = "Pictures here are drawn on budget already, where no lane is named."


@dataclass(frozen=True)
class VerdictListeners:
    """`prove` gives a bench's verdict as of now, by its team and id."""

    benches: KnownBenches
    prove: Callable[[str, str], Proof]
    posts: Posts
    clock: Clock
    limits: Callable[[datetime], Limits]
    start: Start
    later: Later

    def listeners(self) -> Listeners:
        return Listeners(
            {"bench.take": self.take, "bench.untake": self.untake, "bench.pictures": self.pictures},
        )

    def take(self, args: Args) -> Message | None:
        """Anybody may, save who is known to draw nothing here: it costs nothing by itself, is said to all, and is taken
        back by a press. Raises NotAllowed."""
        who, bench = self._drawing(args)
        proof = self.prove(who.team_id, bench.id)
        side = proof.usable
        if side is None:
            raise NotOpen
        choice = LaneChoice(side.role or side.model, side.quality, bench.id)
        here = (who.team_id, _channel(who), who.person_id)
        if not self.benches.store.write(lane_choices.choose, *here, choice, self.clock.now()):
            return refusal.sentence(IS_SO)
        self._tell_all(pressed_at(args), blocks_verdict.taken(proof, person(who.person_id)))
        return None

    def untake(self, args: Args) -> Message | None:
        who, _ = self._drawing(args)
        here = (who.team_id, _channel(who), who.person_id)
        if not self.benches.store.write(lane_choices.take_back, *here, self.clock.now()):
            return refusal.sentence(WAS_SO)
        self._tell_all(pressed_at(args), blocks_verdict.back(person(who.person_id)))
        return None

    def pictures(self, args: Args) -> None:
        """Its contact sheet, drawn by a job into the window that waits for it."""
        who, bench = self._pressed(args)
        if bench.state is not BenchState.SEALED:
            raise not_open(bench)
        view_id = self.posts.open_view(who.trigger_id, blocks_verdict.pictures_modal(blocks_verdict.COMING))
        about = (who.team_id, bench.id, view_id)
        self.start(jobs.show_pictures(":".join(about), *about))

    def _drawing(self, args: Args) -> tuple[Asker, Bench]:
        who, bench = self._pressed(args)
        if not self.limits(self.clock.now()).guests:
            self.benches.store.read(slack_answers.refuse_known, who.team_id, who.person_id, self.clock.real())
        return who, bench

    def _pressed(self, args: Args) -> tuple[Asker, Bench]:
        who = asker(args)
        return who, self.benches.known(who, args.body["actions"][0].get("value"))

    def _tell_all(self, to: AnswerPlace, message: Message) -> None:
        self.later(lambda: tell(self.posts, to, message, for_all=True))


def _channel(who: Asker) -> str:
    if who.channel_id is None:
        raise NotOpen
    return who.channel_id
