"""A claim of 100% put to the test: how many to check, which ones, and what the check then shows.

The list says positions in the register and no case numbers: a dispute describes people, a snapshot holds
no way back to one, and whoever keeps the ledger finds the n-th case in it. So nothing has to be hidden,
and a group whose members no file names (知晓率) is checked the same way.
"""

from dataclasses import dataclass

import streamlit as st

from metrics import Measurement
from metrics.sampling import checks_needed, conclude, draw, failure_bound, finding, supports, upper
from metrics.words import fraction_text, number, percent, value_text
from ui import data, reading
from ui.downloads import Column, Sheet, as_xlsx
from ui.panel import XLSX
from ui.panels.base import Where
from ui.state import View
from ui.words import literal

CLAIMS = {"95%": 0.95, "98%": 0.98, "99%": 0.99}
SHOWN = 20
ORDER = "按受理时间从早到晚排,同一时间的按编号排,数到第几件就查哪一件"


@dataclass(frozen=True)
class Plan:
    """`size` cases are said to be as claimed; `positions` of them are to be checked."""

    claimed: Measurement
    size: int
    share: float
    seed: str
    positions: list[int]

    @property
    def word(self) -> str:
        return self.claimed.card.word


def sampling(view: View, metric: str, where: Where | None = None) -> None:
    """Folded until somebody wants to check; nothing is worked out before."""
    claimed = data.measured(view, [metric], where=where)[metric]
    row = claimed.total
    if not row.numerator or not row.denominator:
        return
    said = f"{claimed.card.label}{value_text(claimed.card, row)}({fraction_text(row)})"
    folded = st.expander(
        f"**抽查核实**\u2003{said},查多少{claimed.card.word}才站得住",
        key="sampling",
        on_change="rerun",
    )
    if folded.open:
        with folded:
            _plan(view, claimed)


def _plan(view: View, claimed: Measurement) -> None:
    row = claimed.total
    total, failed = int(row.denominator or 0), int((row.denominator or 0) - (row.numerator or 0))
    st.markdown(
        f"同样的做法再办下去,没办成的比例可能有多高?{number(total)}{claimed.card.word}里{number(failed)}"
        f"{claimed.card.word}没办成,单侧95%上限是 **{upper(failure_bound(total, failed))}**(精确法)。"
        "这还要以登记属实为前提,登记是否属实只有抽查才知道。"
    )
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        share = st.segmented_control(
            "想证明属实率不低于",
            list(CLAIMS),
            default="99%",
            key="claim",
            bind="query-params",
            required=True,
        )
        seed = st.text_input(
            "随机种子(任意字或数)", "1", key="seed", bind="query-params", max_chars=20, width=180
        )
    plan = _drawn(view, claimed, CLAIMS.get(share or "", 0.99), (seed or "1").strip())
    _list(view, plan)
    _results(plan)


def _drawn(view: View, claimed: Measurement, share: float, seed: str) -> Plan:
    size = int(claimed.total.numerator or 0)
    positions = draw(size, checks_needed(share, size), f"{view.snapshot.id}/{seed}")
    return Plan(claimed, size, share, seed, positions)


def _needed(plan: Plan) -> str:
    return (
        f"从{number(plan.size)}{plan.word}里随机抽 **{number(len(plan.positions))}{plan.word}**,一{plan.word}不属实的都没有,"
        f"才有95%的把握说属实率不低于{percent(plan.share, 0)}(总数不限时要{number(checks_needed(plan.share))}{plan.word})。"
    )


def _list(view: View, plan: Plan) -> None:
    shown = "、".join(map(str, plan.positions[:SHOWN]))
    more = "……" if len(plan.positions) > SHOWN else ""
    st.markdown(f"{_needed(plan)}  \n抽中的是台账里的第 {shown}{more} {plan.word}。")
    st.caption(
        f"{_where(view, plan)},{ORDER}。{literal(_basis(view, plan))}清单只有第几件,没有编号和当事人。"
    )
    st.download_button(
        "下载核查清单 xlsx",
        lambda: as_xlsx(_sheet(view, plan)),
        f"抽查清单-{plan.claimed.period.code}.xlsx",
        XLSX,
        key="sampling-list",
        icon=":material/download:",
        on_click="ignore",
    )


def _where(view: View, plan: Plan) -> str:
    filtered = reading.filtered(view.snapshot, plan.claimed)
    place = view.scope.label(view.snapshot)
    what = plan.claimed.card.numerator_label.removesuffix("件数")
    return f"{plan.claimed.period.label}{place}{filtered}登记为“{what}”的"


def _basis(view: View, plan: Plan) -> str:
    return f"依据快照{view.snapshot.id}和种子“{plan.seed}”抽取,同一快照同一种子总是同一份清单。"


def _sheet(view: View, plan: Plan) -> Sheet:
    columns = [Column("序号", "count"), Column("台账第几件", "count")]
    columns += [
        Column(name) for name in ("是否属实(填是或否)", "不属实的情形", "核查日期", "核查人")
    ]
    rows = [[at, position, None, None, None, None] for at, position in enumerate(plan.positions, 1)]
    notes = [
        _needed(plan).replace("**", ""),
        f"{_where(view, plan)},{ORDER}。",
        _basis(view, plan),
        "第n个数是“快照/种子/n”的SHA-256除以总件数的余数加一(n从0起),重复的跳过。",
        "查完把件数填回“矛盾化解”页的抽查核实,得到区间。",
        "",
        *reading.notes([plan.claimed]),
    ]
    return Sheet(columns, rows, notes)


def _results(plan: Plan) -> None:
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        checked = st.number_input(
            f"查了几{plan.word}",
            1,
            plan.size,
            None,
            key="checked",
            width=180,
            placeholder="查完再填",
        )
        failed = st.number_input(
            f"不属实几{plan.word}",
            0,
            plan.size,
            None,
            key="failed",
            width=180,
            placeholder="没有就填0",
        )
    if checked is None or failed is None:
        return
    if failed > checked:
        st.warning("不属实的不会比查的多,请核对两个数。")
        return
    found = conclude(int(checked), int(failed), plan.size)
    verdict = "可以说" if supports(found, plan.share) else "还不能说"
    st.markdown(
        f"**{finding(found, plan.word, plan.size)}**  \n{verdict}属实率不低于{percent(plan.share, 0)}。"
        f"不属实率双侧95%精确区间 {percent(found.low, 2)}—{percent(found.high, 2)}(不看总数)。"
    )
