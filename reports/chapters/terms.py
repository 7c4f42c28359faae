"""热点的词语: what orders say most, what they say more than usual, and how many are expected next month."""

from metrics import emerging as unusual
from metrics import expected, topics
from metrics.emerging import FALSE, Tested, emerging
from metrics.expected import outlook
from metrics.period import add_months
from metrics.topics import LEAST, Frequent, Term, by_community, frequent, has_terms
from metrics.words import number, percent
from reports.chapters.building import FEW, MOST, sentences
from reports.gathering import Gathering
from reports.model import Section
from reports.parts import Cell, Column, Sentence, Table, Words

COLUMNS = (
    Column("词语"), Column("诉求(件)", "count"), Column("每千人(件)", "decimal"), Column("占全部诉求", "share"),
)  # fmt: skip


def terms(ask: Gathering) -> list[Section]:
    """Nothing where no texts were read, and for a grid: terms are counted down to communities."""
    if not has_terms(ask.snapshot) or by_community(ask.snapshot, ask.scope) != ask.scope:
        return []
    found = frequent(ask.snapshot, ask.period, ask.scope)
    text = sentences(
        _unusual(ask, emerging(ask.snapshot, ask.period, ask.scope)),
        _most(ask, found),
        _expected(ask),
    )
    return [Section("terms", "词语与预计", 2, (text, _table(ask, found)))]


def _unusual(ask: Gathering, tested: Tested) -> Sentence:
    month = tested.month.label
    if not tested.enough:
        said = f"{month}之前不足6个完整的月,词语的异动不作检验"
    elif not tested.found:
        said = f"{month}检验{number(tested.tested)}个词,没有比往常明显增多的"
    else:
        named = ";".join(f"{each.label},{each.why}" for each in tested.found[:FEW])
        left = len(tested.found) - FEW
        more = f";另有{left}组未列出" if left > 0 else ""
        said = f"{month}检验{number(tested.tested)}个词,比往常明显增多的有{named}{more}"
        said += f"(错误发现率控制在{percent(FALSE, 0)})"
    n = f"{number(tested.tested)}个词,之前{tested.past}个月"
    mark = ask.mark_method("异动", "比往常增多的词语", unusual.METHOD[1], tested.month, n)
    return Sentence("hotspots.emerging", (Words(said, (mark,)), Words("。")))


def _most(ask: Gathering, found: Frequent) -> Sentence:
    if not found.terms:
        said = f"诉求内容里没有{LEAST}件以上都说到的词"
    else:
        first = "、".join(f"{each.label}{number(each.orders)}件" for each in found.terms[:FEW])
        said = f"诉求内容里说得较多的词有{first}"
    return Sentence("hotspots.terms", (Words(said, (_mark(ask, found),)), Words("。")))


def _mark(ask: Gathering, found: Frequent) -> int:
    n = f"n={number(found.orders)}"
    return ask.mark_method("词语", "说到该词的诉求", topics.METHOD[1], found.period, n)


def _expected(ask: Gathering) -> Sentence:
    """Of the month after the data's last, over the whole street; an older report foretells nothing."""
    nothing = Sentence("hotspots.expected", ())
    if ask.scope.code is not None:
        return nothing
    coming = outlook(ask.snapshot, "category")
    if not coming.ranges or coming.month.start > add_months(ask.period.end, 1):
        return nothing
    ranges = "、".join(f"{each.label}{each.low}至{each.high}件" for each in coming.ranges[:FEW])
    said = f"按近一年和往年同月推算,{coming.month.label}诉求较多的类别预计为{ranges}(80%范围"
    if coming.check:
        said += f",近{coming.check.months}个月实际有{percent(coming.check.held, 0)}落在范围内"
    n = f"之前{coming.past}个月"
    mark = ask.mark_method("预计", "下月诉求预计范围", expected.METHOD[1], coming.month, n)
    return Sentence("hotspots.expected", (Words(f"{said})", (mark,)), Words("。")))


def _table(ask: Gathering, found: Frequent) -> Table:
    mark = _mark(ask, found)
    rows = tuple(_row(each, mark) for each in found.terms[:MOST])
    left = len(found.terms) - len(rows)
    notes = [f"只列前{len(rows)}个,另有{left}个未列出"] * (left > 0)
    notes += [f"另有{found.fewer}个词不足{LEAST}件,不显示"] * bool(found.fewer)
    notes.append("一件诉求里同一个词只计一次,各词不相加;占比以诉求受理量为基数")
    return Table(
        "terms", f"诉求内容里说得较多的词({found.period.label})", COLUMNS, rows, tuple(notes)
    )


def _row(term: Term, mark: int) -> tuple[Cell, ...]:
    each, share = term.per_thousand, term.share
    return (
        Cell(term.label),
        Cell(f"{number(term.orders)}件", float(term.orders), mark),
        Cell("—" if each is None else number(each, 1), each, None if each is None else mark),
        Cell("—" if share is None else percent(share), share, None if share is None else mark),
    )
