"""What may stand on a card: its words, their kinds and their choices."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, get_args

from metrics.entry import (
    RATES,
    Basis,
    Card,
    Clock,
    Direction,
    Interval,
    Moment,
    Remark,
    Table,
    Tier,
    Unit,
    When,
)
from metrics.errors import nearest
from metrics.faults import Fault
from metrics.lines import Lines
from metrics.records import LEVELS
from metrics.written import Written

# Of a file; its other words are tables of their own.
FILE = ("label", "table", "relation", "source", "complete", "tiers_by", "within", "dimensions", "dates",
        "terms", "remarks", "exclusions", "tiers", "defaults", "cards")  # fmt: skip
WORKED_OUT = ("id", "table", "exclusions", "let_in")
WORDS = tuple(f.name for f in fields(Card) if f.name not in WORKED_OUT)
REQUIRED = ("version", "label", "meaning", "numerator", "numerator_label", "unit", "word", "direction",
            "minimum_n", "effective", "owner", "review")  # fmt: skip
CHOICES: dict[str, tuple[str, ...]] = {
    "unit": get_args(Unit),
    "tier": get_args(Tier),
    "when": get_args(When),
    "direction": get_args(Direction),
    "interval": get_args(Interval),
    "basis": get_args(Basis),
    "clock": get_args(Clock),
    "finest": LEVELS,
}
KINDS: dict[str, tuple[type | tuple[type, ...], str]] = {
    "version": (int, "整数"),
    "minimum_n": (int, "整数"),
    "target": ((int, float), "数"),
    "effective": (date, "日期,例如 2024-10-24"),
    "until": (date, "日期,例如 2024-10-24"),
    "review": (date, "日期,例如 2024-10-24"),
    "remarks": (list, '列表,例如 ["returned"]'),
    "cross": (list, '列表,例如 ["group"]'),
    "also": (list, '列表,例如 ["及时率"]'),
    "apart": (dict, '表,例如 { kind = ["hazard"] }'),
}
TEXT: tuple[type | tuple[type, ...], str] = (str, "带引号的文字")


def of_file(file: str, lines: Lines, text: Mapping[str, Any]) -> Iterator[Fault]:
    """The words of the file itself."""
    for word in text:
        if word not in FILE:
            yield Fault(
                file, lines.of(word), word, f"不认识“{word}”{nearest(word, FILE) or _known(FILE)}"
            )
    terms = text.get("terms", {})
    for term in text.get("exclusions", {}):
        if term not in terms:
            words = f"剔除项“{term}”不是用语(terms)里的名字{nearest(term, terms) or _known(terms)}"
            yield Fault(file, lines.of("exclusions", term), f"[exclusions] {term}", words)


def of_table(file: str, lines: Lines, text: Mapping[str, Any]) -> Iterator[Fault]:
    """Without these nothing can be made of a file, so that its cards are not looked at."""
    if not isinstance(text.get("label"), str):
        yield Fault(file, 1, "label", "缺少 label:这类台账的中文名称")
    for name, spec in text.get("dates", {}).items():
        yield from _inline(file, lines, ("dates", name), spec, Moment, ("column",))
    for name, spec in text.get("remarks", {}).items():
        yield from _inline(file, lines, ("remarks", name), spec, Remark, ("sql", "text"))


def _inline(
    file: str,
    lines: Lines,
    path: tuple[str, ...],
    spec: Any,
    kind: type[Moment] | type[Remark],
    needed: Iterable[str],
) -> Iterator[Fault]:
    if isinstance(spec, str) and kind is Moment:
        return
    place = f"[{path[0]}] {path[1]}"
    known = [f.name for f in fields(kind) if f.name != "name"]
    if not isinstance(spec, dict):
        yield Fault(file, lines.of(*path), place, f"应写成表,写明 {'、'.join(known)}")
        return
    for word in spec:
        if word not in known:
            words = f"不认识“{word}”{nearest(word, known) or _known(known)}"
            yield Fault(file, lines.of(*path), place, words)
    for word in needed:
        if word not in spec:
            yield Fault(file, lines.of(*path), place, f"缺少 {word}")


def of_card(card: Written, table: Table) -> Iterator[Fault]:
    unknown = [word for word in _own(card) if word not in WORDS]
    for word in unknown:
        yield card.fault(word, f"不认识“{word}”{nearest(word, WORDS) or _known(WORDS)}")
    # A word that was misspelt is told once, as that.
    meant = {word for wrong in unknown for word in WORDS if word in nearest(wrong, WORDS)}
    yield from (fault for fault in _missing(card, meant))
    for word, value in card.values.items():
        kind, shape = KINDS.get(word, TEXT)
        if word not in WORDS:
            continue
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            yield card.fault(word, f"应为{shape},写的是 {value!r}")
        elif word in CHOICES and value not in CHOICES[word]:
            hint = nearest(str(value), CHOICES[word])
            yield card.fault(
                word, f"没有“{value}”这种写法{hint or '。'}可用:{'、'.join(CHOICES[word])}"
            )
    yield from _names(card, table)


def _own(card: Written) -> list[str]:
    """The words of a card; those of the defaults too, told at the first card that meets them."""
    return list(dict.fromkeys(word for _, layer in card.layers for word in layer))


def _missing(card: Written, meant: set[str]) -> Iterator[Fault]:
    values = card.values
    needed = [word for word in REQUIRED if word not in values]
    if values.get("when", "flow") == "flow" and "date" not in values:
        needed.append("date")
    if values.get("when") == "window" and "place" not in values:
        needed.append("place")
    if "denominator" in values and "denominator_label" not in values:
        needed.append("denominator_label")
    if "effective" in needed and card.is_earlier:
        yield card.fault(
            "effective", f"第{card.version}版没有写生效日期,请加 effective = 某年某月某日"
        )
        needed.remove("effective")
    yield from (card.missing(w, f"缺少 {w}") for w in needed if w not in meant)
    if values.get("unit") in RATES and "denominator" not in values and "denominator" not in meant:
        yield card.missing("denominator", "比例没有分母:请加 denominator 和 denominator_label")


def _names(card: Written, table: Table) -> Iterator[Fault]:
    """What a card names in its file must be there."""
    values = card.values
    for word, known, what in (
        ("date", table.dates, "日期(dates)"),
        ("remarks", table.remarks, "附注(remarks)"),
        ("cross", table.dimensions, "维度(dimensions)"),
        ("apart", table.dimensions, "维度(dimensions)"),
    ):
        asked = values.get(word) or ()
        for name in (asked,) if isinstance(asked, str) else asked:
            if name not in known:
                hint = nearest(str(name), known) or _known(known)
                yield card.fault(word, f"{what}里没有“{name}”{hint}")


def _known(words: Iterable[str]) -> str:
    return f"。可用:{'、'.join(words)}" if list(words) else ""
