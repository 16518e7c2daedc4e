"""In words, everything that a file holds: nothing can be in it that its inspection does not say."""

from __future__ import annotations

from copy import deepcopy

import pytest

from dpia_checks import evidence
from dpia_checks.release import inspection

from .conftest import BREACH, evidence_of


def leaves(made, way=()):
    """Yield the way to each value, but to the name under which evidence keeps its only version."""
    children = made.items() if isinstance(made, dict) else enumerate(made) if isinstance(made, list) else ()
    for key, child in children:
        if key == "current_version":
            continue
        yield from leaves(child, (*way, key)) if isinstance(child, dict | list) and child else [(*way, key)]


def changed(made, way, how):
    made = deepcopy(made)
    at = made
    for step in way[:-1]:
        at = at[step]
    at[way[-1]] = how(at[way[-1]])
    return made


OTHER = {
    "held": "did not hold",
    "did not hold": "held",
    "none": "held",
    "proven": "vague",
    "vague": "attest",
    "attest": "vague",
    "transcription": "vague",
}


def another(value):
    if isinstance(value, bool) or value is None:
        return 7
    if isinstance(value, int | float):
        return value + 100
    if isinstance(value, list | dict):
        return ["another"] if isinstance(value, list) else {"another": "7"}
    return OTHER.get(value, f"{value}0")


def said(kind, made):
    return "\n".join(getattr(inspection, f"of_{kind}")(made))


def unsaid(kind, made):
    """Return the ways to what could be changed and nobody who reads the words would know."""
    words = said(kind, made)
    return [way for way in leaves(made) if said(kind, changed(made, way, another)) == words]


def test_every_value_of_a_release_is_said(release):
    release["compared_with"], release["as_of"] = ["f" * 64, "e" * 64], "2022-06-30"

    assert unsaid("release", release) == []


def test_every_value_of_evidence_is_said():
    made = evidence_of(as_of="2022-06-30", attested="2023-12-31", not_read={"post": ["sent_on"]})
    made["made_by"] |= {"only": ["breach"], "engine": "duckdb"}

    described = evidence.schema()["properties"]["made_by"]["properties"]
    assert set(made["made_by"]) == set(described)
    assert set(made["made_by"]["extract_sets"][-1]) == set(described["extract_sets"]["items"]["properties"])
    assert unsaid("evidence", made) == []


@pytest.mark.parametrize("name", ["tables", "commitments"])
def test_every_name_in_a_release_is_said(release, name):
    for key in list(release[name]):
        renamed = deepcopy(release)
        renamed[name]["another"] = renamed[name].pop(key)
        assert said("release", renamed) != said("release", release)


def test_a_release_is_said_in_words(release):
    words = said("release", release)

    assert f"{BREACH}: did not hold; judged 10 to 24; violations 1 or more; reads breaches" in words
    assert "the internal auditor reports it" in words
    assert "approved under OC-2022-3 by the output checker on 2022-11-30" in words
    assert "access_log: rows about 870 (865 to 874)" in words
    assert "no position: no row, no column" in words
    assert "Judge for yourself:" in words


def test_a_tool_that_somebody_changed_is_told(release):
    assert "nobody can look up how" not in said("release", release)
    release["commit"] += "+changes"
    assert "nobody can look up how" in said("release", release)


def test_evidence_of_real_records_says_that_it_is_no_release():
    assert "it is NOT a release" in said("evidence", evidence_of())
    made = evidence_of()
    del made["made_by"]["extract_sets"][1]
    assert "NOT a release" not in said("evidence", made)


@pytest.mark.parametrize(
    ("text", "shown"), [("a\x1b[2Jb", "a\\x1b[2Jb"), ("a\nb", "a\\x0ab"), ("\u202eab", "\\x202eab"), ("é £", "é £")]
)
def test_nothing_steers_a_terminal(text, shown):
    assert inspection.printable(text) == shown
