"""A verification runs on clean records and on its examples; what is wrong with one is refused by file and line."""

import json
import xml.etree.ElementTree as ET

import pyarrow as pa
import pytest

from dpia_checks import evidence, extract_files, synthetic
from dpia_checks.records import ExtractSet, SetFacts

from .conftest import GOOD, JUST, LATE

DECORATED = '''
import pytest
from dpia_checks.checks.breach import told_late
from dpia_checks.violations import Violation, ViolationsFound, assert_no_violations

@pytest.mark.verifies("FOD_COM_BREACH_01")
def test_in_time({arguments}):
    """The regulator is told in time."""
    {body}
'''


def written(body, arguments="extracts, terms"):
    return DECORATED.format(body=body, arguments=arguments)


def test_a_good_verification_is_proven(tiny):
    tiny.write()

    result = tiny.run()

    assert result.ret == 0
    assert tiny.record()["outcome"] == "proven"
    assert (tiny.record()["examples_caught"], tiny.record()["allowed_passed"], tiny.record()["numbers_bound"]) == (
        1,
        1,
        1,
    )
    assert tiny.record()["checks"] == ["told_late"]


def test_a_caught_example_is_a_passed_test_with_a_property(tiny):
    tiny.write()

    tiny.run()

    suite = ET.parse(tiny.pytester.path / "j.xml").getroot().find("testsuite")
    properties = [{p.get("name"): p.get("value") for p in case.iter("property")} for case in suite.iter("testcase")]
    assert suite.get("skipped") == "0"
    assert {"verifies": "FOD_COM_BREACH_01", "case": "violation", "outcome": "caught"} in properties


def test_a_mitigation_takes_the_state_of_the_commitments_that_deliver_it(tiny):
    tiny.write()

    tiny.run()

    assert tiny.record("FOD_VER_MITSTORAGE_07")["outcome"] == "proven"


def test_a_broken_check_names_commitment_mitigation_risk_and_test(tiny):
    tiny.write(examples=LATE.replace("09:16", "09:14") + JUST)

    result = tiny.run()

    assert result.ret == 1
    assert tiny.record()["outcome"] == "broken"
    shown = result.stdout.str()
    for word in ("FOD_COM_BREACH_01", "FOD_MIT_STORAGE_07", "FOD_RISK_STORAGE_02", "test_in_time", "did not notice"):
        assert word in shown


def test_unchanged_reruns_give_identical_evidence(tiny):
    tiny.write()
    tiny.run()
    first = (tiny.pytester.path / "evidence.json").read_bytes()

    tiny.run()

    assert (tiny.pytester.path / "evidence.json").read_bytes() == first
    assert "duration" not in first.decode()
    assert json.loads((tiny.pytester.path / "timings.json").read_text())


