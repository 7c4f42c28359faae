"""The colours and the type of everything drawn: safe for colour-blind readers, never the only cue."""

FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif"
INK = "#161B22"
QUIET = "#5B6B7B"
RULE = "#E6EBF0"
LIMIT = "#8A97A5"
PAPER = "#FFFFFF"
MAIN = "#1F5AA6"
SOFT = "#A9C6E6"
FAINT = "#E3EDF8"
ALERT = "#C4540A"
ABSENT = "#EEF1F4"

# Five steps of one hue: more than five cannot be told apart in a legend.
STEPS = ("#E3EDF8", "#B9D3EC", "#82B0DC", "#4586C4", "#1B4F89")
DARK_STEPS = frozenset(STEPS[3:])


def on(colour: str) -> str:
    """The text colour that can be read on a fill."""
    return PAPER if colour in DARK_STEPS or colour in {MAIN, ALERT} else INK
