"""What a mark in place of a number says by itself: ``<5`` hides a count and tells that it is four at most."""

from __future__ import annotations

import re

from dpia_checks.identifiers import plain

WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
WORD = re.compile(rf"\b(?:{'|'.join(WORDS)})\b")
BEFORE = r"[^\w<≤]*(?:(?:n|count|number)[^\w<≤]*)?"
WHOM = r"(?: (?:people|persons?|wom[ae]n|m[ae]n|clients?|participants?|respondents?|staff|cases?))"
AFTER = rf"{WHOM}?\W*"
"""What may stand around it: brackets and stars, that it is a number, and whom it counts."""
NUMBER = r"(\d{1,9})"
UNDER = re.compile(rf"{BEFORE}(?:<|under|below|fewer than|less than) ?{NUMBER}{AFTER}")
AT_MOST = re.compile(
    rf"{BEFORE}(?:(?:<=|≤|up to|at most|no more than|not more than) ?{NUMBER}|{NUMBER} or (?:fewer|less|under)){AFTER}"
)
BETWEEN = re.compile(rf"{BEFORE}(?:between |from )?{NUMBER} ?(?:-|to|and) ?{NUMBER}{AFTER}")
EXACTLY = re.compile(
    rf"\W*(?:(?:n|count|number) ?= ?{NUMBER}{AFTER}|(?:exactly|just|only) {NUMBER}{AFTER}|{NUMBER}{WHOM}\W*)"
)


def span_of(mark: str) -> tuple[int, int] | None:
    """
    Return the least and the greatest count that *mark* stands for, if it says so: *<5*, *(up to 4)*, *1 to 4*, *n=3*.

    A mark that gives no least stands for nobody as well. A number alone is taken for that of a note and says nothing,
    nor does a mark that names no number, or says more than the words known here, or a span that no count is in.
    """
    text = WORD.sub(lambda found: str(WORDS.index(found[0]) + 1), " ".join(plain(mark).casefold().split()))
    low, high = 0, -1
    if told := UNDER.fullmatch(text):
        high = int(told[1]) - 1
    elif told := AT_MOST.fullmatch(text):
        high = int(told[1] or told[2])
    elif told := BETWEEN.fullmatch(text):
        low, high = int(told[1]), int(told[2])
    elif told := EXACTLY.fullmatch(text):
        low = high = int(told[1] or told[2] or told[3])
    return (low, high) if low <= high else None
