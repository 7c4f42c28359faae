"""A map as it is written: TOML, every word of it checked, so that a slip of the pen is named before
a file is touched.
"""

import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from etl.catalog import Field, Source, sources
from etl.errors import BadMap
from etl.mapping import Columns, Constant, DateAndTime, Joined, Later, Mapping, Reading, Verdict
from etl.words import loose, nearest, plain

SECTIONS = ("source", "fields", "constants", "values", "ignore", "read")
READ_WORDS = (
    "sheet",
    "encoding",
    "header_row",
    "skip_rows",
    "date_order",
    "crs",
    "area_level",
    "skip_rows_where",
    "utc_offset",
    "person_level",
)
READ_TYPES: tuple[tuple[str, tuple[type, ...], str], ...] = (
    ("header_row", (int,), "行号,例如 3"),
    ("skip_rows", (int,), "行数,例如 2"),
    ("utc_offset", (int, float), "小时数,例如 8 或 -5"),
    ("sheet", (str,), '带引号的工作表名,例如 "明细"'),
    ("encoding", (str,), '带引号的编码名,例如 "gb18030"'),
    ("person_level", (bool,), "true 或 false"),
)
FORMS = (
    {"date", "time"},
    {"from", "plus"},
    {"from", "true", "false"},
    {"from", "true"},
    {"from", "false"},
    {"from", "part"},
    {"from"},
    {"join"},
    {"join", "separator"},
)
FORM_WORDS = ("date", "time", "from", "plus", "true", "false", "part", "join", "separator")
UNITS = {
    "minutes": ("minute", "minutes", "分钟"),
    "hours": ("hour", "hours", "h", "小时", "个小时"),
    "days": ("day", "days", "calendar day", "calendar days", "天", "日", "自然日", "个自然日"),
    "weeks": ("week", "weeks", "周", "个星期"),
    "working days": (
        *("working day", "working days", "workday", "workdays", "work days"),
        *("business day", "business days", "工作日", "个工作日"),
    ),
}
DATE_ORDERS = ("ymd", "mdy", "dmy")
FRAMES = {
    "WGS-84": ("wgs84", "epsg4326", "gps"),
    "GCJ-02": ("gcj02", "高德", "腾讯", "火星坐标"),
    "BD-09": ("bd09", "bd09ll", "百度"),
    "CGCS2000": ("cgcs2000", "epsg4490", "2000国家大地坐标系", "国家2000"),
}
LEVELS = ("street", "region", "community", "grid")
CODED = ("choice", "flag", "path", "text", "area")


def read_map(path: Path) -> Mapping:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadMap(f"映射文件 {path.name} 无法读取:应为 UTF-8 编码的 TOML 文本。") from error
    return parse_map(text, path.name)


def parse_map(text: str, name: str = "映射") -> Mapping:
    return _Reader(text, name).mapping()


