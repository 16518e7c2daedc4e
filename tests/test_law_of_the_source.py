"""
The law that the documents name, typed by hand while reading them, against ``docs/law/named.csv`` and the pages of law.

What stands here was not copied from that file: law that is missing there, or has neither a page nor a reason, shows
only because the two were written apart. Words are as printed, a few of them, beside the page that a reader would
expect; ``None`` where the document names the law and nothing of the evaluation rests on it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dpia_checks import DPIAS, evidence, parts
from dpia_checks import needs as needs_files
from dpia_checks.errors import FactsUnusable
from dpia_checks.parts import law_named
from dpia_checks.parts.law import keys
from dpia_checks.parts.site import Site, sections_of

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"

TYPED = [
    # the female offender diversion pilot
    ("FOD 1", "which the GDPR says is more sensitive", "LAW_GDPR_9_1"),
    ("FOD 1", "a lawful basis under Article 6", "LAW_GDPR_6_1_E"),
    ("FOD 1", "under the 1998 Act", "LAW_DPA1998_2"),
    ("FOD 1", "under Article 10", "LAW_GDPR_10"),
    ("FOD 1", "required a DPIA", "LAW_GDPR_35_1"),
    ("FOD 1", "Police and Crime Plan", None),
    ("FOD 2.1", "Data Protection principles", "LAW_GDPR_5_1_C"),
    ("FOD 2.1", "identified or identifiable individual", "LAW_GDPR_4_1"),
    ("FOD 2.1", "not incompatible", "LAW_GDPR_6_4"),
    ("FOD 2.1", "the 1998 Act", "LAW_DPA1998_2"),
    ("FOD 2.1", "(GSC)", "LAW_GDPR_32"),
    ("FOD 2.1.1", "Social Responsibility Act 2011", "LAW_PRSRA2011_3"),
    ("FOD 2.1.1", "(MOPI)", "LAW_POLICE1996_39A"),
    ("FOD 2.1.1", "Computer Misuse Act", "LAW_CMA1990_1"),
    ("FOD 2.1.1", "GDPR policies", "LAW_GDPR_24"),
    ("FOD 2.1.4", "GDPR compliant", "LAW_GDPR_24"),
    ("FOD 2.1.5", "to rectify information", "LAW_GDPR_16"),
    ("FOD 2.2.2", "Article 9", "LAW_GDPR_9_1"),
    ("FOD 2.2.2", "Article 10", "LAW_GDPR_10"),
    ("FOD 2.2.2", "the 1998 Act", "LAW_DPA1998_2"),
    ("FOD 2.3", "compliant with the GDPR", "LAW_GDPR_5_2"),
    ("FOD 2.3.1", "a clear basis in law", "LAW_GDPR_6_1_E"),
    ("FOD 2.3.2", "Subject Access Requests", "LAW_GDPR_15"),
    ("FOD 2.3.2", "S.45", "LAW_FOIA2000_45"),
    ("FOD 2.3.2", "under the Act", "LAW_FOIA2000_45"),
    ("FOD 2.3.3", "via consent", "LAW_GDPR_6_1_A"),
    ("FOD 2.3.4", "Care Act 2014", None),
    ("FOD 2.3.4", "Statutory Guidance", None),
    ("FOD 2.3.5", "notifiable", "LAW_GDPR_33_1"),
    ("FOD 2.3.8", "GDPR is new", "LAW_GDPR_5_2"),
    ("FOD 2.3.9", "codes of conduct", "LAW_GDPR_40"),
    ("FOD 2.3.9", "codes of conduct", "LAW_GDPR_35_8"),
    ("FOD 2.3.9", "certification schemes", "LAW_GDPR_42"),
    ("FOD 2.4", "Social Responsibility Act 2011", "LAW_PRSRA2011_3"),
    ("FOD 2.4", "Police & Crime Plan", None),
    ("FOD 2.4.1", "section 143", "LAW_ASBCPA2014_143"),
    ("FOD 2.4.3", "equality and diversity principles", "LAW_EQA2010_149"),
    ("FOD 3.1", "data protection acts", "LAW_GDPR_5_2"),
    ("FOD 4", "Articles 9 and 10", "LAW_GDPR_10"),
    ("FOD 4", "Data Protection Act 2018", "LAW_DPA2018_10"),
    ("FOD 4.1", "contract, legal obligations, vital interests", None),
    ("FOD 4.1", "Public Task", "LAW_GDPR_6_1_E"),
    ("FOD 4.1", "Article 9 - J", "LAW_GDPR_9_2_J"),
    ("FOD 4.1", "Article 10", "LAW_GDPR_10"),
    ("FOD 4.1", "connected to the Act", "LAW_PRSRA2011_3"),
    ("FOD 4.1", "seek consent", "LAW_GDPR_6_1_A"),
    ("FOD 4.1.2", "Section (6)", "LAW_PRSRA2011_3"),
    ("FOD 4.1.2", "section 8(4)", None),
    ("FOD 4.1.2", "section 37A(2)", None),
    ("FOD 4.1.2", "section 39A(7)", "LAW_POLICE1996_39A"),
    ("FOD 4.1.2", "section 22A", None),
    ("FOD 4.1.2", "section 34", None),
    ("FOD 4.1.2", "section 35", None),
    ("FOD 4.1.2", "by any enactment", "LAW_EQA2010_149"),
    ("FOD 4.1.2", "Children Act 2004", None),
    ("FOD 4.5", "data minimisation", "LAW_GDPR_5_1_C"),
    ("FOD 4.7", "withdraw their consent", "LAW_GDPR_7_3"),
    ("FOD 4.7", "other parts of the GDPR", "LAW_GDPR_24"),
    ("FOD 4.9", "outside the EEA", "LAW_GDPR_44"),
    ("FOD 5.1", "data controllers", "LAW_GDPR_4_7"),
    ("FOD 5.1", "a data processor", "LAW_GDPR_4_8"),
    ("FOD 5.3", "under the Act", "LAW_FOIA2000_45"),
    ("FOD 5.3", "Code of Practice", "LAW_FOIA2000_45"),
    ("FOD 5.3", "Freedom of Information Requests", "LAW_FOIA2000_10"),
    ("FOD 5.3", "the right to delete", "LAW_GDPR_17"),
    ("FOD 5.3", "statutory time limit", "LAW_GDPR_12_3"),
    ("FOD 5.4", "within 72 hours", "LAW_GDPR_33_1"),
    ("FOD 5.4", "Information Code of Conduct", "LAW_GDPR_32_4"),
    ("FOD 5.4", "criminal proceedings", "LAW_DPA2018_171"),
    ("FOD 5.4", "Data Protection Act 2018", "LAW_DPA2018_8"),
    ("FOD 6", "DPA compliant", "LAW_GDPR_24"),
    ("FOD 6", "explicit informed consent", "LAW_GDPR_9_2_A"),
    # London Gang Exit
    ("LGE 1.1", "Article 6", "LAW_GDPR_6_1_E"),
    ("LGE 1.1", "Article 9", "LAW_GDPR_9_1"),
    ("LGE 1.1", "Article 10", "LAW_GDPR_10"),
    ("LGE 1.1", "consent for LGE records", "LAW_GDPR_6_1_A"),
    ("LGE 1.1", "requires a DPIA", "LAW_GDPR_35_3"),
    ("LGE 2.1", "the 1998 Act", "LAW_DPA1998_2"),
    ("LGE 2.1", "Article 10", "LAW_GDPR_10"),
    ("LGE 2.1", "identified or identifiable", "LAW_GDPR_4_1"),
    ("LGE 2.1", "(GSC)", "LAW_GDPR_32"),
    ("LGE 2.1.1", "Social Responsibility Act 2011", "LAW_PRSRA2011_3"),
    ("LGE 2.1.1", "(MOPI)", "LAW_POLICE1996_39A"),
    ("LGE 2.1.1", "Computer Misuse Act", "LAW_CMA1990_1"),
    ("LGE 2.1.1", "strict consent parameters", "LAW_GDPR_6_1_A"),
    ("LGE 2.1.3", "TLS 1.2", "LAW_GDPR_32"),
    ("LGE 2.1.4", "GDPR compliant", "LAW_GDPR_24"),
    ("LGE 2.1.5", "to rectify", "LAW_GDPR_16"),
    ("LGE 2.1.6", "directed by a Court", None),
    ("LGE 2.1.6", "in accordance with GDPR", "LAW_GDPR_5_2"),
    ("LGE 2.2.2", "Article 9", "LAW_GDPR_9_1"),
    ("LGE 2.2.2", "Article 10", "LAW_GDPR_10"),
    ("LGE 2.2-context", "compliant with the GDPR", "LAW_GDPR_24"),
    ("LGE 2.3.1", "public task", "LAW_GDPR_6_1_E"),
    ("LGE 2.3.1", "Freedom of Information request", "LAW_FOIA2000_10"),
    ("LGE 2.3.2", "Section 143", "LAW_ASBCPA2014_143"),
    ("LGE 2.3.4", "children need particular protection", "LAW_GDPR_12_1"),
    ("LGE 2.3.5", "notifiable", "LAW_GDPR_33_1"),
    ("LGE 2.3.7", "ISO27001", "LAW_GDPR_32"),
    ("LGE 2.3.8", "GDPR is new", "LAW_GDPR_5_2"),
    ("LGE 2.3.9", "codes of conduct", "LAW_GDPR_40"),
    ("LGE 2.3.9", "certification schemes", "LAW_GDPR_42"),
    ("LGE 2.3-purpose", "Social Responsibility Act 2011", "LAW_PRSRA2011_3"),
    ("LGE 2.3-purpose", "Police & Crime Plan", None),
    ("LGE 3", "current GDPR", "LAW_GDPR_5_2"),
    ("LGE 4", "Articles 9 and 10", "LAW_GDPR_10"),
    ("LGE 4", "Data Protection Act 2018", "LAW_DPA2018_SCH1"),
    ("LGE 4.1", "contract, legal obligations, vital interests", None),
    ("LGE 4.1.1", "Section 143", "LAW_ASBCPA2014_143"),
    ("LGE 4.1.1", "article 6(3)", "LAW_GDPR_6_3"),
    ("LGE 4.1.1", "Article 9 special category (g)", "LAW_GDPR_9_2_G"),
    ("LGE 4.1.2", "Article 10", "LAW_GDPR_10"),
    ("LGE 4.1.2", "Section 143", "LAW_ASBCPA2014_143"),
    ("LGE 4.1.2", "Social Responsibility Act 2011", "LAW_PRSRA2011_3"),
    ("LGE 4.1.4", "article 6(3)", "LAW_GDPR_6_3"),
    ("LGE 4.1.4", "Section 143", "LAW_ASBCPA2014_143"),
    ("LGE 4.5", "data minimisation", "LAW_GDPR_5_1_C"),
    ("LGE 4.7", "withdraw their consent", "LAW_GDPR_7_3"),
    ("LGE 4.8", "GDPR 2018 legislation", "LAW_GDPR_24"),
    ("LGE 4.9", "an adequate level of protection", "LAW_GDPR_44"),
    ("LGE 5.1", "The Data Protection Act (DPA)", "LAW_DPA1998_1"),
    ("LGE 5.1", "joint controller", "LAW_GDPR_26"),
    ("LGE 5.3", "under the Act", "LAW_FOIA2000_45"),
    ("LGE 5.3", "S.45", "LAW_FOIA2000_45"),
    ("LGE 5.3", "the right to delete", "LAW_GDPR_17"),
    ("LGE 5.3", "statutory time limit", "LAW_FOIA2000_10"),
    ("LGE 5.4", "within 72 hours", "LAW_GDPR_33_1"),
    ("LGE 5.4", "Information Code of Conduct", "LAW_GDPR_32_4"),
    ("LGE 5.4", "criminal proceedings", "LAW_CMA1990_1"),
    ("LGE 5.4", "Data Protection Act 2018", "LAW_DPA2018_8"),
    ("LGE 6", "DPA compliant", "LAW_GDPR_24"),
    ("LGE AnnexB", "LAC Section 20", None),
    ("LGE AnnexB", "LAC Section 31", None),
]


def pairs():
    for line in law_named.load(DOCS):
        for place in keys(line, "named_in"):
            yield from ((place, page) for page in keys(line, "law") or [None])


def test_each_law_that_is_typed_here_has_its_page_or_its_reason():
    listed = set(pairs())

    assert [(place, words) for place, words, page in TYPED if (place, page) not in listed] == []


def test_each_section_that_is_listed_as_naming_law_is_typed_here():
    typed = {place for place, _, _ in TYPED}
    wide = {"FOD 2.1.3", "FOD 5.2", "LGE 5.2"}  # the classification, and the roles, named again

    assert {place for place, _ in pairs()} - typed == wide


def test_each_section_and_each_page_that_is_listed_exists():
    law = set(needs_files.read(ROOT / "build" / "needs.json").of_type("law"))
    sections = {f"{dpia.upper()} {key}" for dpia in DPIAS for key in sections_of(DOCS / dpia)}

    assert {place for place, _ in pairs()} - sections == set()
    assert {page for _, page in pairs() if page} - law == set()


ARTICLE = re.compile(r"Articles? (\d+[A-Z]?)(?:\(\w+\))*(?:(?:,| and| to) (\d+[A-Z]?)\b)?")
"""An article as our pages cite it, and the one behind it where two are cited together."""


def covered():
    """Every article of the GDPR and the UK GDPR that some page of law is about, ranges spelt out."""
    for page in (DOCS / "law").glob("*gdpr/*.md"):
        for first, last in re.findall(r"(\d+[A-Z]?)[()\w]*(?: to (\d+[A-Z]?))?", provision(page)):
            yield from filter(None, (first, last))
            if first.isdigit() and last.isdigit():
                yield from map(str, range(int(first), int(last)))


def provision(page):
    return re.search(r"^:provision: (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)[1]


@pytest.mark.parametrize("dpia", DPIAS)
def test_each_article_that_our_own_pages_cite_has_a_page(dpia):
    cited = {
        article
        for page in [*(DOCS / dpia).rglob("*.md"), *(DOCS / dpia).rglob("*.csv")]
        for found in ARTICLE.findall(page.read_text(encoding="utf-8"))
        for article in filter(None, found)
    }

    assert len(cited) > 5
    assert cited - set(covered()) == set()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("An Act,,LAW_X_1,\n", "law/named.csv:2: named nowhere, or said twice"),
        ("An Act,FOD 1,,\n", "law/named.csv:2: neither a page nor a reason for none"),
        ("An Act,FOD 1,LAW_X_1,\nAn Act,FOD 1,LAW_X_1,\n", "law/named.csv:3: named nowhere, or said twice"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path, line, said):
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "named.csv").write_text("name,named_in,law,reason\n" + line)

    with pytest.raises(FactsUnusable) as refused:
        law_named.load(tmp_path)

    assert said in str(refused.value)


def test_without_the_file_nothing_is_named(tmp_path):
    assert law_named.load(tmp_path) == ()


def test_the_page_of_law_links_each_name_to_its_sections_and_its_page():
    listed = needs_files.read(ROOT / "build" / "needs.json")
    made_by = {"tool": "1", "commit": "abc", "extract_sets": []}
    pages = {str(need["docname"]) for need in listed.by_id.values()} | {"fod/sections", "lge/sections", "law/index"}
    site = Site(listed, evidence.build(listed, (), {}, made_by), pages, {}, DOCS)

    html = str(parts.render(site, "law/index", "law-named"))
    care, mopi = (next(row for row in html.split("<tr>") if name in row) for name in ("Care Act 2014", "(MOPI)"))

    assert ">none</td>" in care
    assert 'href="../fod/sections.html#section-2-3-4"' in care
    assert "police-1996/39a.html#LAW_POLICE1996_39A" in mopi
