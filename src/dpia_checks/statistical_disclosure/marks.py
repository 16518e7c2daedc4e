"""What a mark in place of a number says by itself: ``<5`` hides a count and tells that it is four at most."""

from __future__ import annotations

import re

from dpia_checks.identifiers import plain

WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
WORD = re.compile(rf"\b(?:{'|'.join(WORDS)})\b")
BEFORE = r"[^\w<≤]*(?:(?:n|count|number)[^\w<≤]*)?"
AFTER = r"(?: (?:people|persons|women|men|clients|participants|respondents|staff|cases))?\W*"
"""What may stand around it: brackets and stars, that it is a number, and whom it counts."""
UNDER = re.compile(rf"{BEFORE}(?:<|under|below|fewer than|less than) ?(\d+){AFTER}")
AT_MOST = re.compile(
    rf"{BEFORE}(?:(?:<=|≤|up to|at most|no more than|not more than) ?(\d+)|(\d+) or (?:fewer|less|under)){AFTER}"
)
BETWEEN = re.compile(rf"{BEFORE}(?:between |from )?(\d+) ?(?:-|to|and) ?(\d+){AFTER}")


def span_of(mark: str) -> tuple[int, int] | None:
    """
    Return the least and the greatest count that *mark* stands for, if it says so: *<5*, *(up to four)*, *1 to 4*.

    A mark that gives no least stands for nobody as well. One that names no number says nothing, nor does one that says
    more than the words known here.
    """
    text = WORD.sub(lambda found: str(WORDS.index(found[0]) + 1), " ".join(plain(mark).casefold().split()))
    if told := UNDER.fullmatch(text):
        return 0, int(told[1]) - 1
    if told := AT_MOST.fullmatch(text):
        return 0, int(told[1] or told[2])
    if told := BETWEEN.fullmatch(text):
        return int(told[1]), int(told[2])
    return None
