"""What is done about errors: who was told of them, and who looked over data, analyses and reports."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.records import Records
from dpia_checks.rules import Only, among, in_rows, is_blank, is_equal, is_none_of, without
from dpia_checks.violations import Violations, check


@check
def author_not_told(errors: Records, *, author: str, told_party: str, told: str) -> Violations:
    """
    Find errors of which the author of the data was not told.

    Telling another organisation is not telling the author. An empty *told* means nobody was told, whatever
    the age of the error: no time is promised, and the log is read as it stands. Empty *author* or
    *told_party* cannot show that the right one was told.

    Args:
        errors: One row per error found.
        author: The column that names the organisation that wrote the data.
        told_party: The column that names the organisation that was told.
        told: The column with the day it was told.
    """
    judged = errors.read(author, told_party, told)
    return in_rows(errors, judged, judged.filter(is_blank(told) | ~is_equal(author, told_party)), column=told)


@check
def told_by_another_person(errors: Records, *, via: str, permitted: Sequence[str], told: str, only: Only) -> Violations:
    """
    Find errors of which the author was told through another contact than the promised one.

    An error of which nobody was told yet has no contact and is left to :func:`author_not_told`. An empty
    *via* of one that was told is a violation: the log cannot show the promise kept.

    Args:
        errors: One row per error found.
        via: The column that names the contact.
        permitted: The contacts the promise permits, a term.
        told: The column with the day the author was told.
        only: Which errors are judged: a column, and the values it may have.
    """
    judged = among(errors.read(via, told, *only), only).filter(~is_blank(told))
    return in_rows(errors, judged, judged.filter(is_none_of(via, permitted)), column=via)


@check
def dispute_not_noted(errors: Records, *, disputed: str, note: str) -> Violations:
    """
    Find disputes over data of which nothing is noted.

    Only a plain ``no`` in *disputed* is no dispute; an empty cell counts as one. What a note says is not
    judged.
    """
    judged = errors.read(disputed, note).filter(is_none_of(disputed, ["no"]))
    return in_rows(errors, judged, judged.filter(is_blank(note)), column=note)


@check
def not_quality_checked(items: Records, checks: Records, *, item: str, only: Only | None = None) -> Violations:
    """
    Find items that no quality check on the log is about.

    A line without a day is no check done. Who did it is not judged, nor when: an item's own author counts.

    Args:
        items: One row per analysis, report or record.
        checks: One row per quality check, with ``checked_item`` and the day it was ``checked_on``.
        item: The column of *items* by which *checks* names it.
        only: Judge only rows with these values, by column.
    """
    judged = among(items.read(item, *(only or {})), only)
    done = checks.read("checked_item", "checked_on").filter(~is_blank("checked_on"))
    return in_rows(items, judged, without(judged, done, item, "checked_item"), absent_from=checks.name)


@check
def not_peer_reviewed(reports: Records, *, reviewed: str, due: str) -> Violations:
    """
    Find reports that no peer reviewed.

    A review on any day counts. A report whose *due* is empty has not reached the point that calls for
    one. An empty *reviewed* is no review.

    Args:
        reports: One row per report.
        reviewed: The column with the day of the review.
        due: The column with the day the report reached the point that calls for one.
    """
    judged = reports.read(reviewed, due).filter(~is_blank(due))
    return in_rows(reports, judged, judged.filter(is_blank(reviewed)), column=reviewed)
