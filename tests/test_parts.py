"""What pages show of needs and evidence, without Sphinx."""

from __future__ import annotations

import platform
import re
from dataclasses import replace
from pathlib import Path

import pytest

from dpia_checks import evidence, parts
from dpia_checks import terms as term_files
from dpia_checks.evidence import Run
from dpia_checks.needs import Needs
from dpia_checks.parts import checks, frames, print_edition, risks
from dpia_checks.parts.law import in_order
from dpia_checks.parts.site import Site, law_name
from dpia_checks.parts.themes import HEADINGS

TEST = "tests/commitments/fod/test_breach.py::test_in_time"
HOSTILE = "<script>alert(1)</script><!--/part--> {{ 7777 * 7777 }} \"quoted\" 'too'"


def need(id: str, type: str, title: str = "A title", **more):
    return {"id": id, "type": type, "title": title, "docname": "fod/page", "source": ["6"], **more}


LOW = {"severity": "low"}
NEEDS = {
    "FOD_COM_BREACH_01": need(
        "FOD_COM_BREACH_01",
        "commitment",
        method="register",
        delivers=["FOD_MIT_STORAGE_01"],
        rests_on=["LAW_GDPR_33"],
        terms="",
    ),
    "FOD_COM_BREACH_02": need("FOD_COM_BREACH_02", "commitment", method="vague", terms=""),
    "FOD_MIT_STORAGE_01": need("FOD_MIT_STORAGE_01", "mitigation", reduces=["FOD_RISK_STORAGE_01"]),
    "FOD_RISK_STORAGE_01": need("FOD_RISK_STORAGE_01", "risk", level="low"),
    "FOD_FIND_BREACH_01": need(
        "FOD_FIND_BREACH_01", "finding", HOSTILE, concerns=["FOD_COM_BREACH_02"], severity="low"
    ),
    "LAW_GDPR_33": need("LAW_GDPR_33", "law", docname="law/index") | {"docname": "law/index"},
}


YOUR_DATA = Path(__file__).parents[1] / "docs" / "your-data"
MADE_BY = {"tool": "1", "commit": "abc", "extract_sets": []}


@pytest.fixture
def site():
    def of(*runs: Run, pages=("fod/page", "fod/sections", "fod/tests", "law/index")) -> Site:
        listed = Needs(NEEDS)
        return Site(listed, evidence.build(listed, runs, {}, MADE_BY), set(pages), {"fod": {"6": "Risks"}})

    return of


def run(name: str, case: str, outcome: str) -> Run:
    return Run("FOD_COM_BREACH_01", TEST, case, name, outcome, ("told_late",), ("breaches",), 11)


@pytest.mark.parametrize("part", sorted(parts.PARTS))
def test_no_part_lets_words_become_markup(site, part):
    one, dpia = "FOD_COM_BREACH_02", "fod"
    needless = {"real-records", "at-once", "states", "gaps", "coverage", "made-with", "laws", "law-named", "since"}
    about = {
        "state": one,
        "facts": one,
        "promise": one,
        "title": one,
        "words": one,
        "measures": "FOD_RISK_STORAGE_01",
        "theme": "breach",
        "compare": "fields",
        "check": "told_late",
        "law": "LAW_GDPR_33",
    }
    about |= dict.fromkeys(needless, "")

    shown = parts.render(
        site(run(HOSTILE, "violation", "caught")), "fod/page", part, *filter(None, [about.get(part, dpia)])
    )

    assert "<script" not in shown
    assert "<!--/part-->" not in shown
    assert "60481729" not in shown


def test_the_examples_are_shown_as_they_are_named(site):
    made = site(run("", "clean", "held"), run(HOSTILE, "violation", "caught"), run("odd", "allowed", "passed"))

    shown = parts.render(made, "fod/page", "facts", "FOD_COM_BREACH_01")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "Our check noticed 1 of 1 planted mistakes and let 1 of 1 honest oddities pass." in shown


