"""What a register of uses and products shows: for what the data was used, and whether anybody asked."""

from __future__ import annotations

from collections.abc import Sequence

from dpia_checks.engines import ROW
from dpia_checks.records import Records
from dpia_checks.rules import (
    Only,
    among,
    every_pair,
    having,
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
from dpia_checks.rules_of_time import is_after_day, is_before_day, is_not_done, on_day
from dpia_checks.violations import Violations, check


@check
def used_for_another_purpose(
    uses: Records, *, purpose: str, permitted: Sequence[str], only: Only | None = None, on: str | None = None
) -> Violations:
    """
    Find uses, or products, whose purpose is none that the promise permits.

    Serves the purpose itself and what came of setting it against another purpose alike. An empty
    *purpose* is a violation: nothing shows that it is permitted. A use that was still to come when the register was
    taken is a plan, and not judged; one without a day is.

    Args:
        uses: One row per use of a data set, or per product.
        purpose: The column judged.
        permitted: What the promise permits, a term.
        only: Judge only rows with these values, by column. Left out, every row is judged.
        on: The column with the day. Left out, the register holds nothing that is still to come.
    """
    judged = among(uses.read(purpose, *(only or {}), *([on] if on else [])), only)
    if on:
        judged = judged.filter(~is_after_day(on, uses.as_of))
    return in_rows(uses, judged, judged.filter(is_none_of(purpose, permitted)), column=purpose)


@check
def use_not_justified(uses: Records, *, reason: str, purpose: str, own: Sequence[str], on: str) -> Violations:
    """
    Find uses for another purpose than the evaluation's own, for which no reason is written down.

    An empty *purpose* is none of its own, so such a use needs a reason too. A reason that says nothing is none. A use
    that was still to come when the register was taken is a plan, and not judged; one without a day is.

    Args:
        uses: One row per use of a data set.
        reason: The column that says why the use is justified.
        purpose: The column that says what it is for.
        own: The evaluation's own purposes, a term, which need no reason.
        on: The column with the day of the use.
    """
    every = uses.read(reason, purpose, on).filter(~is_after_day(on, uses.as_of))
    judged = every.filter(is_none_of(purpose, own))
    return in_rows(uses, judged, judged.filter(is_unsaid(reason)), column=reason)


@check
def use_not_registered(
    analyses: Records, of: Records, uses: Records, *, analysis: str, data_sets: Sequence[str]
) -> Violations:
    """
    Find analyses of data of which the register of uses has no line from the day they began to that of their report.

    Both days count, and the first is that in London. An analysis without a report still runs, and one without a
    beginning has always run. One that began on the day on which the lists were taken may still be registered. A line
    without a day, or with one that is still to come, shows no use, nor does one that does not say of which data it is.

    Args:
        analyses: One row per analysis, with ``analysis_id``, ``started_at`` and ``reported_on``.
        of: What shows that an analysis uses the data, such as its cases, or a file that was drawn for it.
        uses: One row per use, with ``used_data`` and ``used_on``.
        analysis: The column of *of* that names the analysis; an analysis that no row names is not judged.
        data_sets: How the register of uses calls the data, a term.
    """
    every = analyses.read("analysis_id", "started_at", "reported_on").with_columns(on_day("started_at"))
    begun = every.filter(is_blank("started_at") | is_before_day("started_at", analyses.as_of))
    judged = with_at_least(begun, of.read(analysis), "analysis_id", analysis, 1)
    lines = having(uses.read("used_data", "used_on"), {"used_data": data_sets})
    both = every_pair(judged, lines.filter(~is_not_done("used_on", uses.as_of)))
    during = both.filter(~is_later("started_at", "used_on") & ~is_later("used_on", "reported_on"))
    return in_rows(analyses, judged, without(judged, during, ROW, ROW), absent_from=uses.name)


@check
def product_not_listed(reports: Records, outputs: Records) -> Violations:
    """
    Find reports that the register of products does not have with the audience they went to.

    A product that became no report is no violation, nor is a second line for one report. An empty ``report_id`` is
    no report's, and an empty audience is nobody's, on either side. A report that was still to be released when the
    register was taken is not one yet; one without a day is.

    Args:
        reports: One row per report, with ``report_id``, its ``audience`` and the day it was ``released_on``.
        outputs: One row per product, with the ``report_id`` it became and its ``output_audience``.
    """
    every = reports.read("report_id", "audience", "released_on")
    judged = every.filter(~is_after_day("released_on", reports.as_of))
    both = paired(judged, outputs.read("report_id", "output_audience"), "report_id", "report_id")
    listed = both.filter(is_equal("audience", "output_audience"))
    return in_rows(reports, judged, without(judged, listed, ROW, ROW), absent_from=outputs.name)


@check
def nothing_produced(milestones: Records, products: Records, *, key: Sequence[str]) -> Violations:
    """
    Find milestones that were reached, and of which no line is on the list of products.

    A milestone without a day, or of the day on which the list was taken or a later one, owes nothing yet. One that
    the list of milestones does not have was not reached.

    Args:
        milestones: One row per milestone, with ``milestone_id``, the ``milestone`` and the day it was ``reached_on``.
        products: One row per product, with the ``milestone_id`` that it came ``at_milestone``.
        key: The milestones that owe one, a yardstick.
    """
    every = having(milestones.read("milestone_id", "milestone", "reached_on"), {"milestone": key})
    reached = every.filter(is_before_day("reached_on", products.as_of))
    unmade = without(reached, products.read("at_milestone"), "milestone_id", "at_milestone")
    return in_rows(milestones, reached, unmade, absent_from=products.name)
