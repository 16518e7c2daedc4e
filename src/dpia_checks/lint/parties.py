"""Rules about who takes part: roles, contracts, agreements, and names that nobody introduces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dpia_checks.facts import Fact
from dpia_checks.lint.document import Document
from dpia_checks.lint.results import Answer, judged, not_applicable, rule, silent

ROLES = ("controller", "joint controller", "processor")
"""The roles that the law knows; a delivery partner or a sub-provider has none by that word."""
WHAT_A_ROLE_IS = ("LAW_GDPR_4_7", "LAW_GDPR_4_8")
"""What a missing role leaves open: who decides, and who acts for somebody else."""
SIGNED = ("signed", "in force")
"""The states of an agreement that bind somebody; "in place" without date or signature is only said."""


DAYS = {"first day": "date", "last day": "ends"}
"""The days of a contract, and their columns."""
CLAUSES = {
    "a": "instructions",
    "b": "confidentiality",
    "c": "security",
    "d": "sub-processors",
    "e": "help with people's rights",
    "f": "help with security and breaches",
    "g": "deletion or return",
    "h": "audit",
}
"""What a contract with a processor says, by the letters of Article 28(3)."""


def _by(facts: Iterable[Fact], *columns: str) -> dict[tuple[str, ...], list[Fact]]:
    grouped: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        grouped[tuple(fact[column] for column in columns)].append(fact)
    return grouped


@dataclass(frozen=True)
class Role:
    """What the document calls one party for one data set; ``role`` is empty where that is no role in law."""

    party: str
    data_set: str
    role: str
    stated_in: Fact


def _roles(document: Document) -> list[Role]:
    """Return the roles that the facts state."""
    return [
        Role(fact["party"], fact["data_set"], fact["role"] if fact["role"] in ROLES else "", fact)
        for fact in document.stated("roles")
    ]


@rule("ST-01", "A party has one role for one data set", law="GDPR Articles 4(7), 4(8), 26 and 28", severity="high")
def roles_differ(document: Document) -> Answer:
    """The roles that the facts state for each party and data set, over all sections."""
    pairs: dict[tuple[str, str], list[Role]] = defaultdict(list)
    for stated in _roles(document):
        pairs[stated.party, stated.data_set].append(stated)
    cases = [
        document.case(f"{party} is {' and '.join(called)} of {data} data", [role.stated_in for role in roles])
        for (party, data), roles in pairs.items()
        if len(called := sorted({role.role for role in roles if role.role})) > 1
    ]
    return judged(cases, f"{len(pairs)} pairs of a party and a data set")


@rule(
    "DC-30",
    "Each party has a role for each data set",
    law="GDPR Articles 4(7), 4(8), 26 and 28",
    severity="high",
    silence=True,
)
def roles_missing(document: Document) -> Answer:
    """Each party that acts, hands over data or receives it: whether it is called controller or processor of it."""
    stated = _roles(document)
    known = {role.party for role in stated if role.role}
    senders = [fact for fact in document.stated("data_sets") if fact["from_subject"] == "no"]
    cases = [
        document.case(f"{role.party} has no role in law for {role.data_set}", [role.stated_in], under=WHAT_A_ROLE_IS)
        for role in stated
        if not role.role
    ]
    cases += [
        document.case(f"{fact['comes_from']} supplies data and no role is stated for it", [fact], under=WHAT_A_ROLE_IS)
        for fact in senders
        if fact["comes_from"] not in {role.party for role in stated}
    ]
    cases += [
        document.case(f"{need['party']} is introduced and nothing is stated of its role", [need], under=WHAT_A_ROLE_IS)
        for need in document.of_type("party")
        if need.get("party") not in {role.party for role in stated}
    ]
    return judged(cases, f"{len(known)} parties with a role and {len(senders)} suppliers of data")


@rule("DC-31", "Joint controllers have an arrangement", law="GDPR Article 26", severity="high", silence=True)
def no_joint_arrangement(document: Document) -> Answer:
    """The roles of joint controller, and the agreements of the form "joint controller arrangement"."""
    joint = document.stated("roles", role="joint controller")
    if not joint:
        return not_applicable("no party is called a joint controller")
    cases = [document.case("joint controllers are named, and no arrangement between them", joint)]
    return judged([] if document.stated("agreements", form="joint controller arrangement") else cases, "the agreements")


@rule("DC-32", "Each processor has one contract, with its days and clauses", law="GDPR Article 28(3)", severity="high")
def processors_without_contract(document: Document) -> Answer:
    """Each processor: one reference of a contract; of each contract its days, and the eight clauses of the law."""
    processors = _by(document.stated("roles", role="processor"), "party")
    if not processors:
        return not_applicable("no party is called a processor")
    held = _by(document.stated("contracts"), "processor")
    cases = [
        document.case(
            f"{party} is a processor with {_count(held.get((party,), []))}",
            facts + held.get((party,), []),
            silent=(party,) not in held,
        )
        for (party,), facts in processors.items()
        if len({fact["reference"] for fact in held.get((party,), [])}) != 1
    ]
    cases += [
        document.case(f"{fact['processor']}, {fact['reference'] or 'no reference'}: {lacking}", [fact], silent=True)
        for fact in document.stated("contracts")
        if (lacking := ", ".join(_incomplete(fact)))
    ]
    return judged(cases, f"{len(processors)} processors")


def _incomplete(contract: Fact) -> Iterator[str]:
    """Yield the days of a contract that are not stated, and the clauses that the text does not say it has."""
    yield from (f"no {name}" for name, cell in DAYS.items() if not contract[cell])
    missing = [clause for letter, clause in CLAUSES.items() if letter not in contract["clauses"].split()]
    if missing:
        yield f"{len(missing)} of {len(CLAUSES)} clauses not stated: {', '.join(missing)}"


def _count(contracts: list[Fact]) -> str:
    references = sorted({fact["reference"] for fact in contracts})
    return f"the contracts {' and '.join(references)}" if references else "no contract named"


@rule("ST-03", "A processor's contract has one reference", law="GDPR Article 28(3)", severity="medium")
def contract_references_differ(document: Document) -> Answer:
    """The references printed for each processor's contract."""
    held = _by(document.stated("contracts"), "processor")
    if not held:
        return not_applicable("no contract is cited")
    cases = [
        document.case(
            f"the contract with {processor} is {' and '.join(sorted({f['reference'] for f in facts}))}", facts
        )
        for (processor,), facts in held.items()
        if len({fact["reference"] for fact in facts}) > 1
    ]
    return judged(cases, f"the contracts of {len(held)} processors")


