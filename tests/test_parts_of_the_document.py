"""The drawing of flows, the matrix of bases and the silences, from the facts of a document of a few lines."""

from __future__ import annotations

import re

import pytest

from dpia_checks import evidence, parts
from dpia_checks.facts import HEAD, KINDS
from dpia_checks.needs import Needs
from dpia_checks.parts.site import Site

FLOWS = """id,source,says,sender,receiver,data_set,channel,agreement,data,basis,condition
FOD_CTX_SHARING_01,2,One sends,Advance,MOPAC,cases,,an agreement,records of cases,"6(1)(e), 10",
FOD_CTX_SHARING_02,2,People answer,people,ORS,answers,portal,,,,
FOD_CTX_SHARING_03,2,Another sends,NPS,MOPAC,histories,by hand,,old sentences,,a court orders it
"""
BASES = """id,source,says,data_set,purpose,article,statute,provision,schedule_1,promise
FOD_CTX_BASIS_01,4,Public task for all,all,evaluation,6(1)(e),,,,
FOD_CTX_BASIS_02,4,Consent for interviews,interviews and surveys,,6(1)(a),,,,
FOD_CTX_BASIS_03,4,Authority for the police,MPS,impact,10,An Act,,,
"""
USES = """id,source,says,purpose,data_set
FOD_CTX_PURPOSE_11,1,Police data for impact,impact,MPS
FOD_CTX_PURPOSE_12,1,Interviews for process,process,interviews and surveys
FOD_CTX_PURPOSE_14,1,Police data for payment,payment,MPS
"""
PURPOSES = """id,source,says,purpose,part_of,compatible_because
FOD_CTX_PURPOSE_13,1,Costs,costs,evaluation,
FOD_CTX_PURPOSE_15,1,Impact,impact,evaluation,
FOD_CTX_PURPOSE_16,1,Process,process,evaluation,
FOD_CTX_PURPOSE_17,1,Payment,payment,,
"""
ROLES = """id,source,says,party,data_set,role
FOD_CTX_PARTIES_01,2,Advance and MOPAC together,MOPAC,cases,joint controller
FOD_CTX_PARTIES_02,2,And MOPAC acts for another,MOPAC,cases,processor
"""
DATA_SETS = f"""{",".join((*HEAD, *KINDS["data_sets"]))}
FOD_CTX_BASIS_11,2,Cases,cases,,Advance,no,MOPAC,,,,,
"""
RETENTION = "id,source,says,data_set,period,starts,method\nFOD_CTX_RETENTION_01,2,Two years,cases,P2Y,the end,erased\n"
RIGHTS = "id,source,says,right,route,deadline,answered_by\nFOD_CTX_RIGHTS_01,2,Ask,erasure,a letter,,\n"
FILES = {
    "rights": RIGHTS,
    "roles": ROLES,
    "data_sets": DATA_SETS,
    "retention": RETENTION,
    "flows": FLOWS,
    "bases": BASES,
    "uses": USES,
    "purposes": PURPOSES,
}
NEEDS = {
    "FOD_PARTY_PARTIES_01": {"id": "FOD_PARTY_PARTIES_01", "type": "party", "party": "NPS", "docname": "fod/parties"},
    "FOD_CTX_SHARING_02": {"id": "FOD_CTX_SHARING_02", "type": "context", "docname": "fod/stated"},
    "FOD_CTX_BASIS_01": {"id": "FOD_CTX_BASIS_01", "type": "context", "docname": "fod/stated"},
    "FOD_COM_BREACH_01": {"id": "FOD_COM_BREACH_01", "type": "commitment", "rests_on": ["LAW_GDPR_33"]},
    "LAW_GDPR_33": {"id": "LAW_GDPR_33", "type": "law", "docname": "law/index"},
    "LAW_GDPR_34": {"id": "LAW_GDPR_34", "type": "law", "docname": "law/index"},
    "FOD_COM_PARTIES_01": {"id": "FOD_COM_PARTIES_01", "type": "commitment", "rests_on": ["LAW_GDPR_26"]},
    "FOD_COM_RETENTION_01": {"id": "FOD_COM_RETENTION_01", "type": "commitment", "rests_on": ["LAW_GDPR_5_1_E"]},
    "LAW_GDPR_26": {"id": "LAW_GDPR_26", "type": "law", "docname": "law/index", "asked_by": "DC-30; DC-31; ST-01"},
    "LAW_GDPR_5_1_E": {"id": "LAW_GDPR_5_1_E", "type": "law", "docname": "law/index", "asked_by": "DC-28"},
    "FOD_COM_RIGHTS_01": {
        "id": "FOD_COM_RIGHTS_01",
        "type": "commitment",
        "rests_on": ["LAW_GDPR_17", "LAW_GDPR_18", "LAW_GDPR_4_7"],
    },
    "LAW_GDPR_17": {"id": "LAW_GDPR_17", "type": "law", "docname": "law/index", "asked_by": "DC-36"},
    "LAW_GDPR_18": {"id": "LAW_GDPR_18", "type": "law", "docname": "law/index", "asked_by": "DC-36"},
    "LAW_GDPR_4_7": {"id": "LAW_GDPR_4_7", "type": "law", "docname": "law/index", "asked_by": "DC-30"},
    "LAW_GDPR_35_2": {"id": "LAW_GDPR_35_2", "type": "law", "docname": "law/index", "asked_by": "DC-41"},
    "FOD_CTX_PARTIES_01": {"id": "FOD_CTX_PARTIES_01", "type": "context", "docname": "fod/stated"},
}


