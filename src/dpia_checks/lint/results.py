"""What a rule is, and what it answers: pass, fail or not applicable, with the reason and the cases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dpia_checks.lint.document import Document

PASS, FAIL, NOT_APPLICABLE = "pass", "fail", "not applicable"
SEVERITIES = ("high", "medium", "low")


@dataclass(frozen=True)
class Case:
    """
    One thing that fails a rule: what the text says, the needs that hold it, and their sections.

    It is silent when it says that something is missing; its needs are then those that the missing thing is about.
    ``under`` names the provisions that it leaves open, where they are not all of those that the rule is asked by.
    """

    says: str
    needs: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    silent: bool = False
    under: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """The answer of one rule. Only a failure has cases; every answer has a reason."""

    outcome: str
    reason: str
    cases: tuple[Case, ...] = ()


Ask = Callable[["Document"], Answer]


@dataclass(frozen=True)
class Rule:
    """
    One rule: what is asked of the document, where that is from, and how much follows when it fails.

    It is one of silence when each of its cases says that something is missing.
    """

    id: str
    title: str
    law: str
    severity: str
    ask: Ask
    silence: bool = False

    @property
    def looks_at(self) -> str:
        """What the rule looks at: the docstring of its function, on one line."""
        return " ".join((self.ask.__doc__ or "").split())


@dataclass(frozen=True)
class Result:
    """A rule with its answer, and the findings that claim it."""

    rule: Rule
    answer: Answer
    findings: tuple[str, ...] = ()

    @property
    def silences(self) -> list[Case]:
        """The cases that say that something is missing, whether or not a need is about the same matter."""
        return [case for case in self.answer.cases if self.rule.silence or case.silent]


RULES: dict[str, Rule] = {}
"""Every rule by id, in the order in which the modules of the rules are read."""


def rule(id: str, title: str, *, law: str, severity: str, silence: bool = False) -> Callable[[Ask], Ask]:
    """Register the function under it as the rule *id*. Its docstring says what it looks at."""

    def register(ask: Ask) -> Ask:
        if id in RULES or severity not in SEVERITIES:
            raise ValueError(id)
        RULES[id] = Rule(id, title, law, severity, ask, silence)
        return ask

    return register


def judged(cases: Iterable[Case], looked: str) -> Answer:
    """Fail with *cases*, or pass when there are none; *looked* says over what, with its number."""
    found = tuple(cases)
    if found:
        return Answer(FAIL, f"{len(found)} found in {in_number(looked)}", found)
    return Answer(PASS, f"none found in {in_number(looked)}")


def in_number(text: str) -> str:
    """Return *text* with each noun after 1 in the singular: 1 data set, 1 party, 2 parties."""
    text = re.sub(r"\b1 (data |listed |printed |high )?(\w+)ies\b", r"1 \1\2y", text)
    return re.sub(r"\b1 (data |listed |printed |high )?(\w+?)s\b", r"1 \1\2", text)


def silent(says: str, *sections: str) -> Answer:
    """Fail because the document does not say what it owes; *sections* are where it would stand."""
    return Answer(FAIL, "the document is silent", (Case(says, (), sections, silent=True),))


def not_applicable(reason: str) -> Answer:
    """Answer that the rule does not apply, and why."""
    return Answer(NOT_APPLICABLE, reason)
