"""Failures and findings agree, both ways: over tiny documents, and over the two real ones."""

from pathlib import Path

import pytest

from dpia_checks import DPIAS, needs
from dpia_checks.lint import document, reconcile, rules

from .conftest import draw, need

ROOT = Path(__file__).parents[2]
NEEDS = ROOT / "build" / "needs.json"
TWO = [{"processor": "ORS", "reference": reference} for reference in "12"]


def finding(found_by, **fields):
    return need("FOD_FIND_PARTIES_01", found_by=found_by, **{"source": ["9"], "concerns": []} | fields)


def said(*needs, **facts):
    made = draw(*needs, **facts)
    results = [result for result in rules.lint(made) if result.rule.id in ("ST-03", "ST-01")]
    return reconcile.disagreements(made, results)


def test_a_failure_without_a_finding_says_what_to_write():
    (line,) = said(contracts=TWO)

    assert line.startswith("ST-03 fails and no finding says so")
    assert "Write ST-03 into found_by of a finding in docs/fod/findings/" in line
    assert "FOD_CTX_CONTRACTS_01" in line


def test_a_finding_that_concerns_the_need_answers_the_failure():
    assert said(finding("read by hand; ST-03", concerns=["FOD_CTX_CONTRACTS_01"]), contracts=TWO) == []


def test_a_finding_about_something_else_in_the_same_section_does_not():
    assert len(said(finding("ST-03", source=["1"]), contracts=TWO)) == 1


def answered(rule, *needs, sections="5.3"):
    made = draw(*needs, sections=sections)
    return not reconcile.disagreements(made, [one for one in rules.lint(made) if one.rule.id == rule])


def test_a_case_of_fields_is_answered_in_its_section():
    field = need("FOD_FIELD_CRC_01", standing="approved", table="crc", source=["App1"])

    assert answered("ST-06", field, finding("ST-06", source=["App1"]))
    assert not answered("ST-06", field, finding("ST-06", source=["6"]))


def test_a_silence_is_answered_in_its_section_or_by_any_when_it_has_none():
    assert answered("DC-37", finding("DC-37", source=["5.3"]))
    assert not answered("DC-37", finding("DC-37", source=["6"]))
    assert answered("DC-59", finding("DC-59", source=["6"]))


def test_a_finding_that_claims_a_rule_that_passes_is_named():
    (line,) = said(finding("read by hand; ST-03"))

    assert line.startswith("FOD_FIND_PARTIES_01 claims ST-03, which passes or does not apply")


def test_a_finding_that_claims_no_rule_of_ours_is_named():
    assert "which is no rule" in said(finding("DC-99"))[0]


def test_a_finding_read_by_hand_claims_nothing():
    assert said(finding("read by hand")) == []


@pytest.fixture(scope="module")
def listed():
    return needs.read(NEEDS)


@pytest.mark.parametrize("dpia", DPIAS)
def test_the_real_documents_agree(dpia, listed):
    made = document.read(dpia, ROOT / "docs" / dpia, listed)

    disagreements = reconcile.disagreements(made, rules.lint(made))

    assert not disagreements, "\n" + "\n".join(disagreements)


@pytest.mark.parametrize("dpia", DPIAS)
def test_every_finding_says_how_it_was_found(dpia, listed):
    made = document.read(dpia, ROOT / "docs" / dpia, listed)

    unsaid = [
        one["id"]
        for one in made.of_type("finding")
        if "read by hand" not in one["found_by"] and not document.CLAIM.findall(one["found_by"])
    ]

    assert unsaid == []


@pytest.mark.parametrize("dpia", DPIAS)
def test_every_fact_is_a_context_need_with_a_section_of_the_document(dpia, listed):
    made = document.read(dpia, ROOT / "docs" / dpia, listed)
    facts = [fact for stated in made.facts.values() for fact in stated]
    printed = {section.key for section in made.sections}

    assert [fact.id for fact in facts if made.needs.get(fact.id, {}).get("kind") != fact.kind] == []
    assert [fact.id for fact in facts if not set(fact.source) <= printed] == []


@pytest.mark.parametrize("dpia", DPIAS)
def test_a_fact_names_needs_that_exist(dpia, listed):
    made = document.read(dpia, ROOT / "docs" / dpia, listed)
    named = [id for group in made.stated("groups") for id in group["safeguards"].split()]
    named += [fact["mitigation"] for fact in made.stated("rationales")] + [f["risk"] for f in made.stated("harms")]

    assert [id for id in named if id not in made.needs] == []
