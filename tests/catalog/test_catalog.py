"""The files in data/: what they say, and how each kind of mistake in them is told."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot import catalog
from bot.catalog.files import DATA
from bot.errors import BadCatalog
from bot.pricing.facts import Catalog, Formula, Source, TokenTable
from tests.kit import cells

FACTS = catalog.load()
CHECKED = date(2026, 11, 28)
MODELS = [
    "dall-e-2",
    "dall-e-3",
    "gpt-image-1",
    "gpt-image-1-mini",
    "gpt-image-1.5",
    "chatgpt-image-latest",
    "gpt-image-2",
    "gpt-image-2.5-sunburst",
    "gpt-image-2.5-flare",
    "gpt-image-2.6-sunburst",
    "gpt-image-2.6-flare",
]


def test_every_image_model_is_there() -> None:
    assert list(FACTS.models) == MODELS
    assert FACTS.checked_on == CHECKED


def test_the_life_of_each_model() -> None:
    table = [
        ("dall-e-2", date(2022, 11, 4), date(2025, 11, 14), date(2026, 5, 12)),
        ("dall-e-3", date(2023, 11, 6), date(2025, 11, 14), date(2026, 5, 12)),
        ("gpt-image-1", date(2025, 4, 23), date(2026, 4, 22), date(2026, 10, 23)),
        ("gpt-image-1-mini", date(2025, 10, 6), date(2026, 6, 2), date(2026, 12, 1)),
        ("gpt-image-1.5", date(2025, 12, 16), date(2026, 6, 2), date(2026, 12, 1)),
        ("chatgpt-image-latest", date(2025, 12, 16), date(2026, 6, 2), date(2026, 12, 1)),
        ("gpt-image-2", date(2026, 4, 21), None, None),
        ("gpt-image-2.5-sunburst", date(2026, 9, 8), None, None),
        ("gpt-image-2.5-flare", date(2026, 9, 8), None, None),
        ("gpt-image-2.6-sunburst", date(2026, 11, 4), None, None),
        ("gpt-image-2.6-flare", date(2026, 11, 4), None, None),
    ]

    def life(name: str) -> tuple[date, date | None, date | None]:
        return FACTS.models[name].released, FACTS.models[name].deprecation_announced, FACTS.models[name].shutdown

    cells.agree([(name, tuple(days)) for name, *days in table], life)


def test_each_model_has_its_basis_of_price() -> None:
    with_ladder = {name for name, model in FACTS.models.items() if model.ladders}
    by_table = {name for name, model in FACTS.models.items() if isinstance(model.tokens, TokenTable)}
    by_formula = {name for name, model in FACTS.models.items() if isinstance(model.tokens, Formula)}
    assert with_ladder == set(MODELS[:5]) | {"gpt-image-2"}
    assert by_table == set(MODELS[2:6])
    assert by_formula == set(MODELS[6:9])
    assert {name for name, model in FACTS.models.items() if model.ceiling} == set(MODELS[9:])


def test_the_lanes_are_bound_by_day() -> None:
    rows = [(str(row.since), row.lane, row.model, row.challenger) for row in FACTS.bindings]
    assert rows == [
        ("2026-03-27", "budget", "gpt-image-1-mini", None),
        ("2026-03-27", "premium", "gpt-image-1.5", None),
        ("2026-03-27", "legacy", "gpt-image-1", None),
        ("2026-04-21", "premium", "gpt-image-2", None),
        ("2026-09-08", "budget", "gpt-image-2.5-flare", None),
        ("2026-09-08", "premium", "gpt-image-2.5-sunburst", None),
        ("2026-09-08", "legacy", "gpt-image-2", None),
        ("2026-11-04", "premium", "gpt-image-2.5-sunburst", "gpt-image-2.6-sunburst"),
    ]
    assert all(row.reason for row in FACTS.bindings)


def test_every_figure_was_checked_and_speaks_for_a_day_before_that() -> None:
    sources = _sources(FACTS)
    assert len(sources) > 20
    assert all(source.ref and source.as_of <= source.checked_on <= CHECKED for source in sources)


def test_every_source_listed_is_used() -> None:
    table = tomllib.loads((DATA / "catalog.toml").read_text())
    listed = set(table.pop("sources"))
    assert listed == _named(table) | _named(tomllib.loads((DATA / "lanes.toml").read_text()))


def test_a_price_row_was_last_read_on_a_day_it_was_in_force() -> None:
    table = tomllib.loads((DATA / "catalog.toml").read_text())
    for row in table["rates"] + table["ladders"]:
        first, last = row["seen"]
        assert row["since"] <= first <= last <= CHECKED


def test_the_shipped_files_are_read_once() -> None:
    assert catalog.load() is catalog.load()
    assert catalog.load(DATA) == catalog.load()


def test_importing_the_catalogue_opens_nothing() -> None:
    script = "import bot.catalog as c; print(c._shipped.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", script], cwd=DATA.parent, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


# -- mistakes --

Change = Callable[[str], str]


def put(old: str, new: str) -> Change:
    """The first `old` replaced; it must be there."""

    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def row(table: str, containing: str, old: str, new: str) -> Change:
    """`old` replaced in the first [[table]] row that contains a text."""

    def change(text: str) -> str:
        start = next(
            at.start()
            for at in re.finditer(rf"^\[\[{table}\]\]", text, re.MULTILINE)
            if containing in text[at.start() :].split("\n[[", 1)[0]
        )
        return text[:start] + put(old, new)(text[start:])

    return change


def both(*changes: Change) -> Change:
    def change(text: str) -> str:
        for one in changes:
            text = one(text)
        return text

    return change


SECOND_MINI = """
[[rates]]
models = ["gpt-image-1-mini"]
tier = "standard"
since = {since}
text_in = "1.00"
image_in = "1.00"
image_out = "1.00"
seen = [2026-11-22, 2026-11-22]
sources = ["sdk"]
"""
SECOND_LADDER = """
[[ladders]]
models = ["gpt-image-2"]
since = 2026-10-01
seen = [2026-11-22, 2026-11-22]
sources = ["sdk"]
cells.low = { "1024x1024" = "0.004" }
"""
MINI = 'models = ["gpt-image-1-mini"]\ntier = "standard"\nsince = 2025-10-06\n'


def added(text: str) -> Change:
    return lambda whole: whole + text


WRONG_PRICES = {
    "overlap of rates": (
        added(SECOND_MINI.format(since="2026-10-01")),
        "rates[13].since is 2026-10-01: it overlaps rates[2], in force for gpt-image-1-mini with no end",
    ),
    "overlap of closed rates": (
        both(put(MINI, MINI + "until = 2026-10-02\n"), added(SECOND_MINI.format(since="2026-10-01"))),
        "rates[13].since is 2026-10-01: it overlaps rates[2], in force for gpt-image-1-mini until 2026-10-02",
    ),
    "gap between rates": (
        both(put(MINI, MINI + "until = 2026-09-30\n"), added(SECOND_MINI.format(since="2026-10-01"))),
        "rates[13].since is 2026-10-01: it leaves a gap after rates[2], in force for gpt-image-1-mini until 2026-09-30",
    ),
    "overlap of ladders": (
        added(SECOND_LADDER),
        "ladders[6].since is 2026-10-01: it overlaps ladders[5], in force for gpt-image-2 with no end",
    ),
    "row that ends before it begins": (
        put(MINI, MINI + "until = 2025-10-06\n"),
        "rates[2].until is 2025-10-06: the row begins on 2025-10-06",
    ),
    "price before the release": (
        put(MINI, MINI.replace("10-06", "10-05")),
        "rates[2].since is 2025-10-05: gpt-image-1-mini was released on 2025-10-06",
    ),
    "price without source": (
        row("rates", "gpt-image-2.5-flare", "sources =", "note ="),
        "rates[8].sources is missing: every figure names its source",
    ),
    "price with an empty list of sources": (
        put('sources = ["oai_pricing", "llmgateway_2", "litellm", "genai_prices"]', "sources = []"),
        "rates[6].sources is []: list should have at least 1 item",
    ),
    "unknown source": (
        put('"llmgateway_2", "litellm"', '"hearsay", "litellm"'),
        "rates[6].sources[1] is 'hearsay': there is no such source in [sources]",
    ),
    "unknown source of a nested figure": (
        put('sources = ["oai_deprecations"] },', 'sources = ["hearsay"] },'),
        "models[0].successors[0].sources[0] is 'hearsay'",
    ),
    "negative price": (
        put('image_out = "40.00"', 'image_out = "-40.00"'),
        "rates[0].image_out is '-40.00': a price is dollars in plain digits, and never negative",
    ),
    "price as a float": (
        put('image_out = "40.00"', "image_out = 40.00"),
        "rates[0].image_out is 40.0: money is written as a string",
    ),
    "price as a whole number": (put('text_in = "5.00"', "text_in = 5"), "rates[0].text_in is 5: money is written"),
    "price of nothing": (put('"0.016", "512x512"', '"0.000", "512x512"'), "never 0"),
    "price with an exponent": (put('image_out = "40.00"', 'image_out = "4e1"'), "rates[0].image_out is '4e1'"),
    "price that is no number": (put('image_out = "40.00"', 'image_out = "NaN"'), "rates[0].image_out is 'NaN'"),
    "float in a ladder": (
        put('cells.hd = { "1024x1024" = "0.080"', 'cells.hd = { "1024x1024" = 0.08'),
        "ladders[1].cells.hd.1024x1024 is 0.08: money is written as a string",
    ),
    "size that is no size": (
        put('cells.hd = { "1024x1024"', 'cells.hd = { "big"'),
        "ladders[1].cells.hd.big is 'big': a size is written as WIDTHxHEIGHT",
    ),
    "price of a size the model lacks": (
        put('cells.hd = { "1024x1024"', 'cells.hd = { "512x512"'),
        "ladders[1].cells.hd.512x512 is a price: dall-e-3 has no such size",
    ),
    "price of a quality the model lacks": (
        put("cells.hd =", "cells.max ="),
        "ladders[1].cells.max is a price: dall-e-3 has no such quality",
    ),
    "rates of an unknown model": (
        put('models = ["gpt-image-1"]\ntier', 'models = ["gpt-image-0"]\ntier'),
        "rates[0].models is 'gpt-image-0': there is no such model",
    ),
    "unknown successor": (
        put('{ since = 2026-05-08, models = ["gpt-image-1.5"]', '{ since = 2026-05-08, models = ["gpt-image-1.7"]'),
        "models[2].successors[0].models is 'gpt-image-1.7': there is no such model",
    ),
    "two models of one name": (
        put('snapshots = ["gpt-image-2-2026-04-21"]', 'snapshots = ["gpt-image-1.5-2025-12-16"]'),
        "models[6] is 'gpt-image-1.5-2025-12-16': another model has that id or snapshot",
    ),
    "shutdown nobody announced": (
        put("life = { announced = 2026-04-22, shutdown", "life = { shutdown"),
        "models[2].life.announced is missing: the shutdown of gpt-image-1 needs the day it was announced",
    ),
    "shutdown before its announcement": (
        put("announced = 2026-04-22, shutdown = 2026-10-23", "announced = 2026-04-22, shutdown = 2026-04-21"),
        "models[2].life.shutdown is 2026-04-21: it was announced on 2026-04-22",
    ),
    "end announced before the release": (
        put("announced = 2026-04-22, shutdown", "announced = 2025-04-22, shutdown"),
        "models[2].life.announced is 2025-04-22: gpt-image-1 was released on 2025-04-23",
    ),
    "unknown formula": (
        put('formula = "gpt-image-2"\nreleased', 'formula = "gpt-image-9"\nreleased'),
        "models[6].formula is 'gpt-image-9': there are only gpt-image-2, gpt-image-2.5",
    ),
    "unknown key": (put('tier = "batch"', 'tier = "batch"\nimage_owt = "1.00"'), "rates[1].image_owt is '1.00'"),
    "unknown tier": (put('tier = "batch"', 'tier = "flex"'), "rates[1].tier is 'flex'"),
    "day as text": (put("since = 2025-10-06", 'since = "2025-10-06"'), "is '2025-10-06': input should be a valid date"),
    "moment for a day": (
        put("since = 2025-10-06", "since = 2025-10-06T00:00:00Z"),
        "datetime.timezone.utc): input should be a valid date",
    ),
    "one day it was seen": (
        put("seen = [2026-03-27, 2026-10-23]", "seen = [2026-03-27]"),
        "rates[0].seen is [datetime.date(2026, 3, 27)]: list should have at least 2 items",
    ),
    "truth for a number": (
        put("max_ratio = 3", "max_ratio = true"),
        "size_rules.gpt-image-2.max_ratio is True: input should be a whole number above 0",
    ),
    "number below 0": (put("low = 16", "low = -16"), "formulas.gpt-image-2.base.low is -16: input should be a whole"),
    "number for text": (
        put('family = "dall-e"', "family = 3"),
        "models[0].family is 3: input should be text in quotes",
    ),
    "text for a list": (
        put('snapshots = ["gpt-image-2-2026-04-21"]', 'snapshots = "gpt-image-2-2026-04-21"'),
        "models[6].snapshots is 'gpt-image-2-2026-04-21': a list stands here",
    ),
    "list for a table": (
        put('released = { on = 2022-11-04, sources = ["dalle2_public"] }', "released = [2022-11-04]"),
        "models[0].released is [datetime.date(2022, 11, 4)]: a table stands here",
    ),
    "unknown key of a nested table": (
        put("life = { ann", "life = { ends = 1, ann"),
        "models[0].life.ends is 1: there is",
    ),
    "unknown table": (added("\n[prices]\nlow = 1\n"), "prices is {'low': 1}: there is no such key"),
    "no rates": (put("[[rates]]", "[[rate]]"), "there is no such key"),
    "not TOML": (put("checked = 2026-11-22", "checked = "), "is not TOML"),
}

WRONG_LANES = {
    "unknown model": (
        put('model = "gpt-image-1.5"', 'model = "gpt-image-1.7"'),
        "bindings[1].model is 'gpt-image-1.7': there is no such model",
    ),
    "unknown challenger": (
        put('challenger = "gpt-image-2.6-sunburst"', 'challenger = "gpt-image-3"'),
        "bindings[7].challenger is 'gpt-image-3': there is no such model",
    ),
    "model not released yet": (
        put("since = 2026-04-21", "since = 2026-04-20"),
        "bindings[3].model is 'gpt-image-2': it is not alive on 2026-04-20",
    ),
    "model already shut down": (
        put('model = "gpt-image-2"\nsince = 2026-09-08', 'model = "gpt-image-1"\nsince = 2026-10-23'),
        "bindings[6].model is 'gpt-image-1': it is not alive on 2026-10-23",
    ),
    "a lane bound twice from one day": (
        put('lane = "legacy"\nmodel = "gpt-image-1"', 'lane = "premium"\nmodel = "gpt-image-1"'),
        "bindings[2].since is 2026-03-27: premium already has a row from 2026-03-27",
    ),
    "rows out of order": (
        put("since = 2026-04-21", "since = 2026-10-01"),
        "bindings[5].since is 2026-09-08: premium already has a row from 2026-10-01",
    ),
    "unknown source": (
        put('sources = ["oai_guide"]', 'sources = ["hearsay"]'),
        "bindings[6].sources[0] is 'hearsay': there is no such source in [sources]",
    ),
    "no source": (put('sources = ["article"]\n', ""), "bindings[0].sources is missing: every figure names its source"),
}


def with_change(folder: Path, file: str, change: Change) -> Path:
    """The shipped files in `folder`/data, one of them changed; what was changed there before is gone."""
    shutil.copytree(DATA, folder / "data", dirs_exist_ok=True)
    path = folder / "data" / file
    path.write_text(change(path.read_text()))
    return folder / "data"


def _told(folder: Path, file: str, wrong: Mapping[str, tuple[Change, str]]) -> None:
    def check(mistake: str) -> None:
        change, says = wrong[mistake]
        sentence = cells.refusal(BadCatalog, catalog.load, with_change(folder, file, change))
        assert sentence.startswith(f"data/{file}")
        assert says in sentence

    cells.hold(wrong, check)


def test_a_mistake_in_the_prices_names_file_key_and_value(tmp_path: Path) -> None:
    _told(tmp_path, "catalog.toml", WRONG_PRICES)


def test_a_mistake_in_the_lanes_names_file_key_and_value(tmp_path: Path) -> None:
    _told(tmp_path, "lanes.toml", WRONG_LANES)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(BadCatalog, match=r"nowhere/catalog\.toml can't be read"):
        catalog.load(Path("nowhere"))


def test_rows_that_follow_each_other_without_a_gap_are_fine(tmp_path: Path) -> None:
    change = both(put(MINI, MINI + "until = 2026-10-01\n"), added(SECOND_MINI.format(since="2026-10-01")))
    rates = [
        row
        for row in catalog.load(with_change(tmp_path, "catalog.toml", change)).models["gpt-image-1-mini"].rates
        if row.tier == "standard"
    ]
    assert [row.image_out for row in rates] == [Decimal("8.00"), Decimal("1.00")]


def _sources(facts: Catalog) -> set[Source]:
    found = {row.source for row in facts.bindings}
    for model in facts.models.values():
        found |= {model.released_source, model.life_source}
        for rows in (model.successors, model.words, model.rates, model.ladders, model.readings):
            found |= {row.source for row in rows}
    return found


def _named(value: object) -> set[str]:
    if isinstance(value, dict):
        return set().union(*(set(v) if k == "sources" else _named(v) for k, v in value.items()))
    return set().union(*map(_named, value)) if isinstance(value, list) else set()
