"""What pages show of needs and evidence, without Sphinx."""

from __future__ import annotations

import pytest

from dpia_checks import evidence, parts
from dpia_checks.evidence import Run
from dpia_checks.needs import Needs
from dpia_checks.parts.site import Site

TEST = "tests/commitments/fod/test_breach.py::test_in_time"
HOSTILE = "<script>alert(1)</script><!--/part--> {{ 7777 * 7777 }} \"quoted\" 'too'"


def need(id: str, type: str, title: str = "A title", **more):
    return {"id": id, "type": type, "title": title, "docname": "fod/page", "source": ["6"], **more}


NEEDS = {
    "FOD_COM_BREACH_01": need(
        "FOD_COM_BREACH_01", "commitment", method="register", delivers=["FOD_MIT_STORAGE_01"], rests_on=["LAW_GDPR_33"]
    ),
    "FOD_COM_BREACH_02": need("FOD_COM_BREACH_02", "commitment", method="vague"),
    "FOD_MIT_STORAGE_01": need("FOD_MIT_STORAGE_01", "mitigation", reduces=["FOD_RISK_STORAGE_01"]),
    "FOD_RISK_STORAGE_01": need("FOD_RISK_STORAGE_01", "risk", level="low"),
    "FOD_FIND_BREACH_01": need("FOD_FIND_BREACH_01", "finding", HOSTILE, concerns=["FOD_COM_BREACH_02"]),
    "LAW_GDPR_33": need("LAW_GDPR_33", "law", docname="law/index") | {"docname": "law/index"},
}


@pytest.fixture
def site():
    def of(*runs: Run, pages=("fod/page", "fod/sections", "fod/tests", "law/index")) -> Site:
        listed = Needs(NEEDS)
        made_by = {"tool": "1", "commit": "abc", "extract_sets": []}
        return Site(listed, evidence.build(listed, runs, {}, made_by), set(pages), {"fod": {"6": "Risks"}})

    return of


def run(name: str, case: str, outcome: str) -> Run:
    return Run("FOD_COM_BREACH_01", TEST, case, name, outcome, ("told_late",), ("breaches",), 11)


@pytest.mark.parametrize("part", sorted(parts.PARTS))
def test_no_part_lets_words_become_markup(site, part):
    one, dpia = "FOD_COM_BREACH_02", "fod"
    about = {"state": one, "facts": one, "promise": one, "sections": dpia, "stated": dpia, "lint": dpia}.get(part)

    shown = parts.render(site(run(HOSTILE, "violation", "caught")), "fod/page", part, *([about] if about else []))

    assert "<script" not in shown
    assert "<!--/part-->" not in shown
    assert "60481729" not in shown


def test_the_examples_are_shown_as_they_are_named(site):
    made = site(run("", "clean", "held"), run(HOSTILE, "violation", "caught"), run("odd", "allowed", "passed"))

    shown = parts.render(made, "fod/page", "facts", "FOD_COM_BREACH_01")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "Our check noticed 1 of 1 planted mistakes and let 1 of 1 honest oddities pass." in shown


def test_places_are_filled_again_whatever_they_held(site):
    html = f"<p>{parts.place('state', 'FOD_COM_BREACH_01')} {parts.place('real-records')}</p>"

    once = parts.filled(site(), "fod/page", html)
    proven = site(run("", "clean", "held"), run("a", "violation", "caught"), run("b", "allowed", "passed"))

    assert "no check yet" in once
    assert "check proven" in parts.filled(proven, "fod/page", once)
    assert parts.filled(site(), "fod/page", parts.filled(proven, "fod/page", once)) == once


@pytest.mark.parametrize(
    ("page", "target", "href"),
    [
        ("fod/page", "fod/page", "#A"),
        ("fod/page", "fod/sections", "sections.html#A"),
        ("fod/page", "law/index", "../law/index.html#A"),
        ("index", "fod/page", "fod/page.html#A"),
        ("fod/page", "fod/elsewhere", ""),
    ],
)
def test_addresses_are_relative_and_only_of_pages_there_are(site, page, target, href):
    assert site().href(page, target, "A") == href


def test_only_pages_whose_parts_changed_are_written(site, tmp_path):
    (tmp_path / "fod").mkdir()
    page = tmp_path / "fod" / "page.html"
    page.write_text(parts.place("state", "FOD_COM_BREACH_02"))
    (tmp_path / "other.html").write_text("<p>no place</p>")
    made = site(pages=("fod/page", "other"))

    assert parts.fill(made, tmp_path) == ["fod/page"]
    assert parts.fill(made, tmp_path) == []
    assert "too vague to check" in page.read_text()
    assert '"FOD_COM_BREACH_02": "too vague to check"' in (tmp_path / "_static" / "states.js").read_text()


def test_each_verification_is_exported_with_the_state_of_its_need(site):
    listed = {"current_version": "", "versions": {"": {"needs": NEEDS}}}

    exported = parts.exported(listed, site().evidence)["versions"][""]["needs"]

    assert exported["FOD_COM_BREACH_01"]["state"] == "none"
    (record,) = exported["FOD_COM_BREACH_01"]["verifies_back"]
    assert exported[record]["verifies"] == ["FOD_COM_BREACH_01"]
    assert "state" not in NEEDS["FOD_COM_BREACH_01"]
