"""
Tell a midnight from a day in a workbook, where both are one number and only the way that a cell is shown differs.

The library that reads workbooks gives a day for both. A cell is a midnight when its format shows the time of day:
whoever wrote it meant an instant. A cell that shows a day alone stays a day, and no time is guessed for it.
"""

from __future__ import annotations

import datetime
import html
import io
import re
import zipfile
from collections.abc import Iterator
from struct import unpack_from
from typing import Any

from dpia_checks import apart, old_workbooks
from dpia_checks.errors import ExtractsUnusable, Problem
from dpia_checks.schema import Table
from dpia_checks.workbooks import CONTAINER

Place = tuple[int, int]

DAYS = frozenset({14, 15, 16, 17})
TIMES = frozenset({18, 19, 20, 21, 22, 45, 46, 47})
"""The formats that every workbook knows by number and that show a day alone, or a time."""
STYLES = "xl/styles.xml"
_FORMAT = re.compile(r"<(?:\w+:)?numFmt\s[^>]*>")
_STYLE = re.compile(r"<(?:\w+:)?xf\s[^>]*>")
_NUMBER = re.compile(r'\bnumFmtId="([0-9]+)"')
_CODE = re.compile(r'\bformatCode="([^"]*)"')
_NOT_SHOWN = re.compile(r'"[^"]*"|[\\_*].|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
FORMAT, CELL_FORMAT, SHEET, END = 0x041E, 0x00E0, 0x0085, 0x000A
BEGIN, FORMULA, NUMBER, SHORT, SHORTS = 0x0809, 0x0006, 0x0203, 0x027E, 0x00BD


def told(content: bytes, rows: list[list[Any]], table: Table) -> list[list[Any]]:
    """
    Return *rows*, which were read from the workbook *content*, with the midnight for each day that shows a time.

    A table without instants has no midnight, and comes back as it is.

    Raises:
        ExtractsUnusable: How a cell is shown cannot be found out.
    """
    has_instants = any(column.type == "instant" for column in table.columns.values())
    if not has_instants or not (days := _of_rows(rows)):
        return rows
    try:
        if content.startswith(CONTAINER):
            shown = shown_in_old(content, table.name)
        else:  # what shows a day alone is a number there, and what is still a day shows a time
            shown = _of_rows(apart.parse(without_days(content), "workbook", table.name, "all")["rows"])
    except Exception:  # what a broken file leads to has no common kind, and may hold a value
        what = "how its cells are shown cannot be told, and so not which of its days are midnights"
        raise ExtractsUnusable([Problem(table.name, what, "Save it again as .xlsx")]) from None
    for row, at in days & shown:
        rows[row][at] = datetime.datetime.combine(rows[row][at], datetime.time())
    return rows


def shows_time(code: str) -> bool:
    """Return whether a cell with the format *code* shows hours or seconds: a month and a minute have one letter."""
    return re.search("[hs]", _NOT_SHOWN.sub("", code), re.IGNORECASE) is not None


def without_days(content: bytes) -> bytes:
    """Return the workbook *content* (.xlsx) with each cell that shows a day alone shown as the number it is."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in dict.fromkeys(old.namelist()):
            xml = old.read(name)
            new.writestr(name, _unstyled(xml.decode("utf-8")).encode() if name == STYLES else xml)
    return made.getvalue()


def _unstyled(styles: str) -> str:
    days = set(map(str, DAYS))
    for element in _FORMAT.findall(styles):
        number, code = _NUMBER.search(element), _CODE.search(element)
        if number and code:
            (days.discard if shows_time(html.unescape(code[1])) else days.add)(number[1])

    def unstyled(cell: re.Match[str]) -> str:
        return _NUMBER.sub(lambda found: 'numFmtId="0"' if found[1] in days else found[0], cell[0])

    return _STYLE.sub(unstyled, styles)


def shown_in_old(content: bytes, name: str) -> set[Place]:
    """Return row and column, from 0, of each cell that shows a time in the sheet *name* of a .xls, or its only one."""
    stream = old_workbooks.stream_of(content)
    formats, styles, sheets = dict.fromkeys(TIMES, True), [], {}
    for kind, body in old_workbooks.records(stream):
        if kind == FORMAT:
            formats[unpack_from("<H", body)[0]] = shows_time(_text(body, 2, 2))
        elif kind == CELL_FORMAT:
            styles.append(unpack_from("<H", body, 2)[0])
        elif kind == SHEET and not body[5]:
            sheets[_text(body, 6, 1).casefold()] = unpack_from("<I", body)[0]
    start = sheets.get(name, next(iter(sheets.values()), len(stream)) if len(sheets) == 1 else len(stream))
    return {place for place, style in _cells(stream, start) if formats.get(styles[style], False)}


def _text(body: bytes, at: int, wide: int) -> str:
    """Return the text in *body* whose length stands in *wide* bytes *at* a place, before a byte of flags."""
    length = int.from_bytes(body[at : at + wide], "little")
    letters = body[at + wide + 1 :]
    return letters[: 2 * length].decode("utf-16-le") if body[at + wide] & 1 else letters[:length].decode("latin-1")


def _cells(stream: bytes, start: int) -> Iterator[tuple[Place, int]]:
    depth = 0
    for kind, body in old_workbooks.records(stream, start):
        depth += {BEGIN: 1, END: -1}.get(kind, 0)
        if depth == 0:
            return
        if kind in (FORMULA, NUMBER, SHORT):
            row, column, style = unpack_from("<HHH", body)
            yield (row, column), style
        elif kind == SHORTS:
            row, first = unpack_from("<HH", body)
            for at in range((len(body) - 6) // 6):
                yield (row, first + at), unpack_from("<H", body, 4 + 6 * at)[0]


def _of_rows(rows: list[list[Any]]) -> set[Place]:
    return {(row, at) for row, cells in enumerate(rows) for at, cell in enumerate(cells) if _is_day(cell)}


def _is_day(cell: Any) -> bool:
    return isinstance(cell, datetime.date) and not isinstance(cell, datetime.datetime)
