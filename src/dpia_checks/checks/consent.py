"""Whether a no was honoured, and whether people were asked and told first."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.engines import ROW, Frame
from dpia_checks.records import Records
from dpia_checks.rules import (
    Only,
    among,
    count,
    every_pair,
    in_rows,
    is_any_of,
    is_blank,
    is_equal,
    is_later,
    is_none_of,
    paired,
    without,
)
from dpia_checks.rules_of_time import on_day
from dpia_checks.violations import Violations, check


@check
def used_after_withdrawal(
    cases: Records, analyses: Records, withdrawals: Records, *, person: str, no: str, kinds: tuple[str, ...]
) -> Violations:
    """
    Find cases that an analysis used although the person had said no before it began.

    An analysis that began before the no, or at the same instant, may hold the case: what was already
    analysed and reported in aggregate stays. A no without an instant counts from the beginning, and one
    without a kind as one that is honoured. An analysis that has no instant, or that nobody registered, counts
    as begun after it. A case without a person is a violation once somebody said no: nothing shows whose it is.

    Args:
        cases: One row per person and analysis: who is in it.
        analyses: One row per analysis, with the instant it ``started_at``.
        withdrawals: One row per no, with the instant it was received in ``received_at``.
        person: The column of *cases* and *withdrawals* that names the person.
        no: The column of *withdrawals* that says which kind of no it is.
        kinds: The kinds of no that this promise honours, a term.
    """
    every = cases.read(person, "analysis_id")
    begun = analyses.read("analysis_id", "started_at")
    said_no = _noes(withdrawals, person, no, kinds)
    both = paired(paired(every, begun, "analysis_id", "analysis_id"), said_no, person, person)
    undated = is_blank("started_at") | is_blank("received_at")
    late = both.filter(is_later("started_at", "received_at") | undated)
    unknown = paired(without(every, begun, "analysis_id", "analysis_id"), said_no, person, person)
    found = in_rows(cases, every, late) + in_rows(cases, unknown.head(0), unknown, absent_from=analyses.name)
    return found + _of_nobody(cases, every, said_no, person)


@check
def reported_after_withdrawal(
    cases: Records, analyses: Records, withdrawals: Records, *, person: str, no: str, kinds: tuple[str, ...]
) -> Violations:
    """
    Find cases that stand behind a report although the person had said no on an earlier day.

    What was analysed and reported by then stays. A case that was analysed and not yet reported has to be
    taken out by the day of the report. The register has days and no hours for reports, so a report on the
    day of the no is not later. An analysis without a report has not been reported. A no without an instant
    counts from the beginning, one without a kind as one that is honoured, and an analysis that nobody
    registered as reported. A case without a person is a violation once somebody said no.

    Args:
        cases: One row per person and analysis, with the day in ``taken_out_on`` on which it was taken out again.
        analyses: One row per analysis, with the day it was ``reported_on``.
        withdrawals: One row per no, with the instant it was received in ``received_at``.
        person: The column of *cases* and *withdrawals* that names the person.
        no: The column of *withdrawals* that says which kind of no it is.
        kinds: The kinds of no that this promise honours, a term.
    """
    every = cases.read(person, "analysis_id", "taken_out_on")
    reported = analyses.read("analysis_id", "reported_on")
    said_no = _noes(withdrawals, person, no, kinds)
    both = paired(paired(every, reported, "analysis_id", "analysis_id"), said_no, person, person)
    earlier = is_later("reported_on", "received_on") | (is_blank("received_on") & ~is_blank("reported_on"))
    kept = is_blank("taken_out_on") | is_later("taken_out_on", "reported_on")
    shown = both.with_columns(on_day("received_at").alias("received_on")).filter(earlier & kept)
    unknown = without(paired(every, said_no, person, person), reported, "analysis_id", "analysis_id")
    found = in_rows(cases, every, shown) + in_rows(cases, unknown.head(0), unknown, absent_from=analyses.name)
    return found + _of_nobody(cases, every, said_no, person)


@check
def listed_after_withdrawal(
    listed: Records,
    withdrawals: Records,
    *,
    person: str,
    on: str,
    no: str,
    kinds: tuple[str, ...],
    names: Records | None = None,
) -> Violations:
    """
    Find people on a list of a later day than the one on which they said no.

    Serves the people in an extract and those in a matching alike. The lists have days and no hours, so a list
    of the day of the no, in London, is not later. A no without an instant counts from the beginning, one
    without a kind as one that is honoured, and a list without a day as a later one. A line without a person
    is a violation once somebody said no: nothing shows who it is.

    Args:
        listed: One row per person and list.
        withdrawals: One row per no, with the ``client_id`` and the instant it was received in ``received_at``.
        person: The column of *listed* that names the person.
        on: The column of *listed* with the day of the list.
        no: The column of *withdrawals* that says which kind of no it is.
        kinds: The kinds of no that this promise honours, a term.
        names: One row per client, with ``client_id`` and *person*, where the list names people by another
            number. Left out, *person* is the number of the client.
    """
    every = listed.read(person, on)
    said_no, key = _noes_by(withdrawals, person, no, kinds, names)
    both = paired(every, said_no.with_columns(on_day("received_at").alias("received_on")), person, key)
    late = both.filter(is_later(on, "received_on") | is_blank(on) | is_blank("received_on"))
    return in_rows(listed, every, late) + _of_nobody(listed, every, said_no, person)


@check
def delivered_after_withdrawal(
    listed: Records,
    deliveries: Records,
    withdrawals: Records,
    *,
    person: str,
    extract: str,
    id: str,
    came: str,
    no: str,
    kinds: tuple[str, ...],
) -> Violations:
    """
    Find people on the list of an extract that came on a later day than the one on which they said no.

    The day is that of the delivery, whatever the list says. A delivery of the very day, in London, is not later. An
    extract that is none of *deliveries*, a delivery without a day, a no without an instant and a line without a
    person are left to :func:`listed_after_withdrawal`; a no without a kind is one that is honoured.

    Args:
        listed: One row per person and extract.
        deliveries: One row per delivery.
        withdrawals: One row per no, with *person* and the instant it was received in ``received_at``.
        person: The column of *listed* that names the person.
        extract: The column of *listed* that names the extract.
        id: The column of *deliveries* that *extract* names.
        came: The column of *deliveries* with the day, or the instant, it came.
        no: The column of *withdrawals* that says which kind of no it is.
        kinds: The kinds of no that this promise honours, a term.
    """
    every = listed.read(person, extract)
    said_no = _noes(withdrawals, person, no, kinds).with_columns(on_day("received_at").alias("said_on"))
    given = deliveries.read(id, came).with_columns(on_day(came).alias("came_on")).drop(came)
    both = paired(paired(every, given, extract, id), said_no, person, person)
    return in_rows(listed, every, both.filter(is_later("came_on", "said_on")))


@check
def dated_after_withdrawal(
    sent: Records,
    withdrawals: Records,
    *,
    person: str,
    dates: Sequence[str],
    no: str,
    kinds: tuple[str, ...],
    names: Records | None = None,
) -> Violations:
    """
    Find rows that a provider sent with a date later than the day on which the person said no.

    What happened after the no can only have come in an extract after it, whatever the list of extracts says.
    A date of the very day, in London, is not later. An empty date shows nothing, and neither does a no
    without an instant; a no without a kind is one that is honoured. A row without a person is equal to nobody:
    whose rows they are is for the list of extracts to show.

    Args:
        sent: One row per event or case that the provider sent.
        withdrawals: One row per no, with the ``client_id`` and the instant it was received in ``received_at``.
        person: The column of *sent* that names the person.
        dates: The columns of *sent* with the days on which something happened.
        no: The column of *withdrawals* that says which kind of no it is.
        kinds: The kinds of no that this promise honours, a term.
        names: One row per client, with ``client_id`` and *person*, where the provider numbers people in another
            way. A client without that number is equal to nobody. Left out, *person* is the number of the client.
    """
    every = sent.read(person, *dates)
    said_no, key = _noes_by(withdrawals, person, no, kinds, names)
    both = paired(every, said_no.with_columns(on_day("received_at").alias("received_on")), person, key)
    found = Violations((), count(every))
    for date in dates:
        found = found + in_rows(sent, every.head(0), both.filter(is_later(date, "received_on")), column=date)
    return found


def _noes(withdrawals: Records, person: str, no: str, kinds: Sequence[str]) -> Frame:
    """Return each no that is honoured: who said it, and when. One without a kind is: nothing shows another."""
    return withdrawals.read(person, no, "received_at").filter(is_any_of(no, kinds) | is_blank(no)).drop(no)


def _noes_by(
    withdrawals: Records, person: str, no: str, kinds: Sequence[str], names: Records | None
) -> tuple[Frame, str]:
    """Return each no that is honoured, and the column with the number that *person* is to be compared with."""
    said_no = _noes(withdrawals, "client_id", no, kinds)
    if names is None:
        return said_no, "client_id"
    return paired(said_no, names.read("client_id", person), "client_id", "client_id"), person


def _of_nobody(listed: Records, every: Frame, said_no: Frame, person: str) -> Violations:
    """Find the lines that name nobody, once somebody said no."""
    nobody = every_pair(every.filter(is_blank(person)), said_no.select(ROW))
    return in_rows(listed, every.head(0), nobody, column=person)


@check
def heard_at_another_point(
    interviews: Records, *, point: str, began: str, permitted: Sequence[str], only: Only
) -> Violations:
    """
    Find interviews that were held at a point of the evaluation at which none were to be.

    An interview that never began was not held. An empty *point* is a violation: nothing shows what it was for.

    Args:
        interviews: One row per person taking part.
        point: The column that says for which report it was held.
        began: The column with the instant at which it began.
        permitted: The points at which such interviews are held, a term.
        only: Judge only rows with these values, by column.
    """
    held = among(interviews.read(point, began, *only), only).filter(~is_blank(began))
    return in_rows(interviews, held, held.filter(is_none_of(point, permitted)), column=point)


@check
def not_asked_first(
    interviews: Records, *, asked: str, began: str, opted_out: str, used: str, only: Only | None = None
) -> Violations:
    """
    Find interviews that began before the person had agreed, without it, or after they had taken it back.

    Agreeing at the instant the interview begins is in time. An empty *asked* means nobody asked. An empty
    *began* means that it never began: somebody may agree and not come. But whose material was *used* took part,
    whatever *began* says; an empty *used* shows nothing. Who opts out as it begins, or later, had agreed to it; who
    opts out and agrees later has changed their mind. An empty *opted_out* takes nothing back.

    Args:
        interviews: One row per person taking part.
        asked: The column with the instant at which the person agreed.
        began: The column with the instant at which the interview or survey began.
        opted_out: The column with the instant at which the person opted out.
        used: The column with the instant at which something last used the material.
        only: Judge only rows with these values, by column.
    """
    judged = among(interviews.read(asked, began, opted_out, used, *(only or {})), only)
    unasked = is_later(asked, began) | (is_blank(asked) & ~(is_blank(began) & is_blank(used)))
    taken_back = is_later(began, opted_out) & ~is_later(asked, opted_out)
    return in_rows(interviews, judged, judged.filter(unasked | taken_back), column=asked)


@check
def outside_what_was_agreed(interviews: Records, *, held: str, agreed: str, began: str) -> Violations:
    """
    Find people who took part in something else than what they had agreed to.

    What never began was not taken part in. An empty *held* or *agreed* is a violation: nothing shows that the
    two are the same.

    Args:
        interviews: One row per person taking part.
        held: The column that says what it was: an interview, say.
        agreed: The column that says what the person agreed to, in the same words.
        began: The column with the instant at which it began.
    """
    judged = interviews.read(held, agreed, began).filter(~is_blank(began))
    return in_rows(interviews, judged, judged.filter(~is_equal(held, agreed)), column=agreed)


@check
def not_told(interviews: Records, *, told: str, only: Only | None = None) -> Violations:
    """
    Find people of whom the log does not say ``yes``, they were told. An empty cell is a no.

    Args:
        interviews: One row per person taking part.
        told: The column that says so.
        only: Judge only rows with these values, by column.
    """
    judged = among(interviews.read(told, *(only or {})), only)
    return in_rows(interviews, judged, judged.filter(~is_any_of(told, ["yes"])), column=told)


@check
def kept_after_opting_out(
    interviews: Records, *, opted_out: str, deleted: str, used: str, only: Only | None = None
) -> Violations:
    """
    Find material of people who opted out that was used afterwards, or never deleted.

    Deleting at any instant after the no is allowed as long as nothing used the material in between:
    neither DPIA gives a time. Use at the very instant of the no is not later. *only* leaves out material
    that can no longer be traced to the person, which nobody could find to delete.
    """
    judged = among(interviews.read(opted_out, deleted, used, *(only or {})), only).filter(~is_blank(opted_out))
    kept = is_blank(deleted) | is_later(used, opted_out)
    return in_rows(interviews, judged, judged.filter(kept), column=deleted)
