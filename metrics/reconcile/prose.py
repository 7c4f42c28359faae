"""A paragraph of a bulletin: comparisons with the wrong name, percentages and parts that do not follow.

Only what the text itself states is used. A percentage is doubted when the count beside it and a base
nearby miss it by a digit or two, never merely because its base is not printed.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from metrics.reconcile import flows
from metrics.reconcile.figures import printed
from metrics.reconcile.findings import Finding

_SENTENCE = re.compile(r"[^。!?\n]+")
_WORDS = r"件|次|人次|人|个|宗|起|条|户|场|处"
_COUNT = re.compile(
    r"(?P<name>[^\d,。;:()、%]{0,18}?)(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?)(?P<wan>万)?(?P<word>余?(?:"
    + _WORDS
    + "))"
)
_PERCENT = re.compile(r"(?P<number>\d+(?:\.(?P<decimals>\d+))?)\s*%")
_LAST_MONTH = r"上个?月|上周|上个?季度?|上期|前一?月"
_LAST_YEAR = r"去年|上年|上一年|前年"
_GAP = r"[^,。;较比]{0,8}"
_CHANGE = re.compile(
    r"(?P<with>较|比|与|同比|环比)"
    r"(?P<when>[^,。;\d]{0,10}?(?:\d{1,2}月份?)?(?:的?\d{1,3}(?:,?\d{3})*件)?)"
    r"(?P<how>增加|减少|上升|下降|增长|增|减|多|少)了?"
    r"(?P<count>\d[\d,]*)(?:" + _WORDS + r")[,、(]*(?:增幅|降幅|同比|环比)?[^,。;\d占率]{0,6}?"
    r"(?P<percent>\d+(?:\.(?P<decimals>\d+))?)%"
)
NEAR_UNITS = 2  # units of the last printed digit within which a miss is a slip
NEAR_PARTS = 0.01  # of a total: parts that miss it by less were meant to add up


@dataclass(frozen=True)
class Count:
    name: str
    value: float
    start: int
    end: int
    depth: int  # inside brackets


def counts(text: str) -> list[Count]:
    found = []
    for each in _COUNT.finditer(text):
        value = float(each["number"].replace(",", "")) * (1e4 if each["wan"] else 1)
        start = each.start("number")
        before = text[:start]
        depth = len(re.findall(r"[(]", before)) - len(re.findall(r"[)]", before))
        found.append(Count(each["name"].strip(), value, start, each.end(), depth))
    return found


def check(paragraphs: Sequence[str]) -> list[Finding]:
    found: list[Finding] = []
    paragraphs = [unicodedata.normalize("NFKC", text) for text in paragraphs]
    for text in paragraphs:
        near: list[Count] = []
        for sentence in _SENTENCE.findall(text):
            found += _mislabelled(sentence)
            here = counts(sentence)
            found += _parts(sentence, here)
            found += _changes(sentence, here, near)
            found += _percentages(sentence, here, [*near, *here])
            near = [*near, *here][-16:]
    known = flows.by_concept(
        (each.name, each.value)
        for text in paragraphs
        for each in counts(text)
        if not _compares(each.name)
    )
    return found + list(flows.check(known))


def _compares(name: str) -> bool:
    return re.search(r"[较比增减升降]", name) is not None


def _mislabelled(sentence: str) -> Iterator[Finding]:
    for pattern, wrong, right in (
        (rf"(?:较|比|与)?(?:{_LAST_MONTH}){_GAP}同比", "同比", "环比"),
        (rf"同比(?:较|比)?(?:{_LAST_MONTH})", "同比", "环比"),
        (rf"(?:较|比|与)?(?:{_LAST_YEAR}){_GAP}环比", "环比", "同比"),
        (rf"环比(?:较|比)?(?:{_LAST_YEAR})", "环比", "同比"),
    ):
        for each in re.finditer(pattern, sentence):
            what = "上月(上期)" if right == "环比" else "上年同期"
            earlier = re.search(rf"{_LAST_MONTH}|(?:{_LAST_YEAR})(?:同期)?", each[0])
            said = f"较{earlier[0] if earlier else ''}{wrong}"
            yield Finding(
                "break",
                f"“{said}”用词有误:与{what}相比叫{right},不叫{wrong}。",
                "用词",
            )


def _parts(sentence: str, here: Sequence[Count]) -> Iterator[Finding]:
    """A total, 其中, and what it is made of."""
    lead = re.search(r"(?P<own>其中|包括|分别为|含)", sentence)
    outer = [each for each in here if each.depth == 0]
    groups = [_group(sentence, outer, lead.start())] if lead and outer else []
    for piece in re.finditer(r"[^;]+", sentence):
        inside = [each for each in outer if piece.start() <= each.start < piece.end()]
        words = re.search(r"其中|包括|分别", piece[0])
        if words:
            groups.append(_group(sentence, inside, piece.start() + words.start()))
    seen: set[tuple[float, ...]] = set()
    for group in groups:
        if group is None:
            continue
        total, parts = group
        key = (total.value, *(each.value for each in parts))
        if key in seen or len(parts) < 2:
            continue
        seen.add(key)
        bracketed = [each for each in here if each.depth and total.end <= each.start]
        yield from _adds_up(total, parts, bracketed)


def _group(sentence: str, outer: Sequence[Count], at: int) -> tuple[Count, list[Count]] | None:
    before = [each for each in outer if each.end <= at]
    after = [each for each in outer if each.start >= at]
    # A new total (共派遣…, 办结…率) ends the list of parts.
    parts: list[Count] = []
    for each in after:
        if parts and re.search(r"^(共|合计|总|较|比|同比|环比|按)", each.name):
            break
        parts.append(each)
    return (before[-1], parts) if before and parts else None


def _adds_up(total: Count, parts: Sequence[Count], bracketed: Sequence[Count]) -> Iterator[Finding]:
    added = sum(each.value for each in parts)
    inner = sum(each.value for each in bracketed)
    sum_words = "+".join(printed(each.value, 0) for each in parts)
    if added == total.value:
        return
    if inner and added + inner == total.value:
        extra = "+".join(printed(each.value, 0) for each in bracketed)
        yield Finding(
            "break",
            f"{printed(total.value, 0)}={sum_words}+{extra}:括号里的{extra}是另外的数,"
            "不包含在前一项里,“其中”用错了。",
            "分项",
        )
    elif 0 < abs(added - total.value) <= max(NEAR_PARTS * total.value, 0):
        yield Finding(
            "break",
            f"分项相加不等于总数:{sum_words}={printed(added, 0)},印的是{printed(total.value, 0)},"
            f"相差{printed(abs(added - total.value), 0)}。",
            "分项",
        )


def _changes(sentence: str, here: Sequence[Count], earlier: Sequence[Count]) -> Iterator[Finding]:
    """增加29件(3.5%): which figure before the change gives the percentage?"""
    for each in _CHANGE.finditer(sentence):
        sign = -1 if each["how"] in ("减少", "下降", "减", "少") else 1
        change = sign * float(each["count"].replace(",", ""))
        digits, shown = len(each["decimals"] or ""), float(each["percent"])
        unit = 10.0**-digits
        others = [*earlier, *(one for one in here if one.start != each.start("count"))]
        off = {
            one.value: abs(abs(change) / (one.value - change) * 100 - shown)
            for one in others
            if one.value > max(change, 0)
        }
        fits = [now for now, miss in off.items() if miss <= unit / 2 + 1e-9]
        before = [one.value for one in here if one.end <= each.start() and one.value in off]
        words = _said(each)
        if fits:
            yield Finding(
                "explained",
                f"“{words}”与{printed(fits[0], 0)}件相符:上期应为{printed(fits[0] - change, 0)}件。",
                "增减",
            )
        # Doubted only against the figure right before it: any other may be of something else.
        elif before and off[before[-1]] <= 0.5 + NEAR_UNITS * unit:
            now, base = before[-1], before[-1] - change
            right = printed(abs(change) / base * 100, digits, "%")
            yield Finding(
                "break",
                f"“{words}”算不出来:本期{printed(now, 0)}件、上期{printed(base, 0)}件,应为{right}。",
                "增减",
            )


def _said(change: re.Match[str]) -> str:
    """Its own words, but no name that may stand among them."""
    when = re.search(rf"{_LAST_MONTH}|(?:{_LAST_YEAR})(?:同期)?|同期|\d{{1,2}}月", change["when"])
    return (
        f"{change['with']}{when[0] if when else ''}{change['how']}{change['count']}件、"
        f"{change['percent']}%"
    )


def _percentages(sentence: str, here: Sequence[Count], near: Sequence[Count]) -> Iterator[Finding]:
    changes = [each.span() for each in _CHANGE.finditer(sentence)]
    for each in _PERCENT.finditer(sentence):
        if any(start <= each.start() < end for start, end in changes):
            continue
        before = [one for one in here if one.end <= each.start()]
        clause = sentence[before[-1].end : each.start()] if before else ""
        if (
            not before
            or len(clause) > 24
            or re.search(r"[较比增减升降幅]|同比|环比|目标|要求", clause)
        ):
            continue
        yield from _percentage(each, before[-1], here, near)


def _percentage(
    each: re.Match[str], above: Count, here: Sequence[Count], near: Sequence[Count]
) -> Iterator[Finding]:
    digits, shown = len(each["decimals"] or ""), float(each["number"])
    unit = 10.0**-digits
    bases = sorted({one.value for one in near if one.value > above.value})
    pairs = [(above.value, base) for base in bases]
    pairs += [
        (one.value, base.value) for one in here for base in here if 0 < one.value < base.value
    ]
    if not 0 < shown < 100 or not above.value or any(_rounds(*pair, shown, unit) for pair in pairs):
        return
    close = min(((abs(above.value / base * 100 - shown), base) for base in bases), default=None)
    if close and close[0] <= (NEAR_UNITS + 0.5) * unit * (1 if digits else 0.5):
        yield _slip(above.value, close[1], shown, digits, each[0])
    else:
        yield from _no_integer(above.value, shown, digits, each[0])


def _slip(above: float, base: float, shown: float, digits: int, words: str) -> Finding:
    exact = above / base * 100
    right, more = printed(exact, digits, "%"), printed(exact, digits + 2, "%")
    sum_words = f"{printed(above, 0)}÷{printed(base, 0)}={more}"
    if 0 <= exact - shown < 10.0**-digits:
        return Finding(
            "look", f"{words}没有四舍五入:{sum_words},四舍五入应印{right},像是截尾。", "百分数"
        )
    return Finding("break", f"{words}算不出来:{sum_words},应印{right}。", "百分数")


def _rounds(above: float, base: float, shown: float, unit: float) -> bool:
    exact = above / base * 100
    return min(abs(exact - shown), abs(100 - exact - shown)) <= unit / 2 + 1e-9


def _no_integer(above: float, shown: float, digits: int, words: str) -> Iterator[Finding]:
    """A base would have to lie between two whole numbers."""
    half = 10.0**-digits
    # Cut off or rounded: from half a unit below to a whole unit above.
    low, high = above * 100 / (shown + half), above * 100 / (shown - half / 2)
    if floor(high + 1e-9) >= ceil(low - 1e-9) or digits < 1:
        return
    below, over = floor(low), ceil(high)
    tried = [
        f"{printed(above, 0)}÷{base}={printed(above / base * 100, digits, '%')}"
        for base in (below, over)
    ]
    yield Finding(
        "break",
        f"{words}:如果分子是{printed(above, 0)},没有任何整数分母能得出它({','.join(tried)})。",
        "百分数",
    )
