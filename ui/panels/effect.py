"""What came of the service, as far as related demand can tell: an estimate, its interval, its two placebos."""

from collections.abc import Sequence

from metrics import card
from metrics.effect import EARLIER, Effect, Estimate, Verdict, effect
from metrics.status import SIGNS
from metrics.words import number
from ui import data, panel
from ui.downloads import Cell, Column, Sheet
from ui.panel import Panel
from ui.state import View

SAID: dict[Verdict, str] = {
    "less": "▼ 相关诉求减少",
    "more": "◆ 相关诉求增加",
    "none": "● 看不出差别",
    "few": SIGNS["few"].mark,
    "broken": "× 对照不成立,不能判断",
}
ABOUT = (
    "**服务以后相关诉求有没有变化**",
    "双重差分:按社区、按月,比较上月去过和没去过的社区,相关诉求(每万人件数)的变化差多少;社区之间固有的差别和各月共同的涨落已扣除。区间按社区聚类,社区少,另用野自助法核对,两者都显著才下结论。",
    f"两项反证:把每场服务提前{EARLIER}个月算,用同样的服务去看无关的诉求;任一项也“有效果”,说明对照不成立。",
    "前提:没有服务时,去过和没去过的社区本来会同样涨落;服务不会影响别的社区;去哪里不是因为那里刚好诉求多;效果在下一个月就能看出。前提不成立,估计就不可信。",
    "相关诉求减少不一定是问题少了,也可能是少打了电话;增加也可能是服务让人知道可以反映。",
)


def effects(view: View, teams: Sequence[str]) -> None:
    """One line per team, over all that was loaded."""
    found = [
        data.derived(view, ("effect", team), lambda team=team: effect(view.snapshot, team))
        for team in teams
    ]
    names = view.snapshot.labels("team", "activities")
    made = Panel(
        name="team-effects",
        title=_title(found, names),
        subtitle=f"成效:服务后一个月的相关诉求 · 全街道各社区 · {found[0].period.label}",
        sheet=lambda: _sheet(view, found, names),
        definition=(
            *ABOUT,
            *(
                f"{names.get(each.team, each.team)}:{'、'.join(each.related)}"
                for each in found
                if each.related
            ),
        ),
        versions={card(name).key: card(name).label for name in ("hotline_volume", "team_sessions")},
        notes=ABOUT[2:],
    )
    panel.header(made, faces=())
    panel.table(made.sheet(), alt=made.title, widest=300)
    panel.footer(made)


def _title(found: Sequence[Effect], names: dict[str, str]) -> str:
    def named(*verdicts: Verdict) -> str:
        return "、".join(names.get(e.team, e.team) for e in found if e.verdict in verdicts)

    said = [
        f"{who}服务后{words}"
        for verdict, words in (("less", "相关诉求减少"), ("more", "相关诉求增加"))
        if (who := named(verdict))
    ]
    if who := named("none"):
        said.append(f"{who}看不出差别")
    if who := named("few", "broken"):
        said.append(f"{who}还不能判断")
    return "成效:" + ";".join(said)


def _sheet(view: View, found: Sequence[Effect], names: dict[str, str]) -> Sheet:
    columns = [Column("服务队"), Column("相关诉求"), Column("结论"), Column("说明")]
    columns += [Column("变化(每万人每月)"), Column("95%区间"), Column("没去过时(每万人每月)")]
    columns += [Column("去过的社区月", "count"), Column("没去过的社区月", "count")]
    columns += [Column("相关诉求件数", "count"), Column(f"提前{EARLIER}个月"), Column("无关诉求")]
    rows: list[list[Cell]] = [
        [
            *(names.get(each.team, each.team), "、".join(each.related)),
            *(SAID[each.verdict], each.because or ("单位:件,人口不详" * (not each.per_10000))),
            *(_value(each.main), _interval(each.main)),
            _signed(each.usual) if each.main else "",
            *(each.served, each.unserved, each.orders),
            *(_both(each.earlier), _both(each.unrelated)),
        ]
        for each in found
    ]
    return Sheet(columns, rows, [f"数据截至:{view.snapshot.as_of}", *ABOUT])


def _signed(value: float) -> str:
    return number(abs(value), 1) if value > -0.05 else f"−{number(-value, 1)}"


def _value(found: Estimate | None) -> str:
    return _signed(found.value) if found else ""


def _interval(found: Estimate | None) -> str:
    return f"{_signed(found.low)} 至 {_signed(found.high)}" if found else ""


def _both(found: Estimate | None) -> str:
    return f"{_value(found)}({_interval(found)})" if found else ""
