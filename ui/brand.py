"""The name at the top of the menu, drawn from the profile of the office."""

from html import escape

import streamlit as st

from metrics import Snapshot
from ui import palette, shell
from ui.words import wide

HEIGHT = 32


def draw(snapshot: Snapshot | None) -> None:
    meta = snapshot.meta if snapshot else {}
    street, product = meta.get("street_name"), meta.get("product_name") or shell.TITLE
    st.logo(_svg(street or product, product if street else ""), size="large")


def _svg(name: str, under: str) -> str:
    """The menu gives a logo about 105 pixels: a long name is drawn smaller, never cut."""
    width = max(104, 15 * wide(name), 12 * wide(under))
    middle = 14 if under else 21
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {HEIGHT}" '
        f'width="{width:.0f}" height="{HEIGHT}" font-family="{palette.FONT}">'
        f'<text y="{middle}" font-size="15" font-weight="700" fill="{palette.BRAND}">{escape(name)}</text>'
        f'<text y="29" font-size="12" fill="{palette.QUIET}">{escape(under)}</text></svg>'
    )
