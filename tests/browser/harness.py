"""A real browser on the real server: what a reader sees, and what went wrong on the way."""

import os
import re
import shutil
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Playwright,
    Request,
    WebSocket,
)

LOCAL = re.compile(r"^(https?|ws)://(127\.0\.0\.1|localhost)[:/]|^(data|blob):")
ENGLISH = Path(__file__).with_name("english.js").read_text(encoding="utf-8")
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"

BAR = ".st-key-scopebar"
THEME = "getComputedStyle(document.querySelector('.stApp')).colorScheme"
# Streamlit's own findings of accessibility, each by the element it stands in. Nothing else is let pass.
STREAMLITS = {
    "[data-testid=stSidebarNav]",  # list, listitem: sections stand between the list and its items
    "[data-testid=stFileUploaderDropzone]",  # presentation-role-conflict
}

WIDE, WALL, PHONE = (1440, 900), (1920, 1080), (390, 844)


def launch(playwright: Playwright) -> Browser:
    names = (
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    )
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not path:
        raise RuntimeError("no Chromium found: `make browser`, or CHROMIUM=/path/to/chromium")
    # The network is cut below the page too: no name but this machine's resolves.
    offline = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    return playwright.chromium.launch(executable_path=path, args=["--no-sandbox", offline])


SQUEEZED = """() => [...document.querySelectorAll("[data-testid=stMain] :is(td, th)")].filter(cell => {
  const look = getComputedStyle(cell), inside = parseFloat(look.paddingLeft) + parseFloat(look.paddingRight);
  const narrow = cell.clientWidth - inside < 1.8 * parseFloat(look.fontSize);
  return cell.offsetParent && cell.innerText.trim().length > 3 && narrow;
}).map(cell => cell.innerText.trim())"""


class Reader:
    """One visitor. Requests to anywhere but this machine are written down; none arrives (see launch).
    They are not intercepted: that would switch off the browser's cache, and so the code it has compiled.
    Nor does anything move: in a browser without a graphics card a spinning wheel costs as much as a chart.
    """

    def __init__(
        self,
        browser: Browser,
        size: tuple[int, int] = WIDE,
        locale: str = "zh-CN",
        *,
        first_visit: bool = False,
    ):
        width, height = size
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        if not first_visit:
            self.context.add_init_script("localStorage.setItem('hints-seen', '1')")
        self.context.on("request", self._on_request)
        self.page: Page = self.context.new_page()
        self.page.on("websocket", self._on_socket)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", self._on_error)

    def _on_request(self, request: Request) -> None:
        if not LOCAL.match(request.url):
            self.outside.append(request.url)

    def _on_socket(self, socket: WebSocket) -> None:
        if not LOCAL.match(socket.url):
            self.outside.append(socket.url)

    def _on_console(self, line: ConsoleMessage) -> None:
        if line.type == "error":
            self.errors.append(line.text)

    def _on_error(self, error: Error) -> None:
        self.errors.append(str(error))

    def open(self, url: str) -> Page:
        self.page.goto(url)
        self.settle()
        return self.page

    def turn(self, name: str) -> Page:
        """To a page by the menu: a quarter of the work of opening it by its address."""
        address = "" if name == "overview" else name
        self.page.locator(f"[data-testid=stSidebarNavLink][href$='/{address}']").click()
        self.settle()
        return self.page

    def resize(self, size: tuple[int, int]) -> None:
        """As a reader turns a phone: a tenth of the work of opening the page anew."""
        width, height = size
        if self.page.viewport_size != {"width": width, "height": height}:
            self.page.set_viewport_size({"width": width, "height": height})
            self.settle()

    def settle(self) -> None:
        """Until the script has ended, and charts have fetched their code and drawn."""
        self.page.wait_for_selector(IDLE, timeout=60_000)
        self.page.wait_for_selector("[data-testid=stSkeleton]", state="detached", timeout=60_000)
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(400)
        self.page.wait_for_selector(IDLE, timeout=60_000)

    def english(self) -> set[str]:
        """Words a Chinese reader would stumble over: in text, labels, tooltips and placeholders."""
        return set(self.page.evaluate(ENGLISH))

    def english_anywhere(self, *, bar: bool) -> set[str]:
        """The same after opening a list, calendar, tab and menu, and every popover that has a name of its
        own: what Streamlit adds is alike in all of a kind, and our own words in them are asked of the
        pages without a browser (tests/test_traced.py). `bar`: those above the page too, alike on all."""
        found = self.english()
        for locator, opening in OPENERS:
            for widget in self._one_of_each(locator, bar):
                opening(self.page, widget)
                self.page.wait_for_timeout(120)
                self.page.wait_for_selector(IDLE)
                found |= self.english()
                self.page.keyboard.press("Escape")
        return found

    def _one_of_each(self, locator: str, bar: bool) -> list[Locator]:
        widgets = self.page.locator(locator)
        if not bar:
            widgets = widgets.and_(self.page.locator(f":not({BAR} *)"))
        able = [w for w in widgets.all() if w.is_visible() and w.is_enabled()]
        if "stPopover" not in locator:
            return able[:1]
        return list({widget.inner_text(): widget for widget in reversed(able)}.values())

    def findings(self, theme: Literal["light", "dark"]) -> list[tuple[str, list[str]]]:
        """What axe finds of contrast, names, roles and order, besides Streamlit's own."""
        self.page.emulate_media(color_scheme=theme)
        self.settle()
        assert self.theme == theme
        left_out = [[element] for element in STREAMLITS if self.page.locator(element).count()]
        found = Axe().run(self.page, context={"exclude": left_out})
        return [
            (finding["id"], [node["html"][:200] for node in finding["nodes"]])
            for finding in found.response["violations"]
        ]

    @property
    def theme(self) -> str:
        return self.page.evaluate(THEME)

    @property
    def exceptions(self) -> list[str]:
        boxes = self.page.locator("[data-testid=stException], [data-testid=stErrorDialog]")
        return boxes.all_inner_texts()

    @property
    def squeezed(self) -> list[str]:
        """Cells of tables whose words are broken after every character."""
        return self.page.evaluate(SQUEEZED)

    @property
    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return self.page.evaluate(
            "() => { const main = document.querySelector('[data-testid=stMain]');"
            " return main.scrollWidth - main.clientWidth; }"
        )

    def check(self) -> None:
        assert self.outside == []
        assert self.errors == []
        assert self.exceptions == []

    def close(self) -> None:
        self.context.close()


def _click(page: Page, widget: Locator) -> None:
    widget.click()


def _search_in_vain(page: Page, widget: Locator) -> None:
    widget.click()
    page.keyboard.type("zzz")


def _hover(page: Page, widget: Locator) -> None:
    widget.hover()
    page.wait_for_timeout(400)


OPENERS = (
    ("[data-testid=stMainMenu] button", _click),
    ("[data-testid=stSelectbox] input", _click),
    ("[data-testid=stSelectbox] input", _search_in_vain),
    ("[data-testid=stMultiSelect] input", _click),
    ("[data-testid=stDateInput] button", _click),
    ("[data-testid=stDateTimeInput] button", _click),
    ("[data-testid=stPopover] > div > button, [data-testid=stPopoverButton]", _click),
    ("[data-testid=stExpander] details:not([open]) summary", _click),
    ("[data-testid=stTooltipIcon]", _hover),
    ("[data-testid=stFullScreenFrame]:has(.js-plotly-plot)", _hover),
    ("[data-testid=stFullScreenFrame]:has([data-testid=stDataFrame])", _hover),
    ("[role=tab]", _click),
)
