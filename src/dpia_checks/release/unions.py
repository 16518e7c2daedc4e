"""
What several files show together: a file of everybody, beside files of parts of them that leave one woman out.

No two of these files lie close to each other, so nothing is seen by looking at two. But the parts add up to
everybody but her, and when everybody's result is not what the parts' results add up to, it is hers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from dpia_checks.errors import Problem
from dpia_checks.release import bands
from dpia_checks.release.bands import Band
from dpia_checks.release.form import JUDGED, Release

MOST_PARTS = 4
"""The most files that are tried as parts of another: what takes more to add up tells less, and takes long."""
WHAT = "what is said of it differs from what other files say together, which may be its parts: it may be one record"
DO = "Keep to the earlier files"


def differences(release: Release, before: Sequence[Release]) -> Iterator[Problem]:
    """Yield each promise whose result in one file and in others that may be its parts do not add up."""
    for id in sorted(release["commitments"]):
        told = [one for one in (release, *before) if _line(one, id).get("result") in JUDGED]
        if release in told[:1] and any(_violations(one, id) != Band(0, 0) for one in told) and _tells(told, id):
            yield Problem(id, WHAT, DO)


def _tells(told: Sequence[Release], id: str) -> bool:
    """Return whether some files of *told*, the first among them, may be another's parts and do not add up."""
    for at, whole in enumerate(told):
        others = [(number, one) for number, one in enumerate(told) if number != at]
        for size in range(2, MOST_PARTS + 1):
            for chosen in combinations(others, size):
                parts = [one for _, one in chosen]
                has_first = at == 0 or chosen[0][0] == 0
                if has_first and _may_be_parts(whole, parts, id) and not _adds_up(whole, parts, id):
                    return True
    return False


def _may_be_parts(whole: Release, parts: Sequence[Release], id: str) -> bool:
    """
    Return whether the rows of *parts* may add up to those of *whole*, give or take a few, in a table that is read.

    Tables with a few rows always may, and are left out: a result that rests on a few people is not released.
    """
    for name in set(_line(whole, id)["tables"]):
        rows = [_rows(one, name) for one in (whole, *parts)]
        if all(band is not None and band.at_least >= bands.threshold() for band in rows):
            total, *own = [band for band in rows if band is not None]
            if _apart(_sum(own), total) < bands.threshold():
                return True
    return False


def _adds_up(whole: Release, parts: Sequence[Release], id: str) -> bool:
    return _apart(_sum([_violations(part, id) for part in parts]), _violations(whole, id)) <= 0


def _sum(parts: Sequence[Band]) -> Band:
    most = [part.at_most for part in parts if part.at_most is not None]
    return Band(sum(part.at_least for part in parts), sum(most) if len(most) == len(parts) else None)


def _apart(one: Band, other: Band) -> int:
    """Return by how much two counts must differ at least; nought or less when they may be the same."""
    gaps = [
        later.at_least - first.at_most for first, later in ((one, other), (other, one)) if first.at_most is not None
    ]
    return max(gaps, default=0)


def _line(release: Release, id: str) -> Mapping[str, Any]:
    line: Mapping[str, Any] = release["commitments"].get(id, {})
    return line


def _violations(release: Release, id: str) -> Band:
    return bands.read(_line(release, id)["violations"])


def _rows(release: Release, name: str) -> Band | None:
    return bands.read(release["tables"][name]["rows"]) if name in release["tables"] else None
