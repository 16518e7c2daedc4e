"""Rules about what makes the processing lawful: conditions, special categories, research, and the law as cited."""

from __future__ import annotations

import re

from dpia_checks.facts import Fact
from dpia_checks.lint.bases import covering, data_set_of
from dpia_checks.lint.document import Document, words
from dpia_checks.lint.results import Answer, judged, not_applicable, rule, silent

SPECIAL = {
    "racial or ethnic origin": r"\brac|\bethnic",
    "political opinions": r"\bpolitic",
    "religious or philosophical beliefs": r"\breligi|\bbelief|\bfaith",
    "trade union membership": r"\btrade union",
    "genetic data": r"\bgenetic",
    "biometric data": r"\bbiometric",
    "health": r"\bhealth|\bdisabilit",
    "sex life": r"\bsex life|\bsexual life",
    "sexual orientation": r"\bsexual orientation|\bsexual identity",
}
"""The special categories of Article 9(1), and how a document may print them."""
NEEDS_SCHEDULE = ("9(2)(b)", "9(2)(g)", "9(2)(h)", "9(2)(i)", "9(2)(j)")
NEEDS_POLICY = ("9(2)(b)", "9(2)(g)")
"""The conditions for which Schedule 1 asks for an appropriate policy document; research is not one of them."""
CONDITIONS = ("LAW_GDPR_9_1", "LAW_DPA2018_10")
"""What a field without a condition leaves open."""
SAFEGUARDS = ("no substantial damage or distress", "no measure or decision about a person")
PUBLIC_AUTHORITY_MAY_NOT = ("6(1)(f)", "6(1)(ea)")


def _special(field: object) -> list[str]:
    return [part.strip() for part in re.findall(r"special category: ([^;]+)", str(field))]


def _declared(document: Document) -> dict[str, list[Fact]]:
    """Return the special categories that the document's own list names, with the facts that name each."""
    printed = document.stated("special_categories")
    return {
        category: facts
        for category, pattern in SPECIAL.items()
        if (facts := [fact for fact in printed if re.search(pattern, fact["as_printed"].lower())])
    }


@rule(
    "ST-04",
    "Special categories that are collected are declared",
    law="GDPR Article 9(1)",
    severity="high",
    silence=True,
)
def collected_not_declared(document: Document) -> Answer:
    """The special categories of the listed fields, against those that the document's own list names."""
    declared = _declared(document)
    fields = [(field, category) for field in document.fields() for category in _special(field.get("category"))]
    missing = sorted({category for _, category in fields if category not in declared})
    cases = [
        document.case(
            f"{category}: collected, and not among the categories declared",
            [field for field, own in fields if own == category],
        )
        for category in missing
    ]
    return judged(cases, f"{len(fields)} fields of a special category")


@rule("ST-05", "What is declared special is special in law", law="GDPR Article 9(1)", severity="low")
def declared_not_special(document: Document) -> Answer:
    """Each entry of the document's own list of special categories, against Article 9(1)."""
    printed = document.stated("special_categories")
    if not printed:
        return not_applicable("the document has no list of special categories")
    named = {fact.id for facts in _declared(document).values() for fact in facts}
    cases = [
        document.case(f"{fact['as_printed']}: declared, and no special category", [fact])
        for fact in printed
        if fact.id not in named
    ]
    return judged(cases, f"{len(printed)} categories declared")


@rule(
    "DC-15",
    "Each field of a special category has its condition",
    law="GDPR Article 9; DPA 2018 section 10",
    severity="high",
    silence=True,
)
def special_without_condition(document: Document) -> Answer:
    """Each listed field of a special category: a condition of Article 9 for its data set, for a declared category."""
    declared = _declared(document)
    special = [field for field in document.fields() if _special(field.get("category"))]
    cases = []
    for field in special:
        data_set = data_set_of(document, str(field.get("table")))
        lacking = [own for own in _special(field.get("category")) if own not in declared]
        if not covering(document, data_set, "9(2)") or lacking:
            cases.append(document.case(f"{field['title']}: no condition that covers it", [field], under=CONDITIONS))
    return judged(cases, f"{len(special)} fields of a special category")


@rule(
    "DC-16",
    "The condition of Schedule 1 is named",
    law="DPA 2018 section 10(2) and (3), Schedule 1",
    severity="medium",
    silence=True,
)
def schedule_not_named(document: Document) -> Answer:
    """Each condition of Article 9 that needs one of Schedule 1: whether its paragraph is given."""
    owed = [fact for fact in document.stated("bases") if fact["article"] in NEEDS_SCHEDULE]
    if not owed:
        return not_applicable("no condition is claimed that needs one of Schedule 1")
    cases = [
        document.case(f"Article {fact['article']}: no paragraph of Schedule 1", [fact])
        for fact in owed
        if not fact["schedule_1"]
    ]
    return judged(cases, f"{len(owed)} conditions")


@rule(
    "DC-17",
    "There is an appropriate policy document where one is owed",
    law="DPA 2018 Schedule 1, Part 4",
    severity="medium",
    silence=True,
)
def no_policy_document(document: Document) -> Answer:
    """The conditions that owe an appropriate policy document, and the agreements and policies of that form."""
    owed = [fact for fact in document.stated("bases") if fact["article"] in NEEDS_POLICY]
    if not owed:
        return not_applicable("no condition is claimed that owes one; research does not")
    held = document.stated("agreements", form="appropriate policy document")
    cases = [document.case("no appropriate policy document is named", owed)]
    return judged([] if held else cases, f"{len(owed)} conditions that owe one")


