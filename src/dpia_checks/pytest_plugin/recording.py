"""Write down what ran, as evidence and timings, when the session ends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from dpia_checks import __version__, evidence
from dpia_checks.errors import Exit
from dpia_checks.evidence import Run
from dpia_checks.project import commit
from dpia_checks.pytest_plugin.state import STATE, Verifying
from dpia_checks.records import ExtractSet
from dpia_checks.verification import Kept, not_read, unfit


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """
    Make the evidence, and write it and the timings where they were asked for.

    What was collected and did not run is written down as skipped. Whoever started the run and brought a
    :class:`~dpia_checks.verification.Kept` is handed the evidence there; then nothing of it need be in any file.
    """
    state = session.config.stash[STATE]
    target = session.config.getoption("--evidence")
    keepers = [plugin for plugin in session.config.pluginmanager.get_plugins() if isinstance(plugin, Kept)]
    if not (target or keepers) or state.problems or session.config.option.collectonly:
        return
    made = _made(session, state)
    for keeper in keepers:
        keeper.made = made
        keeper.unfit = unfit(judgement for _, judgement in state.given)
    if target:
        evidence.write(made, Path(target))
        timings = {nodeid: round(seconds, 4) for nodeid, seconds in sorted(state.seconds.items())}
        Path(target).with_name("timings.json").write_text(json.dumps(timings, indent=1) + "\n", encoding="utf-8")
    if evidence.verdict(made) is Exit.DID_NOT_HOLD and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _made(session: pytest.Session, state: Verifying) -> dict[str, Any]:
    import jsonschema_rs

    for nodeid, (need, case) in state.items.items():
        if nodeid not in state.runs:
            state.runs[nodeid] = Run(need, nodeid.partition("[")[0], case.kind, case.name, "skipped")
    materials = state.materials.values()
    sets = [_facts(material.clean) for material in materials]
    given = [material.real for material in materials if material.real is not None]
    sets += [_facts(real, not_read(real, (judgement for _, judgement in state.given))) for real in given]
    numbers = {
        need: [t.name for t in terms.lines.values() if t.is_number]
        for m in materials
        for need, terms in m.terms.items()
    }
    made_by = {
        "tool": __version__,
        "commit": commit(session.config.rootpath),
        "engine": str(session.config.getoption("--engine")),
        "extract_sets": sets,
        **({"only": session.config.getoption("--only")} if state.asked is not None else {}),
    }
    made = evidence.build(state.needs, list(state.runs.values()), numbers, made_by, state.asked)
    jsonschema_rs.Draft202012Validator(evidence.schema()).validate(made)
    return made


def _facts(made: ExtractSet, unread: Mapping[str, list[str]] | None = None) -> dict[str, Any]:
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
        **({"not_read": dict(unread)} if unread else {}),
    }
