"""Dates as a document prints them: a year, a month, a day, or a stretch between two of these."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

FULL, MONTH = 3, 2
"""How many parts a date has that names its day, and one that names its month."""


@dataclass(frozen=True, order=True)
class Span:
    """The days that a printed date may mean: 2019-09 is any day of that month. Two dates are parted by ``/``."""

    first: date
    last: date

    def apart(self, other: Span) -> bool:
        """Tell whether no day is in both."""
        return self.last < other.first or other.last < self.first


def span(text: str) -> Span:
    """
    Return the days that *text* may mean: a year, a month, a day, or two of these with ``/`` between.

    Raises:
        ValueError: *text* is none of these, such as 2019-13.
    """
    start, _, end = text.partition("/")
    return Span(_edges(start)[0], _edges(end or start)[1])


def _edges(text: str) -> tuple[date, date]:
    parts = [int(part) for part in text.split("-")]
    if len(parts) == FULL:
        day = date(*parts)
        return day, day
    if len(parts) == MONTH:
        year, month = parts
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(parts[0], 1, 1), date(parts[0], 12, 31)
