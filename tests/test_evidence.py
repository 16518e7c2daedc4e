"""States, counts and the file they are written to."""

from __future__ import annotations

import json
import re

import pytest

from dpia_checks import counts as counts_of
from dpia_checks import evidence
from dpia_checks.errors import EvidenceUnusable, Exit
from dpia_checks.evidence import OK, WORDS, WORST_FIRST, Run, verification_id
from dpia_checks.needs import Needs

COM_1, COM_2, COM_3, COM_4, COM_5 = (f"FOD_COM_BREACH_0{number}" for number in range(1, 6))
LGE_COM = "LGE_COM_BREACH_01"
MIT_1, MIT_2, MIT_3 = (f"FOD_MIT_INTEGRITY_0{number}" for number in range(1, 4))
RISK = "FOD_RISK_INTEGRITY_01"
NEEDS = Needs(
    {
        COM_1: {"id": COM_1, "type": "commitment", "title": "One", "method": "register", "delivers": [MIT_1]},
        COM_2: {"id": COM_2, "type": "commitment", "title": "Two", "method": "data", "delivers": [MIT_1, MIT_2]},
        COM_3: {"id": COM_3, "type": "commitment", "title": "Three", "method": "document"},
        COM_4: {"id": COM_4, "type": "commitment", "title": "Four", "method": "attest"},
        COM_5: {"id": COM_5, "type": "commitment", "title": "Five", "method": "vague"},
        LGE_COM: {"id": LGE_COM, "type": "commitment", "title": "Other", "method": "data"},
        MIT_1: {"id": MIT_1, "type": "mitigation", "title": "First measure", "reduces": [RISK]},
        MIT_2: {"id": MIT_2, "type": "mitigation", "title": "Second measure", "reduces": [RISK]},
        MIT_3: {"id": MIT_3, "type": "mitigation", "title": "Third measure", "reduces": [RISK]},
        RISK: {"id": RISK, "type": "risk", "title": "A risk"},
        "LAW_GDPR_33": {"id": "LAW_GDPR_33", "type": "law", "title": "Article 33"},
    }
)
MADE_BY = {"tool": "0.1.0", "commit": "unknown", "extract_sets": []}


def run(case: str, outcome: str = "", name: str = "", need: str = COM_1, **more) -> Run:
    return Run(need, f"tests/test_{need.lower()}.py::test", case, name or case, outcome or OK[case], **more)


def proven(need: str = COM_1) -> list[Run]:
    """What a proven check ran."""
    return [run("clean", need=need), run("violation", need=need), run("allowed", need=need)]


def build(*runs: Run, numbers=None, needs=NEEDS) -> dict:
    return evidence.build(needs, runs, numbers or {}, MADE_BY)


def outcome(made: dict, need: str) -> str:
    return evidence.records(made)[need]["outcome"]


