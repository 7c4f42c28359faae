"""Metrics and their versions beside each other: each is there once, and each version follows the last."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from metrics.errors import nearest
from metrics.faults import Fault
from metrics.written import Written

DAY = timedelta(days=1)


def in_order(versions: Sequence[Written]) -> Iterator[Fault]:
    """The versions of one metric follow each other without a gap and without an overlap."""
    newest, *earlier = versions
    wrong = [each for each in earlier if not 0 < each.version < newest.version]
    for each in wrong:
        words = f"旧版的编号应是小于{newest.version}的整数,写的是“{each.own[-1]}”"
        yield Fault(each.file, each.lines.of(*each.own), f"[{'.'.join(each.own)}]", words)
    if wrong:
        return
    if earlier and newest.path("effective") == ("defaults",):
        yield newest.fault(
            "version", f"有旧版时,第{newest.version}版要在自己下面写生效日期 effective"
        )
        return
    known = [each for each in versions if isinstance(each.values.get("effective"), date)]
    known.sort(key=lambda each: each.version)
    for before, after in pairwise(known):
        yield from _followed(before, after)
    for each in known[-1:]:
        review = each.values.get("review")
        if isinstance(review, date) and review <= each.values["effective"]:
            yield each.fault("review", f"复核日期{review}应晚于生效日期")


def _followed(before: Written, after: Written) -> Iterator[Fault]:
    start, follows = before.values["effective"], after.values["effective"]
    names = f"第{before.version}版", f"第{after.version}版"
    until = before.values.get("until")
    if start >= follows:
        words = f"{names[0]}自{start}起,{names[1]}自{follows}起,两版重叠:后一版应晚于前一版生效"
        yield before.fault("effective", words)
    elif isinstance(until, date) and until >= follows:
        words = f"{names[0]}到{until}为止,{names[1]}自{follows}起,两版重叠:应到{follows - DAY}为止"
        yield before.fault("until", words)
    elif isinstance(until, date) and until < follows - DAY:
        words = (
            f"{names[0]}到{until}为止,{names[1]}自{follows}起,中间没有口径:应到{follows - DAY}为止"
        )
        yield before.fault("until", words)


def named_once(cards: Iterable[Written]) -> Iterator[Fault]:
    """Two metrics of one id, in any files; two of one name, where they count the same ledger."""
    ids: dict[str, list[Written]] = defaultdict(list)
    labels: dict[tuple[str, str], list[Written]] = defaultdict(list)
    for card in cards:
        ids[card.metric].append(card)
        labels[card.file, str(card.values.get("label"))].append(card)
    for metric, found in ids.items():
        for again in found[1:]:
            words = f"指标“{metric}”已在 {_where(found[0])} 定义过,请换一个编号"
            yield Fault(again.file, again.lines.of("cards", metric), f"[cards.{metric}]", words)
    for (_, label), found in labels.items():
        for again in found[1:]:
            if again.metric != found[0].metric:
                yield again.fault(
                    "label", f"名称“{label}”已用于 {_where(found[0])},请在名称里写明口径"
                )


def leads_on(cards: Iterable[Written]) -> Iterator[Fault]:
    """`then` names a metric that is there, and no chain of them comes back to where it began."""
    known = {card.metric: card for card in cards}
    after = {metric: str(card.values.get("then") or "") for metric, card in known.items()}
    for metric, following in after.items():
        if following and following not in known:
            words = f"没有指标“{following}”{nearest(following, known)}"
            yield known[metric].fault("then", words)
        seen = [metric]
        while (following := after.get(seen[-1], "")) in known and following not in seen[1:]:
            seen.append(following)
            if following == metric:
                yield known[metric].fault("then", f"接替的指标绕了回来:{' → '.join(seen)}")


def _where(card: Written) -> str:
    return f"{card.file} 第{card.lines.of('cards', card.metric)}行([cards.{card.metric}])"
