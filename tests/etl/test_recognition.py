"""Which column means what: by name, by synonym, by a map; and what is said where nothing fits."""

import xlsxwriter
from stored import stored

from etl.catalog import sources
from etl.map_file import parse_map
from etl.match import recognise, vocabulary
from etl.read import read_file
from etl.words import flag_label

HEADER = ["工单编号", "受理时间", "满意度"]


def understood(office, header, mapping=None, source=None, row=None):
    """Field -> headers of one file."""
    path = office.table("表.csv", header, [row or ["1"] * len(header)])
    read = parse_map(mapping) if mapping else None
    table = read_file(path, vocabulary(read))[0]
    found = recognise(table, source, read)
    return {m.field.name: m.headers for m in found.columns if m.headers}


def test_headers_match_with_blanks_line_breaks_widths_units_and_in_any_order(office):
    header = [
        "办结 时间",
        "１２３４５备注",
        "工单编号*",
        "受理\n时间",
        "满意度(五级)",
        "ＬＮＧ",
        "lat",
    ]

    found = understood(office, header, source="hotline")

    assert set(found) == {
        "closed_at", "order_no", "accepted_at", "satisfaction", "longitude", "latitude",
    }  # fmt: skip


def test_columns_of_an_office_that_says_it_in_full_need_no_map(office):
    header = [
        "工单号",
        "受理时间",
        "派单时间",
        "要求办结时间",
        "实际办结时间",
        "一级分类",
        "满意情况",
        "承办单位",
    ]

    found = understood(office, header)

    assert found["due_at"] == ("要求办结时间",)
    assert found["closed_at"] == ("实际办结时间",)
    assert found["satisfaction"] == ("满意情况",)


def test_a_missing_required_column_is_answered_with_headers_candidates_and_the_line_to_write(
    office,
):
    report = office.load(
        office.table(
            "热线.csv", ["工单编码号", "来电时刻", "承办单位", "满意度", "事项类别"], [["1"] * 5]
        ),
        source="hotline",
    )

    ((_, message),) = report.errors
    assert "找到的表头:工单编码号、来电时刻、承办单位、满意度、事项类别" in message
    assert 'source = "hotline"' in message
    assert 'order_no = "工单编码号"' in message
    assert "accepted_at = " in message
    assert report.exit_status == 2


def test_the_map_goes_first_and_synonyms_fill_what_it_leaves_open(office):
    mapping = 'source = "hotline"\n[fields]\norder_no = "流水"\nunit = "经办部门"\n'

    found = understood(office, ["流水", "工单编号", "受理时间", "承办单位", "经办部门"], mapping)

    assert found["order_no"] == ("流水",)
    assert found["unit"] == ("经办部门",)
    assert found["accepted_at"] == ("受理时间",)


def test_ignored_columns_are_not_matched_by_synonym(office):
    header = ["工单编号", "受理时间", "备用", "内容", "地址"]
    fields = 'source = "hotline"\n[fields]\norder_no = "工单编号"\naccepted_at = "受理时间"\n'

    some = understood(office, header, fields + '[ignore]\nheaders = ["内容"]\n')
    none = understood(office, header, fields + '[ignore]\nheaders = ["*"]\n')

    assert "text" not in some
    assert "address" in some
    assert set(none) == {"order_no", "accepted_at"}


def test_an_empty_constant_leaves_a_field_empty_that_a_header_would_fill(office):
    office.load(
        office.table("a.csv", ["工单编号", "受理时间", "承办单位"], [["1", "2024-09-01", "城管"]]),
        mapping='source = "hotline"\n[constants]\nunit = ""\nchannel = "网站"\nvalid = "是"\n',
    )

    assert stored(office, "SELECT unit, channel, valid FROM raw_hotline") == [(None, "网站", True)]


def test_of_listed_headers_texts_take_the_first_filled_cell_and_choices_the_first_column(office):
    office.load(
        office.table(
            "a.csv",
            ["ID", "T1", "T2", "U1", "U2", "S1", "S2"],
            [
                ["1", "2024-09-01", "", "", "乙", "满意", "不满意"],
                ["2", "", "2024-09-02", "甲", "乙", "", "满意"],
            ],
        ),
        mapping='source = "hotline"\n[fields]\norder_no = ["NO", "ID"]\naccepted_at = ["T1", "T2"]\n'
        'unit = ["U1", "U2"]\nsatisfaction = ["S0", "S1", "S2"]\n',
    )

    assert stored(
        office,
        "SELECT order_no, accepted_at::DATE::VARCHAR, unit, satisfaction FROM raw_hotline ORDER BY 1",
    ) == [("1", "2024-09-01", "乙", "satisfied"), ("2", "2024-09-02", "甲", None)]


