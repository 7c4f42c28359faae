"""One reader's browser session without a browser: Streamlit's own messages over a websocket."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from benchmarks.process import ROOT


class Session:
    """Runs a page and keeps what the latest run has sent."""

    def __init__(self, base: str, page: str = "", query: str = ""):
        url = base.replace("http", "ws", 1) + "/_stcore/stream"
        self.socket = connect(
            url, subprotocols=[Subprotocol("streamlit")], max_size=None, compression=None
        )
        self.page, self.query, self.page_hash = page, query, ""
        self.deltas: list[Any] = []
        self.seen: dict[str, ForwardMsg] = {}

    def run(self, query: str | None = None) -> float:
        """Seconds from the request to the end of the script; the query is the address as it is from now on."""
        self.query = self.query if query is None else query
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name, state.page_script_hash = (
            self.query,
            self.page,
            self.page_hash,
        )
        state.widget_states.SetInParent()
        self.deltas = []
        start = time.perf_counter()
        self.socket.send(message.SerializeToString())
        while True:
            self._acknowledge()
            got = ForwardMsg()
            got.ParseFromString(self.socket.recv(timeout=120))
            if got.WhichOneof("type") == "ref_hash":
                known = ForwardMsg()
                known.CopyFrom(self.seen[got.ref_hash])
                known.metadata.CopyFrom(got.metadata)  # it may stand elsewhere now
                got = known
            elif got.hash:
                self.seen[got.hash] = got
            kind = got.WhichOneof("type")
            if kind == "navigation":
                self.page_hash = got.navigation.page_script_hash
            elif kind == "delta":
                self.deltas.append(got)
            elif kind == "script_finished":
                return time.perf_counter() - start

    def _acknowledge(self) -> None:
        """At once. The kernel waits up to 40 ms before it acknowledges a packet, and the server's next one
        waits for that: every run would take at least 44 ms, whatever it does, and all ratios would be one."""
        if quick := getattr(socket, "TCP_QUICKACK", None):
            self.socket.socket.setsockopt(socket.IPPROTO_TCP, quick, 1)

    @property
    def elements(self) -> list[Any]:
        return [
            got.delta.new_element
            for got in self.deltas
            if got.delta.WhichOneof("type") == "new_element"
        ]

    def failures(self) -> list[str]:
        return [e.exception.message for e in self.elements if e.WhichOneof("type") == "exception"]

    def close(self) -> None:
        self.socket.close()


@contextmanager
def serving(script: Path, **environment: str) -> Generator[str]:
    """A Streamlit server for `script` on a free loopback port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{base}/_stcore/health", timeout=1).close()
                break
            except (urllib.error.URLError, TimeoutError):
                time.sleep(0.25)
        yield base
    finally:
        server.terminate()
        server.wait(timeout=20)
