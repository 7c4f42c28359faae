"""What a file is, by its first bytes: exports are often named for something they are not."""

import struct
import zipfile
from pathlib import Path
from typing import Literal

from etl.errors import Unreadable

Form = Literal["xlsx", "xls", "json", "text"]

_SAVE_AS = "请在 Excel 或 WPS 中打开它,另存为 xlsx 或“CSV UTF-8”后再试。"
_FOREIGN = (
    (b"%PDF", "PDF 文件", "请向出具方索取 xlsx 或 csv。"),
    (b"Rar!", "RAR 压缩包", "请先解压。"),
    (b"7z\xbc\xaf", "7z 压缩包", "请先解压。"),
    (b"\x1f\x8b", "gzip 压缩包", "请先解压。"),
    (b"\x89PNG", "图片", "请向出具方索取 xlsx 或 csv。"),
    (b"\xff\xd8\xff", "图片", "请向出具方索取 xlsx 或 csv。"),
    (b"GIF8", "图片", "请向出具方索取 xlsx 或 csv。"),
    (b"PAR1", "Parquet 文件", "请导出为 csv。"),
    (b"SQLite format 3", "SQLite 数据库", "请导出为 csv。"),
    (b"{\\rtf", "RTF 文档", _SAVE_AS),
)
# Systems that call a web page .xls are common; Excel opens it after a warning.
_MARKUP = (
    (b"<html", "网页"),
    (b"<!doctype", "网页"),
    (b"<table", "网页"),
    (b"<meta", "网页"),
    (b"<head", "网页"),
    (b"<style", "网页"),
    (b"mime-version:", "网页归档"),
    (b"<?xml", "XML 表格"),
)
# All that zipfile raises over a damaged directory.
_DAMAGE = (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, struct.error)
_ENTRIES = (
    ("word/", "Word 文档", "请把其中的表格复制到 Excel,另存为 xlsx 后再试。"),
    ("ppt/", "演示文稿", "请把其中的表格复制到 Excel,另存为 xlsx 后再试。"),
    ("content.xml", "ODF 文档", _SAVE_AS),
)


def form_of(path: Path) -> Form:
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise Unreadable(f"打不开({error.strerror or '读取失败'})。") from None
    if not head:
        raise Unreadable("文件是空的(0 字节)。请重新导出。")
    if head.startswith(b"PK\x03\x04"):
        return _of_package(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    if head.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00\x04\x00")):
        return "xls"
    for magic, what, advice in _FOREIGN:
        if head.startswith(magic):
            raise Unreadable(f"这是{what},不是表格文件。{advice}")
    return _of_text(path, head)


def _of_package(path: Path) -> Form:
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
    except _DAMAGE:
        raise Unreadable("文件不完整或已损坏(压缩结构无法读取)。请重新导出或重新拷贝。") from None
    if any(name.lower().startswith("xl/") for name in names):
        return "xlsx"
    for entry, what, advice in _ENTRIES:
        if any(name.startswith(entry) for name in names):
            raise Unreadable(f"这是{what},不是工作簿。{advice}")
    raise Unreadable("这是压缩包,不是工作簿。请先解压,再选择其中的文件。")


def _of_text(path: Path, head: bytes) -> Form:
    # UTF-16 is ASCII with NULs between, as far as the first signs go.
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip().lower()
    for sign, what in _MARKUP:
        if start.startswith(sign):
            raise Unreadable(f"这是{what},只是扩展名像表格。{_SAVE_AS}")
    inner = start[1:].lstrip()
    if start.startswith(b"{") and (not inner or inner.startswith((b'"', b"}"))):
        return "json"
    if start.startswith(b"[") and (not inner or inner.startswith((b"{", b"[", b"]"))):
        return "json"
    return "text"
