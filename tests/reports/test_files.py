"""A report opened with the library of each file: every number stands on measure(), and what is hidden stays so."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn
from numbers_of import by_method
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from metrics import Measurement, Period, Scope, Snapshot, measure
from metrics.errors import BadPeriod
from metrics.words import amount, fraction_text, number, percent, value_text
from reports.cells import harmless
from reports.model import Report, Section
from reports.monthly import monthly
from reports.parts import (
    NUMERAL,
    Blank,
    Cell,
    Chart,
    Column,
    Paragraph,
    Sentence,
    Series,
    Table,
    Words,
)
from reports.punctuation import full_width
from reports.writers import WRITERS

# Numbers that are words: periods, names of channels, rules and thresholds.
NAMES = re.compile(
    r"\d{4}年|\d{1,2}月|\d{1,2}日|12345|95%区间|每千|\d+天|90天内|48小时|[一二三四]季度|\[\d+\]"
)


@pytest.fixture(scope="module")
def report(written: Report) -> Report:
    return written


@pytest.fixture(scope="module")
def document(report: Report):
    return docx.Document(io.BytesIO(WRITERS["docx"](report)))


def again(found: Measurement, snapshot: Snapshot) -> Measurement:
    """Asked anew by what the appendix says, as somebody else would."""
    return measure(
        found.card.id, Period.parse(found.period.code, found.as_of), found.scope, found.by,
        where=found.where, version=found.card.version, snapshot=snapshot, role="presenter",
    )  # fmt: skip


@pytest.fixture(scope="module")
def measured(report: Report, snapshot: Snapshot) -> dict[int, Measurement]:
    return {s.mark: again(s.measured, snapshot) for s in report.sources if s.measured}


@pytest.fixture(scope="module")
def worked_out(report: Report, snapshot: Snapshot) -> dict[int, set[str]]:
    """What the figures that no card defines may say."""
    return by_method(report, snapshot)


def numerals(text: str) -> set[str]:
    return set(NUMERAL.findall(NAMES.sub(" ", text)))


def words_of(found: Measurement) -> set[str]:
    """Every way in which the numbers of a measurement may be printed."""
    known: set[str] = set()
    for row in found.rows:
        if row.hidden or row.value is None:
            continue
        texts = [amount(found.card, row.value), fraction_text(row)]
        known |= numerals(" ".join(texts))
    if found.target is not None:
        known |= numerals(amount(found.card, found.target))
    for note in found.notes:
        known |= numerals(note)
    return known


def changes(now: Measurement, before: Measurement) -> set[str]:
    """Differences between two periods, in things, points and percent."""
    found: set[str] = set()
    for row in now.rows:
        past = before.row(*row.group)
        old = past.value if past else 0.0
        if row.value is None or old is None:
            continue
        scale = 100 if now.card.unit in ("share", "ratio") else 1
        difference = abs(row.value - old)
        found |= {number(difference * scale, digits) for digits in (0, 1)}
        if old:
            found.add(number(difference / old * 100, 1))
    return found


def may_say(measured: dict[int, Measurement], marks) -> set[str]:
    cited = [measured[mark] for mark in marks if mark in measured]
    pairs = [(a, b) for a in cited for b in cited if a.card == b.card and a.by == b.by]
    known = set().union(*map(words_of, cited)) if cited else set()
    known |= {str(n) for n in range(max((len(each.rows) for each in cited), default=0) + 1)}
    return known.union(*(changes(a, b) for a, b in pairs))


def test_every_number_of_a_sentence_is_of_the_sources_it_names(report, measured, worked_out):
    strays = {
        sentence.key: missing
        for sentence in report.sentences
        if (
            missing := numerals(sentence.text)
            - may_say(measured, sentence.marks)
            - set().union(*(worked_out.get(mark, set()) for mark in sentence.marks))
        )
    }

    assert strays == {}
    assert sum(len(numerals(sentence.text)) for sentence in report.sentences) > 80


def test_a_number_of_nowhere_in_a_sentence_is_found(report, measured):
    first = next(report.sentences)

    assert numerals("诉求98,765件") - may_say(measured, first.marks) == {"98,765"}


def test_every_cell_and_every_bar_is_what_measure_answers(report, measured):
    checked = 0
    for cell in (cell for table in report.tables for row in table.rows for cell in row):
        assert cell.value is None or cell.mark is not None, cell
        if cell.value is not None and cell.mark in measured:
            found = measured[cell.mark]
            zero = cell.value == 0 and not found.card.is_rate
            assert zero or any(
                row.value == cell.value and value_text(found.card, row) == cell.text
                for row in found.rows
            )
            checked += 1
    for chart in report.charts:
        (mark,) = chart.marks
        values = [None if row.hidden else row.value for row in measured[mark].rows]
        assert set(chart.series[0].values) <= set(values)
        checked += len(chart.categories)

    assert checked > 200


def test_the_document_says_the_sentences_and_the_cells(report, document):
    said = "\n".join(line.text for line in document.paragraphs)
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]

    for sentence in report.sentences:
        whole = "".join(
            full_width(words.text) + "".join(f"[{mark}]" for mark in words.marks)
            for words in sentence.words
        )
        assert whole in said
    for table in report.tables:
        assert [full_width(column.header) for column in table.columns] in cells
        for row in table.rows:
            assert [full_width(cell.text) for cell in row] in cells
    for source in report.sources:
        assert [full_width(text) for text in source.printed] in cells
    assert report.snapshot in said
    assert "演示数据" in said
    assert full_width("本报告新增填报项:0") in said


def books(content: bytes) -> list[bytes]:
    file = zipfile.ZipFile(io.BytesIO(content))
    names = [name for name in file.namelist() if name.startswith("word/embeddings/")]
    return [
        file.read(name) for name in sorted(names, key=lambda name: int(re.findall(r"\d+", name)[0]))
    ]


def test_the_charts_of_the_document_open_as_the_data_that_was_measured(report, measured):
    found = books(WRITERS["docx"](report))

    assert len(found) == len(report.charts)
    for content, chart in zip(found, report.charts, strict=True):
        header, *rows = (
            CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        )
        assert header[1] == chart.series[0].name
        values = [row[1] if row[1] != "" else None for row in rows]
        assert values == pytest.approx(list(chart.series[0].values), nan_ok=True)
        for row, value, text in zip(
            rows, chart.series[0].values, chart.series[0].texts, strict=True
        ):
            assert (text in str(row[0])) == (value is None)
        if chart.corridor:
            assert [row[2] for row in rows] == pytest.approx(chart.corridor.low)


def test_a_chart_part_is_linked_to_its_drawing_and_its_workbook(report, document):
    parts = [
        rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/chart")
    ]

    assert len(parts) == len(report.charts)
    assert len(list(document.element.iter(qn("w:drawing")))) == len(parts)
    for part in parts:
        (rel,) = part.rels.values()
        assert rel.rId.encode() in part.blob
        assert rel.target_part.content_type.endswith("spreadsheetml.sheet")


def test_the_document_is_laid_out_as_the_standard_says(report, document):
    section = document.sections[0]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]

    assert [round(edge.mm) for edge in margins] == [37, 35, 28, 26]
    assert document.settings.odd_and_even_pages_header_footer
    assert (
        section.footer.paragraphs[0].alignment != section.even_page_footer.paragraphs[0].alignment
    )
    for run in document.element.iter(qn("w:r")):
        if run.find(qn("w:t")) is not None:
            assert run.rPr.rFonts.get(qn("w:eastAsia"))
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    headings = [line.text for line in document.paragraphs if line.style.name == "Heading 1"]
    assert headings[:2] == ["一、总体情况", "二、渠道与类型"]
    for line, following in pairwise(document.paragraphs):
        if line.style.name.startswith("Heading"):
            assert line.paragraph_format.keep_with_next, following.text


def test_a_red_head_stands_only_where_it_is_asked_for(report, document):
    headed = docx.Document(io.BytesIO(WRITERS["docx"](replace(report, red_head="溪北街道办事处"))))

    assert headed.paragraphs[0].text == "溪北街道办事处"
    assert document.paragraphs[0].text != "溪北街道办事处"


@pytest.fixture(scope="module")
def sheets(report: Report) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(WRITERS["xlsx"](report)))
    assert book.sheet_names == ["数据", "口径", "筛选条件", "质量"]
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_holds_every_number_as_a_number(report, sheets, measured):
    top = next(at for at, row in enumerate(sheets["数据"]) if row[0] == "表号")
    lines = sheets["数据"][top + 1 :]
    cells = [cell for table in report.tables for row in table.rows for cell in row[1:]]

    assert len(lines) == len(cells)
    for line, cell in zip(lines, cells, strict=True):
        assert line[4] == ("" if cell.value is None else pytest.approx(cell.value))
        assert line[5] == harmless(cell.text)
    assert any("演示数据" in str(row[0]) for row in sheets["数据"][:top])


def test_dates_of_the_workbook_are_dates_and_codes_are_text(report, sheets):
    top = next(at for at, row in enumerate(sheets["筛选条件"]) if row[0] == "标号")
    first = dict(zip(sheets["筛选条件"][top], sheets["筛选条件"][top + 1], strict=True))

    assert first["口径编号"] == "hotline_volume@1"
    assert first["开始日期"] in (date(2024, 9, 1), datetime(2024, 9, 1))
    assert first["数据快照"] == report.snapshot
    assert len(sheets["筛选条件"]) == top + 1 + len(report.sources)
    assert any(report.notices[0] == row[0] for row in sheets["筛选条件"][:top])
    assert {row[0] for row in sheets["口径"][1:]} == {s.key for s in report.sources}


def test_sensitive_groups_are_hidden_in_every_file(snapshot):
    """A named leader sees them; a document goes from hand to hand."""
    quarter = Period.parse("2024-Q3", snapshot.as_of)
    leader = measure("coverage_visited", quarter, by="group", snapshot=snapshot, role="leader")
    made = monthly(snapshot, quarter)
    table = next(each for each in made.tables if each.key == "groups")
    hidden = {row[0].text for row in table.rows if any(cell.hidden for cell in row)}
    secret = {fraction_text(row) for row in leader.rows if row.label in hidden and row.denominator}

    assert hidden == {"残障人员", "帮扶人员", "重点关注人员"}
    assert len(secret) == 3
    for row in table.rows:
        if row[0].text in hidden:
            assert {cell.value for cell in row[1:]} == {None}
            assert {cell.text for cell in row[1:]} == {"已隐藏", "—"}
    chart = next(each for each in made.charts if each.key == "groups-visited")
    absent = {n for n, v in zip(chart.categories, chart.series[0].values, strict=True) if v is None}
    assert absent == hidden
    for suffix, write in WRITERS.items():
        said = everything(write(made))
        assert "已隐藏" in said, suffix
        assert not [text for text in secret if text in said], suffix
        assert suffix not in ("docx", "xlsx") or "28,905/63,210" in said


def everything(content: bytes) -> str:
    """All text of a file, that of the workbooks inside it too."""
    if content.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    file = zipfile.ZipFile(io.BytesIO(content))
    return "".join(
        everything(part) if name.endswith(".xlsx") else part.decode("utf-8", "ignore")
        for name in file.namelist()
        for part in [file.read(name)]
    )


def test_words_of_change_say_no_more_than_the_test_behind_them(snapshot, report):
    """499 against 435 is within what months differ by: it has not risen, however much it looks so."""
    volume = next(s for s in report.sentences if s.key == "overall.volume")
    calm = next(s for s in report.sentences if s.key == "hotspots.moved")

    assert "较上月基本持平(+64件,波动范围内)" in volume.text
    assert "物业管理66件,较上月增加28件,+73.7%" in calm.text
    assert percent(466 / 502) == "92.8%"


def test_a_community_is_told_by_its_own_rows(snapshot):
    period = Period.parse("2024-09", snapshot.as_of)
    made = monthly(snapshot, period, Scope("community", "520111007001"))
    volume = measure("hotline_volume", period, made.scope, snapshot=snapshot).total

    assert made.place == "吉麟社区"
    assert f"诉求受理量{number(volume.value or 0)}件" in next(made.sentences).text
    assert {s.measured.scope.code for s in made.sources if s.measured} == {"520111007001"}


def test_a_grid_can_be_told_of_too(snapshot):
    """Cases may describe a person: for one grid they are hidden, not missing."""
    period = Period.parse("2024-09", snapshot.as_of)
    made = monthly(snapshot, period, Scope("grid", "520111007001001"))
    rows = next(table for table in made.tables if table.key == "main").rows

    assert made.place == "吉麟社区01网格"
    assert {row[1].text for row in rows if row[0].text == "受理案件"} == {"已隐藏"}


def test_a_month_without_any_record_says_so_in_every_file(snapshot):
    made = monthly(snapshot, Period.parse("2021-03", snapshot.as_of))

    assert "诉求受理量未上报" in next(made.sentences).text
    assert not [c for c in made.charts if not any(any(s.values) for s in c.series)]
    for write in WRITERS.values():
        assert write(made)


def test_a_week_is_no_period_of_a_report(snapshot):
    with pytest.raises(BadPeriod, match="整月或整季"):
        monthly(snapshot, Period.parse("2024-W36", snapshot.as_of))


def test_names_out_of_files_are_never_formulas(report):
    """A unit called =1+1 is a name: in the cells, and in the workbook behind a chart."""
    evil = "=HYPERLINK(1)"
    table = Table(
        "t", evil, (Column("单位"), Column("数", "count")), ((Cell(evil), Cell("3件", 3.0, 1)),)
    )
    chart = Chart(
        "c", "bars", evil, "", (evil,), (Series(evil, (3.0,), ("3件",)),), "件", "count", (1,)
    )
    sentence = Sentence("s", (Words(evil, (1,)),))
    section = Section("x", "甲", 1, (Paragraph((sentence,)), table, chart, Blank("填写")))
    made = replace(report, sections=(section,))

    files = [WRITERS["xlsx"](made), *books(WRITERS["docx"](made))]
    assert len(files) == 2
    for content in files:
        inner = zipfile.ZipFile(io.BytesIO(content))
        xml = b"".join(inner.read(n) for n in inner.namelist() if "worksheets/" in n)
        assert b"<f>" not in xml
        strings = (
            CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        )
        assert f"'{evil}" in {cell for row in strings for cell in row}


def test_marks_in_running_chinese_are_full_width_and_numbers_stay():
    assert full_width("受理1,454件,占(3:2);好") == "受理1,454件\uff0c占\uff083:2\uff09\uff1b好"
