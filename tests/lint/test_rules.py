"""Each rule passes a document that keeps it, fails one that does not, and says why either way."""

import inspect

import pytest

from dpia_checks.lint import rules
from dpia_checks.lint.results import FAIL, NOT_APPLICABLE, PASS, RULES, in_number, rule

from .conftest import ask, draw, need
from .tiny import (
    AUTHORITY,
    BEST,
    CHILDREN,
    CONTRACT,
    CRC,
    FIELD,
    FLOW,
    HEALTH,
    IDENTITY,
    IN_THEIR_WORDS,
    JOINT,
    LESS,
    OFFENCE,
    PROBATION,
    REVIEWS,
    RISK,
    SAFEGUARDS,
    SIGNED,
    STARTS,
    SURVEY,
    TASK,
    TELLING,
    TINY,
    USE,
)


def test_every_rule_has_a_document_that_passes_and_one_that_fails():
    assert sorted(TINY) == sorted(RULES)


def test_the_checklist_is_complete():
    assert [id for id in sorted(RULES) if id.startswith("DC-")] == [f"DC-{number:02d}" for number in range(1, 61)]


@pytest.mark.parametrize("id", sorted(TINY))
def test_a_document_that_keeps_the_rule_passes(id):
    answer = ask(id, TINY[id][0])

    assert (answer.outcome, answer.cases) == (PASS, ())
    assert answer.reason


@pytest.mark.parametrize("id", sorted(TINY))
def test_a_document_that_does_not_fails_with_a_case(id):
    answer = ask(id, TINY[id][1])

    assert answer.outcome == FAIL
    assert answer.cases
    assert all(case.says for case in answer.cases)


@pytest.mark.parametrize("id", sorted(RULES))
def test_an_empty_document_is_answered_with_a_reason(id):
    answer = ask(id, draw(sections=""))

    assert answer.outcome in (PASS, FAIL, NOT_APPLICABLE)
    assert answer.reason


@pytest.mark.parametrize("id", sorted(RULES))
def test_a_rule_says_what_it_looks_at_and_where_it_is_from(id):
    rule = RULES[id]

    assert rule.looks_at.endswith(".")
    assert rule.law
    assert rule.title == rule.title.strip(" .")


def test_every_rule_stands_in_a_module_that_is_read():
    assert {inspect.getmodule(rule.ask) for rule in RULES.values()} == set(rules.MODULES)


NOT_OWED = {
    "DC-11": draw(data_sets=[CRC | {"from_subject": "yes"}]),
    "DC-17": draw(bases=[{"article": "9(2)(j)"}]),
    "DC-18": draw(data_sets=[CRC]),
    "DC-20": draw(bases=[{"article": "9(2)(g)"}]),
    "DC-31": draw(roles=[{"party": "ORS", "role": "processor"}]),
    "DC-39": draw(document=[{"attribute": "date", "value": "2026-05"}], notices=[{}]),
    "DC-45": draw(RISK | {"level": "low"}),
    "DC-46": draw(RISK),
    "DC-57": draw(groups=[{"min_age": "18"}]),
}


@pytest.mark.parametrize("id", sorted(NOT_OWED))
def test_a_rule_that_does_not_apply_says_so(id):
    assert ask(id, NOT_OWED[id]).outcome == NOT_APPLICABLE


def test_a_case_carries_its_needs_and_their_sections():
    document = draw(contracts=[{"processor": "ORS", "reference": reference, "source": source}
                               for reference, source in (("1", "2.1;3"), ("2", "3"))])  # fmt: skip

    (case,) = ask("ST-03", document).cases

    assert case.needs == ("FOD_CTX_CONTRACTS_01", "FOD_CTX_CONTRACTS_02")
    assert case.sections == ("2.1", "3")


def test_a_month_that_may_come_before_the_signature_or_after_it_is_let_pass():
    assert ask("DC-04", draw(dates=[SIGNED | {"date": "2019-10-31"}, STARTS])).outcome == PASS
    assert ask("DC-04", draw(dates=[SIGNED | {"date": "2019-11-01"}, STARTS])).outcome == FAIL


