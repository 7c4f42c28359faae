"""JSON read piece by piece: the records of a file of any size, in bounded memory.

Numbers stay as they are written, and an object stays a tuple of its pairs, so that neither a long
id nor a repeated key is lost. Arrays are lists, which is how the two are told apart.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from etl.errors import Unreadable

# One record, or one value that is skipped, may not be larger.
VALUE_LIMIT = 64 << 20
# Where a container such as {"result": {"data": [...]}} may hide its records.
_DEPTH = 3
_SPACES = " \t\r\n\ufeff"
_GAP = re.compile(f"[{_SPACES}]*")


class Number(str):
    """A number as the file spells it."""

    __slots__ = ()


_DECODER = json.JSONDecoder(
    object_pairs_hook=tuple,
    parse_int=Number,
    parse_float=Number,
    parse_constant=lambda name: None,
    strict=False,
)


def decode(text: str) -> Any:
    """One whole value. ValueError where it is none, or nested too deeply."""
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError("too deep") from None


def encode(value: Any) -> str:
    """JSON text of a decoded value, numbers spelled as they were."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, tuple):
        pairs = (f"{json.dumps(key, ensure_ascii=False)}:{encode(one)}" for key, one in value)
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(x if type(x) is Number else encode(x) for x in value) + "]"
    return json.dumps(value, ensure_ascii=False)


class Walk:
    """A pass over one JSON document; `records()` meets every element of every array of objects or of rows."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self._text = ""
        self._at = 0
        self._before = 0  # characters already dropped
        self._ended = False
        self.kind: str | None = None  # the document's own "type", if it has one

    def records(self) -> Iterator[tuple[str, Any]]:
        """Pairs of the array's path and an element. The whole document is checked on the way."""
        yield from self._walk("", 0)
        if self._peek():
            raise self._broken("后面还有多余的内容")

    def _walk(self, path: str, depth: int) -> Iterator[tuple[str, Any]]:
        if self._peek() == "[":
            yield from self._array(path)
        elif self._peek() == "{" and depth < _DEPTH:
            yield from self._object(path, depth)
        else:
            value = self._value()
            if path == "type" and isinstance(value, str):
                self.kind = value

    def _array(self, path: str) -> Iterator[tuple[str, Any]]:
        self._at += 1
        of_records = self._peek() in ("{", "[")
        while self._peek() != "]":
            value = self._value()
            if of_records:
                yield path, value
            self._comma_or("]")
        self._at += 1

    def _object(self, path: str, depth: int) -> Iterator[tuple[str, Any]]:
        self._at += 1
        while self._peek() != "}":
            key = self._value()
            if isinstance(key, Number) or not isinstance(key, str) or self._peek() != ":":
                raise self._broken("键值写法不对")
            self._at += 1
            yield from self._walk(f"{path}/{key}" if path else key, depth + 1)
            self._comma_or("}")
        self._at += 1

    def _comma_or(self, end: str) -> None:
        if self._peek() == ",":
            self._at += 1
            if self._peek() == end:
                raise self._broken("逗号后面没有内容")
        elif self._peek() != end:
            raise self._broken("缺少逗号或右括号")

    def _peek(self) -> str:
        """The next character that is not a space; empty at the end."""
        character = self._text[self._at : self._at + 1]
        while not character or character in _SPACES:
            gap = _GAP.match(self._text, self._at)
            self._at = gap.end() if gap else self._at
            if self._at == len(self._text) and not self._more(1):
                return ""
            character = self._text[self._at : self._at + 1]
        return character

    def _value(self) -> Any:
        self._peek()
        wanted = 1 << 16
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
                # A number at the very end of what is here may go on.
                if end < len(self._text) or not self._more(wanted):
                    self._at = end
                    return value
            except json.JSONDecodeError:
                if not self._more(wanted):
                    raise self._broken("内容不完整或写法不对") from None
            except RecursionError:
                raise self._broken("嵌套太深") from None
            if len(self._text) - self._at > VALUE_LIMIT:
                raise self._broken("有一条记录超过 64 MB")
            wanted = len(self._text) - self._at  # double, lest each piece cost a new attempt

    def _more(self, wanted: int) -> bool:
        """Bring in at least so many characters, unless the document ends."""
        kept, found = [self._text[self._at :]], 0
        while found < wanted and not self._ended:
            piece = next(self._pieces, None)
            self._ended = piece is None
            kept.append(piece or "")
            found += len(kept[-1])
        self._before += self._at
        self._text, self._at = "".join(kept), 0
        return found > 0

    def _broken(self, what: str) -> Unreadable:
        place = self._before + self._at + 1
        return Unreadable(f"JSON 在第 {place} 个字符附近{what}。请重新导出完整的文件。")
