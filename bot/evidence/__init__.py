"""What counts of kept and rejected images can prove: ranges, chances and costs, by closed forms.

rates      how often images are kept, and whether that changed
costs      what an accepted image costs, and where two lanes break even
comparing  the chance that one lane is cheaper, at one look and at any look
planning   how many prompts a bench needs, and how many calls a job
sides      what reviewers said of one lane
verdicts   a sealed bench's verdict and the best bet beside it
words      what a verdict may say, and when
agreement  whether reviewers see the same things
checks     textbook methods to hold ours against
chances    the numerics under them
"""

from bot.evidence.agreement import Agreement, agreement, cohen_kappa, krippendorff_alpha
from bot.evidence.checks import clopper_pearson, jeffreys, mcnemar_exact
from bot.evidence.comparing import EValues, e_value, p_cheaper, p_cheaper_unpaired, ratio_interval
from bot.evidence.costs import (
    NONE_ACCEPTED,
    CostRange,
    break_even_keep_rate,
    break_even_reject_cost,
    cpa,
    cpa_interval,
    price_ratio,
)
from bot.evidence.planning import (
    calls_for_N_accepted,
    calls_for_N_accepted_uncertain,
    mean_calls_capped,
    p_accept_within,
    prompts_needed,
)
from bot.evidence.rates import Range, always_valid_interval, changed, p_higher, wilson
from bot.evidence.sides import Image, ReviewerVote, Side
from bot.evidence.verdicts import (
    REJECT_USD,
    SAVING_FOR,
    USD_PER_HOUR,
    Bet,
    BreakEven,
    Duel,
    Verdict,
    verdict,
)
from bot.evidence.words import LEAST_PROMPTS, MOST_LOOKS, Word, verdict_word

__all__ = [
    "LEAST_PROMPTS",
    "MOST_LOOKS",
    "NONE_ACCEPTED",
    "REJECT_USD",
    "SAVING_FOR",
    "USD_PER_HOUR",
    "Agreement",
    "Bet",
    "BreakEven",
    "CostRange",
    "Duel",
    "EValues",
    "Image",
    "Range",
    "Side",
    "Verdict",
    "ReviewerVote",
    "Word",
    "agreement",
    "always_valid_interval",
    "break_even_keep_rate",
    "break_even_reject_cost",
    "calls_for_N_accepted",
    "calls_for_N_accepted_uncertain",
    "changed",
    "clopper_pearson",
    "cohen_kappa",
    "cpa",
    "cpa_interval",
    "verdict_word",
    "e_value",
    "jeffreys",
    "krippendorff_alpha",
    "mcnemar_exact",
    "mean_calls_capped",
    "p_accept_within",
    "p_cheaper",
    "p_cheaper_unpaired",
    "p_higher",
    "price_ratio",
    "prompts_needed",
    "ratio_interval",
    "verdict",
    "wilson",
]
