"""
The record of processing: a line for each data set, category and purpose, with the basis it rests on.

Every use of the register of uses has its line, the further research too, and nothing else has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dpia_checks.synthetic.registers import Row

ALL = ("ordinary", "special category", "criminal offence")
FOD = {
    ("Female Offender data", "performance framework"): ALL,
    ("WIP data", "performance framework"): ("ordinary",),
    ("CRC data", "impact evaluation"): ALL,
    ("NPS data", "impact evaluation"): ALL,
    ("MPS data", "impact evaluation"): ("ordinary", "criminal offence"),
    ("bespoke data", "process evaluation"): ("ordinary",),
    ("bespoke data", "other research and analytics"): ("ordinary",),
}
LGE = {
    ("LGE data", "performance review"): ALL,
    ("MPS data", "impact evaluation"): ("ordinary", "criminal offence"),
    ("bespoke data", "process evaluation"): ("ordinary",),
    ("bespoke data", "other research and analytics"): ("ordinary",),
}


def of_fod() -> Sequence[Row]:
    """Return the record of the diversion evaluation: what people say in interviews rests on their consent."""
    rows = _records(FOD, "9(2)(j)")
    for row in rows:
        row["article_6"] = "consent" if row["source_data"] == "bespoke data" else "public task"
        row["act_of_2011"] = "yes" if row["source_data"] in ("MPS data", "CRC data", "NPS data") else "no"
    return rows


def of_lge() -> Sequence[Row]:
    """Return the record of the gang exit evaluation: Safer London gathered its data under consent."""
    rows = _records(LGE, "9(2)(g)")
    for row in rows:
        row["article_6"] = "public task"
        row["act_of_2011"] = "yes" if row["source_data"] == "MPS data" else "no"
        row["gathered_under"] = "public task" if row["source_data"] == "MPS data" else "consent"
    return rows


def _records(categories: Mapping[tuple[str, str], Iterable[str]], condition: str) -> list[dict[str, object]]:
    lines = [(data, purpose, category) for (data, purpose), held in categories.items() for category in held]
    return [
        {
            "record_id": f"PR-{number:02d}",
            "source_data": data,
            "data_category": category,
            "record_purpose": purpose,
            "article_9": condition if category == "special category" else "none",
            "article_10": "official authority" if category == "criminal offence" else "none",
            "act_of_2014": "yes",
        }
        for number, (data, purpose, category) in enumerate(lines, start=1)
    ]
