import pytest
from archives import new_archive

from etl.errors import NotFound

ORDER = {"order_no": "G1", "accepted_at": "2024-03-01 09:00", "unit": "住建局"}
CLOSED = ORDER | {"closed_at": "2024-03-04 10:00"}


@pytest.fixture
def archive(tmp_path):
    with new_archive(tmp_path / "data") as archive:
        yield archive


def test_undo_brings_back_what_was_there_before(archive):
    archive.keep("areas", {"code": "A", "name": "清溪社区", "level": "community", "residents": 5})
    archive.keep("hotline", ORDER)
    archive.publish()
    before = archive.tables()

    archive.keep("hotline", CLOSED, {"order_no": "G2", "accepted_at": "2024-03-05"})
    archive.keep("areas", {"code": "A", "residents": 900})
    archive.publish()
    archive.undo(4)
    archive.undo(3)
    archive.publish()

    after = archive.tables()
    for table in ("areas", "hotline", "labels", "unmapped"):
        assert after[table] == before[table]


def test_undoing_the_older_of_two_equal_batches_keeps_the_rows_of_the_other(archive):
    archive.keep("hotline", ORDER)
    archive.keep("hotline", ORDER)

    archive.undo(1)

    assert archive.latest("hotline", "order_no, batch") == [("G1", 2)]


def test_undoing_a_correction_of_a_ledger_brings_the_first_word_back(archive):
    month = {"month": "2024-09-01", "community": "A", "grid": "A01", "key_group": "disabled"}
    archive.keep("coverage", month | {"known": 9})
    archive.keep("coverage", month | {"known": 4})

    archive.undo(2)

    assert archive.latest("coverage", "known") == [(9,)]


def test_a_batch_is_undone_once(archive):
    archive.keep("hotline", ORDER)
    archive.undo(1)

    with pytest.raises(NotFound, match=r"已在 .* 撤销"):
        archive.undo(1)
    with pytest.raises(NotFound, match=r"没有第 7 批.*现有:无"):
        archive.undo(7)


def test_what_was_undone_can_be_loaded_again(archive):
    archive.keep("hotline", ORDER)
    archive.undo(1)

    assert archive.keep("hotline", ORDER).loaded == 1


def test_undone_batches_stay_in_the_books(archive):
    archive.keep("hotline", ORDER)
    archive.undo(1)
    archive.publish()

    assert archive.rows("SELECT batch, loaded, undone FROM batches") == [(1, 1, True)]
    assert archive.rows("SELECT count(*) FROM hotline") == [(0,)]
