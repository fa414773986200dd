"""POST /v1/usage as a pipeline meets it: tokens, refusals with their field, batches whole or not at all."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.routing import Route

from bot.entrypoints.http import gate
from bot.ledger import workspaces
from bot.ledger.ledger import Ledger, open_ledger
from bot.ledger.pictures import OWN_SOURCES
from bot.ledger.usage_tables import usage_records
from bot.usage import tokens
from bot.usage.rows_tokens import TokenRows
from tests.kit import cells
from tests.kit.records import put
from tests.kit.records import record as stored_row
from tests.kit.usage_made import NOW, USAGE, Served, app, given, serving, token_of

DAY = datetime(2026, 11, 20, 10, tzinfo=UTC)
UNPRICED = {"amount_nanousd": None, "basis": "unknown", "lane": None, "occurred_at": DAY}


@pytest.fixture
def api(sqlite_url: str) -> Iterator[Served]:
    store = open_ledger(sqlite_url, busy_seconds=10)
    with serving(store) as found:
        yield found
    store.close()


def stored(store: Ledger) -> int:
    with store.engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(usage_records)).scalar_one()


def test_a_record_is_stored_once_however_often_it_comes(store: Ledger) -> None:
    with serving(store) as api:
        for result in ("stored", "duplicate"):
            told = api.post(body=given(usage=USAGE))
            fate = {"source": "api", "id": "sample-1", "result": result}
            assert told.json == {"records": [fate | {"usd": "0.05293", "basis": "usage", "unknown": None}]}
            assert told.status == 200
        assert stored(store) == 1


def test_F5_what_has_no_known_price_is_told_at_the_door(api: Served) -> None:
    (fate,) = api.post(body=given(model="shop-image-prod")).json["records"]
    assert (fate["usd"], fate["basis"]) == (None, "unknown")
    assert fate["unknown"] == "I know no model called shop-image-prod"
    (known,) = api.post(body=given(id="b", model="azure/gpt-image-2", quality="High")).json["records"]
    assert (known["usd"], known["basis"], known["unknown"]) == ("0.844", "published", None)


def test_F5_a_duplicate_whose_price_is_known_by_now_says_what_to_do(api: Served) -> None:
    put(api.store, stored_row(id="sample-1", source="api", model="azure/gpt-image-2", quality="high", **UNPRICED))
    (fate,) = api.post(body=given(model="azure/gpt-image-2")).json["records"]
    assert (fate["result"], fate["usd"]) == ("duplicate", None)
    assert "usage reprice" in fate["unknown"]


@pytest.mark.parametrize("number", ["1e999999999999999999999", "1e-999999999999999999999"])
def test_R70_a_number_beyond_all_bounds_is_refused(api: Served, number: str) -> None:
    body = json.dumps(given(usd="X")).replace('"X"', number).encode()
    assert (api.post(body=body).status, stored(api.store)) == (422, 0)


def test_R70_an_id_that_stands_twice_in_one_body_is_told_as_that(api: Served) -> None:
    refused = api.post(body=[given(), given(images=3)])
    assert (refused.status, refused.error["index"]) == (409, 1)
    assert "stands twice in what was sent" in refused.error["message"]


def test_F6_a_record_that_was_wrong_is_voided_or_replaced(api: Served) -> None:
    api.post(body=given(usd="2"))
    assert api.post(body=given(usd="3")).status == 409
    replaced = api.post("/v1/usage?replace=true", given(usd="3"))
    assert (replaced.status, replaced.json["records"][0]["result"], replaced.json["records"][0]["usd"]) == (
        *(200, "replaced"),
        "3.00",
    )
    assert api.post("/v1/usage?replace=yes", given(usd="4")).status == 422
    voided = api.post("/v1/usage/sample-1/void", {})
    assert (voided.status, voided.json) == (200, {"source": "api", "id": "sample-1", "usd": "3.00"})
    other = token_of(api.store, "T1")
    assert api.post("/v1/usage/sample-1/void", {}, other).status == 404
    assert api.post("/v1/usage/sample-1/void", {"source": "\x00"}).status == 422
    assert api.spend(period="2026-11").json["total"]["spend_usd"] == "0.00"
    assert api.post(body=given(usd="5")).json["records"][0]["result"] == "stored"


def test_R120_a_token_does_what_it_has_the_right_to(store: Ledger) -> None:
    with serving(store) as api:
        secrets = {right: tokens.fresh() for right in tokens.RIGHTS}
        for right, secret in secrets.items():
            TokenRows(store.engine).create("T1", right, tokens.digest(secret), NOW, (right,))
        assert api.post(token=secrets["report"]).status == 200
        assert api.spend(secrets["read"], period="2026-11").status == 200
        for told in (
            api.post(token=secrets["read"]),
            api.post("/v1/usage/sample-1/review", {"kept": 1, "rejected": 0}, secrets["read"]),
            api.post("/v1/usage/sample-1/void", {}, secrets["read"]),
            api.spend(secrets["report"], period="2026-11"),
        ):
            assert (told.status, told.error["code"]) == (403, "no_right")
        assert stored(store) == 1


def test_a_usage_with_more_in_it_than_is_known_is_the_same_record(api: Served) -> None:
    for result, usage in (("stored", USAGE | {"new_tokens": 3}), ("duplicate", USAGE)):
        told = api.post(body=given(usage=usage))
        assert (told.status, told.json["records"][0]["result"]) == (200, result)


def test_a_record_under_a_name_of_our_own_is_422(api: Served) -> None:
    def is_refused(source: str) -> None:
        told = api.post(body=given(source=source))
        assert (told.status, told.error["field"], stored(api.store)) == (422, "source", 0)
        assert told.error["message"] == (
            "source must be a name of your own: slack and terminal stand for what the bot drew itself. "
            "Nothing was stored."
        )

    cells.hold(OWN_SOURCES, is_refused)


def test_a_batch_of_a_thousand_is_taken_and_one_more_is_not(api: Served) -> None:
    batch = [given(id=f"sample-{number}") for number in range(1001)]
    refused = api.post(body=batch)
    assert (refused.status, refused.error["field"], stored(api.store)) == (422, "body", 0)
    assert [one["result"] for one in api.post(body=batch[:1000]).json["records"]] == ["stored"] * 1000
    assert stored(api.store) == 1000


def test_R70_one_wrong_record_names_its_place_and_field_and_nothing_of_the_batch_is_stored(api: Served) -> None:
    told = api.post(body=[given(), given(id="sample-2", images=-1), given(id="sample-3")])
    assert (told.status, told.error["index"], told.error["field"]) == (422, 1, "images")
    assert told.error["message"] == "Record 1: images must be 0 or more. Nothing was stored."
    assert stored(api.store) == 0


HOSTILE = [
    (b'{"id": NaN}', "id"),
    (json.dumps(given())[:-1].encode() + b', "images": Infinity}', "images"),
    (b"[" * 400_000, "body"),
    (b"\xff", "body"),
    (b"", "body"),
    (b"[]", "body"),
    (b"3", "record"),
    (json.dumps(given(id="\ud800")).encode(), "id"),
    (json.dumps(given(**{"\ud800": 1})).encode(), "record"),
]


def test_R70_a_hostile_body_is_422_with_its_field(api: Served) -> None:
    def is_refused(body: bytes, field: str) -> None:
        told = api.post(body=body)
        assert (told.status, told.error["field"]) == (422, field)
        assert stored(api.store) == 0

    cells.hold(HOSTILE, is_refused)


def test_another_content_under_one_id_is_409_with_the_id_and_the_field(api: Served) -> None:
    api.post(body=given(source="nightly"))
    told = api.post(body=[given(), given(source="nightly", images=5)])
    assert told.status == 409
    assert {name: told.error[name] for name in ("source", "id", "field", "index")} == {
        "source": "nightly", "id": "sample-1", "field": "images", "index": 1,
    }  # fmt: skip
    assert stored(api.store) == 1


def test_a_review_follows_later_under_the_records_id(api: Served) -> None:
    api.post(body=given(id="shop/7 ü?", source="nightly"))
    told = api.post("/v1/usage/shop%2F7%20%C3%BC%3F/review", {"source": "nightly", "kept": 3, "rejected": 1})
    assert (told.status, told.json) == (200, {"source": "nightly", "id": "shop/7 ü?", "kept": 3, "rejected": 1})


REVIEWS: list[tuple[str, dict[str, Any], int]] = [
    ("sample-1", {"kept": 3, "rejected": 2}, 422),
    ("sample-1", {"kept": 3}, 422),
    ("sample-1", {"kept": 3, "rejected": 0, "why": "hands"}, 422),
    ("sample-2", {"kept": 3, "rejected": 0}, 404),
    ("sample-1", {"kept": 3, "rejected": 0, "source": "nightly"}, 404),
    ("a%00b", {"kept": 3, "rejected": 0}, 404),
    ("a%0Ab", {"kept": 3, "rejected": 0}, 404),
    ("%FF%FE", {"kept": 3, "rejected": 0}, 404),
    ("", {"kept": 3, "rejected": 0}, 404),
]


def test_a_review_that_fits_no_record_is_refused(api: Served) -> None:
    def status(path: str, body: dict[str, Any]) -> int:
        return api.post(f"/v1/usage/{path}/review", body).status

    api.post()
    cells.agree(REVIEWS, status)


def test_R67_an_id_no_database_could_hold_is_no_record_on_both(store: Ledger) -> None:
    with serving(store) as api:
        for name in ("a%00b", "%ED%A0%80", "a" * 300):
            assert api.post(f"/v1/usage/{name}/review", {"kept": 0, "rejected": 0}).status == 404


def test_a_body_over_the_bound_is_413_and_another_kind_is_415(api: Served) -> None:
    assert api.post(body=b" " * 1_000_001).status == 413
    for kind in ("", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1"):
        assert api.post(content_type=kind).status == 415
    assert stored(api.store) == 0


def test_a_busy_database_is_503_with_a_time_to_come_again(sqlite_url: str) -> None:
    quick = open_ledger(sqlite_url, busy_seconds=0.1)
    with serving(quick) as api, quick.engine.connect() as other:
        other.execute(sa.select(1))  # BEGIN IMMEDIATE: it holds the lock
        told = api.post()
    assert (told.status, told.headers["retry-after"], told.error["code"]) == (503, "1", "store_busy")
    quick.close()


# Tokens


def test_R79_a_token_opens_only_its_own_team(store: Ledger) -> None:
    with serving(store) as api:
        other = tokens.fresh()
        TokenRows(store.engine).create("T2", "sample", tokens.digest(other), NOW)
        api.post()
        assert api.post(token=other).json["records"][0]["result"] == "stored"
        assert api.post("/v1/usage/sample-1/review", {"kept": 0, "rejected": 0}, other).status == 200
        with store.engine.connect() as connection:
            kept = {row.team_id: row.kept for row in connection.execute(sa.select(usage_records))}
        assert kept == {"T1": None, "T2": 0}


def test_R79_whatever_is_no_token_is_401(api: Served) -> None:
    hashed = tokens.digest(api.token)
    for token in ("x", "' OR '1'='1", hashed, api.token[:-1], api.token + "x", api.token.upper(), "é"):
        told = api.ask("POST", "/v1/usage", b"{}", {"Authorization": f"Bearer {token}".encode().decode("latin-1")})
        assert (told.status, told.headers["www-authenticate"]) == (401, "Bearer"), token
    for header in ("", "Bearer", "Bearer ", f"Basic {api.token}", api.token):
        assert api.ask("POST", "/v1/usage", b"{}", {"Authorization": header}).status == 401
    assert stored(api.store) == 0


def test_R79_a_token_in_the_address_does_not_work_not_even_beside_a_good_one(api: Served) -> None:
    assert api.post(f"/v1/usage?token={api.token}", token=None).status == 401
    assert api.post(f"/v1/usage?access_token={api.token}").status == 401
    assert stored(api.store) == 0


def test_R79_a_revoked_token_stops_at_once(api: Served) -> None:
    (token,) = TokenRows(api.store.engine).listed("T1")
    assert api.post().status == 200
    TokenRows(api.store.engine).revoke("T1", token.id, NOW)
    assert api.post().status == 401


def test_R79_a_token_of_a_workspace_that_took_imagelane_out_stops(api: Served) -> None:
    api.store.write(workspaces.stop, "T1", NOW)
    assert api.post().status == 401


def test_R79_only_the_hash_is_stored(quick_store: Ledger) -> None:
    token = tokens.fresh()
    TokenRows(quick_store.engine).create("T1", "sample", tokens.digest(token), NOW)
    with quick_store.engine.connect() as connection:
        (row,) = connection.execute(sa.text("SELECT * FROM api_tokens")).all()
    assert token not in repr(row)
    assert re.fullmatch(r"imagelane_[A-Za-z0-9_-]{43}", token), "256 bits"
    assert len({tokens.fresh() for _ in range(100)}) == 100


def test_R79_after_ten_bad_tries_in_a_minute_the_answer_is_429_and_the_good_token_still_works(api: Served) -> None:
    assert [api.post(token="x").status for _ in range(11)] == [401] * 10 + [429]
    told = api.post(token="y")
    assert (told.status, 1 <= int(told.headers["retry-after"]) <= 60) == (429, True)
    assert api.post().status == 200


def test_a_minute_later_bad_tries_are_forgotten() -> None:
    clock = [0.0]
    counter = gate.Counter(10, lambda: clock[0])
    assert [counter.wait("a") for _ in range(11)] == [0] * 10 + [60]
    clock[0] = 59.5
    assert (counter.wait("a"), counter.wait("b")) == (1, 0)
    clock[0] = 60
    assert counter.wait("a") == 0


def test_a_good_token_that_comes_too_often_hears_when_to_come_again(sqlite_url: str) -> None:
    store = open_ledger(sqlite_url, busy_seconds=10)
    with serving(store, per_minute=2) as api:
        assert [api.post().status for _ in range(3)] == [200, 200, 429]
        told = api.post()
        assert told.error["code"] == "slow_down"
        assert f"Try again in {told.headers['retry-after']} s." in told.error["message"]
    store.close()


def test_another_teams_token_cannot_be_revoked(store: Ledger) -> None:
    made = TokenRows(store.engine).create("T1", "sample", "0" * 64, NOW)
    with pytest.raises(Exception, match="No token of that id"):
        TokenRows(store.engine).revoke("T2", made.id, NOW)
    first = TokenRows(store.engine).revoke("T1", made.id, NOW)
    assert TokenRows(store.engine).revoke("T1", made.id, NOW + timedelta(days=1)) == first


# R80


def test_R80_every_v1_route_answers_401_without_a_token_and_the_open_ones_are_these(api: Served) -> None:
    routes = [route for route in app(api.store).routes if isinstance(route, Route)]
    guarded = {route.path: route.methods or set() for route in routes if route.path.startswith("/v1/")}
    assert set(guarded) == {
        *("/v1/usage", "/v1/usage/{record_id:anything}/review", "/v1/usage/{record_id:anything}/void"),
        *("/v1/spend", "/v1/export", "/v1/lanes", "/v1/estimate"),
    }
    for path, methods in guarded.items():
        for method in methods:
            assert api.ask(method, path.replace("{record_id:anything}", "sample-1")).status == 401
    assert api.ask("POST", "/v1/usage/a%0Ab/review").status == 401
    others = {route.path for route in routes} - set(guarded)
    assert others == {"/slack/events", "/healthz", "/readyz", "/docs", "/openapi.json"}
    for path in ("/healthz", "/readyz", "/docs", "/openapi.json"):
        assert api.ask("GET", path).status == 200


def test_the_document_and_its_page_need_no_other_host_and_tell_of_every_route(api: Served) -> None:
    document, page = api.ask("GET", "/openapi.json").json, api.ask("GET", "/docs")
    records = ("/v1/usage", "/v1/usage/{id}/review", "/v1/usage/{id}/void")
    assert set(document["paths"]) == {*records, "/v1/spend", "/v1/export", "/v1/lanes", "/v1/estimate"}
    for path in document["paths"]:
        assert path in page.text
    for name in document["components"]["schemas"]:
        assert f'id="{name}"' in page.text
    assert "<script" not in page.text
    assert re.findall(r'(?:src|href)="([^"#]+)"', page.text) == ["/openapi.json"]
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_slow_reports_leave_slack_its_threads(sqlite_url: str) -> None:
    quick = open_ledger(sqlite_url, busy_seconds=5)
    with serving(quick) as api:
        with quick.engine.connect() as other:
            other.execute(sa.select(1))
            slow = [threading.Thread(target=api.post) for _ in range(60)]
            for thread in slow:
                thread.start()
            assert api.ask("GET", "/readyz").status == 200
        for thread in slow:
            thread.join(20)
    quick.close()
