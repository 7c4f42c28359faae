"""What surrounds Streamlit's own page: its name and icon, its language, and the headers it leaves with."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
ICON = HERE / "icon.svg"
TITLE = "街道治理看板"
