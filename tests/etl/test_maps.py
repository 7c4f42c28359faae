"""Maps: what docs/maps.md promises is true, and a slip of the pen is named with its line and cure."""

import re
from pathlib import Path

import pytest
from stored import stored

from etl.catalog import sources
from etl.errors import BadMap
from etl.map_file import FORM_WORDS, FRAMES, READ_WORDS, SECTIONS, parse_map
from etl.mapping import Columns, Later

PAGE = (Path(__file__).parents[2] / "docs" / "maps.md").read_text(encoding="utf-8")
MAPS = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
EXAMPLES = re.split(r"\n### (?=\d\. )", PAGE.split("## Worked examples")[1].split("\n## ")[0])[1:]
FILES = re.compile(r"`([^`\n]+)`\n\n```(?:csv|json)\n(.*?)```\n\n```toml\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("text", MAPS)
def test_every_map_on_the_page_can_be_read(text):
    assert parse_map(text).fields or parse_map(text).values


def test_the_page_names_every_field_code_and_word_of_the_grammar():
    for source in sources().values():
        section = PAGE.split(f"\n### {source.name}: {source.label}\n")[1].split("\n### ")[0]
        for field in source.fields:
            row = next(
                line for line in section.splitlines() if line.startswith(f"| `{field.name}` |")
            )
            assert ("| yes |" in row) == field.required, field.name
            assert all(f"`{choice.code}`" in row for choice in field.values), field.name
        assert all(rule.reason in section for rule in source.rules)
    grammar = {*SECTIONS, *FORM_WORDS, *READ_WORDS, *FRAMES}
    assert {word for word in grammar if word not in PAGE} == set()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.splitlines()[0])
def test_every_worked_example_does_what_the_page_says(office, example):
    found = FILES.findall(example)
    assert found, "an example has its data and its map"
    for name, data, mapping in found:
        report = office.load(office.write(name, data), mapping=mapping)
        assert not report.errors
        accounting = report.files[0].accounting
        assert accounting.balanced
        skipped = 1 if "skip_rows_where" in mapping else 0
        assert accounting.rejected == skipped
        assert accounting.accepted > 0


def load_example(office, number):
    reports = [
        office.load(office.write(name, data), mapping=mapping)
        for name, data, mapping in FILES.findall(EXAMPLES[number - 1])
    ]
    return reports[-1].files[0]


def test_working_days_of_the_first_example_skip_the_holiday_and_count_the_saturday(office):
    load_example(office, 1)

    rows = stored(office, "SELECT order_no, accepted_at::VARCHAR, due_at::VARCHAR FROM raw_hotline")
    assert rows == [
        ("R-001", "2024-09-30 14:05:00", "2024-10-12 14:05:00"),
        ("R-002", "2024-10-01 09:05:00", "2024-10-12 09:05:00"),
    ]


def test_an_on_time_flag_tells_what_no_closing_time_could(office):
    load_example(office, 2)

    rows = stored(office, "SELECT accepted_at::VARCHAR, on_time FROM raw_hotline ORDER BY order_no")
    assert rows == [
        ("2024-09-03 09:00:00", True),
        ("2024-09-03 10:20:00", False),
        ("2024-09-03 12:00:00", None),
    ]
    total = office.measure("hotline_on_time_closed", "2024-09").total
    assert (total.numerator, total.denominator) == (1, 2)


def test_epoch_times_are_brought_to_local_time(office):
    load_example(office, 3)

    assert stored(office, "SELECT accepted_at::VARCHAR, longitude FROM raw_hotline LIMIT 1") == [
        ("2023-12-31 16:00:00", -122.3)
    ]


def test_a_wide_sheet_in_other_words_is_read_as_the_long_table_it_means(office):
    report = load_example(office, 4)

    assert report.reconciliation == ["合计行与各行相加一致(核对6处)。"]
    assert stored(
        office,
        "SELECT strftime(month, '%Y-%m'), community, key_group, expected, known, visited "
        "FROM raw_coverage ORDER BY ALL",
    ) == [
        ("2024-09", "吉麟社区", "floating", 120, 110, 60),
        ("2024-09", "吉麟社区", "living_alone", 30, 30, 28),
        ("2024-09", "清溪社区", "floating", 80, 78, 40),
        ("2024-09", "清溪社区", "living_alone", 12, 11, 12),
    ]


def test_population_finds_the_polygons_of_the_same_name(office):
    report = load_example(office, 5)

    assert report.accounting.updated == 2
    assert stored(
        office, "SELECT code, residents FROM raw_areas WHERE residents IS NOT NULL ORDER BY code"
    ) == [("W1", 12345), ("W2", 9876)]


