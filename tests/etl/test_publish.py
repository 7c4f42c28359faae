import shutil
from datetime import datetime, timedelta

import duckdb
import pytest
from archives import new_archive
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import shelf
from etl.errors import CheckFailed, NoRoom, Unreadable
from metrics import pins

FIRST = "a" * 64
SECOND = "b" * 64


@pytest.fixture
def archive(tmp_path):
    with new_archive(tmp_path / "data") as archive:
        yield archive


def order(number, day, caller=FIRST, category="物业管理 › 电梯", **more):
    accepted = datetime(2024, 1, 1) + timedelta(days=day)
    return {
        "order_no": number,
        "accepted_at": accepted,
        "caller": caller,
        "category": category,
    } | more


def repeats(archive):
    return dict(archive.rows("SELECT order_no, is_repeat FROM hotline"))


def rebuilt(archive):
    """The same store, published without an earlier snapshot to start from."""
    pointer = archive.place.pointer.read_text()
    archive.place.pointer.unlink()
    name = archive.publish()
    archive.place.pointer.write_text(pointer)
    return archive.tables(name)


def test_a_snapshot_holds_no_caller_and_no_text(archive):
    archive.keep("hotline", order("G1", 0, text="路灯不亮", address="东街"))
    archive.publish()

    columns = {name for (name,) in archive.rows("SELECT column_name FROM duckdb_columns()")}
    assert not columns & {"caller", "address", "record_key", "content"}
    assert archive.rows("SELECT text FROM hotline") == [(None,)]


def test_text_is_kept_where_the_profile_says_so(archive):
    archive.place.profile.write_text("keep_text = true\n[targets]\nhotline_return = 0.05\n")
    archive.keep("hotline", order("G1", 0, text="路灯不亮"))
    archive.publish()

    assert archive.rows("SELECT text FROM hotline") == [("路灯不亮",)]
    meta = dict(archive.rows("FROM meta"))
    assert (meta["keep_text"], meta["target.hotline_return"]) == ("true", "0.05")


def test_a_second_call_on_the_same_matter_within_ninety_days_is_a_repeat(archive):
    archive.keep(
        "hotline",
        order("G1", 0),
        order("G2", 90, category="物业管理 › 保洁"),
        order("G3", 181),
        order("G4", 182, category="交通运输 › 公交"),
        order("G5", 182, caller=SECOND),
        order("G6", 183, caller=None),
        order("G7", 184, category=None),
    )
    archive.publish()

    assert repeats(archive) == {
        "G1": False,
        "G2": True,
        "G3": False,
        "G4": False,
        "G5": False,
        "G6": None,
        "G7": None,
    }


def test_a_closed_order_counts_the_days_until_its_caller_raises_it_again(archive):
    def closed(number, day, took, **more):
        return order(
            number, day, closed_at=datetime(2024, 1, 1) + timedelta(days=day + took), **more
        )

    archive.keep(
        "hotline",
        closed("G1", 0, 10, category="物业管理 › 保洁"),
        order("G2", 5),  # while G1 was being handled: no return
        order("G3", 20, nature="praise"),  # to say thanks
        order("G4", 30, valid=False),
        order("G5", 40.5),
        order("G6", 60),
        closed("G7", 61, 1, category="交通运输 › 公交"),
        closed("G8", 62, 1, caller=None),
        order("G9", 70, caller=SECOND),
    )
    archive.publish()

    found = archive.rows("SELECT order_no, repeated_in FROM hotline WHERE repeated_in IS NOT NULL")
    assert found == [("G1", 31)], "30.5 days are not within 30"


def test_an_order_that_arrives_late_makes_its_neighbour_a_repeat(archive):
    filler = [order(f"F{i}", i, caller=f"{i:064x}") for i in range(20)]
    archive.keep("hotline", order("G2", 50), *filler)
    archive.publish()
    assert repeats(archive)["G2"] is False

    archive.keep("hotline", order("G1", 10))
    archive.publish()
    assert repeats(archive)["G2"] is True

    archive.keep("hotline", order("G1", 10, category="交通运输", closed_at=datetime(2024, 2, 1)))
    archive.publish()
    assert repeats(archive)["G2"] is False


