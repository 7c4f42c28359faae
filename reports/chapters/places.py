"""网格与重点群体: where it happens, and whether those who need care were reached."""

from metrics import Measurement, card
from metrics.past import published
from metrics.words import value_text
from reports.chapters.building import differing, known, sentences, side_by_side
from reports.chapters.charts import ranked
from reports.gathering import Gathering, short, value_with_parts
from reports.model import Section
from reports.parts import Chart, Paragraph, Part, Sentence, Words

RATE, ON_TIME = "hotline_per_1000", "hotline_on_time_due"
REACHED = ("coverage_known", "coverage_visited", "coverage_helped")
LEVELS = {"community": "社区", "grid": "网格"}


def places(ask: Gathering) -> list[Section]:
    inner = [level for level in LEVELS if level in ask.scope.narrower]
    parts: tuple[Part, ...] = ()
    if inner:
        parts = _areas(ask, inner)
    return [
        Section("places", "网格与重点服务群体", 1, ()),
        *([Section("grids", "社区与网格", 2, parts)] if parts else []),
        Section("groups", "重点服务群体", 2, _groups(ask)),
    ]


def _areas(ask: Gathering, inner: list[str]) -> tuple[Part, ...]:
    first = inner[0]
    text = sentences(
        *(_judged(ask, f"places.{level}", RATE, level) for level in inner),
        _judged(ask, "places.on_time", ON_TIME, first),
    )
    columns = ("hotline_volume", RATE, ON_TIME)
    table = side_by_side(
        ask, "areas", f"各{LEVELS[first]}诉求情况", first, columns, judged=ON_TIME,
        notes=("判断针对按时办结率",),
    )  # fmt: skip
    found = ask.one(RATE, first)
    limits = differing(ask.funnel(RATE, first), found, LEVELS[first])
    return text, table, ranked(ask, "areas-rate", found, f"每千人诉求量:{limits}")


def _judged(ask: Gathering, key: str, metric: str, level: str) -> Sentence:
    found = ask.one(metric, level)
    said = differing(ask.funnel(metric, level), found, LEVELS[level])
    if not said:
        return Sentence(key, ())
    text = f"{found.card.label}分{LEVELS[level]}看,{said}"
    return Sentence(key, (ask.said(text, found, ask.one(metric)), Words("。")))


def _groups(ask: Gathering) -> tuple[Paragraph | Part, ...]:
    period = published(card(REACHED[1]), ask.period) if ask.period.is_open else ask.period
    found = {metric: ask.one(metric, "group", period=period) for metric in REACHED}
    text = sentences(*(_reached(ask, metric, made) for metric, made in found.items()))
    table = side_by_side(
        ask, "groups", f"重点服务群体服务情况({period.label})", "group", REACHED, period=period,
        notes=("分子、分母跨月时为人月",) if period.whole_months > 1 else (),
    )  # fmt: skip
    return text, table, _chart(ask, found["coverage_visited"])


def _reached(ask: Gathering, metric: str, found: Measurement) -> Sentence:
    shown = [
        f"{row.label}{value_with_parts(found, row)}" for row in found.rows if row.value is not None
    ]
    unseen = [
        f"{row.label}{value_text(found.card, row)}"
        for row in known(found.rows)
        if row.value is None
    ]
    said = "、".join([*shown, *unseen])
    text = f"{short(found.card)}:{said}" if said else f"{short(found.card)}未上报"
    return Sentence(f"groups.{metric}", (ask.said(text, found), Words("。")))


def _chart(ask: Gathering, found: Measurement) -> Chart:
    hidden = [row for row in found.rows if row.hidden]
    title = f"走访覆盖率:{len(found.rows) - len(hidden)}类群体公布,{len(hidden)}类已隐藏"
    return ranked(ask, "groups-visited", found, title)
