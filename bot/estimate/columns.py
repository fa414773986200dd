"""An estimate's table, the same at every door: what decides first, the long name last."""

from bot.money import about, cents
from bot.pricing import Quote, Quotes

RIGHT = ("Total", "Each", "Per kept")


def columns(answer: Quotes) -> dict[str, list[str]]:
    """Cells by the column's name; empty for one row, which the sentence says whole."""
    if len(answer.rows) == 1:
        return {}
    lane = {"Lane": [quote.lane or "" for quote in answer.rows]} if answer.by_lane else {}
    figures = {name: [figure[name] for figure in map(_figures, answer.rows)] for name in _names(answer)}
    return {**lane, **figures, "Model": [quote.model for quote in answer.rows]}


def in_words(answer: Quotes) -> str:
    """The rows as sentences, for who hears them."""
    return " ".join(_row(quote, answer) for quote in answer.rows) if len(answer.rows) > 1 else ""


def _row(quote: Quote, answer: Quotes) -> str:
    name = f"{quote.lane}, {quote.model}" if answer.by_lane else quote.model
    figures, names = _figures(quote), _names(answer)
    said = {"Total": "{}", "Each": "{} each", "Per kept": "{} per kept picture"}
    return f"{name}: {', '.join(said[column].format(figures[column]) for column in names)}."


def _names(answer: Quotes) -> list[str]:
    """One picture is its own total."""
    if answer.is_per_kept:
        return ["Total", "Per kept"]
    return ["Total", "Each"] if answer.asked.count > 1 or answer.asked.retries else ["Each"]


def _figures(quote: Quote) -> dict[str, str]:
    none_kept = quote.keep_rate is not None and not quote.keep_rate
    return {
        "Total": about(quote.spent_usd) if quote.count == 1 else cents(quote.spent_usd),
        "Each": about(quote.each_usd),
        "Per kept": "none kept" if none_kept else about(quote.per_accepted_usd),
    }
