"""The 通报 as a PDF, read back with pypdf: its words, its faces, its pages."""

import io
import itertools
import re
from dataclasses import replace

import pytest
from numbers_of import known, numbers
from pypdf import PdfReader

from metrics import Period, Scope
from reports import paper
from reports.errors import CannotPrint
from reports.lettering import widths
from reports.model import Report
from reports.monthly import monthly
from reports.paper.content import content
from reports.punctuation import full_width
from reports.sources import Source

MM = 72 / 25.4


@pytest.fixture(scope="module")
def read(report: Report) -> PdfReader:
    return PdfReader(io.BytesIO(paper.write(report)))


def plain(text: str) -> str:
    """Without what the layout adds: ends of lines and joiners."""
    return re.sub(r"[\s\u2060\u200b]", "", text)


def words(read: PdfReader) -> str:
    """The running text alone: page numbers and the line 演示数据 stand between its pages."""
    pages = [page.extract_text() for page in read.pages]
    return plain(
        "".join(re.sub(r"—\s*\d+\s*—|演示数据.不代表任何真实情况", "", page) for page in pages)
    )


def test_every_sentence_and_every_number_can_be_selected(read, report):
    text = words(read)

    for sentence in report.sentences:
        for stretch in sentence.shown:
            assert plain(stretch.text) in text, stretch.text
    for table in report.tables:
        assert plain(table.caption) in text
        for row in table.rows:
            for cell in row:
                assert plain(cell.text) in text, cell.text
    for chart in report.charts:
        assert plain(chart.title) in text
        for series in chart.series:
            assert all(plain(told) in text for told in series.texts)


def test_no_number_is_added(read, report):
    allowed = known(report) | {
        number for chart in content(report)["sections"] for number in _axes(chart)
    }
    dated = numbers(f"{report.as_of.year} {report.as_of.month} {report.as_of.day} 95%")
    counted = {str(n) for n in range(1, len(report.sources) + len(read.pages))}  # marks, 表1, pages

    found = {
        n for page in read.pages for row in page.extract_text().split("\n") for n in numbers(row)
    }

    # A line may end inside a number that the page breaks.
    whole = "".join(sorted(allowed))
    assert {n for n in found - allowed - dated - counted if n.rstrip("%") not in whole} == set()


def _axes(section) -> set[str]:
    charts = [part for part in section["parts"] if part["kind"] == "chart"]
    return {
        number for chart in charts for label in chart["axis"]["labels"] for number in numbers(label)
    }


def test_each_mark_leads_to_a_row_of_the_appendix(read, report):
    text = words(read)
    appendix = text[text.index("附件数据来源标号") :]

    for source in report.sources:
        assert f"[{source.mark}]" in appendix
        assert source.key in appendix
    assert report.snapshot in appendix


def test_what_must_stand_in_every_file_does(read, report):
    text = words(read)

    assert all(plain(notice) in text for notice in report.notices)
    assert all("演示数据" in page.extract_text() for page in read.pages)
    assert "已隐藏" in text


def test_faces_are_embedded_and_open(read):
    faces = {
        font.get_object()["/BaseFont"]: font.get_object()
        for page in read.pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert {name.split("+")[1].removesuffix("-Identity-H") for name in faces} == {
        "NotoSerifCJKsc-Regular",
        "NotoSansCJKsc-Regular",
    }
    for font in faces.values():
        inner = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile3" in inner
        assert "/ToUnicode" in font


def test_the_page_is_that_of_an_official_document(read):
    """A4, 28 points from line to line, page numbers on the outside."""
    first, second = read.pages[0], read.pages[1]
    assert [round(float(edge) / MM) for edge in first.mediabox[2:]] == [210, 297]

    places = [positions(page) for page in (first, second)]
    odd, even = (
        next(x for text, x, _, _ in each if re.search(r"— \d+ —", text)) for each in places
    )
    assert odd > 105 * MM > even

    rows = sorted({round(y, 1) for _, _, y, size in places[0] if round(size) == 16}, reverse=True)
    steps = [round(a - b, 1) for a, b in itertools.pairwise(rows)]
    assert steps.count(28.0) >= 6


def positions(page) -> list[tuple[str, float, float, float]]:
    found = []

    def visit(text, matrix, _, __, size):
        if text.strip():
            found.append((text, matrix[4], matrix[5], size))

    page.extract_text(visitor_text=visit)
    return found


def test_the_outline_and_the_properties_say_what_it_is(read, report):
    headings = [plain(entry["/Title"]) for entry in flat(read.outline)]

    assert headings[: len(report.sections)] == [
        plain(full_width(f"{number}{section.heading}")) for number, section in report.numbered()
    ]
    assert read.metadata.title == report.title
    assert read.metadata.author == report.street
    assert report.snapshot in read.metadata.subject


def flat(outline) -> list:
    return [x for each in outline for x in (flat(each) if isinstance(each, list) else [each])]


def test_the_same_report_is_the_same_file(report):
    assert paper.write(report) == paper.write(report)


@pytest.mark.parametrize("where", ["2022-01", "520111007003"])
def test_an_empty_month_and_one_community_can_be_printed(snapshot, where):
    empty = where == "2022-01"
    period = Period.parse(where if empty else "2024-09", snapshot.as_of)
    scope = Scope.street() if empty else Scope("community", where)

    text = words(PdfReader(io.BytesIO(paper.write(monthly(snapshot, period, scope)))))

    assert ("2022年1月" if empty else "石板井社区") in text


def test_a_name_beyond_gb_2312_is_printed_or_named_in_the_error(report):
    rare = replace(report, place="𡎚坪村", title="𡎚坪村情况")
    try:
        text = words(PdfReader(io.BytesIO(paper.write(rare))))
    except CannotPrint as error:
        assert "𡎚" in str(error)
        assert "安装" in str(error)
    else:
        assert "𡎚坪村情况" in text
    unheard_of = replace(report, title="\u0378")
    with pytest.raises(CannotPrint, match="打不出"):
        paper.write(unheard_of)


def test_numbers_and_keys_are_never_broken_for_a_sentence_s_sake():
    header = ["指标", "本期", "说明"]
    rows = [["按时办结率", "92.8%(466/502)", "较上月基本持平,处于正常波动范围" * 6]]

    given = widths(header, rows, 10.5, 442.0)

    assert sum(given) == pytest.approx(442, abs=0.1)
    assert given[1] > 14 * 0.55 * 10.5
    assert given[0] > 5 * 10.5


def test_a_source_prints_as_metric_over_key(report):
    source: Source = report.sources[0]
    rows = content(report)["appendix"]["rows"]

    assert rows[0][1]["text"] == f"{full_width(source.metric)}\n{source.key}"
