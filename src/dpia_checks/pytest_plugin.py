"""
Run verifications: a test marked ``verifies("FOD_COM_BREACH_01")`` runs on clean records and on its examples.

The outcome of a caught example is a passed test with the property ``outcome=caught``. What a test
prints, warns, logs or says in an exception is never shown, since it may hold a cell.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from _pytest.outcomes import Failed

from dpia_checks import DPIAS, __version__, choosing, engines, evidence, extract_files, extras
from dpia_checks import needs as needs_files
from dpia_checks.checks.governance import attested_until
from dpia_checks.errors import Exit, InputUnusable, Problem, place_of
from dpia_checks.evidence import Run
from dpia_checks.needs import Needs
from dpia_checks.project import commit
from dpia_checks.records import ExtractSet
from dpia_checks.silence import silenced
from dpia_checks.terms import Terms
from dpia_checks.verification import GIVEN, Case, Given, Judgement, Material, judge

MARKERS = (
    "verifies(need): the commitment or mitigation, by id, that this test verifies on made-up records",
    "verifies_each(method): this test verifies each commitment of its DPIA with that method; it takes need, the id",
)
NEEDS_HELP = "needs.json of the documents, whose ids a test may verify (default: build/needs.json)"
EVIDENCE_HELP = "write the evidence of this run here, and timings.json beside it"
APPROVAL_HELP = "the reference under which a run on real records is approved; made-up records need none"
AS_OF_HELP = "judge the extract set by this day in place of its taken_on: 2019-10-01"
MAPPING_HELP = "what the files of the extract set call their columns (default: mapping.csv in its folder, if there)"
ENGINE_HELP = "what the checks run on (default: pandas); polars, duckdb and spark scan Parquet files where they lie"
ONLY_HELP = "run the verifications of this theme, commitment or table alone; may be given several times"
EXTRACTS_HELP = "also run each verification once on this extract set"
PROPERTIES = ("verifies", "case", "outcome")
TELLING = frozenset({"record_property", "record_testsuite_property", "record_xml_attribute", "subtests"})
"""Fixtures that write what a test gives them into a report."""
GOOD = frozenset(evidence.OK.values())


class NotProven(Failed):
    """The one failure whose words are shown: they are the plugin's own."""


class Verifying:
    """What the plugin knows during one session: the material by DPIA, the problems, the runs."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.needs_path = Path(config.getoption("--needs-json") or config.rootpath / "build" / "needs.json")
        self.materials: dict[Path, Material] = {}
        self.problems: list[Problem] = []
        self.items: dict[str, tuple[str, Case]] = {}
        self.runs: dict[str, Run] = {}
        self.seconds: dict[str, float] = {}
        self.asked: set[str] | None = None
        self.given: list[tuple[str, Judgement]] = []  # of the extract set handed over; never written anywhere
        self._needs: Needs | None = None

    @property
    def needs(self) -> Needs:
        """The needs of the documents, read once."""
        if self._needs is None:
            self._needs = needs_files.read(self.needs_path)
        return self._needs

    def material(self, need: str, folder: Path) -> Material:
        """Return what the verifications in *folder* run on."""
        if folder not in self.materials:
            dpia = need[:3].lower()
            real = self._given()
            if real is not None and real.facts.dpia != dpia:
                real = None
            engine = str(self.config.getoption("--engine"))
            engines.refuse_absent(engine)
            self.materials[folder] = Material(dpia, self.needs, folder, real, engine)
        return self.materials[folder]

    def _given(self) -> ExtractSet | None:
        """Return the extract set that was handed over: read by whoever started the run, or from its folder."""
        for plugin in self.config.pluginmanager.get_plugins():
            if isinstance(plugin, Given):
                return plugin.extracts
        folder, mapping = self.config.getoption("--extracts"), self.config.getoption("--mapping")
        if not folder:
            return None
        words = {name: str(self.config.getoption(f"--{name}") or "") for name in ("approval", "as-of")}
        named = Path(mapping) if mapping else None
        engine = str(self.config.getoption("--engine"))
        return extract_files.read(
            Path(folder), approval=words["approval"], as_of=words["as-of"], mapping=named, engine=engine
        )

    def crashed(self, item: pytest.Item) -> None:
        """Note that the run of *item* crashed, before, in or after its call: it shows nothing, and is our fault."""
        need, case = self.items[item.nodeid]
        had = self.runs.get(item.nodeid)
        self.runs[item.nodeid] = replace(
            had or Run(need, "", case.kind, case.name, ""), test=_nodeid(item), outcome="crashed"
        )


STATE = pytest.StashKey[Verifying]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options, which the command line and the nox sessions use."""
    group = parser.getgroup("dpia_checks")
    group.addoption("--needs-json", metavar="FILE", help=NEEDS_HELP)
    group.addoption("--evidence", metavar="FILE", help=EVIDENCE_HELP)
    group.addoption("--extracts", metavar="DIR", help=EXTRACTS_HELP)
    group.addoption("--approval", metavar="REFERENCE", help=APPROVAL_HELP)
    group.addoption("--as-of", metavar="DAY", help=AS_OF_HELP)
    group.addoption("--mapping", metavar="FILE", help=MAPPING_HELP)
    group.addoption("--engine", choices=extras.ENGINES, default=extras.ENGINES[0], help=ENGINE_HELP)
    group.addoption("--only", metavar="WORD", action="append", default=[], help=ONLY_HELP)


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker and start a session's state."""
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    config.stash[STATE] = Verifying(config)


