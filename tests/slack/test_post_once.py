"""What is posted once: every way a post can end, and what is done about it."""

from collections.abc import Callable, Iterable

import pytest

from bot.slack.failures import CantPost, NotReady, PostFailed, RateLimited, Revoked, Unreachable, Unsure
from bot.slack.post_once import NotPosted, Posted, never, post_once


def sender(answers: Iterable[str | PostFailed], sent: list[bool]) -> Callable[[bool], str]:
    """Slack's answers in their order; `sent` notes what each post was told."""
    waiting = iter(answers)

    def post(again: bool) -> str:
        sent.append(again)
        answer = next(waiting)
        if isinstance(answer, PostFailed):
            raise answer
        return answer

    return post


def yes() -> bool:
    return True


@pytest.mark.parametrize("again", [False, True])
def test_what_is_posted_is_told_whether_it_may_stand_there(again: bool) -> None:
    sent: list[bool] = []
    assert post_once("a post", sender(["1.1"], sent), never, again=again) == Posted("1.1")
    assert sent == [again]


@pytest.mark.parametrize(
    ("failure", "passing"),
    [
        (CantPost("is_archived"), False),
        (NotReady("invalid_blocks"), False),
        (RateLimited(), True),
        (Unreachable("no_connection"), True),
        (Revoked("token_revoked"), True),
    ],
)
def test_what_is_surely_not_posted_is_not_sent_again_here(failure: PostFailed, passing: bool) -> None:
    sent: list[bool] = []
    assert post_once("a post", sender([failure], sent), yes) == NotPosted(failure.code, passing)
    assert sent == [False]


def test_a_lost_answer_is_followed_once_by_a_post_that_says_so() -> None:
    sent: list[bool] = []
    assert post_once("a post", sender([Unsure("timeout"), "1.2"], sent), yes) == Posted("1.2")
    assert sent == [False, True]


@pytest.mark.parametrize("second", [Unsure("timeout"), CantPost("is_archived"), RateLimited()])
def test_where_that_one_fails_too_nobody_can_tell(second: PostFailed) -> None:
    assert post_once("a post", sender([Unsure("timeout"), second], []), yes) == Posted(None)


def test_what_somebody_else_has_claimed_meanwhile_is_left_to_them() -> None:
    sent: list[bool] = []
    assert post_once("a post", sender([Unsure("timeout")], sent), never) == Posted(None)
    assert sent == [False]
