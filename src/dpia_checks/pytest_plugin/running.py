"""Judge each verification in place of calling it bare, and keep what it prints or raises out of every report."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import nullcontext
from pathlib import Path
from typing import Any, cast

import pytest
from _pytest.outcomes import Failed

from dpia_checks import evidence
from dpia_checks.checks.governance import attested_until
from dpia_checks.errors import place_of
from dpia_checks.evidence import Run
from dpia_checks.needs import Needs
from dpia_checks.pytest_plugin.state import STATE, Verifying, need_of, test_id
from dpia_checks.records import ExtractSet
from dpia_checks.silence import silenced
from dpia_checks.terms import Terms
from dpia_checks.verification import GIVEN, Case, Judgement, judge

PROPERTIES = ("verifies", "case", "outcome")
GOOD = frozenset(evidence.OK.values())


class NotProven(Failed):
    """The one failure whose words are shown: they are the plugin's own."""


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Judge a verification in place of calling it bare."""
    need = need_of(pyfuncitem)
    if need is None:
        return None
    state = pyfuncitem.config.stash[STATE]
    case = cast("Case", pyfuncitem.callspec.params["extracts"])
    others = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}

    def verification(extract_set: ExtractSet, its_terms: Terms) -> None:
        pyfuncitem.obj(**{**others, "extracts": extract_set, **({"terms": its_terms} if "terms" in others else {})})

    judgement = judge(verification, need, case, state.material(need, pyfuncitem.path.parent))
    ledger = judgement.result.ledger
    if case.kind in GIVEN:
        state.given.append((need, judgement))
    state.runs[pyfuncitem.nodeid] = Run(
        need=need,
        test=test_id(pyfuncitem),
        case=case.kind,
        name=case.name,
        outcome=judgement.outcome,
        checks=tuple(sorted(set(ledger.checks))),
        tables=tuple(ledger.tables),
        judged=ledger.judged,
        violations=len(judgement.result.found),
        most=ledger.most,
        attested_until=_attested_until(need, case, judgement, state, pyfuncitem.path.parent),
    )
    pyfuncitem.user_properties.append(("outcome", judgement.outcome))
    if judgement.outcome == "no evidence" and case.kind in GIVEN:
        return True
    if case.kind in GIVEN and state.needs.by_id[need].get("method") in evidence.NO_PROMISE:
        return True  # a yardstick of ours never makes a promise fail
    if judgement.outcome not in GOOD:
        raise NotProven(_told(need, case, judgement, state.needs), pytrace=False)
    return True


def _attested_until(need: str, case: Case, judgement: Judgement, state: Verifying, folder: Path) -> str:
    """Return until when *need* is attested, when a log of real origin shows it; else nothing."""
    is_attested = state.needs.by_id[need].get("method") == "attest" and judgement.outcome == "held"
    if case.kind != "real" or not is_attested:
        return ""
    with silenced():
        return attested_until(state.material(need, folder).extracts(case)["attestations"], commitment=need)


def _told(need: str, case: Case, judgement: Judgement, needs: Needs) -> str:
    said = "could not be judged" if judgement.result.ended == "crashed" else "did not hold"
    lines = [f"{need} {needs.title(need)}: {said if case.kind in GIVEN else 'check broken'}", judgement.why]
    measures = needs.links(need, "delivers") if "_COM_" in need else [need]
    for measure in measures:
        risks = needs.links(measure, "reduces")
        named = " and ".join(f"{risk} {needs.title(risk)}" for risk in risks)
        lines.append(f"It delivers {measure} {needs.title(measure)}, a measure against {named}")
    return "\n".join(lines)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Keep what a verification printed, and what its exceptions say, out of the report."""
    report: Any = yield
    if need_of(item):
        report.sections = []
        report.user_properties = [kept for kept in report.user_properties if kept[0] in PROPERTIES]
        if call.excinfo is not None and not report.passed:
            _hide(report, need_of(item) or "", call.excinfo.value)
            if report.failed and not call.excinfo.errisinstance(NotProven):
                item.config.stash[STATE].crashed(item)
        if report.when == "call":
            item.config.stash[STATE].seconds[item.nodeid] = report.duration
    return report


def _hide(report: Any, need: str, error: BaseException) -> None:
    """Leave of an exception its kind and place, and of the plugin's own its words: never a frame with its locals."""
    if isinstance(error, NotProven):
        report.longrepr = str(error)
    elif report.skipped and isinstance(report.longrepr, tuple):
        path, line, _ = report.longrepr
        report.longrepr = (path, line, f"Skipped: {need} (the reason is not shown: it may hold a value)")
    else:
        report.longrepr = f"{need}: {place_of(error)}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, Any, Any]:
    """Set a verification up in silence: a fixture may print what it reads."""
    with silenced() if need_of(item) else nullcontext():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, Any, Any]:
    """Tear a verification down in silence."""
    with silenced() if need_of(item) else nullcontext():
        return (yield)


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Show a caught example as caught."""
    if report.when == "call" and report.passed and ("outcome", "caught") in report.user_properties:
        return "caught", "c", "CAUGHT"
    return None
