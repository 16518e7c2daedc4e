"""
The closed set of null-safe primitives that every check is built from: this module, on cells, rows and pairs,
:mod:`dpia_checks.rules_of_time`, :mod:`dpia_checks.rules_of_text` and :mod:`dpia_checks.deadlines`.

Engines disagree on nulls, so each primitive says what an empty cell means and never yields null.
An expression selects rows; a function of frames keeps the rows of the first. Every frame has ``row``.
A rule about one column and a limit is said in a way that an engine can prove from the footer of a Parquet file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from dpia_checks.engines import ROW, Frame, collected
from dpia_checks.parsing import says_something
from dpia_checks.records import Records, positions
from dpia_checks.violations import Violation, Violations

Only = Mapping[str, Sequence[str]]


def is_blank(column: str) -> nw.Expr:
    """Select rows whose *column* is empty."""
    return nw.col(column).is_null()


def is_unsaid(column: str) -> nw.Expr:
    """
    Select rows whose text *column* says nothing: it is empty, has no letter or digit, or says *tbc* or *n/a*.

    Which words do is in :data:`dpia_checks.parsing.TO_COME`, a list of ours. *None* and *unknown* are answers.
    """
    return nw.col(column).is_null() | ~says_something(nw.col(column))


def is_any_of(column: str, values: Sequence[str]) -> nw.Expr:
    """Select rows whose *column* is one of *values*. An empty cell is none of them."""
    return ~nw.col(column).is_null() & nw.col(column).is_in(list(values))


def is_none_of(column: str, values: Sequence[str]) -> nw.Expr:
    """Select rows whose *column* is not one of *values*. An empty cell is not one of them."""
    return nw.col(column).is_null() | ~nw.col(column).is_in(list(values))


def is_equal(column: str, other: str) -> nw.Expr:
    """Select rows whose *column* equals *other*, another column. An empty cell equals nothing."""
    return (nw.col(column) == nw.col(other)).fill_null(False)


def is_later(column: str, limit: str) -> nw.Expr:
    """Select rows whose *column* lies after *limit*, another column. Equal is not later, nor is an empty cell."""
    return (nw.col(column) > nw.col(limit)).fill_null(False)


def is_not_before(column: str, start: str) -> nw.Expr:
    """Select rows that have *column*, and not before *start*, another column. An empty *start* is before everything."""
    return ~nw.col(column).is_null() & ~is_later(start, column)


def is_at_or_above(column: str, level: str, ladder: Sequence[str]) -> nw.Expr:
    """Select rows whose *column* is *level* or higher on *ladder*, lowest first. An empty cell is below."""
    return is_any_of(column, ladder[list(ladder).index(level) :])


def is_below(column: str, limit: int) -> nw.Expr:
    """Select rows whose number *column* is less than *limit*. An empty cell is not below."""
    return ~nw.col(column).is_null() & (nw.col(column) < limit)


def is_above(column: str, limit: int) -> nw.Expr:
    """Select rows whose number *column* is more than *limit*. An empty cell is not above."""
    return ~nw.col(column).is_null() & (nw.col(column) > limit)


def among(frame: Frame, only: Mapping[str, Sequence[str]] | None) -> Frame:
    """
    Keep the rows of *frame* whose columns hold one of the values *only* names for each. None keeps all.

    A row whose cell is empty is kept: nothing shows that the promise does not cover it.
    """
    for column, values in (only or {}).items():
        frame = frame.filter(is_any_of(column, values) | is_blank(column))
    return frame


def having(frame: Frame, only: Only) -> Frame:
    """Keep the rows of *frame* that show one of the values *only* names for each column. An empty cell shows none."""
    for column, values in only.items():
        frame = frame.filter(is_any_of(column, values))
    return frame


def without(left: Frame, right: Frame, on: str, other: str) -> Frame:
    """
    Keep the rows of *left* whose *on* equals no *other* of *right*.

    An empty *on* has no equal, so its row is kept; an empty *other* is equal to nothing.
    """
    known = right.select(nw.col(other).alias("_known")).filter(~nw.col("_known").is_null()).unique()
    return left.join(known, left_on=on, right_on="_known", how="anti")  # type: ignore[arg-type]


def in_either(frame: Frame, *others: Frame) -> Frame:
    """Keep the rows of *frame* whose position is in one of *others*, each once. None keeps none."""
    left = frame
    for other in others:
        left = without(left, other, ROW, ROW)
    return without(frame, left, ROW, ROW)


def paired(left: Frame, right: Frame, on: str, other: str) -> Frame:
    """
    Return one row for each pair of a row of *left* and a row of *right* with equal keys.

    The columns of *right* must have names of their own, but for ``row``, which is the left one's.
    Rows with an empty key are in no pair.
    """
    keyed = right.drop(ROW).filter(~nw.col(other).is_null())
    return left.filter(~nw.col(on).is_null()).join(keyed, left_on=on, right_on=other, how="inner")  # type: ignore[arg-type]


def distinct(frame: Frame, *columns: str) -> Frame:
    """Return what stands together in *columns* of *frame*, each once and without position; an empty cell is a value."""
    return frame.select(*columns).unique()


def every_pair(left: Frame, right: Frame) -> Frame:
    """
    Return one row for each pair of a row of *left* and a row of *right*, whatever they hold.

    The columns of *right* must have names of their own, but for ``row``, which is the left one's.
    """
    beside = right.rename({ROW: "_beside"})  # not dropped before: DuckDB has no table without a column
    return left.join(beside, how="cross").drop("_beside")  # type: ignore[arg-type]


def with_at_least(left: Frame, right: Frame, on: str, other: str, number: int) -> Frame:
    """
    Keep the rows of *left* whose *on* equals the *other* of at least *number* rows of *right*.

    *number* is 1 or more. An empty *on* equals nothing, and an empty *other* counts for nobody.
    """
    keyed = right.select(nw.col(other).alias("_known")).filter(~nw.col("_known").is_null())
    often = keyed.group_by("_known").agg(nw.len().alias("_times")).filter(nw.col("_times") >= number)
    return left.join(often.select("_known"), left_on=on, right_on="_known", how="semi")  # type: ignore[arg-type]


def outside(left: Frame, right: Frame, on: str, other: str, at: str, start: str, end: str) -> Frame:
    """
    Keep the rows of *left* for which no row of *right* with the same key covers the date *at*.

    A period runs from *start* to *end*, both days included; an empty *end* has not ended; an empty
    *start* has not begun. An empty *at* is covered by nothing.
    """
    begun = (nw.col(start) <= nw.col(at)).fill_null(False)
    running = (nw.col(at) <= nw.col(end)).fill_null(True)
    covered = paired(left, right, on, other).filter(begun & running)
    return left.join(covered.select(nw.col(ROW)).unique(), on=ROW, how="anti")  # type: ignore[arg-type]


def in_memory(frame: Frame) -> list[dict[str, Any]]:
    """
    Return the rows of *frame*, each a value by column, an empty cell as None.

    For registers that stay small and name nobody, whatever the engine: what was printed, and days in a log.
    """
    return list(collected(frame).to_arrow().to_pylist())


def count(frame: Frame) -> int:
    """Return how many rows *frame* has."""
    total = collected(frame.select(nw.len().alias("total")))["total"].to_list()
    return int(total[0])


def in_rows(
    records: Records, judged: Frame, violating: Frame, *, column: str | None = None, absent_from: str | None = None
) -> Violations:
    """Return one violation for each row of *violating*, out of the rows *judged*."""
    places = positions(violating)
    found = tuple(Violation(records.name, place, column, absent_from) for place in places)
    return Violations(found, count(judged))


def left_out(records: Records, line: Frame, *shown: Frame) -> Violations:
    """
    Return a violation of *records* as a whole when *line*, which it owes, has no row although one of *shown* has.

    For a line without which a promise cannot be judged, and rows that show that it is not to come any more.
    """
    owed = count(line) == 0 and any(count(frame) for frame in shown)
    return Violations((Violation(records.name),), 1) if owed else Violations()