class TestState:
    @pytest.mark.parametrize("method", ["data", "register"])
    def test_proven_when_clean_held_the_mistake_was_caught_and_the_oddity_passed(self, method):
        assert evidence.state(method, proven()) == ("proven", "")

    def test_a_document_that_holds_is_checked_in_our_transcription(self):
        assert evidence.state("document", proven()) == ("transcription", "")

    @pytest.mark.parametrize("method", ["data", "register", "document", "attest", "vague", ""])
    @pytest.mark.parametrize(
        ("case", "ended"),
        [
            ("clean", "did not hold"),
            ("clean", "proves nothing"),
            ("clean", "crashed"),
            ("clean", "no evidence"),
            ("violation", "missed"),
            ("violation", "crashed"),
            ("violation", "held"),
            ("allowed", "flagged"),
            ("allowed", "crashed"),
            ("number", "not bound"),
            ("number", "crashed"),
        ],
    )
    def test_broken_when_anything_ran_and_did_not_do_what_it_must(self, method, case, ended):
        assert evidence.state(method, [*proven(), run(case, ended)])[0] == "broken"

    def test_a_broken_state_says_which_run_broke(self):
        runs = [*proven(), run("violation", "missed", "told a minute late")]

        assert evidence.state("data", runs)[1] == "violation told a minute late: missed"

    def test_a_broken_state_says_that_the_clean_extracts_broke(self):
        assert evidence.state("data", [run("clean", "did not hold")])[1] == "clean extracts: did not hold"

    def test_no_check_yet_when_nothing_is_written(self):
        assert evidence.state("data", []) == ("none", "no verification is written yet")

    def test_skipped_is_not_run(self):
        skipped = [run(case, "skipped") for case in ("clean", "violation", "allowed")]

        assert evidence.state("data", skipped) == ("none", "the verification was skipped")

    @pytest.mark.parametrize("case", ["clean", "violation", "allowed", "number"])
    def test_part_of_it_skipped_is_not_run(self, case):
        assert evidence.state("data", [*proven(), run(case, "skipped", "another")])[0] == "none"

    def test_without_a_run_on_the_clean_extracts_it_is_not_run(self):
        assert evidence.state("data", [run("violation"), run("allowed")])[0] == "none"

    def test_part_of_it_skipped_and_part_of_it_broken_is_broken(self):
        assert evidence.state("data", [run("clean", "skipped"), run("violation", "missed")])[0] == "broken"

    @pytest.mark.parametrize(
        ("cases", "reason"),
        [
            (["clean"], "it has no violation and no allowed example"),
            (["clean", "violation"], "it has no allowed example"),
            (["clean", "allowed"], "it has no violation example"),
        ],
    )
    def test_broken_without_an_example_of_each_kind(self, cases, reason):
        assert evidence.state("data", [run(case) for case in cases]) == ("broken", reason)

    def test_broken_when_no_example_binds_a_number_of_its_terms(self):
        assert evidence.state("data", proven(), ["hours"]) == ("broken", "no example binds the number hours")

    def test_broken_when_one_of_two_numbers_is_not_bound(self):
        runs = [*proven(), run("number", name="hours")]

        assert evidence.state("data", runs, ["hours", "days"]) == ("broken", "no example binds the number days")

    def test_proven_when_each_number_is_bound(self):
        runs = [*proven(), run("number", name="hours"), run("number", name="days")]

        assert evidence.state("data", runs, ["hours", "days"])[0] == "proven"

    def test_attestation_is_due_however_proven_the_check_is(self):
        assert evidence.state("attest", proven()) == ("attest", f"only a person can say; {evidence.LOG_WORKS}")

    def test_without_examples_nothing_is_said_of_the_check_of_attestations(self):
        assert evidence.state("attest", proven()[:1]) == ("attest", "only a person can say")

    @pytest.mark.parametrize("method", ["attest", "vague"])
    def test_what_owes_no_verification_needs_no_run(self, method):
        assert evidence.state(method, [])[0] == method

    def test_too_vague_stays_too_vague(self):
        assert evidence.state("vague", proven())[0] == "vague"

    @pytest.mark.parametrize("ended", ["held", "did not hold", "crashed", "no evidence", "skipped"])
    def test_a_run_on_real_records_says_nothing_of_the_check(self, ended):
        assert evidence.state("data", [*proven(), run("real", ended)])[0] == "proven"

    def test_a_run_on_real_records_alone_is_no_check_yet(self):
        assert evidence.state("data", [run("real", "held")])[0] == "none"

    def test_every_state_has_public_words(self):
        assert set(WORDS) == {"broken", "none", "vague", "attest", "transcription", "proven"}


class TestWorst:
    @pytest.mark.parametrize("state", WORST_FIRST)
    def test_of_one_state_is_that_state(self, state):
        assert evidence.worst([state]) == state

    @pytest.mark.parametrize("place", range(len(WORST_FIRST) - 1))
    def test_of_two_states_is_the_worse_in_any_order(self, place):
        worse, better = WORST_FIRST[place], WORST_FIRST[place + 1]

        assert [evidence.worst([worse, better]), evidence.worst([better, worse])] == [worse, worse]

    def test_a_broken_check_is_the_worst_and_a_proven_one_the_best(self):
        assert (WORST_FIRST[0], WORST_FIRST[-1]) == ("broken", "proven")

    def test_of_no_state_is_none(self):
        assert evidence.worst([]) == "none"


