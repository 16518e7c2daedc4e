"""What registers, listings and inspections show: where data lies, and whether it is locked there."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.deadlines import is_later_than_working_days, is_overdue_by_working_days
from dpia_checks.engines import ROW, Frame
from dpia_checks.records import Records
from dpia_checks.rules import (
    Only,
    among,
    every_pair,
    having,
    in_either,
    in_rows,
    is_any_of,
    is_blank,
    is_later,
    is_none_of,
    outside,
    paired,
    without,
)
from dpia_checks.rules_of_text import where_text, with_path
from dpia_checks.rules_of_time import is_after_day, is_before_day, is_not_done, on_day
from dpia_checks.violations import Violations, check


@check
def not_on_the_register(
    found: Records, assets: Records, *, personal: str, names: str, key: str, on: str, out: str | None = None
) -> Violations:
    """
    Find files of personal data of which the asset register did not say that day that they hold some.

    A line of the register counts from the day on which it was recorded to the day on which the asset was
    disposed of, both included; without that second day it still counts. A line that says that the asset holds no
    personal data counts for nothing, and one of which the identity was taken *out* counts to that day, included;
    capitals and slashes of a name make no difference. A file that says it holds no personal data is left
    out; one that says nothing counts as holding some. A file without a name or without a day is on no register.

    Args:
        found: One row per file and listing, or per workbook inspected.
        assets: One row per asset, with ``personal``, ``recorded_on`` and ``disposed_on``.
        personal: The column of *found* that says ``no`` when a file holds no personal data.
        names: The column of *found* with the location, or the asset.
        key: The column of *assets* with that name.
        on: The column of *found* with the day.
        out: The column of *assets* with the day on which the identity was taken out. Left out, it never was.
    """
    every = found.read(names, on, personal).filter(is_none_of(personal, ["no"]))
    there = with_path(every, names)
    known = with_path(assets.read(key, "personal", "recorded_on", "disposed_on", *([out] if out else [])), key)
    known = known.filter(is_none_of("personal", ["no"])).drop("personal")
    until = out or "disposed_on"
    freed = known.filter(~is_blank(until) & ~is_later(until, "disposed_on"))
    missing = outside(there, freed, names, key, on, "recorded_on", until)
    missing = outside(missing, without(known, freed, ROW, ROW), names, key, on, "recorded_on", "disposed_on")
    return in_rows(found, there, missing, absent_from=assets.name)


@check
def of_no_asset(lines: Records, assets: Records, *, names: str) -> Violations:
    """
    Find lines about an asset that the register does not have.

    A line of the register will do whatever its days: on which day it has to be there is for other checks. A line that
    names no asset cannot be judged.

    Args:
        lines: One row per use of an asset, per destruction, or per asset placed beyond use.
        assets: One row per asset, with ``asset_id``.
        names: The column of *lines* that names the asset.
    """
    judged = lines.read(names).filter(~is_blank(names))
    missing = without(judged, assets.read("asset_id"), names, "asset_id")
    return in_rows(lines, judged, missing, column=names, absent_from=assets.name)


@check
def opened_without_password(workbooks: Records, *, protection: str, locked: Sequence[str], personal: str) -> Violations:
    """
    Find workbooks of personal data that open without a password of their own.

    What an inspection finds in *protection* comes from :mod:`dpia_checks.workbooks`. A password on a sheet or
    on the structure keeps nobody from reading, and the password with which Excel locks a file when it is
    given none is known to everybody. An empty or unreadable *protection* is a violation: nothing shows that
    the file is locked. A workbook that says nothing of personal data counts as holding some.

    Args:
        workbooks: One row per workbook inspected.
        protection: The column that says how the file is protected.
        locked: The kinds of protection that ask for a password before anything can be read.
        personal: The column that says ``no`` when a workbook holds no personal data.
    """
    judged = workbooks.read(protection, personal).filter(is_none_of(personal, ["no"]))
    return in_rows(workbooks, judged, judged.filter(is_none_of(protection, locked)), column=protection)


@check
def said_to_hold_none(
    rows: Records, assets: Records, *, says: str, names: str, key: str, gone: Sequence[str], on: str | None = None
) -> Violations:
    """
    Find folders and workbooks said to hold no personal data although the register had some there that day.

    There is what was recorded before that day and went after it: what came or went on the very day may not have been
    there at that hour. An asset of which nobody says whether it is personal is; one without a day of its recording
    was never there, and without a day in the columns of *gone* it still is. A row that names nothing cannot be
    judged, nor one with an empty day.

    Args:
        rows: One row per right to a folder, or per workbook inspected.
        assets: One row per asset, with ``personal`` and ``recorded_on``.
        says: The column of *rows* that says ``no`` where there is no personal data.
        names: The column of *rows* that names the folder or the asset.
        key: The column of *assets* with that name.
        gone: The columns of *assets* with a day on which it was gone, or held no personal data any more.
        on: The column of *rows* with the day. Left out, it is the day on which the list was taken.
    """
    said = having(rows.read(says, names, *([on] if on else [])), {says: ["no"]})
    held = among(assets.read(key, "personal", "recorded_on", *gone), {"personal": ["yes"]})
    both = paired(said, held, names, key)
    both = both.filter(is_later(on, "recorded_on") if on else is_before_day("recorded_on", rows.as_of))
    for column in gone:
        both = both.filter((is_blank(column) | is_later(column, on)) if on else is_not_done(column, rows.as_of))
    return in_rows(rows, said, in_either(said, both), column=says)


@check
def not_inspected(
    assets: Records, workbooks: Records, *, endings: Sequence[str], gone: Sequence[str], only: Only
) -> Violations:
    """
    Find spreadsheets that were held on the day of an inspection and of which no inspection has a line.

    One line is enough, on whatever day. Held is what was recorded before that day and went after it: what came
    or went on the very day may not have been there at that hour. A file is a spreadsheet by the ending of its
    location, in whatever case; one without a location says nothing of it. Without a day of its recording a file
    was not held, and without a day in the columns of *gone* it still is. A line that names no asset is nobody's.

    Args:
        assets: One row per asset, with ``asset_id``, ``location`` and ``recorded_on``.
        workbooks: One row per workbook inspected, with ``workbook_asset`` and the day it was ``inspected_on``.
        endings: The endings of the name of a spreadsheet, small letters and with their dot.
        gone: The columns of *assets* with a day on which it was gone, or held no personal data any more.
        only: Judge only assets with these values, by column; one whose cell is empty is judged too.
    """
    named = among(assets.read("asset_id", "location", "recorded_on", *gone, *only), only)
    sheets = where_text(named, "location", lambda text: text.lower().endswith(tuple(endings)))
    lines = workbooks.read("workbook_asset", "inspected_on")
    there = every_pair(sheets, lines).filter(is_later("inspected_on", "recorded_on"))
    for column in gone:
        there = there.filter(is_blank(column) | is_later(column, "inspected_on"))
    held = in_either(sheets, there)
    return in_rows(assets, held, without(held, lines, "asset_id", "workbook_asset"), absent_from=workbooks.name)


@check
def neither_encrypted_nor_locked(
    media: Records, *, encrypted: str, password: str, only: Only | None = None, begins: str | None = None
) -> Violations:
    """
    Find media that have neither encryption nor a password.

    One of the two is enough. An empty cell shows neither. One that is still to come to use is not judged, by the day
    in the column *begins*; one without a day is.
    """
    judged = among(media.read(encrypted, password, *(only or {}), *([begins] if begins else [])), only)
    if begins:
        judged = judged.filter(~is_after_day(begins, media.as_of))
    bare = is_none_of(encrypted, ["yes"]) & is_none_of(password, ["yes"])
    return in_rows(media, judged, judged.filter(bare), column=encrypted)


@check
def left_on_the_device(recordings: Records, *, moved: str, removed: str, recorded: str) -> Violations:
    """
    Find recordings that were moved and are still on the device from which they were moved.

    A recording that was not moved yet is not judged: no time is promised for that. One that left the
    device in the same minute, or earlier, is gone. An empty *removed* means that it is still there; one that
    was removed later than it was moved had been moved all the same, and is gone. What was removed before it was
    *recorded* was something else, so it is still there; an empty *recorded* is before everything.

    Args:
        recordings: One row per recording.
        moved: The column with the instant at which it was moved.
        removed: The column with the instant at which it was removed from the device.
        recorded: The column with the instant of the recording.
    """
    judged = recordings.read(moved, removed, recorded).filter(~is_blank(moved))
    there = is_blank(removed) | is_later(recorded, removed)
    return in_rows(recordings, judged, judged.filter(there), column=removed)


@check
def done_in_another_way(
    register: Records, *, way: str, permitted: Sequence[str], only: Only | None = None, begins: str | None = None
) -> Violations:
    """
    Find lines of a register in which data was sent, kept, recorded or destroyed in another way than the promised ones.

    Serves the channel of a transfer, the address it went to and the country it was held in, the marking on a
    parcel, the system and the area that hold a file, the model of a stick, the speaker on a recording and
    the method of a destruction alike. An empty *way* is a violation: nothing shows a promised one. What was still to
    begin when the register was taken is a plan, and not judged; what says no day is.

    Args:
        register: One row per transfer, parcel, request, file, medium, survey, system, recording or destruction.
        way: The column judged.
        permitted: The values that the promise names, a term.
        only: Judge only rows with these values, by column; a row whose cell is empty is judged too.
            Left out, every row is judged.
        begins: The column with the day from which on it is so. Left out, the register holds nothing to come.
    """
    judged = among(register.read(way, *(only or {}), *([begins] if begins else [])), only)
    if begins:
        judged = judged.filter(~is_after_day(begins, register.as_of))
    return in_rows(register, judged, judged.filter(is_none_of(way, permitted)), column=way)


@check
def long_on_the_device(recordings: Records, *, recorded: str, ended: str, days: int) -> Violations:
    """
    Find recordings that were on a device for more than a number of working days after the day of recording.

    Days are those of London. The last day is allowed, to its end. An empty *ended* is late once the last day had
    passed on the day the log was taken; an empty *recorded* is late: nothing shows that there was still time. An end
    before the recording shows none, and is a violation.

    Args:
        recordings: One row per recording.
        recorded: The column with the instant of the recording.
        ended: The column with the instant at which it was moved, or removed from the device.
        days: How many working days it may be there, a yardstick.
    """
    every = recordings.read(recorded, ended)
    early = every.filter(is_later(recorded, ended))
    judged = every.with_columns(on_day(recorded), on_day(ended))
    late = is_later_than_working_days(ended, recorded, days)
    still_there = is_overdue_by_working_days(ended, recorded, days, recordings.as_of)
    overlong = judged.filter(is_blank(recorded) | late | still_there)
    return in_rows(recordings, judged, in_either(judged, early, overlong), column=ended)


@check
def moved_to_another_place(recordings: Records, *, place: str, permitted: Sequence[str], moved: str) -> Violations:
    """
    Find recordings that were moved to another place than the promised one.

    A recording of which the log has neither an instant in *moved* nor a *place* was not moved yet, and is left to
    other promises. A *place* shows that it was moved, also without an instant. An empty *place* of one that was
    moved is a violation: nothing shows where it went.
    """
    judged = recordings.read(place, moved).filter(~is_blank(moved) | ~is_blank(place))
    return in_rows(recordings, judged, judged.filter(is_none_of(place, permitted)), column=place)


@check
def recorded_with_others(recordings: Records, interviews: Records, *, permitted: Sequence[str]) -> Violations:
    """
    Find recordings of an interview in which, by the log of interviews, somebody else took part than may be recorded.

    An interview that the log does not have, or of which it does not say who took part, shows nobody; what the log of
    recordings says of the speaker is for :func:`done_in_another_way`.

    Args:
        recordings: One row per recording, with its ``recorded_interview``.
        interviews: One row per interview, with ``interview_id`` and who was ``taking_part``.
        permitted: Who may be recorded, a term.
    """
    judged = recordings.read("recorded_interview")
    known = interviews.read("interview_id", "taking_part").filter(~is_blank("taking_part"))
    others = known.filter(is_none_of("taking_part", permitted))
    theirs = paired(judged, others, "recorded_interview", "interview_id")
    return in_rows(recordings, judged, theirs, column="recorded_interview")


@check
def destroyed_and_still_held(
    destructions: Records, assets: Records, *, medium: str, out: str | None = None
) -> Violations:
    """
    Find destructions of files that the register still has, with no day of disposal or with one that is still to come.

    On the day on which the lists were taken there is still time to write it down. A line without a day, or one of a day
    before the file was recorded, is of no file that is held. A file without identity may stay where the one with it was
    destroyed.

    Args:
        destructions: One row per destruction, with ``destroyed_asset``, ``destroyed_medium`` and ``destroyed_on``.
        assets: One row per asset, with ``asset_id``, ``location``, ``medium``, ``recorded_on`` and ``disposed_on``.
        medium: What is judged, as ``medium`` says it, and where that is empty ``destroyed_medium``. What neither of
            them says anything of is judged too.
        out: The column of *assets* with the day on which the identity was taken out. Left out, it never was.
    """
    judged = _destroyed(destructions, assets, medium, out).filter(is_before_day("destroyed_on", destructions.as_of))
    held = judged.filter(is_not_done("disposed_on", assets.as_of))
    return in_rows(destructions, judged, held, column="destroyed_on")


@check
def opened_after_destruction(
    access: Records, destructions: Records, assets: Records, *, opened: str, medium: str, out: str | None = None
) -> Violations:
    """
    Find uses of a file on a day after its destruction. Which destructions count: :func:`destroyed_and_still_held`.

    The day is the day in London, and a use on the very day may have come first. A use without an instant, or that
    names no asset, cannot be judged.

    Args:
        access: One row per use, with the instant it was ``accessed_at``.
        destructions: One row per destruction.
        assets: One row per asset.
        opened: The column of *access* that names the asset.
        medium: What is judged, as the registers say it.
        out: The column of *assets* with the day on which the identity was taken out. Left out, it never was.
    """
    used = access.read("accessed_at", opened).with_columns(on_day("accessed_at"))
    both = paired(used, _destroyed(destructions, assets, medium, out), opened, "destroyed_asset")
    return in_rows(access, used, in_either(used, both.filter(is_later("accessed_at", "destroyed_on"))), column=opened)


@check
def listed_after_destruction(
    listings: Records, destructions: Records, assets: Records, *, medium: str, out: str | None = None
) -> Violations:
    """
    Find files listed on a day after their destruction. Which destructions count: :func:`destroyed_and_still_held`.

    A file listed on the very day may have gone later that day. A location at which another asset was recorded since
    then is that asset's. A listing without a day cannot be judged; capitals and slashes make no difference.

    Args:
        listings: One row per file and listing, with ``file_location`` and the day it was ``listed_on``.
        destructions: One row per destruction.
        assets: One row per asset.
        medium: What is judged, as the registers say it.
        out: The column of *assets* with the day on which the identity was taken out. Left out, it never was.
    """
    there = with_path(listings.read("file_location", "listed_on"), "file_location")
    gone = with_path(_destroyed(destructions, assets, medium, out), "location")
    after = paired(there, gone, "file_location", "location").filter(is_later("listed_on", "destroyed_on"))
    others = with_path(assets.read("location", "recorded_on"), "location").rename({"recorded_on": "other_on"})
    since = paired(after, others, "file_location", "location").filter(is_later("other_on", "destroyed_on"))
    anew = since.filter(~is_later("other_on", "listed_on"))
    return in_rows(listings, there, without(in_either(there, after), anew, ROW, ROW))


def _destroyed(destructions: Records, assets: Records, medium: str, out: str | None) -> Frame:
    """Return the destructions of assets of the register, but for those of another medium or of an earlier asset."""
    lines = destructions.read("destroyed_asset", "destroyed_medium", "destroyed_on")
    known = assets.read("asset_id", "location", "medium", "recorded_on", "disposed_on", *([out] if out else []))
    known = known.filter(is_not_done(out, assets.as_of)) if out else known
    both = paired(lines, known, "destroyed_asset", "asset_id")
    said = is_any_of("destroyed_medium", [medium]) | is_blank("destroyed_medium")
    theirs = both.filter(is_any_of("medium", [medium]) | (is_blank("medium") & said))
    return theirs.filter(~is_blank("destroyed_on") & ~is_later("recorded_on", "destroyed_on"))
