"""The 通报 as a PDF: typst lays it out with open fonts of its own, without a network.

An archive file (PDF/A-2u): fonts embedded, text selectable, outline and metadata inside.
"""

import json
import re
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from reports.errors import CannotPrint
from reports.model import Report
from reports.paper.content import content

HERE = Path(__file__).parent
STANDARD = "a-2u"
UNPRINTABLE = re.compile(r"the text `\"(.+?)\"` could not be displayed")


def write(report: Report) -> bytes:
    """The bytes of the file: the same report gives the same bytes.

    Raises:
        CannotPrint: a character is neither in our fonts nor in those of this machine.
    """
    told = json.dumps(content(report), ensure_ascii=False)
    try:
        return _compile(told, report, ours_alone=True)
    except typst.TypstError as error:
        if not UNPRINTABLE.search(str(error)):
            raise
    try:
        return _compile(told, report, ours_alone=False)
    except typst.TypstError as error:
        if found := UNPRINTABLE.search(str(error)):
            raise CannotPrint(
                f"PDF 打不出“{found[1]}”:自带字体(GB 2312 范围)和本机字体都没有这个字。"
                "请在本机安装含生僻字的字体(如思源宋体、Noto Serif CJK SC)后重试;Word、PPT、Excel 文件不受影响。"
            ) from None
        raise


def _compile(told: str, report: Report, *, ours_alone: bool) -> bytes:
    made = typst.compile(
        str(HERE / "paper.typ"),
        root=str(HERE),
        font_paths=[str(HERE / "fonts")],
        ignore_system_fonts=ours_alone,
        sys_inputs={"report": told},
        format="pdf",
        pdf_standards=[STANDARD],
        timestamp=int(datetime.combine(report.as_of, time(), UTC).timestamp()),
    )
    assert isinstance(made, bytes)
    return made
