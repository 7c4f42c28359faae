"""总体情况: what came in, what was done, how the main figures stand against the period before."""

from metrics import card
from metrics.past import published, status_of
from metrics.words import change, value_text
from reports.chapters.building import remarks, sentences, told
from reports.chapters.charts import over_time
from reports.gathering import Gathering
from reports.model import Section
from reports.parts import Cell, Column, Table

MAIN = (
    "hotline_volume", "hotline_on_time_due", "hotline_resolved", "hotline_satisfied_explicit",
    "hotline_rated", "case_count", "case_closure_due", "activity_sessions", "activity_people",
)  # fmt: skip
HEADERS = ("指标", "本期", "分子/分母", "上期", "与上期相比", "判断")


def overall(ask: Gathering) -> list[Section]:
    volume = ask.one("hotline_volume")
    text = sentences(
        told(ask, "overall.volume", "hotline_volume"),
        told(ask, "overall.on_time", "hotline_on_time_due"),
        told(ask, "overall.satisfied", "hotline_satisfied_explicit"),
        told(ask, "overall.rated", "hotline_rated"),
        told(ask, "overall.cases", "case_count"),
        told(ask, "overall.activities", "activity_sessions"),
    )
    given = status_of(volume, ask.limits("hotline_volume"))
    finding = f"{volume.period.label}受理诉求{value_text(volume.card, volume.total)}"
    finding += f",{given.sign.clause}" if given else ""
    trend = over_time(ask, "trend", "hotline_volume", finding)
    return [Section("overall", "总体情况", 1, (text, _main(ask), trend))]


def _main(ask: Gathering) -> Table:
    columns = tuple(Column(header) for header in HEADERS)
    rows = tuple(_line(ask, metric) for metric in MAIN)
    found = [ask.one(metric) for metric in MAIN]
    return Table("main", f"{ask.period.label}主要指标", columns, rows, tuple(remarks(found)))


def _line(ask: Gathering, metric: str) -> tuple[Cell, ...]:
    period = published(card(metric), ask.period)
    now, before = ask.one(metric, period=period), ask.one(metric, period=period.previous())
    given = status_of(now, ask.limits(metric))
    moved = ""
    if now.total.value is not None and before.total.value is not None:
        moved = change(now, before, "", ask.limits(metric))
    return (
        Cell(now.card.label + (f"({period.label})" if period != ask.period else "")),
        ask.cell(now, now.total),
        ask.parts(now, now.total),
        ask.cell(before, before.total),
        Cell(moved or "—", mark=ask.mark(before) if moved else None),
        Cell(given.sign.beside if given else "—"),
    )
