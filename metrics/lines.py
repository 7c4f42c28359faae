"""On which line of a TOML file a word stands: tomllib gives values without places.

A scanner of lines, not a parser: it knows headers, `key =`, and strings over several lines, which is all
that a file of cards is made of. A word inside an inline table is placed at the line of the table.
"""

import re

HEADER = re.compile(r"\s*\[\[?\s*([^\]]+?)\s*\]")
KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"))*)\s*=""")
PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
FENCES = ('"""', "'''")
Path = tuple[str, ...]


class Lines:
    def __init__(self, text: str):
        self._text = text.splitlines()
        self._first: dict[Path, int] = {(): 1}
        self._scan()

    def of(self, *path: str) -> int:
        """The line of a word; of what it would stand under, where it is not there."""
        known = next(path[:n] for n in range(len(path), -1, -1) if path[:n] in self._first)
        return self._first[known]

    def near(self, word: str, *path: str) -> int:
        """The line within a value (it may have several) on which a word of it stands."""
        start = self.of(*path)
        others = [line for line in self._first.values() if line > start]
        end = min(others, default=len(self._text) + 1)
        for number in range(start, end):
            if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", self._text[number - 1]):
                return number
        return start

    def _scan(self) -> None:
        table: Path = ()
        fence = ""
        for number, line in enumerate(self._text, start=1):
            if fence:
                fence = "" if fence in line else fence
                continue
            if header := HEADER.match(line):
                table = _parts(header[1])
                self._first.setdefault(table, number)
            elif key := KEY.match(line):
                self._first.setdefault((*table, *_parts(key[1])), number)
                fence = next((f for f in FENCES if line.count(f) == 1), "")


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in PART.findall(dotted))
