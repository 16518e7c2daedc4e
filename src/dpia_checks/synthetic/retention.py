"""
What became of the made-up data: disposals, what was placed beyond use, reviews of the need, and which file was opened.

On the boundary: a file placed beyond use is opened five minutes before that day ends, in summer time, and
not again; the need to keep data is reviewed on the very day on which the evaluation concludes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from dpia_checks.synthetic.registers import Calendar, Row, instant
from dpia_checks.synthetic.storage import COPY, Lines

METHODS = {"paper": ("confidential waste", "cross-shredder"), "file": ("secure erasure", "overwriting")}


def made(lines: Mapping[str, list[Row]], calendar: Calendar, placed: date, reader: str) -> Lines:
    """Return the registers; *reader* is the person who opens the copy on the day it is *placed* beyond use."""
    return {
        "access_log": [
            *_opened(lines["access_log"], lines["assets"], lines["folder_access"]),
            _last_use(placed, reader),
        ],
        "destructions": _destructions(lines["assets"]),
        "beyond_use": [
            {
                "beyond_use_id": "BU-1",
                "kept_asset": COPY,
                "why_not_deleted": "part of a backup of the whole drive",
                "placed_on": placed,
            }
        ],
        "retention_reviews": [
            {
                "review_id": "RR-1",
                "review_concluded_on": calendar.over,
                "need_reviewed_on": calendar.over,
                "review_outcome": "the panel is kept for longitudinal research; nothing else is needed",
            }
        ],
    }


def _last_use(placed: date, reader: str) -> Row:
    return {
        "access_id": "AC-COPY-1",
        "person_id": reader,
        "system": "FOUNDATION",
        "accessed_at": instant(datetime(placed.year, placed.month, placed.day, 23, 55)),
        "accessed_asset": COPY,
    }


def _opened(used: Sequence[Row], assets: Sequence[Row], rights: Sequence[Row]) -> list[Row]:
    """
    Which file each use on the shared drive opened: the newest that was there and that the person had a right to open.

    One that came on that very day may not have been there at that hour, so nobody opens it yet. Other systems name
    none.
    """
    files = sorted(
        (row for row in assets if row["medium"] == "file" and row["asset_id"] != COPY),
        key=lambda row: str(row["recorded_on"]),
    )
    rows: list[Row] = []
    for use in used:
        day = str(use["accessed_at"])[:10]
        open_to = {
            row["folder"]
            for row in rights
            if row["principal"] == use["person_id"] and _is_within(day, row["right_from"], row["right_until"])
        }
        there = [
            row["asset_id"]
            for row in files
            if str(row["recorded_on"]) < day < str(row.get("disposed_on") or "a") and row["asset_folder"] in open_to
        ]
        rows.append({**use, "accessed_asset": there[-1] if there and use["system"] == "FOUNDATION" else None})
    return rows


def _is_within(day: str, first: object, last: object) -> bool:
    return str(first) <= day <= str(last or "a")


def _destructions(assets: Sequence[Row]) -> list[Row]:
    """One for each asset that is gone, on its day, by the methods of its medium in turn."""
    gone = [row for row in assets if row.get("disposed_on")]
    return [
        {
            "destruction_id": f"DEST-{number:02d}",
            "destroyed_asset": row["asset_id"],
            "destroyed_on": row["disposed_on"],
            "destroyed_medium": row["medium"],
            "method": METHODS[str(row["medium"])][number % 2],
            "utility_approved": "yes" if row["medium"] == "file" else None,
            "on_mps_premises": "yes" if number % 3 else "no",
        }
        for number, row in enumerate(gone, start=1)
    ]
