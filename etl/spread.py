"""Sheets that are not one row per record: groups spread over the header, and lists of persons."""

from __future__ import annotations

import re
from collections.abc import Mapping as Words
from dataclasses import dataclass
from typing import TYPE_CHECKING

from etl.mapping import headers_of
from etl.words import loose

if TYPE_CHECKING:
    from etl.catalog import Field, Source
    from etl.headers import Headers
    from etl.mapping import Mapping


@dataclass(frozen=True)
class Spread:
    """One value of the spread field and its own columns, by field."""

    code: str
    label: str
    columns: dict[str, int]


def find_spread(
    headers: Headers, source: Source, group: Field, free: set[int], mapping: Mapping | None = None
) -> tuple[Spread, ...]:
    """“流动人口/应掌握数” or “流动人口应掌握数”: a group, then a measure. A map may bring other words."""
    counts = {f.name: (f.label, *f.synonyms) for f in source.fields if f.type == "integer"}
    groups = _words({c.code: (c.label, *c.synonyms) for c in group.values})
    measures = _words(counts)
    if mapping:
        codes = mapping.values.get(group.name, {})
        groups.update({loose(word): code for word, code in codes.items() if code})
        told = {n: headers_of(reading) for n, reading in mapping.fields.items() if n in counts}
        measures = {w: n for w, n in measures.items() if n not in told} | _words(told)
    found: dict[str, dict[str, int]] = {}
    for column in sorted(free):
        for code, measure in _splits(headers.names[column], groups, measures):
            found.setdefault(code, {}).setdefault(measure, column)
            break
    labels = {c.code: c.label for c in group.values}
    return tuple(Spread(code, labels[code], columns) for code, columns in found.items())


def _words(table: Words[str, tuple[str, ...]]) -> dict[str, str]:
    return {loose(word): name for name, words in table.items() for word in words}


def _splits(header: str, groups: dict[str, str], measures: dict[str, str]):
    levels = [loose(part) for part in re.split(r"[/\-_·—]", header) if part]
    for i, level in enumerate(levels):
        if level in groups:
            for other in levels[i + 1 :] + levels[:i]:
                if other in measures:
                    yield groups[level], measures[other]
    whole = loose(header)
    for word in sorted(groups, key=len, reverse=True):
        if whole.startswith(word) and (rest := whole[len(word) :]) in measures:
            yield groups[word], measures[rest]
        if whole.endswith(word) and (rest := whole[: -len(word)]) in measures:
            yield groups[word], measures[rest]


def find_people(
    headers: Headers, source: Source, found: dict[str, tuple[int, ...]], mapping: Mapping | None
) -> dict[str, int]:
    """The columns of a list of persons by role; empty where each row is a count."""
    if not source.people or (mapping and mapping.person_level is False):
        return {}
    columns = {role: headers.first(words) for role, words in source.people.items()}
    roles = {role: column for role, column in columns.items() if column is not None}
    # 走访次数 beside a name is one person's; 应掌握数 beside it is a count.
    told = {f.name: found[f.name] for f in source.fields if f.type == "integer" and f.name in found}
    counts = [name for name, places in told.items() if not set(places) <= set(roles.values())]
    if not (mapping and mapping.person_level) and ("marks" not in roles or counts):
        return {}
    return roles
