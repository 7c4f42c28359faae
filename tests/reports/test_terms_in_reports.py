"""The words of orders in a report: as the page 热点诉求 has them, and in all four files."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from numbers_of import by_method
from pypdf import PdfReader

from metrics import Period, Scope, Snapshot, current_snapshot
from metrics.emerging import emerging
from metrics.expected import outlook
from metrics.topics import LEAST, frequent
from metrics.words import number, percent
from reports.model import Report
from reports.monthly import monthly
from reports.parts import NUMERAL
from reports.writers import WRITERS


@pytest.fixture(scope="module")
def snapshot(sample: Path) -> Snapshot:
    return current_snapshot(sample)


def told(
    snapshot: Snapshot, period: str, scope: Scope | None = None
) -> tuple[Report, dict[str, str]]:
    made = monthly(snapshot, Period.parse(period, snapshot.as_of), scope)
    return made, {sentence.key: sentence.text for sentence in made.sentences}


def test_the_burst_pipe_of_july_is_named_with_what_is_usual(snapshot):
    period = Period.parse("2024-07", snapshot.as_of)
    found = emerging(snapshot, period, Scope.street()).found
    _, said = told(snapshot, "2024-07")

    assert {"停水", "水压"} <= {label for each in found for label in each.labels}
    for each in found[:5]:
        assert f"{each.label},{each.why}" in said["hotspots.emerging"]


NAMES = re.compile(r"\d{4}年|\d{1,2}月|[一二三四]季度")


@pytest.mark.parametrize(
    ("period", "least"), [("2024-07", 12), ("2024-09", 10), ("2024-Q3", 10), ("2022-03", 2)]
)
def test_every_number_about_words_is_worked_out_anew(snapshot, period, least):
    made, _ = told(snapshot, period)
    allowed, checked = by_method(made, snapshot), 0
    for sentence in made.sentences:
        if sentence.key in ("hotspots.emerging", "hotspots.terms", "hotspots.expected"):
            (mark,) = sentence.marks
            found = set(NUMERAL.findall(NAMES.sub(" ", sentence.text)))
            assert found - allowed[mark] <= ({"6"} if "不足6个" in sentence.text else set())
            checked += len(found)

    assert checked >= least


def test_every_cell_of_the_table_of_words_is_worked_out_anew(snapshot):
    made, _ = told(snapshot, "2024-09")
    found = frequent(snapshot, made.period, made.scope)
    (table,) = [each for each in made.tables if each.key == "terms"]
    (mark,) = table.marks

    for row, term in zip(table.rows, found.terms, strict=False):
        assert [cell.value for cell in row[1:]] == [term.orders, term.per_thousand, term.share]
        assert [cell.text for cell in row[1:]] == [
            f"{term.orders}件", number(term.per_thousand or 0, 1), percent(term.share or 0),
        ]  # fmt: skip
        assert {cell.mark for cell in row[1:]} == {mark}
    (source,) = [each for each in made.sources if each.mark == mark]
    assert (source.key, source.n) == ("词语@方法", f"n={found.orders}")
    left = next(note for note in table.notes if "未列出" in note)
    assert f"另有{len(found.terms) - len(table.rows)}个" in left
    assert any(f"另有{found.fewer}个词不足{LEAST}件" in note for note in table.notes)


def test_a_quiet_month_says_that_nothing_is_unusual(snapshot):
    tested = emerging(snapshot, Period.parse("2024-09", snapshot.as_of), Scope.street())
    _, said = told(snapshot, "2024-09")

    assert said["hotspots.emerging"] == f"2024年9月检验{tested.tested}个词,没有比往常明显增多的。"


def test_terms_are_those_of_the_page_and_none_is_said_too_rarely(snapshot):
    period = Period.parse("2024-09", snapshot.as_of)
    found = frequent(snapshot, period, Scope.street())
    made, said = told(snapshot, "2024-09")
    (table,) = [each for each in made.tables if each.key == "terms"]

    assert [(row[0].text, row[1].value) for row in table.rows] == [
        (each.label, each.orders) for each in found.terms[:10]
    ]
    assert min(row[1].value or 0 for row in table.rows) >= LEAST
    assert f"{found.terms[0].label}{found.terms[0].orders}件" in said["hotspots.terms"]


def test_next_month_is_foretold_by_the_newest_report_of_the_street_alone(snapshot):
    first = outlook(snapshot, "category").ranges[0]
    _, said = told(snapshot, "2024-09")
    _, older = told(snapshot, "2024-07")
    _, one = told(snapshot, "2024-09", Scope("community", "520111007001"))

    assert (
        f"2024年11月诉求较多的类别预计为{first.label}{first.low}至{first.high}件"
        in said["hotspots.expected"]
    )
    assert "hotspots.expected" not in older
    assert "hotspots.expected" not in one
    assert "hotspots.terms" in one


def test_a_grid_has_no_words_of_its_own(snapshot):
    _, said = told(snapshot, "2024-09", Scope("grid", "520111007001001"))

    assert not {key for key in said if key in ("hotspots.terms", "hotspots.emerging")}


def test_the_words_stand_in_all_four_files(snapshot):
    made, _ = told(snapshot, "2024-09")
    (table,) = [each for each in made.tables if each.key == "terms"]
    for suffix, write in WRITERS.items():
        content = write(made)
        if suffix == "pdf":
            said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        else:
            file = zipfile.ZipFile(io.BytesIO(content))
            said = "".join(
                file.read(n).decode("utf-8", "ignore")
                for n in file.namelist()
                if n.endswith(".xml")
            )
        shown = [cell.text for row in table.rows for cell in row]
        assert not [text for text in shown if text not in said], suffix
        assert "词语@方法" in said, suffix
