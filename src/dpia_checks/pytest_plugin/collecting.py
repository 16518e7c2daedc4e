"""Give each verification its cases, link it to its need, and refuse the session when anything is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from dpia_checks import DPIAS, choosing
from dpia_checks.errors import InputUnusable, Problem
from dpia_checks.pytest_plugin.faults import complaints_of, orphans
from dpia_checks.pytest_plugin.state import STATE, Verifying, need_of, short
from dpia_checks.verification import Case, Material


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
            where = f"{short(path, metafunc.config)}:{metafunc.function.__code__.co_firstlineno}"
            state.problems.append(Problem(where, "verifies names no need", 'Write verifies("FOD_COM_BREACH_01")'))
        return
    complaints: list[tuple[str, str]] = []
    cases: list[Case] = []
    where = f"{short(path, metafunc.config)}:{metafunc.function.__code__.co_firstlineno}"
    try:
        complaints, cases = complaints_of(metafunc, need, state), []
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
    where = f"{short(path, metafunc.config)}:{metafunc.function.__code__.co_firstlineno}"
    try:
        material = state.material(path.parent.name, path.parent)
        for need in material.having(method):
            state.problems += [Problem(where, what, do) for what, do in complaints_of(metafunc, need, state)]
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
        state.problems += orphans(state, verified)
    _choose(config, items)
    if state.problems:
        raise pytest.UsageError("\n".join(dict.fromkeys(str(problem) for problem in state.problems)))


def _choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave of *items* what ``--only`` asks for, if it was given; note each word of it that asks for nothing."""
    state, words = config.stash[STATE], config.getoption("--only")
    if not words:
        return
    try:
        choosing.check(words, state.needs)
    except InputUnusable as unusable:
        state.problems += unusable.problems
        return
    found = [{item.nodeid: need_of(item) for item in items if _is_asked(item, [word])} for word in words]
    asked = {nodeid: need for each in found for nodeid, need in each.items()}
    state.asked = {need for need in asked.values() if need}
    what = "no verification is written for what it names in the documents that were asked for"
    places = [f"--only, {position} of {len(words)}" for position, each in enumerate(found, start=1) if not each]
    state.problems += [Problem(place, what, "Name something else, or leave it out") for place in places]
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in asked])
    items[:] = [item for item in items if item.nodeid in asked]
    state.items = {nodeid: state.items[nodeid] for nodeid in asked if nodeid in state.items}


def _is_asked(item: pytest.Item, words: list[str]) -> bool:
    need = need_of(item)
    return need is not None and choosing.is_asked(need, cast("pytest.Function", item).function, words)
