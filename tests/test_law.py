"""Each provision has a page of its own that says where it was read, and each rule is asked for by one."""

import re
from datetime import date
from pathlib import Path

import pytest

from dpia_checks import DPIAS, evidence, parts
from dpia_checks import needs as needs_files
from dpia_checks.lint.results import RULES
from dpia_checks.lint.rules import MODULES
from dpia_checks.needs import Needs
from dpia_checks.parts import law, silences
from dpia_checks.parts.site import Site

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted((DOCS / "law").glob("*/*.md"))
OPTION = re.compile(r"^:(\w+): (.*)$", re.MULTILINE)
KNOWN = law.sources(DOCS)
LEGAL = re.compile(r"GDPR Article|DPA 2018|Act 20\d\d")
"""How the law behind a rule is written when it is a provision, and not guidance or a recital."""


def options(page):
    return dict(OPTION.findall(page.read_text(encoding="utf-8")))


def test_a_page_holds_one_provision_and_nothing_else():
    assert len(PAGES) > 80
    assert [page.name for page in PAGES if page.read_text(encoding="utf-8").count(":::{law}") != 1] == []
    assert [page.name for page in PAGES if not page.read_text(encoding="utf-8").startswith(":::{law} ")] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_a_page_is_named_for_its_provision_and_says_when_and_where_it_was_read(page):
    said = options(page)
    _, act, *tail = said["id"].lower().split("_")

    assert page.stem == "-".join(tail)
    assert page.parent.name.replace("-", "").replace("equality", "eqa") == act
    assert date.fromisoformat(said["as_at"])
    assert set(law.keys(said, "seen")) | set(law.keys(said, "today_seen")) <= KNOWN.keys() | {law.UNCONFIRMED}
    assert set(law.keys(said, "asked_by")) <= RULES.keys()


def test_each_text_that_was_seen_is_named_by_a_provision():
    named = {key for page in PAGES for name in ("seen", "today_seen") for key in law.keys(options(page), name)}

    assert KNOWN.keys() <= named
    assert all(text.href.startswith("http") for text in KNOWN.values())


def test_what_has_changed_has_a_day():
    said = {page.relative_to(DOCS).as_posix(): options(page) for page in PAGES}

    assert [name for name, one in said.items() if not (one["today"].startswith("The same") or "in_force" in one)] == []


def test_each_rule_with_a_provision_behind_it_is_asked_for_by_one():
    assert MODULES
    asked = {id for page in PAGES for id in law.keys(options(page), "asked_by")}

    assert {id for id, rule in RULES.items() if LEGAL.search(rule.law)} <= asked


@pytest.fixture(scope="module")
def site():
    listed = needs_files.read(ROOT / "build" / "needs.json")
    made_by = {"tool": "1", "commit": "abc", "extract_sets": []}
    pages = {str(need["docname"]) for need in listed.by_id.values()}
    return Site(listed, evidence.build(listed, (), {}, made_by), pages, {}, DOCS)


def shown(site, id):
    need = site.needs.by_id[id]
    return str(parts.render(site, str(need["docname"]), "facts", id))


def test_a_provision_lists_every_promise_that_rests_on_it(site):
    for id in site.needs.of_type("law"):
        html = shown(site, id)
        assert all(f"#{promise}" in html for promise in site.back("rests_on", id)), id


def test_a_provision_that_nobody_rests_on_says_what_it_is_and_what_is_wrong(site):
    html = shown(site, "LAW_EQA2010_149")

    assert html.count("no promise rests on it") == len(DPIAS)
    assert "A duty. The effect on" in html
    assert "findings/governance.html#FOD_FIND_GOVERNANCE_63" in html


def test_a_provision_shows_where_the_document_speaks_of_it_and_what_the_rules_answer(site):
    html = shown(site, "LAW_PRSRA2011_3")

    assert "stated.html#FOD_CTX_BASIS_14" in html
    assert "Each use of each data set has one basis in Article 6: fail" in shown(site, "LAW_GDPR_6_1_E")


def test_that_a_provision_is_the_same_today_is_unconfirmed_where_only_an_older_text_was_seen(site):
    assert "unconfirmed" in shown(site, "LAW_GDPR_16")
    assert 'class="reference external" href="https://github.com/coolharsh55/GDPRtEXT"' in shown(site, "LAW_GDPR_13")


def test_provisions_stand_in_the_order_of_their_numbers(site):
    html = str(parts.render(site, "law/index", "laws"))

    places = [html.index(f"#{id}") for id in ("LAW_GDPR_4_5", "LAW_GDPR_5_1_A", "LAW_GDPR_12_3", "LAW_GDPR_89_1")]
    assert places == sorted(places)
    assert html.count("<table") == len({page.parent.name for page in PAGES}) == 13


def test_what_is_said_of_a_provision_that_did_not_change_keeps_its_capitals(site):
    html = str(parts.render(site, "law/index", "laws"))

    assert "the same; the code is the one issued on 4 July 2018" in html
    assert "The same" not in html


def test_a_provision_alone_needs_no_file_beside_it(tmp_path):
    listed = Needs({"LAW_X_1": {"id": "LAW_X_1", "type": "law", "title": "One", "docname": "law/x", "seen": "gdpr"}})
    made_by = {"tool": "1", "commit": "abc", "extract_sets": []}
    made = Site(listed, evidence.build(listed, (), {}, made_by), {"law/x"}, {}, tmp_path)

    assert "unconfirmed" in parts.render(made, "law/x", "facts", "LAW_X_1")
    assert law.READ_BY_US in parts.render(made, "law/x", "laws").lower()


def test_a_provision_that_a_case_leaves_open_is_asked_for_by_its_rule(site):
    asked = {id: law.keys(need, "asked_by") for id, need in site.needs.by_id.items() if need["type"] == "law"}
    open_ = {
        (provision, id)
        for results in site.answers.values()
        for id, result in results.items()
        for case in result.answer.cases
        for provision in case.under
    }

    assert open_
    assert [pair for pair in open_ if pair[1] not in asked[pair[0]]] == []


@pytest.mark.parametrize("dpia", DPIAS)
@pytest.mark.parametrize("provision", ["LAW_GDPR_26", "LAW_GDPR_14", "LAW_GDPR_5_1_E", "LAW_GDPR_35_2"])
def test_what_promises_cite_and_none_does_is_left_open(site, dpia, provision):
    assert provision in silences.left_open(site, dpia)
