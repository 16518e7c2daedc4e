"""Who is in an extract at all: their age, what they were stopped for, where, since when, and who counts as engaged."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.records import Records
from dpia_checks.rules import (
    Only,
    among,
    distinct,
    having,
    in_rows,
    is_above,
    is_any_of,
    is_below,
    is_blank,
    is_later,
    is_none_of,
    paired,
    with_at_least,
    without,
)
from dpia_checks.rules_of_time import is_after_day, is_before_day, is_not_done, is_older_than, is_younger_than, on_day
from dpia_checks.violations import Violations, check


@check
def not_of_the_cohort(cases: Records, *, trait: str, permitted: Sequence[str]) -> Violations:
    """
    Find cases without a trait that everybody in the cohort has.

    Serves the flag of an offence, the kind of a disposal, its condition and the area alike. An empty
    *trait* is a violation: nothing shows that the case belongs.

    Args:
        cases: One row per case.
        trait: The column judged.
        permitted: The values that everybody in the cohort has one of.
    """
    judged = cases.read(trait)
    return in_rows(cases, judged, judged.filter(is_none_of(trait, permitted)), column=trait)


@check
def referred_without_disposal(referrals: Records, disposals: Records, *, made: str) -> Violations:
    """
    Find referrals for which no disposal is recorded, so that nothing shows why she was referred.

    What the disposal was is for :func:`not_of_the_cohort`. A woman referred twice needs one for each. An
    empty ``referral_id`` on either side is equal to nothing. One that is still to come is none; an empty *made* is no
    such day.

    Args:
        referrals: One row per referral, with ``referral_id``.
        disposals: One row per disposal, with the ``referral_id`` that came of it.
        made: The column of *disposals* with the day it was made.
    """
    judged = referrals.read("referral_id")
    given = disposals.read("referral_id", made).filter(~is_after_day(made, disposals.as_of))
    missing = without(judged, given, "referral_id", "referral_id")
    return in_rows(referrals, judged, missing, absent_from=disposals.name)


@check
def referred_too_young(referrals: Records, *, born: str, referred: str, years: int) -> Violations:
    """
    Find people who had not yet turned *years* on the day they were referred.

    A birthday on the day of the referral is in time. An empty date on either side is a violation: nothing
    shows how old she was. The recorded age is not read, since the day it was counted on is not known.

    Args:
        referrals: One row per referral.
        born: The column with the date of birth.
        referred: The column with the date of the referral.
        years: The youngest age, in whole years, a term.
    """
    judged = referrals.read(born, referred)
    young = is_younger_than(born, referred, years) | is_blank(born) | is_blank(referred)
    return in_rows(referrals, judged, judged.filter(young), column=born)


@check
def recorded_age_outside(clients: Records, *, age: str, youngest: int, oldest: int, taken_on: str) -> Violations:
    """
    Find clients whose recorded age at referral is below *youngest* or above *oldest*.

    Both ends are allowed. An empty *age* is a violation. Somebody whose *taken_on* is empty was referred
    and never became a client, and is left out.

    Args:
        clients: One row per person on the system.
        age: The column with the age in whole years at the referral.
        youngest: The youngest age, a term.
        oldest: The oldest age, a term.
        taken_on: The column with the date from which the person was a client.
    """
    judged = clients.read(age, taken_on).filter(~is_blank(taken_on))
    wrong = is_below(age, youngest) | is_above(age, oldest) | is_blank(age)
    return in_rows(clients, judged, judged.filter(wrong), column=age)


@check
def age_outside_at_referral(
    clients: Records,
    referrals: Records,
    *,
    person: str,
    born: str,
    taken_on: str,
    referred: str,
    youngest: int,
    oldest: int,
) -> Violations:
    """
    Find clients who were younger than *youngest* or older than *oldest* on the day of their referral.

    The day is the day in London. Turning *youngest* on that day is in time; turning *oldest* + 1 on the
    day after is too. A referral out to another service, and one that did not succeed, made nobody a client and
    is left out; an empty cell in either column leaves nobody out. Who was taken on all the same is no less a client for
    a referral without success, nor for one out when no other referral of the same *person* made them one. An empty
    date of birth or referral is a violation, and so is a client whose referral is not there.

    Args:
        clients: One row per client and referral, with ``referral_urn``.
        referrals: One row per referral, with ``referral_urn``, ``referral_direction`` and ``referral_success``.
        person: The column of *clients* that names the person.
        born: The column of *clients* with the date of birth.
        taken_on: The column of *clients* with the date from which the person was a client.
        referred: The column of *referrals* with the instant of the referral.
        youngest: The youngest age in whole years, a term.
        oldest: The oldest age in whole years, a term.
    """
    given = clients.read("referral_urn", person, born, taken_on)
    made = referrals.read("referral_urn", "referral_direction", "referral_success", referred)
    lost = without(given, made, "referral_urn", "referral_urn")
    both = paired(given, made.with_columns(on_day(referred)), "referral_urn", "referral_urn")
    outwards, was_taken_on = is_any_of("referral_direction", ["Out"]), ~is_blank(taken_on)
    came_in = both.filter(~outwards & (is_none_of("referral_success", ["no"]) | was_taken_on))
    only_out = without(both.filter(outwards & was_taken_on), came_in, person, person)
    wrong = is_younger_than(born, referred, youngest) | is_older_than(born, referred, oldest)
    unknown = is_blank(born) | is_blank(referred)
    found = in_rows(clients, lost, lost, absent_from=referrals.name)
    for judged in (came_in, only_out):
        found += in_rows(clients, judged, judged.filter(wrong | unknown), column=born)
    return found


@check
def taken_on_too_young(clients: Records, *, born: str, taken_on: str, youngest: int) -> Violations:
    """
    Find clients who had not turned *youngest* when they were taken on, and so had not when they were referred.

    A birthday on that very day passes here: how old they were at the referral is for :func:`age_outside_at_referral`.
    Somebody whose *taken_on* is empty was never a client and is left out; an empty *born* shows nothing.

    Args:
        clients: One row per person on the system.
        born: The column with the date of birth.
        taken_on: The column with the date from which the person was a client.
        youngest: The youngest age in whole years, a term.
    """
    judged = clients.read(born, taken_on).filter(~is_blank(taken_on))
    return in_rows(clients, judged, judged.filter(is_younger_than(born, taken_on, youngest)), column=born)


@check
def referred_before_roll_out(
    referrals: Records, *, area: str, areas: Sequence[str], referred: str, first: str
) -> Violations:
    """
    Find referrals of an area from before the scheme had started there.

    The first day itself is allowed. An empty *referred* is a violation: nothing shows that it had started. A
    referral whose *area* is empty is judged too.

    Args:
        referrals: One row per referral.
        area: The column with the area.
        areas: The areas that started together, a term.
        referred: The column with the date of the referral.
        first: The first day, a term, written 2019-10-01.
    """
    judged = among(referrals.read(area, referred), {area: areas})
    early = is_before_day(referred, first) | is_blank(referred)
    return in_rows(referrals, judged, judged.filter(early), column=referred)


@check
def engagement_counted_otherwise(
    referrals: Records, appointments: Records, *, engaged: str, since: str, on: str, number: int, only: Only
) -> Violations:
    """
    Find referrals recorded as engaged without enough appointments, or before them, or with enough and not as engaged.

    Appointments on one day are one: a visit may be logged twice. More than *number* is allowed, and so is being
    engaged from the day of the last that is needed, or later. An empty *engaged* is a no, unless *since* has a day
    that has come, which says as much as a yes; an empty *since* is no day that is too early. An appointment without
    ``referral_id`` counts for nobody, and one without a day, or that is still to come, does not count.

    Args:
        referrals: One row per referral, with ``referral_id``.
        appointments: One row per appointment, with ``referral_id``.
        engaged: The column of *referrals* that says ``yes``, she engaged.
        since: The column of *referrals* with the day on which she engaged.
        on: The column of *appointments* with the day.
        number: How many appointments make an engagement, a term.
        only: Which appointments count: a column, and the values it may have.
    """
    judged = referrals.read("referral_id", engaged, since)
    kept = having(appointments.read("referral_id", on, *only), only).filter(~is_not_done(on, appointments.as_of))
    by_then = paired(judged.filter(~is_blank(since)), kept, "referral_id", "referral_id").filter(~is_later(on, since))
    enough, in_time = (
        with_at_least(judged, distinct(days, "referral_id", on), "referral_id", "referral_id", number)
        for days in (kept, by_then)
    )
    said_so = is_any_of(engaged, ["yes"]) | (is_blank(engaged) & ~is_not_done(since, referrals.as_of))
    unearned = without(judged.filter(said_so), enough, "row", "row")
    early = without(enough.filter(is_any_of(engaged, ["yes"]) & ~is_blank(since)), in_time, "row", "row")
    unrecorded = enough.filter(is_none_of(engaged, ["yes"]))
    found = in_rows(referrals, judged, unearned, column=engaged, absent_from=appointments.name)
    found += in_rows(referrals, judged.head(0), early, column=since, absent_from=appointments.name)
    return found + in_rows(referrals, judged.head(0), unrecorded, column=engaged)
