"""Who may knock: every request that Slack did not sign is turned away, and none of them breaks anything."""

import hashlib
import hmac
import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from bot.entrypoints.slack.guard import Guard, Headers
from tests.kit import cells

SECRET = "sample-signing-secret"
OLD, NEW = "sample-old-secret", "sample-new-secret"
NOW = 1_795_348_800  # 2026-11-22 12:00 UTC
BODY = b"command=%2Fimagelane&text=estimate+5000+high+square"


def signature(body: bytes = BODY, timestamp: object = NOW, secret: str = SECRET) -> str:
    base = b"v0:" + str(timestamp).encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def headers(timestamp: object = NOW, signed: str | None = None) -> Headers:
    signed = signature() if signed is None else signed
    return [
        (b"content-type", b"application/x-www-form-urlencoded"),
        (b"x-slack-request-timestamp", str(timestamp).encode()),
        (b"x-slack-signature", signed.encode("latin-1", "replace")),
    ]


def accepted(given_headers: Headers, body: bytes = BODY, secrets: tuple[str, ...] = (SECRET,)) -> bool:
    return Guard(secrets, lambda: float(NOW)).objection(given_headers, body) is None


def test_a_request_slack_signed_is_accepted() -> None:
    assert accepted(headers())


def test_the_vector_slack_publishes_is_accepted_at_its_time_and_refused_with_another_secret() -> None:
    """https://docs.slack.dev/authentication/verifying-requests-from-slack"""
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    published = headers(1531420618, "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")
    vector = Guard(["8f742231b10e8888abcd99yyyzzz85a5"], lambda: 1531420618.0)
    assert vector.objection(published, body) is None
    assert Guard(["8f742231b10e8888abcd99yyyzzz85a6"], lambda: 1531420618.0).objection(published, body)


ALTERED: list[tuple[Headers, bytes]] = [
    (headers()[:1], BODY),
    (headers()[:2], BODY),
    ([headers()[0], headers()[2]], BODY),
    (headers(signed=signature(secret="another")), BODY),
    (headers(signed=signature(timestamp=NOW - 1)), BODY),
    (headers(), BODY.replace(b"high", b"higl")),
    (headers(), BODY + b"\n"),
    (headers(signed=signature().upper()), BODY),
    (headers(signed="v0=" + signature()[3:].upper()), BODY),
]


def test_R01_an_unsigned_or_altered_request_is_refused() -> None:
    cells.agree([(*each, False) for each in ALTERED], accepted)


def test_R02_a_request_may_be_exactly_300_seconds_off_and_no_more() -> None:
    def accepted_off_by(seconds: int) -> bool:
        return accepted(headers(NOW + seconds, signature(timestamp=NOW + seconds)))

    edges = [(-301, False), (-300, True), (-299, True), (299, True), (300, True), (301, False)]
    cells.agree(edges, accepted_off_by)


MALFORMED = [
    "abc",
    "",
    "nan",
    "1e9",
    "inf",
    "-1",
    f" {NOW}",
    f"{NOW} ",
    f"{NOW}.0",
    f"+{NOW}",
    str(NOW)[:9],
    f"0{NOW}",
    "9" * 5000,
    "1_795_348_800",
    "0x6b02f5c0",
    "1795348800\n",
    "١٧٩٥٣٤٨٨٠٠",
    "１７９５３４８８００",
]


def test_R03_a_malformed_timestamp_is_refused_even_when_it_is_signed() -> None:
    def signed_and_accepted(timestamp: str) -> bool:
        return accepted(headers(timestamp, signature(timestamp=timestamp)))

    cells.agree([(NOW, True), *((timestamp, False) for timestamp in MALFORMED)], signed_and_accepted)


BAD_SIGNATURES = [
    "v0=é",
    "v0=" + "a" * 10_000,
    "",
    "v0=",
    "v1=" + signature()[3:],
    signature()[3:],
    signature() + " ",
    signature() + "0",
]


def test_R03_a_malformed_signature_is_refused() -> None:
    cells.agree([(headers(signed=signed), False) for signed in BAD_SIGNATURES], accepted)


def test_R03_a_header_that_comes_twice_is_refused() -> None:
    def refuses_twice(name: bytes) -> None:
        twice = [pair for pair in headers() if pair[0] == name]
        assert not accepted([*headers(), *twice])

    cells.hold([b"x-slack-signature", b"x-slack-request-timestamp"], refuses_twice)


def test_R03_a_body_that_is_not_utf_8_is_refused_even_when_it_is_signed() -> None:
    body = b"text=\xff\xfe"
    assert not accepted(headers(signed=signature(body)), body)


@pytest.mark.parametrize("examples", [500, pytest.param(5000, marks=pytest.mark.soak)])
def test_R03_whatever_is_sent_the_guard_refuses_and_never_breaks(examples: int) -> None:
    @settings(max_examples=examples, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from([b"x-slack-signature", b"x-slack-request-timestamp", b"content-type"]),
                st.one_of(st.binary(max_size=90), st.sampled_from([str(NOW).encode(), signature().encode()])),
            ),
            max_size=5,
        ),
        st.binary(max_size=200),
    )
    def refused(given_headers: Headers, body: bytes) -> None:
        assert not accepted(given_headers, body)

    refused()


def test_R09_while_a_secret_is_rotated_both_are_accepted_and_later_only_the_new_one() -> None:
    by_old, by_new = headers(signed=signature(secret=OLD)), headers(signed=signature(secret=NEW))
    assert accepted(by_old, secrets=(OLD, NEW))
    assert accepted(by_new, secrets=(OLD, NEW))
    assert not accepted(by_old, secrets=(NEW,))
    assert accepted(by_new, secrets=(NEW,))


def test_with_no_secret_nobody_is_let_in() -> None:
    assert not accepted(headers(), secrets=())


def test_the_signature_is_the_one_slacks_own_sdk_makes() -> None:
    assert SignatureVerifier(SECRET).generate_signature(timestamp=str(NOW), body=BODY) == signature()


def test_nothing_of_a_refused_request_is_logged_by_the_guard(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        assert not accepted(headers(signed="v0=canary"), b"text=canary")
    assert caplog.text == ""
