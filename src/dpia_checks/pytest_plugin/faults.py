"""What is wrong with a verification before it runs: the session is refused, with all of it said together."""

from __future__ import annotations

from pathlib import Path

import pytest

from dpia_checks.errors import InputUnusable, Problem
from dpia_checks.pytest_plugin.state import Verifying

TELLING = frozenset({"record_property", "record_testsuite_property", "record_xml_attribute", "subtests"})
"""Fixtures that write what a test gives them into a report."""


def complaints_of(metafunc: pytest.Metafunc, need: str, state: Verifying) -> list[tuple[str, str]]:
    """Return what is wrong with a verification of *need*, each with what to do about it."""
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


def orphans(state: Verifying, verified: dict[Path, set[str]]) -> list[Problem]:
    """Return a problem for each example that no test verifies, of the folders in use; *verified* are ids by file."""
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
