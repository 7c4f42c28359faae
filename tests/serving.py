"""The real server on a free port, with a data directory of one's own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def build_sample(data: Path) -> Path:
    """A data directory with the sample snapshot in it, as `make run` builds it."""
    done = subprocess.run(
        [sys.executable, "-m", "etl", "sample"],
        cwd=ROOT,
        env=_environment(data),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    # Status 1 says that rows were rejected: the sample has some on purpose.
    if done.returncode > 1 or not (data / "CURRENT").exists():
        raise RuntimeError(f"the sample was not built:\n{done.stdout[-3000:]}")
    return data


@contextmanager
def serve(
    data: Path, log: Path, app: Path = ROOT / "app.py", port: int | None = None
) -> Generator[str]:
    """Its address. What the server has written when it ends must hold no traceback."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app), "--server.port", str(port)]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=_environment(data), stdout=out, stderr=subprocess.STDOUT
        )
    try:
        _wait(f"http://127.0.0.1:{port}", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)
    assert "Traceback" not in log.read_text(), log.read_text()[-3000:]


def _environment(data: Path) -> dict[str, str]:
    return {**os.environ, "GOVERNANCE_DATA": str(data), "PYTHONPATH": str(ROOT)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text()[-3000:]}")
