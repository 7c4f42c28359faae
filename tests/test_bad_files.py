"""Whatever bytes arrive: a clear error or rejected rows, never a traceback, and the equation holds."""

import io
import zipfile
from datetime import date

import duckdb
import pytest
from bad_files import bad_files, bad_names
from hypothesis import HealthCheck, given, settings

from etl.load import load
from etl.place import Place
from etl.shelf import current

TODAY = date(2026, 11, 22)
FILLER = b" " * (64 << 20)


def put(place: Place, name: str, content: bytes):
    folder = place.root / "in"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


def check(report):
    assert report.files or report.errors
    assert all(f.accounting.balanced for f in report.files)
    for _, message in report.errors:
        assert any("\u4e00" <= c <= "\u9fff" for c in message), message
        assert "Traceback" not in message


def check_rehearsal(place: Place, name: str, content: bytes) -> None:
    check(load([put(place, name, content)], place=place, dry_run=True, today=TODAY))


any_file = given(name=bad_names, content=bad_files)
patient = settings(deadline=None, suppress_health_check=list(HealthCheck))


@settings(patient, max_examples=150)
@any_file
def test_any_file_ends_in_an_error_message_or_a_balanced_equation(tmp_path_factory, name, content):
    check_rehearsal(Place(tmp_path_factory.mktemp("office")), name, content)


@pytest.mark.slow
@settings(patient, max_examples=10_000)
@any_file
def test_ten_thousand_bad_files(tmp_path_factory, name, content):
    check_rehearsal(Place(tmp_path_factory.mktemp("office")), name, content)


def check_loaded(place: Place, name: str, content: bytes) -> None:
    report = load([put(place, name, content)], place=place, today=TODAY)

    check(report)
    assert (report.batch is None) == (not report.files)
    if report.snapshot is None:
        return
    with duckdb.connect(str(current(place)), read_only=True) as con:
        booked = "SELECT count(*), sum(read), sum(rejected) FROM batches WHERE batch = ?"
        found = con.execute(booked, [report.batch]).fetchone()
    accounts = [f.accounting for f in report.files]
    assert found == (
        len(accounts),
        sum(a.read for a in accounts),
        sum(a.rejected for a in accounts),
    )


@settings(patient, max_examples=25)
@any_file
def test_whatever_a_bad_file_leaves_behind_passes_every_check(tmp_path_factory, name, content):
    check_loaded(Place(tmp_path_factory.mktemp("office")), name, content)


@pytest.mark.slow
@settings(patient, max_examples=1_000)
@any_file
def test_a_thousand_bad_files_loaded_one_upon_another_never_block_the_next(
    tmp_path_factory, name, content
):
    place = Place(tmp_path_factory.getbasetemp() / "one-office")
    check_loaded(place, name, content)


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "nested.zip"])
def test_an_archive_that_would_unpack_to_a_hundred_times_its_size_is_refused(tmp_path, name):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr(name, FILLER)

    report = load(
        [put(Place(tmp_path), "a.xlsx", bomb.getvalue())], place=Place(tmp_path), today=TODAY
    )

    check(report)
    assert not report.files
