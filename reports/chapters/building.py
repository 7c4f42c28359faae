"""What chapters are built of: sentences about a metric, tables of groups, the words that compare them."""

from collections.abc import Iterable, Mapping, Sequence

from metrics import Measurement, Period, Row
from metrics.control import Chart as Limits
from metrics.funnel import Funnel
from metrics.labels import LABELLED
from metrics.past import status_of
from metrics.result import NOT_REPORTED
from metrics.status import SPECIAL
from metrics.words import FEW as LEAST
from metrics.words import change, sentence, value_text
from reports.gathering import Gathering, column, short
from reports.parts import Cell, Column, Paragraph, Sentence, Table, Words

MOST = 10  # names on a chart that is read across a table
TOO_FEW = "数量太少,不排先后"
FEW = 5  # names in a sentence
MOVED = ("增加", "减少", "上升", "下降")


def sentences(*made: Sentence | None) -> Paragraph:
    return Paragraph(tuple(each for each in made if each is not None and each.words))


def told(ask: Gathering, key: str, metric: str) -> Sentence:
    """Value, base, target, change, judgement."""
    found = ask.one(metric)
    given = status_of(found, ask.limits(metric))
    words = [ask.said(sentence(found, given), found)]
    if moved := ask.change(metric):
        before = ask.one(metric, period=ask.before)
        words.append(ask.said(f",{moved}", before))
    return Sentence(key, (*words, Words("。")))


def known(rows: Iterable[Row]) -> list[Row]:
    """Groups that have a name: what fell in none stands in the table, not in a ranking."""
    return [row for row in rows if row.group[-1] is not None]


def largest(found: Measurement, most: int = 3) -> str:
    """教育文体68件、物业管理66件、城市管理62件. Empty where nothing was counted."""
    rows = [row for row in known(found.rows) if row.value]
    rows = sorted(rows, key=lambda row: -(row.value or 0))[:most]
    return "、".join(f"{row.label}{value_text(found.card, row)}" for row in rows)


def leading(found: Measurement, about: str) -> str:
    """Who comes first, if so few can be put in an order at all; why nothing can be said where it cannot."""
    if all(row.hidden for row in found.rows):
        return f"{about}{found.rows[0].reason if found.rows else NOT_REPORTED}"
    if not any(row.value for row in found.rows):
        return f"{about}本期没有记录"
    return f"{about}{TOO_FEW}" if too_few(found) else f"{about}较多的是{largest(found)}"


def first_of(found: Measurement) -> str:
    """The title of a ranking: one name, several that share the place, or that there are too few."""
    rows = [row for row in known(found.rows) if row.value]
    if not rows or too_few(found):
        return TOO_FEW
    top = max(rows, key=lambda row: row.value or 0)
    names = [row.label for row in rows if row.value == top.value]
    return f"{'、'.join(names)}{'并列' if len(names) > 1 else ''}最多,{value_text(found.card, top)}"


def too_few(found: Measurement) -> bool:
    return sum(row.value or 0 for row in found.rows) < LEAST


def side_by_side(
    ask: Gathering, key: str, caption: str, dimension: str, metrics: Sequence[str], *,
    judged: str | None = None, most: int | None = None, period: Period | None = None,
    notes: Sequence[str] = (),
) -> Table:  # fmt: skip
    """One row per group, one column per metric, a rate with its parts; the verdict on `judged` last."""
    found = list(ask.many(metrics, (dimension,), period=period).values())
    columns = [Column(LABELLED[dimension])]
    for each in found:
        columns.append(column(each.card, short(each.card) if each.card.is_rate else None))
        columns += [Column("分子/分母")] * each.card.is_rate
    rows = _listed(found)
    limits = ask.funnel(judged, dimension) if judged else None
    if limits:
        columns.append(Column("判断"))
    made = []
    for row in rows[:most]:
        cells = [Cell(row.label)]
        for each in found:
            same = each.row(*row.group) or _nothing(each, row)
            cells.append(ask.cell(each, same))
            cells += [ask.parts(each, same)] * each.card.is_rate
        if limits and judged:
            cells.append(Cell(verdict(limits, row)))
        made.append(tuple(cells))
    left = len(rows) - len(made)
    cut = [f"只列前{len(made)}个,另有{left}个未列出"] if left else []
    return Table(key, caption, tuple(columns), tuple(made), (*cut, *notes, *remarks(found)))


def remarks(found: Sequence[Measurement]) -> list[str]:
    """What was left out, each said once, after the metrics it is about."""
    about: dict[str, list[str]] = {}
    for each in found:
        for note in each.notes:
            about.setdefault(note, []).append(short(each.card))
    return [f"{'、'.join(dict.fromkeys(names))}:{note}" for note, names in about.items()]


