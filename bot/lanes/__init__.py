"""Lanes: which model fills which role on a day, which one to take, and when a model ends. Values in, values out."""

from bot.lanes.advice import SITUATIONS, recommend
from bot.lanes.bindings import HORIZON_DAYS, Filling, bound, filled, fillings, has_lanes
from bot.lanes.effect import Effect, Step
from bot.lanes.life import known, last_day, status, usable
from bot.lanes.scene import Alternative, Recommendation
from bot.lanes.statuses import ModelList, ModelStatus, statuses
from bot.pricing.dated import announced_end
from bot.pricing.facts import LANES

__all__ = [
    "HORIZON_DAYS",
    "LANES",
    "SITUATIONS",
    "Alternative",
    "Effect",
    "Filling",
    "ModelList",
    "ModelStatus",
    "Recommendation",
    "Step",
    "announced_end",
    "bound",
    "filled",
    "fillings",
    "has_lanes",
    "known",
    "last_day",
    "recommend",
    "status",
    "statuses",
    "usable",
]
