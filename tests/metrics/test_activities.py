"""Sessions, attendances and people; the month that passed without an activity."""


def session(day, place="C1", **rest):
    return {"date": day, "place": place, "system": "社区活动"} | rest


def test_attendances_are_not_people(street):
    street.write(
        activities=[
            session("2024-09-05", attendances=30, people=22, team="yilao"),
            session("2024-09-12", attendances=30, people=28, team="yilao"),
            session("2024-09-20"),
        ]
    )

    assert street.total("activity_sessions") == (3, None)
    assert street.total("activity_attendances") == (60, None)
    assert street.total("activity_attendances_per_session") == (60, 2)
    assert street.total("activity_people") == (50, None)


def test_a_session_without_a_count_is_not_a_session_nobody_came_to(street):
    street.write(
        activities=[
            session("2024-08-05", attendances=10),
            session("2024-09-05"),
            session("2024-10-05", attendances=0),
        ]
    )

    assert street.shares("activity_attendances", "month", "2024") == {
        "2024-08": (10, None), "2024-09": (None, None), "2024-10": (0, None),
    }  # fmt: skip


def test_every_community_owes_an_activity_every_month(street):
    """Three communities, July to September: nine cells, of which C2 misses two and C3 all."""
    street.write(
        as_of="2024-09-30",
        activities=[
            *(session(f"2024-{month}-05") for month in ("07", "08", "09")),
            session("2024-08-05", "C2"), session("2024-08-20", "C2"),
        ],
    )  # fmt: skip

    assert street.total("activity_monthly_compliance", "2024-Q3") == (4, 9)
    assert street.shares("activity_monthly_compliance", "community", "2024-Q3") == {
        "C1": (3, 3), "C2": (1, 3), "C3": (0, 3),
    }  # fmt: skip
    assert street.total("activity_sessions", "2024-Q3") == (5, None), "the total proves nothing"
    assert street.total("activity_monthly_compliance", "2024-Q3", where={"region": "R2"}) == (0, 3)


def test_a_month_that_has_not_ended_is_owed_nothing_yet(street):
    street.write(activities=[session("2024-09-05"), session("2024-10-05", "C2")])

    month = street.measure("activity_monthly_compliance", "2024-10")

    assert (month.total.numerator, month.total.denominator) == (1, 1)
    assert month.notes == ("本月未结束,尚无活动的 2 个社区暂不计入",)


def test_compliance_may_be_asked_of_one_kind_of_activity(street):
    street.write(
        as_of="2024-09-30",
        activities=[session("2024-09-05"), session("2024-09-05", "C2", system="社区体检")],
    )

    assert street.total("activity_monthly_compliance") == (2, 3)
    assert street.total("activity_monthly_compliance", where={"system": "社区活动"}) == (1, 3)


def test_topics_and_satisfaction_are_ratios_of_sums(street):
    street.write(
        activities=[
            session("2024-09-05", topics_raised=1, topics_closed=1, rated=10, satisfied=9),
            session("2024-09-06", topics_raised=9, topics_closed=3, rated=90, satisfied=45),
            session("2024-09-07", topics_raised=4),
        ]
    )

    assert street.total("activity_topics_closed") == (4, 10)
    assert street.total("activity_satisfied") == (54, 100)


def test_each_team_has_outcomes_of_its_own_kind(street):
    street.write(
        activities=[
            session("2024-09-05", team="yiqi", outcome_count=3),
            session("2024-09-06", team="yian", outcome_count=2),
            session("2024-09-07", team="yiye", outcome_count=52),
            session("2024-09-08", team="yikang", system="上门服务", attendances=7),
        ]
    )

    assert street.total("team_problems_solved") == (3, None)
    assert street.total("team_hazards_fixed") == (2, None)
    assert street.total("team_jobs_placed") == (50, None)
    assert street.total("team_home_visits") == (7, None)


def test_every_team_is_listed_even_when_it_did_nothing(street):
    street.write(activities=[session("2024-09-05", team="yiqi")])

    assert street.shares("activity_sessions", "team") == {
        "yiqi": (1, None), "yian": (0, None), "yikang": (0, None), "yilao": (0, None), "yiye": (0, None),
    }  # fmt: skip


def test_six_followed_elders_are_never_shown_nor_split(street):
    street.write(
        as_of="2024-12-31",
        activities=[session("2024-10-24", team="yilao", system="1对1跟踪服务", people=6)],
    )

    assert street.measure("team_elders_followed", "2024-Q4").total.hidden
    by_community = street.measure("team_elders_followed", "2024-Q4", by=("community",)).rows
    assert all(row.hidden for row in by_community)
    assert by_community[0].reason == "描述个人,只在全街道公布"
