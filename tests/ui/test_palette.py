"""Words on a fill can be read, in both themes."""

import pytest

from ui import palette
from ui.palette import DARK, LIGHT


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_written_on_a_fill_can_be_read(theme):
    fills = [*theme.STEPS, theme.MAIN, theme.SOFT, theme.ALERT, theme.NOTICE, theme.HINT, theme.AMBER, theme.ABSENT]  # fmt: skip

    before = palette._chosen.set(theme)
    faint = {fill: round(palette.contrast(palette.on(fill), fill), 2) for fill in fills}
    palette._chosen.reset(before)

    assert {fill: ratio for fill, ratio in faint.items() if ratio < 4.5} == {}


def test_contrast_is_counted_as_wcag_does():
    assert palette.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert palette.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
