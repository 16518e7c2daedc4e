"""Rules about how the document describes itself and the processing: identity, screening, scope, assets, people."""

from __future__ import annotations

from dpia_checks.lint.document import Document
from dpia_checks.lint.results import Answer, Case, judged, not_applicable, rule, silent

CRITERIA = (
    "evaluation or scoring",
    "automated decision with legal effect",
    "systematic monitoring",
    "sensitive data",
    "large scale",
    "matching or combining",
    "vulnerable subjects",
    "innovative use",
    "prevents exercise of right or service",
    "denial of service",
    "large-scale profiling",
    "biometric",
    "genetic",
    "invisible processing",
    "tracking",
    "risk of physical harm",
)
"""What makes processing high-risk: the nine of WP248, and those of the ICO's list that they do not hold already."""
IDENTITY = ("reference", "version", "date", "status", "author", "approver", "classification")
ASPECTS = {
    "nature": ("flows", "systems"),
    "scope": ("data_sets", "volumes"),
    "context": ("groups", "answers"),
    "purposes": ("purposes",),
}
"""The four parts of a systematic description, and the kinds of fact that carry each."""
OF_A_FLOW = {"data": "what moves", "channel": "by which way", "basis": "on which basis"}
"""What is asked of each flow. Its agreement is asked of flows between organisations alone, by a rule of its own."""
QUESTIONS = ("prior concerns", "technology", "public concern", "codes of conduct")


def _empty(document: Document, *attributes: str) -> list[Case]:
    return [
        document.case(f"{name}: not stated", document.stated("document", attribute=name), silent=True)
        for name in attributes
        if not document.attribute(name)
    ]


@rule(
    "DC-01",
    "The controller and the data protection officer can be reached",
    law="GDPR Article 13(1)(a) and (b)",
    severity="medium",
    silence=True,
)
def nobody_to_reach(document: Document) -> Answer:
    """What the document says of its controller and of how to reach the data protection officer."""
    return judged(
        _empty(document, "controller", "contact of the data protection officer"), "the controller and the contact"
    )


@rule(
    "DC-02",
    "The document can be told apart from its other versions",
    law="ICO guidance on DPIAs; GDPR Article 5(2)",
    severity="low",
)
def identity_incomplete(document: Document) -> Answer:
    """Reference, version, date, status, author, approver and marking; the list of versions; the name of the file."""
    versions = document.stated("versions")
    cases = _empty(document, *IDENTITY)
    cases += [
        document.case(f"version {fact['number']}: no summary of the change or no author", [fact], silent=True)
        for fact in versions
        if not (fact["summary"] and fact["author"])
    ]
    named, latest = document.attribute("file name"), document.attribute("version")
    if named and latest and not named.lower().endswith(latest.lower()):
        cases.append(
            document.case(
                f"the file is {named} and the last version {latest}", document.stated("document", attribute="file name")
            )
        )
    return judged(cases, f"{len(IDENTITY)} marks of identity and {len(versions)} versions")


@rule("DC-03", "Why an assessment was needed is named", law="GDPR Article 35(1), (3) and (4); WP248", severity="medium")
def trigger_not_listed(document: Document) -> Answer:
    """Each reason given for making the assessment, against the criteria of WP248 and the ICO."""
    stated = document.stated("triggers")
    if any(fact["criterion"] in CRITERIA for fact in stated):
        return judged([], f"{len(stated)} reasons")
    return judged([document.case("the reason given is none of the criteria for a high risk", stated)], "the reasons")


@rule(
    "DC-05",
    "Nature, scope, context and purposes are described",
    law="GDPR Article 35(7)(a)",
    severity="high",
    silence=True,
)
def aspects_missing(document: Document) -> Answer:
    """Whether each of the four aspects has at least one fact of each of its kinds."""
    cases = [
        Case(f"{aspect}: nothing of the kind {kind.replace('_', ' ')}")
        for aspect, kinds in ASPECTS.items()
        for kind in kinds
        if not document.stated(kind)
    ]
    return judged(cases, "4 aspects")


@rule(
    "DC-06",
    "Each data set has its fields, its recipients and its period",
    law="GDPR Article 35(7)(a); WP248 annex 2",
    severity="high",
    silence=True,
)
def data_set_incomplete(document: Document) -> Answer:
    """Each data set: the fields listed for it, who supplies and receives it, and how long it is kept."""
    tables = {field.get("table") for field in document.fields()}
    kept = {fact["data_set"] for fact in document.stated("retention") if fact["period"] or fact["starts"]}
    cases = []
    for fact in document.stated("data_sets"):
        lacking = [
            name
            for name, there in (
                ("fields", any(table in tables for table in fact["tables"].split())),
                ("source", fact["comes_from"]),
                ("recipient", fact["goes_to"]),
                ("period", kept & {fact["data_set"], "all"}),
            )
            if not there
        ]
        if lacking:
            cases.append(document.case(f"{fact['data_set']}: no {', no '.join(lacking)}", [fact]))
    return judged(cases, f"{len(document.stated('data_sets'))} data sets")


