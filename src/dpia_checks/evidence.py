"""
The recorded outcomes of a run, and the one place where a state is computed.

Evidence counts; it holds no value and no position. The file is shaped like a ``needs.json``: one
``verification`` record for every commitment and mitigation, run or not, so that the site can import
it and copy the state. A state says what the made-up records show of the *check*. What a run on real
records shows of the *promise* is the separate field ``real``.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dpia_checks.errors import EvidenceUnusable, Exit, Problem, opening
from dpia_checks.needs import Needs

SCHEMA_VERSION = 1
SCHEMA_FILE = Path(__file__).with_name("evidence.schema.json")

WORDS = {
    "broken": "check broken (ours: says nothing about MOPAC)",
    "none": "no check yet",
    "vague": "too vague to check",
    "attest": "attestation due",
    "transcription": "checked in our transcription",
    "proven": "check proven (made-up records)",
}
"""The states of the synthetic run and their public words, worst first."""
WORST_FIRST = tuple(WORDS)
REAL_WORDS = {"none": "no evidence", "held": "held", "did not hold": "did not hold"}

BY_YARDSTICK = (
    "the document gives no measure; with a yardstick of ours in its place, our check works on made-up records"
)
LOG_WORKS = "our check of the log of attestations works on made-up records"
NO_PROMISE = frozenset({"vague", "attest", "document"})
"""The methods whose promise no run on records can show kept or not kept, whatever was run."""
NOT_ASKED = "not asked for in this run"
"""The reason of a commitment or measure that was left out on purpose: it is not run, and no gap either."""
OK = {"clean": "held", "violation": "caught", "allowed": "passed", "number": "bound"}
"""What each kind of run on made-up records must end as for the check to be proven."""


@dataclass(frozen=True)
class Run:
    """
    One run of one verification on one extract set.

    ``case`` is ``clean``, ``violation``, ``allowed``, ``number`` (a term moved one step), or on records
    that were handed over ``real`` or ``rehearsal``, as their manifest says where they came from.
    ``outcome`` is the word of :data:`OK` when it went well, else one of ``did not hold``, ``missed``,
    ``flagged``, ``not bound``, ``crashed``, ``proves nothing``, ``no evidence``, ``skipped``.
    ``attested_until`` is the last day of an attestation, from a log of real origin alone.
    ``most`` is the most records or columns that one of its checks judged; ``judged`` adds all of them up.
    """

    need: str
    test: str
    case: str
    name: str
    outcome: str
    checks: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    judged: int = 0
    violations: int = 0
    attested_until: str = ""
    most: int = 0


def verification_id(need: str) -> str:
    """Return the id of the verification record of *need*: its own tail, with MIT kept apart from COM."""
    dpia, kind, theme, number = need.split("_")
    return f"{dpia}_VER_{'MIT' if kind == 'MIT' else ''}{theme}_{number}"


def state(method: str, runs: Sequence[Run], numbers: Iterable[str] = ()) -> tuple[str, str]:
    """
    Return the state of one commitment from the runs on made-up records, and the reason in words.

    Args:
        method: How the commitment is to be checked; empty for a mitigation.
        runs: Its runs; those on real records are left out of account.
        numbers: The names of the numbers in its terms. Each needs an example of both kinds.
    """
    runs = [run for run in runs if run.case in OK]
    bad = [run for run in runs if run.outcome not in {OK.get(run.case), "skipped"}]
    if bad:
        return "broken", f"{bad[0].case} {bad[0].name}: {bad[0].outcome}".replace("clean clean", "clean extracts")
    if method == "vague":
        return "vague", BY_YARDSTICK if runs else "nothing measurable is promised; a finding says so"
    if method == "attest":
        done = {run.case for run in runs if run.outcome != "skipped"}
        works = {"clean", "violation", "allowed"} <= done
        return "attest", "only a person can say" + (f"; {LOG_WORKS}" if works else "")
    ran = [run for run in runs if run.outcome != "skipped"]
    if not ran:
        return "none", "the verification was skipped" if runs else "no verification is written yet"
    if len(ran) < len(runs) or not any(run.case == "clean" for run in ran):
        return "none", "part of the verification was skipped"
    missing = [kind for kind in ("violation", "allowed") if not any(run.case == kind for run in ran)]
    if missing:
        return "broken", f"it has no {' and no '.join(missing)} example"
    if unbound := [name for name in numbers if not any(run.case == "number" and run.name == name for run in ran)]:
        return "broken", f"no example binds the number {unbound[0]}"
    return ("transcription" if method == "document" else "proven"), ""


def worst(states: Iterable[str]) -> str:
    """Return the worst of *states*; ``none`` when there is no state at all."""
    return min(states, key=WORST_FIRST.index, default="none")


def real_state(runs: Sequence[Run], case: str = "real") -> str:
    """
    Return what runs on records that were handed over show of the promise: ``held``, ``did not hold`` or ``none``.

    A crash is a fault of ours and shows nothing. *case* is ``real``, or ``rehearsal`` for made-up records.
    """
    outcomes = {run.outcome for run in runs if run.case == case}
    if "did not hold" in outcomes:
        return "did not hold"
    return "held" if outcomes == {"held"} else "none"


def build(
    needs: Needs,
    runs: Sequence[Run],
    numbers: Mapping[str, Sequence[str]],
    made_by: Mapping[str, Any],
    asked: Collection[str] | None = None,
) -> dict[str, Any]:
    """
    Return the evidence of *runs*: a record for every commitment and mitigation of *needs*.

    Args:
        needs: The needs of the documents.
        runs: What was run; may be empty.
        numbers: The names of the numbers in the terms, by commitment.
        made_by: Tool version, commit and extract sets, stored as given under ``made_by``.
        asked: The commitments and measures that the run was asked for, or None when it was asked for all.
    """
    by_need: dict[str, list[Run]] = {}
    for run in runs:
        by_need.setdefault(run.need, []).append(run)
    records: dict[str, dict[str, Any]] = {}
    for need in needs.of_type("commitment"):
        method = str(needs.by_id[need].get("method") or "")
        its_runs = by_need.get(need, [])
        records[need] = _record(need, needs, its_runs, *state(method, its_runs, numbers.get(need, ())))
    for need in needs.of_type("mitigation"):
        delivered = [records[id]["outcome"] for id in needs.linking("delivers", need)]
        own = [state("", by_need[need])] if need in by_need else []
        outcome = worst([*(of_own for of_own, _ in own), *delivered])
        reason = own[0][1] if own else "" if delivered else "no commitment that delivers it is written yet"
        if delivered and outcome not in {of_own for of_own, _ in own}:
            several = f"the worst of the {len(delivered)} commitments that deliver it"
            reason = "the state of the one commitment that delivers it" if len(delivered) == 1 else several
        records[need] = _record(need, needs, by_need.get(need, []), outcome, reason)
    for need, record in records.items():
        if asked is not None and need not in asked and record["outcome"] != "broken":
            record["reason"] = NOT_ASKED
    made = {record["id"]: record for record in records.values()}
    return {
        "schema_version": SCHEMA_VERSION,
        "project": "dpia_checks",
        "current_version": "1",
        "made_by": dict(made_by),
        "versions": {"1": {"needs": {id: made[id] for id in sorted(made)}, "needs_amount": len(made)}},
    }


def _record(need: str, needs: Needs, runs: Sequence[Run], outcome: str, reason: str) -> dict[str, Any]:
    def tally(case: str) -> tuple[int, int]:
        of_case = [run for run in runs if run.case == case]
        return len(of_case), sum(run.outcome == OK[case] for run in of_case)

    no_promise = needs.by_id[need].get("method") in NO_PROMISE
    clean = [run for run in runs if run.case == "clean"]
    (tried, caught), (allowed, passed), (moved, bound) = tally("violation"), tally("allowed"), tally("number")
    return {
        "id": verification_id(need),
        "type": "verification",
        "title": f"Verification of {needs.title(need)}",
        "verifies": [need],
        "outcome": outcome,
        "reason": reason,
        "real": "none" if no_promise else real_state(runs),
        "rehearsal": "none" if no_promise else real_state(runs, "rehearsal"),
        "attested_until": max((run.attested_until for run in runs if run.case == "real"), default=""),
        "tests": sorted({run.test for run in runs}),
        "checks": sorted({check for run in clean for check in run.checks}),
        "tables": sorted({table for run in clean for table in run.tables}),
        "judged": sum(run.judged for run in clean),
        "examples_tried": tried,
        "examples_caught": caught,
        "allowed_tried": allowed,
        "allowed_passed": passed,
        "numbers_tried": moved,
        "numbers_bound": bound,
        "real_judged": max((run.most for run in runs if run.case == "real"), default=0),
        "real_violations": sum(run.violations for run in runs if run.case == "real"),
        "results": [f"{run.case}: {run.outcome}: {run.name}" for run in runs if run.case in OK],
    }


def write(evidence: Mapping[str, Any], path: Path) -> None:
    """Write *evidence*, the same bytes for the same outcomes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text_of(evidence), encoding="utf-8", newline="\n")


