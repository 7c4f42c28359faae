"""Bulletins of other shapes, made up: what is right in them is explained, what is wrong found, no more."""

from math import floor

import pytest

UNITS = ("甲街道", "乙街道", "丙街道", "丁街道", "戊街道", "己街道")
TAKEN = (412, 366, 298, 251, 187, 143)
CLOSED = (399, 341, 290, 240, 171, 139)


def table(headers, *columns, total=None):
    rows = [headers, *zip(*columns, strict=True), *([total] if total else [])]
    return "\n".join("\t".join(map(str, row)) for row in rows)


def has(lines, *words):
    return any(all(word in line for word in words) for line in lines)


def test_three_levels_of_header_with_the_total_first(findings):
    said = findings(
        "某县矛盾纠纷排查化解情况统计表\t\t\t\t\t\t\n"
        "镇办\t矛盾纠纷\t\t\t\t\t化解率\n"
        "\t婚姻家庭\t\t邻里\t\t合计\t\n"
        "\t受理数\t化解数\t受理数\t化解数\t受理数\t\n"
        "合计\t62\t55\t79\t70\t141\t88.65%\n"
        "甲镇\t20\t18\t31\t27\t51\t88.24%\n"
        "乙镇\t17\t15\t22\t20\t39\t89.74%\n"
        "丙镇\t25\t22\t26\t23\t51\t88.24%\n"
        "注:数据截至本月底。\t\t\t\t\t\t"
    )

    assert has(
        said["explained"],
        "(矛盾纠纷/婚姻家庭/化解数+矛盾纠纷/邻里/化解数)÷矛盾纠纷/合计/受理数",
        "3/3行",
    )
    assert has(said["note"], "合计与各行相加一致(核对5列)")
    assert said["break"] == said["look"] == []


def test_percentages_that_were_cut_off_and_not_rounded(findings):
    rates = [f"{floor(c / t * 1e4) / 100:.2f}%" for c, t in zip(CLOSED, TAKEN, strict=True)]

    said = findings(table(("街道", "受理数", "办结数", "办结率"), UNITS, TAKEN, CLOSED, rates))

    assert has(said["look"], "办结数÷受理数", "6/6行", "截尾")
    assert said["break"] == []


def test_shares_whose_last_digit_was_moved_to_make_a_hundred(findings):
    counts = (133, 126, 96, 81, 64, 34)
    shares = [round(count / sum(counts) * 100, 1) for count in counts]
    assert round(sum(shares), 1) == 100.1
    shares[0] = round(shares[0] - 0.1, 1)

    said = findings(table(("类别", "件数", "占比"), UNITS, counts, [f"{s}%" for s in shares]))

    assert has(said["look"], "5/6行", "甲街道", "尾数调过", "100.0%")
    assert said["break"] == []


def test_satisfaction_as_one_minus_the_dissatisfied(findings):
    rated, bad = (233, 201, 160, 143, 99, 80), (12, 9, 4, 7, 3, 2)
    rates = [f"{(1 - b / r) * 100:.1f}%" for b, r in zip(bad, rated, strict=True)]

    said = findings(
        table(
            ("街道", "办结数", "有效评价数", "不满意数", "满意率"), UNITS, CLOSED, rated, bad, rates
        )
    )

    assert has(said["explained"], "1−不满意数÷有效评价数", "6/6行")
    assert said["break"] == []


def test_decimals_in_place_of_percentages(findings):
    rates = [f"{c / t:.3f}" for c, t in zip(CLOSED, TAKEN, strict=True)]

    said = findings(
        table(("街道", "受理数", "按期办结数", "按期办结率"), UNITS, TAKEN, CLOSED, rates)
    )

    assert has(said["explained"], "按期办结数÷受理数", "6/6行", "3位小数")


