"""The view of a meeting: a presenter's, on the snapshot that the address names, else on the newest."""

from dataclasses import dataclass, replace

from metrics import Period, Scope, current_snapshot, definitions, pins
from metrics.errors import BadPeriod, BadScope
from metrics.roles import Role
from ui import state
from ui.stage.place import Place
from ui.state import COMPARES, View

ROLE: Role = "presenter"


@dataclass(frozen=True)
class Opened:
    """`remarks` are what the address asked for and did not get."""

    view: View
    remarks: tuple[str, ...] = ()


def opened(place: Place) -> Opened:
    """Whoever reads, and whatever the session was looking at before. A pinned snapshot comes with the
    cards of its time, for the whole run.

    Raises:
        NoSnapshot: nothing was loaded yet, or what the address names is not kept any more.
        OldSnapshot: this version of the program cannot read what the address names.
    """
    snapshot = pins.reopen(place.snap) if place.snap else current_snapshot()
    definitions.use(snapshot)
    remarks: list[str] = []
    try:
        asked = place.period
        period = Period.parse(asked, snapshot.as_of) if asked else state.default_period(snapshot)
    except BadPeriod:
        period = state.default_period(snapshot)
        remarks.append(f"网址里的期间“{place.period}”不对,现用{period.label}")
    try:
        scope = Scope.parse(place.area or None, snapshot)
    except BadScope:
        scope = Scope.street()
        remarks.append(f"没有“{place.area}”这个区域,现看全街道")
    return Opened(View(snapshot, period, scope, COMPARES[0], ROLE), tuple(remarks))


def live(view: View) -> View | None:
    """The same question on the newest snapshot; None while that is the one on show."""
    newest = current_snapshot()
    if newest.id == view.snapshot.id:
        return None
    period = Period.parse(view.period.code, newest.as_of)
    return replace(view, snapshot=newest, period=period)