def test_beside_a_sentence_to_those_whose_data_it_was_a_state_is_short_and_explained(site):
    proven = site(run("", "clean", "held"), run("a", "violation", "caught"), run("b", "allowed", "passed"))

    beside = parts.render(proven, "your-data/one", "promise", "FOD_COM_BREACH_01")

    assert "our check works</span>" in beside
    assert "state-proven" not in beside
    assert "check proven (made-up records)" in parts.render(proven, "compare", "promise", "FOD_COM_BREACH_01")
    groups = [page.read_text(encoding="utf-8") for page in YOUR_DATA.glob("*.md") if page.stem != "index"]
    assert groups
    assert all('"Our check works" means that it works on records that we made up.' in page for page in groups)


def test_what_is_only_stated_is_not_called_a_promise(site):
    assert ">in the papers<" in parts.render(site(), "your-data/one", "promise", "FOD_RISK_STORAGE_01")


def test_a_provision_is_named_in_words_before_its_article(site, monkeypatch):
    made = site()
    title = {"title": "GDPR Article 6(1)(e): public task as a lawful basis"}
    monkeypatch.setitem(made.needs.by_id, "LAW_GDPR_33", NEEDS["LAW_GDPR_33"] | title)

    shown = parts.render(made, "fod/page", "law", "LAW_GDPR_33")

    assert '">public task (GDPR Article 6(1)(e))</a>' in shown


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


PROVEN = (
    run("", "clean", "held"),
    run("a", "violation", "caught"),
    run("b", "allowed", "passed"),
)


def test_coverage_holds_every_commitment_with_what_a_filter_goes_by(site):
    shown = parts.render(site(*PROVEN), "coverage", "coverage")

    keys = "d:fod t:breach s:proven m:register a:gdpr_33 r:low"
    assert f'<tr data-keys="{keys}">' in shown
    assert shown.count("<tr data-keys=") == 2
    assert '<a href="law/index.html#LAW_GDPR_33">GDPR 33</a>' in shown
    assert '<form class="coverage-filter" id="coverage-filter" hidden>' in shown


def test_the_law_of_a_row_and_of_its_filter_is_named_in_words(site, monkeypatch):
    made = site(*PROVEN)
    title = {"title": "Police Act 1996 section 39A: codes of practice for the police"}
    monkeypatch.setitem(made.needs.by_id, "LAW_GDPR_33", NEEDS["LAW_GDPR_33"] | title)

    shown = parts.render(made, "coverage", "coverage")

    assert ">Police Act 1996 section 39A</a>" in shown
    assert '<option value="gdpr_33">Police Act 1996 section 39A</option>' in shown


def test_each_way_to_check_has_its_own_denominator(site):
    shown = re.sub(r' data-label="[^"]*"', "", parts.render(site(*PROVEN), "coverage", "coverage"))

    assert "by a test on records</th><td>1</td><td>1 of 1: check proven (made-up records)</td>" in shown
    assert "its examples are of a yardstick of ours</th><td>1</td><td>1 of 1: too vague to check</td>" in shown
    assert "by an attestation: only a person can say</th><td>0</td><td>n/a</td>" in shown


@pytest.mark.parametrize(
    ("id", "name"),
    [("LAW_GDPR_6_1_E", "GDPR 6(1)(e)"), ("LAW_FOIA2000_45", "FOIA2000 45"), ("LAW_GDPR_33", "GDPR 33")],
)
def test_a_law_is_named_as_lawyers_write_it(id, name):
    assert law_name(id) == name


def test_provisions_stand_in_the_order_of_the_law():
    ids = ["LAW_GDPR_12", "LAW_GDPR_5_1_D", "LAW_GDPR_5_1_A", "LAW_UKGDPR_12A", "LAW_GDPR_5_2", "LAW_CMA1990_1"]

    ordered = ["LAW_CMA1990_1", "LAW_GDPR_5_1_A", "LAW_GDPR_5_1_D", "LAW_GDPR_5_2", "LAW_GDPR_12", "LAW_UKGDPR_12A"]
    assert sorted(ids, key=in_order) == ordered


def test_a_card_leads_to_the_page_of_its_check(site):
    made = site(*PROVEN, pages=("fod/page", "checks/breach/told-late"))

    shown = parts.render(made, "fod/page", "facts", "FOD_COM_BREACH_01")

    assert 'href="../checks/breach/told-late.html">told_late</a>' in shown


