"""The colours of what is printed and projected: those of the pages, in daylight."""

INK = "#161B22"
QUIET = "#5B6B7B"
RULE = "#E6EBF0"
LIMIT = "#8A97A5"
PAPER = "#FFFFFF"
MAIN = "#1F5AA6"
SOFT = "#A9C6E6"
FAINT = "#E3EDF8"
ABSENT = "#EEF1F4"
BRAND = "#A61C28"
STEPS = ("#1B4F89", "#82B0DC", "#3B78B5", "#B9D3EC", "#E3EDF8")  # neighbours far apart
DARK = ("#1B4F89", "#3B78B5")  # of these, those that white is written on
