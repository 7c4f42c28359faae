"""简报导出 in the browser: a sentence is rewritten and given back, a chapter left out, a file taken away."""

import io
from pathlib import Path

import docx
import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def office(sample: Path, tmp_path: Path) -> Path:
    """The sample's snapshot beside a notebook of one's own."""
    (tmp_path / "CURRENT").write_text((sample / "CURRENT").read_text())
    (tmp_path / "snapshots").symlink_to(sample / "snapshots")
    return tmp_path


def test_a_briefing_is_edited_and_taken_away(office, server, reader):
    visitor = reader()
    page = visitor.open(f"{server(office)}/briefing?period=2024-09")
    main = page.locator("[data-testid=stMain]")
    edit = page.get_by_role("button", name="修改", exact=True).first

    edit.click()
    visitor.settle()
    page.get_by_role("textbox", name="改为").fill("九月受理499件,其中入学48件。")
    page.get_by_role("button", name="保存").click()
    visitor.settle()
    assert "九月受理499件,其中入学48件。" in main.inner_text()
    assert "没有口径可查:48" in main.inner_text()

    drawn = main.locator("[data-testid=stPlotlyChart]").count()
    assert "表1 2024年9月主要指标" in main.inner_text()
    assert "图7" in main.inner_text()

    page.get_by_text("五益服务队", exact=True).last.click()
    visitor.settle()
    assert "六、五益服务队" not in main.inner_text()
    assert main.locator("[data-testid=stPlotlyChart]").count() == drawn - 1
    assert "六、存在问题" in main.inner_text()

    page.get_by_role("button", name="生成文件").click()
    page.wait_for_selector("[data-testid=stDownloadButton]", timeout=60_000)
    visitor.settle()
    with page.expect_download() as download:
        page.get_by_role("button", name="docx").click()
    written = docx.Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    said = "\n".join(line.text for line in written.paragraphs)
    assert "九月受理499件\uff0c其中入学48件。" in said
    assert "五益服务队" not in said

    edit.click()
    visitor.settle()
    page.get_by_role("button", name="恢复原句").click()
    visitor.settle()
    assert "九月受理499件,其中入学48件。" not in main.inner_text()
    assert page.get_by_role("button", name="docx").count() == 0
    visitor.check()