class TestTheStateCannotBeGamed:
    """Each way to look proven without checking ends as broken, or is refused."""

    def test_a_comparison_with_a_stored_copy_flags_the_honest_oddity(self, tiny):
        body = """
    log = extracts["breaches"].read("ico_told_at")
    stored = "2020-01-09 08:15"
    if str(log.to_native()["ico_told_at"][2])[:16] != stored:
        raise ViolationsFound([Violation("breaches", 3, rule="told_late")])
    told_late(extracts["breaches"], told="ico_told_at", since="detected_at", hours=terms.number("hours"), of={})"""
        tiny.write(written(body))

        result = tiny.run()

        assert result.ret == 1
        assert tiny.record()["outcome"] == "broken"
        assert tiny.record()["allowed_passed"] == 0

    def test_one_that_always_raises_does_not_hold_on_clean_records(self, tiny):
        tiny.write(written('raise ViolationsFound([Violation("breaches", 3, rule="told_late")])'))

        tiny.run()

        assert tiny.record()["outcome"] == "broken"

    def test_an_empty_one_proves_nothing(self, tiny):
        tiny.write(written("pass"))

        tiny.run()

        assert tiny.record()["outcome"] == "broken"

    def test_one_that_reads_nothing_proves_nothing(self, tiny):
        tiny.write(written('terms.number("hours")'))

        tiny.run()

        assert tiny.record()["outcome"] == "broken"
        assert "proves nothing" in tiny.record()["reason"]

    def test_one_that_takes_no_extracts_is_refused(self, tiny):
        tiny.write(written("pass", arguments=""))

        result = tiny.run()

        assert result.ret == 4
        assert "test_breach.py:6: the verification takes no extracts" in result.stderr.str()

    def test_one_that_reads_and_asks_no_check_proves_nothing(self, tiny):
        tiny.write(written('extracts["breaches"].read("ico_told_at")'))

        tiny.run()

        assert tiny.record()["outcome"] == "broken"

    def test_an_example_on_the_allowed_side_is_not_noticed(self, tiny):
        tiny.write(examples=LATE.replace("09:16", "09:15") + JUST)

        tiny.run()

        assert tiny.record()["outcome"] == "broken"
        assert tiny.record()["examples_caught"] == 0

    def test_violations_that_no_check_returned_count_for_nothing(self, tiny):
        body = """
    told_late(extracts["breaches"], told="ico_told_at", since="detected_at", hours=terms.number("hours"), of={})
    if "2020-09-25 08:16" in str(extracts["breaches"].read("ico_told_at").to_native()):
        raise ViolationsFound([Violation("breaches", 9, rule="told_late")])"""
        tiny.write(written(body))

        result = tiny.run()

        assert tiny.record()["examples_caught"] == 0
        assert "violations that no check returned" in result.stdout.str()

    def test_a_number_that_no_example_binds_is_found(self, tiny):
        loose = GOOD.replace("hours=hours", "hours=hours // 2 * 2")
        tiny.write(loose)

        tiny.run()

        assert tiny.record()["outcome"] == "broken"
        assert "hours" in tiny.record()["reason"]

    def test_without_an_allowed_example_it_is_broken(self, tiny):
        tiny.write(examples=LATE)

        tiny.run()

        assert tiny.record()["outcome"] == "broken"

    def test_a_skipped_one_was_not_run(self, tiny):
        tiny.write(GOOD.replace("@pytest.mark.verifies", "@pytest.mark.skip\n@pytest.mark.verifies"))

        result = tiny.run()

        assert result.ret == 0
        assert tiny.record()["outcome"] == "none"
        assert tiny.record()["tests"] == ["tests/commitments/fod/test_breach.py::test_in_time"]

    def test_leaving_out_the_example_with_k_is_part_skipped(self, tiny):
        tiny.write()

        tiny.run("-k", "clean")

        assert tiny.record()["outcome"] == "none"

    def test_an_empty_log_proves_no_obligation(self, tiny):
        tiny.write(
            GOOD.replace('extracts["breaches"]', 'extracts["post"]')
            .replace('"ico_told_at"', '"sent_on"')
            .replace('"detected_at"', '"sent_on"')
            .replace("of=notifiable", "of={}"),
            "",
        )

        tiny.run()

        assert tiny.record()["reason"] == "clean extracts: proves nothing"


