"""The one layout of the file, and the faces and colours that whoever edits it later starts from."""

import re
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from reports import ink
from reports.slides.draw import EAST, FACE, MARGIN, ROOM

TITLE_ONLY = "Title Only"
NAMED = {
    "dk2": ink.QUIET, "lt2": ink.RULE, "accent1": ink.MAIN, "accent2": ink.SOFT, "accent3": ink.BRAND,
    "accent4": ink.LIMIT, "accent5": ink.STEPS[0], "accent6": ink.STEPS[1],
}  # fmt: skip


def dress(show: Any) -> None:
    for layout in list(show.slide_layouts):
        if layout.name != TITLE_ONLY:
            show.slide_layouts.remove(layout)
    for holder in (show.slide_master, show.slide_layouts[0]):
        for shape in list(holder.placeholders):
            if shape.placeholder_format.type.name != "TITLE":
                shape._element.getparent().remove(shape._element)
            else:
                shape.left, shape.top, shape.width, shape.height = map(Pt, (MARGIN, 48, ROOM, 76))
    _colours_and_faces(show.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME))


def _colours_and_faces(theme: Any) -> None:
    """The theme is no part that python-pptx knows the insides of: its text is changed."""
    xml = theme.blob.decode("utf-8")
    for name, tint in NAMED.items():
        xml = re.sub(
            rf"(<a:{name}>).*?(</a:{name}>)", rf'\1<a:srgbClr val="{tint[1:]}"/>\2', xml, flags=re.S
        )
    for kind in ("major", "minor"):
        faces = f'<a:latin typeface="{FACE}"/><a:ea typeface="{EAST}"/>'
        xml = re.sub(
            rf"(<a:{kind}Font>)\s*<a:latin[^>]*/>\s*<a:ea[^>]*/>", rf"\1{faces}", xml, flags=re.S
        )
    theme._blob = xml.encode("utf-8")
