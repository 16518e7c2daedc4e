"""Rules about the table of risks: how each is judged, what answers it, and which are not there."""

from __future__ import annotations

import re

from dpia_checks.lint.document import Document, Need, theme, words
from dpia_checks.lint.results import Answer, Case, judged, not_applicable, rule, silent

FEARED = {
    "somebody gets access who should not": r"access|view|disclos|compromise",
    "data is changed that should not be": r"\bchang|\balter|modif|tamper|corrupt",
    "data is lost": r"\blost|\bloss|destroy|disappear",
}
"""The three feared events: confidentiality, integrity, availability."""
LINDDUN = {
    "linking": r"\blink|\bmatch|combin",
    "identifying": r"identif|recognis",
    "non-repudiation": r"repudiat|cannot deny",
    "detecting": r"detect|infer|observ",
    "data disclosure": r"access|view|disclos|compromise|share",
    "unawareness": r"understand|unaware|not told|not know",
    "non-compliance": r"unlawful|lawful|retention|polic",
}
"""The seven kinds of threat to privacy, and words by which a risk of each kind would be known."""
EXPECTED = {
    "somebody is recognised in what is published": r"recognis|identif|small number|re-identif",
    "two people are taken for one when records are matched": r"\bmatch|mistaken|wrong person",
    "the comparison group is used without being told": r"comparison|control group|never told|compared",
    "the evaluation's data is used to police the people in it": r"(used|passed|go) .{0,40}polic|surveill|stigma",
    "a group is treated worse because of what is found": r"discriminat|stigma|equal|dispropor",
    "people feel that they cannot say no": r"pressure|coerc|feel they must|feel bound|cannot say no",
    "a right cannot be exercised": r"\brights?\b|object|erasure|withdraw",
    "the key to the pseudonyms is lost or used": r"\bkeys? (to|is|file)|pseudonym",
}
"""Risks that an evaluation which matches police records with a service's records should have."""
ANSWERS = {
    "data minimisation": {"minimisation", "pseudonymisation", "cohort", "linkage", "access", "purpose"},
    "purpose limitation": {"purpose", "basis", "governance", "minimisation", "sharing", "linkage", "parties"},
    "storage limitation": {"storage", "retention", "pseudonymisation"},
    "accuracy": {"accuracy", "linkage"},
    "integrity and confidentiality": {
        "access",
        "storage",
        "transfers",
        "sharing",
        "pseudonymisation",
        "publication",
        "breach",
        "governance",
    },
    "lawfulness, fairness and transparency": {"transparency", "consent", "basis", "rights", "governance"},
}
"""The principles of the risk table, and the themes of promises that can make a risk under each smaller."""
ASKED = ("likelihood", "severity", "level")


def _covers(document: Document, kinds: dict[str, str]) -> list[Case]:
    said = [words(risk) for risk in document.of_type("risk")]
    where = list(document.of_type("risk"))[:1]
    sections = tuple(where[0].get("source") or ()) if where else ()
    return [
        Case(f"no risk that {kind}" if " " in kind else f"no risk of {kind}", (), sections)
        for kind, pattern in kinds.items()
        if not any(re.search(pattern, text) for text in said)
    ]


def _unstated(risk: Need, *names: str) -> list[str]:
    return [name for name in names if (risk.get(name) or "not stated") == "not stated"]


@rule(
    "DC-29",
    "Unlawful access, unwanted change and loss are each a risk",
    law="GDPR Articles 32 and 35(7)(c)",
    severity="medium",
    silence=True,
)
def feared_events_missing(document: Document) -> Answer:
    """The words of every risk, for each of the three feared events."""
    return judged(_covers(document, FEARED), f"{len(document.of_type('risk'))} risks")


@rule(
    "DC-43",
    "Each risk says whom it harms, and how",
    law="GDPR Article 35(7)(c); ICO guidance on DPIAs",
    severity="high",
    silence=True,
)
def harm_not_said(document: Document) -> Answer:
    """Each risk: the people harmed and the harm, as the document states them. Harm to the controller is not enough."""
    risks = document.of_type("risk")
    harmed = {fact["risk"] for fact in document.stated("harms") if fact["harm"] and fact["whom"] != "MOPAC"}
    cases = [
        document.case(f"{risk['title']}: whom it harms is not said", [risk])
        for risk in risks
        if risk["id"] not in harmed
    ]
    return judged(cases, f"{len(risks)} risks")


