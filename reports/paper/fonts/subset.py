"""Makes the fonts beside this file from Noto Serif CJK and Noto Sans CJK, Regular:

python reports/paper/fonts/subset.py FOLDER, where FOLDER holds NotoSerifCJK-Regular.ttc and
NotoSansCJK-Regular.ttc. Needs fonttools, for this alone; nothing that runs needs it.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SIMPLIFIED = "2"  # the place of the mainland forms in a Noto CJK collection
MORE = "‹›—–‘’“”…·×÷±≤≥≈→←↑↓▲▼▾◆◇●○◌■□①②③④⑤⑥⑦⑧⑨⑩㎡〔〕〈〉《》￥‰°′φσ²³"


def characters() -> str:
    """GB 2312 and what the texts of this program use besides; a name beyond it needs an installed font."""
    found = {chr(code) for code in range(0x20, 0x7F)} | set(MORE)
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            found |= set(bytes([row, cell]).decode("gb2312", "ignore"))
    return "".join(sorted(found))


def main(folder: Path) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as wanted:
        wanted.write(characters())
        wanted.flush()
        for family in ("Serif", "Sans"):
            command = [
                "pyftsubset",
                str(folder / f"Noto{family}CJK-Regular.ttc"),
                f"--font-number={SIMPLIFIED}",
                f"--text-file={wanted.name}",
                f"--output-file={HERE / f'Noto{family}CJKsc-Regular.otf'}",
                "--layout-features=kern,liga",
                "--no-hinting",
                "--drop-tables+=vhea,vmtx,VORG,BASE,DSIG",
                "--name-IDs=0,1,2,3,4,5,6,13,14",
            ]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
