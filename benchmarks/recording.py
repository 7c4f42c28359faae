"""What a page has sent, as calls of plain Streamlit that draw the same from constants.

Every layout block, text, card, table, image, figure and widget that the page has drawn becomes one call with
the arguments that can be read back from its message. Left out on both sides of the comparison is only what
plain Streamlit has no word for. A kind that is not known here is an error, so that no page grows a part
that its floor lacks.
"""

import json
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Element_pb2 import Element

Path = tuple[int, ...]
HEADINGS = {"h1": "title", "h2": "header", "h3": "subheader"}
ALERTS = ("error", "warning", "info", "success")  # Alert.Format counts from one


@dataclass(frozen=True)
class Call:
    """`inside` is the block it is drawn in; a block stands at `at`."""

    inside: Path
    at: Path
    name: str
    arguments: dict[str, Any]


def calls(base: str, deltas: Iterable[Any]) -> list[Call]:
    """Calls in the order of the page's own. `deltas` are the forward messages of one run; images are
    fetched from the server at `base`, which must still run."""
    deltas = list(deltas)
    columns = _columns(deltas)
    made: list[Call] = []
    for got in deltas:
        at = tuple(got.metadata.delta_path)
        match got.delta.WhichOneof("type"):
            case "add_block" if not got.delta.add_block.HasField("column"):
                made.append(Call(at[:-1], at, *_block(got.delta.add_block, columns.get(at))))
            case "new_element":
                for name, arguments in _element(base, got.delta.new_element):
                    made.append(Call(at[:-1], at, name, arguments))
    return made


def _columns(deltas: Iterable[Any]) -> dict[Path, list[float]]:
    """The weights of the columns of each row of them."""
    found: dict[Path, list[float]] = {}
    for got in deltas:
        if got.delta.WhichOneof("type") == "add_block" and got.delta.add_block.HasField("column"):
            row = tuple(got.metadata.delta_path)[:-1]
            found.setdefault(row, []).append(got.delta.add_block.column.weight)
    return found


def _block(block: Block, columns: list[float] | None) -> tuple[str, dict[str, Any]]:
    if columns:
        return "columns", {"spec": columns}
    match block.WhichOneof("type"):
        case "popover":
            return "popover", {"label": block.popover.label}
        case "expandable":
            return "expander", {"label": block.expandable.label}
        case "form":
            return "form", {"key": block.form.form_id}
        case "flex_container":
            flex = block.flex_container
            row = flex.direction == Block.FlexContainer.Direction.HORIZONTAL
            return "container", {"horizontal": row, "border": flex.border}
        case "vertical" | "transparent" | None:
            return "container", {}
        case other:
            raise ValueError(f"a block of kind {other}: say in {__file__} how it is drawn")


def _element(base: str, element: Element) -> Iterator[tuple[str, dict[str, Any]]]:
    kind = element.WhichOneof("type")
    part: Any = getattr(element, cast(str, kind))
    label = {"label": getattr(part, "label", "") or "·"}
    match kind:
        case "markdown":
            caption = part.element_type == type(part).Type.CAPTION
            yield "caption" if caption else "markdown", {"body": part.body}
        case "heading":
            yield HEADINGS[part.tag], {"body": part.body}
        case "alert":
            yield ALERTS[part.format - 1], {"body": part.body}
        case "metric":
            yield "metric", {**label, "value": part.body, "delta": part.delta or None}
        case "space":
            yield "space", {}
        case "imgs":
            for image in part.imgs:
                yield "image", {"image": _image(base, image.url)}
        case "table":
            yield "table", {"data": part.arrow_data.data}
        case "dataframe":
            columns = {"column_config": json.loads(part.columns or "{}"), "hide_index": True}
            yield "dataframe", {"data": part.arrow_data.data, **columns}
        case "plotly_chart":
            config = json.loads(part.config or "{}")
            yield "plotly_chart", {"figure_or_data": json.loads(part.spec), "config": config}
        case "button" if part.is_form_submitter:
            yield "form_submit_button", label
        case "button" | "download_button":
            yield "button", label
        case "page_link":
            yield "markdown", {"body": part.label}
        case "empty" | "html" | "spinner":
            return
        case _:
            yield _widget(kind, part, label)


def _widget(kind: str | None, part: Any, label: dict[str, str]) -> tuple[str, dict[str, Any]]:
    match kind:
        case "button_group":
            words = [option.content for option in part.options]
            chosen = words[part.default[0]] if part.default else None
            return "segmented_control", {**label, "options": words, "default": chosen}
        case "selectbox" | "radio":
            index = part.default if part.HasField("default") else None
            return kind, {**label, "options": list(part.options), "index": index}
        case "multiselect":
            return kind, {**label, "options": list(part.options)}
        case "slider":
            return "select_slider", {**label, "options": list(part.options)}
        case "checkbox":
            toggle = part.type == type(part).StyleType.TOGGLE
            return "toggle" if toggle else "checkbox", {**label, "value": part.default}
        case "text_input" | "text_area":
            return kind, {**label, "value": part.default}
        case "number_input" | "date_input" | "file_uploader":
            return kind, label
        case other:
            raise ValueError(f"an element of kind {other}: say in {__file__} how it is drawn")


def _image(base: str, url: str) -> str:
    """As text: the images of pages are drawings."""
    if url.startswith("data:"):
        return url
    with urllib.request.urlopen(f"{base}{url}", timeout=10) as got:
        return got.read().decode()
