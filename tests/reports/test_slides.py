"""The slides of a meeting, read back with python-pptx: what stands on them, in them and beneath them."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from numbers_of import known, measured_again, numbers
from PIL import ImageFont
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Pt
from python_calamine import CalamineWorkbook

from metrics import Period, Scope
from reports import slides
from reports.model import Report
from reports.monthly import monthly
from reports.parts import Chart
from reports.punctuation import full_width
from reports.scale import ticks
from reports.slides.plan import LEAST, MOST, plan

FONT = Path(slides.__file__).parents[1] / "paper" / "fonts" / "NotoSansCJKsc-Regular.otf"


@pytest.fixture(scope="module")
def show(report: Report):
    return opened(report)


def opened(report: Report):
    return Presentation(io.BytesIO(slides.write(report)))


def words(slide) -> Iterator[str]:
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)


def charts(show) -> list:
    return [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]


def shown(report: Report) -> list[Chart]:
    return [slide.shown for slide in plan(report) if isinstance(slide.shown, Chart)]


def test_a_month_is_eight_to_fourteen_wide_slides_each_with_its_finding_as_title(show, report):
    titles = [slide.shapes.title.text for slide in show.slides]

    assert LEAST <= len(titles) <= MOST
    assert show.slide_width * 9 == show.slide_height * 16
    assert titles[0] == report.title
    assert all(titles)
    assert {chart.title for chart in shown(report)} <= set(titles)
    assert titles[-1] == full_width("附:本汇报各数字的口径")


def test_the_workbook_in_each_chart_holds_what_measure_answers(show, report, snapshot):
    drawn = charts(show)
    assert len(drawn) == len(shown(report)) > 4

    for chart, told in zip(drawn, shown(report), strict=True):
        blob = chart.part.chart_workbook.xlsx_part.blob
        head, *rows = (
            CalamineWorkbook.from_filelike(io.BytesIO(blob)).get_sheet_by_index(0).to_python()
        )
        answers = measured_again(report, told, snapshot)
        inside = [row[1] if row[1] != "" else None for row in rows]

        assert head[1] == told.series[0].name
        assert len(rows) == len(told.categories)
        assert inside == pytest.approx(list(told.series[0].values))
        assert inside == pytest.approx([answers[name] for name in told.categories])
        assert list(chart.plots[0].series[0].values) == pytest.approx(inside)


def test_every_number_on_a_slide_and_in_its_notes_is_the_report_s(show, report):
    for at, slide in enumerate(show.slides, 1):
        allowed = (
            known(report)
            | {str(at)}
            | numbers(f"{report.as_of:%Y-%m-%d} {report.as_of.month} {report.as_of.day}")
            | numbers(f"{report.signed.year} {report.signed.month} {report.signed.day}")
        )
        for text in words(slide):
            assert numbers(text) <= allowed | counted(slide), text


def counted(slide) -> set[str]:
    """Left-out rows are told in numbers of their own."""
    said = [
        text
        for text in words(slide)
        if "另有" in text or text.startswith("存在问题") or "95%区间" in text
    ]
    return {number for text in said for number in numbers(text)}


def test_every_run_and_every_chart_names_a_face_that_has_chinese(show):
    for slide in show.slides:
        for part in (slide._element, slide.notes_slide._element):
            runs = [run for run in part.iter(qn("a:r")) if run.findtext(qn("a:t"))]
            assert runs
            for run in runs:
                assert run.find(qn("a:rPr")).find(qn("a:ea")).get("typeface") == "微软雅黑"
    for chart in charts(show):
        defaults = list(chart._chartSpace.iter(qn("a:defRPr")))
        assert defaults
        assert all(each.find(qn("a:ea")) is not None for each in defaults)


def test_notes_carry_the_definition_and_its_version(show, report):
    for slide, told in zip(list(show.slides)[1:], plan(report), strict=False):
        notes = slide.notes_slide.notes_text_frame.text
        for source in report.sources:
            if source.mark in told.marks:
                assert f"[{source.mark}]" in notes
                assert source.key in notes
                assert source.meaning in notes


def test_what_is_hidden_is_said_and_drawn_as_nothing(show, report):
    hidden = next(chart for chart in shown(report) if "已隐藏" in chart.series[0].texts)
    drawn = charts(show)[shown(report).index(hidden)]

    found = dict(zip(drawn.plots[0].categories, drawn.plots[0].series[0].values, strict=True))

    assert {name for name, value in found.items() if value is None} == {
        f"{name}(已隐藏)"
        for name, text in zip(hidden.categories, hidden.series[0].texts, strict=True)
        if text == "已隐藏"
    }


def test_limits_are_lines_over_columns_in_the_same_workbook(show, report):
    at = next(i for i, chart in enumerate(shown(report)) if chart.corridor)
    columns, lines = charts(show)[at].plots

    assert [series.name for series in columns.series] == [shown(report)[at].series[0].name]
    assert [series.name for series in lines.series] == ["正常下限", "基线均值", "正常上限"]
    corridor = shown(report)[at].corridor
    assert corridor is not None
    assert list(lines.series[2].values) == pytest.approx(list(corridor.high))


def test_an_open_month_is_hatched_and_said(snapshot):
    report = monthly(snapshot, Period.parse("2024-10", snapshot.as_of))
    show = opened(report)

    at = next(i for i, chart in enumerate(shown(report)) if chart.unfinished)
    series = charts(show)[at].plots[0].series[0]

    assert series.points[len(ticks(shown(report)[at])) - 1].format.fill.type == 2  # patterned
    assert any("本期尚未结束" in text for text in words(show.slides[0]))
    assert any("尚未结束的月份" in text for slide in show.slides for text in words(slide))


@pytest.mark.parametrize("where", ["2022-01", "520111007003"])
def test_an_empty_month_and_one_community_make_slides_too(snapshot, where):
    empty = where == "2022-01"
    period = Period.parse(where if empty else "2024-09", snapshot.as_of)
    scope = Scope.street() if empty else Scope("community", where)
    report = monthly(snapshot, period, scope)

    show = opened(report)

    assert (5 if empty else LEAST) <= len(show.slides) <= MOST
    if not empty:
        assert "石板井社区" in show.slides[0].shapes.title.text
    assert "演示数据" in " ".join(words(show.slides[0]))


def test_nothing_overflows_with_long_names_and_long_findings(report):
    long = "贵阳市花溪区石板井第二十一新村示范社区居委会"[:20]
    finding = (
        "按时办结率(应办结口径)分社区看,超出随机波动的有"
        + "、".join([f"{long}79.0%(较差)"] * 4)
        + ",其余8个社区无法区分"
    )
    sections = tuple(
        replace(
            section,
            parts=tuple(
                replace(part, title=finding, categories=tuple(f"{long}" for _ in part.categories))
                if isinstance(part, Chart) and part.shape == "bars"
                else part
                for part in section.parts
            ),
        )
        for section in report.sections
    )

    show = opened(replace(report, title=f"{long}社会治理工作情况通报", sections=sections))

    assert len(show.slides) <= MOST
    for slide in show.slides:
        boxes = [box(shape) for shape in slide.shapes if content(shape)]
        for left, top, right, bottom in boxes:
            assert (
                left >= 0 and top >= 0 and right <= show.slide_width and bottom <= show.slide_height
            )
        for at, one in enumerate(boxes):
            assert not any(overlap(one, other) for other in boxes[at + 1 :]), (
                slide.shapes.title.text
            )


def content(shape) -> bool:
    return (
        shape.has_chart or shape.has_table or bool(shape.has_text_frame and shape.text_frame.text)
    )


def box(shape) -> tuple[int, int, int, int]:
    """Where a shape ends. Text counts as high as a real font makes it, whatever its frame says."""
    high = shape.height
    if shape.has_text_frame:
        high = max(
            sum(lines(p.text, p.runs[0].font.size.pt, shape.width) * Pt(p.runs[0].font.size.pt * 1.3)
                for p in shape.text_frame.paragraphs if p.runs),
            1,
        )  # fmt: skip
    return shape.left, shape.top, shape.left + shape.width, shape.top + high


def lines(text: str, size: float, width: int) -> int:
    font = ImageFont.truetype(str(FONT), 100)
    room, used, count = width / Pt(size) * 100, 0.0, 1
    for ch in text:
        step = font.getlength(ch)
        if used + step > room:
            count, used = count + 1, 0.0
        used += step
    return count


def overlap(one, other) -> bool:
    return min(one[2], other[2]) - max(one[0], other[0]) > Pt(1) and min(one[3], other[3]) - max(
        one[1], other[1]
    ) > Pt(1)


def test_body_text_can_be_read_from_the_back_row(show):
    for slide in list(show.slides)[:-1]:
        assert slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size >= Pt(28)
        for shape in slide.shapes:
            if shape.has_table:
                sizes = [
                    run.font.size
                    for row in shape.table.rows
                    for cell in row.cells
                    for run in cell.text_frame.paragraphs[0].runs
                ]
                assert min(sizes) >= Pt(18)