def test_a_card_of_a_risk_leads_to_a_page_of_its_own_and_back(site):
    own = "fod/risks/storage-01"
    listed = {id: {**one, "docname": "fod/risks"} if "_RISK_" in id else one for id, one in NEEDS.items()}
    made = replace(site(*PROVEN, pages=("fod/page", "fod/risks", own)), needs=Needs(listed))

    card = parts.render(made, "fod/risks", "facts", "FOD_RISK_STORAGE_01")
    page = parts.render(made, own, "measures", "FOD_RISK_STORAGE_01")

    assert risks.pages_of(made.needs, ["fod/risks"]) == {own: "FOD_RISK_STORAGE_01"}
    assert risks.pages_of(made.needs, ["fod/page"]) == {}
    assert 'href="risks/storage-01.html">with what delivers each</a>' in card
    assert "FOD_MIT_STORAGE_01" in page
    assert "FOD_COM_BREACH_01" in page
    assert 'href="../risks.html#FOD_RISK_STORAGE_01"' in page
    assert "Measures</dt>" not in parts.render(made, own, "facts", "FOD_RISK_STORAGE_01")


def test_the_pages_of_checks_are_those_of_the_themes_that_have_one():
    assert checks.pages_of(["index"]) == {}
    assert checks.pages_of(["checks/breach"])["checks/breach/told-late"] == "told_late"


def test_a_check_lists_what_it_serves(site):
    shown = parts.render(site(*PROVEN), "checks/breach", "check", "told_late")

    assert "Commitments that it serves: 1." in shown
    assert "FOD_COM_BREACH_01" in shown
    assert parts.render(site(*PROVEN), "checks/breach", "served", "told_late") == "1"
    assert parts.render(site(*PROVEN), "checks/breach", "served", "not_written_down") == "0"


def test_a_verification_of_a_need_that_is_gone_is_on_no_page(site):
    gone = replace(PROVEN[0], need="FOD_COM_BREACH_99")
    made = site(*PROVEN)
    both = evidence.build(Needs({**NEEDS, gone.need: NEEDS["FOD_COM_BREACH_01"]}), [*PROVEN, gone], {}, MADE_BY)

    shown = parts.render(replace(made, evidence=both), "checks/breach", "check", "told_late")

    assert "FOD_COM_BREACH_99" not in shown
    assert "Commitments that it serves: 1." in shown


def planted(tmp_path, *lines: str) -> list[checks.Changed]:
    path = tmp_path / "tests" / "commitments" / "fod" / "examples.csv"
    path.parent.mkdir(parents=True)
    heading = "need,example,expect,edit,table,row,column,value"
    path.write_text("\n".join([heading, *(f"FOD_COM_BREACH_01,a,violation,{line}" for line in lines)]) + "\n")
    ((_, changes),) = checks._changes(tmp_path, "fod", "")["FOD_COM_BREACH_01"]
    return changes


def test_a_planted_mistake_is_shown_before_and_after(tmp_path):
    clean = checks.Cells("fod")
    key = clean.texts["breaches"].column(0)[0].as_py()

    first, second, third, fourth = planted(
        tmp_path,
        f"set,breaches,{key},notifiable,perhaps",
        f"set,breaches,{key},notifiable,",
        f"add,breaches,NEW,,{key}",
        "set,breaches,NEW,notifiable,maybe",
    )

    held = clean.of("breaches", "#1", "notifiable")
    assert (first.before, first.after) == (held, "perhaps")
    assert (second.before, second.after) == ("perhaps", checks.EMPTY)
    assert (third.before, third.after) == ("no such record", f"a copy of {key}")
    assert (fourth.before, fourth.after) == (held, "maybe")


def test_examples_that_cannot_be_read_leave_the_page_without_them(tmp_path):
    path = tmp_path / "tests" / "commitments" / "fod" / "examples.csv"
    path.parent.mkdir(parents=True)
    path.write_text("not,the,columns\n")

    assert checks._changes(tmp_path, "fod", "") == {}


def test_every_check_has_a_page():
    written = {path.stem for path in (Path(__file__).parents[1] / "docs" / "checks").glob("*.md")}

    assert set(checks.modules().values()) == written - {"index"}


