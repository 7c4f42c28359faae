"""A corpus of personal data goes in by every door; nothing of it may be found anywhere afterwards."""

from pathlib import Path

from kept import everything_kept

# What must not survive, and sentences that carry it. All of it is invented.
SECRETS = {
    "13812345678": "来电人手机13812345678,请回复",
    "139 8765 4321": "电话 139 8765 4321 联系",
    "１３７００００１１２２": "手机１３７００００１１２２",
    "一三六零零零零二二三三": "号码一三六零零零零二二三三",
    "+8615912340000": "致电+8615912340000",
    "0851-83851234": "座机0851-83851234",
    "52010219850307123X": "身份证52010219850307123X",
    "11010519491231002X": "证件号码:11010519491231002X,请核实",
    "6222021234567890128": "退款到卡6222021234567890128",
    "6222 0212 3456 7890 128": "卡号 6222 0212 3456 7890 128",
    "贵A12345": "车牌贵A12345停在通道",
    "贵AD12345": "新能源车贵AD12345占位",
    "zhangsan_520": "加微信zhangsan_520沟通",
    "li.si@example.com": "邮箱li.si@example.com",
    "3栋2单元1804": "住在3栋2单元1804,漏水",
    "张三丰": "联系人:张三丰,反映噪声",
    "欧阳明月": "我叫欧阳明月,要求处理",
    "李晓红": "李晓红女士反映楼道堆物",
    "王建国": "王建国先生来电投诉",
}
HEADER = (
    "工单编号", "受理时间", "办结时间", "来电人", "来电人姓名", "联系电话", "身份证号", "承办单位", "诉求类型", "事项类别",
    "发生地点", "主要内容", "备注",
)  # fmt: skip


def assert_nothing_survives(root: Path):
    found = [
        (secret, place)
        for place, text in everything_kept(root)
        for secret in SECRETS
        if secret in text
    ]
    assert found == []


def rows(accepted="2024-09-03 11:26", prefix="G"):
    for i, sentence in enumerate(SECRETS.values()):
        yield (
            f"{prefix}{i:04d}", accepted, "", "张三丰", "李晓红", "13812345678", "52010219850307123X",
            "区住建局", "投诉", "物业管理", f"吉麟社区{sentence}", sentence, sentence,
        )  # fmt: skip


def test_accepted_rows_keep_no_name_and_no_number(office):
    report = office.load(office.table("工单.csv", HEADER, rows()))

    assert report.files[0].accounting.loaded == len(SECRETS)
    assert_nothing_survives(office.place.root)


def test_rejected_rows_keep_no_name_and_no_number(office, tmp_path):
    report = office.load(
        office.table("坏.csv", HEADER, [*rows("不是日期", "B"), *rows(prefix="G")])
    )

    assert report.files[0].accounting.rejected == len(SECRETS)
    assert_nothing_survives(office.place.root)


def test_terms_and_examples_hold_no_name_and_no_number(office):
    """Six of each, so that nothing is hidden merely because few say it; texts are kept."""
    office.place.profile.write_text("keep_text = true\n", encoding="utf-8")
    office.load(
        office.table("工单.csv", HEADER, [row for n in range(6) for row in rows(prefix=f"G{n}")])
    )

    assert office.snapshot.query("SELECT count(*) FROM term_months")[0][0] > 0
    assert_nothing_survives(office.place.root)


def test_broken_lines_and_titles_keep_no_name_and_no_number(office):
    text = "\n".join(
        ["联系人:张三丰 13812345678", ",".join(HEADER)]
        + [
            f"X{i},2024-09-03 11:26,{s},多,余,的,格,子,{s},{s},{s},{s},{s},{s},{s}"
            for i, s in enumerate(SECRETS.values())
        ]
        + ["G1,2024-09-03 11:26,,,,,,,,,,好,"]
    )
    report = office.load(office.write("断.csv", text))

    assert report.files[0].accounting.rejected == len(SECRETS)
    assert_nothing_survives(office.place.root)


def test_secrets_in_short_labels_and_workbooks_do_not_survive(office):
    import xlsxwriter

    path = office.files / "工单.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("13812345678")
        for c, name in enumerate(HEADER):
            sheet.write(0, c, name)
        for r, (secret, sentence) in enumerate(SECRETS.items(), 1):
            cells = [
                f"W{r}",
                "2024-09-03 11:26",
                "",
                secret,
                secret,
                secret,
                secret,
                sentence,
                sentence,
                sentence,
                sentence,
                sentence,
                sentence,
            ]
            for c, cell in enumerate(cells):
                sheet.write_string(r, c, cell)
    office.load(path)

    assert_nothing_survives(office.place.root)


def test_a_person_level_ledger_becomes_counts(office):
    people = [
        (
            name,
            f"5201021985030{i}123X",
            "13812345678",
            "独居老人",
            "吉麟社区",
            "2024-09-10",
            "2024-09-20",
        )
        for i, name in enumerate(("张三丰", "欧阳明月", "李晓红", "王建国"))
    ]
    header = ("姓名", "身份证号", "联系电话", "人员类别", "社区", "更新时间", "走访时间")
    report = office.load(office.table("独居老人花名册.csv", header, people))

    assert report.files[0].source == "coverage"
    assert_nothing_survives(office.place.root)
    for secret in ("5201021985030", "张三丰", "欧阳明月"):
        assert all(secret not in text for _, text in everything_kept(office.place.root))


def test_matters_that_come_in_again_keep_no_name_and_no_number(office):
    """Every sentence twice, by two callers at one place: linked, confirmed, and still nobody's."""
    office.place.profile.write_text("keep_text = true\n")
    header = (*HEADER, "所属社区", "所属网格")
    twice = [(*row, "吉麟社区", "01网格") for prefix in "GH" for row in rows(prefix=prefix)]
    again = [
        [*row[:5], number, *row[6:]]
        for row, number in zip(twice, range(13900000000, 13900000099), strict=False)
    ]

    office.load(office.table("工单.csv", header, again))

    assert office.snapshot.query("SELECT count(*) > 0 FROM links") == [(True,)]
    assert_nothing_survives(office.place.root)
    assert all("1390000" not in text for _, text in everything_kept(office.place.root))
