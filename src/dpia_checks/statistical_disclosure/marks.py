"""What a mark in place of a number says by itself: ``<5`` hides a count and tells that it is four at most."""

from __future__ import annotations

import re

from dpia_checks.identifiers import plain

UNDER = re.compile(r"(?:<|under|below|fewer than|less than) ?(\d+)")
AT_MOST = re.compile(r"(?:<=|≤|up to|at most|no more than) ?(\d+)|(\d+) or (?:fewer|less|under)")
BETWEEN = re.compile(r"(?:between )?(\d+) ?(?:-|to|and) ?(\d+)")


def span_of(mark: str) -> tuple[int, int] | None:
    """
    Return the least and the greatest count that *mark* stands for, if it says so: *<5*, *up to 4*, *1 to 4*.

    A mark that gives no least stands for nobody as well. One that names no number says nothing.
    """
    text = " ".join(plain(mark).casefold().split())
    if told := UNDER.fullmatch(text):
        return 0, int(told[1]) - 1
    if told := AT_MOST.fullmatch(text):
        return 0, int(told[1] or told[2])
    if told := BETWEEN.fullmatch(text):
        return int(told[1]), int(told[2])
    return None
