"""A pinned snapshot gives the same numbers for good: after loads, after new versions of its cards."""

import re
import shutil
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from etl import history, shelf
from metrics import NoSnapshot, Period, card, library, measure_many, past, pins
from metrics.definitions import of
from metrics.survival import durations
from metrics.words import sentence

VOLUME, SATISFIED = "hotline_volume", "hotline_satisfied_explicit"
HEADER = ("工单编号", "受理时间", "办结时间", "满意度", "诉求分类")


def orders(months, satisfied, tag=""):
    """So many orders of each month, and how many of them satisfied; the others call it fair."""
    start = date(2023, 1, 1)
    for month in range(months):
        first = date(start.year + month // 12, month % 12 + 1, 1)
        for at in range(12 + month % 3):
            day = first + timedelta(days=at)
            rated = "满意" if at < satisfied else "基本满意"
            yield f"{tag}{month}-{at}", f"{day} 09:00:00", f"{day + timedelta(days=2)} 09:00:00", rated, "物业管理"  # fmt: skip


@pytest.fixture
def street_office(office, monkeypatch):
    monkeypatch.setenv("GOVERNANCE_DATA", str(office.place.root))
    office.load(office.table("a.csv", HEADER, orders(21, 8)), source="hotline")
    yield office
    library.library.cache_clear()


def told(snapshot):
    """All that a report would print of it: numbers, intervals, limits, words."""
    said = []
    period = Period.parse("2024-08", snapshot.as_of)
    with of(snapshot):
        found = measure_many([VOLUME, SATISFIED], period, snapshot=snapshot)
        months = measure_many(
            [VOLUME, SATISFIED], past.ever(snapshot), by="month", snapshot=snapshot
        )
        for metric, now in found.items():
            limits = past.limits_of(snapshot, months[metric])
            said += [now.card.key, now.total, now.notes, now.base_label, months[metric].rows]
            said += [sentence(now, past.status_of(now, limits)), limits.points]
        said += [card(SATISFIED).meaning, durations("hotline", period, snapshot=snapshot).median]
    return said


def upgrade(folder, monkeypatch):
    """A new version of 满意率 that counts 基本满意 as satisfied again, and a metric nobody had before."""
    shutil.copytree(library.FOLDER, folder)
    file = folder / "hotline.toml"
    text = file.read_text(encoding="utf-8")
    start = text.index(f"[cards.{SATISFIED}]")
    end = text.index("\n[cards.", start + 1)
    body = text[start:end]
    newest = body.replace("version = 2", "version = 3").replace("2024-07-01", "2024-09-01")
    newest = re.sub(r"numerator = .*", 'numerator = "count(*)"', newest, count=1)
    earlier = body.replace(f"[cards.{SATISFIED}]", f"[cards.{SATISFIED}.earlier.2]").replace("version = 2\n", "")  # fmt: skip
    added = newest.replace(f"[cards.{SATISFIED}]", "[cards.hotline_later]")
    added = re.sub(r"label = .*", 'label = "后来的指标"', added, count=1).replace("version = 3", "version = 1")  # fmt: skip
    file.write_text(f"{text[:start]}{newest}\n{earlier}\n{added}\n{text[end:]}", encoding="utf-8")
    monkeypatch.setenv("GOVERNANCE_CARDS", str(folder))
    library.library.cache_clear()
    assert card(SATISFIED).version == 3


def test_a_pinned_snapshot_gives_the_same_numbers_after_loads_and_a_new_version_of_a_card(
    street_office, tmp_path, monkeypatch
):
    pinned = street_office.snapshot.id
    pins.pin(pinned, "九月例会", "给党工委会议")
    before = told(street_office.snapshot)
    assert told(pins.reopen(pinned)) == before

    street_office.load(street_office.table("b.csv", HEADER, orders(21, 2, "N")), source="hotline")
    for second in range(shelf.KEEP):
        (street_office.place.snapshots / f"29990101T0000{second:02d}Z-00000000.duckdb").touch()
    shelf.prune(street_office.place)
    upgrade(tmp_path / "cards", monkeypatch)
    pins._reopened.cache_clear()  # as in a process started a year later

    assert told(pins.reopen(pinned)) == before
    live = told(street_office.snapshot)
    assert live[0] == before[0]
    assert live[1] != before[1]
    assert f"{SATISFIED}@3" in live
    assert f"{SATISFIED}@2" in before
    listed = {each["snapshot"]: each["pinned"] for each in history.snapshots(street_office.place)}
    assert listed[pinned] is True
    assert sum(listed.values()) == 1


def test_what_came_after_a_pin_is_not_reported_in_it_and_stops_nothing(
    street_office, tmp_path, monkeypatch
):
    pinned = street_office.snapshot.id
    pins.pin(pinned, "九月例会")
    upgrade(tmp_path / "cards", monkeypatch)
    old = pins.reopen(pinned)
    period = Period.parse("2024-08", old.as_of)

    found = measure_many([VOLUME, "hotline_later"], period, snapshot=old)

    assert found[VOLUME].total.value == 13
    assert found["hotline_later"].total.reason == "未上报:固定这个快照时还没有这项指标"
    assert measure_many(["hotline_later"], period, by="month", snapshot=old)["hotline_later"].rows == ()  # fmt: skip


def test_a_card_that_asks_for_a_column_an_old_snapshot_lacks_has_no_number_in_it(
    street_office, tmp_path, monkeypatch
):
    """Not pinned: the running cards measure it."""
    folder = tmp_path / "cards"
    shutil.copytree(library.FOLDER, folder)
    file = folder / "hotline.toml"
    text = file.read_text(encoding="utf-8")
    start = text.index(f"[cards.{SATISFIED}]")
    text = text[:start] + re.sub(r"numerator = .*", 'numerator = "sum(stars)"', text[start:], count=1)  # fmt: skip
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("GOVERNANCE_CARDS", str(folder))
    library.library.cache_clear()
    old = pins.reopen(street_office.snapshot.id)

    found = measure_many([VOLUME, SATISFIED], Period.parse("2024-08", old.as_of), snapshot=old)

    assert found[VOLUME].total.value == 13
    assert found[SATISFIED].total.reason == "未上报:该快照由旧版程序生成,没有这一项"


def test_pinning_again_renames_and_keeps_the_cards(street_office, tmp_path, monkeypatch):
    pinned = street_office.snapshot.id
    first = pins.pin(pinned, "草稿")
    before = told(pins.reopen(pinned))
    upgrade(tmp_path / "cards", monkeypatch)

    again = pins.pin(pinned, " 九月  例会 ", "定稿")

    assert (again.name, again.note, again.pinned_at) == ("九月 例会", "定稿", first.pinned_at)
    assert told(pins.reopen(pinned)) == before
    assert pins.pinned_ids() == {pinned}
    pins.unpin(pinned)
    assert pins.pins() == []


def test_what_is_not_there_cannot_be_pinned_or_opened_and_is_said_with_what_is(street_office):
    pins.pin(street_office.snapshot.id, "九月例会")

    for act in (pins.reopen, lambda snapshot: pins.pin(snapshot, "名")):
        with pytest.raises(NoSnapshot, match="没有快照 20200101T000000Z-abcdef01"):
            act("20200101T000000Z-abcdef01")
    with pytest.raises(NoSnapshot, match="九月例会"):
        pins.reopen("no-such")
    with pytest.raises(ValueError, match="1到40个字"):
        pins.pin(street_office.snapshot.id, "  ")
    assert len(pins.pins()) == 1


def frame():
    import streamlit as st

    from ui import links, scopebar, state

    view = state.open_view()
    scopebar.draw(view, "hotline", "12345热线")
    st.text(links.address(view, "hotline"))
    st.text(f"{view.snapshot.id} {view.snapshot.past}")


def test_an_address_opens_a_pinned_snapshot_says_so_and_leads_back(street_office):
    pinned = street_office.snapshot.id
    pins.pin(pinned, "九月例会")
    street_office.load(street_office.table("b.csv", HEADER, orders(21, 2, "N")), source="hotline")
    latest = street_office.snapshot.id
    page = AppTest.from_function(frame, default_timeout=20)
    page.query_params["snap"] = pinned
    page.run()
    assert not page.exception
    assert page.text[1].value == f"{pinned} True"
    assert f"snap={pinned}" in page.text[0].value
    assert any("正在看固定快照「九月例会」" in each.value for each in page.markdown)

    next(each for each in page.button if each.label == "回到最新").click().run()

    assert page.text[1].value == f"{latest} False"
    assert "snap=" not in page.text[0].value


def test_an_address_of_a_snapshot_that_is_gone_shows_the_latest_and_says_what_to_do(street_office):
    page = AppTest.from_function(frame, default_timeout=20)
    page.query_params["snap"] = "20200101T000000Z-abcdef01"
    page.run()

    assert not page.exception
    assert page.text[1].value == f"{street_office.snapshot.id} False"
    assert "下面是最新的数据" in page.warning[0].value
