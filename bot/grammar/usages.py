"""What each command is for and how it is written: help, manifest and docs/commands.md are held to this table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CommandUsage:
    name: str
    usage: str
    sentence: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Guide:
    """How the commands are written; only one of them when `topic` names it."""

    topic: str | None
    usages: tuple[CommandUsage, ...]


USAGES = (
    CommandUsage(
        "help",
        "help [COMMAND]",
        "What you can ask, with examples.",
        ("help", "help estimate"),
    ),
    CommandUsage(
        "estimate",
        "estimate COUNT [QUALITY] [SIZE] [LANE or MODEL] [--batch] [--keep RATE|own] [--retries N] [--for KIND] "
        "[--on DATE]",
        "What that many images cost on each lane, or on the one you name. `--for` counts with what your bench of that "
        "kind of work kept.",
        (
            "estimate 5000 high square",
            "estimate 200 medium 1536x1024 premium --batch",
            "estimate 5000 high square --keep 55% --retries 1",
            "estimate 5000 high square --on 2026-03-27",
        ),
    ),
    CommandUsage(
        "recommend",
        "recommend [new | existing MODEL | quality | unsure] [--for KIND] [--on DATE]",
        "Which lane to take in your situation, and why. `--for` names a kind of work: where a bench of yours proved "
        "something for it, that decides.",
        (
            "recommend new",
            "recommend existing gpt-image-1.5",
            "recommend quality --for product-shots",
            "recommend unsure --on 2026-03-27",
        ),
    ),
    CommandUsage(
        "models",
        "models [MODEL] [--on DATE]",
        "Which models are alive, which end when, and what they cost.",
        ("models", "models gpt-image-2", "models --on 2026-11-30"),
    ),
    CommandUsage(
        "try",
        'try "PROMPT" [LANE or MODEL]... [QUALITY] [SIZE], '
        "or try PROMPT [--lane LANE or MODEL]... [--quality QUALITY] [--size SIZE]",
        "Sample images in the channel, to keep, reject or retry. Only a text that begins with a quote mark has options "
        "without dashes after the prompt.",
        (
            'try "a red kite over a harbour" budget premium high square',
            "try a high castle",
            "try a high castle --lane premium --size portrait",
        ),
    ),
    CommandUsage(
        "show",
        "show ID",
        "One picture again, to you alone: its state, cost and votes.",
        ("show 7f3k2q",),
    ),
    CommandUsage(
        "spend",
        "spend [PERIOD] [by DIMENSION] [in PROJECT or #CHANNEL] [--on DATE]",
        "What a period cost, how much of it was kept, and what one kept image cost. A period is today, this week, "
        "last month, last 7 days, 2026-W46, 2026-10, 2026-10-05..2026-10-11 or all; a dimension is lane, model, "
        "quality, source, person, project or day.",
        (
            "spend",
            "spend last week by model",
            "spend 2026-10 by day",
            "spend last 30 days by source in project kites",
            "spend 2026-10-05..2026-10-11 by person",
        ),
    ),
    CommandUsage(
        "budget",
        "budget [show], or budget set USD per [week | month] [for workspace | #CHANNEL | @PERSON | project NAME], "
        "or budget off [for ...]",
        "What may be spent, what is left of it and who can raise it. `set 0` stops all paid pictures there, `off` "
        "takes the limit away; a workspace's goes back to that of the settings.",
        (
            "budget",
            "budget set 50 per month",
            "budget set 10 per week for project kites",
            "budget off for project kites",
        ),
    ),
    CommandUsage(
        "digest",
        "digest [preview | post | on DAY TIME [ZONE] [in #CHANNEL] | off] [--week WEEK] [--on DATE]",
        "The weekly post: what was spent and kept, what changed, what ends, what to try. `preview` shows it to you, "
        "`post` posts it here once more, `on` has it posted every week, `off` ends that. Left out: the last closed "
        "week, Monday 09:00, the workspace's time zone, this channel.",
        (
            "digest preview",
            "digest on mon 09:00",
            "digest on thursday 16:30 America/New_York",
            "digest post --week 2026-W46",
            "digest off",
        ),
    ),
    CommandUsage(
        "bench",
        "bench [list | show ID | verdict ID | stop ID | close ID | cancel ID], or in a terminal "
        "bench run --prompts SET or FILE or kept:N --lanes LANE[:QUALITY],LANE[:QUALITY] [--quality QUALITY] "
        "[--size SIZE] [--reviewers 1|3|5] [--cap USD] [--tag KIND] [--reject-seconds N] [--reject-usd-per-hour USD] "
        "[--yes], bench rerun ID --lanes ..., bench resume ID and bench export ID [FILE.csv | FILE.png]",
        "A blind comparison of two or three lanes or models on the same 5 to 40 prompts, one image each, the one you "
        "use today first. In Slack `bench` alone opens the window to plan one. It shows what it costs and asks before "
        "it spends; nothing is told by lane until every image is judged, then `verdict` says what is proven. `stop` "
        "draws no more, `close` seals what is judged, `cancel` ends it without a verdict: all three are for who "
        "started it. Sets are product-shots, social-posts and editorial-scenes; a file has one prompt a line, and "
        "kept:20 are the prompts of the last 20 images that were kept.",
        (
            "bench",
            "bench list",
            "bench show 7f3k2q9xd4",
            "bench verdict 7f3k2q9xd4",
        ),
    ),
)


def usage(name: str) -> CommandUsage:
    return next(row for row in USAGES if row.name == name)