class TestRefusedAtCollection:
    """What is wrong with a verification is said with file and line, all of it together."""

    def refused(self, tiny, *said):
        result = tiny.run()

        assert result.ret == 4
        for words in said:
            assert words in result.stderr.str()
        assert not (tiny.pytester.path / "evidence.json").exists()

    def test_an_unknown_need(self, tiny):
        tiny.write(GOOD.replace("BREACH_01", "BREACH_99"), "")

        self.refused(tiny, "test_breach.py:6", "FOD_COM_BREACH_99")

    def test_a_test_without_docstring(self, tiny):
        tiny.write(GOOD.replace('"""The regulator is told in time."""', ""))

        self.refused(tiny, "test_breach.py:6", "no docstring")

    def test_an_example_for_a_need_without_verification(self, tiny):
        tiny.write(examples=LATE + JUST + "FOD_COM_BREACH_02,never told,violation,set,breaches,PDB-03,mps_told_at,\n")

        self.refused(tiny, "fod/examples.csv:4", "FOD_COM_BREACH_02")

    def test_an_example_that_edits_a_record_that_does_not_exist(self, tiny):
        tiny.write(examples=LATE.replace("PDB-03", "PDB-99") + JUST)

        self.refused(tiny, "fod/examples.csv:2", "does not exist")

    def test_an_example_that_does_not_parse(self, tiny):
        tiny.write(examples=LATE.replace("violation", "vialation") + JUST.replace("breaches", "beaches"))

        self.refused(tiny, "fod/examples.csv:2", "fod/examples.csv:3")

    def test_an_empty_parametrize(self, tiny):
        tiny.write(
            GOOD.replace("@pytest.mark.verifies", '@pytest.mark.parametrize("n", [])\n@pytest.mark.verifies').replace(
                "(extracts, terms)", "(extracts, terms, n)"
            )
        )

        self.refused(tiny, "test_breach.py:6", "parametrize is empty")

    def test_one_that_is_expected_to_fail(self, tiny):
        tiny.write(GOOD.replace("@pytest.mark.verifies", "@pytest.mark.xfail\n@pytest.mark.verifies"))

        self.refused(tiny, "test_breach.py:6", "expected to fail")

    def test_a_run_shared_by_processes_whose_evidence_would_be_of_one(self, tiny):
        tiny.write()

        result = tiny.run("--numprocesses=2")

        assert result.ret == 4
        assert "--evidence writes down what one process ran" in result.stderr.str()
        assert not (tiny.pytester.path / "evidence.json").exists()

    def test_several_at_once(self, tiny):
        tiny.write(
            GOOD.replace('"""The regulator is told in time."""', ""),
            LATE + JUST + "FOD_COM_BREACH_02,x,violation,drop table,breaches,,,\n",
        )

        self.refused(tiny, "no docstring", "FOD_COM_BREACH_02")


def test_a_term_without_a_line_never_passes(tiny):
    tiny.write(GOOD.replace('terms.number("hours")', 'terms.number("days")'))

    result = tiny.run()

    assert result.ret == 1
    assert tiny.record()["outcome"] == "broken"
    assert "terms/fod/breach.csv: no line 'days'" in result.stdout.str()


def test_ordinary_tests_are_left_alone(tiny):
    tiny.write()
    (tiny.folder / "test_other.py").write_text("def test_plain():\n    assert 1 + 1 == 2\n")

    result = tiny.run()

    assert result.ret == 0
    result.assert_outcomes(passed=4)


def test_a_yardstick_of_ours_never_makes_a_promise_fail(tiny, tmp_path):
    needs = json.loads(tiny.needs.read_text())
    needs["versions"]["1"]["needs"]["FOD_COM_BREACH_01"]["method"] = "vague"
    tiny.needs.write_text(json.dumps(needs))
    texts = dict(synthetic.make("fod").texts)
    late = texts["breaches"].column("ico_told_at").to_pylist()
    late[0] = "2020-04-30T11:00+01:00"
    place = texts["breaches"].column_names.index("ico_told_at")
    texts["breaches"] = texts["breaches"].set_column(place, "ico_told_at", pa.array(late, pa.string()))
    facts = SetFacts("fod", "quarter 3", "real", "2023-12-31")
    extract_files.write(ExtractSet(texts, synthetic.make("fod").schemas, facts), tmp_path)
    tiny.write()

    result = tiny.run(f"--extracts={tmp_path}")

    assert result.ret == 0
    assert (tiny.record()["outcome"], tiny.record()["real"]) == ("vague", "none")
    assert "yardstick" in tiny.record()["reason"]


def test_a_crash_in_a_fixture_is_a_broken_check(tiny):
    broken = "\n@pytest.fixture\ndef odd():\n    raise RuntimeError\n\n@pytest.mark.verifies"
    tiny.write(GOOD.replace("\n@pytest.mark.verifies", broken).replace("(extracts, terms)", "(extracts, terms, odd)"))

    result = tiny.run()

    assert result.ret == 1
    assert tiny.record()["outcome"] == "broken"
    assert "crashed" in tiny.record()["reason"]


def test_a_marker_without_an_id_is_refused(tiny):
    tiny.write(GOOD.replace('verifies("FOD_COM_BREACH_01")', "verifies"), "")

    result = tiny.run()

    assert result.ret == 4
    assert "verifies names no need" in result.stderr.str()


def test_made_up_records_that_are_handed_over_are_never_real(tiny, tmp_path):
    extract_files.write(synthetic.make("fod", 1, 0.02), tmp_path)
    tiny.write()

    tiny.run(f"--extracts={tmp_path}")

    assert (tiny.record()["real"], tiny.record()["rehearsal"]) == ("none", "held")


