"""Every file that leaves has a line: when, in which role, of which period, place and snapshot."""

from pathlib import Path

from metrics import Period, current_snapshot
from reports import handed
from reports.monthly import monthly


def test_a_file_is_written_down_when_its_bytes_are_asked_for(sample: Path, tmp_path, monkeypatch):
    snapshot = current_snapshot(sample)
    report = monthly(snapshot, Period.parse("2024-09", snapshot.as_of)).only(["overall", "units"])
    monkeypatch.setenv("GOVERNANCE_DATA", str(tmp_path))

    give = handed.taken(report, "甲.docx", "领导", b"content")
    before = handed.latest()
    content = [give(), give()]

    assert before == []
    assert content == [b"content", b"content"]
    first, second = handed.latest()
    assert (first.role, first.file, first.period, first.place) == (
        "领导",
        "甲.docx",
        "2024-09",
        "溪北街道",
    )
    assert (first.filters, first.snapshot) == ("overall units", snapshot.id)
    assert second.at <= first.at
    assert handed.latest(1) == [first]
