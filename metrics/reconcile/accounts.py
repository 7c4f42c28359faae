"""What is said of one column of rates: its definition, its base, the rows that miss it."""

from collections.abc import Iterator, Sequence

import numpy as np

from metrics.reconcile import bases
from metrics.reconcile.evidence import precision
from metrics.reconcile.figures import printed
from metrics.reconcile.findings import Finding
from metrics.reconcile.rates import Explained, Fit, twins, usable
from metrics.reconcile.sheet import Column, Sheet
from metrics.reconcile.terms import MODES, Definition, agrees, likeness

MOST_ROWS = 4  # named in one sentence


def account_of(
    sheet: Sheet, account: Explained, accounts: Sequence[Explained]
) -> Iterator[Finding]:
    best = account.best
    if not len(account.rows):
        return
    if _saturated(account):
        yield _all_alike(sheet, account)
        return
    if best is None:
        yield from _unexplained(sheet, account)
        return
    yield _explained(sheet, account, best)
    yield from _hidden_base(sheet, account, best, accounts)


def _saturated(account: Explained) -> bool:
    shown = account.column.values[account.rows]
    return bool(np.isin(shown, (0.0, account.column.scale)).all())


def _all_alike(sheet: Sheet, account: Explained) -> Finding:
    """100% in every row: any two equal columns give it, so words must choose, and nothing is proved."""
    column, rows = account.column, account.rows
    lead = f"“{column.name}”印的全是{'、'.join(dict.fromkeys(printed_at(column, row) for row in rows))}"
    counted = [each for each in sheet.of("count") if np.nansum(np.abs(each.values[rows]))]
    fits = [
        (above, below)
        for above in counted
        for below in counted
        if above is not below
        and _prints_alike(above.values[rows], below.values[rows], column, rows)
    ]
    if not fits:
        return Finding("note", f"{lead},表里没有能还原它的两列,分母没有公布。", column.name)
    above, below = max(fits, key=lambda pair: likeness(column.name, pair[0].name, pair[1].name))
    return Finding(
        "note",
        f"{lead},{len(rows)}/{len(rows)}行等于{above.name}÷{below.name};这两列各行相同,"
        "只凭这张表看不出分母是哪一列,不能据此认定。",
        column.name,
    )


def _prints_alike(above: np.ndarray, below: np.ndarray, column: Column, rows: np.ndarray) -> bool:
    with np.errstate(divide="ignore", invalid="ignore"):
        half, _ = agrees(above / below, column, rows)
    return bool(half.all())


def _explained(sheet: Sheet, account: Explained, best: Fit) -> Finding:
    name, evidence, rows = account.column.name, best.evidence, len(account.rows)
    others = [fit for fit in account.fits[1:] if fit.definition.words != best.definition.words]
    if not evidence.claims:
        words = f"“{name}”{rows}/{rows}行与{best.definition.words}相符,但{evidence.words},不能据此认定。"
        return Finding("note", words, name)
    mode = MODES[best.mode]
    words = f"“{name}”={best.definition.words},{rows}/{rows}行一致({mode},{precision(account.column.digits)})。{evidence.words}。"
    equal = [fit for fit in others if fit.evidence.claims and fit.mode == best.mode]
    if equal:
        words += f"还有{len(equal)}种写法同样成立,例如{equal[0].definition.words}。"
    words += _twin_words(sheet, account, best)
    return Finding("explained" if best.mode == "half" else "look", words, name)


def _twin_words(sheet: Sheet, account: Explained, best: Fit) -> str:
    same = twins(sheet, account.rows)
    used = {
        best.definition.columns[at].name
        for _, at in (
            best.definition.above.parts
            + (best.definition.below.parts if best.definition.below else ())
        )
    }
    told = [f"“{name}”与“{'”“'.join(same[name])}”各行相同" for name in sorted(used & same.keys())]
    return f"({';'.join(told)},分不出用的是哪一列)" if told else ""


def printed_at(column: Column, row: int) -> str:
    return printed(float(column.values[row]), column.digits, column.unit)


def _hidden_base(
    sheet: Sheet, account: Explained, best: Fit, accounts: Sequence[Explained]
) -> Iterator[Finding]:
    """A base that is not the one a reader would take: the whole of the table, or the other rates' base."""
    definition, column = best.definition, account.column
    if not best.evidence.claims or definition.kind != "share" or definition.below is None:
        return
    usual = _usual_base(sheet, account, definition)
    if usual is None or _expected(column.name, definition.base):
        return
    rows = account.rows
    (_, above), *_ = definition.above.parts
    with np.errstate(divide="ignore", invalid="ignore"):
        other = definition.columns[above].values[rows] / usual.values[rows]
    half, cut = agrees(other, column, rows)
    if (half | cut).all():
        return
    shown = "、".join(
        printed(float(v) * column.scale, max(1, column.digits), column.unit) for v in other[:6]
    )
    told = "、".join(printed_at(column, row) for row in rows[:6])
    yield Finding(
        "look",
        f"“{column.name}”的分母是“{definition.base}”,不是“{usual.name}”:"
        f"印的是{told},若以“{usual.name}”为分母应为{shown}。",
        column.name,
    )


