"""Files of a few lines, read for real."""

from collections.abc import Sequence

import pytest

from etl.read import ReadOptions, Table, read_file

WORDS = {
    "工单编号", "受理时间", "办结时间", "诉求内容", "类别", "社区", "网格", "月份",
    "应服务人数", "已服务人数", "人数", "户数", "备注",
}  # fmt: skip


class Words:
    """Knows a handful of headers, and the last level of a joined one."""

    def score(self, headers: Sequence[str]) -> int:
        return sum(header.split("/")[-1].split("#")[0] in WORDS for header in headers)


@pytest.fixture(scope="session")
def words():
    return Words()


@pytest.fixture
def read(tmp_path, words):
    def read(name: str, content: str | bytes, codec: str = "utf-8", **options) -> list[Table]:
        path = tmp_path / name
        path.write_bytes(content.encode(codec) if isinstance(content, str) else content)
        return read_file(path, words, ReadOptions(**options))

    return read


@pytest.fixture(scope="session")
def rows():
    """Every data row of a table as (row number, cells…)."""
    return lambda table: [
        tuple(row.values()) for batch in table.batches() for row in batch.to_pylist()
    ]
