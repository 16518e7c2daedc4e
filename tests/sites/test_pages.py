"""Pages show states as words and shapes, from the evidence alone, and never a stale one."""

import json
import shutil

import pytest

from dpia_checks import evidence, parts
from dpia_checks.evidence import Run
from dpia_checks.needs import Needs
from dpia_checks.parts.site import Site, printed_sections

from .conftest import COMMITMENT, MITIGATION, RISK, VIEWS
from .conftest import Site as Tiny

TEST = "tests/commitments/fod/test_breach.py::test_in_time"
PROVEN = [
    Run("FOD_COM_BREACH_01", TEST, "clean", "clean", "held", ("told_late",), ("breaches",), 11),
    Run("FOD_COM_BREACH_01", TEST, "violation", "told late", "caught"),
    Run("FOD_COM_BREACH_01", TEST, "allowed", "told in the last minute", "passed"),
]
BROKEN = [*PROVEN[:1], Run("FOD_COM_BREACH_01", TEST, "violation", "told late", "missed"), PROVEN[2]]


def record(site, runs):
    """Write the evidence of *runs* where the site looks for it."""
    path = site.folder / "build" / "evidence.json"
    if not (site.folder / "needs").exists():
        site.build("needs")
    made = json.loads((site.folder / "needs" / "needs.json").read_text())
    needs = Needs(made["versions"][made["current_version"]]["needs"])
    made_by = {"tool": "1", "commit": "unknown", "extract_sets": []}
    evidence.write(evidence.build(needs, runs, {}, made_by), path)


@pytest.fixture
def pages(site):
    site.write("fod/promises", "# Promises\n\n" + COMMITMENT)
    site.write("fod/risks", "# Risks\n\n" + RISK + MITIGATION)
    site.write("evidence", VIEWS)
    return site


def test_a_proven_check_is_said_to_be_on_made_up_records(pages):
    record(pages, PROVEN)

    assert pages.build() == ""

    page = pages.page("fod/promises")
    assert "check proven (made-up records)" in page
    assert "Our check noticed 1 of 1 planted mistakes and let 1 of 1 honest oddities pass." in page
    assert "told late" in page
    assert "caught" in page
    assert "does not say whether MOPAC kept the promise" in page
    assert "no evidence" in page


