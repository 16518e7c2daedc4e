"""Who was told what, by which notice, and whether that came before their data was used."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.engines import ROW, Frame
from dpia_checks.records import Records
from dpia_checks.rules import (
    Only,
    among,
    every_pair,
    having,
    in_rows,
    is_any_of,
    is_blank,
    is_equal,
    is_later,
    is_none_of,
    outside,
    paired,
    without,
)
from dpia_checks.rules_of_time import is_after_day, is_before_day, is_not_done, is_younger_than, on_day
from dpia_checks.violations import Violations, check


@check
def not_given_notice(clients: Records, deliveries: Records, notices: Records, *, says: Only) -> Violations:
    """
    Find clients who received no notice that says what was promised.

    One such notice is enough, whenever it came: no time is part of this rule. A delivery without an
    instant shows no notice received.

    Args:
        clients: One row per client, with ``client_id``.
        deliveries: One row per notice received, with ``client_id``, ``notice_id`` and ``received_at``.
        notices: One row per version of a notice, with ``notice_id``.
        says: What the notice has to say, by column of *notices*. Nothing named: any version on the list.
    """
    judged = clients.read("client_id")
    missing = without(judged, _given(deliveries, notices, says), "client_id", "client_id")
    return in_rows(clients, judged, missing, absent_from=deliveries.name)


@check
def young_not_given_notice(
    clients: Records,
    births: Records,
    deliveries: Records,
    notices: Records,
    *,
    joined: str,
    born: str,
    years: int,
    flag: str,
    says: Only,
) -> Violations:
    """
    Find clients not shown to have turned *years* by the day they joined, who received no notice that says it.

    Turning *years* on that day is in time to be an adult. What *flag* says makes nobody an adult by itself: anything
    but ``no`` is a young person, and so is a ``no`` beside a date of birth that says otherwise. Nobody is an adult
    whose date of birth or *joined* is empty, of whom *births* has no row, or one row of whom there says otherwise.

    Args:
        clients: One row per stay on the service, with ``client_id``.
        births: One row per client and referral, with the ``person_number`` that ``client_id`` names.
        deliveries: One row per notice received, with ``client_id``, ``notice_id`` and ``received_at``.
        notices: One row per version of a notice, with ``notice_id``.
        joined: The column of *clients* with the day they joined.
        born: The column of *births* with the date of birth.
        years: The age in whole years from which somebody is an adult, a term.
        flag: The column of *clients* that says whether they were young.
        says: What the notice has to say, by column of *notices*.
    """
    every = clients.read("client_id", joined, flag)
    both = paired(every, births.read("person_number", born), "client_id", "person_number")
    young = is_younger_than(born, joined, years) | is_blank(born) | is_blank(joined) | is_none_of(flag, ["no"])
    grown = without(both.filter(~young), both.filter(young), ROW, ROW)
    judged = without(every, grown, ROW, ROW)
    missing = without(judged, _given(deliveries, notices, says), "client_id", "client_id")
    return in_rows(clients, judged, missing, absent_from=deliveries.name)


@check
def not_told_on_joining(
    clients: Records, deliveries: Records, notices: Records, *, joined: str, says: Only
) -> Violations:
    """
    Find clients who had received no notice that says what was promised by the end of the day they joined.

    The day is the day in London. An empty *joined* cannot be shown to be in time; who is still to join is not judged.

    Args:
        clients: One row per client, with ``client_id``.
        deliveries: One row per notice received, with ``client_id``, ``notice_id`` and ``received_at``.
        notices: One row per version of a notice, with ``notice_id``.
        joined: The column of *clients* with the day they joined.
        says: What the notice has to say, by column of *notices*.
    """
    judged = clients.read("client_id", joined).filter(~is_after_day(joined, clients.as_of))
    given = _given(deliveries, notices, says).with_columns(on_day("received_at"))
    both = paired(judged, given, "client_id", "client_id")
    told = both.filter(~is_later("received_at", joined) & ~is_blank(joined))
    return in_rows(clients, judged, without(judged, told, ROW, ROW), absent_from=deliveries.name)


@check
def used_before_notice(
    cases: Records, analyses: Records, deliveries: Records, notices: Records, *, says: Only
) -> Violations:
    """
    Find cases that an analysis used before the client had received a notice that is what was promised.

    Receiving it at the instant the analysis begins is in time. A client who received none at all is
    found too, and so is a case whose analysis began at no known instant, or is one that nobody registered.

    Args:
        cases: One row per client and analysis, with ``client_id`` and ``analysis_id``.
        analyses: One row per analysis, with the instant it ``started_at``.
        deliveries: One row per notice received, with ``client_id``, ``notice_id`` and ``received_at``.
        notices: One row per version of a notice, with ``notice_id``.
        says: What the notice has to be, by column of *notices*.
    """
    every, begun = cases.read("client_id", "analysis_id"), analyses.read("analysis_id", "started_at")
    used = paired(every, begun, "analysis_id", "analysis_id")
    unknown = without(every, begun, "analysis_id", "analysis_id")
    late = in_rows(cases, used, _untold(used, _given(deliveries, notices, says)), absent_from=deliveries.name)
    return late + in_rows(cases, unknown, unknown, absent_from=analyses.name)


@check
def used_without_amended_notice(
    cases: Records,
    analyses: Records,
    reports: Records,
    clients: Records,
    deliveries: Records,
    notices: Records,
    *,
    says: Only,
    kinds: Sequence[str],
) -> Violations:
    """
    Find cases of active clients that a report's analysis used before they received the amended notice.

    Active is whoever had not left before the day the first amended notice was published; leaving on that
    day is still active, and so is a client without a day of leaving or without a line on the list.
    Analyses for other reports are not judged, and a report whose kind is empty is no other. Receiving it at
    the instant the analysis begins is in time. An analysis that a report names and nobody registered began at no
    known instant, so nobody can be shown to have been told.

    Args:
        cases: One row per client and analysis, with ``client_id`` and ``analysis_id``.
        analyses: One row per analysis, with the instant it ``started_at``.
        reports: One row per report, with the analysis it is ``of_analysis`` and its ``report_kind``.
        clients: One row per stay on the service, with ``client_id`` and the day they ``left_on``.
        deliveries: One row per notice received, with ``client_id``, ``notice_id`` and ``received_at``.
        notices: One row per version of a notice, with ``notice_id`` and the day it was ``published_on``.
        says: What makes a notice an amended one, by column of *notices*.
        kinds: The kinds of report whose analyses are judged, a term.
    """
    wanted = reports.read("of_analysis", "report_kind").filter(
        is_any_of("report_kind", kinds) | is_blank("report_kind")
    )
    due = paired(cases.read("client_id", "analysis_id"), wanted.drop("report_kind"), "analysis_id", "of_analysis")
    begun = analyses.read("analysis_id", "started_at")
    amended = having(notices.read("published_on", *says), says).drop(*says)
    stays = clients.read("client_id", "left_on")
    each = paired(_in_one_group(stays), _in_one_group(amended), "all", "all")
    stayed, left = each.filter(~is_later("published_on", "left_on")), each.filter(is_later("published_on", "left_on"))
    active = without(due, without(left, stayed, "client_id", "client_id"), "client_id", "client_id")
    judged = paired(active, begun, "analysis_id", "analysis_id")
    unknown = without(active, begun, "analysis_id", "analysis_id")
    untold = _untold(judged, _given(deliveries, notices, says))
    late = in_rows(cases, judged, untold, absent_from=deliveries.name)
    return late + in_rows(cases, unknown, unknown, absent_from=analyses.name)


@check
def notice_lacks(notices: Records, *, says: str, audience: Sequence[str], since: str, until: str) -> Violations:
    """
    Find notices in use that do not say what was promised. Anything but ``yes`` is a violation.

    A notice is in use on the day the list was taken when it had been published by then, and its last day is that
    day or later, or empty: an older version may lack it, and so may a draft. Where no notice is in use, the last that
    was is judged, and each that nobody published and nobody ended is a violation, whatever it says.

    Args:
        notices: One row per version of a notice, with its ``audience``.
        says: The column that says ``yes``.
        audience: For whom the notices judged are written, a term. An empty audience is judged too.
        since: The column with the day a version was published.
        until: The column with the last day of a version.
    """
    versions = _in_one_group(among(notices.read("audience", says, since, until), {"audience": audience}))
    ended, drafts = is_before_day(until, notices.as_of), is_blank(since)
    in_use = versions.filter(~ended & ~drafts & ~is_after_day(since, notices.as_of))
    last = without(_latest(versions.filter(ended & ~drafts), until), in_use, "all", "all")
    waiting = without(versions.filter(~ended & drafts), in_use, "all", "all")
    found = Violations()
    for judged in (in_use, last):
        found += in_rows(notices, judged, judged.filter(is_none_of(says, ["yes"])), column=says)
    return found + in_rows(notices, waiting, waiting, column=since)


@check
def no_public_notice(analyses: Records, notices: Records, *, audience: Sequence[str]) -> Violations:
    """
    Find analyses that began on a day in London on which no notice was open to the public.

    The days a version was published and superseded both count. A version without a day of publishing was
    not published. An analysis without an instant is a violation: nothing shows its day.

    Args:
        analyses: One row per analysis, with the instant it ``started_at``.
        notices: One row per version of a notice, with ``published_on``, ``superseded_on`` and its ``audience``.
        audience: For whom the notices that count are written, a term.
    """
    judged = _in_one_group(analyses.read("started_at").with_columns(on_day("started_at")))
    public = notices.read("audience", "published_on", "superseded_on").filter(is_any_of("audience", audience))
    open_ones = _in_one_group(public.drop("audience"))
    bare = outside(judged, open_ones, "all", "all", "started_at", "published_on", "superseded_on")
    return in_rows(analyses, judged, bare, absent_from=notices.name)


@check
def told_after_first_contact(contacts: Records, *, told: str, first: str) -> Violations:
    """
    Find professionals who were told something later than on the day of the first contact, or never.

    Being told on that day or before is in time. An empty *told* means never; an empty *first* cannot be
    shown to be in time. A first contact that is still to come is not judged.

    Args:
        contacts: One row per professional or stakeholder contacted.
        told: The column with the day they were told.
        first: The column with the day of the first contact.
    """
    judged = contacts.read(told, first).filter(~is_after_day(first, contacts.as_of))
    late = is_later(told, first) | is_blank(told) | is_blank(first)
    return in_rows(contacts, judged, judged.filter(late), column=told)


@check
def not_offered(
    referrals: Records, offers: Records, *, due: str, since: str, offered: str, until: str | None = None
) -> Violations:
    """
    Find referrals that reached a point at which something is offered to all, and in which it was not.

    An offer on the day *since* or any day after it counts, and declining it is a client's right: what counts is the
    offer. One from before that day was of another stay, and so is one under another referral of hers. One from
    after the day *until* came when that point was past; an empty *until* has not come. A referral whose *due* is
    empty, or still to come, has not reached that point. An empty *offered* is no offer, nor is one that is still to
    come; an empty *since* cannot show that an offer was of this stay.

    Args:
        referrals: One row per referral, with ``referral_id``.
        offers: One row per referral, with the ``offered_in`` that is its ``referral_id``.
        due: The column of *referrals* with the day that point was reached.
        since: The column of *referrals* with the first day on which an offer can have been made.
        offered: The column of *offers* with the day of the offer.
        until: The column of *referrals* with the last day on which it can have been made. Left out, there is none.
    """
    days = dict.fromkeys((due, since, *([until] if until else [])))
    judged = referrals.read("referral_id", *days).filter(~is_not_done(due, referrals.as_of))
    given = offers.read("offered_in", offered).filter(~is_not_done(offered, offers.as_of))
    both = paired(judged, given, "referral_id", "offered_in")
    made = both.filter(is_later(offered, since) | is_equal(offered, since))
    in_time = made.filter(~is_later(offered, until)) if until else made
    return in_rows(referrals, judged, without(judged, in_time, ROW, ROW), absent_from=offers.name)


def _given(deliveries: Records, notices: Records, says: Only) -> Frame:
    """Return the deliveries of notices that say what is named, with ``client_id`` and ``received_at``."""
    received = deliveries.read("client_id", "notice_id", "received_at").filter(~is_blank("received_at"))
    saying = having(notices.read("notice_id", *says), says)
    return paired(received, saying, "notice_id", "notice_id").select(ROW, "client_id", "received_at")


def _untold(used: Frame, given: Frame) -> Frame:
    """Keep the rows of *used* that began before any notice of *given* had reached the client."""
    both = paired(used, given, "client_id", "client_id")
    told = both.filter(~is_later("received_at", "started_at") & ~is_blank("started_at"))
    return without(used, told, ROW, ROW)


def _latest(frame: Frame, day: str) -> Frame:
    """Keep the rows that no other has a later *day* than; several may have the same."""
    others = frame.select(ROW, day).rename({day: "_later"})
    return without(frame, every_pair(frame, others).filter(is_later("_later", day)), ROW, ROW)


def _in_one_group(frame: Frame) -> Frame:
    """Give every row the same key, so that each can be compared with all rows of another table."""
    return frame.with_columns(is_blank(ROW).alias("all"))
