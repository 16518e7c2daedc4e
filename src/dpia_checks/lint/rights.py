"""Rules about people: where their data is, what they are told, what they can ask for, and children."""

from __future__ import annotations

from dpia_checks.lint.document import Document
from dpia_checks.lint.results import Answer, Case, judged, not_applicable, rule, silent

RIGHTS = {
    "access": "LAW_GDPR_15",
    "rectification": "LAW_GDPR_16",
    "erasure": "LAW_GDPR_17",
    "restriction": "LAW_GDPR_18",
    "portability": "LAW_GDPR_20",
    "objection": "LAW_GDPR_21",
    "automated decisions": "LAW_GDPR_22",
}
"""Each right, and the provision that gives it."""
TO_TELL = ("LAW_GDPR_13", "LAW_GDPR_14")
TO_WITHDRAW = ("LAW_GDPR_7_3", "LAW_GDPR_13")
"""What a group without a notice leaves open, and what a word too few on withdrawing does."""
COMPLAINTS_SINCE = "2026-06"
"""When the duty to take complaints begins (Data (Use and Access) Act 2025, section 103)."""
CHILD = 18


@rule(
    "DC-34",
    "Where data is held is said, country by country",
    law="GDPR Articles 44 to 49",
    severity="medium",
    silence=True,
)
def country_not_said(document: Document) -> Answer:
    """Each store of a data set, and each system of a supplier or processor: whether its country or area is said."""
    stores = {fact["stored_in"] for fact in document.stated("data_sets")}
    outside = {fact["comes_from"] for fact in document.stated("data_sets")} - {"MPS"}
    outside |= {fact["party"] for fact in document.stated("roles", role="processor")} - {"MOPAC"}
    systems = [f for f in document.stated("systems") if f["system"] in stores or f["owner"] in outside]
    cases = [document.case(f"{f['system']}: where it stands is not said", [f]) for f in systems if not f["location"]]
    return judged(cases, f"{len(systems)} stores and suppliers' systems")


@rule(
    "DC-35",
    "Each group of people is told, or the document says why not",
    law="GDPR Articles 12 to 14",
    severity="high",
    silence=True,
)
def groups_not_told(document: Document) -> Answer:
    """Each group of people: the notice that it gets."""
    groups = document.stated("groups")
    cases = [
        document.case(f"{fact['group']}: no notice", [fact], under=TO_TELL) for fact in groups if not fact["notice"]
    ]
    return judged(cases, f"{len(groups)} groups of people")


@rule("DC-36", "Each right has a route", law="GDPR Articles 15 to 22", severity="medium", silence=True)
def rights_without_route(document: Document) -> Answer:
    """Seven rights: whether the document says how each is exercised."""
    routes = {fact["right"] for fact in document.stated("rights") if fact["route"]}
    section = "5.3" if any(part.key == "5.3" for part in document.sections) else ""
    cases = [
        Case(f"{right}: no route, and no word on why not", (), (section,) if section else (), under=(law,))
        for right, law in RIGHTS.items()
        if right not in routes
    ]
    return judged(cases, f"{len(RIGHTS)} rights")


@rule(
    "DC-37",
    "A request to see data has a deadline, and so has passing it on",
    law="GDPR Articles 12(3) and 15",
    severity="medium",
    silence=True,
)
def request_without_deadline(document: Document) -> Answer:
    """The route of the right of access: the deadline that the document states."""
    access = document.stated("rights", right="access")
    if not access:
        return silent("nothing is said of requests to see data", "5.3")
    cases = [
        document.case("a request is passed on, with no time to do it in", [fact])
        for fact in access
        if not fact["deadline"]
    ]
    return judged(cases, f"{len(access)} routes")


@rule(
    "DC-38",
    "People are told when it is too late to withdraw",
    law="GDPR Articles 7(3), 13 and 17(3)(d)",
    severity="medium",
    silence=True,
)
def too_late_untold(document: Document) -> Answer:
    """Each way to withdraw: the last moment, and whether people are told of it beforehand."""
    ways = document.stated("withdrawals")
    if not ways:
        return not_applicable("no way to withdraw is described")
    cases = [
        document.case(
            f"{fact['group']}: "
            + ("nobody tells them when it is too late" if fact["cut_off"] else "when it is too late is not said"),
            [fact],
            under=TO_WITHDRAW,
        )
        for fact in ways
        if not (fact["cut_off"] and fact["told"])
    ]
    return judged(cases, f"{len(ways)} ways to withdraw")


@rule(
    "DC-39",
    "A notice says where to complain",
    law="GDPR Article 13(2)(d); Data (Use and Access) Act 2025 section 103",
    severity="medium",
)
def no_word_on_complaints(document: Document) -> Answer:
    """Each notice, in a document of June 2026 or later; before that the route through the controller was not owed."""
    if document.attribute("date") < COMPLAINTS_SINCE:
        return not_applicable(f"owed from {COMPLAINTS_SINCE} on; this document is of {document.attribute('date')}")
    notices = document.stated("notices")
    cases = [
        document.case(f"{f['notice']}: where to complain is not said", [f]) for f in notices if not f["complaints_to"]
    ]
    return judged(cases, f"{len(notices)} notices")


@rule(
    "DC-57",
    "Children have a notice in words for their age, and a promise of their own",
    law="GDPR recital 38, Article 12(1)",
    severity="high",
    silence=True,
)
def children_unprotected(document: Document) -> Answer:
    """
    Each group that may have members under 18: a notice for their age, a promise for them, and their best interests.

    A group whose youngest age is not stated may have children, unless it is said not to be vulnerable. The code on
    children's data is for online services offered to children, and is not asked for.
    """
    groups = document.stated("groups")
    unsure = [fact for fact in groups if not fact["min_age"] and fact["vulnerable"] != "no"]
    children = [fact for fact in groups if fact["min_age"] and int(fact["min_age"]) < CHILD]
    if not children and not unsure:
        return not_applicable("no group is said to have members under 18, and each other is of adults")
    in_their_words = {fact["notice"] for fact in document.stated("notices", for_children="yes")}
    cases = [document.case(f"{f['group']}: whether children are among them is not said", [f]) for f in unsure]
    for fact in children:
        if fact["notice"] not in in_their_words:
            cases.append(document.case(f"{fact['group']}: no notice in words for their age", [fact]))
        if not any(id in document.needs for id in fact["safeguards"].split()):
            cases.append(document.case(f"{fact['group']}: no promise of their own", [fact]))
    if children and not document.stated("statements", subject="best interests of children"):
        cases.append(document.case("what is best for the children is not weighed", children))
    return judged(cases, f"{len(children) + len(unsure)} groups that may have members under 18")
