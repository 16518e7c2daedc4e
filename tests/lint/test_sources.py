"""A folder that is no document is refused with the error's name, the file and the line; nobody sees a traceback."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dpia_checks.errors import DocumentUnusable, FactsUnusable
from dpia_checks.lint import sources

ROOT = Path(__file__).parents[2]
INDEX = "# Tiny\n\n```{toctree}\n:maxdepth: 1\n\nbreach\n```\n"
NEED = ":::{commitment} A promise\n:id: FOD_COM_BREACH_01\n:source: 5.4\n\nSomebody does it.\n:::\n"


@pytest.fixture
def docs(tmp_path):
    (tmp_path / "docs" / "fod").mkdir(parents=True)
    (tmp_path / "tests" / "commitments").mkdir(parents=True)
    shutil.copy(ROOT / "docs" / "ubproject.toml", tmp_path / "docs")
    write(tmp_path / "docs", "index", INDEX)
    write(tmp_path / "docs", "breach", "# Personal data breaches\n\n" + NEED)
    return tmp_path / "docs"


def write(docs, page, text):
    (docs / "fod" / f"{page}.md").write_text(text)


def refusal(docs):
    with pytest.raises(DocumentUnusable) as refused:
        sources.check(docs, "fod")
    return str(refused.value)


def missing_page(docs):
    (docs / "fod" / "breach.md").unlink()
    write(docs, "risks", NEED)


def titled_page(docs):
    write(docs, "index", INDEX.replace("\nbreach", "\nbreach\nSharing data <findings/sharing>"))


def unknown_type_further_down(docs):
    (docs / "fod" / "findings").mkdir()
    write(docs, "findings/breach", "\n:::{promise} A promise\n:id: FOD_FIND_BREACH_02\n:::\n")


def unknown_type(docs):
    write(docs, "breach", NEED + "\n:::{promise} A promise\n:id: FOD_COM_BREACH_02\n:::\n")


def twice(docs):
    write(docs, "breach", NEED + "\n" + NEED)


def circle(docs):
    finding = ":::{finding} Wrong\n:id: FOD_FIND_BREACH_01\n:concerns: FOD_FIND_BREACH_02\n:::\n\n"
    write(docs, "breach", NEED + "\n" + finding + finding.translate(str.maketrans("12", "21")))


def no_needs(docs):
    write(docs, "breach", "# Personal data breaches\n")


def no_index(docs):
    (docs / "fod" / "index.md").unlink()


def no_id(docs):
    write(docs, "breach", NEED.replace(":id: FOD_COM_BREACH_01\n", ""))


def no_text(docs):
    (docs / "fod" / "breach.md").write_bytes(b"\xff\xfe\x00broken")


def also_a_fact(docs):
    (docs / "fod" / "facts").mkdir()
    line = "FOD_COM_BREACH_01,5.4,A reason,a criterion\n"
    (docs / "fod" / "facts" / "triggers.csv").write_text("id,source,says,criterion\n" + line)


def never_closed(docs):
    write(docs, "breach", NEED.removesuffix(":::\n") + "\n" + NEED.replace("_01", "_02"))


def ends_open(docs):
    write(docs, "breach", NEED.removesuffix(":::\n"))


def a_folder_for_a_page(docs):
    (docs / "fod" / "breach.md").unlink()
    (docs / "fod" / "breach.md").mkdir()
    write(docs, "risks", NEED)


def broken_schemas(docs):
    (docs / "schemas.json").write_text('{\n"schemas": [\n')


def broken_settings(docs):
    (docs / "conf.py").write_text("project = (\n")


def no_sections(docs):
    (docs / "fod" / "facts").mkdir()


def other_silences(docs):
    no_sections(docs)
    (docs / "fod" / "facts" / "silences.csv").write_text("a,b\n1\n")


def beside(docs, name, content):
    (docs / "fod" / "facts").mkdir()
    head = "section,heading,first_line,last_line\n1,One,1,2\n"
    (docs / "fod" / "facts" / "sections.csv").write_text(head)
    (docs / "fod" / "facts" / name).write_bytes(content)


def bytes_in_sections(docs):
    beside(docs, "sections.csv", b"section,heading,first_line,last_line\n1,\xff\xfe,1,2\n")


def bytes_in_silences(docs):
    beside(docs, "silences.csv", b"law,kind,says,finding\n\xff,a,b,c\n")


def short_row(docs):
    beside(docs, "sections.csv", b"section,heading,first_line,last_line\n1,One\n")


def null_byte(docs):
    beside(docs, "sections.csv", b"section,heading,first_line,last_line\n1,O\x00ne,1,2\n")


def section_twice(docs):
    beside(docs, "sections.csv", b"section,heading,first_line,last_line\n1,One,1,2\n1,Other,3,4\n")


def no_such_month(docs):
    beside(docs, "dates.csv", b"id,source,says,event,date,role,before\nFOD_CTX_A_01,1,It begins,start,2019-13,issue,\n")


def misspelt_role(docs):
    beside(docs, "roles.csv", b"id,source,says,party,data_set,role\nFOD_CTX_A_01,1,It is one,NPS,NPS,contrller\n")


def age_in_words(docs):
    head = b"id,source,says,group,min_age,vulnerable,safeguards,notice\n"
    beside(docs, "groups.csv", head + b"FOD_CTX_A_01,1,Grown up,women,adult,,,\n")


def months_in_words(docs):
    head = b"id,source,says,stage,date,reviewer,next,outcome,every_months\n"
    beside(docs, "reviews.csv", head + b"FOD_CTX_A_01,1,Twice a year,later,,,,,six\n")


def empty_page(docs):
    write(docs, "breach", "")
    write(docs, "risks", NEED)


def law_twice(docs):
    (docs / "law" / "gdpr").mkdir(parents=True)
    text = ":::{law} Article 13\n:id: LAW_GDPR_13\n\nIt asks.\n:::\n"
    for name in ("13", "13b"):
        (docs / "law" / "gdpr" / f"{name}.md").write_text(text)


BAD = {
    bytes_in_sections: "docs/fod/facts/sections.csv: the file is not comma-separated UTF-8 text",
    bytes_in_silences: "docs/fod/facts/silences.csv: the file is not comma-separated UTF-8 text",
    short_row: "docs/fod/facts/sections.csv:2: 2 cells where the header has 4",
    null_byte: "docs/fod/facts/sections.csv:2: a null byte",
    section_twice: "docs/fod/facts/sections.csv:3: the section 1 is in line 2 too",
    empty_page: "docs/fod/breach.md:1: the page is empty",
    law_twice: "docs/law/gdpr/13b.md:1: the id LAW_GDPR_13 is at docs/law/gdpr/13.md:1 too",
    never_closed: "docs/fod/breach.md:1: the commitment has no end before line 7",
    ends_open: "docs/fod/breach.md:1: the commitment has no end",
    a_folder_for_a_page: "docs/fod/breach.md: the page is no file that can be read",
    broken_schemas: "docs/schemas.json:3: the file cannot be read",
    broken_settings: "docs/conf.py:1: the file cannot be read",
    no_sections: "docs/fod/facts: there is no sections.csv",
    other_silences: "docs/fod/facts/silences.csv: the header is not the expected one",
    titled_page: "docs/fod/index.md:7: the page findings/sharing is missing",
    unknown_type_further_down: "docs/fod/findings/breach.md:2: the type promise is unknown",
    missing_page: "docs/fod/index.md:6: the page breach is missing",
    unknown_type: "docs/fod/breach.md:8: the type promise is unknown",
    twice: "docs/fod/breach.md:8: the id FOD_COM_BREACH_01 is at docs/fod/breach.md:1 too",
    circle: "docs/fod/breach.md:8: the links go in a circle: "
    "FOD_FIND_BREACH_01 to FOD_FIND_BREACH_02 to FOD_FIND_BREACH_01",
    no_needs: "docs/fod/index.md:1: no page holds a need",
    no_index: "docs/fod: there is no index.md",
    no_id: "docs/fod/breach.md:1: a need without id",
    also_a_fact: "docs/fod/breach.md:3: the id FOD_COM_BREACH_01 is in fod/facts/triggers.csv too",
    no_text: "docs/fod/breach.md: the page is not UTF-8 text",
}


def test_a_tiny_document_is_taken(docs):
    sources.check(docs, "fod")


@pytest.mark.parametrize("spoil", BAD, ids=lambda spoil: spoil.__name__)
def test_a_folder_that_is_no_document_is_refused_with_file_and_line(docs, spoil):
    spoil(docs)

    assert BAD[spoil] in refusal(docs)


@pytest.mark.parametrize("spoil", BAD, ids=lambda spoil: spoil.__name__)
def test_the_command_names_the_error_without_a_traceback(docs, spoil):
    spoil(docs)

    code = "import sys; from dpia_checks.cli import main; sys.exit(main(['lint', 'fod']))"
    done = subprocess.run([sys.executable, "-c", code], cwd=docs.parent, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr.startswith("DocumentUnusable:")
    assert BAD[spoil].split(": ")[0] in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def test_the_command_names_a_fact_that_cannot_be_used(docs):
    (docs / "fod" / "facts").mkdir()
    (docs / "fod" / "facts" / "triggers.csv").write_text("id,source,says,criterion\nFOD_CTX_GOVERNANCE_01,,A reason,\n")

    code = "import sys; from dpia_checks.cli import main; sys.exit(main(['lint', 'fod']))"
    done = subprocess.run([sys.executable, "-c", code], cwd=docs.parent, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr.startswith("FactsUnusable:\nfod/facts/triggers.csv:2: a fact without id, source or sentence")


def test_a_circle_is_named_once(docs):
    circle(docs)

    assert refusal(docs).count("circle") == 1


def test_a_need_model_that_cannot_be_read_is_named(docs):
    (docs / "ubproject.toml").write_text("[needs")

    assert "docs/ubproject.toml: the need model cannot be read" in refusal(docs)


def test_everything_that_is_wrong_is_named_at_once(docs):
    unknown_type(docs)
    write(docs, "index", INDEX.replace("breach", "breach\naccess"))

    said = refusal(docs)

    assert "the type promise is unknown" in said
    assert "the page access is missing" in said


def test_the_real_documents_are_taken():
    for dpia in ("fod", "lge"):
        sources.check(ROOT / "docs", dpia)


UNREADABLE = {
    no_such_month: "fod/facts/dates.csv:2: no rule can read the date",
    misspelt_role: "fod/facts/roles.csv:2: no rule can read the role",
    age_in_words: "fod/facts/groups.csv:2: no rule can read the min age",
    months_in_words: "fod/facts/reviews.csv:2: no rule can read the every months",
}


@pytest.mark.parametrize("spoil", UNREADABLE, ids=lambda spoil: spoil.__name__)
def test_a_cell_that_no_rule_can_read_is_refused_with_file_and_line(docs, spoil):
    spoil(docs)

    with pytest.raises(FactsUnusable) as refused:
        sources.check(docs, "fod")

    assert UNREADABLE[spoil] in str(refused.value)
