"""The breadcrumb 全街道 › 大党委 › 社区 › 网格: up at a click, down or across in a popover."""

import streamlit as st

from metrics import Scope, Snapshot
from metrics.scope import LEVEL_NAMES
from ui.state import AREA, View, choose

WHOLE = "全街道"
OPEN = "open-area"


def draw(view: View) -> None:
    path = view.scope.path(view.snapshot)
    with st.container(horizontal=True, vertical_alignment="center", gap=None, width="content"):
        for scope in path[:-1]:
            st.button(
                _name(scope, view.snapshot),
                key=f"up-{scope.level}",
                type="tertiary",
                on_click=choose,
                args=(AREA, scope.code or ""),
            )
            st.markdown(":gray[\u2002›\u2002]", width="content")
        _popover(view)


def _popover(view: View) -> None:
    name = _name(view.scope, view.snapshot)
    with st.popover(f"**{name}**", icon=":material/location_on:", key=OPEN, on_change="rerun"):
        if not view.snapshot.areas():
            st.caption("还没有接入区域台账,只能看全街道。请先在“数据接入”导入社区和网格名单。")
        _below(view)
        names = _names(view.snapshot)
        # A new key after each choice, so that the field is empty again.
        key = f"find-{view.scope.code}"
        st.selectbox(
            "查找",
            list(names),
            index=None,
            placeholder="输入名称查找社区或网格",
            key=key,
            on_change=_choose,
            args=(key, names),
        )
        _code(view)


def _code(view: View) -> None:
    key = f"area-code-{view.scope.code}"
    st.text_input(
        "区域代码",
        view.scope.code or "",
        key=key,
        help="也写在网址里;空着是全街道",
        on_change=_typed,
        args=(key,),
    )


def _typed(key: str) -> None:
    choose(AREA, str(st.session_state[key] or ""), OPEN)


def _below(view: View) -> None:
    here = view.scope.code or view.snapshot.meta.get("street_code")
    below = [area for area in view.snapshot.areas() if area.parent == here]
    if not below:
        return
    st.caption(f"下一级:{LEVEL_NAMES[below[0].level]}")
    with st.container(horizontal=True, gap="xsmall"):
        for area in below:
            st.button(
                area.name,
                key=f"down-{area.code}",
                on_click=choose,
                args=(AREA, area.code, OPEN),
            )


def _names(snapshot: Snapshot) -> dict[str, str]:
    """Name to code; a grid with its community, and with its code where that is not enough."""
    return snapshot.kept("areas to pick", lambda: _named(snapshot))


def _named(snapshot: Snapshot) -> dict[str, str]:
    names: dict[str, str] = {}
    for area in snapshot.areas():
        above = snapshot.area_by_code.get(area.community or "") if area.level == "grid" else None
        name = f"{above.name} › {area.name}" if above else area.name
        names[f"{name}({area.code})" if name in names else name] = area.code
    return names


def _choose(key: str, names: dict[str, str]) -> None:
    if name := st.session_state.get(key):
        choose(AREA, names[name], OPEN)


def _name(scope: Scope, snapshot: Snapshot) -> str:
    return WHOLE if scope.code is None else scope.label(snapshot)
