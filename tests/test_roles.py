"""Readers say in what capacity they read, unless the deployment says it for them."""

import os
import subprocess
import sys

import pytest
from serving import ROOT
from streamlit.testing.v1 import AppTest

from metrics import roles
from metrics.api import answer
from metrics.errors import BadRole

COVERAGE = """月份,社区,群体,应知人数,掌握人数
2024-04,吉麟社区,社区矫正,40,20
2024-05,吉麟社区,社区矫正,40,20
2024-06,吉麟社区,社区矫正,40,20
2024-07,吉麟社区,社区矫正,40,20
"""
QUERY = {"period": "2024-Q2", "by": "group"}


def frame():
    import streamlit as st

    from ui import pick_role, state

    view = state.open_view()
    pick_role.draw(view)
    st.text(f"{view.role} {view.can_correct} {dict(st.query_params)}")


@pytest.fixture
def loaded(office, monkeypatch):
    office.load(office.write("coverage.csv", COVERAGE), source="coverage")
    monkeypatch.setenv("GOVERNANCE_DATA", str(office.place.root))
    monkeypatch.delenv(roles.VARIABLE, raising=False)
    return office


def sensitive(loaded):
    _, body = answer("coverage_known", QUERY, loaded.snapshot)
    return [row["reason"] for row in body["rows"] if row["group"] == "focus"]


def test_a_reader_starts_as_a_leader_and_a_chosen_role_stays_out_of_the_address(loaded):
    page = AppTest.from_function(frame).run()
    assert page.text[0].value.startswith("leader False")

    page.radio[0].set_value("analyst").run()

    assert page.text[0].value.startswith("analyst True")
    assert "analyst" not in page.text[0].value.removeprefix("analyst")


def test_a_fixed_deployment_offers_no_choice_and_its_interface_answers_for_that_role(
    loaded, monkeypatch
):
    open_to_all = sensitive(loaded)
    monkeypatch.setenv(roles.VARIABLE, "presenter")

    page = AppTest.from_function(frame).run()

    assert not page.radio
    assert page.text[0].value.startswith("presenter False")
    assert "具名" in str(sensitive(loaded))
    assert "具名" not in str(open_to_all)


def test_a_role_that_does_not_exist_stops_the_start(loaded, monkeypatch):
    monkeypatch.setenv(roles.VARIABLE, "presentor")
    with pytest.raises(BadRole, match="是否要用“presenter”"):
        roles.fixed()

    done = subprocess.run(
        [sys.executable, "-c", "import app"],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert "presentor" in done.stderr
