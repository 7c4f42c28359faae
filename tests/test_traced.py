"""Every number a page shows was measured: nothing is worked out on the way to the screen."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cached_property
from itertools import permutations, product
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from inside import PAGES, enter, labels, texts, turn
from serving import ROOT

from metrics import Measurement, Snapshot, cards, current_snapshot, waiting
from metrics.funnel import Funnel
from metrics.ladder import DAYS, LADDERS, Rung, asked, rungs
from metrics.quality import Completeness, quality
from metrics.survival import MARKS, Durations
from metrics.systems import systems
from metrics.words import number, percent

# What loading counts has a test of its own: read = loaded + updated + unchanged + duplicate + rejected.
MEASURED = [name for name in PAGES if name != "intake"]

SUMS = (ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
ADDERS = {"sum", "round", "abs", "divmod", "pow", "fsum", "mean", "median"}

# Numbers that are words: dates, codes, versions, the names of rules. What is left must be measured.
WORDS = re.compile(
    r"<[^>]+>|\]\([^)]*\)|:material/\w+:|\{foreground=[^}]*\}|\b\d{8}T\S+|\d{4}-\d\d(-\d\d)?|\d\d:\d\d|\d{4}年"
    r"|\d{1,2}月(\d{1,2}日)?|\d{1,2}日|\d{9,15}|12345|第\d+版|@\d+|近12个月|B[1-7]|9[59](\.8)?%(?=区间|随机|分位)"
    r"|^◑?\d\d$|48小时|(?<=历史不足)\d+期|(?<!\d)(?:7|15|30|60|90)(?:天|个工作日)|\d+天(?=内|未复诉)|\d+—\d+天|1000|(?<!\d)\d\d网格"
)
NUMERAL = re.compile(r"(?<![A-Za-z0-9_.])(?<!\d,)\d[\d,]*(?:\.\d+)?")
COUNTED = re.compile(r"[个格项条级类处列名]")  # how many rows, groups or things a list has

# Three or more small letters in a row are English, but in code, links, names of files and of snapshots.
LATIN = re.compile(r"[A-Za-z]*[a-z]{3}[A-Za-z]*")
MARKS_OF_MARKDOWN = re.compile(
    r"`[^`]*`|<[^>]+>|\]\([^)]*\)|:material/\w+:|:[a-z-]+\[|\{foreground=[^}]*\}"
)
NAMES = re.compile(r"\S+\.\w{2,7}\b|\d{8}T\S+")
FORMATS = {"csv", "xlsx", "nan", "None"}


def test_pages_contain_no_arithmetic():
    found = {
        f"{name}:{node.lineno}"
        for name in PAGES
        for node in ast.walk(ast.parse((ROOT / f"pages/{name}.py").read_text(encoding="utf-8")))
        if (isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, SUMS))
        or (isinstance(node, ast.Call) and getattr(node.func, "id", "") in ADDERS)
    }

    assert found == set()


class Known:
    """All that was measured for a page, as values and as the words they may be shown in."""

    def __init__(self, things: Iterable[Any]):
        self.values: set[float] = set()
        self.longest = 0
        self.labels: set[str] = set()
        things = list(things)
        for thing in things:
            self.take(thing)
        self.differences([thing for thing in things if isinstance(thing, Measurement)])
        times = [thing for thing in things if isinstance(thing, Durations)]
        self.take([waiting.compared(one, other, "") for one, other in permutations(times, 2)])
        self.texts = {text for value in self.values for text in shown(value)}

    def take(self, thing: Any) -> None:
        if isinstance(thing, bool) or thing is None or isinstance(thing, date):
            return
        if isinstance(thing, int | float):
            self.values.add(float(thing))
        elif isinstance(thing, str):
            self.values |= {
                float(found.replace(",", "").rstrip(".")) for found in NUMERAL.findall(thing)
            }
        elif isinstance(thing, Measurement):
            with_value = sum(bool(row.value) for row in thing.rows)
            self.take([thing.target, thing.card.minimum_n, list(thing.rows), *thing.notes])
            self.take([with_value, thing.period.days])
        elif isinstance(thing, Durations):
            self.take([thing.closed_by(day) for day in MARKS])
            self.take(
                [thing.median, thing.median_interval, thing.n, thing.still_open, thing.unknown]
            )
            said = (waiting.within, waiting.outcomes, waiting.closed_only, waiting.left_out)
            self.take([word(thing) for word in said])
        elif isinstance(thing, Funnel):
            self.take([sqrt(thing.phi), thing.judged, dict(thing.shrunken)])
            self.take([getattr(thing, f.name) for f in fields(thing)])
        elif is_dataclass(thing):
            if isinstance(thing, Completeness):
                self.take([[thing.share(name), thing.missing(name)] for name in thing.filled])
            if labels := getattr(thing, "labels", None):
                self.labels |= {label for label in labels if re.search(r"\d", label)}
            names = [f.name for f in fields(thing) if f.name not in ("labels", "group", "card")]
            self.take([getattr(thing, name) for name in [*names, *_properties(thing)]])
        elif isinstance(thing, dict):
            self.take(list(thing.values()))
        elif isinstance(thing, list | tuple | set | frozenset):
            self.longest = max(self.longest, len(thing))
            for each in thing:
                self.take(each)

    def differences(self, found: Iterable[Measurement]) -> None:
        """Between two periods of one cut: what 较上月 and 同比 say, in things, points and percent."""
        cuts: dict[tuple, list[Measurement]] = {}
        for each in found:
            cut = (each.card.id, each.scope, each.by, tuple(each.where.items()))
            cuts.setdefault(cut, []).append(each)
        for alike in cuts.values():
            for now in alike:
                for before in alike:
                    if now is not before:
                        self.values |= set(_changes(now, before))

    def strays(self, text: str) -> list[str]:
        text = text.replace("\u2060", "").replace("\u00a0", " ")
        for label in sorted(self.labels, key=len, reverse=True):
            text = text.replace(label, "")
        text = WORDS.sub(" ", text)
        return [
            found[0]
            for found in NUMERAL.finditer(text)
            if found[0].rstrip(",") not in self.texts
            and not (
                COUNTED.match(text[found.end() : found.end() + 1])
                and float(found[0].replace(",", "")) <= self.longest
            )
        ]

    def holds(self, cell: float) -> bool:
        return any(abs(cell - v) < 1e-6 or abs(cell / 100 - v) < 1e-9 for v in self.values)


def _properties(thing: Any) -> list[str]:
    return [
        name
        for name, found in vars(type(thing)).items()
        if isinstance(found, property | cached_property)
    ]


def shown(value: float) -> set[str]:
    value = abs(value)
    words = {number(value, digits) for digits in (0, 1)} | {f"{value:g}"}
    if value <= 10:
        words |= {percent(value, digits).strip("<%") for digits in (0, 1)}
    return words


def _changes(now: Measurement, before: Measurement) -> Iterator[float]:
    old = {row.group: row for row in before.rows}
    for row in now.rows:
        past = old.get(row.group)
        if past is None or row.value is None or past.value is None:
            continue
        yield abs(row.value - past.value)
        if now.card.unit in ("share", "ratio"):
            yield abs(row.value - past.value) * 100
        elif past.value:
            yield abs(row.value / past.value - 1) * 100


def kept(snapshot: Snapshot) -> list[Any]:
    """What pages measured from a snapshot, and what was said beside it."""
    memory = snapshot.memory.get("for pages", {})
    memory = {key: found for key, found in memory.items() if key[0] != "worded"}
    measured = [*memory.values(), *ladders(memory)]
    ages = [fresh.age_days(snapshot.as_of) for fresh in snapshot.freshness()]
    figures = [figure.text for figure in snapshot.indicators()]
    return [*measured, quality(snapshot), ages, figures, list(systems()), list(cards())]


def ladders(memory: Mapping[tuple, Any]) -> Iterator[Rung]:
    """The rungs whose metrics were measured over one cut."""
    cuts: dict[tuple, dict[str, Measurement]] = {}
    for key, found in memory.items():
        if isinstance(found, Measurement):
            cuts.setdefault(key[1:], {})[found.card.id] = found
    for found in cuts.values():
        for ledger, days in product(LADDERS, DAYS):
            if set(asked(ledger, days)) <= found.keys():
                yield from rungs(ledger, days, found)


def english(text: str) -> list[str]:
    words = NAMES.sub(" ", MARKS_OF_MARKDOWN.sub(" ", text))
    return [word for word in LATIN.findall(words) if word not in FORMATS]


def open_page(name: str, data: Path, monkeypatch: pytest.MonkeyPatch, query: dict[str, str]):
    """The page as it stands, and what it measured."""
    snapshot = current_snapshot(data)
    page = enter(data, monkeypatch, query)
    snapshot.memory.pop("for pages", None)
    turn(page, name)
    return page, Known(kept(snapshot))


QUERIES = [{"period": "2024-09"}, {"period": "2024-10", "area": "520111007001"}]


@pytest.mark.parametrize("query", QUERIES, ids=["month", "community"])
@pytest.mark.parametrize("name", MEASURED)
def test_every_number_on_a_page_was_measured_and_every_word_is_chinese(
    name, query, sample, monkeypatch
):
    page, known = open_page(name, sample, monkeypatch, query)

    strays = [
        (found, str(text)[:80])
        for text in texts(page)
        if text is not None and text == text
        for found in (
            known.strays(text)
            if isinstance(text, str)
            else []
            if not isinstance(text, int | float) or known.holds(float(text))
            else [text]
        )
    ]

    assert strays[:60] == []
    said = [*map(str, texts(page)), *labels(page)]
    assert [(words, text[:80]) for text in said if (words := english(text))] == []


def test_a_number_that_nobody_measured_is_found(sample, monkeypatch):
    _, known = open_page("hotline", sample, monkeypatch, QUERIES[0])

    assert known.strays("2024年9月诉求受理量499件,第1版") == []
    assert known.strays("2024年9月诉求受理量98,765件,61.37%") == ["98,765", "61.37"]
