"""What of a run's evidence is in a release, and what is not."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest

from dpia_checks import schema
from dpia_checks.errors import NotReleasable
from dpia_checks.evidence import Run
from dpia_checks.needs import Needs
from dpia_checks.release import form, making

from .conftest import (
    ATTESTED,
    BREACH,
    CANARY,
    KEY,
    NEEDS,
    POST,
    REFERRED,
    ROWS,
    STAFF,
    WHO,
    evidence_of,
    needs_of,
    release_of,
)


def line(need, *args, **words):
    return release_of(*args, **words)["commitments"][need]


def test_a_release_follows_its_own_form(release, tmp_path):
    form.write(release, tmp_path / "r.json")


def test_the_promises_that_records_say_something_of_are_in_it_and_no_other(release):
    assert set(release["commitments"]) == {BREACH, POST, REFERRED, STAFF, ATTESTED}


def test_counts_are_in_bands(release):
    assert release["tables"]["access_log"]["rows"] == {"at_least": 865, "at_most": 874}
    assert release["commitments"][BREACH] == {
        "result": "did not hold",
        "tables": ["breaches"],
        "judged": {"at_least": 10, "at_most": 24},
        "violations": {"at_least": 1},
    }


def test_no_digest_and_no_exact_count_of_the_evidence_is_in_it(release):
    given = evidence_of()["made_by"]["extract_sets"][1]
    text = form.text_of(release)

    assert not [digest for digest in given["digests"].values() if digest in text]
    assert '"at_least": 870' not in text


def test_only_the_tables_of_the_schema_are_named(release):
    assert set(release["tables"]) == set(ROWS)
    assert set(release["tables"]) <= set(schema.load("fod"))


RESULTS = {
    "held": ({BREACH: ("held", 14, 0)}, "held"),
    "did not hold": ({BREACH: ("did not hold", 14, 2)}, "did not hold"),
    "no table": ({BREACH: ("no evidence", 0, 0)}, "no evidence"),
    "crashed": ({BREACH: ("crashed", 14, 0)}, "no evidence"),
    "not run on records": ({}, "no evidence"),
}


@pytest.mark.parametrize(("results", "result"), RESULTS.values(), ids=RESULTS)
def test_a_result_is_what_the_run_on_records_came_to(results, result):
    assert line(BREACH, results=results)["result"] == result


def test_a_check_that_is_not_proven_has_no_result():
    made = evidence_of()
    made["versions"]["1"]["needs"]["FOD_VER_BREACH_01"]["outcome"] = "none"

    assert making.make(made, NEEDS, KEY, WHO)["commitments"][BREACH]["result"] == "no evidence"


def test_what_was_not_asked_for_is_not_run():
    made = release_of(asked={BREACH})["commitments"]

    assert made[BREACH]["result"] == "held"
    assert made[POST] == {"result": "not run", "tables": ["post", "transfers"]}


def test_an_attestation_shows_its_last_day_or_is_due():
    assert line(ATTESTED, attested="2023-12-31")["attested_until"] == "2023-12-31"
    assert line(ATTESTED)["result"] == "attestation due"


@pytest.mark.parametrize("ended", ["held", "did not hold"])
@pytest.mark.parametrize(
    ("rows", "judged", "is_shown"),
    [(240, 240, True), (10, 10, True), (9, 9, False), (240, 9, False), (1, 240, False)],
)
def test_what_rests_on_a_few_records_about_people_is_not_shown_whatever_it_is(ended, rows, judged, is_shown):
    found = 0 if ended == "held" else 1

    made = line(REFERRED, {**ROWS, "advance_referrals_in": rows}, {REFERRED: (ended, judged, found)})

    assert made["result"] == (ended if is_shown else "too few records")
    assert set(made) == ({"result", "tables", "judged", "violations"} if is_shown else {"result", "tables"})


def test_a_few_records_of_paperwork_are_shown():
    made = line(BREACH, {**ROWS, "breaches": 2}, {BREACH: ("did not hold", 2, 1)})

    assert (made["result"], made["judged"]) == ("did not hold", {"at_least": 1, "at_most": 9})


@pytest.mark.parametrize("dpia", ["fod", "lge"])
def test_a_table_is_about_people_when_one_of_its_columns_is(dpia):
    known = schema.load(dpia)

    people = {name for name, table in known.items() if making.about_people(table)}

    assert {"staff", "access_log", "withdrawals", "interviews", "requests", "training"} <= people
    assert not {"breaches", "post", "dpia_reviews", "dpia_versions"} & people
    assert people >= {name for name, t in known.items() if any(c.standing == "approved" for c in t.columns.values())}


def test_two_releases_of_one_extract_share_no_digest_and_one_release_is_always_the_same():
    again = making.make(evidence_of(), NEEDS, KEY, WHO)
    later = making.make(evidence_of(), NEEDS, KEY, {**WHO, "released_on": "2022-12-01"})
    digests = [{table["keyed_digest"] for table in made["tables"].values()} for made in (again, later)]

    assert release_of() == again
    assert not digests[0] & digests[1]
    assert len(digests[0]) == len(ROWS)


def test_one_changed_table_changes_every_digest_so_that_none_tells_which():
    given = evidence_of()["made_by"]["extract_sets"][1]["digests"]

    one, other = release_of(), release_of(digests={**given, "breaches": "f" * 64})

    assert [n for n in ROWS if one["tables"][n]["keyed_digest"] == other["tables"][n]["keyed_digest"]] == []


def test_without_the_key_no_digest_can_be_worked_out():
    other = making.make(evidence_of(), NEEDS, KEY[::-1], WHO)

    assert other["tables"]["post"]["keyed_digest"] != release_of()["tables"]["post"]["keyed_digest"]


def without_real(made):
    made["made_by"]["extract_sets"].pop()


def two_real(made):
    made["made_by"]["extract_sets"].append(made["made_by"]["extract_sets"][-1])


def strange_table(made):
    made["made_by"]["extract_sets"][-1]["rows"][CANARY] = 12


def strange_dpia(made):
    made["made_by"]["extract_sets"][-1]["dpia"] = CANARY


def no_such_day(made):
    made["made_by"]["extract_sets"][-1]["taken_on"] = "2022-13-45"


def broken(made):
    made["versions"]["1"]["needs"]["FOD_VER_BREACH_01"]["outcome"] = "broken"


def older(made):
    del made["versions"]["1"]["needs"]["FOD_VER_BREACH_01"]["real_judged"]


def lacking(made):
    del made["versions"]["1"]["needs"]["FOD_VER_BREACH_01"]


REFUSED = {
    without_real: "made-up ones there is nothing to release",
    two_real: "one set of real records",
    strange_table: "table 1 of its extract set is none of the schema's",
    strange_dpia: "one set of real records",
    no_such_day: "not in the calendar",
    broken: "1 of its checks are broken",
    older: "an older version",
    lacking: "other promises",
}


@pytest.mark.parametrize(("spoil", "said"), REFUSED.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_evidence_that_nothing_can_be_released_of_is_refused(spoil, said):
    made = evidence_of()
    spoil(made)

    with pytest.raises(NotReleasable, match=said) as refused:
        making.make(made, NEEDS, KEY, WHO)
    assert CANARY not in str(refused.value)


def test_evidence_of_a_promise_that_no_document_has_is_refused():
    with pytest.raises(NotReleasable, match="other promises"):
        making.make(evidence_of(), needs_of(BREACH, POST), KEY, WHO)


def test_what_the_evidence_says_freely_is_not_in_a_release():
    made = evidence_of()
    made["made_by"]["extract_sets"][1]["name"] = CANARY
    made["made_by"]["extract_sets"][1]["digests"][CANARY] = "f" * 64
    for record in made["versions"]["1"]["needs"].values():
        record |= {name: [CANARY] for name in ("tests", "checks", "results")}
        record |= dict.fromkeys(("title", "reason"), CANARY)
        record["tables"] = [*record["tables"], CANARY.lower()]

    assert CANARY.lower() not in form.text_of(making.make(made, NEEDS, KEY, WHO)).lower()


@pytest.mark.parametrize("name", ["method", "form", "terms"])
def test_promises_that_are_held_to_something_else_have_another_digest(name):
    other = deepcopy(dict(NEEDS.by_id))
    other[BREACH][name] = "another"

    assert making.promises(NEEDS, "fod") != making.promises(Needs(other), "fod")
    assert making.promises(NEEDS, "lge") == making.promises(Needs(other), "lge")


def test_how_a_promise_is_worded_does_not_change_the_digest():
    other = deepcopy(dict(NEEDS.by_id))
    other[BREACH]["title"] = other[BREACH]["content"] = "said more plainly"

    assert making.promises(NEEDS, "fod") == making.promises(Needs(other), "fod")


def test_an_older_day_to_judge_by_is_in_it():
    assert release_of(as_of="2022-06-30")["as_of"] == "2022-06-30"
    assert "as_of" not in release_of()


def test_the_most_that_one_check_judged_counts_and_not_the_sum():
    """Two checks over the same six records judge six people, and not twelve."""
    runs = [Run(STAFF, "t", "real", "real", "held", judged=12, most=6)]

    assert making._line({**_record(runs), "outcome": "proven"}, NEEDS, {}, schema.load("fod")) == {
        "result": "too few records",
        "tables": ["access_log", "staff"],
    }


def _record(runs):
    from dpia_checks import evidence

    made = evidence.build(
        NEEDS, [*runs, Run(STAFF, "t", "clean", "clean", "held", (), ("access_log", "staff"))], {}, {}
    )
    return json.loads(json.dumps(evidence.records(made)[STAFF]))


def test_a_release_on_a_day_before_the_extract_was_taken_is_refused_with_what_to_do():
    with pytest.raises(NotReleasable, match="--on: that is before the day on which the extract was taken") as refused:
        making.make(evidence_of(taken_on="2022-12-01"), NEEDS, KEY, WHO)

    assert "Give the day of the release itself" in str(refused.value)
    assert making.make(evidence_of(taken_on=WHO["released_on"]), NEEDS, KEY, WHO)["taken_on"] == WHO["released_on"]
