"""Write the sample exports again: python data/sample/generate.py [FOLDER].

Same bytes every time. indicators.csv is not written here: it transcribes the article, and the
exact figures of the other files are read from it.
"""

import sys
from pathlib import Path

from synthetic import activities, cases, coverage, hotline, ledgers, tallies

HERE = Path(__file__).resolve().parent


def generate(folder: Path) -> None:
    for source in (ledgers, cases, hotline, activities, coverage, tallies):
        source.write(folder)


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
