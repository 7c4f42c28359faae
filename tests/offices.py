"""An office in a directory of its own: files go in, numbers come out, through the real loader."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from etl.load import LoadReport, load
from etl.place import Place
from metrics import Measurement, Period, Snapshot, current_snapshot, measure

TODAY = date(2026, 11, 22)


class Office:
    def __init__(self, root: Path):
        self.place = Place(root / "data")
        self.place.root.mkdir(parents=True, exist_ok=True)
        self.files = root / "files"
        self.files.mkdir(exist_ok=True)

    def write(self, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = self.files / name
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    def table(
        self, name: str, header: Sequence[str], rows: Iterable[Sequence[Any] | Mapping[str, Any]]
    ) -> Path:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([row.get(h, "") for h in header] if isinstance(row, Mapping) else row)
        return self.write(name, text.getvalue())

    def load(self, *paths: Path, mapping: str | None = None, **options: Any) -> LoadReport:
        map_file = self.write("layout.toml", mapping) if mapping else None
        options.setdefault("today", TODAY)
        return load(list(paths), place=self.place, map_file=map_file, **options)

    @property
    def snapshot(self) -> Snapshot:
        return current_snapshot(self.place.root)

    def measure(self, metric: str, period: str, **options: Any) -> Measurement:
        snapshot = self.snapshot
        as_of = options.pop("as_of", snapshot.as_of)
        window = Period.parse(period, as_of)
        return measure(metric, window, as_of=as_of, snapshot=snapshot, **options)

    def shares(self, metric: str, period: str, by: str, **options: Any) -> dict[str, Any]:
        rows = self.measure(metric, period, by=(by,), **options).rows
        return {row.labels[0]: (row.numerator, row.denominator) for row in rows}
