"""A load may be killed, starved or run twice at any moment: the snapshot stays whole, nothing is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from etl.shelf import current

LOADER = Path(__file__).with_name("loader.py")
HEADER = (
    "工单编号",
    "受理时间",
    "办结时间",
    "更新时间",
    "来电人",
    "承办单位",
    "事项类别",
    "主要内容",
)


def orders(numbers, closed=""):
    return [
        (
            f"G{n:06d}", f"2024-0{n % 9 + 1}-03 11:26", closed, closed, f"1380000{n % 50:04d}",
            "区住建局", "物业管理", f"反映第{n}号楼道灯不亮,希望尽快维修",
        )
        for n in numbers
    ]  # fmt: skip


class Loader:
    """One load in a process of its own, waiting for the word to start."""

    def __init__(self, office, *paths, limit=None):
        self.process = subprocess.Popen(
            [sys.executable, str(LOADER), str(office.place.root), *map(str, paths)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | ({"LIMIT": str(limit)} if limit else {}),
        )
        assert self.process.stdin
        assert self.process.stdout
        self.stdin = self.process.stdin
        assert self.process.stdout.readline() == "ready\n"

    def go(self):
        self.stdin.write("\n")
        self.stdin.flush()

    def finish(self):
        out, err = self.process.communicate(timeout=120)
        assert "Traceback" not in err
        return out

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        return self.process.communicate()[0]


def contents(office):
    """The current snapshot, read to the last block: its batches, and whether its rows are theirs."""
    file = current(office.place)
    with duckdb.connect(str(file), read_only=True) as con:
        for (table,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            con.execute(f"SELECT bit_xor(hash(t)) FROM {table} AS t").fetchone()
        batches = dict(con.execute("SELECT batch, file FROM batches").fetchall())
        whole = con.execute(
            "SELECT (SELECT count(*) FROM hotline) = sum(loaded) FROM batches"
        ).fetchone()
        return batches, whole == (True,)


def hotline(office):
    with duckdb.connect(str(current(office.place)), read_only=True) as con:
        return con.execute("SELECT * EXCLUDE (flags) FROM hotline ORDER BY order_no").fetchall()


def kill_loads(office, kills, seed):
    chance = random.Random(seed)
    first = office.table("first.csv", HEADER, orders(range(300)))
    began = time.perf_counter()
    office.load(first)
    usual = time.perf_counter() - began
    before, acknowledged, files = {1: "first.csv"}, set(), [first]
    for number in range(kills):
        news = orders(range(1000 + 40 * number, 1040 + 40 * number))
        late = orders(range(number * 7 % 250, number * 7 % 250 + 30), closed="2024-10-01 08:00")
        files.append(office.table(f"daily{number}.csv", HEADER, [*news, *late]))
        loader = Loader(office, files[-1])
        loader.go()
        time.sleep(chance.uniform(0, usual * 1.3))
        if "done" in loader.kill():
            acknowledged.add(files[-1].name)

        batches, whole = contents(office)
        assert whole
        assert before.items() <= batches.items()
        assert acknowledged <= set(batches.values())
        before = batches
    return files


def assert_as_if_never_killed(office, files, tmp_path):
    """Loading everything once more ends where an undisturbed office ends."""
    other = type(office)(tmp_path / "undisturbed")
    for somewhere in (office, other):
        assert somewhere.load(*files).exit_status == 0
    assert hotline(office) == hotline(other)


def test_a_load_killed_at_any_moment_harms_nothing(office, tmp_path):
    files = kill_loads(office, kills=3, seed=2)

    assert_as_if_never_killed(office, files, tmp_path)


@pytest.mark.slow
def test_two_hundred_kills_harm_nothing(office, tmp_path):
    files = kill_loads(office, kills=200, seed=5)

    assert_as_if_never_killed(office, files, tmp_path)


def test_two_loads_at_once_both_end_in_the_snapshot(office):
    one = office.table("one.csv", HEADER, orders(range(200)))
    two = office.table("two.csv", HEADER, orders(range(200, 500)))
    loaders = [Loader(office, one), Loader(office, two)]
    for loader in loaders:
        loader.go()

    said = sorted(loader.finish() for loader in loaders)

    assert [line.split()[1] for line in said] == ["1", "2"]
    batches, whole = contents(office)
    assert whole
    assert set(batches.values()) == {"one.csv", "two.csv"}
    assert len(hotline(office)) == 500


@pytest.mark.parametrize("share", [0.02, 0.3, 1.01])
def test_a_full_disk_is_said_and_the_old_snapshot_stays(office, share):
    office.load(office.table("first.csv", HEADER, orders(range(300))))
    old = office.place.pointer.read_text()
    size = max(file.stat().st_size for file in office.place.root.rglob("*.duckdb"))
    big = office.table("big.csv", HEADER, orders(range(300, 4_000)))

    loader = Loader(office, big, limit=int(size * share))
    loader.go()
    said = loader.finish()

    assert said.startswith("NoRoom 磁盘空间不够")
    assert office.place.pointer.read_text() == old
    assert contents(office) == ({1: "first.csv"}, True)
    assert not list(office.place.snapshots.glob(".draft-*"))

    report = office.load(big)
    assert report.exit_status == 0
    assert len(hotline(office)) == 4_000


@pytest.fixture
def small_disk(tmp_path):
    """A disk of a few megabytes, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting needs root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_fills_up_keeps_what_was_loaded(office, small_disk):
    office.place = type(office.place)(small_disk)
    office.load(office.table("first.csv", HEADER, orders(range(300))))
    old = office.place.pointer.read_text()

    chance = random.Random(1)
    noise = [
        (*row[:-1], "".join(chr(chance.randrange(0x4E00, 0x9FA0)) for _ in range(120)))
        for row in orders(range(300, 40_000))
    ]
    loader = Loader(office, office.table("big.csv", HEADER, noise))
    loader.go()

    assert loader.finish().startswith("NoRoom 磁盘空间不够")
    assert office.place.pointer.read_text() == old
    assert contents(office) == ({1: "first.csv"}, True)
