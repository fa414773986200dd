"""deploy/alerts.yaml: every metric it names is one we give, and each trouble that was promised an alert has one."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.entrypoints.http.metrics import MetricFigures, Metrics
from bot.jobs.enqueuer import QUEUES

ROOT = Path(__file__).parents[2]
SERIES = ("_total", "_bucket", "_sum", "_count")  # what Prometheus adds to the name of a counter or histogram
PROMISED = [
    "imagelane_oldest_job_seconds",
    "imagelane_holds_past_lease",
    "imagelane_uncertain_dollars",
    "imagelane_digest_lag_seconds",
    "imagelane_store_errors_total",
    "imagelane_store_up",
    "imagelane_pictures_writable",
    "imagelane_acks_seconds_bucket",
]


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load((ROOT / "deploy/alerts.yaml").read_text())["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


def named(expression: str) -> set[str]:
    return set(re.findall(r"\bimagelane_\w+", expression))


def in_the_code() -> set[str]:
    """The names that bot/ gives its metrics, as they are written there."""
    texts = [path.read_text() for path in sorted((ROOT / "bot").rglob("*.py"))]
    return {name for text in texts for name in re.findall(r'"(imagelane_[a-z_]+)"', text)}


def base(series: str) -> str:
    """`imagelane_acks_seconds` of `imagelane_acks_seconds_bucket`."""
    return next((series.removesuffix(end) for end in SERIES if series.endswith(end)), series)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_every_rule_names_a_metric_of_ours_and_says_what_it_means(rule: dict[str, Any]) -> None:
    assert named(rule["expr"]) or rule["expr"].startswith("up{")
    assert {base(series) for series in named(rule["expr"])} - in_the_code() == set()
    assert set(re.findall(r'queue="(\w+)"', rule["expr"])) <= set(QUEUES)
    assert rule["annotations"]["summary"].endswith((".", "?"))
    assert all(rule["expr"].count(left) == rule["expr"].count(right) for left, right in ("()", "[]", "{}"))


@pytest.mark.parametrize("series", PROMISED)
def test_each_promised_trouble_has_an_alert(series: str) -> None:
    assert [rule["alert"] for rule in rules() if series in named(rule["expr"])] != []


def test_the_alerts_have_names_of_their_own() -> None:
    names = sorted(rule["alert"] for rule in rules())
    assert all(one != other for one, other in pairwise(names))
    assert all(re.fullmatch(r"Imagelane[A-Za-z]+", name) for name in names)


@pytest.mark.parametrize("series", [series for rule in rules() for series in sorted(named(rule["expr"]))])
def test_a_scrape_says_what_the_rules_ask_for(series: str) -> None:
    text = Metrics(lambda: MetricFigures({}, {}, 0)).text().decode()
    assert f"# TYPE {base(series)} " in text or f"# TYPE {series} " in text