def test_a_review_that_names_its_own_date_as_the_next_is_a_gap():
    said = [case.says for case in ask("ST-12", draw(reviews=[REVIEWS[0] | {"next": "2019-09"}])).cases]

    assert said == ["first: the next review is on its own date"]


def test_a_longer_wait_than_usual_is_a_gap():
    dated = [{"stage": s, "date": d} for s, d in (("a", "2019-09"), ("b", "2020-03"), ("c", "2021-09"))]

    said = [case.says for case in ask("ST-12", draw(reviews=dated)).cases]

    assert said == ["18 months without a review, where 6 is usual"]


def test_an_end_after_the_last_review_is_a_gap():
    ends = {"event": "the end", "date": "2020-04", "role": "processing end"}

    assert ask("ST-12", draw(reviews=REVIEWS, dates=[ends | {"date": "2020-03"}])).outcome == PASS
    assert ask("ST-12", draw(reviews=REVIEWS, dates=[ends])).outcome == FAIL


def test_an_event_after_the_one_it_comes_before_is_a_clash():
    issued = {"event": "it is issued", "date": "2019-09"}

    assert ask("ST-13", draw(dates=[SIGNED | {"before": "it is issued"}, issued])).outcome == PASS
    late = SIGNED | {"before": "it is issued", "date": "2019-10-01"}
    assert ask("ST-13", draw(dates=[late, issued])).outcome == FAIL


def test_numbers_are_twice_skipped_or_backwards():
    said = [case.says for case in ask("ST-09", draw(sections="1 2 2-again 2.1 2.3 1.9")).cases]

    assert said == ["2 is printed 2 times", "1.8 is skipped", "2.2 is skipped", "1.9 comes after 2.3"]


def test_a_reference_may_hold_a_part_or_something_else():
    rows = [{"target": "", "finds": "no"}, {"target": "9", "finds": "no"}, {"target": "1", "finds": "in part"},
            {"target": "2", "finds": "no"}]  # fmt: skip

    said = [case.says.strip(": ") for case in ask("ST-08", draw(references=rows)).cases]

    assert said == ["not in the document", "there is no such section", "holds a part of it", "holds something else"]


def test_one_sentence_for_all_data_is_no_basis_of_its_own():
    task = {"data_set": "all", "article": "6(1)(e)"}

    assert "one sentence for all data" in ask("DC-13", draw(data_sets=[CRC], bases=[task])).cases[0].says
    assert "no basis" in ask("DC-13", draw(data_sets=[CRC])).cases[0].says


def test_each_use_of_a_data_set_is_asked_for_its_own_basis():
    purposes = [{"purpose": "impact", "part_of": "evaluation"}, {"purpose": "payment"}, {"purpose": "policy"}]
    uses = [USE, USE | {"purpose": "payment"}]
    facts = {"data_sets": [CRC, CRC | {"data_set": "NPS"}], "uses": uses, "purposes": purposes}

    (payment, unused, alone) = ask("DC-13", draw(bases=[TASK | {"purpose": "evaluation"}], **facts)).cases

    assert (payment.says, payment.needs) == (
        "payment, CRC: no basis is stated",
        ("FOD_CTX_USES_02", "FOD_CTX_DATASETS_01"),
    )
    assert unused.says == "NPS: no basis is stated"
    assert alone.says == "policy: which data serves it, and so on which basis, is not said"
    said = [case.says for case in ask("DC-13", draw(bases=[TASK], **facts)).cases]
    assert said == [unused.says, alone.says]


MISSING = [
    ("DC-41", draw(consultations=[{"whom": "data protection officer"}]), [True]),
    ("DC-28", draw(data_sets=[CRC]), [True]),
    ("ST-01", draw(roles=[JOINT, JOINT | {"role": "processor"}]), []),
    ("DC-13", draw(data_sets=[CRC], bases=[TASK, TASK | {"article": "6(1)(a)"}]), []),
    ("DC-13", draw(data_sets=[CRC], purposes=[{"purpose": "policy"}]), [True, True]),
    ("DC-32", draw(roles=[SURVEY]), [True]),
    ("DC-33", draw(flows=[FLOW | {"agreement": ""}, FLOW], data_sets=[CRC]), [True]),
    ("DC-02", draw(document=[*IDENTITY, {"attribute": "file name", "value": "DPIA_v3"}], versions=[{}]), [True]),
    ("DC-12", draw(answers=[{"question": "technology", "about": "something else"}]), [True, True, True]),
]


