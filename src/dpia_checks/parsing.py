r"""
Test text, mask what fails, then cast: no engine may parse a cell that could make it raise and print it.

Every expression here reads a column of text and agrees on pandas (Arrow types), polars and DuckDB:
character classes are spelt out instead of ``\d``, the length is tested instead of trusting ``$``
(which lets a final newline pass), and the calendar is part of the pattern.

Dates become midnight without a time zone. Instants must carry their offset, Z, +00:00 or +01:00
(Europe/London), and become UTC without a time zone, so that 72 hours are 72 hours across a clock change.
"""

from __future__ import annotations

import narwhals as nw
import pyarrow as pa

from dpia_checks.schema import Column

_YEAR = r"[12][0-9]{3}"
_LONG = r"(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
_SHORT = r"(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
_FEBRUARY = r"02-(?:0[1-9]|1[0-9]|2[0-8])"
_LEAP_YEAR = r"(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:1[26]|2[048])00)"
_DATE = rf"^(?:{_YEAR}-(?:{_LONG}|{_SHORT}|{_FEBRUARY})|{_LEAP_YEAR}-02-29)"
"""Every day of the years 1000 to 2999, and nothing else: 29 February in leap years only."""
_TIME = r"T(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:Z|\+00:00|\+01:00)$"
_WITH_SECONDS = (20, 25)
_WITHOUT_SECONDS = (17, 22)


def readable(column: Column) -> nw.Expr:
    """Return whether the text of *column* is a value of its type. An empty cell is neither: it is null."""
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


def unreadable(column: Column) -> nw.Expr:
    """Return whether a cell of *column* holds text that is no value of its type."""
    return ~nw.col(column.column).is_null() & ~readable(column)


def parsed(column: Column) -> nw.Expr:
    """Return the values of *column* in its type; null where the cell is empty or unreadable."""
    text = nw.col(column.column)
    masked = nw.when(readable(column)).then(text).otherwise(None)
    match column.type:
        case "integer":
            values = masked.cast(nw.Int64)
        case "decimal":
            values = masked.cast(nw.Float64)
        case "date":
            values = masked.str.to_datetime(format="%Y-%m-%d")
        case "instant":
            values = _utc(masked)
        case _:
            values = masked
    return values.alias(column.column)


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
