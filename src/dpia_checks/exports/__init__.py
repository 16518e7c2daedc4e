"""
What the site shows as tables to take away: coverage and risks, as CSV and as a workbook.

The same needs and evidence give the same bytes: no time of writing is in the files.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from dpia_checks.counts import measures_proven
from dpia_checks.evidence import WORDS
from dpia_checks.parts.site import Site

Row = dict[str, str | int]
MADE = datetime(2019, 9, 1)
"""The date that a workbook has to carry: that of the first of the two documents, never that of the build."""


def coverage(site: Site) -> list[Row]:
    """
    Return one row for each commitment, sorted by id.

    Counts of examples are empty where none is owed; several links are parted by a semicolon.
    """
    return [_commitment(site, id) for id in site.needs.of_type("commitment")]


def _commitment(site: Site, id: str) -> Row:
    need, record = site.needs.by_id[id], site.records.get(id, {})
    measures = need.get("delivers") or []
    risks = {risk for measure in measures for risk in site.needs.links(measure, "reduces")}
    return {
        "id": id,
        "dpia": id[:3],
        "theme": id.split("_")[2].lower(),
        "commitment": need["title"],
        "method": need["method"],
        "form": need.get("form") or "",
        "state of our check": WORDS[site.state(id)],
        "why": record.get("reason") or "",
        "on MOPAC's real records": site.real(id),
        "records judged and violations there": site.real_counts(id),
        **{name.replace("_", " "): _count(record, name) for name in COUNTS},
        "numbers and lists": need.get("terms") or "",
        "tests": _joined(record.get("tests")),
        "checks": _joined(record.get("checks")),
        "extracts": _joined(record.get("tables")),
        "sections": _joined(need.get("source")),
        "measures": _joined(measures),
        "risks": _joined(risks),
        "law": _joined(need.get("rests_on")),
        "findings": _joined(site.back("concerns", id)),
        "address": f"n/{id}/",
    }


COUNTS = ("examples_tried", "examples_caught", "allowed_tried", "allowed_passed", "numbers_tried", "numbers_bound")


def _count(record: Mapping[str, Any], name: str) -> str | int:
    return int(record[name]) if record.get("examples_tried") else ""


def _joined(values: Any) -> str:
    return "; ".join(sorted(map(str, values or ())))


def risks(site: Site) -> list[Row]:
    """Return one row for each risk, sorted by id, with its level as published and the measures meant to reduce it."""
    rows: list[Row] = []
    for id in site.needs.of_type("risk"):
        need = site.needs.by_id[id]
        proven, measures = measures_proven(site.evidence, site.needs, id)
        published = ("principle", "level", "likelihood", "severity", "residual_level", "owner")
        rows.append(
            {
                "id": id,
                "dpia": id[:3],
                "risk": need["title"],
                **{f"{name.replace('_', ' ')} as published": need.get(name) or "not stated" for name in published},
                "measures": measures,
                "measures with a proven check (made-up records)": proven,
                "measure ids": _joined(site.back("reduces", id)),
                "sections": _joined(need.get("source")),
                "findings": _joined(site.back("concerns", id)),
                "address": f"n/{id}/",
            }
        )
    return rows


TABLES: dict[str, Callable[[Site], list[Row]]] = {"coverage": coverage, "risks": risks}


def write(site: Site, folder: Path) -> None:
    """Write each table under *folder*, as CSV with a byte order mark, which Excel needs, and as a workbook."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in TABLES.items():
        rows = make(site)
        heads = list(rows[0]) if rows else ["id"]
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
            writer = csv.DictWriter(handle, heads)
            writer.writeheader()
            writer.writerows(rows)
        _workbook(folder / f"{name}.xlsx", name, heads, rows)


def _workbook(path: Path, name: str, heads: list[str], rows: list[Row]) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"dpia_checks: {name}", "created": MADE})
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, heads, book.add_format({"bold": True, "text_wrap": True}))
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, list(row.values()))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    book.close()
