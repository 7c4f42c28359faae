"""Everything that a bulletin's own numbers say about each other, in sentences, worst first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from metrics.reconcile import flows, identities, prose, totals
from metrics.reconcile.accounts import MOST_ROWS, account_of, printed_at
from metrics.reconcile.figures import printed
from metrics.reconcile.findings import Finding, worst_first
from metrics.reconcile.rates import Explained, explain
from metrics.reconcile.sheet import Column, Sheet


@dataclass(frozen=True, eq=False)
class Examined:
    sheet: Sheet
    accounts: tuple[Explained, ...]
    findings: tuple[Finding, ...]


def examine(sheet: Sheet) -> Examined:
    accounts = explain(sheet)
    found: list[Finding] = [*_headers(sheet)]
    for account in accounts:
        found += account_of(sheet, account, accounts)
        found += _above_all(sheet, account.column)
    found += totals.totals(sheet, accounts)
    found += _share_sums(sheet, accounts)
    found += identities.check(sheet)
    found += _flows(sheet)
    return Examined(sheet, tuple(accounts), tuple(worst_first(found)))


def examine_text(paragraphs: Sequence[str]) -> list[Finding]:
    return worst_first(prose.check(paragraphs))


def _headers(sheet: Sheet) -> Iterator[Finding]:
    bare = [name.strip() for name in sheet.headers if name.strip()]
    for name in dict.fromkeys(each for each in bare if bare.count(each) > 1):
        columns = [each for each in sheet.columns if sheet.headers[each.at].strip() == name]
        same = len({each.values.tobytes() for each in columns}) == 1
        how = "两列的数相同" if same else "两列的数不同,其中一列可能用错了表头"
        yield Finding("break", f"表头“{name}”出现了{len(columns)}次,{how}。", name)


def _share_sums(sheet: Sheet, accounts: Sequence[Explained]) -> Iterator[Finding]:
    for account in accounts:
        best, column = account.best, account.column
        if best is None or best.definition.kind != "of_sum" or not best.evidence.claims:
            continue
        added = float(np.nansum(column.values[sheet.body]))
        rows = len(account.rows)
        if abs(added - column.scale) <= rows * column.width / 2 + 1e-9:
            words = f"“{column.name}”各行相加为{printed(added, column.digits, column.unit)},在四舍五入的误差以内。"
            yield Finding("note", words, column.name)


def _above_all(sheet: Sheet, column: Column) -> Iterator[Finding]:
    """Above a hundred percent is not an error of arithmetic, but a reader must be told why it can be."""
    if any(word in column.name for word in ("幅", "比上", "同比", "环比", "增", "变化")):
        return
    over = np.flatnonzero(sheet.body & (np.nan_to_num(column.values) > column.scale + 1e-9))
    if not len(over):
        return
    told = "、".join(f"{sheet.names[n]}{printed_at(column, n)}" for n in over[:MOST_ROWS])
    more = f"等{len(over)}行" if len(over) > MOST_ROWS else ""
    yield Finding(
        "look",
        f"“{column.name}”超过100%:{told}{more}。不是算错,照实保留;分子和分母可能来自不同的登记或不同的时段。",
        column.name,
    )


def _flows(sheet: Sheet) -> Iterator[Finding]:
    """A list of names and values, or a table that prints the stock carried over."""
    named = [(column, name) for column in sheet.of("count") if (name := flows.concept(column.name))]
    single = int(sheet.body.sum()) == 1
    if not single and "carried" not in {name for _, name in named}:
        return
    for row in np.flatnonzero(sheet.body):
        known = flows.known(
            (name, float(column.values[row]))
            for column, name in named
            if np.isfinite(column.values[row])
        )
        found = list(flows.check(known, "" if single else sheet.names[row]))
        yield from (each for each in found if single or each.level == "break")