def test_what_has_no_check_is_grouped_by_document_and_theme_with_counts_first(site):
    shown = parts.render(site(*PROVEN), "gaps", "gaps")

    assert 'href="#gaps-vague">Too vague to check</a>: 1 of 2 commitments' in shown
    assert "No check yet: 0 of 2 commitments" in shown
    assert '<a href="#vague-fod-breach">Personal data breaches</a>: 1' in shown
    assert "<h3>Personal data breaches: 1 in the Female Offender Diversion pilot evaluation</h3>" in shown
    assert '<section id="vague-fod-breach">' in shown
    assert "Measures that do not rest on proven checks alone: 0 of 1 measures" in shown


def test_a_measure_that_rests_on_more_than_proven_checks_is_listed_with_what_has_none(site):
    shown = " ".join(parts.render(site(), "gaps", "gaps").split())

    assert 'href="#gaps-measures">Measures that do not rest on proven checks alone</a>: 1 of 1 measures' in shown
    listed = shown.partition('<section id="gaps-measures">')[2]
    assert "<h3>Female Offender Diversion pilot evaluation: 1</h3>" in listed
    assert listed.count("no check yet") == 2


def test_the_headings_of_the_themes_are_those_of_their_pages():
    themes = Path(__file__).parents[1] / "docs" / "themes"
    first_lines = {path.stem: path.read_text(encoding="utf-8").split("\n", 1)[0] for path in themes.glob("*.md")}

    assert {theme: first_lines[theme] for theme in HEADINGS} == {
        theme: f"# {heading}: both assessments" for theme, heading in HEADINGS.items()
    }
    assert set(first_lines) == {*HEADINGS, "index"}


def test_numbers_are_quoted_with_their_denominator_and_the_commit(site):
    shown = parts.render(site(*PROVEN), "quoting", "quotes")

    assert "1 of the 2 promises can be checked" in shown
    assert "For 1 of these 1 there is a check that works on made-up records." in shown
    assert "1 of the 2 promises are too vague to check" in shown
    assert "0 of the 2 promises have been checked on MOPAC's real records." in shown
    assert "None of the 0 promises" in shown
    assert "commit abc" in shown


def in_transcription(site):
    """Return the site with its one checked promise checked against the transcription of the document alone."""
    made = site(*PROVEN)
    listed = Needs({**NEEDS, "FOD_COM_BREACH_01": {**NEEDS["FOD_COM_BREACH_01"], "method": "document"}})
    return replace(made, needs=listed, evidence=evidence.build(listed, PROVEN, {}, MADE_BY))


def test_a_check_in_our_transcription_is_counted_apart_from_a_proven_one(site, tmp_path):
    made = in_transcription(site)
    parts.print_editions(made, tmp_path)

    quoted = parts.render(made, "quoting", "quotes")
    themed = parts.render(made, "themes/breach", "theme", "breach")
    printed = (tmp_path / "fod.html").read_text()

    assert "For 0 of these 1 there is a check that works on made-up records." in quoted
    assert "For 1 of these 1 there is a check of the document alone" in quoted
    assert "of the 1 that owes a check, 0 have a proven one and 1 one in our transcription" in themed
    assert "0 of these 1 have a check that is proven on made-up records, and 1 of these 1" in printed


def test_the_first_screen_has_every_state_and_what_it_means(site):
    shown = parts.render(site(*PROVEN), "index", "at-once")

    assert "Checked on MOPAC's real records: 0 of 2" in shown
    assert "These 2 promises, on made-up records:" in shown
    for count in (
        "1 have a proven check",
        "0 have one in our transcription",
        "0 need a person to attest",
        "1 are too vague to check",
        "0 have no check yet",
        "0 have a broken one",
    ):
        assert f"<li>{count}</li>" in shown
    assert "not that a promise was kept" in shown
    assert "We know of nobody who has run these checks" in shown


