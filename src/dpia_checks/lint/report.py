"""The results of a lint as data, shaped by ``lint.schema.json``. An unchanged document gives the same file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dpia_checks.lint.results import FAIL, NOT_APPLICABLE, PASS, Result

SCHEMA_FILE = Path(__file__).parent / "lint.schema.json"
SCHEMA_VERSION = 1


def build(dpia: str, results: Iterable[Result], tool: str) -> dict[str, Any]:
    """Return the report of *results* on *dpia*: the counts, and each rule with its answer, cases and findings."""
    listed = list(results)
    counts = Counter(result.answer.outcome for result in listed)
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": tool,
        "dpia": dpia,
        "counts": {outcome: counts[outcome] for outcome in (PASS, FAIL, NOT_APPLICABLE)},
        "rules": [_one(result) for result in listed],
    }


def _one(result: Result) -> dict[str, Any]:
    rule, answer = result.rule, result.answer
    return {
        "id": rule.id,
        "title": rule.title,
        "law": rule.law,
        "severity": rule.severity,
        "looks_at": rule.looks_at,
        "outcome": answer.outcome,
        "reason": answer.reason,
        "cases": [{"says": c.says, "needs": list(c.needs), "sections": list(c.sections)} for c in answer.cases],
        "findings": list(result.findings),
    }


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a report."""
    return dict(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def write(report: dict[str, Any], path: Path) -> None:
    """Write *report* to *path*, after its schema has accepted it."""
    import jsonschema_rs

    jsonschema_rs.Draft202012Validator(schema()).validate(report)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
