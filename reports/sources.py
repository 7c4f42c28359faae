"""Where the figures of a report are from: the rows of its annex, and the marks that point to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from metrics import Measurement, Period

ANNEX = "附件：数据来源标号"
APPENDIX = ("标号", "指标", "口径编号", "范围与筛选", "期间", "样本量", "数据快照")
PRINTED = ("标号", "指标与口径编号", *APPENDIX[3:-1])


@dataclass(frozen=True)
class Source:
    """A row of the appendix: how a figure is found again. `metric`, `where` and `n` are in words.

    `key` is metric@version, or name@方法 for a result that no card defines (words of orders, forecasts):
    `measured` is None there, and `meaning` tells the method.
    """

    mark: int
    key: str
    metric: str
    meaning: str
    scope: str
    where: str
    period: Period
    n: str
    snapshot: str
    measured: Measurement | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """As APPENDIX names them."""
        return (
            f"[{self.mark}]", self.metric, self.key, " · ".join(filter(None, [self.scope, self.where])),
            self.period.label, self.n, self.snapshot,
        )  # fmt: skip

    @property
    def printed(self) -> tuple[str, ...]:
        """As PRINTED names them: the metric over its key, so that neither column is narrow; one snapshot is
        behind all rows and is told once, above them."""
        number, metric, key, *others, _ = self.columns
        return number, f"{metric}\n{key}", *others


def marked(numbers: Sequence[int]) -> str:
    """[1][3], as it stands behind a figure."""
    return "".join(f"[{number}]" for number in numbers)


def cited(numbers: Iterable[int]) -> str:
    """[1]至[4]、[7], as it stands below a table or a chart: in order, three and more in a row as a range."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(
        f"[{run[0]}]至[{run[-1]}]" if len(run) > 2 else "、".join(f"[{n}]" for n in run)
        for run in runs
    )