@pytest.mark.parametrize(("id", "document", "silent"), MISSING, ids=[str(n) for n in range(len(MISSING))])
def test_a_case_is_a_silence_when_something_is_missing_whatever_needs_it_is_about(id, document, silent):
    (result,) = [one for one in rules.lint(document) if one.rule.id == id]

    assert result.answer.outcome == FAIL
    assert [True for _ in result.silences] == silent


def test_a_flow_of_an_organisation_without_a_named_agreement_fails():
    (case,) = ask("DC-33", draw(flows=[FLOW | {"agreement": ""}], data_sets=[CRC])).cases

    assert "no agreement is named" in case.says


def test_a_measure_that_no_commitment_delivers_is_not_judged():
    document = draw(RISK, need("FOD_MIT_STORAGE_01", reduces=[RISK["id"]]))

    assert ask("ST-15", document).reason == "none found in 0 measures that commitments deliver"


NAMED = [row | {"value": "V15"} if row["attribute"] == "version" else row for row in IDENTITY]
WHOLE = {"system": "s", "owner": "MPS", "location": "London", "marking": "OFFICIAL"}
LAW = {"as_printed": "the 1998 Act", "ended": "2018-05-25"}
TEXT = FIELD | {"format": "free_text", "purpose": "not stated"}
PERIOD = {"data_set": "CRC", "period": "P2Y"}
EDGES = [
    (
        "the file is named for the last version",
        "DC-02",
        draw(document=[*NAMED, {"attribute": "file name", "value": "DPIA_v15"}]),
        [],
    ),
    (
        "the file is named for another version",
        "DC-02",
        draw(document=[*NAMED, {"attribute": "file name", "value": "DPIA_v3"}]),
        ["the file is DPIA_v3 and the last version V15"],
    ),
    ("a period alone is a period", "DC-06", draw(FIELD, data_sets=[CRC], retention=[PERIOD]), []),
    (
        "an end alone is a period",
        "DC-06",
        draw(FIELD, data_sets=[CRC], retention=[{"data_set": "all", "starts": "the end"}]),
        [],
    ),
    (
        "a row with neither is none",
        "DC-06",
        draw(FIELD, data_sets=[CRC], retention=[{"data_set": "CRC"}]),
        ["CRC: no period"],
    ),
    ("a data set that is stored somewhere", "DC-08", draw(systems=[WHOLE], data_sets=[CRC | {"stored_in": "s"}]), []),
    (
        "a data set that is stored nowhere",
        "DC-08",
        draw(systems=[WHOLE], data_sets=[CRC]),
        ["CRC: where it is stored is not said"],
    ),
    (
        "a data set without a flow",
        "DC-07",
        draw(flows=[FLOW | {"data_set": "NPS"}], data_sets=[CRC]),
        ["CRC: no flow is described"],
    ),
    (
        "a flow of which nothing is said",
        "DC-07",
        draw(flows=[FLOW | {"data": "", "channel": "", "basis": ""}], data_sets=[CRC]),
        ["CRC to MOPAC: what moves and by which way and on which basis is not said"],
    ),
    (
        "a flow without a way",
        "DC-07",
        draw(flows=[FLOW | {"channel": ""}], data_sets=[CRC]),
        ["CRC to MOPAC: by which way is not said"],
    ),
    (
        "a party without a flow",
        "DC-07",
        draw(PROBATION | {"party": "DWP"}, flows=[FLOW], data_sets=[CRC]),
        ["DWP: no flow names it"],
    ),
    (
        "a party that a flow names with others",
        "DC-07",
        draw(PROBATION | {"party": "DWP"}, flows=[FLOW | {"sender": "DWP and CRC"}], data_sets=[CRC]),
        [],
    ),
    (
        "a source that is no party",
        "DC-11",
        draw(TELLING, data_sets=[CRC | {"told_in": "a leaflet"}]),
        ["CRC: its source is no party that is introduced"],
    ),
    (
        "data from nowhere of which nobody is told",
        "DC-11",
        draw(TELLING, PROBATION, data_sets=[CRC | {"comes_from": ""}]),
        ["CRC: its source is not said", "CRC: no notice is said to speak of it"],
    ),
    (
        "a promise of another theme that cites the article",
        "DC-11",
        draw(
            need("FOD_COM_ACCESS_01", rests_on=["LAW_GDPR_14"]), PROBATION, data_sets=[CRC | {"told_in": "a leaflet"}]
        ),
        ["nothing is promised to people whose data came from elsewhere"],
    ),
    (
        "offences that a sentence describes and no field lists",
        "DC-18",
        draw(data_sets=[CRC | {"offences": "arrests"}], bases=[AUTHORITY | {"data_set": "MPS"}]),
        ["CRC: criminal offence data, and no authority covers it"],
    ),
    (
        "an authority by a paragraph of Schedule 1",
        "DC-18",
        draw(OFFENCE, data_sets=[CRC], bases=[{"data_set": "all", "article": "10", "schedule_1": "paragraph 36"}]),
        [],
    ),
    (
        "an authority with an Act and no section",
        "DC-18",
        draw(OFFENCE, data_sets=[CRC], bases=[AUTHORITY | {"provision": ""}]),
        ["authority over CRC data: no section"],
    ),
    (
        "a second statement of authority without an Act",
        "DC-18",
        draw(OFFENCE, data_sets=[CRC], bases=[AUTHORITY, {"data_set": "all", "article": "10"}]),
        ["authority over all data: no Act and no section"],
    ),
    ("a processor without a contract", "DC-32", draw(roles=[SURVEY]), ["ORS is a processor with no contract named"]),
    (
        "a processor with two contracts",
        "DC-32",
        draw(roles=[SURVEY], contracts=[CONTRACT, CONTRACT | {"reference": "2"}]),
        ["ORS is a processor with the contracts 1 and 2"],
    ),
    (
        "a contract without its days",
        "DC-32",
        draw(roles=[SURVEY], contracts=[CONTRACT | {"date": "", "ends": ""}]),
        ["ORS, 1: no first day, no last day"],
    ),
    (
        "a contract without a clause",
        "DC-32",
        draw(roles=[SURVEY], contracts=[CONTRACT | {"clauses": "a b c d e f g"}]),
        ["ORS, 1: 1 of 8 clauses not stated: audit"],
    ),
    (
        "a child whom nobody promises anything",
        "DC-57",
        draw(groups=[CHILDREN], notices=[IN_THEIR_WORDS], statements=[BEST]),
        ["clients: no promise of their own"],
    ),
    (
        "children whose best interests nobody weighs",
        "DC-57",
        draw(need("FOD_COM_CONSENT_01"), groups=[CHILDREN], notices=[IN_THEIR_WORDS]),
        ["what is best for the children is not weighed"],
    ),
    (
        "a group of no stated age",
        "DC-57",
        draw(groups=[{"group": "others"}, {"group": "staff", "vulnerable": "no"}]),
        ["others: whether children are among them is not said"],
    ),
    (
        "errors that are corrected, and nobody who had the data hears of it",
        "DC-27",
        draw(need("FOD_COM_RIGHTS_01"), data_sets=[{"data_set": "CRC", "corrected_through": "its desk"}]),
        ["those who received the data are not told of a correction"],
    ),
    (
        "research that makes another use compatible, and has no safeguard",
        "DC-20",
        draw(
            need("FOD_COM_MINIMISATION_01"),
            alternatives=[{}],
            purposes=[{"purpose": "research with records made for another end", "compatible_because": "research"}],
        ),
        ["no substantial damage or distress: not said", "no measure or decision about a person: not said"],
    ),
    (
        "research without a promise to take less",
        "DC-20",
        draw(statements=SAFEGUARDS, **LESS),
        ["that less data would not do is not said"],
    ),
    (
        "research without another way weighed",
        "DC-20",
        draw(need("FOD_COM_MINIMISATION_01"), statements=SAFEGUARDS, bases=LESS["bases"]),
        ["that less data would not do is not said"],
    ),
    (
        "a law that ended on the day of the document",
        "DC-56",
        draw(document=[{"attribute": "date", "value": "2018-05-25"}], laws=[LAW]),
        [],
    ),
    (
        "an alternative without a reason",
        "DC-24",
        draw(alternatives=[{"alternative": "a", "outcome": "rejected"}]),
        ["a: no outcome or no reason"],
    ),
    (
        "an alternative without an outcome",
        "DC-24",
        draw(alternatives=[{"alternative": "a", "because": "weak"}]),
        ["a: no outcome or no reason"],
    ),
    ("free text without a purpose", "DC-26", draw(TEXT), ["1 of 1: what for is not said"]),
    (
        "an agreement whose state is said",
        "ST-11",
        draw(agreements=[{"agreement": "ISA", "status": "draft"}]),
        ["ISA: draft"],
    ),
    (
        "an agreement whose state is not said",
        "ST-11",
        draw(agreements=[{"agreement": "ISA"}]),
        ["ISA: whether it is signed is not said"],
    ),
    (
        "vague promises of two themes",
        "ST-07",
        draw(*(need(f"FOD_COM_{name}_01", method="vague") for name in ("ACCESS", "RIGHTS"))),
        ["access: 1 promise too vague to check", "rights: 1 promise too vague to check"],
    ),
]


