"""Which column means which field: by name, by synonym, by a sheet's title, or because a map says so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from etl.catalog import Field, Source, sources
from etl.errors import BadMap, Unrecognised
from etl.headers import Headers, Hit
from etl.mapping import Columns, Constant, Later, Mapping, Reading, headers_of
from etl.read import Table, Vocabulary
from etl.spread import Spread, find_people, find_spread
from etl.words import loose, nearest, plain

How = Literal["名称", "同义词", "映射", "表名", "默认"]
LEAST_SCORE = 5
NOTHING = Columns(())


@dataclass(frozen=True)
class Matched:
    """One field of the source and what fills it: columns of the file, or a constant."""

    field: Field
    headers: tuple[str, ...]
    how: How
    columns: tuple[int, ...] = ()
    reading: Reading = NOTHING
    opposite: bool = False  # the column asks the reverse question: 是否超期 for on_time


@dataclass(frozen=True)
class Recognition:
    source: Source
    columns: tuple[Matched, ...]
    ignored: tuple[str, ...]  # headers that mean nothing to us: never stored
    score: int
    candidates: tuple[str, ...] = ()  # other sources that came near
    mapping: Mapping | None = None
    spread: tuple[Spread, ...] = ()  # a wide sheet: one group of columns for each value
    people: dict[str, int] = field(default_factory=dict)  # a list of persons: only counted

    def matched(self, name: str) -> Matched | None:
        return next((m for m in self.columns if m.field.name == name), None)

    @property
    def missing(self) -> tuple[Field, ...]:
        return tuple(f for f in self.source.fields if f.required and not self.fills(f))

    def fills(self, wanted: Field) -> bool:
        if self.matched(wanted.name) or (self.spread and wanted.spread):
            return True
        if self.people and wanted.type == "month":
            return True
        return bool(wanted.join) and any(self.matched(name) for name in wanted.join)


def recognise(
    table: Table, source: str | None = None, mapping: Mapping | None = None
) -> Recognition:
    """Say what the columns mean, or raise Unrecognised with the line of a map to write."""
    if mapping is not None:
        tried = [_match(table, mapping.source, mapping)]
    elif source is not None:
        tried = [_match(table, source_named(source), None)]
    else:
        tried = [_match(table, candidate, None) for candidate in sources().values()]
    tried.sort(key=lambda r: (bool(r.missing), -r.score))
    best = tried[0]
    if best.missing or (source is None and mapping is None and best.score < LEAST_SCORE):
        raise Unrecognised(_unrecognised(table, max(tried, key=lambda r: r.score)))
    near = tuple(r.source.name for r in tried[1:] if not r.missing and r.score >= best.score * 0.7)
    return replace(best, candidates=near)


def source_named(name: str) -> Source:
    if name not in sources():
        close = nearest(name, sources(), 1, least=0.3)
        hint = f"是否想写 {close[0]}?" if close else ""
        raise Unrecognised(f"没有来源 {name}。{hint}可用:{'、'.join(sources())}。")
    return sources()[name]


class KnownWords:
    """Every header word of every source, and those a map names."""

    def __init__(self, mapping: Mapping | None = None):
        words = mapping.headers if mapping else ()
        self.known = {form(w) for w in (*words, *_all_words()) for form in (plain, loose)}

    def score(self, headers: Sequence[str]) -> int:
        cells = [h for h in dict.fromkeys(headers) if h]
        return sum(
            any(
                form(part) in self.known
                for part in {cell, cell.rsplit("/", 1)[-1]}
                for form in (plain, loose)
            )
            for cell in cells
        )


def vocabulary(mapping: Mapping | None = None) -> Vocabulary:
    return KnownWords(mapping)


def _all_words() -> Iterator[str]:
    for source in sources().values():
        for field_ in source.fields:
            yield from (field_.name, field_.label, *field_.synonyms, *field_.opposites)
            yield from (word for level in field_.levels for word in level)
            if field_.spread:
                yield from (w for c in field_.values for w in (c.label, *c.synonyms))
        yield from (word for words in source.people.values() for word in words)


def _match(table: Table, source: Source, mapping: Mapping | None) -> Recognition:
    headers = Headers(table.headers)
    mapped = _mapped(table, headers, source, mapping)
    spare = set(range(len(headers.names))) - {c for m in mapped.values() for c in m.columns}
    if mapping and mapping.ignore:
        ignored = {headers.find(word) for word in mapping.ignore}
        spare = set() if "*" in mapping.ignore else spare - ignored
    found = mapped | _by_words(headers, source, mapped, spare)
    group = next((f for f in source.fields if f.spread and f.name not in found), None)
    free = spare | {c for m in mapped.values() if m.field.type == "integer" for c in m.columns}
    spread = find_spread(headers, source, group, free, mapping) if group else ()
    if spread:
        measures = {name for part in spread for name in part.columns}
        found = {name: m for name, m in found.items() if name not in measures}
    people = find_people(headers, source, {n: m.columns for n, m in found.items()}, mapping)
    for field_ in source.fields:
        if field_.name not in found and not (spread and field_.spread):
            told = _told(table, field_, mapping)
            found |= {field_.name: told} if told else {}
    columns = tuple(found[f.name] for f in source.fields if f.name in found)
    used = {c for m in columns for c in m.columns} | set(people.values())
    used |= {c for part in spread for c in part.columns.values()}
    rest = tuple(h for c, h in enumerate(headers.names) if h and c not in used)
    score = _score(table, columns, len(spread), bool(people), source)
    return Recognition(source, columns, rest, score, (), mapping, spread, people)


def _mapped(
    table: Table, headers: Headers, source: Source, mapping: Mapping | None
) -> dict[str, Matched]:
    """What the map says, with every header it names looked up in this table."""
    if mapping is None:
        return {}
    found = {}
    for name, reading in mapping.fields.items():
        columns = {word: headers.find(word) for word in headers_of(reading)}
        there = {word: c for word, c in columns.items() if c is not None}
        absent = [word for word in columns if word not in there]
        if absent and not there and _under_groups(headers, source, name, absent):
            continue
        if absent and not (isinstance(reading, Columns) and there):
            # Not a bad map: another sheet, or another file of the same load, may have the column.
            raise Unrecognised(_absent(table, name, absent[0]))
        if isinstance(reading, Columns):
            reading = replace(reading, headers=tuple(there))
        if isinstance(reading, Later):
            reading = replace(reading, start=_start(name, reading, source, mapping))
        field_ = source.field_named(name)
        assert field_ is not None, "a map is checked against its source when it is read"
        shown = tuple(headers.names[c] for c in there.values())
        found[name] = Matched(field_, shown, "映射", tuple(there.values()), reading)
    for word in mapping.skip_rows_where:
        if headers.find(word) is None:
            raise Unrecognised(_absent(table, "skip_rows_where", word))
    return found


def _under_groups(headers: Headers, source: Source, name: str, words: list[str]) -> bool:
    """A measure of a wide sheet stands in no header by itself: 外来务工建档, 独居建档."""
    counts = {f.name for f in source.fields if f.type == "integer"}
    wide = any(f.spread for f in source.fields) and name in counts
    return wide and any(loose(word) in loose(h) for word in words for h in headers.names if h)


def _start(name: str, reading: Later, source: Source, mapping: Mapping) -> str:
    """The field a duration starts from; where a header is named, the field that is read from it."""
    if source.field_named(reading.start):
        return reading.start
    for field_, other in mapping.fields.items():
        if plain(reading.start) in map(plain, headers_of(other)) and field_ != name:
            return field_
    raise BadMap(
        f"映射中字段“{name}”的 from 应写本数据源的时间字段名,例如 accepted_at;"
        f"找到的是“{reading.start}”。"
    )


def _absent(table: Table, name: str, word: str) -> str:
    close = nearest(word, [h for h in table.headers if h], 3)
    hint = f"最接近的是:{'、'.join(close)}。" if close else ""
    return (
        f"映射中“{name}”所写的列“{word}”在表头中找不到。{hint}"
        f"表头共{len(table.headers)}列:{_listed(table.headers)}"
    )


def _by_words(
    headers: Headers, source: Source, taken: dict[str, Matched], spare: set[int]
) -> dict[str, Matched]:
    """Fields the map leaves open, each to the surest column that no surer field wants."""
    found: dict[str, Matched] = {}
    free = set(spare)
    wishes: list[tuple[Hit, Field]] = []
    for field_ in source.fields:
        if field_.name in taken:
            continue
        levels = tuple(c for c in headers.levels(field_) if c in spare)
        if levels:
            found[field_.name] = _filled(field_, headers, levels, "同义词")
            free -= set(levels)
        else:
            wishes += [(hit, field_) for hit in headers.hits(field_) if hit.column in spare]
    wishes.sort(key=lambda wish: wish[0].rank)
    for hit, field_ in wishes:
        shared = field_.type == "latitude" and _twin(found, hit.column)
        if field_.name not in found and (hit.column in free or shared):
            found[field_.name] = _taken(field_, headers, hit)
            free.discard(hit.column)
    for hit, field_ in wishes:
        if field_.required and field_.name not in found:
            found[field_.name] = _taken(field_, headers, hit)
    return found


def _twin(found: dict[str, Matched], column: int) -> bool:
    """One column of coordinates fills both: 经纬度."""
    return "longitude" in found and found["longitude"].columns == (column,)


def _taken(field_: Field, headers: Headers, hit: Hit) -> Matched:
    how: How = "名称" if hit.by_name else "同义词"
    return replace(_filled(field_, headers, (hit.column,), how), opposite=hit.opposite)


def _filled(field_: Field, headers: Headers, columns: tuple[int, ...], how: How) -> Matched:
    names = tuple(headers.names[c] for c in columns)
    return Matched(field_, names, how, columns, Columns(names))


def _told(table: Table, field_: Field, mapping: Mapping | None) -> Matched | None:
    """What the sheet's name, its title lines or the file's name say of a field without a column."""
    if field_.name == "level" and mapping and mapping.area_level:
        return Matched(field_, (), "映射", (), Constant(mapping.area_level))
    for title in (table.sheet or "", *table.titles, table.file.stem) if field_.from_title else ():
        if code := _in_title(field_, title):
            return Matched(field_, (), "表名", (), Constant(code))
    if field_.default:
        return Matched(field_, (), "默认", (), Constant(field_.default))
    return None


def _in_title(field_: Field, title: str) -> str | None:
    if field_.type == "month":
        month = re.search(r"(20\d\d)\s*[年\-./]\s*(1[0-2]|0?[1-9])(?!\d)|(20\d\d)(0[1-9]|1[0-2])(?!\d)", title)  # fmt: skip
        return f"{month[1] or month[3]}-{int(month[2] or month[4]):02d}" if month else None
    said = plain(title)
    codes = {
        choice.code
        for choice in field_.values
        for word in (choice.label, *choice.synonyms)
        if len(word) > 1 and plain(word) in said
    }
    return codes.pop() if len(codes) == 1 else None


def _score(
    table: Table, columns: tuple[Matched, ...], groups: int, people: bool, source: Source
) -> int:
    by_column = [m for m in columns if m.columns]
    points = sum(3 if m.how in ("名称", "映射") else 2 for m in by_column)
    points += 2 * sum(m.field.required for m in by_column) + 4 * groups + 8 * people
    said = plain("".join((table.file.stem, table.sheet or "", *table.titles)))
    return points + 3 * sum(plain(hint) in said for hint in source.hints)


def _unrecognised(table: Table, nearest_match: Recognition) -> str:
    source = nearest_match.source
    free = [h for h in nearest_match.ignored if h]
    lines = [f"无法识别:最接近“{source.label}”({source.name}),但缺少必需的列。"]
    if nearest_match.score < LEAST_SCORE:
        known = "、".join(f"{name}({other.label})" for name, other in sources().items())
        lines = [f"无法识别:表头与哪一种数据都不够接近。可选的数据源:{known}"]
    lines.append(f"找到的表头:{_listed(table.headers)}")
    lines.append("请写一个映射文件(--map 文件.toml),例如:")
    lines += [f'  source = "{source.name}"', "  [fields]"]
    for field_ in nearest_match.missing or source.fields[:1]:
        words = (field_.label, field_.name, *field_.synonyms)
        scored = [h for w in words for h in nearest(w, free, 2)]
        close = list(dict.fromkeys(scored))[:3]
        note = f"  # {field_.label};相近的列:{'、'.join(close)}" if close else f"  # {field_.label}"
        lines.append(f'  {field_.name} = "{close[0] if close else "……"}"{note}')
    return "\n".join(lines)


def _listed(names: tuple[str, ...], most: int = 60) -> str:
    shown = [name[:30] or "(空)" for name in names[:most]]
    return "、".join(shown) + ("……" if len(names) > most else "")