class _Reader:
    """One map being read; it knows the text, to name the line of a wrong word."""

    def __init__(self, text: str, name: str):
        self.text, self.name = text, name
        self.table = self._toml(text)

    def _toml(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as first:
            try:
                return tomllib.loads(_one_per_line(text))
            except tomllib.TOMLDecodeError:
                raise BadMap(_not_toml(self.name, str(first))) from first

    def wrong(self, word: str, what: str, known: tuple[str, ...]) -> BadMap:
        close = nearest(word, known, 1, least=0.4)
        hint = f"是否想写“{close[0]}”?" if close else ""
        return BadMap(
            f"映射文件 {self.name}{self._line(word)}:不认识的{what}“{word}”。{hint}可用:{'、'.join(known)}"
        )

    def bad(self, word: str, message: str) -> BadMap:
        return BadMap(f"映射文件 {self.name}{self._line(word)}:{message}")

    def _line(self, word: str) -> str:
        for number, line in enumerate(self.text.splitlines(), 1):
            if word and re.search(rf"(?<![\w]){re.escape(word)}(?![\w])", line):
                return f" 第{number}行"
        return ""

    def mapping(self) -> Mapping:
        for section in self.table:
            if section not in SECTIONS:
                raise self.wrong(section, "段落", SECTIONS)
        for section in ("fields", "constants", "values", "read"):
            if not isinstance(self.table.get(section, {}), dict):
                raise self.bad(section, f"“{section}”应写成 [{section}] 段落。")
        self.source = self._source()
        constants = {name: self._constant(name, v) for name, v in self._section("constants")}
        fields = {name: self._reading(name, v) for name, v in self._section("fields")}
        if both := sorted(fields.keys() & constants.keys()):
            raise self.bad(both[0], f"字段“{both[0]}”既在 [fields] 又在 [constants],只能留一处。")
        for name, reading in fields.items():
            if isinstance(reading, Later) and isinstance(fields.get(reading.start), Later):
                raise self.bad(name, f"字段“{name}”的 from 应是取自文件的字段,不能又是推算的。")
        return Mapping(
            source=self.source,
            fields=fields | constants,
            values={name: self._values(name, v) for name, v in self._section("values")},
            ignore=self._ignore(),
            **self._read(),
        )

    def _source(self) -> Source:
        name = self.table.get("source")
        known = tuple(sources())
        if name is None:
            raise BadMap(f'映射文件 {self.name} 缺少一行 source = "…",可用:{"、".join(known)}')
        if name not in known:
            raise self.wrong(str(name), "数据源", known)
        return sources()[name]

    def _section(self, section: str) -> list[tuple[str, Any]]:
        return list(self.table.get(section, {}).items())

    def _field(self, name: str) -> Field:
        found = self.source.field_named(name)
        if found is None:
            raise self.wrong(name, "字段", tuple(f.name for f in self.source.fields))
        return found

    def _reading(self, name: str, value: Any) -> Reading:
        kind = self._field(name)
        if isinstance(value, str):
            return Columns((value,))
        if isinstance(value, list):
            return Columns(self._words(name, value))
        if isinstance(value, dict):
            return self._form(kind, value)
        raise self.bad(
            name,
            f"字段“{name}”应写成列名、列名的列表或 {{ … }};固定值请写在 [constants]。",
        )

    def _form(self, kind: Field, form: dict[str, Any]) -> Reading:
        for word in form:
            if word not in FORM_WORDS:
                raise self.wrong(word, f"写法(字段 {kind.name})", FORM_WORDS)
        if set(form) not in FORMS:
            raise self.bad(
                kind.name,
                f"字段“{kind.name}”的写法不完整。可用:{{ date, time }}、{{ from, plus }}、"
                "{ from, true, false }、{ from, part }、{ join }",
            )
        self._suits(kind, form)
        if "join" in form:
            return Joined(self._words(kind.name, form["join"]), str(form.get("separator", "-")))
        if "date" in form:
            return DateAndTime(str(form["date"]), str(form["time"]))
        if "plus" in form:
            return self._later(kind, form)
        if "true" in form or "false" in form:
            words = [
                self._words(kind.name, form[side]) if side in form else None
                for side in ("true", "false")
            ]
            return Verdict(str(form["from"]), *words)
        if form.get("part", 1) not in (1, 2, "first", "second"):
            raise self.bad("part", f"字段“{kind.name}”的 part 应为 1 或 2。")
        part = {1: 1, 2: 2, "first": 1, "second": 2}.get(form.get("part"))
        return Columns((str(form["from"]),), part)

    def _later(self, kind: Field, form: dict[str, Any]) -> Later:
        start = self.source.field_named(str(form["from"]))
        if start and start.type not in ("date", "time"):
            fitting = "、".join(f.name for f in self.source.fields if f.type in ("date", "time"))
            raise self.bad(kind.name, f"字段“{kind.name}”的 from 应是时间字段,可用:{fitting}")
        return Later(str(form["from"]), *self._duration(kind.name, form["plus"]))

    def _suits(self, kind: Field, form: dict[str, Any]) -> None:
        allowed = {
            "date": ("date", "time", "month"),
            "plus": ("date", "time"),
            "true": ("flag",),
            "false": ("flag",),
            "part": ("longitude", "latitude"),
            "join": ("key", "text", "place", "prose"),
        }
        for word, types in allowed.items():
            if word in form and kind.type not in types:
                fitting = "、".join(f.name for f in self.source.fields if f.type in types)
                raise self.bad(
                    kind.name, f"字段“{kind.name}”不能用 {word} 这种写法,它只用于:{fitting}"
                )

    def _words(self, name: str, value: Any) -> tuple[str, ...]:
        words = value if isinstance(value, list) else [value]
        if not words or not all(isinstance(word, str | int | float | bool) for word in words):
            raise self.bad(name, f'字段“{name}”应列出文字,例如 ["甲", "乙"]。')
        return tuple(_text(word) for word in words)

    def _duration(self, name: str, value: Any) -> tuple[float, str]:
        found = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(\S.*?)\s*", str(value))
        units = {plain(word): unit for unit, words in UNITS.items() for word in words}
        unit = units.get(plain(found[2])) if found else None
        if not found or unit is None:
            raise self.bad(
                name,
                f"字段“{name}”的 plus 应写成“72 hours”“7 days”或“5 working days”,"
                f"单位可用:{'、'.join(UNITS)}",
            )
        if unit == "working days" and float(found[1]) % 1:
            raise self.bad(name, f"字段“{name}”的工作日数应为整数。")
        return float(found[1]), unit

    def _constant(self, name: str, value: Any) -> Constant:
        kind = self._field(name)
        if isinstance(value, list | dict):
            raise self.bad(name, f"[constants] 中“{name}”应是一个值。")
        return Constant(self._code(kind, _text(value)) or "")

    def _values(self, name: str, table: Any) -> dict[str, str | None]:
        kind = self._field(name)
        if kind.type not in CODED:
            fitting = "、".join(f.name for f in self.source.fields if f.type in CODED)
            raise self.bad(name, f"[values.{name}] 不可用:值对照只用于 {fitting}")
        if not isinstance(table, dict):
            raise self.bad(name, f'[values.{name}] 应逐行写成 "原文" = "代码"。')
        return {plain(word): self._code(kind, _text(code)) or None for word, code in table.items()}

    def _code(self, kind: Field, word: str) -> str:
        """A code, or a known word for it, as the code; words of free fields as they are."""
        if kind.type not in ("choice", "flag") or word == "":
            return word
        known = {
            plain(w): choice.code
            for choice in kind.values
            for w in (*choice.synonyms, choice.label, choice.code)
        }
        if kind.type == "flag":
            known |= {"true": "true", "false": "false", "是": "true", "否": "false"}
        if plain(word) not in known:
            codes = tuple(c.code for c in kind.values) or ("true", "false")
            raise self.wrong(word, f"取值(字段 {kind.name})", codes)
        return known[plain(word)]

    def _ignore(self) -> tuple[str, ...]:
        section = self.table.get("ignore", {})
        if isinstance(section, dict):
            for word in section:
                if word != "headers":
                    raise self.wrong(word, "写法(段落 ignore)", ("headers",))
            section = section.get("headers", [])
        return self._words("ignore", section) if section else ()

    def _read(self) -> dict[str, Any]:
        read = dict(self.table.get("read", {}))
        for word in read:
            if word not in READ_WORDS:
                raise self.wrong(word, "写法(段落 read)", READ_WORDS)
        for word, known in (("date_order", DATE_ORDERS), ("area_level", LEVELS)):
            if word in read and read[word] not in known:
                raise self.wrong(str(read[word]), f"取值({word})", known)
        if "crs" in read:
            read["crs"] = self._frame(str(read["crs"]))
        for word, types, shape in READ_TYPES:
            wrong = isinstance(read.get(word), bool) and bool not in types
            if word in read and (wrong or not isinstance(read[word], types)):
                raise self.bad(word, f"[read] 的 {word} 应写成{shape}。")
        skip = read.pop("skip_rows_where", {})
        if not isinstance(skip, dict):
            raise self.bad("skip_rows_where", 'skip_rows_where 应写成 { 列名 = ["值"] }。')
        read["skip_rows_where"] = {
            header: tuple(plain(w) for w in self._words(header, words))
            for header, words in skip.items()
        }
        return read

    def _frame(self, word: str) -> str:
        known = {loose(w): frame for frame, words in FRAMES.items() for w in (frame, *words)}
        if loose(word) not in known:
            raise self.wrong(word, "坐标系", tuple(FRAMES))
        return known[loose(word)]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else str(value)


def _not_toml(name: str, said: str) -> str:
    place = re.search(r"at line (\d+), column (\d+)", said)
    where = f"第{place[1]}行第{place[2]}列附近" if place else "末尾附近"
    return (
        f"映射文件 {name} {where}不是合法的 TOML({said})。常见原因:文字没有加英文双引号(中文引号不行);"
        "有空格、中文或括号的列名写在等号左边时没有加引号;括号不成对;同一个字段写了两次。"
    )


def _one_per_line(text: str) -> str:
    """`a = 1; b = 2` on one line reads better in a letter; TOML wants one pair a line."""
    lines, quote, depth = [], "", 0
    for line in text.splitlines():
        out = ""
        for char in line:
            if quote:
                quote = "" if char == quote else quote
            elif char in "\"'":
                quote = char
            elif char == "#":
                break
            depth += (char in "[{") - (char in "]}") if not quote else 0
            out += "\n" if char == ";" and not quote and depth == 0 else char
        lines.append("\n".join(part.strip() for part in out.split("\n")))
        quote = ""
    return "\n".join(lines)
