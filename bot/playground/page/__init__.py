"""The page of the playground: what one sample person sees of the local Slack, and what they do there.

site        the addresses: the page itself, what changed, and one address for each thing a person can do
seen        what one person sees at one place, as values
mrkdwn      a message's text as pieces that can be shown
templates   values to HTML, everything escaped; static: one style sheet, two small scripts
"""

from bot.playground.page.site import build

__all__ = ["build"]
