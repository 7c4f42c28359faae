"""How long things take, in Chinese sentences: each says its days, its interval, and no more than its test."""

from metrics.clock import Clock
from metrics.restricted import ENOUGH, LEAST, difference
from metrics.status import SIGNS
from metrics.survival import MARKS, Durations
from metrics.words import number, percent

UNITS: dict[Clock, str] = {"calendar": "天", "working": "个工作日"}
WITHIN = 30  # days, for what became of them
FEW = SIGNS["few"]
APART = {"returned": "退回", "transferred": "移送"}


def enough(taken: Durations) -> bool:
    """Shares of fewer are not printed anywhere in this house."""
    return taken.n >= ENOUGH


def finding(taken: Durations, thing: str) -> str:
    """一半工单在5.8天内办结(5.1—6.3): the median with its 95% interval."""
    unit = UNITS[taken.clock]
    if taken.reason:
        return f"{thing}的办结用时在这个范围不公布"
    if not taken.n:
        return f"没有可以计算办结用时的{thing}"
    if not enough(taken):
        return f"只有{number(taken.n)}件{thing},{FEW.words},不估计办结用时"
    if taken.median is None:
        return "到截止日期,办结的还不到一半"
    low, high = taken.median_interval
    span = ""
    if low is not None:
        end = "以上" if high is None else f"—{number(high, 1)}"
        span = f"({number(low, 1)}{end})"
    return f"一半{thing}在{number(taken.median, 1)}{unit}内办结{span}"


def within(taken: Durations) -> str:
    """The share closed by each of the days that people ask about, up to where anything was followed."""
    unit, said = UNITS[taken.clock], []
    for day in MARKS:
        found = taken.closed_by(day)
        if found is None:
            said.append(f"观察未满{day}{unit}")
            break
        span = f"({percent(found.low)}—{percent(found.high)})"
        said.append(f"{day}{unit}内{'' if said else '办结'}{percent(found.share)}{span}")
    return ",".join(said) + "。"


def apart(taken: Durations) -> dict[str, str]:
    """The outcomes besides closing that these records hold, with their words."""
    return {how: word for how, word in APART.items() if taken.count(how)}


def outcomes(taken: Durations) -> str:
    """What became of all. Only what these records hold is named."""
    here = apart(taken)
    if not here:
        return ""
    unit, found = UNITS[taken.clock], taken.outcome_by(WITHIN)
    if found is None:
        return f"观察未满{WITHIN}{unit},不分列{'、'.join(here.values())}。"
    parts = [f"办结{percent(found.closed)}"]
    parts += [f"{word}{percent(getattr(found, how))}" for how, word in here.items()]
    parts.append(f"仍未了结{percent(found.open)}")
    returned = taken.count("returned")
    base = f"连同退回的共{number(taken.n + returned)}件," if returned else ""
    guess = f"({number(taken.stand_ins)}件退回没有时间,按派单时间计)" if taken.stand_ins else ""
    return f"{base}{WITHIN}{unit}内:{','.join(parts)}{guess}。"


def compared(taken: Durations, before: Durations, label: str) -> str:
    """More or less only where the interval leaves no doubt, else 无法区分."""
    unit, found = UNITS[taken.clock], difference(taken.counted, before.counted)
    if found is None:
        return f"{label}:{FEW.words}或观察未满{number(LEAST)}{unit},不作比较。"
    which = f"每件最多看{number(found.horizon)}{unit}"
    if not found.distinct:
        span = f"(95%区间 {_signed(found.low)}至{_signed(found.high)},{which})"
        return f"{label}无法区分:平均等待相差{_signed(found.days)}{unit}{span}。"
    edges = sorted(abs(edge) for edge in (found.low, found.high))
    span = "—".join(number(edge, 1) for edge in edges)
    word = "多" if found.days > 0 else "少"
    return f"{label}平均{word}等{number(abs(found.days), 1)}{unit}(95%区间 {span},{which})。"


def closed_only(taken: Durations) -> str:
    """The contrast, so that the reader sees the bias of the usual average."""
    mean = taken.closed_only_mean
    if mean is None:
        return ""
    said = f"只看已办结的平均{number(mean, 1)}{UNITS[taken.clock]}"
    if not taken.still_open:
        return f"{said},没有漏掉未办结的。"
    return f"{said},漏掉{number(taken.still_open)}件未办结的。"


def left_out(taken: Durations) -> str:
    return f"{number(taken.unknown)}件已办结但没有办结时间,未计入。" if taken.unknown else ""


def _signed(value: float) -> str:
    return f"{'+' if value >= 0 else '−'}{number(abs(value), 1)}"
