"""From a value to a fill: few classes with round bounds, the same for every frame of a slider."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ui import palette

STEPS = 5  # of every palette


@dataclass(frozen=True)
class Scale:
    """Class i holds bounds[i] <= value < bounds[i + 1]; the last class holds its upper bound."""

    bounds: tuple[float, ...]

    def step(self, value: float) -> int:
        inner = self.bounds[1:-1]
        return sum(value >= bound for bound in inner)

    def colour(self, value: float) -> str:
        return colours(len(self.bounds) - 1)[self.step(value)]

    @property
    def classes(self) -> tuple[tuple[str, float, float], ...]:
        """Colour, lower and upper bound of each class, low to high."""
        edges = zip(self.bounds, self.bounds[1:], strict=False)
        fills = colours(len(self.bounds) - 1)
        return tuple((fill, *edge) for fill, edge in zip(fills, edges, strict=True))


def colours(count: int) -> Sequence[str]:
    if count >= STEPS:
        return palette.STEPS
    return (
        palette.STEPS[STEPS // 2 :][:1] if count == 1 else palette.STEPS[:: STEPS // count][:count]
    )


def scale(values: Iterable[float], *, top: float | None = None) -> Scale | None:
    """Round, equal steps: equal counts per class would make a pattern out of noise."""
    known = sorted(value for value in values if math.isfinite(value))
    if not known:
        return None
    low, high = known[0], known[-1]
    if top is not None:
        high = min(high, top)
    step = _round_step((high - low) / STEPS)
    start = math.floor(low / step + 1e-9) * step
    count = max(1, min(STEPS, math.ceil((high - start) / step - 1e-9)))
    return Scale(tuple(round(start + step * at, 10) for at in range(count + 1)))


def _round_step(raw: float) -> float:
    if raw <= 0:
        return 1.0
    unit = 10 ** math.floor(math.log10(raw))
    return next(unit * by for by in (1, 2, 2.5, 5, 10) if unit * by >= raw - unit * 1e-9)
