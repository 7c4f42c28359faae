"""A wide sheet as the long one it means: one row for each group of columns that says anything."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from etl.spread import Spread


def lengthened(
    batches: Iterator[pa.RecordBatch],
    spread: tuple[Spread, ...],
    measures: dict[str, int],
    group: int,
) -> Iterator[pa.RecordBatch]:
    """`measures` and `group` number the new columns that every group's own columns move into."""
    for batch in batches:
        for part in spread:
            yield _of_group(batch, part, measures, group)


def _of_group(
    batch: pa.RecordBatch, part: Spread, measures: dict[str, int], group: int
) -> pa.RecordBatch:
    columns = dict(zip(batch.schema.names, batch.columns, strict=True))
    nothing = pa.nulls(batch.num_rows, pa.string())
    for name, number in measures.items():
        own = part.columns.get(name)
        columns[f"c{number}"] = nothing if own is None else batch.column(f"c{own}")
    columns[f"c{group}"] = pa.array([part.code] * batch.num_rows, pa.string())
    there = np.zeros(batch.num_rows, dtype=bool)
    for number in measures.values():
        there |= columns[f"c{number}"].is_valid().to_numpy(zero_copy_only=False)
    return pa.RecordBatch.from_pydict(columns).filter(pa.array(there))
