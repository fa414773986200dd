"""What a retry votes, and which sealed benches answer one question together."""

from bot.bench import rows_votes
from bot.ledger import votes
from bot.ledger.ledger import Ledger
from tests.kit.benches_made import better, decided, drawn, plan
from tests.kit.clock import moment
from tests.kit.wishes import LIMITS, NOW, paid, wish


def retry(store: Ledger, generation_id: str) -> None:
    store.admit(wish(person_id="U2", parent_id=generation_id), LIMITS, moment(NOW))


def test_R16_who_retries_twice_has_rejected_once_and_nobody_else_has(store: Ledger) -> None:
    image, other = paid(store), paid(store)
    retry(store, image.id)
    retry(store, image.id)
    assert [(vote.person_id, vote.verdict, vote.reason) for vote in store.read(votes.history, "T1", image.id)] == [
        ("U2", "reject", "retried")
    ]
    assert store.read(votes.history, "T1", other.id) == ()


def test_R16_a_retry_of_what_is_judged_blindly_casts_no_vote(store: Ledger) -> None:
    bench = drawn(store)
    (_, image, _), *_ = store.read(rows_votes.sheet, "T1", bench.id, 0, "U2")
    retry(store, image)
    assert store.read(votes.history, "T1", image) == ()


def test_the_evidence_of_a_bench_is_every_one_of_its_question_sealed_up_to_it(store: Ledger) -> None:
    first = decided(store, plan(prompts=5), better, hours=1)
    last = decided(store, plan(prompts=5), better, hours=2)
    decided(store, plan(prompts=5, lanes=3), better)  # another question
    drawn(store, plan(prompts=5))  # not sealed

    def evidence(bench_id: str) -> list[tuple[str, int]]:
        return [(bench.id, len(images)) for bench, images in store.read(rows_votes.evidence, "T1", bench_id)]

    assert evidence(first.id) == [(first.id, 10)]
    assert evidence(last.id) == [(first.id, 10), (last.id, 10)]


def test_R16_who_took_a_vote_back_rejects_by_a_retry(store: Ledger) -> None:
    image = paid(store)
    for seen in (0, 1):
        store.write(votes.vote, "T1", image.id, "U2", "keep", None, NOW, None, seen)
    retry(store, image.id)
    assert [vote.verdict for vote in store.read(votes.history, "T1", image.id)] == ["keep", "withdrawn", "reject"]
