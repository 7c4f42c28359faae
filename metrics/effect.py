"""Did the service help? Related demand where a team has been against where it has not, before and after.

Difference in differences over communities and months: orders of the related categories per ten thousand residents
(or orders, where residents are unknown) on whether the team was there the month before, with an effect for
every community and every month. The interval is clustered by community (CR1, t with clusters minus one), and
with so few clusters also the wild cluster bootstrap has to reject, over all sign changes where there are few.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import sqrt
from typing import TYPE_CHECKING, Any, Literal

from metrics.measure import measure
from metrics.period import Period, add_months, month_start
from metrics.population import population
from metrics.scope import Scope
from metrics.snapshot import Snapshot
from metrics.systems import systems

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

NOT_RELATED = "systems.toml 里没有写这支队伍的工作与哪些诉求类别相关(related)"
LEAST_CLUSTERS, LEAST_CELLS, LEAST_ORDERS = 6, 20, 60
LEVEL = 0.05
EARLIER = 3  # months by which the placebo moves every session forward
MOST_SIGNS = 12  # clusters up to which all sign changes are tried
DRAWS = 1999

Verdict = Literal["less", "more", "none", "few", "broken"]


@dataclass(frozen=True)
class Estimate:
    """The coefficient of having been served, its 95% interval and chances; per unit of the outcome."""

    value: float
    low: float
    high: float
    p: float  # clustered
    wild: float  # wild cluster bootstrap

    def holds(self, level: float = LEVEL) -> bool:
        return self.p < level and self.wild < level


@dataclass(frozen=True)
class Effect:
    team: str
    related: tuple[str, ...]
    period: Period
    verdict: Verdict
    because: str = ""
    per_10000: bool = True
    clusters: int = 0
    served: int = 0  # community-months
    unserved: int = 0
    orders: int = 0  # of the related categories
    usual: float = 0.0  # the outcome where not served
    main: Estimate | None = None
    earlier: Estimate | None = None  # the same sessions, some months too early
    unrelated: Estimate | None = None  # the same sessions, all other categories


@dataclass(frozen=True)
class Panel:
    """Communities by months. `served` says where the team was the month before."""

    related: "Array"
    others: "Array"
    served: "Array"
    sessions: "Array"


def effect(snapshot: Snapshot, team: str) -> Effect:
    """Over all whole months that both sources report; the tree of systems says what a team's work is about."""
    known = systems().get(team)
    related = known.related if known else ()
    period = _months(snapshot)
    if period is None:
        now = Period.of("month", snapshot.as_of, snapshot.as_of)
        return Effect(team, related, now, "few", "诉求和服务活动没有重合的整月")
    if not related:
        return Effect(team, related, period, "few", NOT_RELATED)
    panel, per_10000, orders = _panel(snapshot, team, related, period)
    served = int(panel.served.sum())
    unserved = panel.served.size - served
    facts: dict[str, Any] = {
        "per_10000": per_10000, "clusters": len(panel.served), "served": served,
        "unserved": unserved, "orders": orders,
    }  # fmt: skip
    if reason := _lacking(panel, orders):
        return Effect(team, related, period, "few", reason, **facts)
    main = estimate(panel.related, panel.served)
    early = _ahead(panel.sessions)
    earlier = estimate(panel.related[:, : early.shape[1]], early)
    unrelated = estimate(panel.others, panel.served)
    verdict, because = judged(main, earlier, unrelated)
    usual = float(panel.related[panel.served == 0].mean())
    return Effect(
        team, related, period, verdict, because, usual=usual,
        main=main, earlier=earlier, unrelated=unrelated, **facts,
    )  # fmt: skip


def judged(main: Estimate, earlier: Estimate, unrelated: Estimate) -> tuple[Verdict, str]:
    """A placebo that finds something shows that the comparison does not hold."""
    if earlier.holds(LEVEL / 2):  # half of the level each: there are two
        return "broken", f"把服务时间提前{EARLIER}个月也“有效果”,说明服务前走势就不同"
    if unrelated.holds(LEVEL / 2):
        return "broken", "与服务无关的诉求也同样变化,说明是别的原因"
    if not main.holds():
        return "none", ""
    return ("less" if main.value < 0 else "more"), ""


def _months(snapshot: Snapshot) -> Period | None:
    """Whole months of the orders, from the month after the first session on."""
    spans = {each.source: each for each in snapshot.freshness()}
    known = [spans.get(source) for source in ("hotline", "activities")]
    firsts = [each.first_event for each in known if each and each.first_event]
    if len(firsts) < len(known):
        return None
    start = add_months(month_start(max(firsts)), 0 if max(firsts).day == 1 else 1)
    end = Period.of("month", snapshot.as_of, snapshot.as_of)
    last = end.start if end.is_open else end.end
    return Period("custom", start, last, snapshot.as_of) if start < last else None


