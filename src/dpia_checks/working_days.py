"""
The bank holidays on which a period set by law does not end.

By rule, from the Banking and Financial Dealings Act 1971 and the proclamations since, as gov.uk lists
them: a holiday that falls on a weekend moves to the next weekday that is not one itself.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

YEARS = range(2016, 2036)
"""The years whose bank holidays are known."""

MOVED = {date(2020, 5, 4): date(2020, 5, 8), date(2022, 5, 30): date(2022, 6, 2)}
"""A holiday that a proclamation put on another day: Victory in Europe Day, and the Platinum Jubilee."""

EXTRA = (date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8))
"""The Platinum Jubilee, the state funeral of Queen Elizabeth II and the coronation of King Charles III."""


@cache
def bank_holidays(*, anywhere: bool = False) -> frozenset[date]:
    """Return the bank holidays of England and Wales, or with *anywhere* those of any part of the United Kingdom."""
    return frozenset(day for year in YEARS for day in _of(year, anywhere))


def is_working_day(day: date, holidays: frozenset[date]) -> bool:
    """Return whether *day* is neither a Saturday nor a Sunday nor one of *holidays*."""
    return day.weekday() < 5 and day not in holidays


def _of(year: int, anywhere: bool) -> set[date]:
    easter = _easter(year)
    monday = {month: _monday(year, month) for month in (5, 8)}
    last = {month: _last_monday(year, month) for month in (5, 8)}
    days = {easter - timedelta(days=2), easter + timedelta(days=1), monday[5], last[5], last[8]}
    days = {MOVED.get(day, day) for day in days} | {day for day in EXTRA if day.year == year}
    if anywhere:
        days.add(monday[8])
    others = ((1, 2), (3, 17), (7, 12), (11, 30)) if anywhere else ()
    for month, day in sorted(((1, 1), (12, 25), (12, 26), *others)):
        days.add(_weekday(date(year, month, day), days))
    return days


def _weekday(day: date, taken: set[date]) -> date:
    """Return *day*, or the next day that is no weekend and not *taken* by another holiday."""
    while day.weekday() > 4 or day in taken:
        day += timedelta(days=1)
    return day


def _monday(year: int, month: int) -> date:
    return next(date(year, month, day) for day in range(1, 8) if date(year, month, day).weekday() == 0)


def _last_monday(year: int, month: int) -> date:
    return next(date(year, month, day) for day in range(31, 24, -1) if date(year, month, day).weekday() == 0)


def _easter(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian algorithm, as Meeus gives it)."""
    golden, century, rest = year % 19, year // 100, year % 100
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - shift + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)
