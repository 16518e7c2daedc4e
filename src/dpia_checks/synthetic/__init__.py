"""
Made-up extract sets: a simulation of each evaluation's life, from which no real record can be told.

No real data went in. Identifiers come only from reserved or impossible ranges, names from a list of
words that are names of nobody in particular, and there is no name of a gang. The generator knows the
schemas and the calendar of the evaluation; it never imports a check.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # who only asks where the made-up sets are, such as a page, loads no table library
    from dpia_checks.records import ExtractSet

SEED = 1


@cache
def make(dpia: str, seed: int = SEED, scale: float = 1.0) -> ExtractSet:
    """
    Return the clean made-up extracts of *dpia*.

    Args:
        dpia: ``fod`` or ``lge``.
        seed: The same seed gives the same bytes.
        scale: How many people, as a multiple of the number that the DPIA expects. In tables of people
            the first stay the same when the scale grows.
    """
    made: ExtractSet = import_module(f"{__name__}.{dpia}").make(seed, scale)
    return made
