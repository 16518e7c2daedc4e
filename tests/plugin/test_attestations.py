"""One test verifies each promise that only a person can vouch for; a log of real origin says until when."""

import json

import pytest

from dpia_checks import extract_files, synthetic
from dpia_checks.records import ExtractSet, SetFacts

PHONE, MISUSE = "FOD_COM_TRANSFERS_10", "FOD_COM_BREACH_16"
EACH = '''
import pytest
from dpia_checks.checks.governance import attested_by_others, not_attested
from dpia_checks.violations import assert_no_violations

@pytest.mark.verifies_each("attest")
def test_somebody_attests_it(extracts, terms, need):
    """For each promise that only a person can vouch for, an attestation is valid."""
    log = extracts["attestations"]
    others = attested_by_others(log, commitment=need, roles=terms.items_of("vouched_by"))
    assert_no_violations(not_attested(log, extracts["dpia_versions"], commitment=need) + others)
'''
EXAMPLES = (
    "each attest,Nobody signed it,violation,set,attestations,ATT-{need}-2,signed,no\n"
    "each attest,It is given on the very day,allowed,set,attestations,ATT-{need}-2,attested_on,2023-12-31\n"
    "each attest,It is given on the very day,allowed,set,attestations,ATT-{need}-1,valid_until,2023-12-30\n"
)
QUIET = "FOD_VER_TRANSFERS_10"


@pytest.fixture
def attested(tiny):
    """A tiny project with two promises that only a person can vouch for, and one test of them."""
    made = json.loads(tiny.needs.read_text())
    for id in (PHONE, MISUSE):
        made["versions"]["1"]["needs"][id] = {"id": id, "type": "commitment", "title": "Only said", "method": "attest"}
    tiny.needs.write_text(json.dumps(made))
    tiny.write(EACH, EXAMPLES, name="test_governance.py")
    return tiny


def given(folder, *, origin="real", taken_on):
    """Write the made-up extracts as a set that was handed over on a day."""
    clean = synthetic.make("fod")
    facts = SetFacts("fod", "quarter 4", origin, taken_on)
    extract_files.write(ExtractSet(dict(clean.texts), clean.schemas, facts), folder)
    return f"--extracts={folder}"


def test_one_test_runs_for_each_of_them_on_its_own_examples(attested):
    result = attested.run()

    assert result.ret == 0
    for id in (QUIET, "FOD_VER_BREACH_16"):
        record = attested.record(id)
        assert (record["outcome"], record["examples_caught"], record["allowed_passed"]) == ("attest", 1, 1)
        assert record["checks"] == ["attested_by_others", "not_attested"]


def test_on_made_up_records_attestation_is_due_however_proven_the_check_is(attested):
    attested.run()

    assert (attested.record(QUIET)["outcome"], attested.record(QUIET)["attested_until"]) == ("attest", "")


def test_a_log_of_real_origin_says_until_when(attested, tmp_path):
    attested.run(given(tmp_path, taken_on="2023-12-31"))

    record = attested.record(QUIET)
    assert (record["outcome"], record["real"], record["attested_until"]) == ("attest", "none", "2023-12-31")


def test_on_the_day_after_attestation_is_due(attested, tmp_path):
    result = attested.run(given(tmp_path, taken_on="2024-01-01"))

    assert result.ret == 0
    assert attested.record(QUIET)["attested_until"] == ""


def test_a_made_up_log_that_is_handed_over_says_nothing(attested, tmp_path):
    attested.run(given(tmp_path, origin="synthetic", taken_on="2023-12-31"))

    assert attested.record(QUIET)["attested_until"] == ""


def test_a_mistake_that_is_missed_breaks_the_check_of_each(attested):
    attested.write(EACH, EXAMPLES.replace("signed,no", "evidence_reference,EV-9"), name="test_governance.py")

    result = attested.run()

    assert result.ret == 1
    assert attested.record(QUIET)["outcome"] == "broken"


def test_one_that_does_not_take_the_need_is_refused(attested):
    attested.write(EACH.replace("(extracts, terms, need)", "(extracts)"), EXAMPLES, name="test_governance.py")

    result = attested.run()

    assert result.ret == 4
    assert "test_governance.py:6: verifies_each does not take need" in result.stderr.str()


def test_an_example_of_each_is_no_orphan_of_another_theme(attested):
    (attested.folder / "test_transfers.py").write_text("def test_plain():\n    assert 1 + 1 == 2\n")

    result = attested.run()

    assert result.ret == 0
