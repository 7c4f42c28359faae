"""Rows in, rows accounted for: a file, its equation, and what was said about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from metrics.records import Batch
from metrics.words import number
from ui import listing
from ui.words import literal

MOST = 12  # reasons or words listed of each kind
PARTS = ("新增", "更新", "未变", "重复", "拒绝")


@dataclass(frozen=True)
class Account:
    """One sheet of one file as the page shows it. `columns` are (field, header, how)."""

    title: str
    source: str
    encoding: str
    read: int
    parts: Mapping[str, int]  # by the words of PARTS
    columns: Sequence[tuple[str, str, str]]
    ignored: Sequence[str] = ()
    rejected: Mapping[str, int] = field(default_factory=dict)
    flagged: Mapping[str, int] = field(default_factory=dict)
    unmapped: Mapping[str, int] = field(default_factory=dict)
    warnings: Sequence[str] = ()
    reconciliation: Sequence[str] = ()

    @property
    def balanced(self) -> bool:
        return self.read == sum(self.parts.values())


def draw(account: Account) -> None:
    with st.container(border=True):
        st.markdown(
            f"**{literal(account.title)}**  :blue-badge[{literal(account.source)}] "
            f":gray-badge[{literal(account.encoding)}]"
        )
        equation(account)
        _lines(account.warnings, ":material/warning:")
        _lines(account.reconciliation, ":material/balance:")
        _counts("被拒绝的行", account.rejected)
        _counts("已入库但有疑问的行", account.flagged)
        _counts("没有对应到标准类别的词", account.unmapped)
        _recognised(account)


def equation(account: Account) -> None:
    """读入 = 新增 + 更新 + 未变 + 重复 + 拒绝, large enough to be read aloud."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.metric("读入", number(account.read), width="content")
        for at, (words, count) in enumerate(account.parts.items()):
            st.markdown("### +" if at else "### =", anchors=False, width="content")
            st.metric(words, number(count), width="content")
    if not account.balanced:
        st.error("等式不成立,这个文件不会入库。请把文件名和这一页的截图交给维护人员。")


def problem(file: str, message: str) -> str:
    """A file that was not understood, and what to do: the loader's own words, kept in their lines."""
    return f"**{literal(file)}**  \n" + "  \n".join(map(literal, message.splitlines()))


def choose_batch(batches: Sequence[Batch]) -> Batch | None:
    """The list of batches, newest first; the one whose row was clicked."""
    event = st.dataframe(
        listing.table(batch_rows(batches)),
        hide_index=True,
        key="batches",
        on_select="rerun",
        selection_mode="single-row",
        alt="批次列表",
    )
    rows = event["selection"]["rows"]
    return batches[rows[0]] if rows and rows[0] < len(batches) else None


def batch_rows(batches: Iterable[Batch]) -> list[dict[str, str | int]]:
    """The list of batches, newest first, in the words of the equation."""
    return [
        {
            "批次": batch.batch,
            "文件": batch.file + (f" › {batch.sheet}" if batch.sheet else ""),
            "类型": batch.label,
            "接入时间": f"{batch.loaded_at:%Y-%m-%d %H:%M}",
            "读入": batch.read,
            **dict(
                zip(
                    PARTS,
                    (
                        batch.loaded,
                        batch.updated,
                        batch.unchanged,
                        batch.duplicate,
                        batch.rejected,
                    ),
                    strict=True,
                )
            ),
            "状态": "已撤销" if batch.undone else "演示" if batch.demo else "在用",
        }
        for batch in batches
    ]


def summary(batches: Sequence[Batch]) -> str:
    """The page's first answer: how much is in, and how much was left out."""
    used = [batch for batch in batches if not batch.undone]
    if not used:
        return "还没有接入任何文件"
    rejected = sum(batch.rejected for batch in used)
    left_out = f"{number(rejected)}行被拒绝,可下载修改后再接入" if rejected else "没有被拒绝的行"
    return (
        f"已接入{len({batch.source for batch in used})}类来源、{len(used)}个文件,"
        f"读入{number(sum(batch.read for batch in used))}行;{left_out}"
    )


def _lines(found: Sequence[str], icon: str) -> None:
    for words in found:
        st.warning(literal(words), icon=icon)


def _counts(title: str, found: Mapping[str, int]) -> None:
    if not found:
        return
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    lines = [f"- {literal(words)}:{number(rows)} 行" for words, rows in ordered[:MOST]]
    if rest := ordered[MOST:]:
        lines.append(f"- 另有 {len(rest)} 项,{number(sum(rows for _, rows in rest))} 行")
    st.markdown("\n".join([f"**{title}**", "", *lines]))


def _recognised(account: Account) -> None:
    with st.expander(f"识别结果:{len(account.columns)} 列已认出,{len(account.ignored)} 列未使用"):
        listing.draw(
            [
                {"字段": literal(name), "表头": literal(header), "依据": how}
                for name, header, how in account.columns
            ],
            alt="识别结果",
        )
        if account.ignored:
            st.caption("未使用(不会保存):" + "、".join(literal(word) for word in account.ignored))
