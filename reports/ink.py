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
STEPS = ("#1F5AA6", "#82B0DC", "#1B4F89", "#B9D3EC", "#5B6B7B")
