"""The cards of metrics/cards/*.toml: read, and every file's faults gathered on the way."""

import os
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from metrics import rules, succession
from metrics.entry import WORD, Card, Moment, Remark, Table, spell_out
from metrics.faults import BadCards, Fault
from metrics.lines import Lines
from metrics.written import Written, versions_in

FOLDER = Path(__file__).with_name("cards")
Library = dict[str, dict[int, Card]]
OPTIONAL: dict[str, Any] = {
    "denominator": None,
    "denominator_label": None,
    "basis": None,
    "clock": "none",
    "when": "flow",
    "date": None,
    "place": None,
    "interval": "wilson",
    "target": None,
    "tier": "T0",
    "finest": "grid",
    "apart": {},
    "cross": (),
    "requires": None,
    "lacks": "",
    "then": None,
    "remarks": (),
    "base": "",
    "why": "",
    "also": (),
    "until": None,
    "change": "",
    "checker": "",
}
LISTS = ("remarks", "cross", "also")


@dataclass
class File:
    """One file of cards, as far as it could be read."""

    name: str
    lines: Lines
    faults: list[Fault] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    table: Table | None = None
    cards: list[Card] = field(default_factory=list)


def folder() -> Path:
    """Where the cards are; an office may keep its own elsewhere."""
    return Path(os.environ.get("GOVERNANCE_CARDS") or FOLDER)


@cache
def library() -> Library:
    """Every version of every card, by id, in file order."""
    return collected(texts(folder()))


def texts(where: Path) -> dict[str, str]:
    """The files of cards as they are written, by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(where.glob("*.toml"))}


def collected(written: Mapping[str, str]) -> Library:
    """Raises BadCards, with all that is wrong."""
    files = read_texts(written)
    if faults := [fault for file in files for fault in file.faults]:
        raise BadCards(faults)
    found: Library = {}
    for file in files:
        for card in file.cards:
            found.setdefault(card.id, {})[card.version] = card
    return found


def read(where: Path) -> list[File]:
    return read_texts(texts(where))


def read_texts(written: Mapping[str, str]) -> list[File]:
    files = [_read(name, text) for name, text in written.items()]
    first = [next(each) for file in files for _, each in _metrics(file)]
    by_name = {file.name: file for file in files}
    for fault in (*succession.named_once(first), *succession.leads_on(first)):
        by_name[fault.file].faults.append(fault)
    return files


def _metrics(file: File) -> Iterator[tuple[str, Iterator[Written]]]:
    return groupby(file.written, key=lambda each: each.metric)


def _read(name: str, text: str) -> File:
    file = File(name, Lines(text))
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        file.faults.append(_unreadable(name, text, str(problem)))
        return file
    file.faults += rules.of_table(name, file.lines, parsed)
    unusable = bool(file.faults)
    file.faults += rules.of_file(name, file.lines, parsed)
    if unusable:
        return file
    file.table = table_of(Path(name).stem, parsed)
    file.written = list(versions_in(name, file.lines, parsed))
    for _, group in _metrics(file):
        versions = list(group)
        wrong = [f for each in versions for f in rules.of_card(each, file.table)]
        wrong += succession.in_order(versions)
        file.faults += wrong
        if not wrong:
            file.cards += _cards(versions, file.table)
    return file


def _unreadable(name: str, text: str, problem: str) -> Fault:
    at = re.search(r"at line (\d+)", problem)
    line = int(at[1]) if at else len(text.splitlines())
    what, end = problem.partition(" (at")[0], "" if at else "(到文件末尾才发现)"
    twice = re.match(r"Cannot (?:declare|overwrite)(?: (\(.+\)) twice)?", what)
    if twice:
        called = ".".join(re.findall(r"'([^']+)'", twice[1] or ""))
        words = f"同一个名字写了两次{f':[{called}]' if called else ''}{end}"
    else:
        words = f"不是合法的 TOML,请检查引号、括号和等号{end}({what})"
    return Fault(name, line, "文件", words)


def _cards(versions: list[Written], table: Table) -> list[Card]:
    made = sorted((_card(each, table) for each in versions), key=lambda card: card.version)
    for at, after in enumerate(made[1:]):
        made[at] = replace(made[at], until=after.effective - timedelta(days=1))
    return made


def _card(written: Written, table: Table) -> Card:
    values: dict[str, Any] = OPTIONAL | written.values | {"id": written.metric, "table": table}
    for name in LISTS:
        values[name] = tuple(values[name])
    values["apart"] = {name: tuple(codes) for name, codes in values["apart"].items()}
    values["exclusions"] = _left_out(values, table)
    values.setdefault(
        "excludes", "、".join(table.exclusions[term] for term in values["exclusions"])
    )
    return Card(**values)


def _left_out(values: Mapping[str, Any], table: Table) -> tuple[str, ...]:
    """The exclusions that a definition really uses, itself or through a term: a list of its own could
    say something else than the SQL does."""
    written: Mapping[str, str] = table.text.get("terms", {})
    words = {
        word
        for part in ("numerator", "denominator", "place")
        for word in re.findall(WORD, values[part] or "")
    }
    while (
        more := {w for name in words & written.keys() for w in re.findall(WORD, written[name])}
        - words
    ):
        words |= more
    return tuple(term for term in table.exclusions if term in words)


def let_in(card: Card, terms: Collection[str]) -> Card:
    """The same card with some of its exclusions switched off: no row is one of those any more."""
    kept = tuple(term for term in card.exclusions if term in terms)
    return replace(card, table=table_of(card.table.name, card.table.text, kept), let_in=kept)


def table_of(name: str, text: Mapping[str, Any], off: Collection[str] = ()) -> Table:
    """`off` names exclusions that are true of no row."""
    terms: dict[str, str] = {}
    for term, sql in text.get("terms", {}).items():
        terms[term] = "FALSE" if term in off else spell_out(sql, terms)
    return Table(
        name=name,
        label=text["label"],
        relation=f"({text['relation']})" if "relation" in text else text.get("table", name),
        within=text.get("within", {}),
        source=text.get("source", name),
        dimensions={n: spell_out(sql, terms) for n, sql in text.get("dimensions", {}).items()},
        complete=tuple(text.get("complete", ())),
        terms=terms,
        dates={key: Moment(**_as_moment(spec)) for key, spec in text.get("dates", {}).items()},
        remarks={key: Remark(key, **spec) for key, spec in text.get("remarks", {}).items()},
        exclusions=text.get("exclusions", {}),
        tiers=text.get("tiers", {}),
        tiers_by=text.get("tiers_by"),
        text=text,
    )


def _as_moment(spec: str | dict[str, str]) -> dict[str, str]:
    return {"column": spec} if isinstance(spec, str) else spec


def in_force(versions: Mapping[int, Card], day: date) -> Card:
    """The version that held on a day; the first one before that, since nothing else was defined."""
    known = sorted(versions.values(), key=lambda card: card.version)
    return next((card for card in reversed(known) if card.effective <= day), known[0])