def test_pairs_on_one_line_and_semicolons_inside_texts_are_told_apart():
    mapping = parse_map(
        'source = "hotline"\n[fields]\norder_no = "编号;号"   # a; b\n'
        '[read]\nsheet = "明细;一"; encoding = "gb18030"; skip_rows_where = { STATUS = ["a;b", "c"] }\n'
    )

    assert mapping.fields["order_no"] == Columns(("编号;号",))
    assert (mapping.sheet, mapping.encoding) == ("明细;一", "gb18030")
    assert mapping.skip_rows_where == {"STATUS": ("a;b", "c")}


@pytest.mark.parametrize(
    ("plus", "amount", "unit"),
    [
        ("5 working days", 5, "working days"),
        ("5个工作日", 5, "working days"),
        ("72 hours", 72, "hours"),
        ("72小时", 72, "hours"),
        ("7 days", 7, "days"),
        ("1.5 days", 1.5, "days"),
        ("2 weeks", 2, "weeks"),
        ("90 minutes", 90, "minutes"),
    ],
)
def test_a_duration_is_understood_in_both_languages(plus, amount, unit):
    text = f'source = "hotline"\n[fields]\ndue_at = {{ from = "accepted_at", plus = "{plus}" }}\n'

    assert parse_map(text).fields["due_at"] == Later("accepted_at", amount, unit)


HEAD = 'source = "hotline"\n'
SLIPS = {
    'source = "hotlin"': ("第1行", "hotline"),
    '[fields]\norder_no = "a"': ("缺少一行 source", "hotline"),
    HEAD + "[feilds]": ("第2行", "fields"),
    HEAD + '[fields]\nordr_no = "x"': ("第3行", "order_no"),
    HEAD + "[fields]\norder_no = 3": ("第3行", "[constants]"),
    HEAD + '[fields]\naccepted_at = { date = "x" }': ("第3行", "{ date, time }"),
    HEAD + '[fields]\naccepted_at = { data = "x", time = "y" }': ("第3行", "date"),
    HEAD + '[fields]\norder_no = { date = "x", time = "y" }': ("第3行", "accepted_at"),
    HEAD + '[fields]\nclosed_at = { from = "x", true = ["y"] }': ("第3行", "on_time"),
    HEAD + '[fields]\ndue_at = { from = "accepted_at", plus = "5 dayz" }': (
        "第3行",
        "working days",
    ),
    HEAD + '[fields]\ndue_at = { from = "unit", plus = "5 days" }': ("第3行", "accepted_at"),
    HEAD + '[fields]\ndue_at = { from = "accepted_at", plus = "1.5 working days" }': (
        "第3行",
        "整数",
    ),
    HEAD + '[fields]\ndue_at = { from = "accepted_at", plus = "5 days" }\n'
    'visited_at = { from = "due_at", plus = "5 days" }': ("第4行", "推算"),
    HEAD + '[fields]\nlongitude = { from = "P", part = 3 }': ("第3行", "1 或 2"),
    HEAD + '[fields]\nchannel = "a"\n[constants]\nchannel = "b"': ("第3行", "只能留一处"),
    HEAD + '[constants]\nsatisfaction = "great"': ("第3行", "very_satisfied"),
    HEAD + '[values.satisfaction]\n"好" = "good"': ("第3行", "very_satisfied"),
    HEAD + '[values.order_no]\n"1" = "2"': ("第2行", "satisfaction"),
    HEAD + '[read]\nencodng = "gbk"': ("第3行", "encoding"),
    HEAD + '[read]\ncrs = "西安80"': ("第3行", "CGCS2000"),
    HEAD + '[read]\ndate_order = "ydm"': ("第3行", "dmy"),
    HEAD + '[read]\narea_level = "ward"': ("第3行", "community"),
    HEAD + '[read]\nheader_row = "3"': ("第3行", "行号"),
    HEAD + "[read]\nheader_row = true": ("第3行", "行号"),
    HEAD + '[read]\nskip_rows_where = "x"': ("第3行", "{ 列名"),
    HEAD + "[fields\n": ("第2行", "TOML"),
    HEAD + "[fields]\norder_no = “编号”\n": ("第3行", "双引号"),
    HEAD + '[fields]\nunit = "a"\nunit = "b"\n': ("TOML", "写了两次"),
}


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_of_the_pen_is_named_with_its_line_and_its_cure(text):
    with pytest.raises(BadMap) as slip:
        parse_map(text, "layout.toml")

    message = str(slip.value)
    assert "layout.toml" in message
    assert all(word in message for word in SLIPS[text]), message
