"""What the far end of the image API bills: its own small tables, apart from bot.pricing, so that both can be compared.

Sources: OpenAI's pricing page (rates), its printed token table (before gpt-image-2), the formula of its docs calculator
(2 and 2.5). Of 2.6 only a reseller's metered calls are known: about four times the 2.5 formula at low and medium.
"""

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

OLD_TOKENS = {
    "low": {"1024x1024": 272, "1024x1536": 408, "1536x1024": 400},
    "medium": {"1024x1024": 1056, "1024x1536": 1584, "1536x1024": 1568},
    "high": {"1024x1024": 4160, "1024x1536": 6240, "1536x1024": 6208},
}
BASE = {
    "2": {"low": 16, "medium": 48, "high": 96},
    "2.5": {"low": 16, "medium": 24, "high": 48, "xhigh": 64, "max": 96},
}
TIMES_26 = {"low": 4, "medium": 4, "high": 1, "xhigh": 1, "max": 1}
RATES = {  # USD per million tokens: text in, image out
    "gpt-image-1": ("5", "40"),
    "gpt-image-1-mini": ("2", "8"),
    "gpt-image-1.5": ("5", "32"),
    "chatgpt-image-latest": ("5", "32"),
    "gpt-image-2": ("5", "30"),
    "gpt-image-2-2026-04-21": ("5", "30"),
    "gpt-image-2.5-flare": ("5", "30"),
    "gpt-image-2.5-flare-2026-09-08": ("5", "30"),
    "gpt-image-2.5-sunburst": ("5", "30"),
    "gpt-image-2.5-sunburst-2026-09-08": ("5", "30"),
    "gpt-image-2.6-flare": ("5", "30"),
    "gpt-image-2.6-sunburst": ("5", "30"),
}
IMAGE_IN = {"gpt-image-1": "10", "gpt-image-1-mini": "2.5"}  # the others: 8
PARTIAL_TOKENS = 100
PATCH, MOST_PATCHES = 32, 1536
MODELS = tuple(RATES)
ENDS = {
    "gpt-image-1": date(2026, 10, 23),
    "gpt-image-1-mini": date(2026, 12, 1),
    "gpt-image-1.5": date(2026, 12, 1),
    "chatgpt-image-latest": date(2026, 12, 1),
}


class Tokens(NamedTuple):
    """What a call is billed for: text and pictures in, pictures out."""

    text: int
    references: int
    image: int


def family(model: str) -> str:
    """old, 2, 2.5 or 2.6."""
    found = next((name for name in ("2.6", "2.5") if model.startswith(f"gpt-image-{name}-")), None)
    return found or ("2" if model.startswith("gpt-image-2") else "old")


def qualities(model: str) -> tuple[str, ...]:
    if family(model) == "old":
        return tuple(OLD_TOKENS)
    return tuple(BASE["2" if family(model) == "2" else "2.5"])


def draws(model: str, size: str) -> bool:
    """Whether the model takes that WIDTHxHEIGHT."""
    if family(model) == "old":
        return size in OLD_TOKENS["low"]
    sides = size.split("x")
    if len(sides) != 2 or not all(side.isascii() and side.isdigit() for side in sides):
        return False
    long, short = max(map(int, sides)), min(map(int, sides))
    if short == 0 or long % 16 or short % 16 or long > 3840 or long > 3 * short:
        return False
    return 655_360 <= long * short <= 8_294_400


def image_tokens(model: str, quality: str, size: str) -> int:
    if family(model) == "old":
        return OLD_TOKENS[quality][size]
    width, height = (int(side) for side in size.split("x"))
    base = BASE["2" if family(model) == "2" else "2.5"][quality]
    across = _half_even(base * min(width, height), max(width, height))
    tokens = -(-base * across * (2_000_000 + width * height) // 4_000_000)
    return tokens * (TIMES_26[quality] if family(model) == "2.6" else 1)


def _half_even(over: int, under: int) -> int:
    whole, rest = divmod(over, under)
    return whole + (2 * rest > under or (2 * rest == under and whole % 2 == 1))


def text_tokens(prompt: str) -> int:
    """A stand-in for the tokenizer: a quarter of the UTF-8 bytes, rounded up."""
    return -(-len(prompt.encode()) // 4)


def reference_tokens(width: int, height: int) -> int:
    """Of a picture that is edited: patches, up to a bound. The true rule scales what is larger; nobody published it."""
    return min(-(-width // PATCH) * -(-height // PATCH), MOST_PATCHES)


def tokens(body: dict[str, Any], times: int = 1) -> Tokens:
    """Of a call in the words of /v1/images/generations, with the `references` of an edit. n images are n calls, whose
    inputs are paid n times, too."""
    model, quality, size = (str(body.get(name, "")) for name in ("model", "quality", "size"))
    image = image_tokens(model, quality, size) * times + PARTIAL_TOKENS * (body.get("partial_images") or 0)
    references = sum(reference_tokens(*sides) for sides in body.get("references", ()))
    count = body.get("n") or 1
    return Tokens(count * text_tokens(str(body.get("prompt", ""))), count * references, count * image)


def usd(model: str, took: Tokens) -> Decimal:
    text_in, image_out = (Decimal(rate) for rate in RATES[model])
    image_in = Decimal(IMAGE_IN.get(model, "8"))
    return (took.text * text_in + took.references * image_in + took.image * image_out) / 1_000_000


def ended(model: str, today: date | None) -> bool:
    return today is not None and model in ENDS and ENDS[model] <= today


def listed(today: date | None) -> list[dict[str, Any]]:
    """As GET /v1/models answers: what lives, with its shutdown_date."""
    return [
        {
            "id": model,
            "object": "model",
            "created": 1_765_843_200,
            "owned_by": "system",
            "shutdown_date": ENDS[model].isoformat() if model in ENDS else None,
        }
        for model in MODELS
        if not ended(model, today)
    ]