def test_rows_lie_where_the_area_ledger_puts_them_whenever_it_comes(archive):
    archive.keep("hotline", order("G1", 0, grid="一网格"), order("G2", 0, community="清溪社区"))
    archive.publish()
    assert archive.rows("SELECT community, grid FROM hotline ORDER BY order_no") == [
        (None, "一网格"),
        ("清溪社区", None),
    ]

    archive.keep(
        "areas",
        {"code": "S", "name": "溪北街道", "level": "street"},
        {"code": "R", "name": "东片区", "level": "region", "parent": "溪北街道"},
        {"code": "A", "name": "清溪社区", "level": "community", "parent": "R"},
        {"code": "A01", "name": "一网格", "level": "grid", "parent": "清溪社区"},
    )
    archive.keep("hotline", order("G3", 1, community="没有的社区"))
    archive.publish()

    assert archive.rows("SELECT region, community, grid, flags FROM hotline ORDER BY order_no") == [
        ("R", "A", "A01", []),
        ("R", "A", None, []),
        (None, None, None, ["unknown_area"]),
    ]
    assert archive.rows("SELECT region, community, grid FROM areas ORDER BY code") == [
        ("R", "A", None),
        ("R", "A", "A01"),
        ("R", None, None),
        (None, None, None),
    ]


orders = st.builds(
    lambda number, day, caller, category, took: order(
        f"G{number}", day, caller, category,
        closed_at=None if took is None else datetime(2024, 1, 1) + timedelta(days=day + took),
    ),
    st.integers(0, 25),
    st.integers(0, 300),
    st.sampled_from([FIRST, SECOND, None]),
    st.sampled_from(["物业管理 › 电梯", "物业管理 › 保洁", "交通运输", None]),
    st.sampled_from([None, 0, 3, 40]),
)  # fmt: skip
case = st.builds(
    lambda number, result: {
        "case_no": f"A{number}",
        "kind": "dispute",
        "reported_at": "2024-01-01",
        "result": result,
        "grid": "A01",
    },
    st.integers(0, 5),
    st.sampled_from(["ongoing", "success", None]),
)
counts = st.builds(
    lambda month, known: {
        "month": f"2024-0{month}-01",
        "community": "A",
        "grid": "A01",
        "key_group": "disabled",
        "known": known,
    },
    st.integers(1, 4),
    st.integers(0, 9),
)
batch = st.one_of(
    st.tuples(st.just("hotline"), st.lists(orders, min_size=1, max_size=6)),
    st.tuples(st.just("cases"), st.lists(case, min_size=1, max_size=4)),
    st.tuples(st.just("coverage"), st.lists(counts, min_size=1, max_size=4)),
)


histories = given(
    st.lists(orders, min_size=20, max_size=40), st.lists(batch, min_size=1, max_size=4)
)


def assert_replaced_as_rebuilt(root, first, later):
    with new_archive(root) as archive:
        archive.keep("hotline", *first)
        archive.publish()
        for source, rows in later:
            archive.keep(source, *rows)
            archive.publish()
            assert int(dict(archive.rows("FROM meta"))["refills"]) > 0

        assert archive.tables() == rebuilt(archive)


@settings(max_examples=5, deadline=None)
@histories
def test_replacing_the_touched_keys_gives_the_tables_of_a_full_rebuild(
    tmp_path_factory, first, later
):
    assert_replaced_as_rebuilt(tmp_path_factory.mktemp("p"), first, later)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@histories
def test_a_hundred_histories_end_in_the_tables_of_a_full_rebuild(tmp_path_factory, first, later):
    assert_replaced_as_rebuilt(tmp_path_factory.mktemp("p"), first, later)


def test_a_load_that_was_killed_before_its_snapshot_is_in_the_next_one(archive):
    archive.keep("hotline", *(order(f"F{i}", i) for i in range(30)))
    archive.publish()
    archive.keep("hotline", order("G1", 400))  # committed, never published
    archive.keep("hotline", order("G2", 500))
    archive.publish()

    assert archive.rows("SELECT count(*) FROM hotline") == [(32,)]
    assert archive.tables() == rebuilt(archive)