def _listed(found: Sequence[Measurement]) -> list[Row]:
    """Every group that any of them knows, in the order of the first; what is in none, if the first counts it."""
    rows = {row.group: row for each in reversed(found) for row in each.rows}
    ordered = dict.fromkeys(row.group for each in found for row in each.rows)
    first = {row.group for row in found[0].rows if row.value}
    return [rows[group] for group in ordered if group[0] is not None or group in first]


def _nothing(found: Measurement, row: Row) -> Row | None:
    """A group that a count does not know had none, if others had some."""
    if found.card.is_rate or not any(each.value for each in found.rows):
        return None
    return Row(row.group, row.labels, 0, None, 0.0)


def compared(
    ask: Gathering, key: str, caption: str, dimension: str, metric: str, most: int | None = None
) -> Table:
    """Each group of a count now and in the period before, and whether chance explains the difference."""
    now, before = ask.one(metric, dimension), ask.one(metric, dimension, period=ask.before)
    limits = ask.limits_by(metric, dimension)
    rows = [row for row in now.rows if row.group[0] is not None or row.value]
    made = []
    for row in rows[:most]:
        past = before.row(*row.group) or _nothing(before, row)
        moved = moved_by(ask, now, row, limits)
        marks = ask.mark(before) if past else None
        made.append(
            (
                Cell(row.label),
                ask.cell(now, row),
                ask.cell(before, past),
                Cell(moved or "—", mark=marks),
            )
        )
    headers = (Column(LABELLED[dimension]), column(now.card, f"本期({now.card.word})"),
               column(now.card, f"上期({now.card.word})"), Column(ask.period.compare_label))  # fmt: skip
    left = len(rows) - len(made)
    notes = (f"只列前{len(made)}个,另有{left}个未列出",) if left else ()
    return Table(key, caption, headers, tuple(made), notes)


def moved_by(ask: Gathering, now: Measurement, row: Row, limits: Mapping[str, Limits]) -> str:
    """The change of one group from the period before, in the words that chance allows."""
    before = ask.one(now.card.id, *now.by, period=ask.before)
    past = before.row(*row.group) or _nothing(before, row)
    if past is None or past.value is None or row.value is None:
        return ""
    return change(now, before, "", limits.get(row.group[0] or ""), (row, past))


def moved(ask: Gathering, key: str, dimension: str, metric: str, counted: str) -> Sentence:
    """The groups whose change chance does not explain, then how many it does. `counted`: 个类别."""
    now, before = ask.one(metric, dimension), ask.one(metric, dimension, period=ask.before)
    limits = ask.limits_by(metric, dimension)
    words = {row.label: moved_by(ask, now, row, limits) for row in known(now.rows) if row.value}
    news = [
        f"{row.label}{value_text(now.card, row)},{ask.period.compare_label}{words[row.label]}"
        for row in known(now.rows)
        if words.get(row.label, "").startswith(MOVED)
    ]
    rest = len(words) - len(news)
    said = [
        *news[:FEW],
        *([f"{'其余' if news else ''}{rest}{counted}基本持平或样本不足"] * bool(rest)),
    ]
    return Sentence(key, (ask.said(";".join(said), now, before), Words("。")) if said else ())


def verdict(limits: Funnel, row: Row) -> str:
    given = limits.statuses.get(row.group[0] or "")
    if given is None:
        return "—"
    return "无法区分" if given.kind == "ordinary" else given.sign.beside


def differing(limits: Funnel | None, found: Measurement, unit: str) -> str:
    """Which units chance does not explain; 无法区分 where there is none."""
    if limits is None:
        return ""
    by_code = {row.group[0]: row for row in found.rows}
    special = [
        f"{by_code[code].label}{value_text(found.card, by_code[code])}({each.sign.beside})"
        for code, each in limits.statuses.items()
        if each.kind in SPECIAL
    ]
    few = f",另有{len(limits.few)}个{unit}样本不足,不作比较" if limits.few else ""
    if not limits.judged:
        return f"各{unit}样本不足,不作比较"
    if not special:
        return f"{limits.judged}个{unit}之间的差异在随机波动范围内,无法区分{few}"
    more = f"等{len(special)}个" if len(special) > FEW else ""
    alike = f",其余{limits.judged - len(special)}个{unit}无法区分" * (limits.judged > len(special))
    return f"超出随机波动的有{'、'.join(special[:FEW])}{more}{alike}{few}"
