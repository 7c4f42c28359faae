"""What the frame hands over to when an address asks for a slide."""

from urllib.parse import urlsplit

import streamlit as st

from metrics import NoSnapshot, Scope, definitions, notebook
from metrics.errors import BadScope, OldSnapshot
from metrics.moved import moved
from reports import steps
from ui.stage import draw, opening, place, slides
from ui.stage.place import Place
from ui.state import View

PAGE = "meeting"


def asked() -> Place | None:
    """None for every address but a meeting's: the same words mean nothing on another page."""
    url = st.context.url
    if url and not urlsplit(url).path.rstrip("/").endswith(f"/{PAGE}"):
        return None
    return place.read(st.query_params)


def show(asked: Place) -> None:
    try:
        found = opening.opened(asked)
    except (NoSnapshot, OldSnapshot, notebook.Unwritable) as reason:
        draw.trouble(asked, reason)
        return
    view, kept = found.view, steps.saved()
    at = asked.shown(len(kept))
    if asked.mode != "wall":
        _pin(view)
    since = _since(view, kept[at - 1])
    if asked.mode == "notes":
        draw.notes(asked, view, slides.slides(view, kept), at, [*found.remarks, since])
        return
    draw.slide(asked, view, slides.slide(view, kept[at - 1]), at, len(kept), found.remarks, since)
    # While the room reads: the next press then finds everything measured.
    slides.slide(view, kept[asked.shown(len(kept)) % len(kept)])


def _pin(view: View) -> None:
    """From the first slide on the address names snapshot and period: a load in the midst of a meeting, or a
    link opened next month, changes no number."""
    st.query_params[place.SNAP] = view.snapshot.id
    st.query_params["period"] = view.period.code


def _since(view: View, step: steps.Step) -> str:
    live = opening.live(view)
    if live is None or step.card is None:
        return ""
    as_of = f"{live.snapshot.as_of}"
    try:
        Scope.parse(view.scope.code, live.snapshot)
    except BadScope:
        return f"此后数据有更新(现截至{as_of}),区域台账已没有{view.scope.label(view.snapshot)}"
    shown = slides.number_of(view, step)
    with definitions.of(live.snapshot):
        now = slides.number_of(live, step) if step.card else None
    return moved(shown, now, as_of)
