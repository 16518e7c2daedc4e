"""What must be documented is; ids match files; stems match from page to test to check."""

import csv
import inspect
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from dpia_checks import DPIAS, checks, cli, evidence, facts, needs, release_commands, schema, verify_command
from dpia_checks import terms as term_files
from dpia_checks.parts import checks as check_parts
from dpia_checks.parts import silences, themes
from dpia_checks.parts.site import Site, sections_of
from dpia_checks.parts.unowed import no_need_owed

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
ID = re.compile(r"^:id: (\S+)$", re.MULTILINE)
SHAPE = re.compile(r"^(?:[A-Z]{3}_(?:COM|RISK|MIT|CTX|PARTY|FIELD|FIND|VER)_[A-Z0-9]+_[0-9]{2,3}|LAW_[A-Z0-9_]+)$")
NEEDS = ROOT / "build" / "needs.json"
THEMES = sorted(path.stem for path in (ROOT / "src/dpia_checks/checks").glob("[a-z]*.py"))


@pytest.fixture(scope="module")
def listed():
    return needs.read(NEEDS)


def pages(dpia):
    """Return the pages of *dpia* by their names below its folder."""
    return {path.relative_to(DOCS / dpia).with_suffix("").as_posix(): path for path in (DOCS / dpia).rglob("*.md")}


@pytest.mark.parametrize("dpia", DPIAS)
def test_an_id_names_the_page_it_is_on(dpia):
    wrong = []
    for page, path in pages(dpia).items():
        for id in ID.findall(path.read_text(encoding="utf-8")):
            own, kind, third, _ = id.split("_")
            expected = {"RISK": "risks", "MIT": "risks", "FIND": f"findings/{third.lower()}"}.get(kind, third.lower())
            if own != dpia.upper() or page != expected:
                wrong.append(f"{page}: {id}")

    assert not wrong


@pytest.mark.parametrize("dpia", DPIAS)
@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_has_one_stem_everywhere(dpia, theme):
    assert (DOCS / dpia / f"{theme}.md").exists()
    assert (ROOT / "tests/commitments" / dpia / f"test_{theme}.py").exists()
    assert (ROOT / "tests/checks" / f"test_{theme}.py").exists()


@pytest.mark.parametrize("dpia", DPIAS)
def test_a_test_verifies_commitments_of_its_own_theme(dpia):
    wrong = []
    for path in (ROOT / "tests/commitments" / dpia).glob("test_*.py"):
        theme = path.stem.removeprefix("test_")
        for id in re.findall(r'verifies\("(\S+?)"\)', path.read_text(encoding="utf-8")):
            if not id.startswith(f"{dpia.upper()}_COM_{theme.upper()}_"):
                wrong.append(f"{path.name}: {id}")

    assert not wrong


@pytest.mark.parametrize("dpia", DPIAS)
def test_what_only_a_person_can_say_is_verified_by_one_test(dpia):
    tests = [path.read_text(encoding="utf-8") for path in (ROOT / "tests/commitments" / dpia).glob("test_*.py")]

    assert "\n".join(tests).count('verifies_each("attest")') == 1


@pytest.mark.parametrize("dpia", DPIAS)
def test_each_theme_has_a_page_across_both(dpia):
    written = pages(dpia).keys() & set(themes.THEMES)

    assert [theme for theme in themes.THEMES if not (DOCS / "themes" / f"{theme}.md").exists()] == []
    assert written >= set(THEMES)


def test_every_id_has_the_shape(listed):
    assert [id for id in listed.by_id if not SHAPE.match(id)] == []


def test_every_risk_of_both_documents_is_here(listed):
    counts = [len([id for id in listed.of_type("risk") if id.startswith(dpia)]) for dpia in ("FOD", "LGE")]

    assert counts == [9, 8]


def test_every_vague_commitment_has_a_finding(listed):
    vague = [id for id in listed.of_type("commitment") if listed.by_id[id]["method"] == "vague"]

    assert [id for id in vague if not listed.linking("concerns", id)] == []


BEARS = re.compile(
    r"\b(?:wom[ae]n|clients?|people|persons?|young|child(?:ren)?|famil(?:y|ies)|parents?|relatives?|friends?|staff"
    r"|workers?|victims?|participants?|those who(?:m|se)?)\b",
    re.IGNORECASE,
)
"""Whom a finding can hurt; a reader or an auditor who cannot tell something is not hurt by it."""


