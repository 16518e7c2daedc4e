"""Whether what leaves the evaluation shows groups, and nobody in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dpia_checks.identifiers import heading
from dpia_checks.records import Records
from dpia_checks.rules import (
    Only,
    among,
    in_either,
    in_memory,
    in_rows,
    is_any_of,
    is_blank,
    is_none_of,
    is_unsaid,
    with_at_least,
    without,
)
from dpia_checks.rules_of_text import where_text
from dpia_checks.statistical_disclosure.bands import small_between
from dpia_checks.statistical_disclosure.bounds import bounds_of
from dpia_checks.statistical_disclosure.differencing import small_differences
from dpia_checks.statistical_disclosure.tables import Cell, cells_of
from dpia_checks.statistical_disclosure.thresholds import (
    all_alike,
    marks_by_table,
    small,
    small_besides,
    small_remainders,
)
from dpia_checks.violations import Violation, Violations, check

CELLS = (
    "report_id",
    "table_name",
    "counted",
    "as_at",
    "row_variable",
    "row_label",
    "column_variable",
    "column_label",
    "margin",
    "count",
    "percentage",
    "decimals",
    "percentage_of",
    "mark",
    "structural",
    "mean",
    "mean_decimals",
    "scale_low",
    "scale_high",
    "includes",
)
"""The columns of a register of published cells, one row for each cell of each printed table."""

NO_NEED = frozenset(
    """
    na nil no noneed none noneknown nonestated nothing notapplicable notknown notneeded notrequired null unknown
    """.split()  # noqa: SIM905 - words read better as words
)
"""What says that there is no need, or that nobody knows one, without spaces and signs. The list is ours."""


@check
def published_in_another_way(
    reports: Records, *, way: str, permitted: Sequence[str], only: Only | None = None
) -> Violations:
    """
    Find reports whose form, or level of detail, is none that the promise permits.

    An empty *way* is a violation: nothing shows that it was permitted.

    Args:
        reports: One row for each report, presentation, dashboard or meeting at which results were shown.
        way: The column judged.
        permitted: The values the promise permits, a term.
        only: Judge only rows with these values, by column. Left out, every row is judged.
    """
    judged = among(reports.read(way, *(only or {})), only)
    return in_rows(reports, judged, judged.filter(is_none_of(way, permitted)), column=way)


@check
def printed_in_another_way(
    reports: Records, cells: Records, *, report: str, way: str, permitted: Sequence[str], prints: Only, only: Only
) -> Violations:
    """
    Find reports with a table of what *prints* names whose level of detail is none that the promise permits.

    What the register says of a report does not matter: its tables show what it is about. A cell of a table that
    does not say what it is about counts, and one that names no report is in none. An empty *way* is a violation.

    Args:
        reports: One row for each report, presentation, dashboard or meeting at which results were shown.
        cells: One row for each cell of each printed table.
        report: The column of both that names the report.
        way: The column of *reports* judged.
        permitted: The values the promise permits, a term.
        prints: Which cells count, by column of *cells*.
        only: Judge only reports with these values, by column.
    """
    printed = among(cells.read(report, *prints), prints)
    judged = with_at_least(among(reports.read(report, way, *only), only), printed, report, report, 1)
    return in_rows(reports, judged, judged.filter(is_none_of(way, permitted)), column=way)


@check
def given_to_others(
    reports: Records, *, audience: str, barred: Sequence[str], given_on: str | None = None
) -> Violations:
    """
    Find reports given to somebody who was to get none.

    An empty *audience* is a violation too: nothing shows that it was somebody else.

    Args:
        reports: One row for each report and audience.
        audience: The column that says who got it.
        barred: Those who were to get none, a term.
        given_on: The column with the day it was given; a row without one was not given. Left out, every row was.
    """
    judged = reports.read(audience, *([given_on] if given_on else []))
    if given_on:
        judged = judged.filter(~is_blank(given_on))
    return in_rows(reports, judged, judged.filter(is_any_of(audience, barred) | is_blank(audience)), column=audience)


@check
def shown_without_need(reports: Records, *, need: str, only: Only | None = None) -> Violations:
    """
    Find reports for which nobody wrote down why that audience needs to know.

    An empty cell is no need, and neither is a text that says nothing (:func:`dpia_checks.rules.is_unsaid`), or that
    there is none.

    Args:
        reports: One row for each report and audience.
        need: The column with the need.
        only: Judge only rows with these values, by column.
    """
    judged = among(reports.read(need, *(only or {})), only)
    denied = where_text(judged, need, lambda text: heading(text) in NO_NEED)
    return in_rows(reports, judged, in_either(judged, judged.filter(is_unsaid(need)), denied), column=need)


@check
def not_cleared(register: Records, staff: Records, *, cleared: str, by: str, only: Only | None = None) -> Violations:
    """
    Find reports or quotes of which nobody answers that they identify no one.

    Anything but ``yes`` in *cleared* is a violation, and so is a yes that nobody on the list of staff put their name
    to. An empty *by* is nobody; who has left since is on the list.

    Args:
        register: One row for each report, or for each quote or case study.
        staff: One row per employment, with ``person_id``.
        cleared: The column that says it identifies nobody.
        by: The column that names who looked.
        only: Judge only rows with these values, by column.
    """
    judged = among(register.read(cleared, by, *(only or {})), only)
    nobody = without(judged, staff.read("person_id"), by, "person_id")
    found = in_either(judged, judged.filter(is_none_of(cleared, ["yes"])), nobody)
    return in_rows(register, judged, found, column=cleared)


@check
def in_no_listed_report(printed: Records, reports: Records, *, report: str) -> Violations:
    """
    Find what was printed in a report that is not on the list of reports, so that nobody answers for it.

    An empty *report* is a violation: nothing shows where it was printed.

    Args:
        printed: One row for each cell of each printed table, or for each quote or case study.
        reports: One row for each report and audience.
        report: The column of both that names the report.
    """
    judged = printed.read(report)
    unlisted = without(judged, reports.read(report), report, report)
    return in_rows(printed, judged, unlisted, column=report, absent_from=reports.name)


@check
def few_behind_a_quote(quotes: Records, *, base: str, smallest: int) -> Violations:
    """
    Find quotes and case studies whose speaker is described so that fewer than *smallest* people fit.

    Exactly *smallest* is allowed. An empty *base* is a violation: nobody counted whom the words fit.

    Args:
        quotes: One row for each quote or case study that a report prints.
        base: The column with the number of people whom the printed description fits.
        smallest: The fewest people it may fit.
    """
    judged = quotes.read(base)
    lines = in_memory(judged)
    few = [line["row"] for line in lines if line[base] is None or line[base] < smallest]
    return _at(quotes, few, base, len(lines))


@check
def counts_too_small(cells: Records, *, smallest: int, only: Only | None = None) -> Violations:
    """
    Find printed cells that show from one to fewer than *smallest* people.

    Nought and *smallest* itself are allowed, and so is a hidden cell. A percentage is turned back into the counts it
    can stand for, by whatever all tables together say of its total, and so is a mean: into those who scored above the
    lowest of its scale, and below the highest. A total is found when its rows or columns leave over from one to fewer
    than *smallest* people, unless it is declared to be no sum of them; so is one of which another table without a
    total shows rows, unless that table has such a declaration, and one that only a count and its percentage tell. Where
    it is declared, a single row that leaves over as few of its total is found, as 37 of 40. So is
    a group of ages that holds others and has as few more people, as 18 to 24 beside 18 to 20. A cell that names no
    place, or a percentage that says of no total, is judged by its count alone: where none is
    printed, nothing shows of how many.

    Args:
        cells: One row for each cell of each printed table.
        smallest: The fewest people a cell may show.
        only: Judge only rows with these values, by column.
    """
    every = cells.read(*CELLS, *(only or {}))
    lines = in_memory(among(every, only))
    found, unplaced = cells_of(in_memory(every))
    ways = (small, small_besides, small_remainders, small_between)
    told = {cell.row for way in ways for cell in way(found, smallest)}
    bare = [line for line in lines if line["row"] in unplaced]
    few = {line["row"] for line in bare if _shows_few(line["count"], line["percentage"], smallest)}
    return _at(cells, {line["row"] for line in lines} & told | few, "count", len(lines))


@check
def can_be_worked_out(cells: Records, *, apart: int) -> Violations:
    """
    Find hidden counts that all printed tables together confine to less than *apart*.

    The least and the greatest count that fit everything printed, margins, percentages, marks such as *<5* and other
    releases of the same numbers or of earlier ones that they include, must lie *apart* or more, of a count with a
    mark in its place and a percentage beside it, too. A table without a total is added up when it shows every label
    that another table has somebody of, and no line of it is declared to be no sum: undeclared, a list of only some
    people is taken for everybody. A cell that names no place is found as well, and so is a hidden one in tables that
    do not add up: nothing shows that it is safe.

    Args:
        cells: One row for each cell of each printed table.
        apart: How far the least and the greatest possible count have to lie apart.
    """
    found, unplaced = _read(cells)
    bounds = bounds_of(found)
    hidden = [cell for cell in found if cell.is_hidden or cell.is_marked]
    told = [cell.row for cell in hidden if (known := bounds[cell.key]) is None or known.apart < apart]
    return _at(cells, [*told, *unplaced], "count", len(hidden) + len(unplaced))


@check
def marks_tell_apart(cells: Records) -> Violations:
    """
    Find hidden cells of a table that uses more than one mark, or leaves some without any.

    A reader who can tell a count hidden for being small from one hidden to protect it knows the range of
    both. An empty mark is a mark of its own.

    Args:
        cells: One row for each cell of each printed table.
    """
    found, _ = _read(cells)
    several = {table for table, marks in marks_by_table(found).items() if len(marks) > 1}
    hidden = [cell for cell in found if cell.is_hidden]
    return _at(cells, [cell.row for cell in hidden if cell.table in several], "mark", len(hidden))


@check
def group_all_alike(cells: Records) -> Violations:
    """
    Find printed cells that hold everybody of a row or a column, so that a whole group is shown to be alike.

    So is a group of which nothing is printed but what none of it is, as nought of twelve.
    A row of nobody is allowed, and so is what the register declares to be so by definition: all are women, or
    a borough had not begun. What all tables together leave a number to be counts as printed. A mean at the end of its
    scale shows everybody alike as well. A cell that names no place is found too: nothing shows which line it belongs
    to.

    Args:
        cells: One row for each cell of each printed table.
    """
    found, unplaced = _read(cells)
    return _at(
        cells, [*(cell.row for cell in all_alike(found)), *unplaced], "count", len(_printed(found)) + len(unplaced)
    )


@check
def differ_by_few(cells: Records, *, smallest: int) -> Violations:
    """
    Find cells that differ from the same cell of another release by one to fewer than *smallest* people.

    So does a cell that is printed twice with two counts of the same people at the same point, and a total that a
    release leaves to be added up. No difference is allowed, and so is one of exactly *smallest*. What is hidden counts
    as all that it can be. A cell that names no place is found too: nothing shows what it was before.

    Args:
        cells: One row for each cell of each printed table, earlier releases first.
        smallest: The fewest people a difference may show.
    """
    found, unplaced = _read(cells)
    pairs = small_differences(found, bounds_of(found), smallest)
    told = [*(cell.row for cell in pairs), *unplaced]
    return _at(cells, told, "count", len(_printed(found)) + len(unplaced))


def _shows_few(count: int | None, percentage: float | None, smallest: int) -> bool:
    """Whether a cell that names no place shows few by its count, or by a percentage of nobody knows how many."""
    return bool(percentage) if count is None else 0 < count < smallest


def _printed(cells: Iterable[Cell]) -> list[Cell]:
    return [cell for cell in cells if not cell.is_score]


def _read(cells: Records) -> tuple[list[Cell], list[int]]:
    return cells_of(in_memory(cells.read(*CELLS)))


def _at(records: Records, rows: Iterable[int], column: str, judged: int) -> Violations:
    return Violations(tuple(Violation(records.name, row, column) for row in sorted(set(rows))), judged)