def test_counts_in_tens_of_thousands_are_known_to_be_rounded(findings):
    attended, online = (123_406, 87_311, 152_249, 64_480, 98_732, 41_108), (51_233, 32_904, 98_460, 12_377, 60_020, 22_349)  # fmt: skip
    in_wan = [f"{count / 1e4:.1f}万" for count in attended]
    online_wan = [f"{count / 1e4:.1f}万" for count in online]
    shares = [f"{b / a * 100:.1f}%" for a, b in zip(attended, online, strict=True)]

    said = findings(
        table(("街道", "服务人次", "其中线上", "线上占比"), UNITS, in_wan, online_wan, shares)
    )

    assert has(said["explained"], "其中线上÷服务人次", "6/6行")
    assert said["break"] == []


def test_a_rate_per_thousand_over_a_population_in_tens_of_thousands(findings):
    people = (12.31, 8.74, 15.26, 6.48, 9.93, 4.17)
    rates = [f"{t / (p * 1e4) * 1000:.2f}" for t, p in zip(TAKEN, people, strict=True)]

    said = findings(
        table(("街道", "常住人口(万人)", "受理数", "每千人诉求量(‰)"), UNITS, people, TAKEN, rates)
    )

    assert has(said["explained"], "受理数÷常住人口(万人)", "6/6行")


def test_months_as_columns_are_read_as_rows(findings):
    rates = [f"{c / t * 100:.1f}%" for c, t in zip(CLOSED, TAKEN, strict=True)]
    total = f"{sum(CLOSED) / sum(TAKEN) * 100:.1f}%"
    lines = [
        ("指标", *(f"{month}月" for month in range(1, 7)), "合计"),
        ("受理数", *TAKEN, sum(TAKEN)),
        ("办结数", *CLOSED, sum(CLOSED) + 9),
        ("办结率", *rates, total),
    ]

    said = findings("\n".join("\t".join(map(str, line)) for line in lines))

    assert has(said["explained"], "办结数÷受理数", "6/6行")
    assert has(said["break"], "合计“办结数”", "1,589", "1,580", "+9")


def test_change_against_the_year_before_with_arrows(findings):
    before = (450, 350, 301, 240, 200, 139)
    changes = [
        f"{'↑' if now > old else '↓'}{abs(now / old - 1) * 100:.2f}%"
        for now, old in zip(TAKEN, before, strict=True)
    ]

    said = findings(table(("单位", "本期", "上年同期", "同比增减"), UNITS, TAKEN, before, changes))

    assert has(said["explained"], "(本期−上年同期)÷上年同期", "6/6行")
    assert said["break"] == said["look"] == []


def test_one_wrong_rate_among_right_ones_is_named_with_the_right_value(findings):
    rates = [c / t * 100 for c, t in zip(CLOSED, TAKEN, strict=True)]
    rates[1] += 0.9

    said = findings(
        table(
            ("街道", "受理数", "办结数", "办结率"),
            UNITS,
            TAKEN,
            CLOSED,
            [f"{r:.2f}%" for r in rates],
        )
    )

    assert has(said["break"], "5/6行", "乙街道印94.07%", "应为93.17%")
    assert len(said["break"]) == 1


def test_a_total_that_is_the_mean_of_the_rates(findings):
    rates = [round(c / t * 100, 2) for c, t in zip(CLOSED, TAKEN, strict=True)]
    total = ("合计", sum(TAKEN), sum(CLOSED), f"{sum(rates) / 6:.2f}%")

    said = findings(
        table(("单位", "受理数", "办结数", "办结率"), UNITS, TAKEN, CLOSED, [f"{r:.2f}%" for r in rates], total=total)
    )  # fmt: skip

    assert has(said["look"], "简单平均", "95.27%", "95.35%")


def test_a_share_of_a_number_that_is_not_printed(findings):
    shares = [f"{taken / 23811 * 100:.2f}%" for taken in TAKEN]

    said = findings(table(("单位", "受理数", "占全市比重"), UNITS, TAKEN, shares))

    assert has(said["explained"], "受理数÷一个表外的数(23,792至23,821之间)")


def test_subtotals_stand_for_their_own_block(findings):
    said = findings(
        "组别\t单位\t受理数\t办结数\n城区\t甲局\t10\t9\n城区\t乙局\t20\t18\n\t小计\t30\t27\n"
        "乡镇\t丙镇\t5\t5\n乡镇\t丁镇\t7\t6\n\t小计\t13\t11\n\t合计\t42\t38"
    )

    assert has(said["break"], "小计“受理数”", "13", "12", "+1")
    assert len(said["break"]) == 1