def text_of(evidence: Mapping[str, Any]) -> str:
    """Return what a file of *evidence* holds: the same for the same content."""
    return json.dumps(evidence, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def read(path: Path, where: str = "") -> dict[str, Any]:
    """
    Return the evidence of *path*, which messages call *where*, or by its name.

    Raises:
        EvidenceUnusable: The file is absent, is no JSON, or does not follow the schema of this version.
    """
    import jsonschema_rs

    where = where or path.name
    with opening(EvidenceUnusable, where):
        content = path.read_bytes() if path.is_file() else None
    if content is None:
        raise EvidenceUnusable([Problem(where, "there is no evidence yet", "Run dpia-checks verify")])
    try:
        evidence = json.loads(content.decode("utf-8"))
        jsonschema_rs.Draft202012Validator(schema()).validate(evidence)
    except (ValueError, RecursionError) as error:  # no JSON, or not of the schema
        what = f"it does not follow version {SCHEMA_VERSION} of the evidence schema"
        do = "Delete it and run dpia-checks verify" if where == path.name else "Name a file that verify --json wrote"
        raise EvidenceUnusable([Problem(where, what, do)]) from error
    return dict(evidence)


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of an evidence file."""
    return dict(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def records(evidence: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the verification records of *evidence* by the id of the need they verify."""
    made = evidence["versions"][evidence["current_version"]]["needs"]
    return {record["verifies"][0]: record for record in made.values()}


def verdict(evidence: Mapping[str, Any]) -> Exit:
    """Return the exit code of *evidence*: 1 when any check is broken or any promise did not hold."""
    outcomes = records(evidence).values()
    failed = any(record["outcome"] == "broken" or record["real"] == "did not hold" for record in outcomes)
    return Exit.DID_NOT_HOLD if failed else Exit.HELD