@rule(
    "DC-44",
    "Each risk has a likelihood, a severity and a level",
    law="GDPR recitals 76 and 90; WP248",
    severity="medium",
    silence=True,
)
def risk_not_rated(document: Document) -> Answer:
    """Each risk: likelihood, severity and level as published."""
    risks = document.of_type("risk")
    cases = [
        document.case(f"{risk['title']}: no {', no '.join(lacking)}", [risk])
        for risk in risks
        if (lacking := _unstated(risk, *ASKED))
    ]
    return judged(cases, f"{len(risks)} risks")


@rule(
    "DC-45",
    "Each risk that is not low has measures, what is left of it, and an owner",
    law="GDPR Article 35(7)(d)",
    severity="high",
    silence=True,
)
def risk_without_owner(document: Document) -> Answer:
    """Each risk of medium or high level: its measures, the level that is left, and who answers for it."""
    risks = [risk for risk in document.of_type("risk") if risk.get("level") in ("medium", "high")]
    if not risks:
        return not_applicable("no risk is medium or high")
    cases = []
    for risk in risks:
        lacking = _unstated(risk, "residual_level", "owner")
        lacking += [] if document.linking("reduces", risk["id"]) else ["measure"]
        if lacking:
            names = ", no ".join(name.replace("_", " ") for name in lacking)
            cases.append(document.case(f"{risk['title']}: no {names}", [risk]))
    return judged(cases, f"{len(risks)} risks of medium or high level")


@rule("DC-46", "A high risk that stays is taken to the regulator", law="GDPR Article 36(1)", severity="high")
def high_risk_left(document: Document) -> Answer:
    """Each high risk: what is left of it, and a consultation of the regulator that was held."""
    high = [risk for risk in document.of_type("risk") if "high" in (risk.get("level"), risk.get("residual_level"))]
    if not high:
        return not_applicable("no risk is high")
    asked = [fact for fact in document.stated("consultations", whom="regulator") if fact["status"] == "done"]
    cases = [
        document.case(
            f"{risk['title']}: high, not said to be made smaller, and no consultation of the regulator is recorded",
            [risk],
        )
        for risk in high
        if risk.get("residual_level") not in ("low", "medium") and not asked
    ]
    return judged(cases, f"{len(high)} high risks")


@rule(
    "DC-47",
    "Each measure says how it makes the risk smaller",
    law="ICO guidance on DPIAs",
    severity="low",
    silence=True,
)
def measure_unexplained(document: Document) -> Answer:
    """Each measure, and the words on how it helps; one case for each risk."""
    explained = {fact["mitigation"] for fact in document.stated("rationales") if fact["how"]}
    measures = document.of_type("mitigation")
    cases = []
    for risk in document.of_type("risk"):
        bare = [m for m in document.linking("reduces", risk["id"]) if m["id"] not in explained]
        if bare:
            cases.append(
                document.case(f"{risk['title']}: measures that do not say how they help: {len(bare)}", [risk, *bare])
            )
    return judged(cases, f"{len(measures)} measures")


@rule(
    "DC-48",
    "Each kind of threat to privacy is covered",
    law="LINDDUN; CNIL method for DPIAs",
    severity="low",
    silence=True,
)
def threats_missing(document: Document) -> Answer:
    """The words of every risk, for each of the seven kinds of threat."""
    return judged(_covers(document, LINDDUN), f"{len(document.of_type('risk'))} risks, over {len(LINDDUN)} kinds")


@rule("ST-15", "A measure answers its own risk", law="GDPR Article 35(7)(d)", severity="medium")
def measure_elsewhere(document: Document) -> Answer:
    """Each measure that commitments deliver: whether one of their themes can answer the principle of its risk."""
    cases, looked = [], 0
    for measure in document.of_type("mitigation"):
        delivered = {theme(need["id"]) for need in document.linking("delivers", measure["id"])}
        risks = [document.needs[id] for id in measure.get("reduces") or () if id in document.needs]
        looked += bool(delivered)
        for risk in risks:
            if delivered and not delivered & ANSWERS.get(str(risk.get("principle")), delivered):
                says = f"{measure['title']}: about {', '.join(sorted(delivered))}, set against {risk.get('principle')}"
                cases.append(document.case(says, [measure, risk]))
    return judged(cases, f"{looked} measures that commitments deliver")


@rule(
    "ST-16",
    "The risks of such an evaluation are in the table",
    law="GDPR Article 35(7)(c)",
    severity="high",
    silence=True,
)
def risks_missing(document: Document) -> Answer:
    """The words of every risk, for each risk that matching police records with a service's records brings."""
    risks = document.of_type("risk")
    if not risks:
        return silent("there is no table of risks")
    return judged(_covers(document, EXPECTED), f"{len(risks)} risks, over {len(EXPECTED)} that we expect")
