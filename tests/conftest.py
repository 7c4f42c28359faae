"""An office of its own for every test, and the sample built once for all of them."""

import os
import pickle
from pathlib import Path

import pytest
from filelock import FileLock
from offices import Office

from etl.load import LoadReport, build_sample
from etl.place import Place


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Shared by the workers of one run: the first builds it, the others wait."""
    base = tmp_path_factory.getbasetemp()
    # Above the base of a single process lie the runs of other days.
    parent = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    data = parent / "sample-data"
    with FileLock(parent / "sample.lock"):
        if not (data / "CURRENT").exists():
            (parent / "sample-report").write_bytes(pickle.dumps(build_sample(Place(data))))
    return data


@pytest.fixture(scope="session")
def sample_report(sample: Path) -> LoadReport:
    """What loading the sample said."""
    return pickle.loads((sample.parent / "sample-report").read_bytes())
