"""F2: exports of eight shapes drawn at random come to what plain arithmetic says, however they are written."""

from collections.abc import Mapping
from decimal import Decimal
from functools import reduce
from operator import add
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.usage.tools import tools
from tests.kit.exports_drawn import EXPORTS, Worth, as_text, completed
from tests.kit.rows_read import RowsRead, rows_of

FORMS = st.sampled_from([",", ";", "\t", "json"])


def test_every_export_is_drawn() -> None:
    assert EXPORTS.keys() == tools().keys()


@pytest.mark.parametrize("name", EXPORTS)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), form=FORMS, capitals=st.booleans())
def test_F2_a_drawn_export_comes_to_what_plain_arithmetic_says(
    tmp_path: Path, name: str, data: st.DataObject, form: str, capitals: bool
) -> None:
    drawn = EXPORTS[name]
    rows = [completed(row) for row in data.draw(drawn.rows())]
    columns = data.draw(st.permutations(list(rows[0])))
    path = tmp_path / "export"
    path.write_text(as_text(rows, columns, form, capitals), encoding="utf-8")
    read = rows_of(path)
    assert read.tool == name
    assert worth_of(read) == reduce(add, map(drawn.worth, rows))


def worth_of(read: RowsRead) -> Worth:
    usd: Mapping[int, Decimal | None] = {place: record.usd for place, record in enumerate(read.records)}
    return Worth(
        records=len(read.records),
        pictures=sum(record.images or 0 for record in read.records),
        nanousd=int(sum(amount or 0 for amount in usd.values()) * 10**9),
        unknown=sum(amount is None for amount in usd.values()),
        skipped=read.skipped.total(),
        refused=len(read.refused),
    )