GOOD = [
    table(
        ("序号", "街道", "受理数", "办结数", "办结率"),
        range(1, 7), UNITS, TAKEN, CLOSED,
        [f"{c / t * 100:.1f}%" for c, t in zip(CLOSED, TAKEN, strict=True)],
        total=("", "合计", sum(TAKEN), sum(CLOSED), f"{sum(CLOSED) / sum(TAKEN) * 100:.1f}%"),
    ),
    # A selection of the units, a score nobody can recompute, a rate whose base is not printed.
    table(
        ("单位", "受理数", "办结数", "满意率", "综合得分", "排名"),
        UNITS, TAKEN, CLOSED, ("91.3%", "/", "88.02%", "95.5%", "90.17%", "89.9%"),
        (95.2, 94.8, 93.3, 92.1, 90.7, 88.4), range(1, 7), total=("全市", 9120, 8877, "90.02%", "", ""),
    ),
    table(
        ("镇街", "受理量", "办结量", "办结率", "满意量", "回访量", "满意率"),
        UNITS, TAKEN, CLOSED, [f"{c / t * 100:.2f}%" for c, t in zip(CLOSED, TAKEN, strict=True)],
        (201, 188, 140, 121, 88, 66), (230, 205, 166, 139, 109, 83),
        [f"{a / b * 100:.2f}%" for a, b in zip((201, 188, 140, 121, 88, 66), (230, 205, 166, 139, 109, 83), strict=True)],
    ),
    # Stock that was carried over is not printed: the open need not be the received less the closed.
    table(("单位", "受理数", "办结数", "未办结数"), UNITS, TAKEN, CLOSED, (21, 30, 11, 16, 25, 9)),
    "9月受理诉求412件,办结400件,办结率97.1%,较上月增加12件(3.0%)。其中咨询200件,投诉120件,求助92件。"
    "满意度98%,同比提高0.4个百分点,环比下降0.2个百分点。全年目标为95%。",
    "9月份受理群众诉求12345件,环比上升5.2%,同比下降3.1%。其中,咨询类6021件,占48.77%;求助类3120件,占25.27%;"
    "投诉类2504件,占20.28%;其他700件,占5.67%。较6月份的11731件增加614件,增长5.2%。",
    "本季度开展活动86场、服务3.2万人次,其中线上41场;走访老人286人次,解决问题57个,办结率100%。",
]  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_a_bulletin_with_nothing_wrong_raises_no_alarm(text, findings):
    said = findings(text)

    assert said["break"] == []
    assert said["look"] == []


def test_a_change_that_does_not_follow_from_its_figures(findings):
    said = findings("9月受理诉求412件,较上月增加12件(3.4%)。")

    assert has(said["break"], "3.4%", "上期400件", "3.0%")


def test_a_year_on_year_change_called_month_on_month(findings):
    said = findings("受理诉求412件,较去年同期环比下降3.1%。")

    assert has(said["break"], "去年同期", "同比", "不叫环比")


def test_a_column_that_adds_up_others_breaks_in_one_row(findings):
    a, b = (31, 22, 19, 40, 27, 16), (12, 9, 14, 8, 5, 11)
    both = [x + y for x, y in zip(a, b, strict=True)]
    both[3] += 2

    said = findings(table(("单位", "热线", "信箱", "总数"), UNITS, a, b, both))

    assert has(said["break"], "丁街道", "50", "48", "+2")


def test_people_counted_in_several_rows_may_be_fewer_in_total(findings):
    people, visits = (31, 22, 19, 40, 27, 16), (62, 51, 40, 88, 70, 31)
    total = ("合计", sum(people) - 12, sum(visits) - 12)

    said = findings(table(("街道", "服务人数", "服务人次"), UNITS, people, visits, total=total))

    assert has(said["look"], "服务人数", "一个人在几行里都算")
    assert has(said["break"], "服务人次", "-12")