def test_a_deadline_that_had_not_passed_is_not_missed(tiny, tmp_path):
    made = synthetic.make("fod", 1, 0.02)
    log = made.texts["breaches"]
    log = log.slice(0, 1 + max(row for row, told in enumerate(log["ico_told_at"].to_pylist()) if told))
    for column, value in (("detected_at", "2022-09-30T22:00+01:00"), ("ico_told_at", None)):
        cells = [*log.column(column).to_pylist()[:-1], value]
        log = log.set_column(log.column_names.index(column), column, pa.array(cells, pa.string()))
    facts = SetFacts("fod", "quarter 3", "real", "2022-10-01")
    extract_files.write(ExtractSet({"breaches": log}, made.schemas, facts), tmp_path)
    tiny.write()

    tiny.run(f"--extracts={tmp_path}")

    assert tiny.record()["real"] == "held"


POST = '''
import pytest
from dpia_checks.checks.minimisation import columns_not_approved
from dpia_checks.violations import assert_no_violations

TABLES = ("post", "crc")

@pytest.mark.verifies("FOD_COM_TRANSFERS_09")
def test_nothing_is_posted(extracts):
    """Nothing is posted."""
    assert_no_violations(*(columns_not_approved(extracts[table]) for table in TABLES))
'''
ONLY = {
    "a theme": (["breach"], {"FOD_COM_BREACH_01"}),
    "a commitment": (["FOD_COM_BREACH_01"], {"FOD_COM_BREACH_01"}),
    "a table": (["breaches"], {"FOD_COM_BREACH_01"}),
    "a table by a variable": (["crc"], {"FOD_COM_TRANSFERS_09"}),
    "both": (["breaches", "transfers"], {"FOD_COM_BREACH_01", "FOD_COM_TRANSFERS_09"}),
}


@pytest.mark.parametrize(("words", "asked"), ONLY.values(), ids=ONLY)
def test_only_what_is_asked_for_is_run(tiny, words, asked):
    tiny.write(POST, name="test_transfers.py")
    tiny.write()

    tiny.run(*(f"--only={word}" for word in words))

    made = json.loads((tiny.pytester.path / "evidence.json").read_text())
    records = evidence.records(made)
    assert made["made_by"]["only"] == words
    assert {need for need, record in records.items() if record["tests"]} == asked
    left = {need: record for need, record in records.items() if need not in asked}
    assert {record["reason"] for record in left.values()} == {evidence.NOT_ASKED}
    assert {record["outcome"] for need, record in left.items() if "_COM_" in need} <= {"none"}


def test_everything_is_run_when_nothing_is_asked_for(tiny):
    tiny.write()

    tiny.run()

    made = json.loads((tiny.pytester.path / "evidence.json").read_text())
    assert "only" not in made["made_by"]
    assert tiny.record()["outcome"] == "proven"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Zq7CanaryBird", "breach"], "--only, 1 of 2: it is no theme"),
        (["crc"], "--only, 1 of 1: no verification is written for what it names"),
        (["breach", "crc"], "--only, 2 of 2: no verification is written for what it names"),
    ],
)
def test_asking_for_what_is_not_there_is_refused(tiny, words, said):
    """So it is beside a word that names something: else a promise would seem to be verified with the others."""
    tiny.write()

    result = tiny.run(*(f"--only={word}" for word in words))

    assert result.ret == 4
    assert said in result.stderr.str()
    assert "Zq7CanaryBird" not in result.stdout.str() + result.stderr.str()


def test_another_day_to_judge_by_is_in_the_evidence(tiny, tmp_path):
    tiny.write()
    extract_files.write(synthetic.make("fod", scale=0.05), tmp_path / "set")

    tiny.run(f"--extracts={tmp_path / 'set'}", "--as-of=2024-02-29")

    sets = json.loads((tiny.pytester.path / "evidence.json").read_text())["made_by"]["extract_sets"]
    assert [(facts["taken_on"], facts.get("as_of")) for facts in sets] == [
        ("2023-12-31", None),
        ("2023-12-31", "2024-02-29"),
    ]
