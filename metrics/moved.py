"""What the live data says now of a number that was pinned: a revision, not a change over time."""

from metrics.result import Measurement
from metrics.words import amount, number, value_text


def moved(pinned: Measurement | None, live: Measurement | None, as_of: str) -> str:
    """One line. `as_of` is the live data's own date; both are None for a step without one number.

    The two are the same question on two snapshots, so any difference is late or corrected records.
    """
    start = f"此后数据有更新(现截至{as_of})"
    if pinned is None or live is None:
        return f"{start},本页仍是当时的情况"
    label, old, new = pinned.card.label, pinned.total, live.total
    if (old.value, old.hidden, old.numerator) == (new.value, new.hidden, new.numerator):
        return f"{start},{label}没有变"
    version = f",按第{live.card.version}版口径" if live.card.key != pinned.card.key else ""
    if old.value is None or new.value is None:
        return f"{start},{label}现为{value_text(live.card, new)}{version}"
    by = _by(live, new.value - old.value)
    return f"{start},{label}现为{amount(live.card, new.value)}({by}{version})"


def _by(live: Measurement, difference: float) -> str:
    points = live.card.unit in ("share", "ratio")
    digits = 0 if live.card.unit == "count" else 1
    text = number(abs(difference * 100 if points else difference), digits)
    if not float(text.replace(",", "")):
        return "相差不到0.1个百分点" if points else "相差不到0.1"
    return f"{'+' if difference > 0 else '−'}{text}{'个百分点' if points else live.card.word}"
