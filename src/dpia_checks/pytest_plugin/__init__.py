"""
Run verifications: a test marked ``verifies("FOD_COM_BREACH_01")`` runs on clean records and on its examples.

The outcome of a caught example is a passed test with the property ``outcome=caught``. What a test
prints, warns, logs or says in an exception is never shown, since it may hold a cell.

Here are the options and the fixtures; pytest finds the other hooks by the names that are imported here.
"""

from __future__ import annotations

import pytest

from dpia_checks import extras
from dpia_checks.pytest_plugin.collecting import pytest_collection_modifyitems, pytest_generate_tests
from dpia_checks.pytest_plugin.recording import pytest_sessionfinish
from dpia_checks.pytest_plugin.running import (
    pytest_pyfunc_call,
    pytest_report_teststatus,
    pytest_runtest_makereport,
    pytest_runtest_setup,
    pytest_runtest_teardown,
)
from dpia_checks.pytest_plugin.state import STATE, Verifying, need_of
from dpia_checks.records import ExtractSet
from dpia_checks.terms import Terms

__all__ = [
    "extracts",
    "pytest_addoption",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_generate_tests",
    "pytest_pyfunc_call",
    "pytest_report_teststatus",
    "pytest_runtest_makereport",
    "pytest_runtest_setup",
    "pytest_runtest_teardown",
    "pytest_sessionfinish",
    "terms",
]

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
    """Register the marker and start a session's state; refuse evidence of a run that is shared by processes."""
    if config.getoption("--evidence") and config.getoption("numprocesses", None):
        raise pytest.UsageError("--evidence writes down what one process ran: leave out -n (--numprocesses)")
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    config.stash[STATE] = Verifying(config)


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
