"""What a log of transfers, deliveries and post shows: by which way data moved, how it was locked, and where it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dpia_checks.engines import ROW
from dpia_checks.records import Records
from dpia_checks.rules import (
    Only,
    among,
    having,
    in_rows,
    is_any_of,
    is_blank,
    is_equal,
    is_none_of,
    outside,
    with_at_least,
    without,
)
from dpia_checks.rules_of_text import with_path
from dpia_checks.rules_of_time import is_after_day, on_day
from dpia_checks.violations import Violations, check


@check
def sent_by_a_banned_way(
    transfers: Records, *, way: str, banned: Sequence[str], only: Only | None = None, on: str | None = None
) -> Violations:
    """
    Find transfers by a way that the promise rules out.

    An empty *way* is a violation too: nothing shows that it was another. A log without rows holds
    only when its manifest says that it is complete. What was still to come when the log was taken is a plan, and not
    judged; what says no day is.

    Args:
        transfers: One row per transfer, parcel or medium.
        way: The column judged.
        banned: The values that the promise rules out, a term.
        only: Judge only rows with these values, by column. Left out, every row is judged.
        on: The column with the day. Left out, the log holds nothing that is still to come.
    """
    judged = among(transfers.read(way, *(only or {}), *([on] if on else [])), only)
    if on:
        judged = judged.filter(~is_after_day(on, transfers.as_of))
    return in_rows(transfers, judged, judged.filter(is_any_of(way, banned) | is_blank(way)), column=way)


@check
def not_confirmed(transfers: Records, *, that: str, only: Only | None = None, on: str | None = None) -> Violations:
    """
    Find transfers, meetings, reviews or walks of which the log does not say that what was promised of them was done.

    Anything but ``yes`` in *that* is a violation, an empty cell included. One whose day was still to come when the log
    was taken is a plan, and not judged; one without a day is.

    Args:
        transfers: One row per transfer, meeting, review, walk, or thing on another register.
        that: The column judged.
        only: Judge only rows with these values, by column. Left out, every row is judged.
        on: The column with the day. Left out, the log holds nothing that is still to come.
    """
    judged = among(transfers.read(that, *(only or {}), *([on] if on else [])), only)
    if on:
        judged = judged.filter(~is_after_day(on, transfers.as_of))
    return in_rows(transfers, judged, judged.filter(is_none_of(that, ["yes"])), column=that)


@check
def password_not_sent_apart(
    transfers: Records, *, message: str, password_message: str, only: Only | None = None
) -> Violations:
    """
    Find files whose password went in the same message as the file, or of whose password nothing is known.

    A second e-mail to the same address is apart. What counts is another message, not another channel.
    """
    judged = among(transfers.read(message, password_message, *(only or {})), only)
    same = is_blank(password_message) | is_blank(message) | is_equal(message, password_message)
    return in_rows(transfers, judged, judged.filter(same), column=password_message)


@check
def delivered_without_transfer(
    deliveries: Records, transfers: Records, *, supplier: str, received: str, by: Mapping[str, str], shows: Only
) -> Violations:
    """
    Find deliveries for which the log shows no transfer of their supplier's data from that supplier on their day.

    The day is the day in London. One transfer may hold what several deliveries of that day brought. A transfer
    shows nothing without an instant, or where its sender, its data or a value of *shows* is empty or another;
    a delivery without a day or a supplier came by none. One that was still to come when the list was taken is not
    judged.

    Args:
        deliveries: One row per delivery.
        transfers: One row per transfer, with its ``sender``, its ``data_set`` and the instant it was ``sent_at``.
        supplier: The column of *deliveries* that says from whom it came.
        received: The column of *deliveries* with the day it came.
        by: The data set of each supplier whose deliveries are judged, a term; one without a supplier is judged too.
        shows: What a transfer has to say of itself, by column, such as to whom it went.
    """
    every = among(deliveries.read(supplier, received), {supplier: list(by)})
    judged = every.filter(~is_after_day(received, deliveries.as_of))
    sent = having(transfers.read("sender", "data_set", "sent_at", *shows), shows)
    other = sent
    for sender, data_set in by.items():
        other = other.filter(~(is_any_of("sender", [sender]) & is_any_of("data_set", [data_set])))
    theirs = without(sent, other, ROW, ROW).select(ROW, "sender", "sent_at").with_columns(on_day("sent_at"))
    missing = outside(judged, theirs, supplier, "sender", received, "sent_at", "sent_at")
    return in_rows(deliveries, judged, missing, absent_from=transfers.name)


@check
def came_by_no_transfer(cases: Records, transfers: Records, *, received: str, shows: Only) -> Violations:
    """
    Find lines of people in an extract for whose day the log shows no transfer that could have brought it.

    The day is the day in London. One transfer may have brought them all. A transfer shows nothing without an instant,
    or where a value of *shows* is empty or another; a line without a day came by none. One whose day was still to come
    when the list was taken is not judged.

    Args:
        cases: One row per person in an extract.
        transfers: One row per transfer, with the instant it was ``sent_at``.
        received: The column of *cases* with the day the extract came.
        shows: What a transfer has to say of itself, by column, such as from whom it came.
    """
    judged = cases.read(received).filter(~is_after_day(received, cases.as_of))
    sent = having(transfers.read("sent_at", *shows), shows).with_columns(on_day("sent_at"))
    return in_rows(cases, judged, without(judged, sent, received, "sent_at"), absent_from=transfers.name)


@check
def personal_elsewhere(
    transfers: Records, register: Records, *, by: str, to: str, shows: Only, only: Only | None = None
) -> Violations:
    """
    Find transfers that say of themselves that they show no single people, where another register says that they do.

    An empty ``personal`` says nothing, so it contradicts nothing. A letter that goes beside the people is none: it is
    enough that one transfer under the same line may show them. A transfer that names no line is not judged against
    any, and a line shows nothing where a value of *shows* is empty or another.

    Args:
        transfers: One row per transfer, with ``personal``.
        register: One row per decision to supply data.
        by: The column of *transfers* that names the line of *register*.
        to: The key of *register*.
        shows: What a line has to say, by column, to tell of single people.
        only: Judge only transfers with these values, by column. Left out, every transfer is judged.
    """
    judged = among(transfers.read(by, "personal", *(only or {})), only)
    supplied = having(register.read(to, *shows), shows)
    silent = is_any_of("personal", ["no"])
    belied = with_at_least(judged.filter(silent), supplied, by, to, 1)
    return in_rows(transfers, judged, without(belied, judged.filter(~silent), by, by), column="personal")


@check
def held_where_nothing_shows(
    assets: Records, systems: Records, *, held: str, name: str, begins: str, only: Only | None = None
) -> Violations:
    """
    Find files that lie on a system which the register of systems does not have, so that nothing shows its country.

    Capitals make no difference to a name. A system that is still to come to use shows nothing yet, and one without a
    day of it shows its country. A file that does not say where it lies is left to the check of that.

    Args:
        assets: One row per file.
        systems: One row per system, with its country.
        held: The column of *assets* that names the system.
        name: The column of *systems* with that name.
        begins: The column of *systems* with the day from which it is in use.
        only: Judge only files with these values, by column. Left out, every file is judged.
    """
    judged = among(assets.read(*dict.fromkeys([held, *(only or {})])), only).filter(~is_blank(held))
    known = systems.read(name, begins).filter(~is_after_day(begins, systems.as_of))
    missing = without(with_path(judged, held), with_path(known, name), held, name)
    return in_rows(assets, judged, missing, column=held, absent_from=systems.name)
