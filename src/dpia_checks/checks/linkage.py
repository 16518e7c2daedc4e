"""How records are matched: who is compared with whom, from which systems, how often, and what goes back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dpia_checks.engines import ROW, Frame
from dpia_checks.identifiers import heading
from dpia_checks.records import Records
from dpia_checks.rules import (
    Only,
    among,
    every_pair,
    having,
    in_rows,
    is_any_of,
    is_blank,
    is_later,
    is_none_of,
    left_out,
    paired,
    without,
)
from dpia_checks.rules_of_text import where_text
from dpia_checks.rules_of_time import first_day, has_missed_a_quarter, is_not_done, is_past_the_next_quarter
from dpia_checks.schema import Column
from dpia_checks.violations import Violations, check


@check
def client_among_controls(
    matched: Records, clients: Records, referrals: Records | None = None, *, person: str, since: str
) -> Violations:
    """
    Find people in the comparison group who were clients on the day the groups were matched.

    Somebody may be compared at one date and become a client on a later day. Becoming one on the very
    day is a violation, and so is an empty date on either side: nothing shows which came first. An empty
    *person* is a violation: nothing shows who it is. An empty ``arm`` counts as the comparison group's.

    Args:
        matched: One row per person and matching, with the ``arm`` and the date ``matched_on``.
        clients: One row per client, or with *referrals* per person and ``referral_urn``.
        referrals: One row per referral, with ``referral_urn`` and ``referral_success``. Left out, none failed.
        person: The column of *matched* and *clients* that names the person.
        since: The column of *clients* with the date from which the person was one.
    """
    controls = among(matched.read(person, "arm", "matched_on"), {"arm": ["control"]})
    known = clients.read(person, since) if referrals is None else _not_turned_away(clients, referrals, person, since)
    both = paired(controls, known, person, person)
    clean = is_later(since, "matched_on")
    found = in_rows(matched, controls, both.filter(~clean))
    return found + in_rows(matched, controls.head(0), controls.filter(is_blank(person)), column=person)


def _not_turned_away(clients: Records, referrals: Records, person: str, since: str) -> Frame:
    known, made = clients.read(person, since, "referral_urn"), referrals.read("referral_urn", "referral_success")
    failed = having(made, {"referral_success": ["no"]})
    turned_away = paired(known.filter(is_blank(since)), failed, "referral_urn", "referral_urn")
    return without(known, turned_away, ROW, ROW).select(ROW, person, since)


@check
def in_both_groups(matched: Records, *, person: str) -> Violations:
    """
    Find people of the comparison group who were already matched as clients, that day or before.

    Both places are rows of one file; the one named is the comparison group's. An empty ``matched_on``
    is a violation once the person is in both groups. An empty *person* is equal to nobody, and an empty
    ``arm`` counts as the comparison group's.

    Args:
        matched: One row per person and matching, with the ``arm`` and the date ``matched_on``.
        person: The column that names the person.
    """
    every = matched.read(person, "arm", "matched_on")
    controls, clients = among(every, {"arm": ["control"]}), having(every, {"arm": ["client"]})
    others = clients.rename({"matched_on": "client_on"}).drop("arm")
    both = paired(controls, others, person, person)
    return in_rows(matched, controls, both.filter(~is_later("client_on", "matched_on")))


@check
def drawn_from_another_system(matched: Records, *, system: str, permitted: Sequence[str], only: Only) -> Violations:
    """
    Find people in a group whose record came from a system that the document does not name for it.

    An empty *system* is a violation: nothing shows where the record came from.

    Args:
        matched: One row per person and matching.
        system: The column that names the system.
        permitted: The systems that the document names, a term.
        only: Which group is judged: a column, and the values it may have.
    """
    judged = among(matched.read(system, *only), only)
    return in_rows(matched, judged, judged.filter(is_none_of(system, permitted)), column=system)


@check
def matched_by_no_listed_field(
    variables: Records, *extracts: Records, field: str, standings: Sequence[str]
) -> Violations:
    """
    Find variables, by which two groups were matched, that no extract of the document lists.

    A field goes by its own name and by the one that the document prints; capitals, spaces and punctuation make no
    difference. An empty *field* is a violation: nothing shows by what was matched.

    Args:
        variables: One row per variable of a matching.
        extracts: The extracts whose lists of fields are asked.
        field: The column of *variables* that names the field.
        standings: Which standing a field has that is listed, a yardstick.
    """
    listed = [column for extract in extracts for column in extract.table.columns.values()]
    names = _headings(column for column in listed if column.standing in standings)
    judged = variables.read(field)
    known = where_text(judged, field, lambda text: heading(text) in names)
    return in_rows(variables, judged, without(judged, known, ROW, ROW), column=field)


@check
def matched_by_special_category(variables: Records, *extracts: Records, field: str) -> Violations:
    """
    Find variables, by which two groups were matched, that are of a special category in the list of any extract.

    Names of fields are read as in :func:`matched_by_no_listed_field`, which an empty *field* is left to.

    Args:
        variables: One row per variable of a matching.
        extracts: The extracts whose lists of fields are asked.
        field: The column of *variables* that names the field.
    """
    listed = [column for extract in extracts for column in extract.table.columns.values()]
    names = _headings(column for column in listed if column.special_category)
    judged = variables.read(field)
    return in_rows(variables, judged, where_text(judged, field, lambda text: heading(text) in names), column=field)


def _headings(columns: Iterable[Column]) -> set[str]:
    return {heading(name) for column in columns for name in (column.column, column.name)}


@check
def quarter_without_supply(
    supplies: Records,
    milestones: Records,
    *,
    contents: str,
    promised: Sequence[str],
    received: str,
    begins: str,
    ends: str,
) -> Violations:
    """
    Find deliveries, and a beginning, after which a whole calendar quarter went by before the next delivery came.

    The first day of one quarter and the last day of the next are allowed. The first delivery follows the
    milestone *begins*, on its day or later. The last is followed by the milestone *ends*, or by the day on which
    the log was taken when that came first: a quarter that was still open then is not missed. Deliveries after
    the end are not judged. A delivery without a date is a violation, and a beginning without a date needs a
    delivery like any other. A list without the beginning lacks a line once there was a delivery, or the end.

    Args:
        supplies: One row per delivery.
        milestones: One row per milestone of the evaluation, with ``milestone`` and ``reached_on``.
        contents: The column that says what it holds.
        promised: The contents that are promised every quarter.
        received: The column with the date it came.
        begins: The milestone from which deliveries are promised, a term.
        ends: The milestone until which deliveries are promised, a term.
    """
    given = supplies.read(contents, received).filter(is_any_of(contents, promised))
    reached = milestones.read("milestone", "reached_on")
    start, end = (reached.filter(is_any_of("milestone", [name])) for name in (begins, ends))
    last = first_day(end, "reached_on", supplies.as_of)
    dated = given.filter(~is_blank(received))
    following = dated.rename({received: "next_on"}).drop(contents)
    missed = _unfollowed(dated, following, received, last)
    unstarted = _unfollowed(start, following, "reached_on", last, same_day=True)
    undated = in_rows(supplies, given.head(0), given.filter(is_blank(received)), column=received)
    none = in_rows(milestones, start, unstarted, absent_from=supplies.name)
    reached_end = end.filter(~is_not_done("reached_on", milestones.as_of))
    unlisted = left_out(milestones, start, dated, reached_end)
    return in_rows(supplies, given, missed, absent_from=supplies.name) + undated + none + unlisted


def _unfollowed(points: Frame, following: Frame, on: str, last: str, *, same_day: bool = False) -> Frame:
    """Return the rows of *points* whose time was up by *last* and after which nothing of *following* came in time."""
    both = every_pair(points, following)
    after = ~is_later(on, "next_on") if same_day else is_later("next_on", on)
    soon = both.filter(after & ~is_blank(on) & ~is_past_the_next_quarter("next_on", on))
    return without(points.filter(has_missed_a_quarter(on, last)), soon, ROW, ROW)


@check
def shared_back(
    releases: Records, *, recipients: Sequence[str], agreed: str | None = None, released: str = "released_on"
) -> Violations:
    """
    Find matched records of single people that went back to somebody who was not to have them.

    Aggregates may go. An empty ``personal`` counts as single people, and an empty ``recipient`` as one of
    *recipients*. With *agreed*, a release is allowed that was agreed on the same day or before; without it,
    none is.

    Args:
        releases: One row per release of matched data, with ``recipient`` and whether it is ``personal``.
        recipients: Who is not to have them, a term.
        agreed: The column with the date of the agreement that makes an exception, if there is one.
        released: The column with the date of the release.
    """
    columns = ("recipient", "personal", released, *([agreed] if agreed else []))
    judged = among(releases.read(*columns), {"recipient": recipients})
    single = judged.filter(is_none_of("personal", ["no"]))
    if agreed:
        single = single.filter(is_blank(agreed) | is_blank(released) | is_later(agreed, released))
    return in_rows(releases, judged, single, column="recipient")
