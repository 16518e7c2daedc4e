"""What the document says of its parties, and what registers of contracts and agreements show of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dpia_checks.engines import ROW, Frame
from dpia_checks.records import Records
from dpia_checks.rules import (
    Only,
    among,
    count,
    every_pair,
    having,
    in_rows,
    is_any_of,
    is_blank,
    is_equal,
    is_later,
    is_none_of,
    is_not_before,
    outside,
    paired,
    without,
)
from dpia_checks.rules_of_time import is_after_day, is_before_day, is_not_done, lapses, on_day
from dpia_checks.violations import Violation, Violations, check

WHOM = ("party", "data_set")


@check
def statements_that_differ(
    needs: Records, *, says: str, types: Sequence[str], kinds: Sequence[str], unstated: Sequence[str] = ()
) -> Violations:
    """
    Find statements of the document that say nothing of a party, or another thing than one about the same data.

    A statement that a finding concerns is no violation: the page tells the reader already. An empty
    party, data set or *says* is as good as nothing said.

    Args:
        needs: The needs of one DPIA.
        says: The column compared, such as ``role`` or ``reference``.
        types: The types of need that always make such a statement.
        kinds: The kinds of context that do.
        unstated: The words by which *says* tells that the document does not say.
    """
    every = needs.read("type", "kind", *WHOM, says, "concerns_back")
    judged = every.filter(is_any_of("type", types) | is_any_of("kind", kinds))
    silent = is_blank(says) | is_any_of(says, unstated) | is_blank("party") | is_blank("data_set")
    nothing = judged.filter(silent & is_blank("concerns_back"))
    differing = _differing(judged, says).filter(is_blank("concerns_back"))
    told, untold = (in_rows(needs, judged, found, column=says) for found in (differing, nothing))
    return told + Violations(untold.found)


def _differing(statements: Frame, says: str) -> Frame:
    others = statements.select("row", *WHOM, says).rename({name: f"other_{name}" for name in (*WHOM, says)})
    pairs = paired(statements, others, "data_set", "other_data_set")
    return pairs.filter(is_equal("party", "other_party") & ~is_equal(says, f"other_{says}") & ~is_blank(says))


@check
def party_missing(
    register: Records, *, party: str, parties: Sequence[str], dated: str, only: Only | None = None
) -> Violations:
    """
    Find parties of a promised list that a register does not have.

    One line with a day is enough; a line without a day, or with one that is still to come, shows nothing. An
    organisation that nobody promised is no violation.

    Args:
        register: One row per consultation, or per contact.
        party: The column that names the party.
        parties: The parties promised, a term.
        dated: The column with the day it happened.
        only: Which lines count: a column, and the values it must have.
    """
    lines = having(register.read(party, dated, *(only or {})), only or {})
    found = Violations((), len(parties))
    for one in parties:
        mine = lines.filter(is_any_of(party, [one]))
        if count(mine.filter(~is_not_done(dated, register.as_of))) == 0:
            found += in_rows(register, mine.head(0), mine, column=dated) or Violations((Violation(register.name),))
    return found


@check
def step_missing(work: Records, *, step: str, began: str, only: Only | None = None) -> Violations:
    """
    Find work for which a step that was to come first has no date, or one after the work began.

    On the day the work began is in time. An empty *began* is a violation. Work that was still to begin when the
    register was taken is not judged.

    Args:
        work: One row per piece of work.
        step: The day of the step.
        began: The day on which the work began.
        only: Judge only rows with these values, by column. Left out, every row is judged.
    """
    judged = among(work.read(step, began, *(only or {})), only).filter(~is_after_day(began, work.as_of))
    missing = is_blank(step) | is_blank(began) | is_later(step, began)
    return in_rows(work, judged, judged.filter(missing), column=step)


@check
def not_on_the_list(
    work: Records, listed: Records, *, names: str, key: str, began: str, only: Only | None = None
) -> Violations:
    """
    Find work of somebody who is not on a list that has them all.

    Work that names nobody, or somebody whom the list does not have, is a violation. On the day on which it began there
    is still time, and work that was still to begin owes nothing; work without that day does. Somebody on the list
    without work is no violation: it may be still to begin.

    Args:
        work: One row per piece of work.
        listed: One row per contractor on the list.
        names: The column of *work* that names the line of the list.
        key: The column of *listed* with that name.
        began: The day on which the work began.
        only: Judge only rows with these values, by column. Left out, every row is judged.
    """
    judged = among(work.read(names, began, *(only or {})), only)
    judged = judged.filter(is_blank(began) | is_before_day(began, work.as_of))
    return in_rows(work, judged, without(judged, listed.read(key), names, key), column=names, absent_from=listed.name)


@check
def not_covered(
    flows: Records,
    papers: Records,
    *,
    by: str,
    to: str,
    at: str,
    start: str,
    end: str,
    only: Only | None = None,
    valid: Only | None = None,
    over: Only | None = None,
    same: Mapping[str, str] | None = None,
) -> Violations:
    """
    Find work or transfers that no contract or agreement covered on their day.

    The first and the last day of a paper count; one without an end runs on, one without a beginning never
    ran. An empty day of the flow, or an empty key on either side, is covered by nothing, and an empty cell of *same*
    says nothing that another could say too. A flow that was still to come when the register was taken is a plan, and
    not judged.

    Args:
        flows: One row per piece of work or transfer.
        papers: One row per contract or agreement, or per decision to share.
        by: The column of *flows* that says what has to be covered: who works, what data is sent, or which decision.
        to: The column of *papers* that says what it covers.
        at: The day of the flow, or its instant, of which the day in London counts.
        start: The first day of a paper.
        end: Its last day; the same column as *start* when it covers one day.
        only: Judge only flows with these values, by column; an empty cell is judged.
        valid: Only papers that show these values count; an empty cell shows none.
        over: Papers that show these values are over: without a last day, nothing shows that they still ran.
        same: Columns of *flows* and, for each, the column of *papers* that says the same, such as to whom data goes.
    """
    alike = same or {}
    every = among(flows.read(*dict.fromkeys([by, at, *(only or {}), *alike])), only).with_columns(on_day(at))
    judged = every.filter(~is_after_day(at, flows.as_of))
    told = dict.fromkeys([to, start, end, *alike.values()])
    shown = _counted(papers, told, end, valid or {}, over or {})
    both = paired(judged, shown.rename({name: f"paper_{name}" for name in told}), by, f"paper_{to}")
    begun = ~is_blank(f"paper_{start}") & is_not_before(at, f"paper_{start}")
    covered = both.filter(begun & ~is_later(at, f"paper_{end}"))
    for column, other in alike.items():
        covered = covered.filter(is_equal(column, f"paper_{other}"))
    return in_rows(flows, judged, without(judged, covered, ROW, ROW), column=by, absent_from=papers.name)


def _counted(papers: Records, told: Iterable[str], end: str, valid: Only, over: Only) -> Frame:
    """Return *told* of the *valid* papers, but for those that are over and do not say since when."""
    every = having(papers.read(*dict.fromkeys([*told, end, *valid, *over])), valid)
    undated = having(every.filter(is_blank(end)), over)
    return (without(every, undated, ROW, ROW) if over else every).select(ROW, *told)


@check
def used_under_no_paper(
    uses: Records,
    papers: Records,
    *,
    at: str,
    start: str,
    end: str,
    valid: Only,
    only: Only | None = None,
    over: Only | None = None,
) -> Violations:
    """
    Find uses on whose day no contract or agreement ran, whichever it is.

    The first and the last day of a paper count; one without an end runs on, one without a beginning never ran. An
    empty day of the use is covered by nothing.

    Args:
        uses: One row per use.
        papers: One row per contract or agreement.
        at: The day of the use, or its instant, of which the day in London counts.
        start: The first day of a paper.
        end: Its last day.
        valid: Only papers that show these values count; an empty cell shows none.
        only: Judge only uses with these values, by column; an empty cell is judged.
        over: Papers that show these values are over: without a last day, nothing shows that they still ran.
    """
    judged = among(uses.read(*dict.fromkeys([at, *(only or {})])), only).with_columns(on_day(at))
    shown = _counted(papers, (start, end), end, valid, over or {})
    both = every_pair(judged, shown.rename({name: f"paper_{name}" for name in (start, end)}))
    begun = ~is_blank(f"paper_{start}") & is_not_before(at, f"paper_{start}")
    covered = both.filter(begun & ~is_later(at, f"paper_{end}"))
    return in_rows(uses, judged, without(judged, covered, ROW, ROW), column=at, absent_from=papers.name)


@check
def not_covered_throughout(
    work: Records,
    papers: Records,
    *,
    by: str,
    to: str,
    began: str,
    until: Sequence[str],
    start: str,
    end: str,
    valid: Only | None = None,
    only: Only | None = None,
) -> Violations:
    """
    Find work, or other things with a beginning and an end, of which no contract or other paper covered a day.

    The first and the last day of a paper count, and one that is renewed on the day after leaves no gap. A
    paper without an end runs on, one without a beginning never ran. Without an end the work still goes on, or the
    data is still held, on the day the register was taken. An empty name or beginning is covered by no paper, and
    an end that lies before the beginning shows nothing, so it is a violation too. Work that was still to begin when
    the register was taken is a plan, and not judged.

    Args:
        work: One row per piece of work, per survey, or per permission in a system.
        papers: One row per contract, per piece of work of a survey, per time in which somebody ran a system, or per
            employment.
        by: The column of *work* that says what has to be covered: the processor, the piece of work, the system, or the
            person.
        to: The column of *papers* that says what it covers.
        began: The day on which the work began.
        until: The days on which the work ended, and on which the processor no longer held the data.
        start: The first day of a paper.
        end: Its last day.
        valid: Only papers that show these values count; an empty cell shows none.
        only: Judge only rows with these values, by column; an empty cell is judged. Left out, every row is judged.
    """
    judged = among(work.read(by, began, *until, *(only or {})), only).filter(~is_after_day(began, work.as_of))
    counted = having(papers.read(to, start, end, *(valid or {})), valid or {}).select(ROW, to, start, end)
    lapsed = paired(judged, lapses(counted, to, start, end), by, to)
    open_then = lapsed.filter(~is_later(began, "lapsed") & ~is_after_day("lapsed", work.as_of))
    kept = without(judged, outside(judged, counted, by, to, began, start, end), ROW, ROW)
    for last in until:
        kept = without(kept, open_then.filter(~is_later("lapsed", last)), ROW, ROW).filter(~is_later(began, last))
    return in_rows(work, judged, without(judged, kept, ROW, ROW), column=by, absent_from=papers.name)


@check
def given_data_ruled_out(work: Records, *, data_set: str, data_sets: Sequence[str]) -> Violations:
    """Find work for which a processor was given data that the promise keeps from it. An empty cell counts as given."""
    judged = work.read(data_set)
    given = is_any_of(data_set, data_sets) | is_blank(data_set)
    return in_rows(work, judged, judged.filter(given), column=data_set)


@check
def another_than_named(rows: Records, *, column: str, named: Sequence[str], only: Only | None = None) -> Violations:
    """
    Find work or contracts with another processor, or under another reference, than the document names.

    An empty *column* is a violation: nothing shows that it is the one.

    Args:
        rows: One row per piece of work, or per contract.
        column: The column judged.
        named: What the document names, a term.
        only: Judge only rows with these values, by column. Left out, every row is judged.
    """
    judged = among(rows.read(column, *(only or {})), only)
    return in_rows(rows, judged, judged.filter(is_none_of(column, named)), column=column)
