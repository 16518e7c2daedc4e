"""A theme's page sets both documents side by side, with states that are never stale."""

import pytest

from dpia_checks.evidence import Run

from .conftest import COMMITMENT, MITIGATION, RISK
from .test_pages import BROKEN, PROVEN, record

LGE = """:::{commitment} The regulator is told in time
:id: LGE_COM_BREACH_01
:source: 5.4
:method: attest
:form: obligation

MOPAC tells the regulator.
:::

:::{commitment} Only this one says so
:id: LGE_COM_BREACH_02
:source: 5.4
:method: attest
:form: obligation

MOPAC says so.
:::
"""
THEME = "# Personal data breaches\n\n```{dpia-view} theme breach\n```\n"
ATTESTED = [Run("LGE_COM_BREACH_02", "t", "real", "real", "held", attested_until="2023-12-31")]


@pytest.fixture
def pages(site):
    (site.docs / "lge").mkdir()
    site.write("fod/breach", "# FOD\n\n" + COMMITMENT + RISK + MITIGATION)
    site.write("lge/breach", "# LGE\n\n" + LGE)
    site.write("breaches", THEME)
    return site


def test_what_has_one_heading_in_both_stands_in_one_row(pages):
    record(pages, PROVEN)

    assert pages.build() == ""

    page = pages.page("breaches")
    assert "Under the same heading in both: 1" in page
    assert "In one of them alone: FOD 0, LGE 1" in page
    row = page.split('class="sides"')[1]
    assert "FOD_COM_BREACH_01" in row
    assert "LGE_COM_BREACH_01" in row
    assert "LGE_COM_BREACH_02" not in row


def test_each_entry_says_its_document_its_section_its_numbers_and_its_state(pages):
    record(pages, PROVEN)
    pages.build()

    page = pages.page("breaches")
    for words in ("<strong>FOD</strong>", "<strong>LGE</strong>", "Section 5.4", "Held to: hours: 72 hours"):
        assert words in page
    assert "check proven (made-up records)" in page
    assert "attestation due" in page
    assert "FOD: 1 promise; of the 1 that owes a check, 1 has a proven one and 0 one in our transcription" in page


def test_a_change_of_evidence_alone_shows(pages):
    record(pages, PROVEN)
    pages.build()
    record(pages, BROKEN)
    pages.build()

    assert "check broken (ours: says nothing about MOPAC)" in pages.page("breaches")
    assert "check proven (made-up records)" not in pages.page("breaches")


def test_what_a_person_attested_is_not_shown_before_it_is_released(pages):
    record(pages, [*PROVEN, *ATTESTED])
    pages.build()

    for page in ("breaches", "lge/breach"):
        assert "attestation due" in pages.page(page)
        assert "attested until" not in pages.page(page)


def test_a_theme_that_nobody_wrote_yet_is_not_applicable(pages):
    pages.write("breaches", THEME.replace("theme breach", "theme rights"))
    record(pages, PROVEN)
    pages.build()

    assert "FOD: no promise on this theme is written yet (n/a)." in pages.page("breaches")


def test_an_unknown_theme_is_refused_with_those_there_are(pages):
    pages.write("breaches", THEME.replace("theme breach", "theme cats"))
    record(pages, PROVEN)

    said = pages.build()

    assert "no view theme cats" in said
    assert "governance" in said


def test_a_page_of_promises_leads_to_its_theme_across_both(pages):
    (pages.docs / "themes").mkdir()
    pages.write("themes/breach", "# Both\n\n```{dpia-view} theme breach\n```\n")
    record(pages, PROVEN)
    pages.build()

    assert 'href="../themes/breach.html">Both assessments on this theme.</a>' in pages.page("fod/breach")