@pytest.mark.parametrize("damage", ["truncate", "flip", "empty", "gone", "other"])
def test_a_damaged_current_snapshot_is_replaced_by_a_rebuilt_one(archive, damage):
    archive.keep("hotline", *(order(f"F{i}", i) for i in range(30)))
    name = archive.publish()
    file = archive.place.snapshots / f"{name}.duckdb"
    whole = file.read_bytes()
    if damage == "truncate":
        file.write_bytes(whole[: len(whole) // 2])
    elif damage == "flip":
        at = whole.index(b"F17")  # within the order numbers
        file.write_bytes(whole[:at] + b"X" + whole[at + 1 :])
    elif damage == "empty":
        file.write_bytes(b"")
    elif damage == "gone":
        file.unlink()
    else:
        archive.place.pointer.write_text("../../etc/passwd\n")

    archive.keep("hotline", order("G1", 400))
    archive.publish()

    assert archive.rows("SELECT count(*) FROM hotline") == [(31,)]


def test_leftovers_of_a_killed_build_are_wiped(archive):
    archive.place.snapshots.mkdir()
    (archive.place.snapshots / ".draft-x.duckdb").write_bytes(b"half")
    (archive.place.snapshots / ".draft-x.duckdb.wal").write_bytes(b"half")
    archive.keep("hotline", order("G1", 0))
    name = archive.publish()

    assert [file.name for file in archive.place.snapshots.iterdir()] == [f"{name}.duckdb"]


def test_a_failed_check_leaves_the_old_snapshot_current(archive):
    archive.keep("hotline", order("G1", 5))
    name = archive.publish()
    archive.keep("hotline", order("G2", 5, closed_at=datetime(2023, 1, 1)))

    with pytest.raises(CheckFailed, match=r"hotline_closed_before_accepted.*1 行.*undo"):
        archive.publish()
    assert archive.place.pointer.read_text() == f"{name}.duckdb\n"

    archive.undo(2)
    archive.publish()
    assert archive.rows("SELECT order_no FROM hotline") == [("G1",)]


def test_the_last_ten_snapshots_and_the_pinned_ones_are_kept(archive, monkeypatch):
    monkeypatch.setenv("GOVERNANCE_DATA", str(archive.place.root))
    archive.keep("hotline", order("G1", 0))
    first, second = archive.publish(), archive.publish()
    pins.pin(first, "九月例会")
    for _ in range(shelf.KEEP):
        last = archive.publish()

    names = [file.stem for file in shelf.files(archive.place)]
    assert len(names) == shelf.KEEP + 1
    assert first in names
    assert second not in names
    assert names[-1] == last

    pins.unpin(first)
    archive.publish()
    assert first not in [file.stem for file in shelf.files(archive.place)]


def test_nothing_is_deleted_while_the_notebook_cannot_be_read(archive):
    archive.keep("hotline", order("G1", 0))
    names = [archive.publish() for _ in range(shelf.KEEP)]
    archive.place.notebook.write_bytes(b"no database" * 100)
    for number in range(3):
        name = f"29990101T0000{number:02d}Z-00000000"
        (archive.place.snapshots / f"{name}.duckdb").write_bytes(b"")
        names.append(name)

    with pytest.raises(Unreadable, match="备份"):
        archive.publish()
    shelf.prune(archive.place)

    assert [file.stem for file in shelf.files(archive.place)] == names


def test_the_current_snapshot_is_never_pruned_however_old(archive):
    archive.keep("hotline", order("G1", 0))
    first = archive.publish()
    for number in range(shelf.KEEP + 2):
        newer = archive.place.snapshots / f"29990101T0000{number:02d}Z-00000000.duckdb"
        newer.write_bytes(b"")

    shelf.prune(archive.place)

    newest = shelf.current(archive.place)
    assert newest
    assert newest.stem == first
    assert len(shelf.files(archive.place)) == shelf.KEEP + 1


def test_a_reader_keeps_its_snapshot_while_a_new_one_is_published(archive):
    archive.keep("hotline", order("G1", 0))
    name = archive.publish()
    file = str(archive.place.snapshots / f"{name}.duckdb")
    with duckdb.connect(file, read_only=True, config={"threads": 1}) as reader:
        archive.keep("hotline", order("G2", 1))
        archive.publish()

        assert reader.cursor().execute("SELECT count(*) FROM hotline").fetchone() == (1,)
    assert archive.rows("SELECT count(*) FROM hotline") == [(2,)]


def test_too_little_room_is_said_before_anything_is_written(archive, monkeypatch):
    archive.keep("hotline", order("G1", 0))
    name = archive.publish()
    usage = shutil.disk_usage(archive.place.root)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=1_000_000))

    with pytest.raises(NoRoom, match=r"磁盘空间不够.*还剩 1 MB"):
        archive.publish()
    assert archive.place.pointer.read_text() == f"{name}.duckdb\n"
    assert [file.stem for file in archive.place.snapshots.iterdir()] == [name]


def test_the_books_say_what_came_when(archive):
    archive.keep("hotline", order("G1", 0), order("G2", 31))
    archive.keep("activities", {"activity_no": "H1", "date": "2024-05-06", "team": "yian"})
    archive.publish()

    fresh = {row[0]: row[1:] for row in archive.rows("FROM freshness")}
    assert [str(day) for day in fresh["hotline"][1:3]] == ["2024-01-01", "2024-02-01"]
    assert fresh["hotline"][4:] == (2, 7)
    assert fresh["cases"][1:5] == (None, None, None, 0)
    meta = dict(archive.rows("FROM meta"))
    assert (meta["as_of"], meta["demo"]) == ("2024-05-06", "false")
    assert ("activities", "team", "yian", "益安") in archive.rows("FROM labels")
    assert archive.rows("SELECT batch, source, read, loaded FROM batches") == [
        (1, "hotline", 2, 2),
        (2, "activities", 1, 1),
    ]
