"""Sheets that are not one row per record: groups spread over the header, and lists of persons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    headers: Headers, source: Source, group: Field, free: set[int]
) -> tuple[Spread, ...]:
    """“流动人口/应掌握数” or “流动人口应掌握数”: a group, then a measure."""
    groups = _words({c.code: (c.label, *c.synonyms) for c in group.values})
    measures = _words(
        {f.name: (f.label, *f.synonyms) for f in source.fields if f.type == "integer"}
    )
    found: dict[str, dict[str, int]] = {}
    for column in sorted(free):
        for code, measure in _splits(headers.names[column], groups, measures):
            found.setdefault(code, {}).setdefault(measure, column)
            break
    labels = {c.code: c.label for c in group.values}
    return tuple(Spread(code, labels[code], columns) for code, columns in found.items())


def _words(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
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
    headers: Headers, source: Source, found: set[str], mapping: Mapping | None
) -> dict[str, int]:
    """The columns of a list of persons by role; empty where each row is a count."""
    if not source.people or (mapping and mapping.person_level is False):
        return {}
    counts = {f.name for f in source.fields if f.type == "integer"}
    marked = headers.first(source.people["marks"]) is not None
    if not (mapping and mapping.person_level) and (not marked or found & counts):
        return {}
    columns = {role: headers.first(words) for role, words in source.people.items()}
    return {role: column for role, column in columns.items() if column is not None}
