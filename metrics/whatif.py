"""What a definition leaves out, let back in: the same metric with some of its exclusions switched off."""

from collections.abc import Sequence

from metrics import library
from metrics.definitions import Card
from metrics.errors import BadCut, nearest
from metrics.result import Measurement


def let_in(card: Card, exclusions: Sequence[str]) -> Card:
    """The card without these exclusions, each named by its term or as a reader calls it. Counts of people
    have no such trial: the difference of two published numbers would tell a hidden one."""
    if card.tier != "T0":
        raise BadCut(f"{card.label}涉及人数,不作剔除试算:两个数相减会露出已隐藏的小数")
    words = {card.table.exclusions[term]: term for term in card.exclusions}
    known = {**words, **{term: term for term in card.exclusions}}
    for name in exclusions:
        if name not in known:
            there = "、".join(words) or "没有剔除项"
            raise BadCut(
                f"指标 {card.id} 没有剔除项“{name}”{nearest(name, known)} 它的剔除项:{there}"
            )
    return library.let_in(card, {known[name] for name in exclusions})


def joined(official: Measurement, tried: Measurement) -> float | None:
    """How many cases come into the base (of a count: into the count) with the exclusions off."""
    ends = [_size(each) for each in (official, tried)]
    return None if None in ends else (ends[1] or 0) - (ends[0] or 0)


def _size(measured: Measurement) -> float | None:
    own_base = measured.card.is_rate and measured.card.unit != "per_thousand"
    return measured.total.denominator if own_base else measured.total.numerator
