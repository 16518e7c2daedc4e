"""
The incidents that each evaluation logged over its own life: few, told apart, and mostly not notifiable.

None is notifiable before the document that says there had been none; none comes after the data is gone. One that a
contracted provider found is of answers that it held that day; each happened at an hour at which somebody works. On the
boundary: the regulator hears in the last minute of the last hour, across the night the clocks went forward;
the police and the provider hear in the last minute of theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dpia_checks.synthetic.registers import Row, after, instant, office_day

PARTNER = {
    "MPS data": "mps_told_at",
    "Female Offender data": "lead_provider_told_at",
    "LGE data": "lead_provider_told_at",
}
"""Which partner hears of a notifiable breach of which data."""


@dataclass(frozen=True)
class Incident:
    """
    One incident: when it was found, how long after it happened, in which data, with how many people's records.

    *regulator* and *partner* are the hours until they were told; an incident without them was not notifiable.
    One without records was about corporate information.
    """

    found: datetime
    hours_unseen: int
    data: str
    records: int | None
    what: str
    lesson: str | None = None
    regulator: int | None = None
    partner: int | None = None
    serious: bool = False
    found_by: str = "MOPAC staff"


FOD = (
    Incident(datetime(2019, 11, 12, 11, 20), 2, "MPS data", 2, "a list e-mailed to the wrong team inside"),
    Incident(
        datetime(2020, 1, 21, 15, 5),
        26,
        "bespoke data",
        14,
        "answers to a survey shown to a colleague who had no need",
        "rights on the survey portal checked each month",
        found_by="contracted provider",
    ),
    Incident(
        datetime(2020, 9, 22, 9, 15),
        17,
        "MPS data",
        31,
        "a file with names saved in a folder open to another team",
        "folder rights checked before each download",
        regulator=20,
        partner=24,
    ),
    Incident(
        datetime(2021, 3, 26, 10, 0),
        18,
        "Female Offender data",
        58,
        "a locked file and its password sent to the same wrong address",
        "passwords go another way than files",
        regulator=72,
        partner=24,
        serious=True,
    ),
    Incident(datetime(2021, 9, 14, 13, 40), 4, "bespoke data", None, "prices of a tender sent to another bidder"),
    Incident(
        datetime(2022, 2, 16, 16, 30),
        49,
        "NPS data",
        9,
        "a table with rare cases sent to a partner",
        "a second person looks for small numbers",
        regulator=44,
        found_by="partner",
    ),
    Incident(
        datetime(2022, 10, 20, 9, 50),
        15,
        "bespoke data",
        40,
        "a laptop with the list of the panel stolen, its disk encrypted, and found again",
        "laptops do not stay in cars",
        serious=True,
    ),
    Incident(datetime(2023, 5, 3, 14, 10), 118, "MPS data", 5, "a printed list found beside the printer"),
)
"""The incidents of the diversion evaluation."""

LGE = (
    Incident(
        datetime(2017, 2, 28, 10, 40), 3, "LGE data", 1, "a message about one client sent to the wrong key worker"
    ),
    Incident(
        datetime(2017, 3, 21, 15, 25),
        22,
        "bespoke data",
        6,
        "a link to the answers to a survey that asked for no password",
        "each link is tried before it is sent",
        found_by="contracted provider",
    ),
    Incident(datetime(2018, 11, 27, 12, 5), 1, "bespoke data", None, "a draft budget sent to a mailing list"),
    Incident(
        datetime(2019, 8, 27, 9, 35),
        88,
        "MPS data",
        3,
        "a download kept on a desktop over a weekend",
        "downloads go straight to the folder",
    ),
    Incident(
        datetime(2020, 1, 14, 9, 15),
        18,
        "MPS data",
        27,
        "a file of matched records opened by somebody outside the team",
        "rights on the folder end on the day somebody moves",
        regulator=31,
        partner=24,
    ),
    Incident(
        datetime(2020, 3, 27, 10, 0),
        12,
        "LGE data",
        44,
        "a file sent to a private address on the first days of work from home",
        "addresses are taken from the list of contacts only",
        regulator=72,
        partner=24,
        serious=True,
    ),
    Incident(datetime(2020, 7, 8, 16, 20), 6, "LGE data", 2, "a form left on a desk at a partner", found_by="partner"),
)
"""The incidents of the gang exit evaluation."""


def log(incidents: Iterable[Incident]) -> list[Row]:
    """Return the log of *incidents*, numbered in the order in which they were found."""
    return [
        {
            "breach_id": f"PDB-{number:02d}",
            "data_set": incident.data,
            "notifiable": "no" if incident.regulator is None else "yes",
            "serious": "yes" if incident.serious else "no",
            "found_by": incident.found_by,
            "occurred_at": instant(incident.found - timedelta(hours=incident.hours_unseen)),
            "detected_at": instant(incident.found),
            "nature": "sensitive corporate" if incident.records is None else "personal",
            "records": incident.records,
            "impact": _impact(incident),
            "actions": "access closed; people concerned considered"
            if incident.records
            else "the others asked to delete it",
            "investigated_on": office_day((incident.found + timedelta(days=2 + number % 5)).date()),
            "lessons": incident.lesson,
            **_told(incident),
        }
        for number, incident in enumerate(incidents, start=1)
    ]


def _impact(incident: Incident) -> str:
    if incident.records is None:
        return f"{incident.what}: on MOPAC's work only"
    if incident.regulator is None:
        return f"{incident.what}: weighed, and a risk to the people is unlikely"
    return f"{incident.what}: weighed for the people, their families, staff, the public and MOPAC"


def _told(incident: Incident) -> Row:
    """Who was told, and when: of a notifiable one the regulator and whose data it is; of any, MOPAC's own people."""
    row: dict[str, object] = {}
    if incident.regulator is not None:
        row["ico_told_at"] = after(incident.found, hours=incident.regulator)
    if incident.partner is not None:
        row[PARTNER[incident.data]] = after(incident.found, hours=incident.partner)
    if "mps_told_at" in row:
        row["mps_told_by"] = "IAU security mailbox"
    if incident.serious:
        row["senior_official_told_at"] = after(incident.found, minutes=25)
    if incident.found_by == "contracted provider":
        row["contract_manager_told_at"] = after(incident.found, hours=2)
    return row