@rule(
    "DC-07",
    "Every movement of data has its data, its way and its basis",
    law="WP248 annex 2",
    severity="medium",
    silence=True,
)
def flow_incomplete(document: Document) -> Answer:
    """
    Each flow: what moves, by which way and on which basis; and whether each data set and each party has one.

    A party has a flow when a sender or receiver names it, alone or with others. Systems stand in the ways of flows,
    in words, and are not asked for.
    """
    flows = document.stated("flows")
    cases = [
        document.case(f"{fact['sender']} to {fact['receiver']}: {' and '.join(lacking)} is not said", [fact])
        for fact in flows
        if (lacking := [asked for column, asked in OF_A_FLOW.items() if not fact[column]])
    ]
    moved = {fact["data_set"] for fact in flows}
    cases += [
        document.case(f"{fact['data_set']}: no flow is described", [fact])
        for fact in document.stated("data_sets")
        if fact["data_set"] not in moved
    ]
    ends = [fact[end] for fact in flows for end in ("sender", "receiver")]
    cases += [
        document.case(f"{party}: no flow names it", [need])
        for need in document.of_type("party")
        if (party := need.get("party")) and not any(party in end for end in ends)
    ]
    return judged(cases, f"{len(flows)} flows")


@rule(
    "DC-08",
    "The things that hold data have an owner, a place and a marking",
    law="WP248 annex 2",
    severity="medium",
    silence=True,
)
def asset_incomplete(document: Document) -> Answer:
    """Each system, medium or store: its owner, where it stands, its marking; and where each data set is stored."""
    systems = document.stated("systems")
    cases = [
        document.case(f"{fact['system']}: no {', no '.join(lacking)}", [fact])
        for fact in systems
        if (lacking := [name for name in ("owner", "location", "marking") if not fact[name]])
    ]
    cases += [
        document.case(f"{fact['data_set']}: where it is stored is not said", [fact])
        for fact in document.stated("data_sets")
        if not fact["stored_in"]
    ]
    return judged(cases, f"{len(systems)} systems and stores")


@rule(
    "DC-09",
    "How many people, how often, how long and where is stated",
    law="ICO guidance on DPIAs",
    severity="low",
    silence=True,
)
def scope_without_numbers(document: Document) -> Answer:
    """Each group of people, the area, and the start and end: whether a number or a name is given."""
    counted = {fact["what"] for fact in document.stated("volumes")}
    groups = document.stated("groups")
    cases = [
        document.case(f"{fact['group']}: how many is not stated", [fact])
        for fact in groups
        if fact["group"] not in counted
    ]
    cases += _empty(document, "area")
    cases += [
        Case(f"no date has the role {role}")
        for role in ("processing start", "processing end")
        if not document.stated("dates", role=role)
    ]
    return judged(cases, f"{len(groups)} groups of people")


@rule(
    "DC-10",
    "Vulnerable people are named, with what protects them",
    law="GDPR recitals 38 and 75; WP248 criterion 7",
    severity="high",
    silence=True,
)
def vulnerable_without_safeguard(document: Document) -> Answer:
    """Each group: whether it is said to be vulnerable, and the commitments made for it."""
    groups = document.stated("groups")
    if not groups:
        return silent("no group of people is described", "2.3.4")
    cases = []
    for fact in groups:
        safeguards = [id for id in fact["safeguards"].split() if id in document.needs]
        if fact["vulnerable"] == "yes" and not safeguards:
            cases.append(document.case(f"{fact['group']}: vulnerable, and nothing is promised for that", [fact]))
        if not fact["vulnerable"]:
            cases.append(document.case(f"{fact['group']}: whether they are vulnerable is not said", [fact]))
    return judged(cases, f"{len(groups)} groups of people")


@rule(
    "DC-11",
    "Where data comes from is said to the people it is about",
    law="GDPR Article 14(2)(f)",
    severity="high",
    silence=True,
)
def origin_not_told(document: Document) -> Answer:
    """Each data set that people did not give themselves: its source, a party; and the notice that speaks of it."""
    others = document.stated("data_sets", from_subject="no")
    if not others:
        return not_applicable("all data comes from the people themselves")
    parties = {need.get("party") for need in document.of_type("party")}
    cases = [
        document.case(f"{fact['data_set']}: {lacking}", [fact])
        for fact in others
        for lacking in (
            *(["its source is not said"] if not fact["comes_from"] else []),
            *(["its source is no party that is introduced"] if fact["comes_from"] not in {"", *parties} else []),
            *(["no notice is said to speak of it"] if not fact["told_in"] else []),
        )
    ]
    if not any("LAW_GDPR_14" in (need.get("rests_on") or ()) for need in document.commitments("transparency")):
        cases.append(document.case("nothing is promised to people whose data came from elsewhere", others))
    return judged(cases, f"{len(others)} data sets from elsewhere")


@rule(
    "DC-12",
    "Codes of conduct, concerns and technology are answered",
    law="GDPR Article 35(8); ICO guidance on DPIAs",
    severity="low",
)
def questions_unanswered(document: Document) -> Answer:
    """Four questions of the form, and what the answer to each is about."""
    answers = {fact["question"]: fact for fact in document.stated("answers")}
    cases = [
        document.case(f"{question}: the answer is about {answers[question]['about']}", [answers[question]])
        if question in answers
        else Case(f"{question}: no answer", silent=True)
        for question in QUESTIONS
        if question not in answers or answers[question]["about"] != question
    ]
    return judged(cases, f"{len(QUESTIONS)} questions")
