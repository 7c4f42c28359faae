"""As whom someone reads: declared by them, unless the deployment fixes it."""

import streamlit as st

from metrics import roles
from ui.state import ROLE, View

DECLARED = "身份由使用者自己选,只在本次打开有效,不写进网址。需要核实身份的单位,请在前面加登录代理并固定身份。"


def draw(view: View) -> None:
    label = roles.LABELS[view.role]
    if roles.fixed():
        st.markdown(f":gray-badge[身份:{label}]", width="content")
        return
    with st.popover(f"身份:{label}", type="tertiary", key="open-role"):
        st.radio(
            "身份",
            roles.ROLES,
            key=ROLE,
            format_func=roles.LABELS.__getitem__,
            captions=[roles.RIGHTS[role] for role in roles.ROLES],
        )
        st.caption(DECLARED)
