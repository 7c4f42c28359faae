"""数据接入 in the browser: drop a file, read the equation, commit, look at the rejects, undo."""

import io

import pytest
from python_calamine import CalamineWorkbook
from serving import serve

pytestmark = pytest.mark.browser

HEADER = "工单编号,受理时间,承办单位,事项类别,诉求内容"
GOOD = "G1,2024-09-03 11:26,区住建局,物业管理,楼道堆物"
BAD = "G2,不是日期,区住建局,物业管理,来电人手机13812345678"


@pytest.fixture
def page(tmp_path, server, reader):
    visitor = reader()
    visitor.open(f"{server(tmp_path / 'office')}/intake")
    yield Intake(visitor)
    visitor.check()


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """An office where files are tried and none is loaded."""
    folder = tmp_path_factory.mktemp("empty")
    with serve(folder / "office", folder / "server.log") as url:
        yield url


@pytest.fixture
def trial(empty, reader):
    visitor = reader()
    visitor.open(f"{empty}/intake")
    yield Intake(visitor)
    visitor.check()


class Intake:
    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page

    def drop(self, name, text, at=0):
        file = {"name": name, "mimeType": "text/csv", "buffer": text.encode("utf-8")}
        self.page.locator("input[type=file]").nth(at).set_input_files(file)
        self.page.wait_for_timeout(600)
        self.visitor.settle()

    def press(self, words):
        self.page.get_by_role("button", name=words).click()
        self.page.wait_for_timeout(600)
        self.visitor.settle()

    def pick_first_batch(self):
        table = self.page.locator("[data-testid=stDataFrame]").last.bounding_box()
        assert table
        self.page.mouse.click(table["x"] + 17, table["y"] + 52)
        self.visitor.settle()

    @property
    def said(self):
        return self.page.locator("[data-testid=stMain]").inner_text()

    @property
    def equation(self):
        return [int(n) for n in self.page.locator("[data-testid=stMetricValue]").all_inner_texts()]


def test_a_file_is_tried_loaded_and_taken_back(page):
    page.drop("工单.csv", f"{HEADER}\n{GOOD}\n{BAD}\n")

    assert page.equation == [2, 1, 0, 0, 0, 1]
    assert "还没有入库" in page.said
    assert "受理时间无法识别为日期" in page.said

    page.press("确认入库")
    assert "第 1 批已入库" in page.said
    assert "读入2行;1行被拒绝" in page.said

    page.pick_first_batch()
    with page.page.expect_download() as download:
        page.page.get_by_role("button", name="下载被拒绝的 1 行").click()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(download.value.path().read_bytes()))
    cells = rows.get_sheet_by_index(0).to_python()
    assert any("不是日期" in row for row in cells)
    assert "13812345678" not in str(cells)

    page.press("撤销第 1 批")
    page.page.get_by_role("dialog").get_by_role("button", name="撤销").click()
    page.page.wait_for_timeout(1500)
    page.visitor.settle()
    assert "还没有接入任何文件" in page.said


def test_the_same_file_again_changes_nothing(page):
    for _ in range(2):
        page.drop("工单.csv", f"{HEADER}\n{GOOD}\n")
        last = page.equation
        page.press("确认入库")

    assert last == [1, 0, 0, 1, 0, 0]


def test_a_word_that_is_strange_in_two_columns_is_counted_in_both(trial):
    trial.drop("工单.csv", f"{HEADER},诉求类型,满意度\n{GOOD},某某,某某\n")

    assert "某某:2 行" in trial.said


def test_an_unknown_header_is_answered_with_the_lines_of_a_map_and_a_map_helps(trial):
    trial.drop("外地.csv", "REC_ID,WHEN\nG1,2024-09-03\n")
    assert "无法识别" in trial.said
    assert "REC_ID" in trial.said
    assert trial.page.get_by_role("button", name="确认入库").count() == 0

    trial.page.locator("summary", has_text="认不出表头").click()
    trial.drop(
        "外地.toml",
        'source = "hotline"\n[fields]\norder_no = "REC_ID"\naccepted_at = "WHEN"\n',
        at=1,
    )

    assert trial.equation == [1, 1, 0, 0, 0, 0]


def test_a_file_that_is_no_table_is_answered_in_words(trial):
    trial.drop("照片.xlsx", "\x89PNG not a workbook")

    assert "照片.xlsx" in trial.said
    assert trial.visitor.exceptions == []


def test_the_sample_can_be_loaded_by_one_click(page):
    page.press("载入演示数据")
    page.page.wait_for_selector("text=已接入", timeout=90_000)

    assert "演示数据" in page.page.locator("[data-testid=stMain]").inner_text()