def _expected(rate: str, base: str) -> bool:
    """Who was asked is the base of who was satisfied: nothing to remark."""
    return "满意" in rate and any(word in base for word in ("评价", "回访", "测评", "参评"))


def _usual_base(sheet: Sheet, account: Explained, definition: Definition) -> Column | None:
    """The column that a reader takes for the whole: the largest one, or of a rate named like the
    numerator of another, the column in between."""
    used = (
        {definition.columns[at].name for _, at in definition.below.parts}
        if definition.below
        else set()
    )
    used |= {definition.columns[at].name for _, at in definition.above.parts}
    rows = account.rows
    candidates = [
        each
        for each in usable(sheet, rows)
        if each.name not in used
        and np.isfinite(each.values[rows]).all()
        and len(definition.above.parts) == 1
        and (
            each.values[rows] >= definition.columns[definition.above.parts[0][1]].values[rows]
        ).all()
    ]
    if not candidates or len(definition.below.parts if definition.below else ()) > 1:
        return None
    below = definition.columns[definition.below.parts[0][1]] if definition.below else None
    larger = [
        each
        for each in candidates
        if below is not None and (each.values[rows] >= below.values[rows]).all()
    ]
    closing = [
        each
        for each in candidates
        if "按" in account.column.name and "结" in each.name and each not in larger
    ]
    return (closing or larger or [None])[0]


def _unexplained(sheet: Sheet, account: Explained) -> Iterator[Finding]:
    column, rows = account.column, account.rows
    outside = bases.constant(sheet, column, rows)
    if outside is not None:
        yield Finding(
            "explained",
            f"“{column.name}”={outside.words},{len(rows)}/{len(rows)}行一致。{outside.evidence.words}。",
            column.name,
        )
        return
    if account.believed is not None:
        yield from _misses(sheet, account, account.believed)
        return
    closest = account.near[0] if account.near else None
    how = (
        f"最接近的是{closest.definition.words},{int(closest.matched.sum())}/{len(rows)}行"
        if closest is not None and closest.matched.any()
        else "没有一种接近"
    )
    columns = len(usable(sheet, rows))
    if not columns:
        yield Finding("note", f"“{column.name}”没有可作分子分母的数量列,无法核对。", column.name)
        return
    yield Finding(
        "note",
        f"“{column.name}”用表内{columns}列数量算不出来(试了{account.tried:,}种算法,{how}):分子或分母没有印在表里。",
        column.name,
    )


def _misses(sheet: Sheet, account: Explained, fit: Fit) -> Iterator[Finding]:
    column = account.column
    exact = fit.definition.value(sheet)[account.rows] * column.scale
    wrong = np.flatnonzero(~fit.matched)
    good = int(fit.matched.sum())
    if fit.definition.kind == "of_sum" and _adjusted(sheet, column, exact, wrong, account.rows):
        rows = "、".join(sheet.names[account.rows[n]] for n in wrong[:MOST_ROWS])
        yield Finding(
            "look",
            f"“{column.name}”={fit.definition.words},{good}/{len(account.rows)}行一致;"
            f"{rows}的尾数调过,使各行相加正好{printed(column.scale, column.digits, column.unit)}。",
            column.name,
        )
        return
    told = ";".join(
        f"{sheet.names[account.rows[n]]}印{printed_at(column, account.rows[n])},"
        f"应为{printed(float(exact[n]), column.digits, column.unit)}"
        for n in wrong[:MOST_ROWS]
    )
    more = f"等{len(wrong)}行" if len(wrong) > MOST_ROWS else ""
    yield Finding(
        "break",
        f"“{column.name}”{good}/{len(account.rows)}行等于{fit.definition.words},不符的是:{told}{more}。",
        column.name,
    )


def _adjusted(
    sheet, column: Column, exact: np.ndarray, wrong: np.ndarray, rows: np.ndarray
) -> bool:
    """Off by one in the last place, and all of them together make exactly a hundred."""
    off = np.abs(exact - column.values[rows])[wrong]
    together = abs(float(np.sum(column.values[rows])) - column.scale)
    return bool((off < 1.5 * column.width).all()) and together < column.width / 10
