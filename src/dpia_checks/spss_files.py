"""
Read the files of SPSS (.sav) as the tables of text that the checks are given.

SPSS has numbers and text alone: a day is a number of seconds since 14 October 1582 that is shown as a day. What is
missing for SPSS, by itself or because somebody declared the value so, is an empty cell.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pyarrow as pa

from dpia_checks import apart, extras
from dpia_checks.errors import ExtractsUnusable, Problem
from dpia_checks.identifiers import heading
from dpia_checks.schema import Table
from dpia_checks.typed_files import Cells, as_text

EPOCH = datetime.datetime(1582, 10, 14)
DAY = re.compile(r"[AEJS]?DATE\d+")
INSTANT = re.compile(r"(?:DATETIME|YMDHMS)[\d.]+")
LABELLED = ("code", "yes_no")
"""The types of column in which the label of a value is meant, not the number behind it."""
MAGIC, PACKED = b"$FL2", b"$FL3"
"""How a file begins, and one that is packed tighter: it could unfold to anything."""


def table_of(content: bytes, table: Table) -> pa.Table:
    """
    Return a file of SPSS as a table of text.

    Where the schema wants a code, or yes or no, a value is told by its label; capitals make no difference.

    Raises:
        ExtractsUnusable: It is no such file or a cut one, it unfolds to too much, a day is none of the calendar, or
            its header cannot be used.
        ExtraMissing: The library that reads it is not installed.
    """
    said = _parsed(content, table, "spss")
    columns = zip(said["header"], said["columns"], strict=True)
    cells: list[Cells] = [partial(_values, values, _reader(name, said, table)) for name, values in columns]
    return as_text(said["header"], cells, table)


def header_of(content: bytes, table: Table) -> list[str]:
    """
    Return the names of the columns of a file of SPSS; no value is read.

    Raises:
        ExtractsUnusable: It is no such file.
    """
    return [str(name) for name in _parsed(content, table, "spss-header")["header"]]


def _parsed(content: bytes, table: Table, what: str) -> dict[str, Any]:
    extras.require("pyreadstat")
    if content.startswith(PACKED):
        raise _refused(table, "it is packed tighter than this tool unpacks", "Save it as .sav, not as .zsav")
    try:
        if content.startswith(MAGIC):
            said: dict[str, Any] = apart.parse(content, what)
            return said
    except apart.Broken:
        pass
    raise _refused(table, "it cannot be read as a file of SPSS, or unfolds to too much", "Save it again as .sav")


def _reader(name: str, said: Mapping[str, Any], table: Table) -> Callable[[Any], Any]:
    """Return what makes of a value of the column *name* the value that SPSS shows."""
    shown = str(said["shown"].get(name, ""))
    if DAY.fullmatch(shown):
        return lambda value: (EPOCH + datetime.timedelta(seconds=value)).date()
    if INSTANT.fullmatch(shown):
        return lambda value: EPOCH + datetime.timedelta(seconds=value)
    column = table.columns.get(table.spellings.get(heading(name), name))
    if column is None or column.type not in LABELLED:
        return lambda value: value
    known = {value.casefold(): value for value in column.values}
    labels = {value: known.get(str(label).casefold(), label) for value, label in said["labels"].get(name, ())}
    return lambda value: labels.get(value, value)


def _values(values: list[Any], shown: Callable[[Any], Any]) -> list[Any]:
    return [None if _is_missing(value) else shown(value) for value in values]


def _is_missing(value: Any) -> bool:
    return value is None or value == "" or value != value


def _refused(table: Table, what: str, do: str) -> ExtractsUnusable:
    return ExtractsUnusable([Problem(table.name, what, do)])
