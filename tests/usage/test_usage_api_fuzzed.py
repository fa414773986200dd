"""Whatever fits the OpenAPI document, and whatever does not: never a 500, and always an answer the document names."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from bot.billing.rows import BillBooks
from bot.entrypoints.http.document import document
from bot.ledger.ledger import open_ledger
from tests.kit.bills_made import FRIDAY, SATURDAY, line
from tests.kit.records import put, record
from tests.kit.usage_made import NOW, Served, serving

CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
EXAMPLES = pytest.mark.parametrize("examples", [20, pytest.param(1_000, marks=pytest.mark.soak)], ids=["short", "long"])


@pytest.fixture
def api(sqlite_url: str) -> Iterator[Served]:
    store = open_ledger(sqlite_url, busy_seconds=10)
    put(store, record(), record(amount_nanousd=None, basis="unknown"))
    BillBooks(store.engine).replace("T1", [FRIDAY, SATURDAY], [line(5)], NOW)
    with serving(store, per_minute=1_000_000) as found:
        yield found
    store.close()


@cache
def operations() -> dict[str, st.SearchStrategy[Case[Any]]]:
    """By path: half of the cases as the document says, half of them not."""
    schema = schemathesis.openapi.from_dict(document())
    found = [read.ok() for read in schema.get_all_operations() if isinstance(read, Ok)]
    return {
        operation.path: operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
        | operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
        for operation in found
    }


@EXAMPLES
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("path", sorted(document()["paths"]))
def test_R70_no_request_of_any_shape_ends_in_a_500(api: Served, path: str, examples: int) -> None:
    seen: list[int] = []

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operations()[path])
    def holds(case: Case[Any]) -> None:
        response = case.call(base_url=api.address, headers={"Authorization": f"Bearer {api.token}"})
        seen.append(response.status_code)
        case.validate_response(response, checks=CHECKS)

    holds()
    assert len(seen) >= examples
    assert len(set(seen)) > 1, "good and bad ones were among them"