@pytest.fixture
def shown(tmp_path):
    (tmp_path / "fod" / "facts").mkdir(parents=True)
    for kind, text in FILES.items():
        (tmp_path / "fod" / "facts" / f"{kind}.csv").write_text(text)
    whole = {"title": "A title", "docname": "fod/page", "method": "register", "source": []}
    listed = Needs({id: whole | need for id, need in NEEDS.items()})
    made_by = {"tool": "1", "commit": "abc", "extract_sets": []}
    pages = {"fod/page", "fod/parties", "fod/stated", "law/index"}
    site = Site(listed, evidence.build(listed, (), {}, made_by), pages, {"fod": {"2": "Data"}}, tmp_path)
    return lambda part: parts.render(site, "fod/page", part, "fod")


def test_flows_to_one_receiver_stand_together_and_are_numbered_as_in_the_table(shown):
    drawing, table = shown("flows").split("</svg>")

    assert "1: Advance to MOPAC. 2: NPS to MOPAC, on a condition. 3: people to ORS." in drawing
    assert [drawing.count(f">{name}</tspan>") for name in ("MOPAC", "ORS", "Advance")] == [1, 1, 1]
    assert re.findall(r'<th scope="row">(\d)</th>', table) == ["1", "2", "3"]


def test_an_arrow_is_dashed_when_no_agreement_is_named(shown):
    assert shown("flows").count("stroke-dasharray") == 2


def unlabelled(html):
    """Return *html* without the headings that the cells of its tables carry."""
    return re.sub(' data-label="[^"]*"', "", html)


def test_a_flow_on_a_condition_has_its_number_in_a_square_and_its_condition_in_the_table(shown):
    drawing, table = unlabelled(shown("flows")).split("</svg>")
    numbers = re.findall(r'<(rect|circle) class="flow-number".*?>(\d)</text>', drawing, re.DOTALL)

    assert numbers == [("circle", "1"), ("rect", "2"), ("circle", "3")]
    assert "<td>old sentences, only if a court orders it</td>" in table
    assert "<td>records of cases</td>" in table
    assert re.search(r"</a></td><td>not stated</td><td>portal</td>", table)


def test_a_flow_has_its_basis_with_the_sentence_that_gives_it_for_that_data_or_for_all_or_a_gap(shown):
    table = unlabelled(shown("flows")).split("</svg>")[1]

    said = re.search(r"<td>not stated</td><td>(.*?)</td><td>an agreement</td>", table)
    assert said.group(1) == ('<a href="stated.html#FOD_CTX_BASIS_01">Article 6(1)(e)</a>, Article 10')
    assert "<td>portal</td><td>not stated</td><td>not stated</td>" in table


def test_a_box_leads_to_the_party_or_else_to_what_is_stated(shown):
    drawing = shown("flows")

    assert '<a href="parties.html#FOD_PARTY_PARTIES_01">' in drawing
    assert '<a href="stated.html#FOD_CTX_SHARING_02">' in drawing
    assert "style=" not in drawing


def rows(html):
    text = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr>(.*?)</tr>", html)][1:]
    return [[cell for cell in row.split("|") if cell.strip()] for row in text]


def test_the_matrix_shows_gaps_and_purposes_without_a_source(shown):
    police, interviews, _, costs, _ = rows(shown("bases"))

    assert police[:2] == ["impact", "MPS"]
    said = [cell for cell in police[2:] if cell[:3] in ("Art", "not")]
    assert said == ["Article 6(1)(e)", "not stated", "Article 10"]
    assert interviews[:2] == ["process", "interviews and surveys"]
    assert [cell for cell in interviews if cell.startswith("Article")] == ["Article 6(1)(e)", "Article 6(1)(a)"]
    assert interviews[-2:] == ["not stated", "not stated"]
    assert costs == ["costs", "source not stated", "not stated", "not stated", "not stated"]


def test_a_basis_for_the_evaluation_is_not_one_for_what_stands_beside_it(shown):
    payment = rows(shown("bases"))[2]

    assert payment == ["payment", "MPS", "not stated", "not stated", "not stated"]


def test_law_that_no_promise_rests_on_is_listed_and_other_law_is_not(shown):
    listed = shown("silences").split('id="unmentioned"')[1]

    assert "law/index.html#LAW_GDPR_34" in listed
    assert "LAW_GDPR_33" not in listed


def section(html, name):
    return html.split(f'id="{name}"')[1].split("</section>")[0]


def test_a_duty_is_left_open_though_a_promise_rests_on_its_provision(shown):
    left = section(shown("silences"), "open")

    assert "law/index.html#LAW_GDPR_26" in left
    assert "Joint controllers have an arrangement" in left
    assert "FOD_COM_PARTIES_01" in left


def test_a_contradiction_is_no_silence_and_a_rule_that_passes_leaves_nothing_open(shown):
    page = shown("silences")

    assert "A party has one role for one data set" not in page
    assert "LAW_GDPR_5_1_E" not in section(page, "open")
    assert "LAW_GDPR_5_1_E" not in section(page, "unmentioned")


def test_law_that_nothing_rests_on_is_not_among_what_promises_leave_open(shown):
    page = shown("silences")

    assert "LAW_GDPR_35_2" not in section(page, "open")
    assert "LAW_GDPR_35_2" in section(page, "unmentioned")


def test_a_silence_is_told_although_a_need_is_about_the_same_matter(shown):
    missing = section(shown("silences"), "missing")

    assert "joint controllers are named, and no arrangement between them" in missing


def test_a_case_that_names_its_provisions_leaves_no_other_open_and_a_definition_owes_nothing(shown):
    left = section(shown("silences"), "open")

    assert "restriction: no route" in section(shown("silences"), "missing")
    assert "LAW_GDPR_18" in left
    assert "LAW_GDPR_17" not in left
    assert "LAW_GDPR_4_7" not in left
