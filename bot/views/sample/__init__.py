"""Pictures drawn on request: their one message in the channel, one shown again, and the windows its buttons open.

outcomes.py   how a call ended, in one sentence each
channel.py    the message, from placeholder to verdict
again.py      one picture again, and everything known about it
windows.py    the forms behind Retry, Reject and Report
"""

from bot.views.sample.again import details_modal, picture
from bot.views.sample.channel import drawing, placeholder
from bot.views.sample.outcomes import IN_THREAD, alt_text, caption, not_placed, sentence, title, verdict
from bot.views.sample.windows import reject_modal, report_modal, retry_modal

__all__ = [
    "IN_THREAD",
    "alt_text",
    "caption",
    "details_modal",
    "drawing",
    "not_placed",
    "picture",
    "placeholder",
    "reject_modal",
    "report_modal",
    "retry_modal",
    "sentence",
    "title",
    "verdict",
]
