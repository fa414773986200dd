"""Where one drawing ends and another begins, and what a late answer must leave alone."""

from bot.ledger import rows, settlement
from bot.ledger.ledger import Ledger
from bot.ledger.pictures import PictureState
from tests.kit.clock import moment
from tests.kit.wishes import LIMITS, NOW, called, paid, wish


def test_a_message_is_that_of_its_own_drawing_and_no_other(store: Ledger) -> None:
    (mine, _), (other, _) = store.admit(wish(), LIMITS, moment(NOW)), store.admit(wish(), LIMITS, moment(NOW))
    store.write(settlement.placed, "T1", mine.id, "1.1", NOW)
    assert store.read(rows.drawing, "T1", mine.id).message_ts == "1.1"
    assert store.read(rows.drawing, "T1", other.id) == other


def test_the_first_file_brought_for_a_paid_picture_stays(store: Ledger) -> None:
    row, waiting = paid(store), called(store)
    first = store.write(settlement.uploaded, "T1", row.id, "F1")
    assert (first.file_id, first.state, first.version) == ("F1", PictureState.PAID, row.version + 1)
    assert store.write(settlement.uploaded, "T1", row.id, "F2") == first
    assert store.write(settlement.delivered, "T1", row.id, None, None, NOW).file_id == "F1"
    assert store.write(settlement.uploaded, "T1", waiting.id, "F3") == waiting