def test_a_finding_that_is_not_low_says_whom_it_touches(listed):
    grave = [listed.by_id[id] for id in listed.of_type("finding") if listed.by_id[id]["severity"] != "low"]

    assert len(grave) > 200
    assert [need["id"] for need in grave if not BEARS.search(str(need["content"]))] == []


def test_every_commitment_of_a_risk_answers_one(listed):
    lost = [
        id
        for id in listed.of_type("commitment")
        for measure in listed.links(id, "delivers")
        if not listed.links(measure, "reduces")
    ]

    assert lost == []


@pytest.mark.parametrize("dpia", DPIAS)
def test_terms_cite_sections_of_the_document(dpia):
    with (DOCS / dpia / "facts" / "sections.csv").open(encoding="utf-8") as handle:
        known = {row["section"] for row in csv.DictReader(handle)}
    cited = {
        (term.need, term.source)
        for terms in term_files.load(dpia).values()
        for term in terms.lines.values()
        if term.kind == "term"
    }

    assert {(need, source) for need, source in cited if source not in known} == set()


@pytest.mark.parametrize("dpia", DPIAS)
def test_each_section_is_carried_or_owes_nothing(dpia, listed):
    own = [need for id, need in listed.by_id.items() if id.startswith(f"{dpia.upper()}_")]
    carried = {key for need in own for key in need.get("source") or ()}

    assert sections_of(DOCS / dpia).keys() - carried - no_need_owed(DOCS / dpia).keys() == set()


@pytest.mark.parametrize("dpia", DPIAS)
def test_each_statement_that_owes_nothing_is_in_a_section_and_has_a_reason(dpia):
    unowed = no_need_owed(DOCS / dpia)

    assert unowed.keys() - sections_of(DOCS / dpia).keys() == set()
    assert [key for key, lines in unowed.items() if len(set(lines)) < len(lines)] == []
    assert [key for key, lines in unowed.items() for line in lines if not all(part.strip() for part in line)] == []


@pytest.mark.parametrize("dpia", DPIAS)
def test_a_sentence_that_owes_nothing_because_it_is_carried_elsewhere_names_another_section_that_carries_needs(
    dpia, listed
):
    told = listed.of_type("commitment", "context", "mitigation", "party")
    own = [id for id in told if id.startswith(f"{dpia.upper()}_")]
    carrying = {key for id in own for key in listed.by_id[id]["source"]}
    elsewhere = {
        (key, said)
        for key, lines in no_need_owed(DOCS / dpia).items()
        for _, reason in lines
        for said in re.findall(r"carried under section ([\w.-]+)", reason)
    }

    assert elsewhere
    assert [(key, said) for key, said in elsewhere if said == key or said not in carrying] == []


@pytest.mark.parametrize("dpia", DPIAS)
def test_each_provision_that_no_promise_rests_on_has_a_line_that_says_so(dpia, listed):
    idle = silences.resting_on_nothing(Site(listed, {}, set(), {}), dpia)
    lines = silences.reasons_of(DOCS / dpia)

    assert idle == sorted(lines)
    assert [law for law, line in lines.items() if not (line["kind"] and line["says"])] == []
    assert [law for law, line in lines.items() if line["kind"].startswith("a duty") and not line["finding"]] == []
    assert {line["finding"] for line in lines.values()} - {"", *listed.by_id} == set()


@pytest.mark.parametrize("dpia", DPIAS)
def test_the_matrix_of_bases_names_promises_sources_and_purposes_that_there_are(dpia, listed):
    stated = facts.load(DOCS / dpia)
    purposes, sources = [{fact[kind[:-1]] for fact in stated[kind]} for kind in ("purposes", "data_sets")]

    assert {fact["promise"] for fact in stated["bases"]} - {"", *listed.by_id} == set()
    assert {fact["purpose"] for fact in stated["uses"]} - purposes == set()
    assert {fact["data_set"] for fact in stated["uses"]} - sources == set()


