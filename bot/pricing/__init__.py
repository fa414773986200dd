"""Arithmetic over dated price rows: importable with no Slack, no database, no network and no OpenAI client.

spec, facts        what is priced, and the dated facts prices rest on (bot.catalog fills them from data/)
usage              token counts of a response
dated              which row is in force on a day
sizes, tokens      which sizes a model draws; how many output tokens one image takes
prices             one image: published, by tokens, metered, and its upper bound
metering           one call by its own token counts
quotes             an estimate as values, and how days are said to who asked
accepted           keep rates, retries, cost per kept picture
lead, foot         the words of an estimate: the sentence that decides, the line under its table
advice             what stands behind it: assumptions, hints
comparison         estimate and compare
"""

from bot.money import dollars, plain
from bot.pricing.comparison import compare
from bot.pricing.dated import (
    announced_end,
    model_named,
    rates_on,
    successors_on,
)
from bot.pricing.prices import list_price, price, upper_bound, usage_cost
from bot.pricing.quotes import KeepCount, Quote, Quotes, Workload
from bot.pricing.sizes import check_quality, check_size, resolve_size
from bot.pricing.spec import ImageSpec, Size
from bot.pricing.tokens import by_formula, tokens_per_image
from bot.pricing.usage import Usage

__all__ = [
    "ImageSpec",
    "KeepCount",
    "Quote",
    "Quotes",
    "Size",
    "Usage",
    "Workload",
    "announced_end",
    "by_formula",
    "check_quality",
    "check_size",
    "compare",
    "dollars",
    "list_price",
    "model_named",
    "plain",
    "price",
    "rates_on",
    "resolve_size",
    "successors_on",
    "tokens_per_image",
    "upper_bound",
    "usage_cost",
]
