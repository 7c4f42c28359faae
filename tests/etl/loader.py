"""Loads files when told to, for tests that kill it, starve it or run two at once.

python loader.py DATA FILE...  says "ready", waits for a line, loads, says what came of it.
With LIMIT=<bytes> no file may grow beyond that, which is what a full disk looks like.
"""

import os
import resource
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from etl.errors import EtlError
from etl.load import load
from etl.place import Place


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


say("ready")
sys.stdin.readline()
if limit := os.environ.get("LIMIT"):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
place, paths = Place(Path(sys.argv[1])), [Path(name) for name in sys.argv[2:]]
try:
    report = load(paths, place=place, today=date(2024, 10, 24))
except EtlError as error:
    say(type(error).__name__, error)
    sys.exit(2)
say("done", report.batch, report.snapshot, report.errors)
sys.exit(report.exit_status)
