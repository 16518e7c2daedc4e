"""What is done about errors: who was told of them, and who looked over data, analyses and reports."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.engines import ROW
from dpia_checks.records import Records
from dpia_checks.rules import (
    Only,
    among,
    in_rows,
    is_blank,
    is_equal,
    is_later,
    is_none_of,
    is_unsaid,
    paired,
    with_at_least,
    without,
)
from dpia_checks.rules_of_time import is_after_day, is_not_done, on_day
from dpia_checks.violations import Violations, check


@check
def author_not_told(errors: Records, *, author: str, told_party: str, found: str, told: str) -> Violations:
    """
    Find errors of which the author of the data was not told.

    Telling another organisation is not telling the author. An empty *told* means nobody was told, whatever
    the age of the error: no time is promised, and the log is read as it stands. Being told on the day the
    error was found counts; a day before it cannot have been about the error, and one that is still to come is a plan.
    Empty *author*, *told_party* or *found* cannot show that the right one was told of it.

    Args:
        errors: One row per error found.
        author: The column that names the organisation that wrote the data.
        told_party: The column that names the organisation that was told.
        found: The column with the day the error was found.
        told: The column with the day it was told.
    """
    judged = errors.read(author, told_party, found, told)
    told_of_it = is_equal(author, told_party) & (is_later(told, found) | is_equal(told, found))
    told_of_it &= ~is_not_done(told, errors.as_of)
    return in_rows(errors, judged, judged.filter(~told_of_it), column=told)


@check
def told_by_another_person(errors: Records, *, via: str, permitted: Sequence[str], told: str, only: Only) -> Violations:
    """
    Find errors of which the author was told through another contact than the promised one.

    An error of which nobody was told by now has no contact and is left to :func:`author_not_told`. An empty
    *via* of one that was told is a violation: the log cannot show the promise kept.

    Args:
        errors: One row per error found.
        via: The column that names the contact.
        permitted: The contacts the promise permits, a term.
        told: The column with the day the author was told.
        only: Which errors are judged: a column, and the values it may have.
    """
    judged = among(errors.read(via, told, *only), only).filter(~is_not_done(told, errors.as_of))
    return in_rows(errors, judged, judged.filter(is_none_of(via, permitted)), column=via)


@check
def dispute_not_noted(errors: Records, *, disputed: str, note: str) -> Violations:
    """
    Find disputes over data of which nothing is noted.

    Only a plain ``no`` in *disputed* is no dispute; an empty cell counts as one. What a note says is not
    judged, but one that says nothing (:func:`dpia_checks.rules.is_unsaid`) is none.
    """
    judged = errors.read(disputed, note).filter(is_none_of(disputed, ["no"]))
    return in_rows(errors, judged, judged.filter(is_unsaid(note)), column=note)


@check
def not_quality_checked(
    items: Records, checks: Records, *, item: str, made: str, only: Only | None = None
) -> Violations:
    """
    Find items that no quality check on the log is about.

    A line without a day is no check done, nor is one of a day that is still to come. A check on the day the item was
    made counts, and one long after it does: no time is promised. A day before it is no check of the item, and an empty
    *made* cannot show that one came after. What is still to be made is not judged. Who did it is for
    :func:`checked_by_nobody_else`.

    Args:
        items: One row per analysis, report or record.
        checks: One row per quality check, with ``checked_item`` and the day it was ``checked_on``.
        item: The column of *items* by which *checks* names it.
        made: The column of *items* with the day or the instant from which there was something to check. Of an
            instant the day in London counts.
        only: Judge only rows with these values, by column.
    """
    every = among(items.read(item, made, *(only or {})), only).with_columns(on_day(made))
    judged = every.filter(~is_after_day(made, items.as_of))
    done = checks.read("checked_item", "checked_on").filter(~is_not_done("checked_on", checks.as_of))
    both = paired(judged, done, item, "checked_item")
    after = both.filter(is_later("checked_on", made) | is_equal("checked_on", made))
    return in_rows(items, judged, without(judged, after, ROW, ROW), absent_from=checks.name)


@check
def checked_by_nobody_else(checks: Records, *, checker: str, maker: str) -> Violations:
    """
    Find quality checks of items that nobody but their maker checked.

    One check by somebody else is enough, whoever made the others. A line without a day, or of one that is still to
    come, is no check done and is left out. An empty *checker* or *maker* cannot show that it was somebody else, nor
    can an empty ``checked_item`` show of what.

    Args:
        checks: One row per quality check, with ``checked_item`` and the day it was ``checked_on``.
        checker: The column that says who checked.
        maker: The column that says who made what was checked.
    """
    judged = checks.read("checked_item", "checked_on", checker, maker)
    judged = judged.filter(~is_not_done("checked_on", checks.as_of))
    another = judged.filter(~is_equal(checker, maker) & ~is_blank(checker) & ~is_blank(maker))
    return in_rows(checks, judged, without(judged, another, "checked_item", "checked_item"), column=checker)


@check
def checked_by_its_author(items: Records, checks: Records, *, item: str, author: str, checker: str) -> Violations:
    """
    Find items that nobody but their author checked, whomever the log of quality checks calls their maker.

    One check by somebody else is enough. An item that no check done by now is about is left to
    :func:`not_quality_checked`. An empty *author* or *checker* cannot show that it was somebody else.

    Args:
        items: One row per report.
        checks: One row per quality check, with ``checked_item`` and the day it was ``checked_on``.
        item: The column of *items* by which *checks* names it.
        author: The column of *items* that says who wrote it.
        checker: The column of *checks* that says who checked.
    """
    done = checks.read("checked_item", "checked_on", checker).filter(~is_not_done("checked_on", checks.as_of))
    judged = with_at_least(items.read(item, author), done, item, "checked_item", 1)
    another = paired(judged, done, item, "checked_item").filter(~is_equal(author, checker) & ~is_blank(checker))
    alone = without(judged, another.filter(~is_blank(author)), ROW, ROW)
    return in_rows(items, judged, alone, column=author)


@check
def released_unwritten(
    reports: Records, written: Records, *, report: str, released: str, name: str, ready: str, only: Only
) -> Violations:
    """
    Find reports that were released and that are on no line of the list of written reports that was ready by then.

    Ready on the day of the release, or on a day before it, is in time; an empty *ready* is not. A report that is
    still to be released is not judged, and one without a day was.

    Args:
        reports: One row per report and audience.
        written: One row per written report.
        report: The column of *reports* with its name.
        released: The column of *reports* with the day it was released.
        name: The column of *written* with the name that it was released as.
        ready: The column of *written* with the day it was written, or published.
        only: Judge only reports with these values, by column; a report whose cell is empty is judged too.
    """
    judged = among(reports.read(report, released, *only), only).filter(~is_after_day(released, reports.as_of))
    both = paired(judged, written.read(name, ready), report, name)
    listed = both.filter(~is_blank(ready) & ~is_later(ready, released))
    return in_rows(reports, judged, without(judged, listed, ROW, ROW), absent_from=written.name)


@check
def not_peer_reviewed(
    reports: Records, *, reviewed: str, due: str, written: str, author: str, reviewer: str
) -> Violations:
    """
    Find reports that no peer reviewed.

    A peer is somebody other than the author. A review on the day of writing or any later day counts; one before it was
    of something else. A report whose *due* is empty, or still to come, has not reached the point that calls for one. An
    empty *reviewed* is no review, nor is one that is still to come; an empty *written*, *author* or *reviewer* cannot
    show one.

    Args:
        reports: One row per report.
        reviewed: The column with the day of the review.
        due: The column with the day the report reached the point that calls for one.
        written: The column with the day it was written.
        author: The column that says who wrote it.
        reviewer: The column that says who reviewed it.
    """
    judged = reports.read(*dict.fromkeys((reviewed, due, written, author, reviewer)))
    judged = judged.filter(~is_not_done(due, reports.as_of))
    after = (is_later(reviewed, written) | is_equal(reviewed, written)) & ~is_not_done(reviewed, reports.as_of)
    by_peer = ~is_equal(author, reviewer) & ~is_blank(author) & ~is_blank(reviewer)
    return in_rows(reports, judged, judged.filter(~(after & by_peer)), column=reviewed)


@check
def reviewed_after_publication(reports: Records, *, reviewed: str, published: str) -> Violations:
    """
    Find reports that were published before the day a peer reviewed them.

    The same day is in time. A report that was not published by now, or has no review, is left out.

    Args:
        reports: One row per report.
        reviewed: The column with the day of the review.
        published: The column with the day it was published.
    """
    judged = reports.read(reviewed, published)
    judged = judged.filter(~is_blank(reviewed) & ~is_not_done(published, reports.as_of))
    return in_rows(reports, judged, judged.filter(is_later(reviewed, published)), column=reviewed)
