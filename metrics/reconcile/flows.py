"""Stock and flow: received, returned, carried over, closed and open must balance, however they are worded."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from metrics.reconcile.figures import plain, printed
from metrics.reconcile.findings import Finding

# What a word stands for. The first that matches wins, so the longer words come first.
_CONCEPTS: tuple[tuple[str, str], ...] = (
    ("rate", r"率|占比|比例|%|同比|环比|增|减|天数|时长|得分|排名"),
    ("open", r"未办结|未结案|未办理|未完成|未处置|在办|待办|正在办理|办理中|积压"),
    ("on_time", r"按[时期]|提前|快速"),
    ("late", r"超[时期]|逾期|延期"),
    ("carried", r"结转|上[月期年]未|遗留|往期|期初|上[月期]转入|跨月"),
    ("returned", r"驳回|退回|退单|不予受理|无效|作废"),
    ("valid", r"有效|实际受理"),
    ("total", r"本[月期]共有|共有|应办|应处理|应结案|合计|总计|总数|总量"),
    ("handled", r"^(共)?(办理|处理)(数|件数|量)?$|已处理|已办理"),
    ("closed", r"办结|结案|已办|完成|处置"),
    ("received", r"接收|收到|受理|接到|新收|新增|登记|来件|派遣|签收|立案"),
)
NAMES = {
    "received": "接收", "carried": "结转", "returned": "驳回(退回)", "valid": "有效", "total": "本期共有",
    "handled": "办理", "closed": "办结", "open": "未办结",
}  # fmt: skip


def concept(word: str) -> str | None:
    """received, carried, returned, valid, total, handled, closed or open; None for another word."""
    text = plain(word)
    found = next((name for name, pattern in _CONCEPTS if re.search(pattern, text)), None)
    return found if found in NAMES else None


@dataclass(frozen=True)
class Identity:
    """`left` must equal the sum of the signed `right`."""

    left: str
    right: tuple[tuple[int, str], ...]

    def holds_for(self, known: Mapping[str, float]) -> bool:
        return self.left in known and all(name in known for _, name in self.right)

    def value(self, known: Mapping[str, float]) -> float:
        return sum(sign * known[name] for sign, name in self.right)

    def words(self, known: Mapping[str, float]) -> str:
        return "".join(
            f"{'' if not n else '+' if sign > 0 else '−'}{NAMES[name]}{printed(known[name], 0)}"
            for n, (sign, name) in enumerate(self.right)
        )


def _identity(left: str, right: str) -> Identity:
    signed = tuple((-1 if word[0] == "-" else 1, word.lstrip("+-")) for word in right.split())
    return Identity(left, signed)


# Of each group one must hold: bulletins differ in what they count as open, but agree with themselves.
GROUPS: tuple[tuple[Identity, ...], ...] = (
    (_identity("valid", "received -returned"),),
    (_identity("total", "received carried"), _identity("total", "valid carried"), _identity("total", "received carried -returned")),
    (_identity("handled", "closed returned"), _identity("handled", "closed")),
    (
        _identity("open", "total -handled"),
        _identity("open", "total -closed -returned"),
        _identity("open", "total -closed"),
        _identity("open", "received carried -closed -returned"),
        _identity("open", "received carried -closed"),
        _identity("open", "valid carried -closed"),
        _identity("open", "received -closed -returned"),
        _identity("open", "received -closed"),
        _identity("open", "valid -closed"),
    ),
)  # fmt: skip


def check(known: Mapping[str, float], where: str = "") -> Iterator[Finding]:
    """`known` are the figures of one place and period, by concept."""
    lead = f"{where}:" if where else ""
    for group in GROUPS:
        fit = [each for each in group if each.holds_for(known)]
        if not fit:
            continue
        right = next((each for each in fit if _equal(each, known)), None)
        if right:
            yield Finding(
                "note",
                f"{lead}{NAMES[right.left]}{printed(known[right.left], 0)}={right.words(known)},平。",
                "收支",
            )
            continue
        first = _whole_account(fit, known)
        made = first.value(known)
        # Without the stock carried over the account is not whole: the gap may be just that.
        whole = first.left != "open" or bool({"total", "carried"} & known.keys())
        yield Finding(
            "break" if whole else "look",
            f"{lead}{NAMES[first.left]}印的是{printed(known[first.left], 0)},按{first.words(known)}"
            f"应为{printed(made, 0)},缺口{printed(abs(made - known[first.left]), 0)}件,账不平"
            + ("。" if whole else ",可能是上期结转或退回没有列出。"),
            "收支",
        )


def _equal(identity: Identity, known: Mapping[str, float]) -> bool:
    return abs(identity.value(known) - known[identity.left]) < 0.5


def _whole_account(fit: list[Identity], known: Mapping[str, float]) -> Identity:
    """The identity that leaves none of the figures out."""
    return max(fit, key=lambda each: (len(each.right), -fit.index(each)))


def by_concept(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    return known((name, value) for word, value in pairs if (name := concept(word)))


def known(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    """One figure for each concept; a concept with two different figures cannot be judged."""
    found: dict[str, float] = {}
    doubtful: set[str] = set()
    for name, value in pairs:
        if found.setdefault(name, value) != value:
            doubtful.add(name)
    return {name: value for name, value in found.items() if name not in doubtful}