class TestRealState:
    @pytest.mark.parametrize(
        ("outcomes", "state"),
        [
            ([], "none"),
            (["held"], "held"),
            (["held", "held"], "held"),
            (["did not hold"], "did not hold"),
            (["crashed"], "none"),
            (["held", "did not hold"], "did not hold"),
            (["no evidence"], "none"),
            (["held", "no evidence"], "none"),
            (["held", "skipped"], "none"),
            (["skipped"], "none"),
        ],
    )
    def test_is_held_only_when_everything_held(self, outcomes, state):
        assert evidence.real_state([run("real", ended) for ended in outcomes]) == state

    def test_runs_on_made_up_records_say_nothing_of_the_promise(self):
        assert evidence.real_state(proven()) == "none"


class TestAttestedUntil:
    def test_a_real_run_that_held_says_until_when(self):
        made = build(Run(COM_4, "t", "real", "real", "held", attested_until="2023-12-31"))

        record = evidence.records(made)[COM_4]
        assert (record["outcome"], record["real"], record["attested_until"]) == ("attest", "none", "2023-12-31")

    def test_no_other_run_does(self):
        made = build(Run(COM_4, "t", "rehearsal", "rehearsal", "held", attested_until="2023-12-31"))

        assert evidence.records(made)[COM_4]["attested_until"] == ""


class TestRecords:
    def test_there_is_one_for_every_commitment_and_mitigation_run_or_not(self):
        every = [COM_1, COM_2, COM_3, COM_4, COM_5, LGE_COM, MIT_1, MIT_2, MIT_3]

        assert sorted(evidence.records(build())) == sorted(every)

    def test_without_a_run_each_says_what_its_method_says(self):
        made = build()

        assert [outcome(made, need) for need in (COM_1, COM_2, COM_3, COM_4, COM_5)] == [
            "none",
            "none",
            "none",
            "attest",
            "vague",
        ]

    def test_a_run_counts_for_its_own_need_only(self):
        made = build(*proven(COM_1))

        assert (outcome(made, COM_1), outcome(made, COM_2)) == ("proven", "none")

    def test_counts_examples_tried_and_caught_apart(self):
        made = build(*proven(), run("violation", "missed", "b"), run("allowed", "flagged", "c"), run("number", "bound"))

        record = evidence.records(made)[COM_1]
        names = (
            "examples_tried",
            "examples_caught",
            "allowed_tried",
            "allowed_passed",
            "numbers_tried",
            "numbers_bound",
        )
        assert [record[name] for name in names] == [2, 1, 2, 1, 1, 1]

    def test_names_checks_and_tables_of_the_clean_run(self):
        clean = run("clean", checks=("told_late",), tables=("breaches",), judged=14)
        other = run("violation", checks=("another",), tables=("staff",), judged=99)

        record = evidence.records(build(clean, other))[COM_1]

        assert (record["checks"], record["tables"], record["judged"]) == (["told_late"], ["breaches"], 14)

    def test_counts_violations_on_real_records_only(self):
        made = build(run("real", "did not hold", violations=3), run("violation", violations=7))

        assert evidence.records(made)[COM_1]["real_violations"] == 3

    def test_counts_the_most_that_one_check_judged_on_real_records_only(self):
        made = build(
            Run(COM_1, "t", "real", "real", "held", judged=12, most=6),
            Run(COM_1, "t2", "real", "real", "held", judged=4, most=4),
            Run(COM_1, "t", "clean", "clean", "held", judged=30, most=30),
        )

        assert evidence.records(made)[COM_1]["real_judged"] == 6

    def test_lists_what_every_run_on_made_up_records_came_to(self):
        made = build(run("clean"), run("violation", "missed", "a minute late"), run("real", "held"))

        assert evidence.records(made)[COM_1]["results"] == ["clean: held: clean", "violation: missed: a minute late"]

    def test_a_number_of_the_terms_that_no_run_bound_breaks_it(self):
        assert outcome(build(*proven(), numbers={COM_1: ["hours"]}), COM_1) == "broken"