def _panel(
    snapshot: Snapshot, team: str, related: Sequence[str], period: Period
) -> tuple[Panel, bool, int]:
    import numpy as np

    places = [area.code for area in snapshot.areas("community")]
    months = [unit.code for unit in period.split("month")]
    at = {(p, m): (i, j) for i, p in enumerate(places) for j, m in enumerate(months)}
    orders, others, sessions = (np.zeros((len(places), len(months))) for _ in range(3))
    cut = ("community", "month", "category")
    for row in measure("hotline_volume", period, by=cut, snapshot=snapshot).rows:
        if cell := at.get((row.group[0] or "", row.group[1] or "")):
            (orders if row.group[2] in related else others)[cell] += row.numerator or 0
    held = measure("team_sessions", period, by=cut[:2], where={"team": team}, snapshot=snapshot)
    for row in held.rows:
        if cell := at.get((row.group[0] or "", row.group[1] or "")):
            sessions[cell] += (row.numerator or 0) > 0
    people = [population(snapshot, "residents", Scope("community", code)) for code in places]
    scale = np.array([10_000 / n if n else np.nan for n in people])[:, None]
    per_10000 = bool(len(places)) and not np.isnan(scale).any()
    count = int(orders.sum())
    if per_10000:
        orders, others = orders * scale, others * scale
    # What a session does shows the month after; the first month has nothing before it.
    return Panel(orders[:, 1:], others[:, 1:], sessions[:, :-1], sessions), per_10000, count


def _lacking(panel: Panel, orders: int) -> str:
    served = int(panel.served.sum())
    if len(panel.served) < LEAST_CLUSTERS:
        return f"社区不足{LEAST_CLUSTERS}个,无法估计区间"
    if min(served, panel.served.size - served) < LEAST_CELLS:
        return f"有服务和没有服务的社区月份都要有{LEAST_CELLS}个,现为{served}个和{panel.served.size - served}个"
    if orders < LEAST_ORDERS:
        return f"相关诉求只有{orders}件,不足{LEAST_ORDERS}件"
    if panel.served.shape[1] <= 2 * EARLIER:
        return "整月太少,不能做提前对照"
    return ""


def _ahead(sessions: "Array") -> "Array":
    """Months as if every session had been held earlier than it was."""
    return sessions[:, EARLIER:]


def estimate(outcome: "Array", served: "Array") -> Estimate:
    """Two-way fixed effects of a full panel: communities by months."""
    from scipy.stats import t

    y, x = _within(outcome), _within(served)
    beta, error = _fit(y, x)
    clusters = len(y)
    edge = float(t.ppf(0.975, clusters - 1)) * error
    p = float(2 * t.sf(abs(beta) / error, clusters - 1)) if error else 1.0
    return Estimate(
        beta, beta - edge, beta + edge, p, _wild(y, x, abs(beta) / error if error else 0)
    )


def _within(values: "Array") -> "Array":
    """Without the means of communities and of months."""
    rows, columns = values.mean(axis=1, keepdims=True), values.mean(axis=0, keepdims=True)
    return values - rows - columns + values.mean()


def _fit(y: "Array", x: "Array") -> tuple[float, float]:
    """The slope and its standard error by community (CR1, as statsmodels corrects it)."""
    size = float((x * x).sum())
    if size < 1e-9:
        return 0.0, 0.0
    beta = float((x * y).sum()) / size
    scores = (x * (y - beta * x)).sum(axis=1)
    clusters, cells = len(y), y.size
    parameters = y.shape[0] + y.shape[1]  # effects of communities and months, and the slope
    correction = clusters / (clusters - 1) * (cells - 1) / (cells - parameters)
    return beta, sqrt(correction * float((scores**2).sum())) / size


def _wild(y: "Array", x: "Array", found: float) -> float:
    """How often a t as large comes of flipping whole communities' residuals under no effect."""
    import numpy as np

    clusters = len(y)
    if clusters <= MOST_SIGNS:
        signs = np.array(list(product((-1.0, 1.0), repeat=clusters)))
    else:
        signs = np.random.default_rng(20241024).choice((-1.0, 1.0), size=(DRAWS, clusters))
    size = float((x * x).sum())
    if size < 1e-9:
        return 1.0
    scores, weights = (x * y).sum(axis=1), (x * x).sum(axis=1)
    # Flipped residuals are demeaned again by being met with x, which has no means.
    betas = signs @ scores / size
    left = signs * scores - betas[:, None] * weights
    clusters_factor = clusters / (clusters - 1) * (y.size - 1) / (y.size - sum(y.shape))
    errors = np.sqrt(clusters_factor * (left**2).sum(axis=1)) / size
    tried = np.abs(betas) / np.where(errors > 0, errors, np.inf)
    return float((tried >= found - 1e-9).mean())
