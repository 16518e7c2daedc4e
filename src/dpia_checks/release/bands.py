"""
How a count is shown outside: nought, a few, or rounded. Never the count itself.

The threshold and the base of rounding are yardsticks of ours, with their sources in ``yardsticks.csv``.
Rounding is the same every time, so that repeating a release gives nothing away.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dpia_checks.csv_tables import rows
from dpia_checks.errors import TermsUnusable

YARDSTICKS = Path(__file__).with_name("yardsticks.csv")


@cache
def yardsticks() -> dict[str, tuple[int, str]]:
    """Return each yardstick by name: its number, and where it is from."""
    lines = rows(YARDSTICKS, ("name", "value", "source"), TermsUnusable)
    return {line["name"]: (int(line["value"]), line["source"]) for _, line in lines}


def threshold() -> int:
    """Return the least count that is not small: one below it is shown as "a few"."""
    return yardsticks()["threshold"][0]


def rounded_to() -> int:
    """Return the number that a count is rounded to a multiple of."""
    return yardsticks()["rounded_to"][0]


@dataclass(frozen=True)
class Band:
    """The counts that a number shown can stand for, both ends included; without an upper end, any from the lower."""

    at_least: int
    at_most: int | None = None

    def __str__(self) -> str:
        if self.at_most is None:
            return f"{self.at_least} or more"
        if self == Band(0, 0):
            return "0"
        if self.at_most - self.at_least + 1 != rounded_to():
            return f"{self.at_least} to {self.at_most}"
        return f"about {nearest(self.at_least)} ({self.at_least} to {self.at_most})"

    @property
    def is_few(self) -> bool:
        """Whether it stands for somebody, and for fewer than the threshold."""
        return self.at_least > 0 and self.at_most is not None and self.at_most < threshold()

    def form(self) -> dict[str, int]:
        """Return what a release file holds of it."""
        return {"at_least": self.at_least, **({} if self.at_most is None else {"at_most": self.at_most})}


def nearest(count: int) -> int:
    """Return the multiple of the base that is nearest to *count*; from the middle between two, the higher."""
    base = rounded_to()
    return (count + base // 2) // base * base


def band(count: int) -> Band:
    """
    Return the band that *count* is shown as: nought, from one to below the threshold, or all that round alike.

    What lies between the threshold and the first number that rounding gives a full band is shown with that
    band: else those few counts would be told from each other more easily than the rest.
    """
    if count <= 0:
        return Band(0, 0)
    if count < threshold():
        return Band(1, threshold() - 1)
    base, first = rounded_to(), nearest(threshold()) - rounded_to() // 2
    first += base if first < threshold() else 0
    lowest = max(first, nearest(count) - base // 2)
    return Band(threshold() if lowest == first else lowest, lowest + base - 1)


def band_below(count: int, of: Band) -> Band:
    """
    Return the band of *count*, with all bands in one that come too near to the whole, *of*.

    Where fewer than the threshold are certain to be left over, a number could say that a group is all alike.
    Which bands are one depends on *of* alone, which is shown as well.
    """
    made, certain = band(count), max(0, of.at_least - threshold())
    if made.at_most is not None and made.at_most <= certain:
        return made
    return Band(band(certain + 1).at_least)


def read(form: Any) -> Band:
    """Return the band that a release file holds, which follows its schema."""
    return Band(form["at_least"], form.get("at_most"))


def is_band(given: Band) -> bool:
    """Return whether *given* is a band that a count is shown as, so that no count hides in it."""
    return given.at_most is not None and band(given.at_least) == given == band(given.at_most)