@pytest.mark.parametrize(("words", "told"), [(460_000, False), (500_001, True)])
def test_a_page_that_would_not_open_on_a_cheap_phone_is_told(site, words, told):
    site.write("long", "# Long\n\n" + "a " * (words // 2))

    warned = site.build()

    assert ("long.html has " in warned) == told
    assert not told or "and a page may have 500000" in warned


def test_the_risk_counts_its_measures(pages):
    record(pages, PROVEN)
    pages.build()

    assert "<p>1 of 1</p>" in pages.page("fod/risks")


def test_a_results_only_change_rewrites_every_page_that_shows_it(pages):
    record(pages, PROVEN)
    pages.build()

    record(pages, BROKEN)
    pages.build()

    for page in ("fod/promises", "fod/risks"):
        assert "check broken" in pages.page(page)
    assert "<p>0 of 1</p>" in pages.page("fod/risks")
    assert "check proven" not in pages.page("fod/promises")


def test_an_incremental_build_equals_a_clean_one(pages, tmp_path_factory):
    pages.write("checks/breach", "# Checks on breaches\n\n```{check-list} breach\n```\n")
    record(pages, PROVEN)
    pages.build()
    record(pages, BROKEN)
    assert pages.build() == ""
    shown = ("fod/promises", "fod/risks", "fod/risks/storage-01", "evidence", "checks/breach/told-late")
    incremental = {name: pages.page(name) for name in shown}

    shutil.rmtree(pages.folder / "html")
    shutil.rmtree(pages.folder / "html-trees")
    pages.build()

    assert {name: pages.page(name) for name in incremental} == incremental


def test_two_clean_builds_on_two_paths_are_the_same_to_the_byte(pages, tmp_path, monkeypatch):
    record(pages, PROVEN)
    pages.build()

    (tmp_path / "on" / "another path").mkdir(parents=True)
    other = Tiny(tmp_path / "on" / "another path")
    for name in ("docs", "build"):
        shutil.copytree(pages.folder / name, other.folder / name, dirs_exist_ok=True)
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    other.build()

    assert _files(other.folder / "html") == _files(pages.folder / "html")


def _files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_filling_the_places_again_equals_a_clean_build(pages):
    record(pages, PROVEN)
    pages.build()
    record(pages, BROKEN)

    site = Site(
        Needs(pages.needs()),
        evidence.read(pages.folder / "build" / "evidence.json"),
        {"fod/promises", "fod/risks", "fod/risks/storage-01", "evidence", "index"},
        printed_sections(pages.docs),
    )
    changed = parts.fill(site, pages.folder / "html")
    filled = {name: pages.page(name) for name in ("fod/promises", "fod/risks", "evidence")}

    assert changed == ["evidence", "fod/promises", "fod/risks", "fod/risks/storage-01"]
    assert parts.fill(site, pages.folder / "html") == []
    shutil.rmtree(pages.folder / "html")
    shutil.rmtree(pages.folder / "html-trees")
    pages.build()
    assert {name: pages.page(name) for name in filled} == filled


def test_without_evidence_there_is_no_check_yet(pages):
    pages.build()

    assert "no check yet" in pages.page("fod/risks")


def test_the_needs_builder_reads_no_evidence(pages):
    (pages.folder / "build").mkdir()
    (pages.folder / "build" / "evidence.json").write_text("not evidence")

    assert pages.build("needs") == ""


def test_words_from_evidence_cannot_become_markup(pages):
    hostile = "<script>alert(1)</script> &amp; [[copy('id')]] {{ x }}"
    record(pages, [PROVEN[0], Run("FOD_COM_BREACH_01", TEST, "violation", hostile, "caught"), PROVEN[2]])

    pages.build()

    assert "<script>alert" not in pages.page("fod/promises")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages.page("fod/promises")


def test_a_need_is_an_article_with_a_heading_and_an_anchor(pages):
    record(pages, PROVEN)
    pages.build()

    page = pages.page("fod/promises")
    assert '<article class="need-card need-commitment" id="FOD_COM_BREACH_01">' in page
    assert "The regulator is told in time<a" in page


def test_the_counts_have_denominators(pages):
    record(pages, PROVEN)
    pages.build()

    assert "1 of 1 commitments owe a check; 1 of 1 ran" in pages.page("evidence")
    assert "n/a" in pages.page("evidence")


def test_a_verification_of_a_need_that_no_document_has_is_said(pages):
    record(pages, PROVEN)
    (pages.docs / "fod" / "promises.md").write_text("# Promises\n")
    (pages.docs / "fod" / "risks.md").write_text("# Risks\n")

    said = pages.build()

    assert "the evidence verifies FOD_COM_BREACH_01, which no document has" in said


def test_checks_have_a_page_each_and_unknown_ones_are_refused(pages):
    pages.write("checks/index", "# Checks\n\n```{toctree}\nbreach\n```\n")
    pages.write("checks/breach", "# Checks on breaches\n\n```{check-list} breach\n```\n")
    pages.write("none", "# None\n\n```{check-list} weather\n```\n")
    pages.write("coverage", "# Coverage\n\n```{dpia-view} coverage\n```\n")
    record(pages, PROVEN)

    said = pages.build()

    assert "no checks called weather: use access, accuracy" in said
    theme, check = pages.page("checks/breach"), pages.page("checks/breach/told-late")
    assert '<a class="reference internal" href="breach/told-late.html">Told late</a>' in theme
    assert (
        "Find personal data breaches of which somebody was told too late, or never, or before there was anything"
        in theme
    )
    assert "<h1>Told late<a" in check
    assert "``" not in check
    assert ":func:" not in check
    assert 'href="../breach/told-late.html">told late</a>' in pages.page("checks/breach/told-by-another-route")
    assert "An empty <code" in check
    assert "Commitments that it serves: 1." in check
    assert "No commitment uses it in the run that this site shows." in pages.page("checks/breach/not-written-down")
    assert "coverage-filter.js" in pages.page("coverage")
    assert "coverage-filter.js" not in theme


def test_a_risk_has_a_page_with_what_delivers_its_measures(pages):
    record(pages, PROVEN)

    assert pages.build() == ""

    page = pages.page("fod/risks/storage-01")
    assert "<h1>Data is lost<a" in page
    assert "Somebody loses data." in page
    assert "Not stated in the document" in page
    assert "1 of 1" in page
    assert 'href="../promises.html#FOD_COM_BREACH_01">The regulator is told in time</a>' in page
    (pages.folder / "html" / "fod" / "risks" / "gone.html").write_text("a risk that is gone")
    pages.write("fod/risks", "# Risks\n\nIn other words.\n\n" + RISK + MITIGATION)
    assert pages.build() == ""
    assert not (pages.folder / "html" / "fod" / "risks" / "gone.html").exists()


def test_the_page_of_a_check_is_found_by_its_title_and_goes_with_its_theme(pages):
    pages.write("checks/breach", "# Checks on breaches\n\n```{check-list} breach\n```\n")
    record(pages, PROVEN)

    assert pages.build() == ""

    index = _search_index(pages)
    ((number, anchor),) = index["alltitles"]["Check: Told late"]

    assert (index["docnames"][number], anchor) == ("checks/breach/told-late", None)
    assert len(index["docnames"]) == len(index["filenames"]) == len(index["titles"])
    (pages.docs / "checks" / "breach.md").write_text("# Checks on breaches, told elsewhere\n")
    (pages.folder / "html" / "checks" / "breach" / "gone.html").write_text("a check that is gone")
    assert pages.build() == ""
    assert not (pages.folder / "html" / "checks" / "breach" / "gone.html").exists()
    assert (pages.folder / "html" / "checks" / "breach" / "told-late.html").exists()


def test_the_menu_of_the_pages_for_those_whose_data_it_was_shows_no_other_page(site):
    site.write("index", "# Home\n\n```{toctree}\nyour-data/index\nfod/index\n```\n")
    site.write("your-data/index", "# Your data\n\n```{toctree}\none\n```\n")
    site.write("your-data/one", "# First group\n")
    site.write("fod/index", "# A telling name\n")

    assert site.build() == ""

    page = site.page("your-data/one")
    assert "A telling name" not in page
    assert 'href="../your-data/index.html">Your data</a>' in page
    assert 'current-page"><a aria-current="page" class="current reference internal" href="#">First group</a>' in page
    assert "A telling name" in site.page("index")


def _search_index(site):
    text = (site.folder / "html" / "searchindex.js").read_text()
    return json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))


