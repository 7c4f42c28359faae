"""The 通报 of a month or a quarter: chapters in their order, and what must stand in every file."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

from metrics import Period, Scope, Snapshot
from metrics.errors import BadPeriod
from metrics.quality import quality
from reports.chapters.demand import demand
from reports.chapters.hotspots import hotspots
from reports.chapters.overall import overall
from reports.chapters.places import places
from reports.chapters.problems import advice, problems
from reports.chapters.teams import teams
from reports.chapters.units import units
from reports.gathering import Gathering
from reports.model import Report, Section, dated
from reports.parts import Chart, Part, Table

CHAPTERS: tuple[Callable[[Gathering], list[Section]], ...] = (
    overall, demand, units, hotspots, places, teams, problems, advice,
)  # fmt: skip
KINDS = {"month": "月度", "quarter": "季度"}
EXAMPLES = {"month": "2024-09", "quarter": "2024-Q3"}
BURDEN = "本报告新增填报项:0。全部数据取自已有台账,未要求任何单位和网格员另行填报。"
SMALL = (
    "人数按街道小数隐藏规则公布:一般人数少于{t1}、敏感群体少于{t2}的不显示,其余取整到5,合计可能不等于分项之和;"
    "“已隐藏”不是零。本报告按公开汇报的权限生成,敏感群体不列数。"
)


def monthly(
    snapshot: Snapshot,
    period: Period,
    scope: Scope | None = None,
    *,
    kinds: Collection[str] = tuple(KINDS),
    red_head: str = "",
    signed: date | None = None,
) -> Report:
    """The report of a month or quarter over the street or one of its areas, signed today unless said otherwise.

    Raises:
        BadPeriod: the period is none of these kinds.
    """
    if period.kind not in kinds:
        asked = "、".join(f"{KINDS[kind]}写成 {EXAMPLES[kind]}" for kind in kinds)
        raise BadPeriod(f"简报按整月或整季生成,收到的是“{period.label}”。{asked}。")
    ask = Gathering(snapshot, period, scope or Scope.street())
    sections = [_filled(section) for chapter in CHAPTERS for section in chapter(ask)]
    street, place = Scope.street().label(snapshot), ask.scope.label(snapshot)
    whole = Report(
        title=f"{place}社会治理工作情况通报",
        street=street,
        place=place,
        scope=ask.scope,
        period=period,
        snapshot=snapshot.id,
        as_of=snapshot.as_of,
        demo=snapshot.demo,
        sections=tuple(sections),
        sources=ask.sources(),
        data_sources=_ledgers(snapshot),
        notices=_notices(snapshot),
        quality=quality(snapshot),
        signed=signed or date.today(),
        red_head=red_head,
    )
    return whole.without_idle_sources()


def _filled(section: Section) -> Section:
    """Without the tables and charts that have nothing to show."""
    return replace(section, parts=tuple(part for part in section.parts if _shows(part)))


def _shows(part: Part) -> bool:
    if isinstance(part, Table):
        return bool(part.rows)
    return not isinstance(part, Chart) or any(v for s in part.series for v in s.values)


def _ledgers(snapshot: Snapshot) -> tuple[str, ...]:
    return tuple(
        f"{each.label}(数据至{dated(each.last_event)})" if each.last_event else each.label
        for each in snapshot.freshness()
        if each.rows
    )


def _notices(snapshot: Snapshot) -> tuple[str, ...]:
    limits = {name: snapshot.meta.get(f"threshold_{name}", "") for name in ("t1", "t2")}
    return (SMALL.format(**limits), BURDEN)
