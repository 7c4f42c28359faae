"""What the reader is looking at: snapshot, period, scope, comparison, all of it in the address; and as whom,
which is not: a link must not carry anyone's rights."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import streamlit as st

from metrics import (
    Period,
    Scope,
    Snapshot,
    current_snapshot,
    definitions,
    measure_many,
    notebook,
    pins,
    roles,
)
from metrics.errors import BadPeriod, BadScope, NoSnapshot, OldSnapshot
from metrics.past import first_day
from metrics.roles import Role

Compare = Literal["环比", "同比", "目标"]
COMPARES: tuple[Compare, ...] = get_args(Compare)

VOLUMES = ("hotline_volume", "case_count", "activity_sessions")
# Names in the address. Period and area are written there by hand: a bound select box would write its
# label, which may change, and a bound field inside a popover forgets what it is told when that shuts.
PERIOD, AREA, COMPARE = "period", "area", "compare"
SNAP = "snap"  # a past snapshot in place of the current one
ROLE = "role"  # in the session only


@dataclass(frozen=True)
class View:
    """One page run sees one snapshot, whatever is published meanwhile."""

    snapshot: Snapshot
    period: Period
    scope: Scope
    compare: Compare
    role: Role = roles.DEFAULT
    unopened: str = ""  # why the snapshot that the address names is not the one on show

    @property
    def can_correct(self) -> bool:
        return self.role in roles.CORRECTING

    @property
    def first_day(self) -> date:
        """The day of the first event of any source."""
        return first_day(self.snapshot)

    @property
    def has_events(self) -> bool:
        return any(fresh.first_event for fresh in self.snapshot.freshness())

    @property
    def before(self) -> Period:
        return self.period.year_ago() if self.compare == "同比" else self.period.previous()

    @property
    def before_label(self) -> str:
        return "较上年同期" if self.compare == "同比" else self.period.compare_label


def open_view() -> View:
    """Read the address. What it names and does not exist gives way to the default, with a word."""
    snapshot, unopened = _snapshot()
    definitions.use(snapshot)
    period, scope = _period(snapshot), _scope(snapshot)
    view = View(snapshot, period, scope, _compare(), _role(), unopened)
    st.session_state["view"] = view
    return view


def current() -> View:
    """The view the frame has opened for this run."""
    return st.session_state["view"]


def latest() -> None:
    """For callbacks: leave the past snapshot."""
    choose(SNAP, "")


def past_snapshot() -> str:
    """The past snapshot that links must name; nothing while the current one is on show."""
    view = st.session_state.get("view")
    return view.snapshot.id if view and view.snapshot.past else ""


def default_period(snapshot: Snapshot) -> Period:
    """The last finished month if it holds anything: a page should open on a number to be judged."""
    return snapshot.kept("default period", lambda: _newest_told(snapshot))


def _newest_told(snapshot: Snapshot) -> Period:
    this, last = (Period.preset(name, snapshot.as_of) for name in ("this_month", "last_month"))
    if not this.is_open:
        return this
    found = measure_many(VOLUMES, last, snapshot=snapshot)
    return last if any(each.total.value for each in found.values()) else this


def choose(name: str, value: str, *close: str) -> None:
    """For callbacks: what the address carries from now on. Shuts the popovers it was chosen in."""
    _kept()[name] = value
    for popover in close:
        st.session_state[popover] = False


def go(area: str) -> None:
    """For a click on an area: it becomes the scope."""
    choose(AREA, area)


def _kept() -> dict[str, str]:
    """What each word of the address is to say."""
    return st.session_state.setdefault("address", {})


def _written() -> dict[str, str]:
    """What we last wrote there ourselves."""
    return st.session_state.setdefault("written", {})


def _asked(name: str) -> str:
    """The address where the reader changed it (a link, Back), else what was chosen in this session.
    A page switch empties the address; that is no choice."""
    kept, address = _kept(), st.query_params.get(name)
    if address is not None and address != _written().get(name):
        kept[name] = address
    return kept.get(name, "").strip()


def _write(name: str, value: str) -> None:
    """Even the default: a link must not mean another month next month."""
    _kept()[name] = _written()[name] = value
    if st.query_params.get(name, "") != value:
        if value:
            st.query_params[name] = value
        else:
            del st.query_params[name]


def _snapshot() -> tuple[Snapshot, str]:
    """The one the address names, for as long as it names it; else the current one."""
    asked = _asked(SNAP)
    _write(SNAP, asked)
    if not asked:
        return current_snapshot(), ""
    try:
        return pins.reopen(asked), ""
    except (NoSnapshot, OldSnapshot, notebook.Unwritable) as problem:
        return current_snapshot(), str(problem)


def _period(snapshot: Snapshot) -> Period:
    asked = _asked(PERIOD)
    try:
        period = Period.parse(asked, snapshot.as_of) if asked else default_period(snapshot)
    except BadPeriod as problem:
        st.toast(str(problem), icon=":material/info:", duration="long")
        period = default_period(snapshot)
    _write(PERIOD, period.code)
    return period


def _scope(snapshot: Snapshot) -> Scope:
    asked = _asked(AREA)
    try:
        scope = Scope.parse(asked or None, snapshot)
    except BadScope as problem:
        st.toast(str(problem), icon=":material/info:", duration="long")
        scope = Scope.street()
    _write(AREA, scope.code or "")
    return scope


def _compare() -> Compare:
    asked = st.session_state.get(COMPARE) or st.query_params.get(COMPARE)
    return next((known for known in COMPARES if known == asked), COMPARES[0])


def _role() -> Role:
    return roles.fixed() or roles.known(st.session_state.get(ROLE)) or roles.DEFAULT