@rule(
    "DC-33",
    "Data between controllers flows under a signed agreement",
    law="ICO data sharing code of practice; GDPR Articles 5(2) and 24",
    severity="high",
)
def flows_without_agreement(document: Document) -> Answer:
    """Each flow between organisations, and whether an agreement is named for it that is signed."""
    flows = [
        flow
        for flow in document.stated("flows")
        if document.stated("roles", party=flow["sender"]) or document.stated("data_sets", comes_from=flow["sender"])
    ]
    if not flows:
        return silent("no flow between organisations is described", "2.1.1")
    signed = {fact["agreement"] for fact in document.stated("agreements") if fact["status"] in SIGNED}
    cases = [
        document.case(
            f"{flow['sender']} to {flow['receiver']}: "
            + ("an agreement that is not said to be signed" if flow["agreement"] else "no agreement is named"),
            [flow],
            silent=not flow["agreement"],
        )
        for flow in flows
        if flow["agreement"] not in signed
    ]
    return judged(cases, f"{len(flows)} flows between organisations")


@rule("ST-11", "Agreements that are relied on are signed", law="GDPR Articles 5(2) and 24", severity="high")
def unsigned_agreements(document: Document) -> Answer:
    """The state of each agreement that the document rests on."""
    agreements = document.stated("agreements")
    cases = [
        document.case(f"{fact['agreement']}: {fact['status'] or 'whether it is signed is not said'}", [fact])
        for fact in agreements
        if fact["status"] not in SIGNED
    ]
    return judged(cases, f"{len(agreements)} agreements")


@rule("ST-14", "Every party that acts is introduced", law="GDPR Article 35(7)(a)", severity="medium", silence=True)
def never_introduced(document: Document) -> Answer:
    """The names of this evaluation's parties: those that act, against those that the document introduces."""
    own = [fact for fact in document.stated("names") if fact["belongs"] == "this evaluation"]
    introduced = {fact["name"] for fact in own if fact["does"] == "introduced"}
    acting = [fact for fact in own if fact["does"] == "acts"]
    cases = [
        document.case(f"{fact['name']} acts and is never introduced", [fact])
        for fact in acting
        if fact["name"] not in introduced
    ]
    return judged(cases, f"{len(acting)} names that act")
