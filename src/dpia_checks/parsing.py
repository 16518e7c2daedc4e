r"""
Test text, mask what fails, then cast: no engine may parse a cell that could make it raise and print it.

Every expression here agrees on pandas (Arrow types), polars, DuckDB and Spark:
character classes are spelt out instead of ``\d``, the length is tested instead of trusting ``$``
(which lets a final newline pass), and the calendar is part of the pattern.

Dates become midnight without a time zone. Instants must carry their offset, Z, +00:00 or +01:00
(Europe/London), and become UTC without a time zone, so that 72 hours are 72 hours across a clock change.

An answer from a list is that answer in any capitals, *No* as *no*, and is read in those of the list. In a field that
the document prints with *Y/N* behind its name, *Y* is yes and *N* is no.

Identifiers become capitals without spaces, so that one person is one person in every table and spelling. One that
names nothing, such as *n/a*, *tbc* or a dash, is an empty cell: two of them are not the same person or record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import narwhals as nw
import pyarrow as pa
import pyarrow.compute as pc

from dpia_checks.parquet_tables import TEXT, Range
from dpia_checks.schema import Column

LETTERS = "Y/N"
"""How the name of a field ends, as the document prints it, that is answered by a letter."""
_YEAR = r"[12][0-9]{3}"
_LONG = r"(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
_SHORT = r"(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
_FEBRUARY = r"02-(?:0[1-9]|1[0-9]|2[0-8])"
_LEAP_YEAR = r"(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:1[26]|2[048])00)"
_DATE = rf"^(?:{_YEAR}-(?:{_LONG}|{_SHORT}|{_FEBRUARY})|{_LEAP_YEAR}-02-29)"
"""Every day of the years 1000 to 2999, and nothing else: 29 February in leap years only."""
_SPACES = "[ \t\r\n\u00a0\u2007\u202f]"
"""What may stand around or inside an identifier without making it another: spaces, those that do not break too."""
_NAMING = r"[\p{L}\p{N}]"
"""A letter or a digit, without one of which nothing is named."""
TO_COME = ("N/A", "N.A.", "N.A", "TBC", "TBA", "TBD", "TOBECONFIRMED", "TOFOLLOW")
"""
What people write in place of what is to come, or without thinking, in capitals and without spaces. The list is ours: no
official one is known. *NA* is not on it, for it may be somebody's initials.
"""
_NOBODY = ("NONE", "NIL", "NULL", "PENDING", "UNKNOWN", "NOTYET", "NOTAPPLICABLE", "NOTKNOWN")
"""What is no identifier either, but may be an answer."""
_TIME = r"T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:Z|\+00:00|\+01:00)$"
_WITH_SECONDS = (20, 25)
_WITHOUT_SECONDS = (17, 22)
_YEARS = range(1000, 3000)
_TOO_LONG = 10**15
"""The least whole number of sixteen digits."""
_COARSE = 2.0**33
"""From here on two neighbouring floating numbers lie so far apart that six places tell them apart."""


def readable(column: Column, kind: str = TEXT) -> nw.Expr:
    """
    Return whether a cell of *column*, which holds values of *kind*, is a value of its type.

    An empty cell is neither: it is null. A value that is no text is readable when the text that says it would be:
    a whole number of up to 15 digits, a fraction of up to 6 places, a day of the years 1000 to 2999, an instant
    to the second. A moment, which has no time zone, is a day when it is midnight.
    """
    if kind != TEXT:
        return _fits(nw.col(column.column), column, kind)
    text = nw.col(column.column)
    if column.values:
        return text.is_in(list(column.values))
    match column.type:
        case "integer":
            return text.str.contains(r"^-?[0-9]{1,15}$") & _one_line(text)
        case "decimal":
            return text.str.contains(r"^-?[0-9]{1,15}(?:\.[0-9]{1,6})?$") & _one_line(text)
        case "date":
            return text.str.contains(_DATE) & (text.str.len_chars() == 10)
        case "instant":
            return text.str.contains(_DATE + _TIME) & text.str.len_chars().is_in([*_WITH_SECONDS, *_WITHOUT_SECONDS])
        case _:
            return text.str.len_chars() > 0


def spelt_as_listed(text: pa.Table, columns: Mapping[str, Column]) -> pa.Table:
    """
    Return *text* with each answer of *columns* that have a list in the capitals of the list.

    A cell that is no answer of the list in any capitals stays as it is, and so does one with a space more. *Y* is yes
    where the document says so, see :data:`LETTERS`.
    """
    for place, name in enumerate(text.column_names):
        listed = _by_small_letters(columns[name]) if name in columns else {}
        others = {each: _listed(each, listed) for each in pc.unique(text[name]).to_pylist()} if listed else {}
        if any(cell != answer for cell, answer in others.items()):
            cells = [others[cell] for cell in text[name].to_pylist()]
            text = text.set_column(place, name, pa.array(cells, pa.string()))
    return text


def _by_small_letters(column: Column) -> dict[str, str]:
    letters = {"y": "yes", "n": "no"} if column.type == "yes_no" and column.name.endswith(LETTERS) else {}
    return {value.lower(): value for value in column.values} | letters


def _listed(cell: str | None, listed: Mapping[str, str]) -> str | None:
    """Return *cell* in the capitals of the list: engines agree on them for plain letters alone."""
    return listed.get(cell.lower(), cell) if cell and cell.isascii() else cell


def listed(column: Column) -> nw.Expr:
    """Return what :func:`spelt_as_listed` makes of a *column* of text, by the engine; null where it is no answer."""
    cell = nw.col(column.column)
    found = nw.when(readable(column)).then(cell).otherwise(None)
    small = nw.when(~cell.str.contains("[^ -~]")).then(cell.str.to_lowercase()).otherwise(None)
    for key, value in _by_small_letters(column).items():
        found = nw.when((small == key).fill_null(False)).then(nw.lit(value)).otherwise(found)
    return found.alias(column.column)


def _fits(cell: nw.Expr, column: Column, kind: str) -> nw.Expr:
    between = (cell >= datetime(_YEARS.start, 1, 1)) & (cell < datetime(_YEARS.stop, 1, 1))
    match column.type, kind:
        case "date", "moment":
            return between & (cell.dt.truncate("1d") == cell)
        case "instant", "instant":
            return between & (cell.dt.truncate("1s") == cell)
        case "date", _:
            return between
        case (("integer" | "decimal"), "whole"):
            return (cell > -_TOO_LONG) & (cell < _TOO_LONG)
        case "integer", _:
            return (cell > -_TOO_LONG) & (cell < _TOO_LONG) & (cell == cell.round(0))
        case "decimal", _:
            million = cell * 0 + 1e6  # of a number alone, polars multiplies by one over it, which is not exact
            has_six_places = (cell * 1e6).round(0) / million == cell
            is_coarse = (cell >= _COARSE) | (cell <= -_COARSE)
            return (cell > -_TOO_LONG) & (cell < _TOO_LONG) & (has_six_places | is_coarse)
        case _, "whole":
            return cell.cast(nw.String).is_in(list(column.values)) if column.values else ~cell.is_null()
        case _:
            return ~cell.is_null()


def is_always_readable(column: Column, kind: str, between: Range | None = None) -> bool:
    """
    Return whether every cell of *column* that holds a value of *kind* is a value of its type.

    *between* is the least and the greatest of its values, if a footer tells them.
    """
    if column.values:
        return kind == "answer"
    match column.type, kind, between:
        case (("integer" | "decimal"), "whole", (low, high)):
            return bool(low > -_TOO_LONG and high < _TOO_LONG)
        case "date", "day", (low, high):
            return bool(low.year >= _YEARS.start and high.year < _YEARS.stop)
        case _:
            return column.type not in {"integer", "decimal", "date", "instant"}


def unreadable(column: Column, kind: str = TEXT) -> nw.Expr:
    """Return whether a cell of *column* holds what is no value of its type."""
    return ~nw.col(column.column).is_null() & ~readable(column, kind)


def parsed(column: Column, kind: str = TEXT, *, is_clean: bool = False) -> nw.Expr:
    """
    Return the values of *column* in its type; null where the cell is empty or unreadable.

    *is_clean* says that no cell of it is unreadable, so that nothing has to be masked.
    """
    cell = nw.col(column.column)
    masked = cell if is_clean else nw.when(readable(column, kind)).then(cell).otherwise(None)
    return (_from_text if kind == TEXT else _from_value)(masked, column, kind).alias(column.column)


def _from_text(masked: nw.Expr, column: Column, kind: str) -> nw.Expr:
    match column.type:
        case "integer":
            return masked.cast(nw.Int64)
        case "decimal":
            return masked.cast(nw.Float64)
        case "date":
            return masked.str.to_datetime(format="%Y-%m-%d")
        case "instant":
            return _utc(masked)
        case "identifier":
            return _spelt_alike(masked)
        case _:
            return masked


def _from_value(masked: nw.Expr, column: Column, kind: str) -> nw.Expr:
    match column.type:
        case "integer":
            return masked if kind == "whole" else masked.cast(nw.Int64)
        case "decimal":
            return masked.cast(nw.Float64) if kind == "whole" else masked
        case "date" | "instant":
            return masked
        case _ if kind == "answer":
            answers = nw.when(masked).then(nw.lit("yes")).otherwise(nw.lit("no"))
            return nw.when(~masked.is_null()).then(answers).otherwise(None)
        case _:
            return masked.cast(nw.String)


def arrow_type(column: Column) -> pa.DataType:
    """Return the Arrow type of the values of *column* once parsed."""
    types = {"integer": pa.int64(), "decimal": pa.float64(), "date": pa.timestamp("us"), "instant": pa.timestamp("us")}
    return types.get(column.type, pa.string())


def _one_line(text: nw.Expr) -> nw.Expr:
    return text.str.len_chars() == text.str.strip_chars().str.len_chars()


def _utc(masked: nw.Expr) -> nw.Expr:
    whole = nw.concat_str([masked.str.slice(0, 16), nw.lit(":00")])
    to_second = (
        nw.when(masked.str.len_chars().is_in(list(_WITH_SECONDS))).then(masked.str.slice(0, 19)).otherwise(whole)
    )
    local = to_second.str.to_datetime(format="%Y-%m-%dT%H:%M:%S")
    return nw.when(masked.str.ends_with("+01:00")).then(local.dt.offset_by("-1h")).otherwise(local)


def _spelt_alike(masked: nw.Expr) -> nw.Expr:
    """Return identifiers in capitals and without spaces; one that names nothing is an empty cell."""
    names = says_something(masked, (*TO_COME, *_NOBODY))
    return nw.when(names).then(_close(masked)).otherwise(None)


def says_something(text: nw.Expr, nothing: Sequence[str] = TO_COME) -> nw.Expr:
    """Return whether *text* has a letter or a digit and is not one of *nothing*; of an empty cell, nothing at all."""
    return text.str.contains(_NAMING) & ~_close(text).is_in(list(nothing))


def _close(text: nw.Expr) -> nw.Expr:
    return text.str.replace_all(_SPACES, "").str.to_uppercase()
