"""The list of steps on its page: what each will say, in the office's own order and names."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from metrics import NoSnapshot, card, notebook, pins
from metrics.labels import LABELLED
from metrics.words import number
from reports import steps
from reports.steps import ADVISED, LONGEST, MOST, WAYS, Step
from ui.stage import place
from ui.stage.findings import findings
from ui.state import AREA, PERIOD, View
from ui.words import literal

DRAFT, TURN = "steps-draft", "steps-turn"


def draw(view: View) -> None:
    draft = _draft()
    many = f"{number(len(draft))}个步骤"
    st.title(f"会议汇报:{view.period.label},{many}", anchor=False)
    _doors(view)
    _tools(draft)
    said = findings(replace(view, role="presenter"), draft)
    for at, (step, sentence) in enumerate(zip(draft, said, strict=True)):
        _row(draft, at, step, sentence)
    _add(draft)


def _doors(view: View) -> None:
    """The talk stays in this window; the notes and the wall are for another screen."""
    asked = {PERIOD: view.period.code} | ({AREA: view.scope.code} if view.scope.code else {})
    pinned = asked | {place.SNAP: view.snapshot.id, place.STEP: "1"}
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button("开始汇报", icon=":material/co_present:", key="talk"):
            st.switch_page("meeting.py", query_params=pinned)
        if st.button("讲稿", icon=":material/speaker_notes:", key="notes"):
            st.switch_page("meeting.py", query_params=pinned | {place.NOTES: "1"})
        if st.button("上墙轮播", icon=":material/tv:", key="wall"):
            area = {AREA: view.scope.code} if view.scope.code else {}
            st.switch_page("meeting.py", query_params={place.MODE: "wall", "every": "20"} | area)
        _pins(view)
    st.caption(
        "汇报从头到尾用打开时的快照,其间的新数据只在角上提示。方向键、翻页键、空格或翻页笔翻页,F 全屏,"
        "N 在另一个窗口打开讲稿,D 记下议定事项,B 黑屏,? 看按键,Esc 返回。上墙轮播总用最新的数据。投屏时一律按汇报人的权限,敏感群体的数不显示。"
    )


def _pins(view: View) -> None:
    """The snapshot on show, to be kept for good; those that are."""
    kept = pins.pins()
    if view.snapshot.id not in {each.snapshot for each in kept}:
        name = f"{view.period.label}会议汇报"
        st.button(
            "固定这份数据", icon=":material/keep:", on_click=_pin, args=(view.snapshot.id, name)
        )
    with st.popover("固定的数据", icon=":material/inventory_2:", disabled=not kept):
        for each in kept:
            st.markdown(
                f"[{literal(each.name)}](meeting?{place.SNAP}={each.snapshot}),固定于{each.pinned_at.date()}"
            )


def _pin(snapshot: str, name: str) -> None:
    try:
        kept = pins.pin(snapshot, name)
    except (ValueError, NoSnapshot, notebook.Unwritable) as problem:
        st.toast(str(problem), icon=":material/error:", duration="long")
    else:
        st.toast(f"已固定“{kept.name}”,以后接入新数据也不会删去", icon=":material/keep:")


def _draft() -> list[Step]:
    """The list as edited in this session and not yet kept."""
    if DRAFT not in st.session_state:
        st.session_state[DRAFT] = list(steps.saved())
        st.session_state[TURN] = 0
    return st.session_state[DRAFT]


def _changed(draft: Sequence[Step]) -> None:
    """Widgets of another order or list are other widgets: a name must not stay at its place."""
    st.session_state[DRAFT] = list(draft)
    st.session_state[TURN] += 1


def _tools(draft: Sequence[Step]) -> None:
    low, high = ADVISED
    st.header("步骤", anchor=False)
    if not low <= len(draft) <= high:
        st.caption(f"一次会议以{low}到{high}个步骤为宜。")
    same = tuple(draft) == steps.saved()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button("保存", key="keep", disabled=same, on_click=_keep)
        st.button("放弃修改", key="drop", disabled=same, on_click=_reset, args=(steps.saved,))
        usual = tuple(draft) == steps.usual()
        st.button("恢复默认", key="usual", disabled=usual, on_click=_reset, args=(steps.usual,))
        st.caption(
            "有修改还没有保存,汇报用的仍是保存的步骤。" if not same else "已保存,全单位共用。"
        )


def _keep() -> None:
    try:
        _changed(steps.save(st.session_state[DRAFT]))
    except (ValueError, notebook.Unwritable) as problem:
        st.toast(str(problem), icon=":material/error:", duration="long")
    else:
        st.toast("已保存步骤", icon=":material/check:")


def _reset(source: Callable[[], Sequence[Step]]) -> None:
    _changed(source())


def _row(draft: Sequence[Step], at: int, step: Step, sentence: str) -> None:
    turn, last = st.session_state[TURN], len(draft) - 1
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        key = f"step-name-{turn}-{at}"
        st.text_input(
            f"第{at + 1}步的名称",
            step.name,
            key=key,
            max_chars=LONGEST,
            width=190,
            label_visibility="collapsed",
            on_change=_rename,
            args=(at, key),
        )
        st.markdown(f"{sentence}  \n:gray[:small[{literal(_seen(step))}]]", width="stretch")
        # On a phone they stand below the sentence, all three.
        with st.container(horizontal=True, gap="small", width="content"):
            _buttons(at, last, turn)


def _buttons(at: int, last: int, turn: int) -> None:
    for word, icon, to in (
        ("上移", "arrow_upward", at - 1),
        ("下移", "arrow_downward", at + 1),
    ):
        st.button(
            word,
            icon=f":material/{icon}:",
            key=f"step-{icon}-{turn}-{at}",
            type="tertiary",
            disabled=not 0 <= to <= last,
            on_click=_move,
            args=(at, to),
        )
    st.button(
        "删去",
        icon=":material/delete:",
        key=f"step-drop-{turn}-{at}",
        type="tertiary",
        disabled=not last,
        on_click=_remove,
        args=(at,),
    )


def _seen(step: Step) -> str:
    label = step.card.label if step.card else step.metric
    cut = f",按{LABELLED[step.cut]}" if step.cut else ""
    return f"{WAYS[step.way]}:{label}{cut}"


def _rename(at: int, key: str) -> None:
    draft = list(st.session_state[DRAFT])
    draft[at] = replace(draft[at], name=str(st.session_state[key]))
    st.session_state[DRAFT] = draft


def _move(at: int, to: int) -> None:
    draft = list(st.session_state[DRAFT])
    draft.insert(to, draft.pop(at))
    _changed(draft)


def _remove(at: int) -> None:
    draft = list(st.session_state[DRAFT])
    del draft[at]
    _changed(draft)


def _add(draft: Sequence[Step]) -> None:
    with st.expander("添加步骤"):
        if len(draft) >= MOST:
            st.caption(f"最多{MOST}个步骤。")
            return
        way = st.selectbox("怎么看", list(WAYS), format_func=WAYS.__getitem__, key="add-way")
        known = steps.choices(way)
        metric = st.selectbox(
            "指标", known, format_func=lambda name: card(name).label, key=f"add-metric-{way}"
        )
        cuts = steps.cuts(way, metric)
        cut = (
            st.selectbox("按", cuts, format_func=LABELLED.__getitem__, key=f"add-cut-{metric}")
            if cuts
            else ""
        )
        name = card(metric).label.partition("(")[0][:LONGEST]
        st.button("添加到最后", key="add", on_click=_append, args=(Step(name, way, metric, cut),))


def _append(step: Step) -> None:
    _changed([*st.session_state[DRAFT], step])
