"""Rules about taking no more and keeping it no longer: necessity, fields, accuracy, periods, and vague words."""

from __future__ import annotations

import re

from dpia_checks.lint.document import Document, theme, words
from dpia_checks.lint.results import Answer, Case, in_number, judged, not_applicable, rule, silent

PERIOD = re.compile(r"^P\d+[YMWD]$")
"""A period as ISO 8601 writes it: P8Y is eight years. Words such as "as soon as possible" are none."""
TO_TELL_RECIPIENTS = "LAW_GDPR_19"
"""The duty to tell those who received data that it was corrected."""


@rule("DC-24", "Other ways were weighed", law="GDPR Article 35(7)(b)", severity="medium", silence=True)
def alternatives_not_weighed(document: Document) -> Answer:
    """Each alternative: whether it was taken or rejected, and why."""
    weighed = document.stated("alternatives")
    if not weighed:
        return silent("no other way of reaching the purpose is weighed", "4.3")
    cases = [
        document.case(f"{fact['alternative']}: no outcome or no reason", [fact])
        for fact in weighed
        if not (fact["outcome"] and fact["because"])
    ]
    return judged(cases, f"{len(weighed)} alternatives")


@rule(
    "DC-25", "Function creep has a control with an owner", law="GDPR Article 5(1)(b)", severity="medium", silence=True
)
def creep_without_owner(document: Document) -> Answer:
    """Each control against function creep, and who answers for it."""
    controls = document.stated("controls", against="function creep")
    if not controls:
        return silent("nothing is set against function creep", "4.4")
    cases = [document.case(f"{f['control']}: nobody answers for it", [f]) for f in controls if not f["owner"]]
    return judged(cases, f"{len(controls)} controls")


@rule("ST-06", "Each field has a purpose", law="GDPR Article 5(1)(b) and (c)", severity="medium", silence=True)
def fields_without_purpose(document: Document) -> Answer:
    """What the document says that each listed field is for; one case for each table."""
    fields = document.fields()
    tables = sorted({str(field.get("table")) for field in fields})
    cases = []
    for table in tables:
        bare = [f for f in fields if f.get("table") == table and (f.get("purpose") or "not stated") == "not stated"]
        if bare:
            cases.append(document.case(in_number(f"{table}: {len(bare)} fields with no purpose"), bare))
    return judged(cases, f"{len(fields)} listed fields")


@rule(
    "DC-26",
    "Free text and direct identifiers are justified",
    law="GDPR Article 5(1)(c)",
    severity="medium",
    silence=True,
)
def identifiers_unjustified(document: Document) -> Answer:
    """The listed fields that are free text or a direct identifier: whether the document says what for."""
    risky = [
        field
        for field in document.fields()
        if field.get("format") == "free_text" or "direct identifier" in (field.get("category") or "")
    ]
    if not risky:
        return not_applicable("no listed field is free text or a direct identifier")
    bare = [field for field in risky if (field.get("purpose") or "not stated") == "not stated"]
    cases = [document.case(f"{len(bare)} of {len(risky)}: what for is not said", bare)] if bare else []
    return judged(cases, f"{len(risky)} fields that are free text or a direct identifier")


@rule(
    "DC-27",
    "Errors have a route for each source, and corrections reach those who have the data",
    law="GDPR Articles 5(1)(d), 16 and 19",
    severity="medium",
    silence=True,
)
def no_route_for_errors(document: Document) -> Answer:
    """Each data set: through whom an error in it is corrected; and whether those who received the data are told."""
    data_sets = document.stated("data_sets")
    cases = [
        document.case(f"{fact['data_set']}: nobody is named who corrects an error", [fact])
        for fact in data_sets
        if not fact["corrected_through"]
    ]
    if data_sets and not any(TO_TELL_RECIPIENTS in (need.get("rests_on") or ()) for need in document.commitments()):
        printed = tuple(section.key for section in document.sections if section.key == "2.1.5")
        says = "those who received the data are not told of a correction"
        cases.append(Case(says, (TO_TELL_RECIPIENTS,), printed, under=(TO_TELL_RECIPIENTS,)))
    return judged(cases, f"{len(data_sets)} data sets")


@rule(
    "DC-28",
    "Each data set has a period, a day to count from, and a way to end",
    law="GDPR Article 5(1)(e)",
    severity="high",
    silence=True,
)
def period_incomplete(document: Document) -> Answer:
    """The retention stated for each data set: a period in figures, the event it counts from, the method of disposal."""
    data_sets = document.stated("data_sets")
    cases = []
    for fact in data_sets:
        kept = [row for row in document.stated("retention") if row["data_set"] in (fact["data_set"], "all")]
        whole = [row for row in kept if PERIOD.match(row["period"]) and row["starts"] and row["method"]]
        if not whole:
            what = "a period without figures" if kept else "no period"
            cases.append(document.case(f"{fact['data_set']}: {what}", [fact, *kept]))
    return judged(cases, f"{len(data_sets)} data sets")


@rule("ST-07", "A promise that owes a number has one", law="GDPR Article 5(2)", severity="medium")
def vague_words(document: Document) -> Answer:
    """The commitments whose words nobody can measure; one case for each theme."""
    commitments = document.commitments()
    vague = [need for need in commitments if need.get("method") == "vague"]
    cases = []
    for name in sorted({theme(need["id"]) for need in vague}):
        own = [need for need in vague if theme(need["id"]) == name]
        cases.append(document.case(in_number(f"{name}: {len(own)} promises too vague to check"), own))
    return judged(cases, f"{len(commitments)} commitments")


@rule(
    "DC-49",
    "Small numbers in results are a risk with a measure",
    law="GDPR recital 26; Code of Practice for Statistics",
    severity="high",
    silence=True,
)
def small_numbers(document: Document) -> Answer:
    """Whether a risk is about recognising people in results, and whether how few is too few has a number."""
    risks = [risk for risk in document.of_type("risk") if re.search(r"identif|recognis|small number", words(risk))]
    promised = [need for need in document.commitments("publication") if need.get("method") == "vague"]
    cases = []
    if not risks:
        cases.append(document.case("no risk is that people are recognised in what is published", promised))
    if promised:
        cases.append(document.case("how few is too few has no number", promised))
    return judged(cases, f"{len(document.of_type('risk'))} risks and the commitments on publication")
