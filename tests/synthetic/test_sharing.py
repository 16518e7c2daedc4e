"""What left MOPAC with single people in it is on the log of transfers, and on no other day than the registers say."""

from __future__ import annotations

import pytest

from dpia_checks import DPIAS, synthetic


@pytest.fixture(params=DPIAS)
def rows(request):
    texts = synthetic.make(request.param).texts
    return lambda table: texts[table].to_pylist() if table in texts else []


def test_what_mopac_sent_is_what_the_registers_of_sharing_say_it_supplied(rows):
    given = {(row["supplied_on"], row["recipient"], row["data_source"]) for row in shared(rows("disclosures"))}
    met = {(row["released_on"], row["requester"], "LGE data") for row in shared(rows("agency_requests"))}
    sent = {
        (row["sent_at"][:10], row["recipient"], row["data_set"])
        for row in rows("transfers")
        if (row["sender"], row["personal"]) == ("MOPAC", "yes")
    }

    assert sent == given | met


def test_what_mopac_sent_names_the_line_it_was_supplied_under(rows):
    lines = {row["disclosure_id"] for row in shared(rows("disclosures"))}
    lines |= {row["request_id"] for row in shared(rows("agency_requests"))}
    sent = [row for row in rows("transfers") if row["supply_id"] is not None]

    assert {row["supply_id"] for row in sent} == lines
    assert {(row["sender"], row["personal"]) for row in sent} == {("MOPAC", "yes")}


def shared(lines):
    return [row for row in lines if (row["decision"], row["personal"]) == ("shared", "yes")]


def test_a_release_of_matched_records_was_sent_that_day(rows):
    sent = {(row["sent_at"][:10], row["recipient"]) for row in rows("transfers") if row["sender"] == "MOPAC"}
    released = {(row["released_on"], row["recipient"]) for row in rows("matched_releases") if row["personal"] == "yes"}

    assert released <= sent