def need_of(item: pytest.Item | pytest.Function) -> str | None:
    """Return the id that *item* verifies, or None when it is an ordinary test."""
    marker = item.get_closest_marker("verifies")
    if marker is None and item.get_closest_marker("verifies_each") and hasattr(item, "callspec"):
        return str(cast("pytest.Function", item).callspec.params["need"])
    return str(marker.args[0]) if marker and marker.args else None


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a verification its cases; note what is wrong with it, to be refused together."""
    need = need_of(metafunc.definition)
    state = metafunc.config.stash[STATE]
    path = metafunc.definition.path
    if each := metafunc.definition.get_closest_marker("verifies_each"):
        _generate_each(metafunc, str(each.args[0]), state)
        return
    if need is None:
        if metafunc.definition.get_closest_marker("verifies"):
            where = f"{_short(path, metafunc.config)}:{metafunc.function.__code__.co_firstlineno}"
            state.problems.append(Problem(where, "verifies names no need", 'Write verifies("FOD_COM_BREACH_01")'))
        return
    complaints: list[tuple[str, str]] = []
    cases: list[Case] = []
    where = f"{_short(path, metafunc.config)}:{metafunc.function.__code__.co_firstlineno}"
    try:
        complaints, cases = _complaints(metafunc, need, state), []
        if need[:3].lower() in DPIAS:
            material = state.material(need, path.parent)
            cases = material.cases(need)
            _plant(metafunc, material, [(need, case) for case in cases])
    except InputUnusable as unusable:
        state.problems += unusable.problems
    state.problems += [Problem(where, what, do) for what, do in complaints]
    if "extracts" in metafunc.fixturenames:
        cases = cases or [Case("clean", "refused")]
        metafunc.parametrize("extracts", cases, indirect=True, ids=[case.id for case in cases], scope="function")


def _generate_each(metafunc: pytest.Metafunc, method: str, state: Verifying) -> None:
    """Give a verification the cases of each commitment that has *method*, of the DPIA whose folder it is in."""
    path = metafunc.definition.path
    owed: list[tuple[str, Case]] = []
    where = f"{_short(path, metafunc.config)}:{metafunc.function.__code__.co_firstlineno}"
    try:
        material = state.material(path.parent.name, path.parent)
        for need in material.having(method):
            state.problems += [Problem(where, what, do) for what, do in _complaints(metafunc, need, state)]
            owed += [(need, case) for case in material.cases(need)]
        _plant(metafunc, material, owed)
    except InputUnusable as unusable:
        state.problems += unusable.problems
    ids = [f"{need}: {case.id}" for need, case in owed]
    if "need" in metafunc.fixturenames:
        metafunc.parametrize(("need", "extracts"), owed, indirect=["extracts"], ids=ids, scope="function")
    else:
        state.problems.append(Problem(where, "verifies_each does not take need", "Take it, and judge that need"))


def _plant(metafunc: pytest.Metafunc, material: Material, owed: list[tuple[str, Case]]) -> None:
    """Make the extract set of each case that is asked for, so that an example which cannot be planted is told now."""
    words = metafunc.config.getoption("--only")
    for need, case in owed:
        if choosing.is_asked(need, metafunc.function, words):
            material.extracts(case)


def _complaints(metafunc: pytest.Metafunc, need: str, state: Verifying) -> list[tuple[str, str]]:
    found = []
    if need not in state.needs.of_type("commitment", "mitigation"):
        found.append((f"no commitment or mitigation has the id {need}", "Write the need, or correct the id"))
    if not (metafunc.function.__doc__ or "").strip():
        found.append(("the verification has no docstring", "State in a sentence the fact that it shows"))
    if "extracts" not in metafunc.fixturenames:
        found.append(("the verification takes no extracts, so it proves nothing", "Take the fixture extracts"))
    for name in sorted(TELLING & set(metafunc.fixturenames)):
        found.append((f"the verification takes {name}, by which a cell could leave", "Take it away"))
    if metafunc.definition.get_closest_marker("xfail"):
        found.append(("the verification is expected to fail, so it could never show anything", "Take xfail away"))
    for marker in metafunc.definition.iter_markers("parametrize"):
        if not list(marker.args[1] if len(marker.args) > 1 else marker.kwargs.get("argvalues", ())):
            found.append(("parametrize is empty, so the verification would never run", "Give it values"))
    return found


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Link each verification to its need, and refuse the session when anything about them is wrong."""
    state = config.stash[STATE]
    verified: dict[Path, set[str]] = {}
    for item in items:
        if need := need_of(item):
            case = item.callspec.params["extracts"] if hasattr(item, "callspec") else Case("clean", "clean")
            item.user_properties += [("verifies", need), ("case", case.kind)]
            state.items[item.nodeid] = (need, case)
            verified.setdefault(item.path, set()).add(need)
    if not any("::" in arg for arg in config.args):
        state.problems += _orphans(state, verified)
    _choose(config, items)
    if state.problems:
        raise pytest.UsageError("\n".join(dict.fromkeys(str(problem) for problem in state.problems)))


