"""
The log of attestations: who vouches for each promise that only a person can vouch for.

It sits on the boundary: the first begins on the day the first version of the document was issued, the second on the
day after, and ends on the day the log was taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from dpia_checks.csv_tables import rows
from dpia_checks.errors import SchemaUnusable
from dpia_checks.synthetic.registers import Row, office_day

LINES = Path(__file__).with_name("attestations.csv")
PEOPLE = {
    "E&I lead": "{lead}",
    "line manager": "{lead}",
    "evaluation lead": "P01",
    "contract manager": "P20",
    "data protection officer": "P10",
    "MPS information assurance": "P31",
    "lead provider representative": "P41",
}
"""Who has each role, by staff code; the manager of Evidence and Insight is another in each evaluation."""


def log(dpia: str, versions: Sequence[Row], taken_on: date, lead: str) -> list[Row]:
    """Two lines for each commitment of ``attestations.csv``: from the first of *versions* on, and of the last year."""
    renewed = office_day(taken_on - timedelta(days=364))
    first = min(str(row["issued_on"]) for row in versions)
    listed = [cells for _, cells in rows(LINES, ("commitment", "role"), SchemaUnusable)]
    return [
        {
            "attestation_id": f"ATT-{cells['commitment']}-{turn}",
            "commitment": cells["commitment"],
            "attested_person": PEOPLE[cells["role"]].format(lead=lead),
            "attested_role": cells["role"],
            "attested_on": on,
            "valid_until": until,
            "need_ended_on": None,
            "signed": "yes",
            "evidence_reference": f"EV-{cells['commitment']}-{turn}",
        }
        for cells in listed
        if cells["commitment"].startswith(dpia.upper())
        for turn, on, until in ((1, first, renewed - timedelta(days=1)), (2, renewed, taken_on))
    ]
