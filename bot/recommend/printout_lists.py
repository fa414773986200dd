"""What OpenAI's own list says beside our facts, as a terminal tells it."""

from collections.abc import Iterator

from rich.console import Group, RenderableType

from bot.printing.shapes import Paragraph, section
from bot.recommend.model_lists import ModelsDiff

NEVER_READ = (
    "OpenAI's list of models was never read here. A running bot reads it once a day where OPENAI_API_KEY is set and "
    "OPENAI_BASE_URL is OpenAI's own, or OPENAI_MODELS_URL names the list; `imagelane doctor` reads it now."
)


def rendered(answer: ModelsDiff) -> RenderableType:
    return Group(*_shown(answer))


def _shown(answer: ModelsDiff) -> Iterator[RenderableType]:
    if answer.listed_on is None:
        yield Paragraph(NEVER_READ)
        return
    count = len(answer.differences)
    differs = f"differs in {count} {'point' if count == 1 else 'points'} from" if count else "agrees with"
    facts = f"our facts, checked on {answer.checked_on}"
    yield Paragraph(f"OpenAI's list of {answer.listed_on} {differs} {facts}.", style="bold green")
    yield from section("Beside our facts", (row.sentence for row in answer.differences))
    if answer.since is not None:
        news = [row.since for row in answer.changes] or ["Nothing changed."]
        yield from section(f"Since the list of {answer.since}", news)
