"""The probation companies are there until 25 June 2021; one probation service sends the data from the next day on."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dpia_checks import DPIAS, synthetic

SINCE = Path(__file__).parents[2] / "docs" / "since.csv"
UNITED = "2021-06-26"


@pytest.fixture(scope="module")
def rows():
    made = synthetic.make("fod")
    return lambda table: made.texts[table].to_pylist()


def dated(made, name):
    """The rows of a table of the set, each with the last day that it names."""
    columns = [column for column, is_of in made.schemas[name].columns.items() if is_of.type in {"date", "instant"}]
    for row in made.texts[name].to_pylist():
        yield row, max((row[column][:10] for column in columns if row[column]), default="")


def test_the_day_is_the_one_of_the_page_on_what_became_of_the_companies():
    with SINCE.open(encoding="utf-8", newline="") as handle:
        became = {line["name"]: line["became"] for line in csv.DictReader(handle)}

    assert "26 June 2021" in became["CRC"]
    assert "26 June 2021" in became["NPS"]


@pytest.mark.parametrize("dpia", DPIAS)
def test_nothing_happens_with_a_company_that_is_gone(dpia):
    made = synthetic.make(dpia)

    late = [
        (name, row)
        for name in made.texts
        if made.schemas[name].columns and next(iter(made.schemas[name].columns.values())).standing == "register"
        for row, day in dated(made, name)
        if "CRC" in row.values() and day >= UNITED
    ]

    assert late == []


@pytest.mark.parametrize(
    ("table", "data", "day"),
    [
        ("transfers", "data_set", "sent_at"),
        ("assets", "data_set", "recorded_on"),
        ("agreements", "agreed_data", "expires_on"),
        ("requests", "data_set", "received_on"),
        ("disclosures", "data_source", "decided_on"),
        ("breaches", "data_set", "detected_at"),
    ],
)
def test_no_data_of_a_company_is_new_after_it_is_gone(rows, table, data, day):
    assert [row for row in rows(table) if row[data] == "CRC data" and row[day] >= UNITED] == []


def test_the_probation_service_sends_each_quarter_in_its_place(rows):
    sent = {}
    for row in rows("transfers"):
        sent.setdefault(row["sent_at"][:10], set()).add(row["sender"])
    quarters = {day: senders & {"CRC", "NPS"} for day, senders in sent.items() if senders & {"CRC", "NPS"}}

    assert {frozenset(s) for day, s in quarters.items() if day < UNITED} == {frozenset({"CRC", "NPS"})}
    assert {frozenset(s) for day, s in quarters.items() if day >= UNITED} == {frozenset({"NPS"})}


def test_the_change_is_on_the_register_with_a_version_that_covers_it(rows):
    (change,) = [row for row in rows("dpia_changes") if row["change_kind"] == "new partner"]
    (version,) = [row for row in rows("dpia_versions") if row["version_id"] == change["covered_by"]]

    assert change["change_decided_on"] <= version["issued_on"] <= version["signed_on"] < UNITED


def test_the_versions_are_issued_in_the_order_of_their_numbers(rows):
    issued = [row["issued_on"] for row in rows("dpia_versions")]

    assert issued == sorted(issued)


def test_what_a_company_wrote_of_somebody_is_of_a_day_by_its_last_sending(rows):
    last = max(row["sent_at"][:10] for row in rows("transfers") if row["sender"] == "CRC")
    written = ("offence_date", "sentence_date", "disposal_date", "date_of_latest_oasys_assessment")

    days = {row[column] for row in rows("crc") for column in written if row[column]}

    assert last < UNITED
    assert max(days) <= last