def test_the_search_knows_each_need_by_its_anchor_its_title_and_its_document(pages):
    pages.write("fod/promises", "# Promises\n\n" + COMMITMENT.replace("The regulator", "E&I v. 2: the regulator"))
    record(pages, PROVEN)

    assert pages.build() == ""

    index = _search_index(pages)
    page = index["docnames"].index("fod/promises")
    [[prefix, rows]] = [line for line in index["objects"].items() if any(row[0] == page for row in line[1])]
    [[_, kind, weight, anchor, name]] = rows
    assert (prefix, name) == ("E&I v", " 2: the regulator is told in time")
    assert anchor == "FOD_COM_BREACH_01"
    assert weight == 1
    assert index["objnames"][str(kind)][2] == "FOD commitment"
    assert {words for *_, words in index["objnames"].values()} == {"FOD commitment", "FOD measure", "FOD risk"}


def test_the_inventory_still_has_each_need_under_its_id(pages):
    from sphinx.util.inventory import InventoryFile

    pages.build()

    path = pages.folder / "html" / "objects.inv"
    needs = InventoryFile.loads(path.read_bytes(), uri="").data["need:need"]
    assert needs["FOD_COM_BREACH_01"].uri == "fod/promises.html#FOD_COM_BREACH_01"
    assert set(needs) == {"FOD_COM_BREACH_01", "FOD_MIT_STORAGE_07", "FOD_RISK_STORAGE_01"}