@rule(
    "DC-19",
    "Which regime applies is said for police data",
    law="DPA 2018 Parts 2 and 3, section 36(4)",
    severity="medium",
    silence=True,
)
def regime_not_said(document: Document) -> Answer:
    """Whether the document says that data collected for law enforcement is used under Part 2, and by which gateway."""
    police = document.stated("data_sets", data_set="MPS")
    if not police:
        return not_applicable("no police data is used")
    said = document.stated("statements", subject="which regime applies")
    cases = [document.case("police data passes from one regime to the other, and neither is named", police)]
    return judged([] if said else cases, "the statements on police data")


@rule(
    "DC-20", "Research has its safeguards", law="GDPR Article 89(1); DPA 2018 section 19", severity="high", silence=True
)
def research_without_safeguards(document: Document) -> Answer:
    """
    Where research is the condition, or the use that is called compatible: its four safeguards.

    No damage, no decision about a person, less data, and no other way.
    """
    claimed = [*(fact for fact in document.stated("bases") if fact["article"] == "9(2)(j)"), *_reused(document)]
    if not claimed:
        return not_applicable("research is neither the condition nor what makes another use compatible")
    cases = [
        document.case(f"{safeguard}: not said", claimed)
        for safeguard in SAFEGUARDS
        if not document.stated("statements", subject=safeguard)
    ]
    if not document.commitments("minimisation") or not document.stated("alternatives"):
        cases.append(document.case("that less data would not do is not said", claimed))
    return judged(cases, "4 safeguards")


@rule("DC-21", "A public authority does not rest on legitimate interests", law="GDPR Article 6(1)", severity="high")
def legitimate_interests(document: Document) -> Answer:
    """The grounds of Article 6 that the controller, a public authority, states."""
    bases = document.stated("bases")
    if not bases:
        return silent("no basis is stated", "4.1")
    wrong = [fact for fact in bases if fact["article"] in PUBLIC_AUTHORITY_MAY_NOT]
    return judged(
        [document.case("a public authority rests on legitimate interests", [f]) for f in wrong],
        f"{len(bases)} statements of a basis",
    )


@rule(
    "DC-22", "Consent, permission and objection are kept apart", law="GDPR Articles 4(11), 7 and 21", severity="medium"
)
def consent_muddled(document: Document) -> Answer:
    """The words used for asking each group of people."""
    asked: dict[str, list[Fact]] = {}
    for fact in document.stated("asks"):
        asked.setdefault(fact["group"], []).append(fact)
    if not asked:
        return not_applicable("nobody is asked")
    cases = [
        document.case(f"{group}: {', '.join(sorted({f['word'] for f in facts}))}", facts)
        for group, facts in asked.items()
        if len({fact["word"] for fact in facts}) > 1
    ]
    return judged(cases, f"{len(asked)} groups who are asked")


@rule(
    "DC-23",
    "Why another use is compatible is said",
    law="GDPR Articles 5(1)(b) and 6(4)",
    severity="medium",
    silence=True,
)
def compatibility_claimed(document: Document) -> Answer:
    """Each purpose that reuses records: the reason given why it is compatible."""
    reused = _reused(document)
    if not reused:
        return not_applicable("no records are reused")
    cases = [
        document.case("another use is called compatible, with no reason", [fact])
        for fact in reused
        if not fact["compatible_because"]
    ]
    return judged(cases, f"{len(reused)} reuses")


def _reused(document: Document) -> list[Fact]:
    """Return the purposes that are research with records which were made for another end."""
    return [fact for fact in document.stated("purposes") if "another end" in fact["purpose"]]


@rule("DC-56", "The law is cited as it stands", law="GDPR Article 5(2)", severity="low")
def law_miscited(document: Document) -> Answer:
    """Each reference to law that we could not find as printed, or that had ended before the document's date."""
    date = document.attribute("date")
    cases = [
        document.case(f"\u201c{fact['as_printed']}\u201d stands for {fact['should_be']}", [fact])
        for fact in document.stated("laws")
        if fact["should_be"]
    ]
    cases += [
        document.case(f"\u201c{fact['as_printed']}\u201d: ended on {fact['ended']}, before the document's date", [fact])
        for fact in document.stated("laws")
        if fact["ended"] and fact["ended"] < date
    ]
    return judged(cases, f"{len(document.stated('laws'))} references to law that we read closely")


@rule(
    "DC-58",
    "No machine decides about a person, and the document says so",
    law="GDPR Article 22",
    severity="low",
    silence=True,
)
def no_word_on_machines(document: Document) -> Answer:
    """Whether a statement, or a commitment, is about automated decisions or profiling."""
    said = document.stated("statements", subject="automated decisions")
    promised = [need for need in document.commitments() if re.search(r"automated|profil", words(need))]
    if said or promised:
        return judged([], "statements and commitments")
    return silent("nothing is said about automated decisions or profiling", "2.1.2")
