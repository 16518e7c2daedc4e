"""
The items of every printed list, counted by hand while reading, against the needs that carry them.

A bullet that nothing carries shows here, since ``facts/list_items.csv`` has a line for each item and names its needs,
or why none is owed. The counts were not made from that file. Lists of fields are counted in
``test_fields_of_the_source.py``; what stands in paragraphs is not counted.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dpia_checks import DPIAS, needs

ROOT = Path(__file__).parents[1]

PRINTED = {
    "fod": {
        "1": 3 + 4 + 3 + 6,  # benefits, outcomes, kinds of analysis, special categories
        "2.1.1": 4,
        "2.2.2": 6,
        "2.4.1": 1 + 10,  # the question, then the aims under it
        "2.4.3": 2,
        "3.1-who": 7,
        "4.1.2": 2 + 2 + 8,  # subsections (6), (7) and (8) of the Act
        "5.1": 16,
        "5.3": 4,
        "5.4": 4 + 9,  # what to weigh, then what happens when somebody leaves
        "6": 6 + 2,  # one cell, which runs on to the next page
    },
    "lge": {
        "1.1": 3,
        "2.1.1": 3,
        "2.1.2": 6,
        "2.1.6": 2,
        "2.2.1": 3 + 3,  # who is eligible, and who is not
        "2.2.2": 3,
        "2.3.1": 1,
        "2.3.1-purpose": 1 + 11 + 1,  # the table of outcomes stands between two bullets
        "2.3.3-purpose": 3,
        "3": 2,
        "3.2": 7,
        "4.1.1": 3,
        "4.1.2": 2,
        "5.1": 4 + 6,  # what processing is, then the parties
        "5.3": 3,
        "5.4": 4 + 9,
        "6": 5 + 1,
    },
}


def lines_of(dpia):
    with (ROOT / "docs" / dpia / "facts" / "list_items.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def listed():
    return needs.read(ROOT / "build" / "needs.json")


def uncarried(lines, printed, listed, dpia):
    """Return the items that no line carries, and the lines that carry none: no need of the section and no reason."""
    items = {(section, str(item)) for section, count in printed.items() for item in range(1, count + 1)}
    carried = {(line["section"], line["item"]) for line in lines if _carries(line, listed, dpia)}
    return sorted(items ^ carried)


def _carries(line, listed, dpia):
    ids = [id for id in line["needs"].split(";") if id]
    cited = [line["section"] in listed.by_id.get(id, {}).get("source", ()) for id in ids]
    own = [id.startswith(f"{dpia.upper()}_") for id in ids]
    return bool(line["about"]) and all(cited) and all(own) and bool(ids) != bool(line["reason"])


@pytest.mark.parametrize("dpia", DPIAS)
def test_each_item_of_a_printed_list_is_carried_or_owes_nothing(dpia, listed):
    assert uncarried(lines_of(dpia), PRINTED[dpia], listed, dpia) == []


@pytest.mark.parametrize("dpia", DPIAS)
def test_no_item_has_two_lines(dpia):
    items = [(line["section"], line["item"]) for line in lines_of(dpia)]

    assert len(items) == len(set(items))


@pytest.mark.parametrize(
    "change",
    [
        {"needs": "", "reason": ""},
        {"needs": "LGE_CTX_PURPOSE_9999"},
        {"needs": "LGE_COM_RETENTION_01"},
        {"needs": "FOD_CTX_PURPOSE_391"},
        {"reason": "both a need and a reason"},
        {"about": ""},
        {"item": "7"},
        {"section": "2.1.3"},
    ],
)
def test_an_item_without_a_need_of_its_section_is_noticed(change, listed):
    printed = {"2.1.2": PRINTED["lge"]["2.1.2"]}
    lines = [line for line in lines_of("lge") if line["section"] == "2.1.2"]
    lines[1] = lines[1] | change

    assert ("2.1.2", "2") in uncarried(lines, printed, listed, "lge")