def test_a_workbook_with_a_cover_sheet_loads_the_sheets_that_have_the_columns(office):
    path = office.files / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("说明").write_column(0, 0, ["本表由系统导出", "请勿修改"])
        for month in ("1月", "2月"):
            sheet = book.add_worksheet(month)
            sheet.write_row(0, 0, ["REC", "WHEN"])
            sheet.write_row(1, 0, [f"{month}-1", "2024-01-03 10:00"])

    report = office.load(
        path, mapping='source = "hotline"\n[fields]\norder_no = "REC"\naccepted_at = "WHEN"\n'
    )

    assert [file.sheet for file in report.files] == ["1月", "2月"]
    ((_, message),) = report.errors
    assert "工作表「说明」" in message
    assert "“REC”在表头中找不到" in message


def test_a_header_that_is_not_there_is_answered_with_the_nearest(office):
    report = office.load(
        office.table("a.csv", ["REC_ID", "CREATED", "OWNER"], [["1", "2024-01-03", "x"]]),
        mapping='source = "hotline"\n[fields]\norder_no = "REC-NO"\naccepted_at = "CREATED"\n',
    )

    assert "最接近的是:REC_ID" in report.errors[0][1]


def test_rows_the_map_leaves_out_are_counted_and_the_equation_holds(office):
    report = office.load(
        office.table(
            "a.csv",
            ["ID", "WHEN", "SR STATUS", "DUP"],
            [[str(i), "2024-09-01", s, d] for i, (s, d) in enumerate(
                [("Open", ""), ("Duplicate", ""), ("Open", "TRUE"), ("closed ", "")]
            )],
        ),
        mapping='source = "hotline"\n[fields]\norder_no = "ID"\naccepted_at = "WHEN"\n'
        '[read]\nskip_rows_where = { "SR STATUS" = ["duplicate"], DUP = ["true"] }\n',
    )  # fmt: skip

    accounting = report.files[0].accounting
    assert (accounting.read, accounting.loaded, accounting.rejected) == (4, 2, 2)
    assert report.files[0].reject_reasons == {"映射要求略去的行": 2}


def test_a_verdict_takes_words_for_yes_and_no_and_lists_the_others(office):
    report = office.load(
        office.table(
            "a.csv",
            ["ID", "WHEN", "STATE", "FLAG"],
            [["1", "2024-09-01", "按期办结", "Cancelled"], ["2", "2024-09-01", "逾期办结", "Open"],
             ["3", "2024-09-01", "挂账", ""], ["4", "2024-09-01", "", "Open"]],
        ),
        mapping='source = "hotline"\n[fields]\norder_no = "ID"\naccepted_at = "WHEN"\n'
        'on_time = { from = "STATE", true = ["按期办结"], false = ["逾期办结"] }\n'
        'valid = { from = "FLAG", false = ["cancelled"] }\n',
    )  # fmt: skip

    assert stored(office, "SELECT on_time, valid FROM raw_hotline ORDER BY order_no") == [
        (True, False), (False, True), (None, None), (None, True),
    ]  # fmt: skip
    assert report.files[0].unmapped == [("on_time", "挂账", 1)]


def test_choice_words_become_codes_by_label_synonym_and_map_and_strange_ones_stay_in_sight(office):
    report = office.load(
        office.table(
            "a.csv",
            HEADER,
            [[str(i), "2024-09-01", word] for i, word in enumerate(["非 常 满意", "很满意", "５星", "还行", "", "N/A"])],
        ),
        mapping='source = "hotline"\n[values.satisfaction]\n"5星" = "非常满意"\n"" = "unrated"\n',
    )  # fmt: skip

    words = [w for (w,) in stored(office, "SELECT satisfaction FROM raw_hotline ORDER BY order_no")]
    assert words[:5] == ["very_satisfied"] * 3 + ["还行", "unrated"]
    assert ("satisfaction", "还行", 1) in report.files[0].unmapped


def test_a_duration_may_start_from_the_header_its_field_is_read_from(office):
    office.load(
        office.table("a.csv", ["ID", "D", "T"], [["1", "2024-02-08", "17:30"], ["2", "2024-04-30", "8:00"]]),
        mapping='source = "hotline"\n[fields]\norder_no = "ID"\naccepted_at = { date = "D", time = "T" }\n'
        'due_at = { from = "D", plus = "3 working days" }\n',
    )  # fmt: skip

    # Thursday before the Spring Festival of 2024: 9 Feb is a working day, so are Sunday 18 and Monday 19.
    # After 30 April: 6, 7, 8 May.
    assert stored(office, "SELECT due_at::VARCHAR FROM raw_hotline ORDER BY order_no") == [
        ("2024-02-19 17:30:00",),
        ("2024-05-08 08:00:00",),
    ]


def test_every_flag_has_chinese_words():
    for source in sources().values():
        flags = [rule.name for rule in source.rules if rule.action == "flag"]
        flags += [
            f"unmapped_{field.name}"
            for field in source.fields
            if field.type in ("choice", "flag", "path")
        ]
        flags += [
            "unknown_area",
            "grid_outside_community",
            "bad_point",
            "swapped_point",
            "point_outside_area",
        ]
        for flag in flags:
            label = flag_label(source.name, flag)
            assert label != flag
            assert not any(c.isascii() and c.isalpha() for c in label)
