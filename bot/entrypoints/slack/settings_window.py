"""Settings from Home: when the weekly post comes, and where.

callback home.settings   fields `to` (a channel), `weekday` and `hour`
"""

from dataclasses import dataclass
from typing import Any

from slack_bolt.kwargs_injection.args import Args

from bot.entrypoints.slack.questions import Questions
from bot.errors import NotUnderstood
from bot.periods import WEEKDAYS
from bot.slack.asker import asker
from bot.slack.fields import chosen, listed
from bot.slack.message import paragraph
from bot.slack.posts import Posts
from bot.slack.request import SlackRequest
from bot.slack.windows import choice_input, form, modal, option, place_input

TITLE, HOURS = "Settings", range(6, 21)
ABOUT = "A post with last week's spend and what was kept, each week. I must be in the channel: /invite @imagelane."


@dataclass(frozen=True)
class SettingsWindow:
    questions: Questions
    posts: Posts

    def opened(self, args: Args) -> None:
        days = [option(day, day) for day in WEEKDAYS]
        hours = [option(f"{hour}:00", f"{hour:02}:00") for hour in HOURS]
        nine = next(each for each in hours if each["value"] == "09:00")
        blocks = [
            paragraph(ABOUT),
            place_input("to", "Weekly post to"),
            choice_input("weekday", "Each", days, days[0]),
            choice_input("hour", "At", hours, nine),
        ]
        self.posts.open_view(asker(args).trigger_id, form(TITLE, blocks, "home.settings", "", "Save"))

    def sent(self, args: Args) -> dict[str, Any]:
        """As `digest on` of who sends it; what that refuses stands in the window."""
        who, view = asker(args), args.body["view"]
        channel_id, day, hour = listed(view, "to"), chosen(view, "weekday"), chosen(view, "hour")
        if channel_id is None or day is None or hour is None:
            raise NotUnderstood("Choose a channel, a day and an hour.")
        command = self.questions.parse(f"digest on {day} {hour} in #{channel_id}")
        said = self.questions.answer(SlackRequest(who, f"view:{view['id']}"), command)
        blocks = [] if said is None else [block for block in said.blocks if block["type"] == "rich_text"]
        return {"response_action": "update", "view": modal(TITLE, blocks)}
