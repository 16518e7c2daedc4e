"""Rules about the text as a text: opposites, references, numbering, borrowed words, placeholders, acronyms."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict

from dpia_checks.facts import Fact
from dpia_checks.lint.document import Document, Section
from dpia_checks.lint.results import Answer, Case, judged, not_applicable, rule


@rule("ST-02", "Nothing is said beside its opposite", law="GDPR Articles 5(1)(a) and 12(1)", severity="high")
def opposites(document: Document) -> Answer:
    """The statements that answer one question, and whether their answers are the same."""
    by_subject: dict[str, list[Fact]] = defaultdict(list)
    for fact in document.stated("statements"):
        by_subject[fact["subject"]].append(fact)
    if not by_subject:
        return not_applicable("no question is answered twice")
    cases = [
        document.case(f"{subject}: {' / '.join(dict.fromkeys(fact['answer'] for fact in facts))}", facts)
        for subject, facts in by_subject.items()
        if len({fact["answer"] for fact in facts}) > 1
    ]
    return judged(cases, f"{len(by_subject)} questions")


@rule("ST-08", "Every reference leads to what it promises", law="ICO guidance on DPIAs", severity="low")
def dangling_references(document: Document) -> Answer:
    """Each reference to a section, an annex or another document: whether it is there, and holds what is promised."""
    printed = {section.key for section in document.sections}
    references = document.stated("references")
    cases = [
        document.case(f"{fact['points_to']}: {_fate(fact, printed)}", [fact])
        for fact in references
        if fact["target"] not in printed or fact["finds"] != "yes"
    ]
    return judged(cases, f"{len(references)} references")


def _fate(fact: Fact, printed: set[str]) -> str:
    if not fact["target"]:
        return "not in the document"
    if fact["target"] not in printed:
        return "there is no such section"
    return "holds a part of it" if fact["finds"] == "in part" else "holds something else"


@rule("ST-09", "Section numbers come once each and in order", law="ICO guidance on DPIAs", severity="low")
def numbering(document: Document) -> Answer:
    """The number printed at each section: twice, skipped, or out of order."""
    numbered = [section for section in document.sections if section.printed]
    if not numbered:
        return not_applicable("no section has a number")
    return judged([*_twice(numbered), *_skipped(numbered), *_backwards(numbered)], f"{len(numbered)} printed numbers")


def _twice(numbered: list[Section]) -> list[Case]:
    counts = Counter(section.printed for section in numbered)
    return [
        Case(f"{number} is printed {times} times", (), tuple(s.key for s in numbered if s.printed == number))
        for number, times in counts.items()
        if times > 1
    ]


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.strip(".").split("."))


def _skipped(numbered: list[Section]) -> list[Case]:
    printed = {_parts(section.printed): section.key for section in numbered}
    cases = []
    for number, key in sorted(printed.items()):
        before = (*number[:-1], number[-1] - 1)
        if len(number) > 1 and number[-1] > 1 and before not in printed:
            cases.append(Case(f"{'.'.join(map(str, before))} is skipped", (), (key,)))
    return cases


def _backwards(numbered: list[Section]) -> list[Case]:
    return [
        Case(f"{after.printed} comes after {before.printed}", (), (before.key, after.key))
        for before, after in itertools.pairwise(numbered)
        if _parts(after.printed) < _parts(before.printed)
    ]


@rule("ST-10", "No words are left from another project", law="GDPR Article 5(1)(a)", severity="medium")
def borrowed_words(document: Document) -> Answer:
    """The names in the text, and those that belong to another project or another kind of document."""
    names = document.stated("names")
    cases = [
        document.case(f"{fact['name']}: of {fact['belongs']}", [fact])
        for fact in names
        if fact["belongs"] != "this evaluation"
    ]
    return judged(cases, f"{len(names)} names")


@rule("DC-55", "Nothing is left to be filled in", law="ICO guidance on DPIAs", severity="low")
def placeholders_left(document: Document) -> Answer:
    """The blanks, notes to the author and letters in place of numbers that we met when reading line by line."""
    left = document.stated("placeholders")
    cases = [document.case(f"\u201c{fact['printed']}\u201d", [fact]) for fact in left]
    return judged(cases, f"{len(document.sections)} sections read line by line")


@rule("DC-54", "Acronyms are explained", law="GDPR Article 12(1); ICO guidance on DPIAs", severity="low")
def acronyms_unexplained(document: Document) -> Answer:
    """Each acronym in the text, and whether the document writes it out."""
    acronyms = document.stated("acronyms")
    bare = [fact for fact in acronyms if fact["explained"] != "yes"]
    cases = [document.case(f"never written out: {', '.join(sorted(fact['acronym'] for fact in bare))}", bare)]
    return judged(cases if bare else [], f"{len(acronyms)} acronyms")
