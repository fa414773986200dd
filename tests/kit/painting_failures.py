"""Every way a call can fail: the far end's trouble, our failure for it, what is known of the bill."""

from bot import providers
from bot.playground.loopback import Answer
from tests.kit import far_openai_trouble as trouble
from tests.kit.far_openai_trouble import Trouble

KEY = "sk-canary-0123456789"
MONEY = [
    "insufficient_quota",
    "credit_balance_exhausted",
    "project_spend_limit_exceeded",
    "organization_spend_limit_exceeded",
    "organization_usage_limit_exceeded",
]
WRONG: dict[str, tuple[Trouble, type[providers.PaintingFailed], str]] = {
    "R27 blocked at input": (trouble.blocked("input"), providers.ImageBlocked, "no"),
    "R27 blocked at output": (trouble.blocked("output"), providers.ImageBlocked, "perhaps"),
    "R27 blocked, stage unknown": (trouble.blocked("unknown"), providers.ImageBlocked, "perhaps"),
    "R27 blocked, no details": (trouble.error(400, "moderation_blocked"), providers.ImageBlocked, "perhaps"),
    "R28 key": (trouble.key_rejected(KEY[:9]), providers.ProviderRefused, "no"),
    "R28 not verified": (trouble.forbidden(), providers.ProviderRefused, "no"),
    "R28 unknown model": (trouble.model_not_found(), providers.ProviderRefused, "no"),
    "R28 retired model": (trouble.does_not_exist(), providers.ProviderRefused, "no"),
    "R29 rate limit": (trouble.rate_limited(20), providers.ProviderBusy, "no"),
    "R29 slow down": (trouble.slow_down(20), providers.ProviderBusy, "no"),
    "R29 some other 429": (trouble.rate_limited(1, "other_limit"), providers.ProviderBusy, "no"),
    **{f"R30 {code}": (trouble.out_of_money(code), providers.NoMoney, "no") for code in MONEY},
    "R30 money by type alone": (trouble.error(429, None, type_="insufficient_quota"), providers.NoMoney, "no"),
    "R30 hard limit": (trouble.error(400, "billing_hard_limit_reached"), providers.NoMoney, "no"),
    "R31 500": (trouble.broken(500), providers.Unclear, "perhaps"),
    "R31 502": (trouble.broken(502), providers.Unclear, "perhaps"),
    "R31 503": (trouble.broken(503), providers.Unclear, "perhaps"),
    "408": (trouble.error(408, None), providers.Unclear, "perhaps"),
    "409": (trouble.error(409, None), providers.Unclear, "perhaps"),
    "R32 closed": (trouble.lost(), providers.Unclear, "perhaps"),
    "R32 body cut": (trouble.half_body(), providers.Unclear, "perhaps"),
    "bad value": (trouble.error(400, "invalid_value"), providers.BadRequest, "no"),
    "too large": (Trouble(False, Answer(413, b"<html>")), providers.BadRequest, "no"),
    "R34 no data": (trouble.no_data(), providers.NoPicture, "yes"),
    "R34 null data": (trouble.null_data(), providers.NoPicture, "yes"),
    "R34 bad base64": (trouble.bad_base64(), providers.NoPicture, "yes"),
    "R34 html page": (trouble.page(), providers.NoPicture, "yes"),
    "R34 nothing": (trouble.page(b""), providers.NoPicture, "yes"),
    "R34 no picture bytes": (trouble.holds(b""), providers.NoPicture, "yes"),
    "R34 svg": (trouble.holds(trouble.SVG), providers.NoPicture, "yes"),
    "R34 html inside": (trouble.holds(trouble.HTML), providers.NoPicture, "yes"),
    "R34 60000x60000": (trouble.holds(trouble.png_saying(60_000, 60_000)), providers.NoPicture, "yes"),
    "R34 an address": (
        Trouble(True, bend=lambda body: {**body, "data": [{"url": "https://x"}]}),
        providers.NoPicture,
        "yes",
    ),
    "R34 two pictures": (
        Trouble(True, bend=lambda body: {**body, "data": body["data"] * 2}),
        providers.NoPicture,
        "yes",
    ),
}
