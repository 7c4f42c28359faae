"""An analyst looks at what came in again, sees why, and says that a pair is not one matter."""

import re
import shutil

import pytest
from browser.harness import PHONE

pytestmark = pytest.mark.browser


def test_an_analyst_splits_a_matter_and_a_leader_only_looks(sample, server, reader, tmp_path):
    own = shutil.copytree(sample, tmp_path / "office")
    visitor = reader()
    page = visitor.open(f"{server(own)}/topics?period=2024&topics=多人同诉")
    main = page.locator("[data-testid=stMain]")

    assert (
        "为什么归在一起" in main.inner_text() or page.locator("[data-testid=stDataFrame]").count()
    )
    assert "只有分析员可以确认或拆分" in main.inner_text()
    assert not page.get_by_role("button", name="不是一回事").count()

    page.get_by_role("button", name=re.compile("身份:领导")).click()
    page.get_by_text("分析员", exact=True).click()
    visitor.settle()
    page.keyboard.press("Escape")
    assert "analyst" not in page.url
    page.get_by_role("button", name="不是一回事").first.click()
    visitor.settle()

    assert "有更正待生效" in main.inner_text()
    assert "已判断:不是一回事" in main.inner_text()
    visitor.resize(PHONE)
    assert visitor.overflow <= 0
    page.get_by_role("button", name="收回").first.click()
    visitor.settle()
    assert "有更正待生效" not in main.inner_text()
    visitor.check()
