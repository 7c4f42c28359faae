"""The one judgement of every tile, row, map cell and sentence, and its word, shape and colour.

A test (metrics/control.py over time, metrics/funnel.py between units) says on which side of its limits
a value lies, or that it cannot tell. Here this becomes a status; nowhere else.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from metrics.definitions import Card
from metrics.result import NOT_REPORTED, Row

Kind = Literal[
    "better", "worse", "high", "low", "ordinary", "few", "ceiling", "missing", "hidden"
]  # fmt: skip
Side = Literal["high", "low"]
Colour = Literal["blue", "orange", "violet", "gray"]
CEILING = 0.99


@dataclass(frozen=True)
class Sign:
    """How a status is said and drawn: `short` on a chip, `beside` in a comparison of units (which have
    not become worse, but are), `clause` in a sentence."""

    words: str
    short: str
    beside: str
    clause: str
    shape: str
    colour: Colour

    @property
    def mark(self) -> str:
        return f"{self.shape} {self.beside}"


# Most urgent first: of two things to be said in one place, the first is said.
SIGNS: dict[Kind, Sign] = {
    "worse": Sign("特殊原因-变差", "变差", "较差", "变差,不是偶然波动", "▼", "orange"),
    "high": Sign("特殊原因-偏高", "偏高", "偏高", "偏高,不是偶然波动", "◆", "violet"),
    "low": Sign("特殊原因-偏低", "偏低", "偏低", "偏低,不是偶然波动", "◇", "violet"),
    "few": Sign("样本不足", "样本不足", "样本不足", "样本不足,不作判断", "◌", "gray"),
    "ceiling": Sign("已到顶", "已到顶", "已到顶", "已到顶,看不出好坏", "■", "gray"),
    "better": Sign("特殊原因-改善", "改善", "较好", "改善,不是偶然波动", "▲", "blue"),
    "ordinary": Sign("正常波动", "正常波动", "正常波动", "处于正常波动范围", "●", "gray"),
    "missing": Sign("未上报", "未上报", "未上报", "未上报", "○", "gray"),
    "hidden": Sign("已隐藏", "已隐藏", "已隐藏", "已隐藏", "○", "gray"),
}
URGENCY: tuple[Kind, ...] = tuple(SIGNS)
SPECIAL: frozenset[Kind] = frozenset({"better", "worse", "high", "low"})

NO_PAST = "历史不足"

# What a decision of a meeting came to (metrics/aims.py).
Verdict = Literal["reached", "missed", "unclear"]
VERDICTS: dict[Verdict, str] = {"reached": "达到", "missed": "未达到", "unclear": "无法判断"}


@dataclass(frozen=True)
class Outcome:
    """What a test found. `judged` is false where it has nothing to go by; `because` says so, or names
    the rule that fired."""

    side: Side | None = None
    judged: bool = True
    because: str = ""


@dataclass(frozen=True)
class Status:
    kind: Kind
    because: str = ""

    @property
    def sign(self) -> Sign:
        return SIGNS[self.kind]

    @property
    def special(self) -> bool:
        return self.kind in SPECIAL

    @property
    def short(self) -> str:
        """For a chip. Where periods are wanting, not cases, it says so: of 70,000 there are not too few."""
        return NO_PAST if self.because.startswith(NO_PAST) else self.sign.short

    @property
    def clause(self) -> str:
        """For a sentence: what it is, and by which rule or for want of what."""
        if self.because.startswith(NO_PAST):
            return f"{self.because},不作判断"
        return f"{self.sign.clause}({self.because})" if self.because else self.sign.clause


@lru_cache(maxsize=1024)
def _given(kind: Kind, because: str = "") -> Status:
    """The same object for the hundreds of units that are ordinary."""
    return Status(kind, because)


def status(card: Card, row: Row, test: Outcome | None) -> Status | None:
    """None where no judgement is due: `test` is None for a stock or an unfinished period.

    A deterioration is never covered by the ceiling; a ceiling needs no past to be seen.
    """
    if row.hidden:
        return _given("hidden")
    if row.value is None:
        return _given("missing" if (row.reason or "").startswith(NOT_REPORTED) else "few")
    if card.is_rate and (row.denominator or 0) < card.minimum_n:
        return _given("few", f"分母不足{card.minimum_n}")
    kind = _direction(card, test.side) if test else None
    if kind == "worse" and test:
        return _given(kind, test.because)
    if at_ceiling(card, row.value):
        return _given("ceiling")
    if test is None:
        return None
    if not test.judged:
        return _given("few", test.because)
    return _given(kind or "ordinary", test.because)


def at_ceiling(card: Card, value: float | None) -> bool:
    """A rate that cannot rise any more says nothing: the next rung of evidence has to speak."""
    return (
        value is not None
        and card.unit == "share"
        and card.direction == "higher"
        and value >= CEILING
    )


def _direction(card: Card, side: Side | None) -> Kind | None:
    if side is None or card.direction == "none":
        return side
    return "better" if (side == "high") == (card.direction == "higher") else "worse"
