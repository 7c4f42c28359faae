"""What a machine can check of accessibility: contrast, names, roles and order, in both themes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.harness import PAGES

pytestmark = pytest.mark.browser

# Streamlit's own findings, each by the element it stands in. Nothing else is let pass.
STREAMLITS = {
    "[data-testid=stSidebarNav]",  # list, listitem: sections stand between the list and its items
    "[data-testid=stFileUploaderDropzone]",  # presentation-role-conflict
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_findings_of_its_own(name, theme, dashboard, reader):
    visitor = reader()
    visitor.page.emulate_media(color_scheme=theme)
    page = visitor.open(f"{dashboard}/{name}")
    present = [element for element in STREAMLITS if page.locator(element).count()]

    found = Axe().run(page, context={"exclude": [[element] for element in present]})

    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).colorScheme") == theme
    assert [
        (finding["id"], [node["html"][:200] for node in finding["nodes"]])
        for finding in found.response["violations"]
    ] == []
