"""The door: the pages, a health check, the metrics API, and the headers everything leaves with."""

import gc
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route
from streamlit.starlette import App

from metrics import NoSnapshot, checking, current_snapshot, roles
from metrics.api import answer
from metrics.errors import BadRole, OldSnapshot
from metrics.faults import BadCards
from ui.shell.page import Shell

PAGES = Path(__file__).resolve().parent / "pages"

# What a page imports on its first run anyway; here, so that no reader waits for it.
HEAVY = ("pandas", "pyarrow", "plotly.graph_objects", "pydeck", "scipy.stats")


def health(request: Request) -> JSONResponse:
    try:
        snapshot = current_snapshot()
    except NoSnapshot as reason:
        return JSONResponse({"status": "no snapshot", "reason": str(reason)}, 503)
    return JSONResponse(
        {"status": "ok", "snapshot": snapshot.id, "as_of": snapshot.as_of.isoformat()}
    )


def metric(request: Request) -> JSONResponse:
    asked = request.query_params
    # A word given twice (by=community&by=month) is the same list as by=community,month.
    query = {word: ",".join(asked.getlist(word)) for word in asked}
    status, body = answer(request.path_params["metric"], query)
    return JSONResponse(body, status)


def home(request: Request) -> RedirectResponse:
    """The first page has no address of its own in Streamlit: its name would be "not found"."""
    return RedirectResponse(f"./?{request.url.query}".rstrip("?"))


@asynccontextmanager
async def warm(app: App) -> AsyncGenerator[None]:
    for name in HEAVY:
        import_module(name)
    with suppress(NoSnapshot):
        current_snapshot()
    # The imports live as long as the process: no collection need ever look at them again.
    gc.collect()
    gc.freeze()
    # A run makes thousands of objects. Those that stay are kept for good, and the rest go by themselves:
    # looking at them every 700, as is the default, costs a millisecond a run and finds nothing.
    gc.set_threshold(10_000, 20, 20)
    yield


# Before anything is served: a number on a wrong definition, or for the wrong reader, is worse than no page.
try:
    roles.fixed()
    checking.ensure()
except (BadRole, BadCards, OldSnapshot) as wrong:
    sys.exit(str(wrong))

app = App(
    PAGES / "frame.py",
    lifespan=warm,
    routes=[
        Route("/healthz", health),
        Route("/api/metrics/{metric}", metric),
        Route("/overview", home),
    ],
    middleware=[Middleware(Shell)],
)