class TestMitigation:
    def test_is_the_worst_of_the_commitments_that_deliver_it(self):
        made = build(*proven(COM_1), *proven(COM_2), run("violation", "missed", need=COM_2))

        assert outcome(made, MIT_1) == "broken"

    def test_is_proven_when_every_deliverer_is(self):
        assert outcome(build(*proven(COM_1), *proven(COM_2)), MIT_1) == "proven"

    def test_is_not_checked_while_one_deliverer_is_not(self):
        assert outcome(build(*proven(COM_1)), MIT_1) == "none"

    def test_without_a_deliverer_it_is_not_checked_and_says_why(self):
        record = evidence.records(build(*proven(COM_1)))[MIT_3]

        assert (record["outcome"], record["reason"]) == ("none", "no commitment that delivers it is written yet")

    def test_a_verification_of_its_own_is_enough_where_nothing_delivers_it(self):
        assert outcome(build(*proven(MIT_3)), MIT_3) == "proven"

    def test_a_verification_of_its_own_that_breaks_it_breaks_it(self):
        made = build(*proven(COM_1), *proven(COM_2), run("clean", "did not hold", need=MIT_1))

        assert outcome(made, MIT_1) == "broken"

    def test_a_deliverer_that_is_worse_than_its_own_verification_counts_and_is_the_reason(self):
        record = evidence.records(build(*proven(MIT_2)))[MIT_2]

        assert (record["outcome"], record["reason"]) == ("none", "the state of the one commitment that delivers it")

    def test_a_verification_of_its_own_that_is_worse_than_the_deliverers_is_the_reason(self):
        made = build(*proven(COM_2), run("clean", "did not hold", need=MIT_2))

        assert evidence.records(made)[MIT_2]["reason"] == "clean extracts: did not hold"

    def test_a_broken_verification_of_its_own_says_why(self):
        made = build(run("clean", "did not hold", need=MIT_3))

        assert evidence.records(made)[MIT_3]["reason"] == "clean extracts: did not hold"

    def test_the_commitments_that_a_risk_rests_on_are_counted_by_its_measures(self):
        made = build(*proven(COM_2), *proven(MIT_2))

        assert counts_of.measures_proven(made, NEEDS, RISK) == (1, 3)

    def test_a_measure_that_is_checked_in_our_transcription_alone_is_no_proven_one(self):
        needs = Needs({**NEEDS.by_id, COM_3: {**NEEDS.by_id[COM_3], "delivers": [MIT_3]}})
        made = build(*proven(COM_3), needs=needs)

        assert outcome(made, MIT_3) == "transcription"
        assert counts_of.measures_proven(made, needs, RISK) == (0, 3)
        assert counts_of.denominators(made, needs, "fod").mitigations_proven == 0


class TestVerificationId:
    def test_has_the_tail_of_its_commitment(self):
        assert verification_id("FOD_COM_BREACH_01") == "FOD_VER_BREACH_01"

    def test_keeps_a_mitigation_apart_from_a_commitment_with_the_same_tail(self):
        assert verification_id("FOD_MIT_ACCURACY_01") != verification_id("FOD_COM_ACCURACY_01")

    @pytest.mark.parametrize("need", ["FOD_COM_BREACH_01", "LGE_MIT_STORAGE_123"])
    def test_is_an_id_of_the_project(self, need):
        assert re.fullmatch(r"[A-Z]{3}_VER_[A-Z0-9]+_[0-9]{2,3}", verification_id(need))

    def test_two_needs_with_one_id_are_not_lost(self):
        twins = [f"FOD_{kind}_ACCURACY_01" for kind in ("COM", "MIT")]
        needs = Needs(
            {
                id: {"id": id, "type": kind, "title": id}
                for id, kind in zip(twins, ("commitment", "mitigation"), strict=True)
            }
        )

        assert build(needs=needs)["versions"]["1"]["needs_amount"] == 2