@pytest.mark.parametrize("dpia", DPIAS)
def test_the_basis_of_a_flow_is_one_that_is_stated_for_its_data_or_for_all(dpia):
    stated = facts.load(DOCS / dpia)
    named = {(fact["data_set"], fact["article"]) for fact in stated["bases"]}

    unstated = [
        f"{flow.id}: {article}"
        for flow in stated["flows"]
        for article in filter(None, flow["basis"].split(", "))
        if not named & {(flow["data_set"], article), ("all", article)}
    ]

    assert unstated == []


@pytest.mark.parametrize("dpia", DPIAS)
def test_a_flow_with_a_basis_has_each_that_is_stated_for_all_data_of_the_evaluation(dpia):
    """The table of flows says what the matrix says: a sentence on all data is one on the answers of people too."""
    stated = facts.load(DOCS / dpia)
    whole = {fact["part_of"] for fact in stated["purposes"]} - {""}
    for_all = {f["article"] for f in stated["bases"] if f["data_set"] == "all" and f["purpose"] in whole}

    lacking = {flow.id: for_all - set(flow["basis"].split(", ")) for flow in stated["flows"] if flow["basis"]}

    assert {id: sorted(articles) for id, articles in lacking.items() if articles} == {}


@pytest.mark.parametrize("dpia", DPIAS)
def test_each_term_is_shown_in_its_sentence(dpia):
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages(dpia).values())
    blocks = {block.split(":id: ", 1)[1].split("\n", 1)[0]: block for block in text.split(":::") if ":id: " in block}
    hidden = [
        f"{need}: {name}"
        for need, terms in term_files.load(dpia).items()
        for name in terms.lines
        if f"{{terms}}`{name}`" not in blocks.get(need, "")
    ]

    assert hidden == []


def all_checks():
    for module in iter_modules(checks.__path__):
        loaded = import_module(f"{checks.__name__}.{module.name}")
        for name, function in vars(loaded).items():
            if getattr(function, "is_check", False):
                yield module.name, name, function


def test_the_checks_as_they_are_written_are_those_that_are_loaded():
    assert check_parts.modules() == {name: module for module, name, _ in all_checks()}


def test_every_check_says_what_it_finds_and_what_an_empty_cell_means():
    thin = [name for _, name, function in all_checks() if not (inspect.getdoc(function) or "").startswith("Find ")]

    assert thin == []


def test_every_check_serves_a_commitment_and_has_a_test_of_its_own():
    used = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests/commitments").rglob("test_*.py"))
    tested = {module: (ROOT / "tests/checks" / f"test_{module}.py").read_text(encoding="utf-8") for module in THEMES}

    assert [name for _, name, _ in all_checks() if name not in used] == []
    assert [name for module, name, _ in all_checks() if name not in tested[module]] == []


def test_every_command_and_exit_code_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    sources = "".join(inspect.getsource(module) for module in (cli, release_commands, verify_command))
    commands = re.findall(r'(?:add_parser|command)\("([a-z]+)"', sources)

    assert [name for name in commands if f"`dpia-checks {name}" not in readme] == []
    assert "0 held, 1 something did not hold, 2 input unusable, 3 no evidence" in readme


def test_every_state_is_explained():
    page = (DOCS / "how-to-read.md").read_text(encoding="utf-8")

    assert [words for words in evidence.WORDS.values() if words not in page] == []


def test_every_state_has_a_shape_and_the_page_shows_it():
    from dpia_checks.parts.site import SHAPES

    page = (DOCS / "how-to-read.md").read_text(encoding="utf-8")

    assert [state for state, words in evidence.WORDS.items() if f"{SHAPES[state]} {words}" not in page] == []


def test_every_register_column_is_read_by_a_check_or_kept_for_context():
    for dpia in DPIAS:
        for table in schema.load(dpia).values():
            assert table.key in table.columns


WORDS = re.compile(r"\b(just|simply|robust|robustly|ensure|ensures|ensuring)\b", re.IGNORECASE)


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda path: path.relative_to(DOCS).as_posix())
def test_a_page_has_one_heading_and_says_what_it_tells(page):
    text = page.read_text(encoding="utf-8")

    headings = re.findall(r"^# ", re.sub(r"^(`{3,}).*?^\1", "", text, flags=re.DOTALL | re.MULTILINE), re.MULTILINE)
    provision = text.startswith(":::{law} ")  # its title is the heading of its page
    assert len(headings) + provision == 1
    assert not WORDS.search(text)