@pytest.mark.parametrize(("id", "document", "expected"), [edge[1:] for edge in EDGES], ids=[edge[0] for edge in EDGES])
def test_a_rule_at_its_edge(id, document, expected):
    assert [case.says for case in ask(id, document).cases] == expected


def test_a_case_of_a_special_category_holds_its_own_fields_only():
    faith = HEALTH | {"id": "FOD_FIELD_CRC_02", "category": "special category: religious or philosophical beliefs"}

    cases = ask("ST-04", draw(HEALTH, faith)).cases

    assert [case.needs for case in cases] == [("FOD_FIELD_CRC_01",), ("FOD_FIELD_CRC_02",)]


def test_a_case_of_vague_promises_holds_its_own_theme_only():
    vague = [need(f"FOD_COM_{name}_01", method="vague") for name in ("ACCESS", "RIGHTS")]

    assert [case.needs for case in ask("ST-07", draw(*vague)).cases] == [("FOD_COM_ACCESS_01",), ("FOD_COM_RIGHTS_01",)]


def test_a_silence_stands_in_the_sections_that_the_document_prints():
    assert ask("DC-40", draw(sections="3 3.1")).cases[0].sections == ("3.1", "3")
    assert ask("DC-40", draw(sections="9")).cases[0].sections == ()
    assert ask("DC-36", draw(sections="5.3")).cases[0].sections == ("5.3",)
    assert ask("DC-36", draw(sections="9")).cases[0].sections == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [("1 data sets", "1 data set"), ("1 parties", "1 party"), ("11 parties", "11 parties"), ("1 risks", "1 risk")],
)
def test_one_thing_is_named_in_the_singular(text, said):
    assert in_number(text) == said


def test_a_number_printed_twice_stands_in_both_sections():
    assert ask("ST-09", draw(sections="1 2 2-again")).cases[0].sections == ("2", "2-again")


def test_a_missing_risk_stands_in_the_section_of_the_table():
    assert {case.sections for case in ask("ST-16", draw(RISK | {"source": ["6"]})).cases} == {("6",)}


@pytest.mark.parametrize(("id", "severity"), [("ST-01", "high"), ("ST-99", "grave")])
def test_an_id_twice_or_an_unknown_severity_is_refused(id, severity):
    with pytest.raises(ValueError, match=id):
        rule(id, "A title", law="a law", severity=severity)(lambda document: None)
