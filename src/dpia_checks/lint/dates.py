"""Rules about dates: before the start, reviews without gaps, and dates that cannot all be true."""

from __future__ import annotations

import itertools
from datetime import date

from dpia_checks.facts import Fact
from dpia_checks.lint.document import Document
from dpia_checks.lint.results import Answer, judged, not_applicable, rule, silent
from dpia_checks.printed_dates import span


def _dated(document: Document, role: str) -> list[Fact]:
    return [fact for fact in document.stated("dates", role=role) if fact["date"]]


@rule("DC-04", "The assessment is done before the processing starts", law="GDPR Article 35(1)", severity="high")
def signed_too_late(document: Document) -> Answer:
    """Each date of sign-off, against each date on which processing starts; a date that may be either is let pass."""
    signed, starts = _dated(document, "sign-off"), _dated(document, "processing start")
    if not signed or not starts:
        return silent("the day of signing or of starting is not stated")
    cases = [
        document.case(
            f"{start['event']} ({start['date']}) before the document is signed ({sign['date']})", [sign, start]
        )
        for sign in signed
        for start in starts
        if span(start["date"]).last < span(sign["date"]).first
    ]
    return judged(cases, f"{len(starts)} starts and {len(signed)} signatures")


def _months(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


@rule("ST-12", "The dates of review leave no gap", law="GDPR Article 35(11)", severity="medium")
def review_gaps(document: Document) -> Answer:
    """Each review: the next one it announces; the interval that the document sets; and the end of the processing."""
    reviews = document.stated("reviews")
    if not reviews:
        return silent("no review is set")
    dated = sorted((fact for fact in reviews if fact["date"]), key=lambda fact: span(fact["date"]))
    cases = [
        document.case(f"{fact['stage']}: every {fact['every_months']} months, with no date", [fact])
        for fact in reviews
        if fact["every_months"] and not fact["date"]
    ]
    held = [span(fact["date"]) for fact in dated]
    for fact in dated:
        following = span(fact["next"]) if fact["next"] else None
        if following and not following.apart(span(fact["date"])):
            cases.append(document.case(f"{fact['stage']}: the next review is on its own date", [fact]))
        elif following and all(following.apart(other) for other in held):
            cases.append(document.case(f"{fact['stage']}: no review is set for {fact['next']}, which it names", [fact]))
    usual = min((_months(a.first, b.first) for a, b in itertools.pairwise(held)), default=0)
    cases += [
        document.case(f"{_months(a.first, b.first)} months without a review, where {usual} is usual", [fact])
        for fact, a, b in zip(dated, held, held[1:], strict=False)
        if _months(a.first, b.first) > usual
    ]
    ends = _dated(document, "processing end")
    if (
        held
        and ends
        and (late := max(ends, key=lambda f: span(f["date"])))
        and held[-1].last < span(late["date"]).first
    ):
        cases.append(document.case(f"the last review is before the end ({late['date']})", [dated[-1], late]))
    return judged(cases, f"{len(reviews)} reviews")


@rule("DC-51", "Each review has somebody who does it", law="GDPR Article 35(11)", severity="low", silence=True)
def reviews_unowned(document: Document) -> Answer:
    """Each review: who does it."""
    reviews = document.stated("reviews")
    if not reviews:
        return silent("no review is set")
    cases = [document.case(f"{f['stage']}: who reviews is not said", [f]) for f in reviews if not f["reviewer"]]
    return judged(cases, f"{len(reviews)} reviews")


@rule("ST-13", "All dates can be true together", law="GDPR Article 5(1)(d) and 5(2)", severity="medium")
def dates_clash(document: Document) -> Answer:
    """Each event with two dates, and each event that has to come before another."""
    dated = [fact for fact in document.stated("dates") if fact["date"]]
    if not dated:
        return not_applicable("no date is stated")
    cases = [
        document.case(f"{a['event']}: {a['date']} and {b['date']}", [a, b])
        for number, a in enumerate(dated)
        for b in dated[number + 1 :]
        if a["event"] == b["event"] and span(a["date"]).apart(span(b["date"]))
    ]
    cases += [
        document.case(f"{a['event']} ({a['date']}) after {b['event']} ({b['date']})", [a, b])
        for a in dated
        for b in dated
        if a["before"] and a["before"] == b["event"] and span(b["date"]).last < span(a["date"]).first
    ]
    return judged(cases, f"{len(dated)} dates")
