"""What stands around a need's own words: its state, where it is from, what it answers, and what shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dpia_checks.counts import measures_proven
from dpia_checks.parts import law, since
from dpia_checks.parts.checks import check_page
from dpia_checks.parts.document import found_by
from dpia_checks.parts.risks import risk_page
from dpia_checks.parts.site import Fact, Link, Need, Site, extract_anchor, test_anchor
from dpia_checks.terms import YARDSTICK

Shown = tuple[str, dict[str, Any]]

LINKED_AS = {"commitment": "promise", "finding": "what is wrong here"}
"""How a link in the middle of a sentence is called; one to what a document states or lists is "in the papers"."""

OWN_TABLE = "needs"
"""The table that the checks of the document alone read: what stands on these pages."""

MARKS = {
    "broken": "our check broken",
    "none": "no check yet",
    "vague": "too vague to check",
    "attest": "attestation due",
    "transcription": "checked in our copy",
    "proven": "our check works",
}
"""The states beside a sentence to those whose data it was, short and without colour: no verdict on the sentence."""
MARKED = "your-data/"
"""The pages with these short words. Each says below its head what they mean."""


def state(site: Site, page: str, id: str) -> Shown:
    """The line above a need: its id, and the state of what can have one."""
    need = site.needs.by_id[id]
    stated = site.state(id) if need["type"] in ("commitment", "mitigation") else ""
    real = site.real(id) if need["type"] == "commitment" else ""
    return "state.html", {"id": id, "state": stated, "real": real, "attested": site.attested(id)}


def promise(site: Site, page: str, id: str) -> Shown:
    """A link to a promise with its state, for the middle of a sentence; to a finding or to what is stated, without."""
    need = site.needs.by_id[id]
    stated = site.state(id) if need["type"] == "commitment" else ""
    href = site.href(page, str(need["docname"]), id)
    word = LINKED_AS.get(str(need["type"]), "in the papers")
    attested = site.attested(id)
    return "promise.html", {
        "href": href,
        "word": word,
        "title": need["title"],
        "state": stated,
        "attested": attested,
        "mark": MARKS.get(stated, "") if page.startswith(MARKED) and not attested else "",
    }


def titled(site: Site, page: str, id: str) -> Shown:
    """A need by its title, as a link to it."""
    return "link.html", {"one": site.link(page, id)}


def facts(site: Site, page: str, id: str) -> Shown:
    """The lines below a need."""
    need = site.needs.by_id[id]
    made = _BY_TYPE.get(str(need["type"]), _others)(site, page, need)
    made.append(Fact("What is wrong in the document here", links=site.links(page, site.back("concerns", id))))
    return "facts.html", {"facts": [fact for fact in made if fact.says]}


def _commitment(site: Site, page: str, need: Need) -> list[Fact]:
    measures = need.get("delivers") or []
    risks = {risk for measure in measures for risk in site.needs.links(measure, "reduces")}
    return [
        _terms(site, page, need),
        _source(site, page, need),
        Fact("Measure it delivers", links=site.links(page, measures)),
        Fact("Risk it answers", links=site.links(page, risks)),
        Fact("Law it rests on", links=site.links(page, need.get("rests_on") or ())),
        *_verification(site, page, need),
        Fact("On MOPAC's real records, self-reported", site.real_counts(str(need["id"]))),
    ]


def _terms(site: Site, page: str, need: Need) -> Fact:
    """Return the terms; a promise is held to those of its document, and not to a yardstick of ours."""
    told = str(need.get("terms") or "").replace("_", " ")
    term = "Numbers and lists our check takes" if YARDSTICK in told else "Numbers and lists it is held to"
    return Fact(term, told, site.terms_links(page, str(need["id"])) if told else ())


def _source(site: Site, page: str, need: Need) -> Fact:
    return Fact("In the published document", links=site.section_links(page, need), inline=True)


def _verification(site: Site, page: str, need: Need) -> list[Fact]:
    record = site.records.get(str(need["id"]))
    if not record:
        return []
    return [_reason(record), Fact("On made-up records", proof=_proof(site, page, record))]


def _reason(record: Need) -> Fact:
    return Fact("Why it has this state", str(record["reason"] or ""))


def _proof(site: Site, page: str, record: Need) -> dict[str, Any]:
    """Return what the examples showed; nothing when none was tried."""
    if not record["examples_tried"]:
        return {}
    tests = []
    for test in record["tests"] or ():
        path, _, name = test.partition("::")
        dpia = path.split("/")[-2] if "/" in path else ""
        href = site.href(page, f"{dpia}/tests", test_anchor(name))
        tests.append(Link(f"{path.rpartition('/')[2]}: {name}", href))
    checks = [Link(name, site.href(page, check_page(name))) for name in record["checks"] or ()]
    read = [_extract(site, page, record, name) for name in record["tables"] or ()]
    examples = [
        result.split(": ", 2) for result in record["results"] or () if not result.startswith(("clean", "number"))
    ]
    return {
        "record": record,
        "examples": [(case == "violation", outcome, name) for case, outcome, name in examples],
        "facts": [
            Fact("Test", links=tests),
            Fact("Check that the test asks", links=checks),
            Fact("Extracts it reads", links=read, inline=True),
        ],
    }


def _extract(site: Site, page: str, record: Need, name: str) -> Link:
    """Return a link to what is held in an extract; our transcription of the document, the needs, is none."""
    if name == OWN_TABLE:
        return Link("our transcription")
    return Link(name, site.href(page, f"{str(record['id'])[:3].lower()}/extracts", extract_anchor(name)))


def _mitigation(site: Site, page: str, need: Need) -> list[Fact]:
    record = site.records.get(str(need["id"]))
    return [
        _source(site, page, need),
        Fact("Risk it is meant to reduce", links=site.links(page, need.get("reduces") or ())),
        Fact(
            "Commitments that deliver it", links=site.links(page, site.back("delivers", str(need["id"])), stated=True)
        ),
        *([_reason(record)] if record else []),
    ]


PUBLISHED = {"likelihood": "likelihood", "severity": "severity", "level left": "residual_level", "owner": "owner"}
"""What a table of risks says of a risk beside its level, and the field that holds it."""


def _risk(site: Site, page: str, need: Need) -> list[Fact]:
    proven, measures = measures_proven(site.evidence, site.needs, str(need["id"]))
    said = {words: str(need.get(name) or "not stated") for words, name in PUBLISHED.items()}
    not_stated = [words for words, value in said.items() if value == "not stated"]
    stated = [
        Fact(f"{words[0].upper()}{words[1:]}, as published", said[words]) for words in said if words not in not_stated
    ]
    return [
        Fact("Level as published", need.get("level") or ""),
        Fact("Principle", need.get("principle") or ""),
        *stated,
        Fact("Not stated in the document", ", ".join(not_stated)),
        _source(site, page, need),
        Fact("Measures with a proven check", f"{proven} of {measures}" if measures else "n/a: it has no measure"),
        *_measures(site, page, str(need["id"])),
    ]


def _measures(site: Site, page: str, id: str) -> list[Fact]:
    """Return what answers a risk, and the page on which each measure stands with what delivers it, in a table."""
    own = risk_page(site.needs, id)
    if page == own:
        return []
    further = [Link("with what delivers each", href)] if (href := site.href(page, own)) else []
    measures = site.back("reduces", id)
    promises = {promise for measure in measures for promise in site.back("delivers", measure)}
    return [
        Fact("Measures", links=site.links(page, measures, stated=True)),
        Fact("Promises that answer it", links=site.links(page, promises)),
        Fact("A page of its own", links=further),
    ]


def _finding(site: Site, page: str, need: Need) -> list[Fact]:
    return [
        Fact("Severity", need.get("severity") or ""),
        Fact("Found by", links=found_by(site, page, need), inline=True),
        _source(site, page, need),
        Fact("Concerns", links=site.links(page, need.get("concerns") or ())),
    ]


def _others(site: Site, page: str, need: Need) -> list[Fact]:
    return [*since.facts(site, need), *_roles(site, page, need), _source(site, page, need)]


def _roles(site: Site, page: str, need: Need) -> list[Fact]:
    """Return what the document calls a party, for each data set, with a link to where that is stated."""
    if need["type"] != "party":
        return []
    dpia = str(need["id"])[:3].lower()
    stated = [fact for fact in site.stated[dpia]["roles"] if fact["party"] == need.get("party")]
    return [Fact("Role, as published", links=[Link(f.says, site.href(page, f"{dpia}/stated", f.id)) for f in stated])]


_BY_TYPE: dict[str, Callable[[Site, str, Need], list[Fact]]] = {
    "commitment": _commitment,
    "mitigation": _mitigation,
    "risk": _risk,
    "finding": _finding,
    "law": law.facts,
}

PARTS = {"state": state, "facts": facts, "promise": promise, "title": titled, "law": law.named}