def test_a_test_and_an_extract_lead_back_to_their_commitments(site):
    made = site(*PROVEN)

    assert '<p>Verifies <a href="page.html#FOD_COM_BREACH_01">FOD_COM_BREACH_01</a></p>' in parts.render(
        made, "fod/tests", "verified", "test_in_time"
    )
    read = parts.render(made, "fod/extracts", "read-by", "breaches")
    assert "Commitments that read it: 1" in read
    assert '<a href="page.html#FOD_COM_BREACH_01">A title</a>' in read


def test_a_commitment_leads_to_its_terms_and_extracts_and_not_to_its_transcription(site, monkeypatch):
    read = replace(PROVEN[0], tables=("breaches", "needs"))
    made = site(read, *PROVEN[1:], pages=("fod/page", "fod/terms", "fod/extracts"))
    monkeypatch.setitem(
        made.needs.by_id, "FOD_COM_BREACH_01", NEEDS["FOD_COM_BREACH_01"] | {"terms": "hours: 72 hours"}
    )

    shown = parts.render(made, "fod/page", "facts", "FOD_COM_BREACH_01")

    assert '<p>hours: 72 hours</p><p><a href="terms.html#terms-fod-com-breach-01">where this is from</a></p>' in shown
    assert '<p><a href="extracts.html#extract-breaches">breaches</a>, our transcription</p>' in shown


def test_a_commitment_without_terms_leads_to_none(site):
    made = site(*PROVEN, pages=("fod/page", "fod/terms", "fod/extracts"))

    assert "terms.html" not in parts.render(made, "fod/page", "facts", "FOD_COM_BREACH_01")


@pytest.mark.parametrize(("part", "name"), [("verified", "test_in"), ("read-by", "breach")])
def test_what_nothing_reads_or_verifies_says_nothing(site, part, name):
    assert parts.render(site(*PROVEN), "fod/tests", part, name) == ""
    assert parts.render(site(*PROVEN), "lge/tests", part, {"verified": "test_in_time"}.get(part, "breaches")) == ""


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ("hours: 72 hours", "<dt>Numbers and lists it is held to</dt>\n<dd><p>hours: 72 hours</p>"),
        ("our yardstick: hours: 72 hours", "<dt>Numbers and lists our check takes</dt>"),
    ],
)
def test_a_promise_is_not_held_to_a_yardstick_of_ours(site, monkeypatch, terms, said):
    made = site()
    monkeypatch.setitem(made.needs.by_id, "FOD_COM_BREACH_02", NEEDS["FOD_COM_BREACH_02"] | {"terms": terms})

    shown = parts.render(made, "fod/page", "facts", "FOD_COM_BREACH_02")

    assert said in shown
    assert terms in shown


def test_a_risk_says_what_the_document_does_not_state(site):
    shown = parts.render(site(), "fod/page", "facts", "FOD_RISK_STORAGE_01")

    assert "<dt>Not stated in the document</dt>\n<dd><p>likelihood, severity, level left, owner</p>" in shown


def test_a_risk_leads_back_to_the_promises_that_answer_it(site):
    shown = parts.render(site(), "fod/page", "facts", "FOD_RISK_STORAGE_01")

    assert '<dt>Promises that answer it</dt>\n<dd><p><a href="#FOD_COM_BREACH_01">A title</a></p>' in shown


def test_the_print_edition_holds_everything_of_a_document_in_one_page(site, tmp_path):
    parts.print_editions(site(*PROVEN), tmp_path / "print")

    html = (tmp_path / "print" / "fod.html").read_text()

    assert html.startswith("<!doctype html>")
    assert [id for id in NEEDS if not id.startswith(("LAW", "FOD_MIT")) and f'id="{id}"' not in html] == []
    assert "check proven (made-up records)" in html
    assert "measures with a proven check: 1 of 1" in html
    assert "<script" not in html
    assert "<style" not in html
    assert not (tmp_path / "print" / "lge.html").exists()


def test_the_print_edition_says_the_numbers_in_their_places():
    need = {
        "id": "FOD_COM_BREACH_01",
        "content": "Within {terms}`hours`,\nas a [finding](findings.md) says of `x`.\n\nTwo.",
    }

    first, second = print_edition.said(need)

    hours = term_files.load("fod")["FOD_COM_BREACH_01"].lines["hours"].words()
    assert first == f"Within {hours}, as a finding says of x."
    assert second == "Two."


