"""Rules about how the document is made and kept: consultation, advice, sign-off, actions, publication, equality."""

from __future__ import annotations

from dpia_checks.lint.document import Document
from dpia_checks.lint.results import Answer, judged, not_applicable, rule, silent

METHODS = ("data", "register", "document", "attest", "vague")
PUBLISHED = ("full", "summary", "withheld")


@rule(
    "DC-40",
    "The people concerned were asked, or the document says why not",
    law="GDPR Article 35(9)",
    severity="high",
    silence=True,
)
def people_not_asked(document: Document) -> Answer:
    """The consultations with data subjects or those who speak for them: done, with an outcome, or a reason."""
    asked = document.stated("consultations", whom="data subjects")
    if not asked:
        return silent(
            "neither the people concerned nor anybody for them is consulted, and no reason is given",
            *_known(document, "3.1", "3"),
        )
    cases = [document.case("no outcome and no reason", [fact]) for fact in asked if not fact["outcome"]]
    return judged(cases, f"{len(asked)} consultations with the people concerned")


def _known(document: Document, *keys: str) -> list[str]:
    """Return those of *keys* that the document prints."""
    printed = {section.key for section in document.sections}
    return [key for key in keys if key in printed]


@rule(
    "DC-41",
    "The data protection officer's advice is on record",
    law="GDPR Articles 35(2) and 39(1)(c)",
    severity="medium",
    silence=True,
)
def advice_not_recorded(document: Document) -> Answer:
    """The consultations with the data protection officer: what was advised, when, and whether it was followed."""
    advice = document.stated("consultations", whom="data protection officer")
    if not advice:
        return silent("the data protection officer's advice is not mentioned", *_known(document, "3.1-who", "3.2"))
    cases = [
        document.case("what was advised, or when, is not written down", [fact])
        for fact in advice
        if not (fact["date"] and fact["outcome"])
    ]
    return judged(cases, f"{len(advice)} consultations with the officer")


@rule(
    "DC-42",
    "Processors and security experts were asked",
    law="GDPR Article 28(3)(f); ICO guidance on DPIAs",
    severity="low",
    silence=True,
)
def experts_not_asked(document: Document) -> Answer:
    """Information security, and each processor under contract with the controller: whether each was consulted."""
    done = {fact["whom"] for fact in document.stated("consultations") if fact["status"] == "done"}
    contracted = {fact["processor"] for fact in document.stated("contracts")}
    lacking = [name for name in ("information security", *sorted(contracted)) if name not in done]
    about = {
        name: document.stated("consultations", whom=name) + document.stated("contracts", processor=name)
        for name in lacking
    }
    planned = {fact["whom"] for fact in document.stated("consultations") if fact["status"] == "planned"}
    cases = [
        document.case(f"{name}: {'to be asked' if name in planned else 'not mentioned among those asked'}", about[name])
        for name in lacking
    ]
    return judged(cases, f"{len(contracted) + 1} who ought to be asked")


@rule("DC-50", "The one who approves is not the one who advises", law="GDPR Articles 38(6) and 39", severity="high")
def officer_signs(document: Document) -> Answer:
    """Each sign-off: the post of who signs, and what is approved."""
    signed = document.stated("signoffs")
    if not signed:
        return silent("nobody signs", *_known(document, "7", "sign-off"))
    cases = [
        document.case("the data protection officer signs, and nobody who answers for the processing does", [fact])
        for fact in signed
        if fact["role"] == "data protection officer"
    ]
    return judged(cases, f"{len(signed)} signatures")


@rule(
    "DC-52",
    "What is still to be done has an owner and a day",
    law="ICO guidance on DPIAs",
    severity="medium",
    silence=True,
)
def actions_open(document: Document) -> Answer:
    """Each thing that the document says is still to be done: who does it, and by when."""
    actions = document.stated("actions")
    cases = [
        document.case(f"{fact['action']}: no {' and no '.join(lacking)}", [fact])
        for fact in actions
        if (lacking := [name for name in ("owner", "due") if not fact[name]])
    ]
    return judged(cases, f"{len(actions)} things to be done")


@rule(
    "DC-53", "Publication is decided, and what is blacked out has a ground", law="ICO guidance on DPIAs", severity="low"
)
def publication_open(document: Document) -> Answer:
    """What the document says of its own publication, and the ground of each redaction."""
    cases = [
        document.case(f"publication: \u201c{fact['value'] or 'not stated'}\u201d", [fact])
        for fact in document.stated("document", attribute="publication")
        if fact["value"] not in PUBLISHED
    ]
    redactions = document.stated("redactions")
    cases += [
        document.case(f"{fact['what']}: blacked out, with no ground", [fact])
        for fact in redactions
        if not fact["ground"]
    ]
    return judged(cases, f"the decision to publish and {len(redactions)} redactions")


@rule(
    "DC-59",
    "The effect on equality is looked at, or the document says why not",
    law="Equality Act 2010 section 149",
    severity="medium",
    silence=True,
)
def equality_not_assessed(document: Document) -> Answer:
    """The assessments that the document links to: one of equality among them."""
    if document.stated("assessments", assessment="equality"):
        return judged([], "the assessments")
    return silent("no assessment of equality is linked to")


@rule(
    "DC-60", "Each promise is traced, and says how it is checked", law="GDPR Articles 5(2) and 24(1)", severity="medium"
)
def promises_untraced(document: Document) -> Answer:
    """Each commitment: its sections, its method, and a finding where it is too vague to check. This is about us."""
    commitments = document.commitments()
    if not commitments:
        return not_applicable("no commitment is transcribed")
    cases = [
        document.case(f"{need['title']}: no section, no method, or vague without a finding", [need])
        for need in commitments
        if not need.get("source")
        or need.get("method") not in METHODS
        or (need["method"] == "vague" and not document.findings_on(need["id"]))
    ]
    return judged(cases, f"{len(commitments)} commitments")