class TestDenominators:
    def test_count_each_state_apart(self):
        runs = [*proven(COM_1), run("clean", "crashed", need=COM_2), *proven(COM_3), *proven(COM_4)]

        counts = counts_of.denominators(build(*runs), NEEDS, "fod")

        assert (counts.commitments, counts.owed, counts.run, counts.not_run) == (5, 3, 3, 0)
        assert (counts.proven, counts.transcription, counts.broken) == (1, 1, 1)
        assert (counts.vague, counts.attest) == (1, 1)

    def test_what_was_skipped_is_not_run(self):
        counts = counts_of.denominators(build(*(run(case, "skipped") for case in OK)), NEEDS, "fod")

        assert (counts.owed, counts.run, counts.not_run) == (3, 0, 3)

    def test_a_broken_check_that_nobody_owed_counts_as_broken_and_not_as_run(self):
        counts = counts_of.denominators(build(run("clean", "crashed", need=COM_4)), NEEDS, "fod")

        assert (counts.broken, counts.run, counts.attest) == (1, 0, 0)

    def test_count_the_promises_that_real_records_say_something_of(self):
        runs = [run("real", "held"), run("real", "did not hold", need=COM_2), run("real", "no evidence", need=COM_3)]

        assert counts_of.denominators(build(*runs), NEEDS).real_checked == 2

    def test_count_the_mitigations_with_a_proven_check(self):
        counts = counts_of.denominators(build(*proven(COM_1), *proven(COM_2)), NEEDS, "fod")

        assert (counts.mitigations, counts.mitigations_proven) == (3, 2)

    def test_of_one_dpia_leave_the_other_out(self):
        made = build(*proven(LGE_COM))

        counts = [counts_of.denominators(made, NEEDS, dpia) for dpia in ("fod", "lge", "")]

        assert [(count.commitments, count.proven) for count in counts] == [(5, 0), (1, 1), (6, 1)]

    def test_of_nothing_are_all_nought(self):
        counts = counts_of.denominators(build(needs=Needs({})), Needs({}))

        assert set(vars(counts).values()) == {0}

    def test_a_risk_without_measures_has_none_of_none(self):
        assert counts_of.measures_proven(build(), NEEDS, "FOD_RISK_STORAGE_01") == (0, 0)


class TestVerdict:
    def test_holds_when_nothing_is_broken(self):
        assert evidence.verdict(build(*proven(), run("real", "held"))) is Exit.HELD

    def test_holds_when_nothing_was_run(self):
        assert evidence.verdict(build()) is Exit.HELD

    def test_does_not_hold_when_a_check_is_broken(self):
        assert evidence.verdict(build(run("violation", "missed"))) is Exit.DID_NOT_HOLD

    def test_does_not_hold_when_a_promise_did_not_hold_on_real_records(self):
        assert evidence.verdict(build(*proven(), run("real", "did not hold"))) is Exit.DID_NOT_HOLD


