"""What stands around tables and the marks of charts: axes, names, the line below, the words for who cannot
see them."""

from dataclasses import dataclass
from math import ceil, floor, log10

from metrics.words import number, percent
from reports.cells import Kind
from reports.parts import Chart, Table
from reports.sources import cited

MOST = 6  # steps; more numbers than this are not read
NARROW = 0.2  # lines that use less than this part of a scale from zero do not start at zero


@dataclass(frozen=True)
class Axis:
    low: float
    high: float
    step: float
    kind: Kind

    @property
    def ticks(self) -> tuple[float, ...]:
        count = round((self.high - self.low) / self.step)
        return tuple(round(self.low + at * self.step, 10) for at in range(count + 1))

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self._label(tick) for tick in self.ticks)

    @property
    def pattern(self) -> str:
        """The same, as a number format of Office."""
        if self.kind == "share":
            return "0%" if self._whole else "0.0%"
        return "#,##0" if self._whole else "#,##0.0"

    @property
    def _whole(self) -> bool:
        unit = 0.01 if self.kind == "share" else 1
        return abs(self.step / unit - round(self.step / unit)) < 1e-9

    def _label(self, tick: float) -> str:
        if self.kind == "share":
            return percent(tick, 0 if self._whole else 1)
        return number(tick, 0 if self._whole else 1)


def axis(chart: Chart) -> Axis:
    """From zero, except for lines that would lie flat there; a share never goes beyond 100% unless it does."""
    values = _values(chart)
    low, high = min(values, default=0.0), max(values, default=0.0)
    if chart.shape != "lines" or low < 0 or high - low > NARROW * high:
        low = min(low, 0.0)
    step = _step(high - low or high or 1.0, chart.kind)
    bottom, top = floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step
    if top <= bottom:
        top = bottom + step
    if bottom == high == low:
        bottom -= step
    if chart.kind == "share" and high <= 1:
        top = min(top, 1.0)
        bottom = min(bottom, top - step)
    return Axis(round(bottom, 10), round(top, 10), step, chart.kind)


def _values(chart: Chart) -> list[float]:
    if chart.shape == "stacked":
        return [
            sum(v or 0 for v in at) for at in zip(*(s.values for s in chart.series), strict=True)
        ]
    edges = (chart.corridor.low, chart.corridor.high) if chart.corridor else ()
    bounds = [series.high for series in chart.series] if chart.shape == "bars" else []
    drawn = [*(series.values for series in chart.series), *bounds, *edges]
    return [value for values in drawn for value in values if value is not None]


def _step(span: float, kind: Kind) -> float:
    """1, 2 or 5 times a power of ten; there is no half of a thing that is counted."""
    unit = 10 ** floor(log10(span / MOST))
    step = next(m * unit for m in (1, 2, 5, 10) if span / (m * unit) <= MOST)
    return max(1.0, step) if kind == "count" else step


def ticks(chart: Chart) -> tuple[str, ...]:
    """Names of months under a chart over two lines, the year only where it begins: whole ones do not fit."""
    if chart.shape == "bars":
        return chart.categories
    short, last = [], ""
    for name in chart.categories:
        year, sign, rest = name.rpartition("年")
        short.append(rest + (f"\n{year}{sign}" if sign and year != last else ""))
        last = year
    return tuple(short)


def bounded(chart: Chart) -> bool:
    """Whether the intervals of values are drawn: over time their limits say more."""
    return chart.shape == "bars" and any(series.intervals for series in chart.series)


def explained(chart: Chart) -> str:
    """The lines and hatches in a chart, and what it cannot show; empty where the marks say all."""
    said = []
    if chart.corridor:
        said.append("实线为基线均值,虚线为正常波动范围")
    if bounded(chart):
        said.append("横线为95%区间,重叠较多的分不出高低")
    if chart.unfinished:
        said.append("斜线或空心为尚未结束的月份")
    return ";".join(filter(None, [*said, chart.note]))


def beneath(part: Table | Chart) -> str:
    """The line under it: what it cannot show, and where its figures are from. Empty where there is neither."""
    said = [*part.notes] if isinstance(part, Table) else [explained(part)]
    said += [f"数据来源标号:{cited(part.marks)}"] * bool(part.marks)
    known = [words for words in said if words]
    return f"注:{';'.join(known)}。" if known else ""


def described(chart: Chart) -> str:
    """A chart for a reader who cannot see it."""
    told = [
        f"{name}{series.name if len(chart.series) > 1 else ''}{text}"
        for series in chart.series
        for name, text in zip(chart.categories, series.texts, strict=True)
    ]
    return f"{chart.title}。{chart.subtitle}。{'、'.join(told)}。"
