"""Facts become context needs, and the page of rules shows each answer with its finding, never a stale one."""

import pytest

CONTRACTS = "id,source,says,processor,data_set,reference,date,ends,clauses\n"
ONE = "FOD_CTX_PARTIES_01,2.1.3,The contract is GLA 1,ORS,surveys,GLA 1,,,\n"
TWO = "FOD_CTX_PARTIES_02,3.2,The contract is SS 2,ORS,surveys,SS 2,,,\n"
FINDING = """# Wrong

:::{finding} Two references
:id: FOD_FIND_PARTIES_01
:source: 3.2
:concerns: FOD_CTX_PARTIES_01
:severity: low
:found_by: read by hand; ST-03

The references differ.
:::
"""


@pytest.fixture
def pages(site):
    site.facts = lambda text: (site.docs / "fod" / "facts" / "contracts.csv").write_text(text)
    site.facts(CONTRACTS + ONE + TWO)
    site.write("fod/stated", "# Stated\n\n```{stated-facts} fod\n```\n\n```{dpia-view} stated fod\n```\n")
    site.write("fod/lint", "# Rules\n\n```{dpia-view} lint fod\n```\n")
    site.write("fod/findings", FINDING)
    return site


def test_a_fact_is_a_context_need_with_its_kind_and_cells(pages):
    assert pages.build() == ""

    need = pages.needs()["FOD_CTX_PARTIES_01"]
    assert (need["type"], need["kind"], need["source"]) == ("context", "contracts", ["2.1.3"])
    assert "reference: GLA 1; not stated: date, ends, clauses" in need["content"]
    assert (need["party"], need["data_set"], need["reference"]) == ("ORS", "surveys", "GLA 1")


def test_the_page_of_facts_shows_each_row_under_its_id_with_what_is_wrong(pages):
    pages.build()

    page = pages.page("fod/stated")
    assert 'id="FOD_CTX_PARTIES_01"' in page
    assert "The contract is GLA 1" in page
    assert "findings.html#FOD_FIND_PARTIES_01" in page
    assert "The document states nothing of this kind." in page


def test_the_page_of_rules_shows_the_answer_the_case_and_the_finding(pages):
    pages.build()

    page = pages.page("fod/lint")
    assert 'id="rule-st-03"' in page
    assert "the contract with ORS is GLA 1 and SS 2" in page
    assert "findings.html#FOD_FIND_PARTIES_01" in page


def test_a_finding_links_to_the_rule_that_found_it(pages):
    pages.build()

    assert 'href="lint.html#rule-st-03"' in pages.page("fod/findings")


def test_a_changed_fact_rewrites_the_page_of_rules(pages):
    pages.build()

    pages.facts(CONTRACTS + ONE + TWO.replace("SS 2,", "GLA 1,"))
    pages.build()

    assert "the contract with ORS is" not in pages.page("fod/lint")


def test_a_row_that_cannot_be_used_fails_the_build_with_its_line(pages):
    pages.facts(CONTRACTS + ONE + ONE)

    assert "fod/facts/contracts.csv:3: the id FOD_CTX_PARTIES_01 is at fod/facts/contracts.csv:2 too" in pages.build()


def test_a_section_that_the_document_does_not_have_fails_the_build(pages):
    pages.facts(CONTRACTS + ONE.replace("2.1.3", "9.9"))

    assert "the document has no section '9.9'" in pages.build()


def test_an_id_that_a_page_has_already_is_said_without_a_traceback(pages):
    pages.facts(CONTRACTS + ONE.replace("FOD_CTX_PARTIES_01", "FOD_FIND_PARTIES_01"))

    said = pages.build("needs")

    assert "fod/stated.md:3" in said
    assert "A need with ID 'FOD_FIND_PARTIES_01' already exists" in said
    assert "Traceback" not in said


def test_a_line_of_what_became_of_them_that_cannot_be_used_is_said_without_a_traceback(pages):
    (pages.docs / "since.csv").write_text("name,kind,named_in,became,address\nA,house,,unknown,\n")

    said = pages.build()

    assert "since.csv:2: an unknown kind" in said
    assert "Traceback" not in said