def _choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave of *items* what ``--only`` asks for, if it was given; note it when that is nothing."""
    state, words = config.stash[STATE], config.getoption("--only")
    if not words:
        return
    try:
        choosing.check(words, state.needs)
    except InputUnusable as unusable:
        state.problems += unusable.problems
        return
    asked = {item.nodeid: need_of(item) for item in items if _is_asked(item, words)}
    state.asked = {need for need in asked.values() if need}
    if not asked:
        state.problems.append(Problem("--only", "no verification is written for what it names", "Name something else"))
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in asked])
    items[:] = [item for item in items if item.nodeid in asked]
    state.items = {nodeid: state.items[nodeid] for nodeid in asked if nodeid in state.items}


def _is_asked(item: pytest.Item, words: list[str]) -> bool:
    need = need_of(item)
    return need is not None and choosing.is_asked(need, cast("pytest.Function", item).function, words)


def _orphans(state: Verifying, verified: dict[Path, set[str]]) -> list[Problem]:
    problems = []
    done = set().union(*verified.values()) if verified else set()
    for folder, material in state.materials.items():
        try:
            examples = material.examples
        except InputUnusable:
            continue
        for example in examples:
            if state.needs.by_id.get(example.need, {}).get("method") == "attest":
                continue  # one test verifies them all, wherever it stands
            theme = example.need.split("_")[2].lower() if example.need.count("_") == 3 else ""
            file = folder / f"test_{theme}.py"
            if example.need not in done and (file in verified or not file.exists()):
                do = f"Write its verification in {file.name}, or take the example out"
                problems.append(Problem(example.where, f"an example of {example.need}, which no test verifies", do))
    return problems


@pytest.fixture
def extracts(request: pytest.FixtureRequest) -> ExtractSet:
    """The one extract set that this run of a verification sees."""
    need = need_of(request.node)
    if need is None:
        pytest.fail("the fixture extracts is for verifications: mark the test with verifies", pytrace=False)
    return request.config.stash[STATE].material(need, request.node.path.parent).extracts(request.param)


@pytest.fixture
def terms(request: pytest.FixtureRequest) -> Terms:
    """The terms of the commitment that this test verifies; asking for one without a line raises."""
    need = need_of(request.node)
    if need is None:
        pytest.fail("the fixture terms is for verifications: mark the test with verifies", pytrace=False)
    return request.config.stash[STATE].material(need, request.node.path.parent).terms_of(need)


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
        test=_test_id(pyfuncitem),
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


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write evidence and timings. What was collected and did not run is written down as skipped."""
    state = session.config.stash[STATE]
    target = session.config.getoption("--evidence")
    if not target or state.problems or session.config.option.collectonly:
        return
    for nodeid, (need, case) in state.items.items():
        if nodeid not in state.runs:
            state.runs[nodeid] = Run(need, nodeid.partition("[")[0], case.kind, case.name, "skipped")
    materials = state.materials.values()
    sets = [made for material in materials for made in (material.clean, material.real) if made is not None]
    numbers = {
        need: [t.name for t in terms.lines.values() if t.is_number]
        for m in materials
        for need, terms in m.terms.items()
    }
    made_by = {
        "tool": __version__,
        "commit": commit(session.config.rootpath),
        "engine": str(session.config.getoption("--engine")),
        "extract_sets": [_facts(s) for s in sets],
        **({"only": session.config.getoption("--only")} if state.asked is not None else {}),
    }
    made = evidence.build(state.needs, list(state.runs.values()), numbers, made_by, state.asked)
    evidence.write(made, Path(target))
    timings = {nodeid: round(seconds, 4) for nodeid, seconds in sorted(state.seconds.items())}
    Path(target).with_name("timings.json").write_text(json.dumps(timings, indent=1) + "\n", encoding="utf-8")
    if evidence.verdict(evidence.read(Path(target))) is Exit.DID_NOT_HOLD and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _facts(made: ExtractSet) -> dict[str, Any]:
    rows = {name: text.num_rows for name, text in sorted(made.texts.items())}
    facts = made.facts
    return {
        "dpia": facts.dpia,
        "name": facts.name if facts.origin == "synthetic" else "a real extract set",
        "origin": facts.origin,
        "taken_on": facts.taken_on,
        "seed": facts.seed,
        "scale": facts.scale,
        "rows": rows,
        "digests": dict(facts.digests),
        **({"approval": facts.approval} if facts.approval else {}),
        **({"as_of": facts.as_of} if facts.as_of else {}),
    }


def _test_id(item: pytest.Function) -> str:
    return f"{_short(item.path, item.config)}::{item.originalname}"


def _nodeid(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def _short(path: Path, config: pytest.Config) -> str:
    return path.relative_to(config.rootpath).as_posix() if path.is_relative_to(config.rootpath) else path.name
