"""Run a command as a process of its own and say what it cost."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Cost:
    seconds: float
    peak_mb: float


def run(*arguments: str | Path, **environment: str) -> Cost:
    """Wall time and peak memory of `python ARGUMENTS`, children included in neither."""
    log = ROOT / "build" / "bench.log"
    log.parent.mkdir(exist_ok=True)
    start = time.perf_counter()
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=out,
            stderr=out,
        )
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 1:
        raise RuntimeError(f"{arguments} ended with {process.returncode}; its output is in {log}")
    return Cost(seconds, usage.ru_maxrss / 1024)
