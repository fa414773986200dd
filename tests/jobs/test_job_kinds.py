"""Kinds of jobs: what mypy holds, what a declaration holds, and that the names of 0.1.0 are all still known."""

import pytest
from pydantic import SecretStr

from bot import wiring
from bot.bench import jobs as bench_jobs
from bot.digest import jobs as digest_jobs
from bot.entrypoints.cli.processes import sweep, tidy
from bot.entrypoints.slack import door as slack_door
from bot.jobs import Duties, kind
from bot.samples import jobs as samples_jobs
from bot.settings import Settings

OLD = {  # as 0.1.0 named them
    *("place", "draw", "show", "hand", "recover", "prune"),
    *("bench", "cell", "told", "bring", "verdict", "sheet"),
    *("budgets", "bill", "digest", "chart", "series", "answer", "hint", "home"),
}


def test_a_wrong_argument_or_handler_is_an_error_of_mypys() -> None:
    """The comments are the test: mypy reports one that ignores nothing."""
    with pytest.raises(TypeError):
        samples_jobs.hand("key", "T1", "g1")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        samples_jobs.draw("key", team="T1", generation_id="g1")  # type: ignore[call-arg]
    samples_jobs.draw("key", "T1", 1)  # type: ignore[arg-type]

    def other(team_id: str) -> None: ...

    def numbered(team_id: str, bench_id: int) -> None: ...

    samples_jobs.draw.done_by(other)  # type: ignore[arg-type]
    bench_jobs.begin.done_by(numbered)  # type: ignore[arg-type]


def test_an_argument_has_to_be_the_same_after_a_way_through_json() -> None:
    def of_bytes(png: bytes) -> None: ...

    def of_any(words: list[str]) -> None: ...

    def plain(name: str, count: int, share: float, on: bool, more: str | None = None) -> None: ...

    kind("sample.plain")(plain)
    for declared in (of_bytes, of_any):
        with pytest.raises(TypeError, match=r"sample\.wrong: \w+ is not the same after a way through JSON"):
            kind("sample.wrong")(declared)


def test_ids_keep_the_text_of_0_1_0_and_names_are_new() -> None:
    job = digest_jobs.post("T1:C1:2026-W47", "T1", "C1", "2026-W47", asked_by="U1")
    assert (job.id, job.name) == ("digest:T1:C1:2026-W47", "digest.post")
    assert job.args == ("T1", "C1", "2026-W47", "", "U1")


@pytest.mark.parametrize("admin_key", [None, SecretStr("sk-sample")])
def test_every_job_of_0_1_0_is_still_known_and_no_name_stands_twice(
    sqlite_url: str, admin_key: SecretStr | None
) -> None:
    settings = Settings(openai_admin_key=admin_key)
    house = wiring.build(settings, sqlite_url)
    door = slack_door.build(house, lambda _: None, lambda: None)
    handlers = [*door.jobs, *(one for each in wiring.duties(house, wiring.studio(house, "x")) for one in each.handlers)]
    names = [name for one in handlers for name in one.names]
    assert len(names) == len(set(names))
    assert {name for name in names if "." not in name} == OLD
    assert {one.names[-1] for one in handlers if one.calls} == {"draw", "cell"}


def test_a_part_that_fails_keeps_none_of_the_others(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def fails() -> None:
        raise RuntimeError("broken")

    duties = [Duties(sweep=(fails, lambda: done.append("same"))), Duties(sweep=(lambda: done.append("next"),))]
    sweep(duties)
    tidy([Duties(tidy=(fails, lambda: done.append("tidied")))])
    assert done == ["same", "next", "tidied"]
    assert caplog.text.count("broken") == 2
