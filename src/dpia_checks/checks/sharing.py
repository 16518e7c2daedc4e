"""What was shared with whom, on whose permission, and whether it was no more than was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.engines import ROW, Frame
from dpia_checks.records import Records
from dpia_checks.rules import (
    Only,
    among,
    in_rows,
    is_any_of,
    is_blank,
    is_later,
    is_none_of,
    is_unsaid,
    paired,
    without,
)
from dpia_checks.rules_of_time import is_after_day, is_later_by_more_than_months, is_not_done, is_past_months
from dpia_checks.violations import Violations, check

NOT_SHARED = ("refused", "withdrawn", "undecided")
"""The decisions on which nothing goes: no, a question that was taken back, and one that is still open."""


@check
def shared_without_permission(
    disclosures: Records,
    *,
    permission: str | None,
    only: Only | None = None,
    by: str | None = None,
    personal: str | None = "personal",
    released: str | None = None,
    supplied: str | None = None,
) -> Violations:
    """
    Find disclosures that the promised permission does not cover.

    A refusal is no disclosure, nor is what was withdrawn or is undecided, unless a day of the supply that has come
    shows that the data went all the same. An empty decision counts as one, unless nothing was *released* yet.
    Aggregates may go: only a plain ``no`` in *personal* says that single people cannot be told apart. Permission on
    the very day of the supply is in time. An empty permission is none, and so is a text that says nothing, or one
    whose order in time the log does not show. What is still to be supplied after the day on which the log was taken
    is a plan that may still get its permission by then, and is not judged.

    Args:
        disclosures: One row per decision, with ``decision``.
        permission: The column with the permission, or the day it was given. None when nothing permits it.
        only: Which disclosures are judged: a column, and the values it may have.
        by: The column with the day of the supply, when the permission has a day. Left out, any permission does.
        personal: The column that says whether single people can be told apart. None when that does not matter.
        released: The column with the day of the release, of a log that has lines before they are decided on. Left
            out, every line is decided.
        supplied: The column with the day of the supply, when the permission has none.
    """
    days = [name for name in dict.fromkeys((by, released, supplied)) if name]
    columns = [name for name in ("decision", permission, personal, *days, *(only or {})) if name]
    judged = among(disclosures.read(*dict.fromkeys(columns)), only)
    for day in (by, supplied):
        judged = judged.filter(~is_after_day(day, disclosures.as_of)) if day else judged
    wrong = _went(judged, days, disclosures.as_of)
    wrong = wrong.filter(~(is_blank("decision") & is_blank(released))) if released else wrong
    wrong = wrong.filter(is_none_of(personal, ["no"])) if personal else wrong
    if permission and by:
        wrong = wrong.filter(is_blank(permission) | is_blank(by) | is_later(permission, by))
    elif permission:
        is_text = disclosures.table.columns[permission].type in {"text", "free_text"}
        wrong = wrong.filter(is_unsaid(permission) if is_text else is_blank(permission))
    return in_rows(disclosures, judged, wrong, column=permission or "decision")


@check
def more_than_needed(requests: Records, *, released: str, needed: str) -> Violations:
    """
    Find requests on which more fields were released than the request needs.

    A refusal released nothing, nor did what was withdrawn or is undecided, unless it has a day of release that has
    come; nor did a line without a decision and a day of release: it is still open. As many as needed is allowed. When
    either number is missing, nothing shows that it was the least.

    Args:
        requests: One row per request, with ``decision`` and the day of the release, ``released_on``.
        released: The column with the number of fields released.
        needed: The column with the number of fields that the request needs.
    """
    every = _went(requests.read("decision", "released_on", released, needed), ["released_on"], requests.as_of)
    judged = every.filter(~(is_blank("decision") & is_blank("released_on")))
    wrong = is_blank(released) | is_blank(needed) | is_later(released, needed)
    return in_rows(requests, judged, judged.filter(wrong), column=released)


@check
def fed_back_late(
    disposals: Records, feedback: Records, *, kind: str, kinds: Sequence[str], since: str, months: int
) -> Violations:
    """
    Find disposals on which nobody was told in time how far the person engaged.

    A month is a calendar month and its last day is in time; one that was still running when the log was taken
    is not late. One feedback in time is enough, on the day of the disposal or later: nobody can be told of what did
    not happen yet. An empty day is no feedback. A disposal without a day cannot
    be shown to be in time, and one without a kind is judged.

    Args:
        disposals: One row per disposal, with ``disposal_id``.
        feedback: One row per feedback, with ``of_disposal`` and the day it was ``fed_back_on``.
        kind: The column with the kind of disposal.
        kinds: The kinds that are judged, a term.
        since: The column with the day of the disposal.
        months: How many calendar months it may take, a term.
    """
    judged = among(disposals.read("disposal_id", kind, since), {kind: kinds})
    given = paired(judged, feedback.read("of_disposal", "fed_back_on"), "disposal_id", "of_disposal")
    dated = given.filter(~is_blank("fed_back_on") & ~is_blank(since) & ~is_later(since, "fed_back_on"))
    in_time = dated.filter(~is_later_by_more_than_months("fed_back_on", since, months))
    untold = without(judged, in_time, "row", "row").filter(is_past_months(since, months, disposals.as_of))
    return in_rows(disposals, judged, untold, absent_from=feedback.name)


def _went(lines: Frame, days: Sequence[str], as_of: str) -> Frame:
    """Leave out what was not shared, unless one of *days* shows that the data went all the same by the day *as_of*."""
    stayed = lines.filter(is_any_of("decision", NOT_SHARED))
    for day in days:
        stayed = stayed.filter(is_not_done(day, as_of))
    return without(lines, stayed, ROW, ROW)
