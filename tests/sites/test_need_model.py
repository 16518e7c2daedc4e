"""A need that lacks what the model asks for fails the build, with a sentence a person can act on."""

import pytest

from dpia_checks.errors import NeedsUnusable
from dpia_checks.project import Project, list_needs

from .conftest import COMMITMENT, MITIGATION, RISK

FINDING = """:::{finding} The table has no measure
:id: FOD_FIND_RISKS_01
:source: 6
:concerns: FOD_RISK_STORAGE_01
:severity: high
:found_by: read by hand

It says nothing.
:::
"""
FIELD = """:::{field} Client ID
:id: FOD_FIELD_CRC_01
:source: App1

:::
"""
ALL = RISK + MITIGATION + COMMITMENT


def test_a_whole_chain_builds_without_a_word(site):
    site.write("fod/page", "# Page\n\n" + ALL)

    assert site.build() == ""


WRONG = {
    "need without source": (ALL.replace(":source: 5.4\n", ""), ["FOD_COM_BREACH_01", "Name the section"]),
    "source that is no section": (ALL.replace(":source: 5.4", ":source: 5.99"), ["fod/page.md:", "no section '5.99'"]),
    "risk without mitigation": (RISK, ["fod/page.md:", "no mitigation reduces this risk"]),
    "mitigation without risk": (
        ALL.replace(":reduces: FOD_RISK_STORAGE_01\n", ""),
        ["FOD_MIT_STORAGE_07", "A mitigation reduces a risk"],
    ),
    "field without category or basis": (ALL + FIELD, ["fod/page.md:", "no category or no basis"]),
    "commitment without method": (
        ALL.replace(":method: register\n", ""),
        ["FOD_COM_BREACH_01", "how the commitment is checked"],
    ),
    "unknown method": (ALL.replace("method: register", "method: maybe"), ["FOD_COM_BREACH_01", "maybe"]),
    "term without a line": (
        ALL.replace("`hours`", "`weeks`"),
        ["fod/page.md:", "no line 'weeks' for FOD_COM_BREACH_01"],
    ),
    "id of another shape": (ALL.replace("FOD_COM_BREACH_01", "FOD_BREACH_1"), ["FOD_BREACH_1"]),
    "id used twice": (ALL + COMMITMENT, ["FOD_COM_BREACH_01", "already exists"]),
    "link to an unknown need": (
        ALL.replace(":delivers: FOD_MIT_STORAGE_07", ":delivers: FOD_MIT_STORAGE_99"),
        ["FOD_MIT_STORAGE_99"],
    ),
    "link to a need of another type": (
        ALL.replace(":delivers: FOD_MIT_STORAGE_07", ":delivers: FOD_RISK_STORAGE_01"),
        ["FOD_RISK_STORAGE_01"],
    ),
    "law without a date": ("# L\n\n:::{law} Telling\n:id: LAW_GDPR_33_1\n:::\n", ["LAW_GDPR_33_1", "at which date"]),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG)
def test_what_is_missing_is_said(site, text, said):
    site.write("fod/page", "# Page\n\n" + text)

    warned = site.build("needs")

    for words in said:
        assert words in warned


def test_a_finding_excuses_a_risk_without_measures(site):
    site.write("fod/page", "# Page\n\n" + RISK + FINDING)

    assert site.build("needs") == ""


def test_a_finding_excuses_a_field_without_basis(site):
    site.write("fod/page", "# Page\n\n" + ALL + FIELD + FINDING.replace("FOD_RISK_STORAGE_01", "FOD_FIELD_CRC_01"))

    assert site.build("needs") == ""


def test_the_number_of_a_promise_is_shown_and_carried(site):
    site.write("fod/page", "# Page\n\n" + ALL)
    site.build()
    site.build("needs")

    assert 'within <span class="term">72 hours</span>' in site.page("fod/page")
    assert site.needs()["FOD_COM_BREACH_01"]["terms"] == "hours: 72 hours"


def test_documents_that_do_not_build_are_refused_each_time(site):
    site.write("fod/breach", COMMITMENT + "\n" + COMMITMENT)

    for _ in range(2):
        with pytest.raises(NeedsUnusable, match="already exists"):
            list_needs(Project(site.folder))


def test_a_term_of_a_commitment_that_is_named_is_shown_on_any_page(site):
    site.write("fod/page", "# Page\n\n" + ALL)
    site.write("compare", "# One\n\nOne gives {terms}`FOD_COM_BREACH_01.hours`, one {terms}`FOD_COM_BREACH_01.days`.\n")

    warned = site.build()

    assert '<p>One gives <span class="term">72 hours</span>, one ' in site.page("compare")
    assert warned.count("WARNING") == 1
    assert "compare.md:3: WARNING: terms/fod/breach.csv: no line 'days' for FOD_COM_BREACH_01" in warned