class TestFile:
    @pytest.fixture
    def path(self, tmp_path):
        return tmp_path / "build" / "evidence.json"

    def test_what_is_written_is_read(self, path):
        made = build(*proven(), run("real", "held"))

        evidence.write(made, path)

        assert evidence.read(path) == made

    def test_written_again_has_the_same_bytes(self, path, tmp_path):
        evidence.write(build(*proven()), path)

        evidence.write(evidence.read(path), tmp_path / "again.json")

        assert (tmp_path / "again.json").read_bytes() == path.read_bytes()

    def test_the_same_outcomes_in_another_order_of_needs_have_the_same_bytes(self, path, tmp_path):
        turned = Needs(dict(reversed(NEEDS.by_id.items())))

        evidence.write(build(*proven(COM_1), *proven(COM_2)), path)
        evidence.write(build(*proven(COM_2), *proven(COM_1), needs=turned), tmp_path / "again.json")

        assert (tmp_path / "again.json").read_bytes() == path.read_bytes()

    def test_the_same_facts_in_another_order_have_the_same_bytes(self, path, tmp_path):
        turned = dict(reversed(MADE_BY.items()))

        evidence.write(build(), path)
        evidence.write(evidence.build(NEEDS, [], {}, turned), tmp_path / "again.json")

        assert (tmp_path / "again.json").read_bytes() == path.read_bytes()

    def test_it_is_written_in_place_of_what_was_there(self, path):
        evidence.write(build(), path)

        evidence.write(build(*proven()), path)

        assert outcome(evidence.read(path), COM_1) == "proven"

    def test_the_evidence_of_nothing_follows_the_schema(self, path):
        evidence.write(build(needs=Needs({})), path)

        assert evidence.read(path)["versions"]["1"]["needs_amount"] == 0

    def test_the_facts_of_an_extract_set_follow_the_schema(self, path):
        facts = {"dpia": "fod", "name": "x", "origin": "real", "taken_on": "2020-01-01", "seed": None, "scale": None}
        made = build()
        facts = {**facts, "approval": "DPO-2022-014", "rows": {"crc": 3}, "digests": {"crc": "a" * 64}}
        made["made_by"] = {**MADE_BY, "extract_sets": [facts]}

        evidence.write(made, path)

        assert evidence.read(path) == made

    @pytest.mark.parametrize(
        ("origin", "approval"),
        [("real", {}), ("real", {"approval": "Jane Smith 1"}), ("synthetic", {"approval": "DPO-2022-014"})],
    )
    def test_a_real_set_has_a_reference_of_its_approval_and_a_made_up_one_has_none(self, path, origin, approval):
        facts = {"dpia": "fod", "name": "x", "origin": origin, "taken_on": "2020-01-01", "rows": {}, "digests": {}}
        made = build()
        made["made_by"] = {**MADE_BY, "extract_sets": [{**facts, **approval}]}

        evidence.write(made, path)

        with pytest.raises(EvidenceUnusable):
            evidence.read(path)

    def test_a_file_that_is_not_there_is_refused(self, path):
        with pytest.raises(EvidenceUnusable, match="there is no evidence yet"):
            evidence.read(path)

    @pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff", b"{}"])
    def test_a_file_that_is_none_is_refused(self, tmp_path, content):
        (tmp_path / "evidence.json").write_bytes(content)

        with pytest.raises(EvidenceUnusable, match="does not follow version 1"):
            evidence.read(tmp_path / "evidence.json")

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda made, record: made.update(schema_version=2),
            lambda made, record: made.update(project="another"),
            lambda made, record: made.update(created="2020-01-01"),
            lambda made, record: made["made_by"].pop("commit"),
            lambda made, record: record.pop("reason"),
            lambda made, record: record.update(outcome="fine"),
            lambda made, record: record.update(real="maybe"),
            lambda made, record: record.update(judged=-1),
            lambda made, record: record.update(judged="3"),
            lambda made, record: record.update(rows=[1, 2]),
            lambda made, record: record.update(verifies=[]),
            lambda made, record: record.update(verifies=["FOD_RISK_INTEGRITY_01"]),
            lambda made, record: record.update(id="FOD_COM_BREACH_01"),
            lambda made, record: record.update(results=["real: held: real"]),
            lambda made, record: record.update(tables=["Jane Doe"]),
        ],
    )
    def test_a_file_that_breaks_the_schema_is_refused(self, path, spoil):
        made = json.loads(json.dumps(build(*proven())))
        spoil(made, made["versions"]["1"]["needs"]["FOD_VER_BREACH_01"])
        evidence.write(made, path)

        with pytest.raises(EvidenceUnusable):
            evidence.read(path)
