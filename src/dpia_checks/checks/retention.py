"""What registers show of the end of data: when it went, how it was destroyed, and what was kept and why."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.engines import ROW, Frame
from dpia_checks.records import Records
from dpia_checks.rules import (
    Only,
    among,
    distinct,
    having,
    in_either,
    in_rows,
    is_any_of,
    is_blank,
    is_later,
    is_none_of,
    is_not_before,
    left_out,
    outside,
    paired,
    with_at_least,
    without,
)
from dpia_checks.rules_of_text import with_each_folder, with_path
from dpia_checks.rules_of_time import (
    first_day,
    is_after_day,
    is_before_day,
    is_kept_beyond,
    is_not_done,
    on_day,
    or_day,
)
from dpia_checks.violations import Violations, check


@check
def kept_too_long(assets: Records, *, since: str, until: str, recorded: str, years: int, only: Only) -> Violations:
    """
    Find assets that were still held after their retention period had ended.

    The last day of the period is allowed: it has the day and month of the first. What has no *until* is
    still held on the day the register was taken. What has no *since*, or one that was still to come then, counts from
    the day it was *recorded*: a period that never begins would never end. Without that day too it is never late.

    Args:
        assets: One row per asset.
        since: The column with the day from which the period counts.
        until: The column with the day on which the asset was disposed of.
        recorded: The column with the day on which it came to the register.
        years: How many whole years it may be kept, a term.
        only: Judge only rows with these values, by column; a row whose cell is empty is judged too.
    """
    judged = among(assets.read(since, until, recorded, *only), only)
    open_still = is_not_done(since, assets.as_of)
    late = judged.filter(~open_still & is_kept_beyond(until, since, years, assets.as_of))
    running = judged.filter(open_still & is_kept_beyond(until, recorded, years, assets.as_of))
    return in_rows(assets, judged, in_either(judged, late, running), column=until)


@check
def held_after_conclusion(
    assets: Records,
    beyond_use: Records,
    reviews: Records,
    listings: Records | None = None,
    *,
    concluded: str,
    gone: str,
    exception: str,
    deletable: str,
    only: Only,
) -> Violations:
    """
    Find what is still held although its project has concluded, and is no exception that anybody recorded.

    Held on the day of the conclusion itself is allowed. An empty *concluded* is the day on which, by the reviews, the
    evaluation concluded; without one it has not concluded. No time
    is promised for what follows, so what went on any later day is gone. Three things excuse an asset: *gone*
    has a day, *exception* says ``yes``, or *deletable* says ``no`` and the register of what is beyond use has a line
    with a day for it. With *listings* so does a fourth: by the register it holds no personal data, or lost the
    identity, and no listing of its place found personal data after that, unless a later one found none. An empty cell
    excuses nothing, nor does a day that was still to come when the list was taken.

    Args:
        assets: One row per asset, with ``asset_id``; with *listings* also with ``personal``, ``depersonalised_on``,
            ``location`` and ``recorded_on``.
        beyond_use: One row per asset placed beyond use, with ``kept_asset`` and ``placed_on``.
        reviews: One row per review of the need for data, with the day the evaluation concluded,
            ``review_concluded_on``.
        listings: One row per file and listing, with ``file_location``, ``listed_on`` and ``file_personal``. Left out,
            what holds no personal data is judged too.
        concluded: The column with the day on which the project concluded.
        gone: The column with the day on which the asset was no longer held.
        exception: The column that says ``yes`` for an exception.
        deletable: The column that says ``no`` when an asset cannot be deleted.
        only: Judge only rows with these values, by column; a row whose cell is empty is judged too.
    """
    identity = ["personal", "depersonalised_on", "location", "recorded_on"] if listings is not None else []
    every = assets.read("asset_id", concluded, exception, deletable, gone, *identity, *only)
    judged = _concluded(among(every, only), concluded, reviews)
    held = judged.filter(is_before_day(concluded, assets.as_of) & is_none_of(exception, ["yes"]))
    held = held.filter(is_not_done(gone, assets.as_of))
    stays = paired(having(held, {deletable: ["no"]}), _placed(beyond_use), "asset_id", "kept_asset")
    held = without(held, stays, ROW, ROW)
    held = without(held, _without_identity(held, listings), ROW, ROW) if listings is not None else held
    return in_rows(assets, judged, held, column=gone)


@check
def exception_not_detailed(
    assets: Records, versions: Records, *, version: str, concluded: str, only: Only
) -> Violations:
    """
    Find exceptions for which no version of the document is named that was issued when the project concluded.

    Issued on the very day of the conclusion is in time. An empty *version*, one that the register of versions
    does not have, or one without a day details nothing. An empty *concluded* has not concluded, so that any
    version that was issued will do.

    Args:
        assets: One row per asset.
        versions: One row per version, with ``version_id`` and the day it was ``issued_on``.
        version: The column that names the version.
        concluded: The column with the day on which the project concluded.
        only: Judge only rows with these values, by column; a row whose cell is empty is judged too.
    """
    judged = among(assets.read(version, concluded, *only), only)
    both = paired(judged, versions.read("version_id", "issued_on"), version, "version_id")
    issued = both.filter(~is_blank("issued_on") & ~is_later("issued_on", concluded))
    return in_rows(assets, judged, without(judged, issued, "row", "row"), column=version, absent_from=versions.name)


@check
def not_reviewed_on_conclusion(
    register: Records,
    reviews: Records | None = None,
    *,
    concluded: str,
    reviewed: str,
    gone: str | None = None,
    only: Only | None = None,
) -> Violations:
    """
    Find what was not reviewed when its project concluded.

    A review on the day of the conclusion or later counts; an earlier one does not, since it cannot know
    what was left. On the day of the conclusion itself there is still time. An empty *concluded* is the day on which,
    by the *reviews*, the evaluation concluded; without one it has not concluded. An empty *reviewed* was not reviewed,
    nor is what has a day that is still to come.

    Args:
        register: One row per project or asset.
        reviews: One row per review of the need for data, with the day the evaluation concluded,
            ``review_concluded_on``. Left out, an empty *concluded* has not concluded.
        concluded: The column with the day on which the project concluded.
        reviewed: The column with the day of the review.
        gone: The column with a day for what was disposed of. What went before the conclusion owes no review.
        only: Judge only rows with these values, by column. Left out, every row is judged.
    """
    every = register.read(concluded, reviewed, *([gone] if gone else []), *(only or {}))
    judged = among(every, only)
    judged = _concluded(judged, concluded, reviews) if reviews else judged
    owed = judged.filter(is_before_day(concluded, register.as_of))
    missing = owed.filter(is_not_done(reviewed, register.as_of) | is_later(concluded, reviewed))
    if gone:
        missing = missing.filter(~is_later(concluded, gone))
    return in_rows(register, judged, missing, column=reviewed)


@check
def conclusion_not_listed(reviews: Records, milestones: Records, *, concluded: str, ends: str) -> Violations:
    """
    Find a list of reviews on which nothing concluded although, by the list of milestones, the evaluation did.

    On the very day of the milestone there is still time. A line without a day, or with one that was still to come when
    the list was taken, is of nothing that concluded; without a day the milestone was not reached.

    Args:
        reviews: One row per review of the need for data.
        milestones: One row per ``milestone``, with the day on which it was ``reached_on``.
        concluded: The column of *reviews* with the day on which the evaluation concluded.
        ends: The milestone that concludes the evaluation, a term.
    """
    over = having(milestones.read("milestone", "reached_on"), {"milestone": [ends]})
    listed = reviews.read(concluded).filter(~is_not_done(concluded, reviews.as_of))
    return left_out(reviews, listed, over.filter(is_before_day("reached_on", reviews.as_of)))


@check
def not_beyond_use(assets: Records, beyond_use: Records, *, deletable: str, gone: str) -> Violations:
    """
    Find assets that cannot be deleted and were not placed beyond use.

    A line of the register of what is beyond use counts when it has a day, and that day has come. An asset of which
    nothing says whether it can be deleted counts as one that can: it is for the checks of deletion. What is *gone*
    after all owes nothing; what is to go on a later day still does.

    Args:
        assets: One row per asset, with ``asset_id``.
        beyond_use: One row per asset placed beyond use, with ``kept_asset`` and ``placed_on``.
        deletable: The column that says ``no`` when an asset cannot be deleted.
        gone: The column with the day on which it was disposed of.
    """
    judged = having(assets.read("asset_id", deletable, gone), {deletable: ["no"]})
    judged = judged.filter(is_not_done(gone, assets.as_of))
    missing = without(judged, _placed(beyond_use), "asset_id", "kept_asset")
    return in_rows(assets, judged, missing, absent_from=beyond_use.name)


@check
def used_beyond_use(access: Records, beyond_use: Records, *, opened: str) -> Violations:
    """
    Find uses of an asset on a day after it was placed beyond use.

    The day is the day in London. A use on the very day counts as earlier: the register has no hour. A use
    that names no asset cannot be judged, and a use without an instant is a violation: nothing shows that it
    was in time. A line without the day of placing is left to :func:`not_beyond_use`.

    Args:
        access: One row per use, with the instant it was ``accessed_at``.
        beyond_use: One row per asset placed beyond use, with ``kept_asset`` and ``placed_on``.
        opened: The column of *access* that names the asset.
    """
    used = access.read("accessed_at", opened)
    late = paired(used, _placed(beyond_use), opened, "kept_asset").with_columns(on_day("accessed_at"))
    late = late.filter(is_later("accessed_at", "placed_on") | is_blank("accessed_at"))
    return in_rows(access, used, late, column=opened)


@check
def open_to_many(
    beyond_use: Records, assets: Records, rights: Records, *, people: int, kinds: Sequence[str]
) -> Violations:
    """
    Find assets beyond use whose folder more than a number of people may open on the day the list was taken.

    Just as many are allowed, and somebody with two rights is one. A right counts on its first day and on its
    last; without a first day it has always run, without a last day it runs still, and without a name it is one
    more person's. A right on a folder that holds the asset's is one, in whatever spelling. A right of any other kind is
    too many by itself: nobody knows how many it lets in. An asset that was disposed of, has no folder or is not on the
    register cannot be judged, nor a line without its day.

    Args:
        beyond_use: One row per asset placed beyond use, with ``kept_asset`` and ``placed_on``.
        assets: One row per asset, with ``asset_id``, ``asset_folder`` and ``disposed_on``.
        rights: One row per right, with ``folder``, ``principal``, ``principal_kind``, ``right_from``, ``right_until``.
        people: How many people may open the folder, a yardstick.
        kinds: The kinds of principal that are one person, a yardstick.
    """
    held = assets.read("asset_id", "asset_folder", "disposed_on").filter(is_not_done("disposed_on", assets.as_of))
    judged = paired(_placed(beyond_use), held, "kept_asset", "asset_id").filter(~is_blank("asset_folder"))
    running = rights.read("folder", "principal", "principal_kind", "right_from", "right_until").filter(
        ~is_after_day("right_from", rights.as_of) & ~is_before_day("right_until", rights.as_of)
    )
    opens = paired(with_each_folder(judged, "asset_folder"), with_path(running, "folder"), "asset_folder", "folder")
    many = with_at_least(judged, distinct(opens, ROW, "principal"), ROW, ROW, people + 1)
    groups = with_at_least(judged, opens.filter(is_none_of("principal_kind", kinds)), ROW, ROW, 1)
    unknown = in_rows(beyond_use, judged.head(0), without(groups, many, "row", "row"), column="kept_asset")
    return in_rows(beyond_use, judged, many, column="kept_asset") + unknown


@check
def destruction_not_recorded(assets: Records, destructions: Records, *, disposed: str, only: Only) -> Violations:
    """
    Find assets that were disposed of and of which no line says how.

    Whether the method was a promised one is for another check. An asset without a day of disposal is still held, and
    so is one whose day is still to come. A line without a day says how; one that is still to come is a plan, and one of
    a day before the asset was recorded is of something else.

    Args:
        assets: One row per asset, with ``asset_id`` and the day it was ``recorded_on``.
        destructions: One row per destruction, with ``destroyed_asset`` and the day it was ``destroyed_on``.
        disposed: The column with the day on which it was disposed of.
        only: Judge only rows with these values, by column; a row whose cell is empty is judged too.
    """
    judged = among(assets.read("asset_id", "recorded_on", disposed, *only), only)
    judged = judged.filter(~is_not_done(disposed, assets.as_of))
    both = paired(judged, destructions.read("destroyed_asset", "destroyed_on"), "asset_id", "destroyed_asset")
    done = both.filter(~is_after_day("destroyed_on", destructions.as_of) & ~is_later("recorded_on", "destroyed_on"))
    return in_rows(assets, judged, without(judged, done, ROW, ROW), absent_from=destructions.name)


@check
def destroyed_in_another_way(
    destructions: Records, assets: Records, *, way: str, permitted: Sequence[str], medium: str
) -> Violations:
    """
    Find destructions of papers, or of files, by another method than the promised ones.

    A line is of that medium when it says so or says nothing, and when the register says so of its asset: where the
    two differ, both promises have it. An empty *way* is a violation: nothing shows a promised one.

    Args:
        destructions: One row per destruction, with ``destroyed_asset`` and ``destroyed_medium``.
        assets: One row per asset, with ``asset_id`` and ``medium``; an empty medium says nothing.
        way: The column with the method, or with the approval of the software that carries it out.
        permitted: The methods that the promise names, a term, or ``yes`` for an approval.
        medium: What is judged, as ``destroyed_medium`` and ``medium`` say it.
    """
    every = destructions.read("destroyed_asset", "destroyed_medium", way)
    known = having(assets.read("asset_id", "medium"), {"medium": [medium]})
    theirs = paired(every, known, "destroyed_asset", "asset_id")
    judged = in_either(every, among(every, {"destroyed_medium": [medium]}), theirs)
    return in_rows(destructions, judged, judged.filter(is_none_of(way, permitted)), column=way)


@check
def destroyed_after_disposal(destructions: Records, assets: Records, *, only: Only) -> Violations:
    """
    Find destructions without a day, or on a later day than the one on which the register says that the asset went.

    The very day is in time, and so is any earlier one. An asset without a day of disposal, or one that the
    register does not know, sets no limit: whether it is on the register is another promise.

    Args:
        destructions: One row per destruction, with ``destroyed_asset`` and the day it was ``destroyed_on``.
        assets: One row per asset, with ``asset_id`` and ``disposed_on``.
        only: Judge only destructions with these values, by column; a row whose cell is empty is judged too.
    """
    judged = among(destructions.read("destroyed_asset", "destroyed_on", *only), only)
    known = paired(judged, assets.read("asset_id", "disposed_on"), "destroyed_asset", "asset_id")
    undated = in_rows(destructions, judged, judged.filter(is_blank("destroyed_on")), column="destroyed_on")
    late = known.filter(is_later("destroyed_on", "disposed_on"))
    return undated + in_rows(destructions, late.head(0), late, column="destroyed_on")


@check
def there_after_disposal(listings: Records, assets: Records) -> Violations:
    """
    Find files that lie where the register says that the file was disposed of on an earlier day.

    A file listed on the very day of its disposal may have gone later that day. A location that serves
    another asset on the day of the listing is that asset's. A listing without a day cannot be judged. Capitals and
    slashes of a location make no difference.

    Args:
        listings: One row per file and listing, with ``file_location`` and the day it was ``listed_on``.
        assets: One row per asset, with ``location``, ``recorded_on`` and ``disposed_on``.
    """
    there = with_path(listings.read("file_location", "listed_on"), "file_location")
    known = with_path(assets.read("location", "recorded_on", "disposed_on"), "location")
    after = paired(there, known.drop("recorded_on"), "file_location", "location")
    gone = after.filter(is_later("listed_on", "disposed_on")).drop("disposed_on")
    left = outside(gone, known, "file_location", "location", "listed_on", "recorded_on", "disposed_on")
    return in_rows(listings, there, left)


@check
def opened_after_disposal(access: Records, assets: Records, *, opened: str) -> Violations:
    """
    Find uses of an asset on a day after the one on which the register says that it was disposed of.

    The day is the day in London. A use on the very day may have come first: the register has no hour. A use without an
    instant, or that names no asset or one that the register does not know, cannot be judged.

    Args:
        access: One row per use, with the instant it was ``accessed_at``.
        assets: One row per asset, with ``asset_id`` and the day it was ``disposed_on``; without one it is there still.
        opened: The column of *access* that names the asset.
    """
    used = access.read("accessed_at", opened)
    both = paired(used, assets.read("asset_id", "disposed_on"), opened, "asset_id")
    late = both.with_columns(on_day("accessed_at")).filter(is_later("accessed_at", "disposed_on"))
    return in_rows(access, used, late, column=opened)


def _concluded(frame: Frame, column: str, reviews: Records) -> Frame:
    """Write into the empty cells of *column* the day on which, by the reviews, the evaluation concluded."""
    over = first_day(reviews.read("review_concluded_on"), "review_concluded_on", reviews.as_of)
    return frame.with_columns(or_day(column, over))


def _placed(beyond_use: Records) -> Frame:
    return beyond_use.read("kept_asset", "placed_on").filter(~is_not_done("placed_on", beyond_use.as_of))


def _without_identity(held: Frame, listings: Records) -> Frame:
    """Keep what is said to hold no personal data and in which no listing after that, or the last one, found any."""
    none_yet = is_not_done("depersonalised_on", listings.as_of)
    said = with_path(held.filter(is_any_of("personal", ["no"]) | ~none_yet), "location")
    lines = with_path(listings.read("file_location", "listed_on", "file_personal"), "file_location")
    found, clean = (having(lines, {"file_personal": [answer]}).drop("file_personal") for answer in ("yes", "no"))
    clean = clean.rename({"file_location": "clean_location", "listed_on": "clean_on"})
    cleaned = paired(found, clean, "file_location", "clean_location").filter(is_later("clean_on", "listed_on"))
    both = paired(said, without(found, cleaned, ROW, ROW), "location", "file_location")
    both = both.filter(
        is_not_before("listed_on", "recorded_on") & (none_yet | is_later("listed_on", "depersonalised_on"))
    )
    return without(said, both, ROW, ROW)
