import subprocess
import sys
import threading
import time

import pytest

from etl.errors import Busy
from etl.lock import exclusive, holder
from etl.place import Place

HOLD = """
import sys, time
from pathlib import Path
from etl.lock import exclusive
from etl.place import Place
with exclusive(Place(Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def other(tmp_path):
    """Another process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_load_is_told_who_holds_the_lock(tmp_path, other):
    said = []

    held = rf"另一个加载正在进行.进程 {other.pid},自 20.*已等待 0 秒"
    with (
        pytest.raises(Busy, match=held),
        exclusive(Place(tmp_path), wait=0.3, told=said.append),
    ):
        pass

    assert said == [f"另一个加载正在进行({holder(Place(tmp_path))}),等待它结束…"]


def test_a_killed_holder_leaves_no_lock_behind(tmp_path, other):
    other.kill()
    other.wait()

    with exclusive(Place(tmp_path), wait=5):
        pass


def test_a_waiting_load_goes_on_when_the_first_is_done(tmp_path):
    place, order = Place(tmp_path), []

    def second():
        with exclusive(place, wait=10):
            order.append("second")

    with exclusive(place):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.3)
        order.append("first")
    thread.join()

    assert order == ["first", "second"]
