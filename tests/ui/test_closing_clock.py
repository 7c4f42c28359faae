"""How long closing takes, on a clock that ends where the calendar does."""

from inside import enter, said, turn


def test_beyond_the_calendar_there_is_no_guess(office, monkeypatch):
    header = ["工单编号", "受理时间", "办结时间", "诉求分类"]
    rows = [[f"A{no}", "2003-12-30 09:00", "2004-01-05 09:00", "噪声扰民"] for no in range(12)]
    rows.append(["B1", "2004-02-02 09:00", "2004-02-03 09:00", "噪声扰民"])
    office.load(office.table("hotline.csv", header, rows))
    page = turn(
        enter(office.place.root, monkeypatch, {"period": "2003-12", "clock": "工作日"}), "hotline"
    )

    assert "工作日历只有2004年至2026年,有12件" in said(page)
    page.button_group(key="clock").set_value("自然日").run()
    assert "一半工单在6.0天内办结" in said(page)
