"""How the evaluation is looked after: reviews, changes, consultations, contacts, and what only a person can say."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.engines import ROW, Frame
from dpia_checks.records import Records
from dpia_checks.rules import (
    Only,
    among,
    count,
    every_pair,
    having,
    in_either,
    in_memory,
    in_rows,
    is_any_of,
    is_blank,
    is_equal,
    is_later,
    is_none_of,
    left_out,
    outside,
    paired,
    without,
)
from dpia_checks.rules_of_time import (
    day_after,
    first_day,
    is_after_day,
    is_before_day,
    is_later_by_more_than,
    is_not_done,
    is_past,
    is_past_months,
    not_followed,
)
from dpia_checks.violations import Violation, Violations, check


@check
def not_attested(attestations: Records, versions: Records, *, commitment: str) -> Violations:
    """
    Find a commitment for which nobody's attestation is valid on the day the log was taken, or on a day before it.

    A line is valid from the day it was attested until its last day, both included, when it is signed, says who
    signed and in which role, and names its evidence. It is owed from the day the first version of the document was
    issued: a valid line that begins later is a violation when none is valid on the day before. Lines may overlap.
    The day on which, as a valid line says, the need for it ended is the last that owes one. An empty cell is
    nothing: no day, no signature, no name, no role, no evidence, no end of the need. Without any line the log
    itself is the violation; a version without a day is one, for it may be the first.

    Args:
        attestations: One row per attestation, with the ``commitment`` it is about, ``attested_person``,
            ``attested_role``, ``attested_on``, ``valid_until``, ``need_ended_on``, ``signed`` and
            ``evidence_reference``.
        versions: One row per version of the document, with the day it was ``issued_on``.
        commitment: The id of the commitment.
    """
    lines, issued = _about(attestations, commitment), versions.read("issued_on")
    found = in_rows(versions, issued.head(0), issued.filter(is_blank("issued_on")), column="issued_on")
    if count(lines) == 0:
        return found + Violations((Violation(attestations.name),), 1)
    vouched = _vouched(lines)
    first = first_day(issued, "issued_on", attestations.as_of)
    last = _last_owed(vouched, attestations.as_of)
    lacking = lines.head(0) if count(_valid(vouched, last)) else lines
    gaps = in_rows(attestations, lines.head(0), _after_a_gap(vouched, first, last), column="attested_on")
    return found + gaps + in_rows(attestations, lines, lacking, column="valid_until")


@check
def attested_by_others(attestations: Records, *, commitment: str, roles: Sequence[str]) -> Violations:
    """
    Find attestations of a commitment that name nobody, or somebody in a role that may not vouch for it.

    Each line is judged, also one that ran out long ago or was never signed. An empty role may vouch for nothing.

    Args:
        attestations: One row per attestation; see :func:`not_attested`.
        commitment: The id of the commitment.
        roles: The roles that may vouch for it, a yardstick.
    """
    lines = attestations.read("commitment", "attested_person", "attested_role")
    lines = lines.filter(is_any_of("commitment", [commitment]))
    others = in_rows(attestations, lines, lines.filter(is_none_of("attested_role", roles)), column="attested_role")
    nobody = lines.filter(is_blank("attested_person"))
    return others + in_rows(attestations, lines.head(0), nobody, column="attested_person")


def attested_until(attestations: Records, *, commitment: str) -> str:
    """
    Return the last day on which an attestation of *commitment* is valid, or nothing when none is.

    It is the one thing of an extract that leaves: a day of the calendar, which a page has to show.
    """
    vouched = _vouched(_about(attestations, commitment))
    valid = in_memory(_valid(vouched, attestations.as_of).select("valid_until"))
    return max((str(line["valid_until"])[:10] for line in valid), default="")


SAID = ("attested_person", "attested_role", "attested_on", "valid_until", "evidence_reference")
"""What a line has to say, all of it, to be of any worth."""


def _about(attestations: Records, commitment: str) -> Frame:
    lines = attestations.read("commitment", "signed", "need_ended_on", *SAID)
    return lines.filter(is_any_of("commitment", [commitment]))


def _vouched(lines: Frame) -> Frame:
    lines = lines.filter(is_any_of("signed", ["yes"]))
    for said in SAID:
        lines = lines.filter(~is_blank(said))
    return lines


def _valid(vouched: Frame, day: str) -> Frame:
    return vouched.filter(~is_after_day("attested_on", day) & ~is_before_day("valid_until", day))


def _last_owed(vouched: Frame, as_of: str) -> str:
    """Return the day on which the need ended, as a line attested by the day *as_of* says; else that day."""
    return first_day(vouched.filter(~is_after_day("attested_on", as_of)), "need_ended_on", as_of)


def _after_a_gap(vouched: Frame, first: str, last: str) -> Frame:
    """Keep the lines that begin after the day *first*, by *last*, when none is valid on the day before they do."""
    begun = vouched.filter(is_after_day("attested_on", first) & ~is_after_day("attested_on", last))
    begun = begun.rename({"attested_on": "begun_on"}).select(ROW, "commitment", "begun_on")
    shifted = vouched.with_columns(day_after("attested_on"), day_after("valid_until"))
    others = shifted.select(ROW, "commitment", "attested_on", "valid_until")
    return outside(begun, others, "commitment", "commitment", "begun_on", "attested_on", "valid_until")


@check
def reviewed_in_another_month(
    reviews: Records, *, held: str, stage: str, stages: Sequence[str], months: Sequence[str]
) -> Violations:
    """
    Find stages of the schedule without a review in the month set for them.

    From the first to the last day of the month is in time. A month that is not over on the day the log was
    taken is still open. A stage that the log does not have at all is missing from the log; a review without a
    day was held in no month.

    Args:
        reviews: One row per review.
        held: The column with the day of the review.
        stage: The column that says which review of the schedule it is.
        stages: The stages of the schedule, a term.
        months: The month of each stage, written 2019-09, a term.
    """
    lines = reviews.read(held, stage)
    found = Violations((), len(stages))
    for one, month in zip(stages, months, strict=True):
        first, after = f"{month}-01", _next_month(month)
        mine = lines.filter(is_any_of(stage, [one]))
        met = mine.filter(~is_blank(held) & ~is_before_day(held, first) & is_before_day(held, after))
        if count(met) == 0 and reviews.as_of >= after:
            found += in_rows(reviews, mine.head(0), mine, column=held) or Violations((Violation(reviews.name),))
    return found


def _next_month(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02d}-01"


@check
def reviewed_too_seldom(
    reviews: Records, milestones: Records, *, held: str, months: int, begins: str, ends: str, only: Only | None = None
) -> Violations:
    """
    Find reviews after which the next one did not come within so many calendar months.

    The last day of the last month is in time. The first period begins with the milestone *begins*, the last ends
    with the milestone *ends*, or with the day the log was taken when that came first. Reviews outside of these
    are not judged. A review without a day is a violation, and a beginning without a day too. One that does not say
    what was reviewed is judged and shows nothing: it follows no other. A list without the beginning is a violation
    when the end was reached: it lacks a line, and no review could be judged.

    Args:
        reviews: One row per review.
        milestones: One row per milestone of the evaluation, with ``milestone`` and ``reached_on``.
        held: The column with the day of the review.
        months: How many calendar months may lie between two reviews, a term.
        begins: The milestone from which reviews are promised, a term.
        ends: The milestone until which reviews are promised, a term.
        only: Which reviews are judged and count: a column, and the values it may have.
    """
    log = reviews.read(held, *(only or {}))
    lines = among(log, only)
    reached = milestones.read("milestone", "reached_on")
    start, end = (reached.filter(is_any_of("milestone", [name])) for name in (begins, ends))
    unlisted = left_out(milestones, start, end.filter(~is_not_done("reached_on", milestones.as_of)))
    following = having(log, only or {}).rename({held: "next_on"})
    begun = is_after_day(held, first_day(start, "reached_on", reviews.as_of)) | is_blank(held)
    running = is_before_day(held, first_day(end, "reached_on", reviews.as_of))
    judged = lines.filter(begun & (running | is_blank(held)))
    late, unstarted = judged, start
    for one in (following, end.rename({"reached_on": "next_on"})):
        late = not_followed(late, one, at=held, by="next_on", months=months)
        unstarted = not_followed(unstarted, one, at="reached_on", by="next_on", months=months)
    late = late.filter(is_past_months(held, months, reviews.as_of))
    unstarted = unstarted.filter(is_past_months("reached_on", months, reviews.as_of))
    none = in_rows(milestones, start, unstarted, absent_from=reviews.name)
    return in_rows(reviews, judged, late, absent_from=reviews.name) + none + unlisted


@check
def change_without_version(
    changes: Records,
    versions: Records,
    reviews: Records | None = None,
    *,
    decided: str,
    covered_by: str,
    days: int | None = None,
    months: int | None = None,
    only: Only | None = None,
) -> Violations:
    """
    Find changes that no version of the document covers which was issued when the change was decided, or later.

    The very day is in time, and so is the last of *days*. No limit is promised for how much later: without *days*
    the register is read as it stands. A change that names no version, or one that was not issued by the day the
    register was taken, is not covered; nor is one without a day. While the last of *days*, or of *months*, had not
    passed then, a version may still come, and without either for a change decided on that day, or later; but once the
    evaluation had concluded by then, none comes for a change of a day before the conclusion. A version that was issued
    before the change covers nothing, however much time is left.

    Args:
        changes: One row per change.
        versions: One row per version, with ``version_id`` and the day it was ``issued_on``.
        reviews: One row per review of the need for data, with the day the evaluation concluded,
            ``review_concluded_on``. Left out, it has not.
        decided: The column with the day the change was decided.
        covered_by: The column that names the version.
        days: How many days later the version may be issued, a yardstick. Left out, any later day is in time.
        months: For how many calendar months a change may be without a version, a term. Left out, for none.
        only: Which changes are judged: a column, and the values it may have.
    """
    judged = among(changes.read(decided, covered_by, *(only or {})), only)
    both = paired(judged, versions.read("version_id", "issued_on"), covered_by, "version_id")
    issued = both.filter(~is_blank(decided) & ~is_not_done("issued_on", versions.as_of))
    covered = issued.filter(~is_later(decided, "issued_on"))
    if days is not None:
        covered = covered.filter(~is_later_by_more_than("issued_on", decided, 24 * days))
    uncovered = without(judged, covered, ROW, ROW)
    in_days = is_past(decided, 24 * (days or 0), changes.as_of)
    late = uncovered.filter(in_days if months is None else is_past_months(decided, months, changes.as_of))
    never = late if reviews is None else _never_covered(uncovered, decided, reviews, changes.as_of)
    earlier = without(issued.filter(is_later(decided, "issued_on")), covered, ROW, ROW)
    return in_rows(changes, judged, in_either(judged, late, never, earlier), absent_from=versions.name)


@check
def not_named_in_time(
    lines: Records, reviews: Records, *, named: str, since: str, months: int, only: Only | None = None
) -> Violations:
    """
    Find work, or contracts, that no version of the document named although the time for one had passed.

    The time is that of a change (:func:`change_without_version`): the last day of the *months* is in time, but once the
    evaluation had concluded, none names what began on a day before the conclusion. Named on whatever day that has come
    is enough: whether a version was issued on it is for :func:`on_no_listed_day`. What has no day *since* is late.

    Args:
        lines: One row per piece of work of a processor, or per contract.
        reviews: One row per review of the need for data, with the day the evaluation concluded,
            ``review_concluded_on``.
        named: The column with the day on which a version named it.
        since: The column with the day it began.
        months: For how many calendar months it may be without, a term.
        only: Judge only lines with these values, by column. Left out, every line is judged.
    """
    judged = among(lines.read(named, since, *(only or {})), only)
    unnamed = judged.filter(is_not_done(named, lines.as_of))
    late = unnamed.filter(is_past_months(since, months, lines.as_of))
    never = _never_covered(unnamed, since, reviews, lines.as_of)
    return in_rows(lines, judged, in_either(judged, late, never), column=named)


@check
def on_no_listed_day(
    lines: Records, listed: Records, *, day: str, listed_on: str, only: Only | None = None
) -> Violations:
    """
    Find lines dated on a day on which, by another list, nothing of the kind happened.

    Such as a plan shown to a board on a day without a meeting, or a processor named in the document on a day without
    a version. An empty *day* is left to :func:`dpia_checks.checks.breach.not_written_down`. A line of the list without
    a day, or with one that was still to come when it was taken, is of none.

    Args:
        lines: One row per plan, or per other thing dated so.
        listed: One row per meeting of the board, or per version.
        day: The column of *lines* with the day.
        listed_on: The column of *listed* with its day.
        only: Judge only lines with these values, by column. Left out, every line is judged.
    """
    judged = among(lines.read(day, *(only or {})), only).filter(~is_blank(day))
    happened = listed.read(listed_on).filter(~is_not_done(listed_on, listed.as_of))
    return in_rows(lines, judged, without(judged, happened, day, listed_on), column=day, absent_from=listed.name)


@check
def not_signed_off(versions: Records, *, signed: str, role: str, roles: Sequence[str]) -> Violations:
    """
    Find versions that nobody in the promised role signed.

    An empty role is no signature, nor is a day that is empty or still to come, or that lies before an earlier version
    was issued: what was signed then was another. A version that was still to be issued when the register was taken
    owes none yet; one without a day of its issue does, and comes neither before nor after another.

    Args:
        versions: One row per version of the document, with the day it was ``issued_on``.
        signed: The column with the day of the signature.
        role: The column with the role of who signed.
        roles: The roles that may sign, a term.
    """
    judged = versions.read("issued_on", signed, role).filter(~is_after_day("issued_on", versions.as_of))
    unsigned = judged.filter(is_not_done(signed, versions.as_of) | is_none_of(role, roles))
    others = versions.read("issued_on").rename({"issued_on": "earlier_on"})
    both = every_pair(judged, others).filter(is_later("issued_on", "earlier_on") & is_later("earlier_on", signed))
    return in_rows(versions, judged, in_either(judged, unsigned, both), column=signed)


@check
def exit_step_not_considered(leavers: Records, steps: Records, *, last_day: str, promised: Sequence[str]) -> Violations:
    """
    Find people who left and for whom a promised step was never considered.

    A step that was considered and not needed is considered. Only a line with a day that has come counts. Somebody
    whose last day is still to come, or was the day the log was taken, owes nothing yet; without one they have left.

    Args:
        leavers: One row per person leaving, with ``leaver_id``.
        steps: One row per leaver and step, with ``step_leaver``, ``step`` and the day it was ``considered_on``.
        last_day: The column with the last day of employment.
        promised: The steps that are promised, a term.
    """
    every = leavers.read("leaver_id", last_day)
    gone = every.filter(is_blank(last_day) | is_before_day(last_day, leavers.as_of))
    done = steps.read("step_leaver", "step", "considered_on").filter(~is_not_done("considered_on", steps.as_of))
    found = Violations((), count(gone))
    for one in promised:
        lacking = without(gone, done.filter(is_any_of("step", [one])), "leaver_id", "step_leaver")
        found += in_rows(leavers, lacking.head(0), lacking, absent_from=steps.name)
    return found


@check
def leaver_not_listed(staff: Records, leavers: Records, *, teams: Sequence[str]) -> Violations:
    """
    Find people who left by the list of staff, before the day it was taken, and are not on the list of leavers.

    On the list is a line with that very last day, or with none: another day is another time that they left, or it
    gives them time that they do not have. A line without a day is judged where its day is.

    Args:
        staff: One row per employment, with ``person_id``, ``team`` and the last day ``left_on``, empty for who stays.
        leavers: One row per person leaving, with ``leaving_person`` and their ``last_day``.
        teams: The teams whose members are judged, a term. Somebody without a team is judged.
    """
    every = among(staff.read("person_id", "team", "left_on"), {"team": teams})
    gone = every.filter(is_before_day("left_on", staff.as_of))
    both = paired(gone, leavers.read("leaving_person", "last_day"), "person_id", "leaving_person")
    listed = both.filter(is_equal("left_on", "last_day") | is_blank("last_day"))
    return in_rows(staff, gone, without(gone, listed, ROW, ROW), absent_from=leavers.name)


def _never_covered(uncovered: Frame, decided: str, reviews: Records, as_of: str) -> Frame:
    """Keep the changes of a day before the one on which, by *reviews*, the evaluation had concluded."""
    over = first_day(reviews.read("review_concluded_on"), "review_concluded_on", as_of)
    return uncovered.filter(is_before_day(decided, over)) if over < as_of else uncovered.head(0)
