"""
The verdicts of one run as one page: no script, no picture, nothing fetched, so that it opens from a folder.

Its style stands in the page, and the page allows that style alone, by its digest.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from dpia_checks import outcomes
from dpia_checks.counts import denominators
from dpia_checks.evidence import records
from dpia_checks.needs import Needs

TEMPLATE = "run.html"
STYLE = (Path(__file__).parent / "templates" / "run.css").read_text(encoding="utf-8")
FACTS = {
    "origin": "Where the records come from",
    "taken_on": "Taken on",
    "as_of": "Judged by the day",
    "approval": "Approved under",
}
"""What the page says of an extract set that was handed over; its name, files and digests stay in the evidence."""


def shown(
    evidence: Mapping[str, Any], needs: Needs, dpias: Sequence[str], told: Sequence[str], missing: Sequence[str]
) -> dict[str, Any]:
    """
    Return what the page shows.

    Args:
        evidence: The evidence of the run.
        needs: The needs of the documents.
        dpias: The DPIAs that were asked for.
        told: What each failure says, without a value.
        missing: A sentence on each kind of table without evidence.
    """
    sets = evidence["made_by"]["extract_sets"][-1:]  # what was handed over comes after what we made up
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return {
        "style": Markup(STYLE),  # noqa: S704
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'",
        "dpias": [dpia.upper() for dpia in dpias],
        "made_by": evidence["made_by"],
        "sets": [[(words, made[name]) for name, words in FACTS.items() if made.get(name)] for made in sets],
        "heads": outcomes.COUNTS,
        "counts": [(dpia.upper(), *outcomes.said(denominators(evidence, needs, dpia))) for dpia in dpias],
        "note": outcomes.NOTE,
        "lines": [line for dpia in dpias for line in _lines(evidence, needs, dpia)],
        "told": told,
        "missing": missing,
    }


def _lines(evidence: Mapping[str, Any], needs: Needs, dpia: str) -> list[dict[str, Any]]:
    return [
        {
            "id": need,
            "title": needs.title(need),
            "record": record,
            "said": outcomes.state(record),
            "examples": outcomes.examples(record),
            "given": outcomes.given(record, needs.by_id.get(need, {}).get("method")),
        }
        for need, record in sorted(records(evidence).items())
        if need.startswith(f"{dpia.upper()}_COM_")
    ]
