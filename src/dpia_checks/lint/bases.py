"""Rules about the bases: which one the document names for each use of each data set, and by which Act."""

from __future__ import annotations

from collections.abc import Mapping

from dpia_checks.facts import Fact
from dpia_checks.lint.document import Document
from dpia_checks.lint.results import Answer, Case, judged, not_applicable, rule

EVERY = "all"
"""How a basis is given for all data."""
BEHIND = {"Act": "statute", "section": "provision"}
"""What stands behind an authority, and its column."""


def stated_for(stated: Mapping[str, tuple[Fact, ...]], data_set: str, purpose: str, article: str) -> list[Fact]:
    """
    Return the bases beginning with *article* that are stated for *data_set* or all data, and for *purpose*.

    A basis whose sentence names no purpose is for any; one for a whole, such as the evaluation, is for its parts.
    Where *purpose* is empty, those for whatever purpose are returned.
    """
    wholes = {fact["part_of"] for fact in stated.get("purposes", ()) if fact["purpose"] == purpose}
    return [
        fact
        for fact in stated.get("bases", ())
        if fact["data_set"] in (data_set, EVERY)
        and fact["article"].startswith(article)
        and (not purpose or fact["purpose"] in {"", purpose} | wholes)
    ]


def covering(document: Document, data_set: str, article: str) -> list[Fact]:
    """Return the bases beginning with *article* that are stated for *data_set* or all data, for whatever purpose."""
    return stated_for(document.facts, data_set, "", article)


def data_set_of(document: Document, table: str) -> str:
    """Return the data set that a table of the extracts is of, or nothing."""
    return next((f["data_set"] for f in document.stated("data_sets") if table in f["tables"].split()), "")


@rule("DC-13", "Each use of each data set has one basis in Article 6", law="GDPR Article 6(1)", severity="high")
def bases_differ(document: Document) -> Answer:
    """The grounds of Article 6 for each purpose and data set, and the purposes and data sets that stand alone."""
    uses, data_sets = document.stated("uses"), document.stated("data_sets")
    used, served = {use["data_set"] for use in uses}, {use["purpose"] for use in uses}
    cases = [
        _grounds(document, f"{use['purpose']}, {use['data_set']}", [use, *_named(document, use["data_set"])], found)
        for use in uses
        for found in [stated_for(document.facts, use["data_set"], use["purpose"], "6(1)")]
    ]
    cases += [
        _grounds(document, fact["data_set"], [fact], covering(document, fact["data_set"], "6(1)"))
        for fact in data_sets
        if fact["data_set"] not in used
    ]
    cases += [
        document.case(
            f"{fact['purpose']}: which data serves it, and so on which basis, is not said", [fact], silent=True
        )
        for fact in document.stated("purposes")
        if fact["purpose"] not in served
    ]
    return judged(filter(None, cases), f"{len(uses)} uses and {len(data_sets)} data sets")


def _named(document: Document, data_set: str) -> list[Fact]:
    return document.stated("data_sets", data_set=data_set)


def _grounds(document: Document, what: str, about: list[Fact], bases: list[Fact]) -> Case | None:
    """Return what is wrong with the bases of one use, or nothing when there is one ground and a sentence for it."""
    grounds = sorted({basis["article"] for basis in bases})
    if not grounds:
        return document.case(f"{what}: no basis is stated", about, silent=True)
    if len(grounds) > 1:
        return document.case(f"{what}: {' and '.join(grounds)}", [*about, *bases])
    if all(basis["data_set"] == EVERY for basis in bases):
        return document.case(f"{what}: one sentence for all data", [*about, *bases])
    return None


@rule(
    "DC-14",
    "A public task has its Act and section",
    law="GDPR Article 6(3); DPA 2018 section 8",
    severity="medium",
    silence=True,
)
def task_without_statute(document: Document) -> Answer:
    """Each statement of public task: the Act and the section, and whether another way was weighed."""
    tasks = [fact for fact in document.stated("bases") if fact["article"] == "6(1)(e)"]
    if not tasks:
        return not_applicable("no public task is relied on")
    cases = [
        document.case(f"public task for {fact['data_set']} data: no {', no '.join(lacking)}", [fact])
        for fact in tasks
        if (lacking := [name for name in ("statute", "provision") if not fact[name]])
    ]
    if not document.stated("alternatives"):
        cases.append(document.case("whether the task could be done with less is not weighed", tasks))
    return judged(cases, f"{len(tasks)} statements of public task")


@rule(
    "DC-18",
    "Criminal offence data has an authority and an Act",
    law="GDPR Article 10; DPA 2018 sections 10(5) and 11(2)",
    severity="high",
    silence=True,
)
def offences_without_authority(document: Document) -> Answer:
    """
    Each data set with criminal offence data, by a listed field or by a sentence, allegations and arrests with it.

    An authority of Article 10 is asked for it, and of each statement of one its Act and section, or its paragraph
    of Schedule 1.
    """
    tables = {f.get("table") for f in document.fields() if "criminal offence" in (f.get("category") or "")}
    listed = {data_set_of(document, str(table)) for table in tables}
    held = [fact for fact in document.stated("data_sets") if fact["offences"] or fact["data_set"] in listed]
    if not held:
        return not_applicable("no criminal offence data is listed or described")
    cases = [
        document.case(f"{fact['data_set']}: criminal offence data, and no authority covers it", [fact])
        for fact in held
        if not covering(document, fact["data_set"], "10")
    ]
    cases += [
        document.case(f"authority over {fact['data_set']} data: no {' and no '.join(lacking)}", [fact])
        for fact in document.stated("bases")
        if fact["article"].startswith("10") and not fact["schedule_1"]
        if (lacking := [name for name, cell in BEHIND.items() if not fact[cell]])
    ]
    return judged(cases, f"{len(held)} data sets with criminal offence data")
