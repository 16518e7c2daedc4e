"""How many commitments and measures are in each state, out of how many: no count is over two ways of checking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dpia_checks.evidence import WORDS, records
from dpia_checks.needs import OWED, Needs


@dataclass(frozen=True)
class Denominators:
    """
    The counts that a page or a table shows, always together.

    ``owed`` counts the commitments whose method owes a verification; ``run`` those of them that ran;
    ``proven`` and ``broken`` those that ended so; ``not_run`` the rest. ``vague`` and ``attest`` owe
    none and are counted apart. ``real_held`` and ``real_did_not_hold`` come from real records only.
    """

    commitments: int
    owed: int
    run: int
    proven: int
    transcription: int
    broken: int
    not_run: int
    vague: int
    attest: int
    real_checked: int
    mitigations: int
    mitigations_proven: int


def denominators(evidence: Mapping[str, Any], needs: Needs, dpia: str = "", theme: str = "") -> Denominators:
    """Return the counts over the needs of *dpia*, or over all when it is empty; with *theme*, over its commitments."""
    prefix = f"{dpia.upper()}_" if dpia else ""
    by_need = {need: record for need, record in records(evidence).items() if need.startswith(prefix)}
    kind = f"_COM_{theme.upper()}_" if theme else "_COM_"
    commitments = {need: r for need, r in by_need.items() if kind in need}
    owed = [r for need, r in commitments.items() if needs.by_id.get(need, {}).get("method") in OWED]
    outcomes = [r["outcome"] for r in owed]
    measures = [r["outcome"] for need, r in by_need.items() if "_MIT_" in need]
    every = [r["outcome"] for r in commitments.values()]
    not_run = outcomes.count("none")
    return Denominators(
        commitments=len(commitments),
        owed=len(owed),
        run=len(owed) - not_run,
        proven=outcomes.count("proven"),
        transcription=outcomes.count("transcription"),
        broken=every.count("broken"),
        not_run=not_run,
        vague=every.count("vague"),
        attest=every.count("attest"),
        real_checked=sum(r["real"] != "none" for r in commitments.values()),
        mitigations=len(measures),
        mitigations_proven=measures.count("proven"),
    )


@dataclass(frozen=True)
class Checked:
    """
    The commitments that are checked in one way, with what came of it: a denominator for each way.

    ``states`` counts each state that occurs, best first. The examples of all of them are added up.
    """

    words: str
    commitments: int
    states: Mapping[str, int]
    examples_tried: int
    examples_caught: int
    allowed_tried: int
    allowed_passed: int


WAYS = {
    "by a test on records": ("data", "register"),
    "by a test of the document alone": ("document",),
    "by an attestation: only a person can say": ("attest",),
    "not at all, because it is too vague; its examples are of a yardstick of ours": ("vague",),
}
"""The ways to check a commitment, each with its methods. No count is over two of them."""


def by_method(evidence: Mapping[str, Any], needs: Needs, dpia: str = "") -> list[Checked]:
    """Return the counts for each way to check a commitment, over *dpia*, or over all when it is empty."""
    known = records(evidence)
    ids = [id for id in needs.of_type("commitment") if id in known and id.startswith(dpia.upper())]
    return [
        _checked(words, [known[id] for id in ids if needs.by_id[id].get("method") in methods])
        for words, methods in WAYS.items()
    ]


def _checked(words: str, of_way: Sequence[Mapping[str, Any]]) -> Checked:
    outcomes = [record["outcome"] for record in of_way]
    states = {state: outcomes.count(state) for state in reversed(WORDS) if state in outcomes}
    names = ("examples_tried", "examples_caught", "allowed_tried", "allowed_passed")
    return Checked(words, len(of_way), states, *(sum(record[name] for record in of_way) for name in names))


def measures_proven(evidence: Mapping[str, Any], needs: Needs, risk: str) -> tuple[int, int]:
    """
    Return how many of the measures that reduce *risk* have a proven check, and how many there are.

    A measure that is checked in our transcription alone has none.
    """
    by_need = records(evidence)
    measures = needs.linking("reduces", risk)
    return sum(by_need[id]["outcome"] == "proven" for id in measures if id in by_need), len(measures)
