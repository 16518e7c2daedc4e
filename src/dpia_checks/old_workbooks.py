"""
Look through a workbook in the format before 2007 (.xls) for cells of which no value can be told with certainty.

The library that reads it gives an empty text for an error, and for a formula that was never worked out.
The records are described in [MS-XLS], sections 2.4.127 (Formula), 2.5.133 (FormulaValue) and 2.4.24 (BoolErr).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from struct import unpack_from

from dpia_checks.errors import ExtractsUnusable, Problem
from dpia_checks.schema import Table

FORMULA, BOOLEAN_OR_ERROR = 0x0006, 0x0205
NO_NUMBER = b"\xff\xff"
"""How the value of a formula ends that is no number; its first byte then says what it is."""
ERROR, EMPTY = 2, 3


def refuse_uncertain(content: bytes, table: Table) -> None:
    """
    Return when every cell of the workbook *content* has a value.

    Raises:
        ExtractsUnusable: A cell holds an error, or the value of a formula is empty: it may never have been worked
            out. Or it is no workbook.
    """
    kinds = set()
    try:
        for number, body in records(stream_of(content)):
            if number == FORMULA and body[12:14] == NO_NUMBER:
                kinds.add(body[6])
            elif number == BOOLEAN_OR_ERROR and body[7]:
                kinds.add(ERROR)
    except Exception:  # what the library raises of a broken file has no common kind, and may hold a value
        raise ExtractsUnusable([Problem(table.name, "it cannot be read as a workbook", "Save it again")]) from None
    if ERROR in kinds:
        what, do = "a cell of the workbook holds an error", "Put the formula right, or clear it"
        raise ExtractsUnusable([Problem(table.name, what, do)])
    if EMPTY in kinds:
        what = "the value of a formula is empty, or it was never worked out"
        raise ExtractsUnusable([Problem(table.name, what, "Copy the cells and paste their values, or save as .xlsx")])


def stream_of(content: bytes) -> bytes:
    """Return the part of the workbook *content* that holds its records."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(content)) as container:
        stream: bytes = container.openstream("Workbook" if container.exists("Workbook") else "Book").read()
    return stream


def records(stream: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield the kind and the body of each record of *stream*, from the one that stands *at* a place."""
    while at + 4 <= len(stream):
        number, size = unpack_from("<HH", stream, at)
        yield number, stream[at + 4 : at + 4 + size]
        at += 4 + size
