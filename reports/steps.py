"""The ordered steps of a meeting: what is shown, in which order, under which name.

Every step is one metric seen in one way. The office keeps its own list in the notebook; until it does, and
whenever it clears it, the list is `DEFAULT`, opened by what became of the decisions that are running.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from metrics import Card, card, cards, notebook
from metrics.errors import UnknownMetric
from metrics.ladder import LADDERS, Ledger
from metrics.spans import BASES
from reports.decisions import decisions

Way = Literal[
    "decided", "trend", "breakdown", "differences", "evidence", "closing", "groups", "attention"
]  # fmt: skip
WAYS: dict[Way, str] = {
    "decided": "上次议定",
    "trend": "走势",
    "breakdown": "构成",
    "differences": "单位之间的差别",
    "evidence": "证据阶梯",
    "closing": "办结用时",
    "groups": "重点群体",
    "attention": "需要关注",
}
assert set(WAYS) == set(get_args(Way))
CUTS = ("category", "nature", "channel", "unit", "community", "team", "kind")
LONGEST = 20  # characters of a name: it stands on one line beside place and period
FEWEST, MOST = 1, 20
ADVISED = (6, 10)
TABLE = (
    "CREATE TABLE IF NOT EXISTS steps (position INTEGER PRIMARY KEY, name TEXT NOT NULL,"
    " way TEXT NOT NULL, metric TEXT NOT NULL, cut TEXT NOT NULL)"
)


@dataclass(frozen=True)
class Step:
    """`cut` is the dimension of a breakdown or of the units compared; the other ways have none."""

    name: str
    way: Way
    metric: str
    cut: str = ""

    @property
    def card(self) -> Card | None:
        """None once the card is gone: the step stays in the list and says so."""
        try:
            return card(self.metric)
        except UnknownMetric:
            return None


LAST_TIME = Step("上次议定", "decided", "hotline_volume")
DEFAULT: tuple[Step, ...] = (
    Step("诉求总量", "trend", "hotline_volume"),
    Step("按时办结", "trend", "hotline_on_time_due"),
    Step("诉求集中在哪", "breakdown", "hotline_volume", "category"),
    Step("问题解决到哪一步", "evidence", "hotline_closure_accepted"),
    Step("要等多久", "closing", "hotline_closure_accepted"),
    Step("社区之间的差别", "differences", "hotline_on_time_due", "community"),
    Step("重点群体走访", "groups", "coverage_visited"),
    Step("五支服务队", "breakdown", "team_sessions", "team"),
    Step("需要关注", "attention", "hotline_overdue"),
)


def choices(way: Way) -> tuple[str, ...]:
    """The metrics that may be seen in this way, in the order of their cards."""
    ledgers = {"evidence": {rungs.closed for rungs in LADDERS.values()}}
    ledgers["closing"] = set(BASES.values())
    # Lists of many metrics: the one that a step must name stands for them.
    ledgers |= {"attention": {"hotline_overdue"}, "decided": {"hotline_volume"}}
    if way in ledgers:
        return tuple(name for name in cards() if name in ledgers[way])
    return tuple(name for name, each in cards().items() if _fits(way, each))


def _fits(way: Way, each: Card) -> bool:
    if way == "trend":
        return "month" in each.dimensions and each.tier != "T2"
    if way == "groups":
        return "group" in each.dimensions and each.unit == "share"
    if way == "differences":
        return bool(cuts(way, each.id)) and each.unit in ("share", "per_thousand")
    return bool(cuts(way, each.id)) and each.unit == "count" and each.tier == "T0"


def cuts(way: Way, metric: str) -> tuple[str, ...]:
    """What a metric may be cut by in this way; nothing where the way itself says it."""
    if way == "differences":
        return tuple(name for name in ("community", "unit") if name in card(metric).dimensions)
    return (
        tuple(name for name in CUTS if name in card(metric).dimensions)
        if way == "breakdown"
        else ()
    )


def ledger(metric: str) -> Ledger:
    """Whose ladder or waiting time a step tells."""
    return "cases" if metric.startswith("case_") else "hotline"


def checked(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The list as it may be kept, names trimmed.

    Raises:
        ValueError: with what is wrong, for the reader.
    """
    if not FEWEST <= len(steps) <= MOST:
        raise ValueError(f"步骤要有{FEWEST}到{MOST}个,现在是{len(steps)}个")
    return tuple(_checked(at, step) for at, step in enumerate(steps, 1))


def _checked(at: int, step: Step) -> Step:
    name = " ".join(step.name.split())
    if not 0 < len(name) <= LONGEST:
        raise ValueError(f"第{at}步的名称要有1到{LONGEST}个字,现在是{len(name)}个字")
    if step.card is not None and step.metric not in choices(step.way):
        raise ValueError(f"第{at}步:“{step.card.label}”不能用“{WAYS[step.way]}”来看")
    if step.card is not None and (known := cuts(step.way, step.metric)) and step.cut not in known:
        raise ValueError(f"第{at}步:请选一个拆分维度")
    return Step(name, step.way, step.metric, step.cut)


def usual() -> tuple[Step, ...]:
    """The list of an office that has chosen none."""
    running = any(each.state == "open" for each in decisions())
    return (LAST_TIME, *DEFAULT) if running else DEFAULT


def saved() -> tuple[Step, ...]:
    """The office's list, or the default where it has none."""
    rows = notebook.rows(TABLE, "SELECT name, way, metric, cut FROM steps ORDER BY position")
    return tuple(Step(*row) for row in rows if row[1] in WAYS) or usual()


def save(steps: Sequence[Step]) -> tuple[Step, ...]:
    """In place of the list before, whole or not at all.

    Raises:
        ValueError: the list is not in order; the one before stays.
    """
    kept, own = checked(steps), usual()
    with notebook.opened(TABLE) as book:
        book.execute("DELETE FROM steps")
        if kept != own:  # a later version's default should reach an office that never chose
            book.executemany(
                "INSERT INTO steps VALUES (?, ?, ?, ?, ?)",
                [(at, step.name, step.way, step.metric, step.cut) for at, step in enumerate(kept)],
            )
    return kept