def test_findings_are_counted_by_theme_and_severity(site):
    html = re.sub(r"\s*<[^>]+>\s*", " ", parts.render(site(), "fod/findings", "findings", "fod"))

    assert "Theme High Medium Low All" in " ".join(html.split())
    assert "Personal data breaches 0 0 1 1 All themes 0 0 1 1" in " ".join(html.split())


def test_evidence_names_python_and_the_packages(site):
    shown = parts.render(site(), "evidence", "made-with")

    assert f"Python {platform.python_version()}" in shown
    assert "pyarrow " in shown
    assert "<code>abc</code>" in shown


def test_the_files_that_the_states_are_from_can_be_taken_away(site):
    shown = parts.render(site(), "evidence", "made-with")

    assert 'href="evidence.json"' in shown
    assert 'href="needs.json"' in shown


def test_shared_examples_are_those_of_the_first_attestation(tmp_path):
    path = tmp_path / "tests" / "commitments" / "fod" / "examples.csv"
    path.parent.mkdir(parents=True)
    heading = "need,example,expect,edit,table,row,column,value"
    path.write_text(f"{heading}\neach attest,a,violation,drop,attestations,ATT-{{need}}-1,,\n")

    ((_, (dropped,)),) = checks._changes(tmp_path, "fod", "FOD_COM_ACCESS_03")["FOD_COM_ACCESS_03"]

    assert (dropped.row, dropped.after) == ("ATT-FOD_COM_ACCESS_03-1", "taken out")


def test_a_link_in_a_sentence_names_its_promise_for_who_hears_the_page(site):
    shown = parts.render(site(), "your-data/one", "promise", "FOD_COM_BREACH_01")

    assert 'promise<span class="unseen">: A title</span></a>' in shown


def test_frames_of_tables_are_named_by_their_captions(site):
    shown = parts.render(site(), "index", "states")

    assert 'aria-label="Commitments by state, on made-up records"' in shown
    assert 'aria-label="Table"' not in shown


HEADS = '<thead><tr><th scope="col">A</th><th scope="col"><p>B &amp; "c"</p></th><th>C</th></tr></thead>'


@pytest.mark.parametrize(
    ("line", "labelled"),
    [
        (
            "<th>1</th><td>2</td><td>3</td>",
            '<th>1</th><td data-label="B &amp; &quot;c&quot;">2</td><td data-label="C">3</td>',
        ),
        (
            '<td class="x">1</td><td>2</td><td>3</td>',
            '<td data-label="A" class="x">1</td><td data-label="B &amp; &quot;c&quot;">2</td><td data-label="C">3</td>',
        ),
        ("<td>2</td>", '<td data-label="B &amp; &quot;c&quot;">2</td>'),
        ('<th rowspan="2">1</th><td>2</td>', '<th rowspan="2">1</th><td data-label="B &amp; &quot;c&quot;">2</td>'),
    ],
)
def test_each_cell_of_a_stacked_table_carries_its_heading(line, labelled):
    table = f'<table class="wide {{}} docutils">{HEADS}<tbody><tr>{{}}</tr></tbody></table><p><td>'

    assert frames.labelled(table.format("stacked", line)) == table.format("stacked", labelled)
    assert frames.labelled(table.format("", line)) == table.format("", line)


def test_a_caption_with_marks_names_its_frame_in_words_alone():
    head = '<div aria-label="Table" class="table-wrapper">\n<table id="x">\n<caption><span>a &amp; "b"</span>'

    assert 'aria-label="a &amp; &quot;b&quot;"' in frames.named(f'{head}<a class="headerlink">#</a></caption>')
    assert frames.named('<div aria-label="Table" class="table-wrapper"><table>') == (
        '<div aria-label="Table" class="table-wrapper"><table>'
    )


def test_a_section_lists_what_carries_it_by_kind(site):
    shown = parts.render(site(), "fod/sections", "sections", "fod")

    assert "<summary>Commitments: 2</summary>" in shown
    assert "<summary>Findings: 1</summary>" in shown
    assert "<summary>Risks: 1</summary>" in shown
    assert shown.count("<li>") == len([id for id in NEEDS if id.startswith("FOD")])
