"""The report of one month of the sample, built once for all that print it."""

from pathlib import Path

import pytest

from metrics import Period, Snapshot, current_snapshot
from reports.model import Report
from reports.monthly import monthly
from reports.punctuation import official


@pytest.fixture(scope="session")
def snapshot(sample: Path) -> Snapshot:
    return current_snapshot(sample)


@pytest.fixture(scope="session")
def written(snapshot: Snapshot) -> Report:
    return monthly(snapshot, Period.parse("2024-09", snapshot.as_of))


@pytest.fixture(scope="session")
def report(written: Report) -> Report:
    """In the punctuation of official documents, as a file prints it."""
    return official(written)
