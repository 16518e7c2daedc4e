"""The registers of sharing and of looking after the evaluation agree with the other tables, and with each other."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from dpia_checks import DPIAS, synthetic
from dpia_checks.synthetic.attestations import LINES
from dpia_checks.working_days import bank_holidays, is_working_day

DOCS = Path(__file__).parents[2] / "docs"
ATTESTED = re.compile(r"^:id: (\S+)\n:source: .*\n:method: attest$", re.MULTILINE)


@pytest.fixture(params=DPIAS)
def made(request):
    return synthetic.make(request.param)


def column(made, table, name):
    return made.texts[table][name].to_pylist()


@pytest.mark.parametrize("dpia", DPIAS)
def test_each_promise_that_only_a_person_can_vouch_for_has_a_line(dpia):
    pages = "\n".join(path.read_text(encoding="utf-8") for path in (DOCS / dpia).rglob("*.md"))
    known = {line.partition(",")[0] for line in LINES.read_text(encoding="utf-8").splitlines()}

    missing = sorted(set(ATTESTED.findall(pages)) - known)

    assert missing == [], f"add a line with a role to {LINES.name} for each of: {', '.join(missing)}"


def test_the_current_attestations_end_on_the_day_the_log_was_taken(made):
    until = column(made, "attestations", "valid_until")

    assert until[1::2] == [made.facts.taken_on] * (len(until) // 2)


def test_who_attests_and_is_of_the_team_had_joined_it_and_had_not_left(made):
    staff = {row["person_id"]: row for row in made.texts["staff"].to_pylist()}
    lines = [row for row in made.texts["attestations"].to_pylist() if row["attested_person"] in staff]

    assert {row["attested_role"] for row in lines} >= {"E&I lead", "line manager", "evaluation lead"}
    for row in lines:
        person = staff[row["attested_person"]]
        assert person["joined_on"] <= row["attested_on"]
        assert not person["left_on"]


OFFICE = {
    "attestations": ("attested_on",),
    "boards": ("board_held_on",),
    "breaches": ("investigated_on",),
    "consultations": ("held_on",),
    "corrections": ("found_on", "told_on"),
    "desk_audits": ("audited_on",),
    "disclosures": ("decided_on", "recorded_on"),
    "dpia_changes": ("change_decided_on",),
    "dpia_reviews": ("reviewed_on",),
    "dpia_versions": ("issued_on", "signed_on"),
    "first_contacts": ("first_contact_on", "aims_told_on", "rights_told_on"),
    "milestone_products": ("reviewed_internally_on", "reviewed_by_partners_on"),
    "proformas": ("completed_by_mopac_on", "mopac_signed_on", "mps_signed_on"),
    "removable_media": ("issued_on", "returned_on"),
    "research_plans": (
        "written_on",
        "plan_reviewed_on",
        "board_shown_on",
        "lead_provider_shown_on",
        "advisory_group_on",
        "others_shown_on",
    ),
    "retention_reviews": ("need_reviewed_on",),
    "training": ("completed_on",),
    "written_reports": ("written_on", "peer_reviewed_on"),
}
"""What an office does only when it is open: it meets, signs, trains, audits, reviews and decides."""


def test_what_an_office_does_is_done_on_its_working_days(made):
    days = {
        (table, name, day)
        for table in OFFICE.keys() & made.texts.keys()
        for name in set(OFFICE[table]) & set(made.texts[table].column_names)
        for day in column(made, table, name)
        if day
    }

    assert [at for at in sorted(days) if not is_working_day(date.fromisoformat(at[2]), bank_holidays())] == []


@pytest.mark.parametrize("table", OFFICE)
def test_each_column_of_an_office_is_made_by_one_of_the_two(table):
    both = [synthetic.make(dpia).texts for dpia in DPIAS]

    known = {name for texts in both if table in texts for name in texts[table].column_names}

    assert set(OFFICE[table]) <= known


def test_everybody_who_left_is_on_the_list_of_leavers(made):
    left = {row["person_id"]: row["left_on"] for row in made.texts["staff"].to_pylist() if row["left_on"]}
    leavers = {row["leaving_person"]: row["last_day"] for row in made.texts["leavers"].to_pylist()}

    assert leavers == left


def test_police_systems_are_used_by_those_with_a_permission_only(made):
    permissions = made.texts["system_permissions"].to_pylist()
    permitted = {(row["permitted_person"], row["permitted_system"]) for row in permissions}
    used = {(row["person_id"], row["system"]) for row in made.texts["access_log"].to_pylist()}

    assert {pair for pair in used if pair[1] != "FOUNDATION"} == permitted


def test_somebody_is_trained_on_the_day_of_the_first_use(made):
    first = {}
    for row in sorted(made.texts["access_log"].to_pylist(), key=lambda row: row["accessed_at"]):
        first.setdefault((row["person_id"], row["system"]), row["accessed_at"][:10])
    trained = {(r["trained_person"], r["course"]): r["completed_on"] for r in made.texts["training"].to_pylist()}

    assert any(trained.get(pair) == day for pair, day in first.items())


def test_every_change_is_covered_and_one_on_the_very_day(made):
    issued = {row["version_id"]: row["issued_on"] for row in made.texts["dpia_versions"].to_pylist()}

    gaps = [(issued[row["covered_by"]], row["change_decided_on"]) for row in made.texts["dpia_changes"].to_pylist()]

    assert all(version >= decided for version, decided in gaps)
    assert any(version == decided for version, decided in gaps)


def decided(made, kind):
    """The days on which changes of a kind were decided, each with the day of the version that covers it."""
    issued = {row["version_id"]: row["issued_on"] for row in made.texts["dpia_versions"].to_pylist()}
    changes = made.texts["dpia_changes"].to_pylist()
    return sorted(
        (row["change_decided_on"], issued[row["covered_by"]]) for row in changes if row["change_kind"] == kind
    )


def test_each_new_processor_is_a_change_and_its_work_is_in_the_version_that_covers_it(made):
    work = sorted(
        (row["began_on"], row["in_dpia_on"])
        for row in made.texts["processor_work"].to_pylist()
        if row["processor"] != "ORS"
    )
    changes = decided(made, "new processor")

    assert [named for _, named in work] == [version for _, version in changes]
    assert all(change <= version <= began for (change, version), (began, _) in zip(changes, work, strict=True))


def test_each_new_contract_is_a_change_decided_by_the_day_it_was_signed(made):
    signed = sorted(row["signed_on"] for row in made.texts["contracts"].to_pylist() if row["contractor"] != "ORS")
    changes = decided(made, "new contract")

    assert signed
    assert all(change <= day for (change, _), day in zip(changes, signed, strict=True))


def test_each_system_that_came_after_the_first_version_was_signed_is_a_change(made):
    first = min(row["signed_on"] for row in made.texts["dpia_versions"].to_pylist())
    came = sorted(row["in_use_from"] for row in made.texts["hosting"].to_pylist() if row["in_use_from"] > first)

    assert [day for day, _ in decided(made, "new system")] == came


def test_each_document_is_signed_on_the_day_that_it_gives():
    signed = {
        (dpia, row["version_id"]): row["signed_on"]
        for dpia in DPIAS
        for row in synthetic.make(dpia).texts["dpia_versions"].to_pylist()
    }

    assert (signed["fod", "V1"], signed["lge", "V15"]) == ("2019-12-11", "2019-11-26")


def test_what_the_police_were_given_is_the_release_on_the_other_register():
    fod = synthetic.make("fod")
    released = {
        row["released_on"]
        for row in fod.texts["matched_releases"].to_pylist()
        if (row["recipient"], row["personal"]) == ("MPS", "yes")
    }
    given = {
        row["supplied_on"]
        for row in fod.texts["disclosures"].to_pylist()
        if (row["recipient"], row["decision"], row["personal"]) == ("MPS", "shared", "yes")
    }

    assert given == released


def test_each_caution_has_its_feedback_and_one_is_on_the_last_day_of_the_month():
    fod = synthetic.make("fod")
    cautions = {
        row["disposal_id"]: row["made_on"]
        for row in fod.texts["disposals"].to_pylist()
        if row["disposal_type"] == "conditional caution"
    }
    told = {row["of_disposal"]: row["fed_back_on"] for row in fod.texts["officer_feedback"].to_pylist()}

    assert told.keys() == cautions.keys()
    assert (cautions["D000001"], told["D000001"]) == ("2019-10-01", "2019-11-01")


@pytest.mark.parametrize("dpia", DPIAS)
def test_the_registers_do_not_change_with_the_scale(dpia):
    few, many = synthetic.make(dpia, 1, 0.05), synthetic.make(dpia)

    for table in ("disclosures", "dpia_reviews", "training", "attestations", "contacts"):
        assert few.texts[table].equals(many.texts[table])
