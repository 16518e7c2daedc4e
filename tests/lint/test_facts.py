"""Facts are rows of the project's own files: a row that cannot be used is named with its line."""

import pytest

from dpia_checks import facts
from dpia_checks.errors import FactsUnusable

HEAD = "id,source,says,processor,data_set,reference,date,ends,clauses\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "fod" / "facts").mkdir(parents=True)
    return tmp_path / "fod"


def write(folder, kind, text):
    (folder / "facts" / f"{kind}.csv").write_text(text)


def test_a_row_is_a_fact_with_its_sections_and_cells(folder):
    write(folder, "contracts", HEAD + "FOD_CTX_PARTIES_01,2.1.3;4.8,A contract,ORS,surveys,GLA 1,,,\n")

    (fact,) = facts.load(folder)["contracts"]

    assert (fact.id, fact.source, fact.says) == ("FOD_CTX_PARTIES_01", ("2.1.3", "4.8"), "A contract")
    assert (fact["processor"], fact["date"]) == ("ORS", "")


def test_a_kind_without_a_file_has_none(folder):
    assert facts.load(folder)["roles"] == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + ",2.1,A contract,ORS,surveys,1,,,\n", "fod/facts/contracts.csv:2: a fact without id"),
        (HEAD + "FOD_CTX_PARTIES_01,,A contract,ORS,surveys,1,,,\n", "fod/facts/contracts.csv:2: a fact without"),
        (HEAD + "FOD_CTX_PARTIES_01,2.1,,ORS,surveys,1,,,\n", "fod/facts/contracts.csv:2: a fact without"),
        (HEAD + 2 * "FOD_CTX_PARTIES_01,2.1,A,ORS,surveys,1,,,\n", "contracts.csv:3: the id FOD_CTX_PARTIES_01 is at"),
        (HEAD + "FOD_CTX_PARTIES_01,2.1,A\n", "fod/facts/contracts.csv:2: 3 cells where the header has 9"),
        ("id,source\n", "fod/facts/contracts.csv: the header is not the expected one"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_line(folder, text, said):
    write(folder, "contracts", text)

    with pytest.raises(FactsUnusable) as refused:
        facts.load(folder)

    assert said in str(refused.value)


def test_one_id_in_two_files_is_named(folder):
    write(folder, "contracts", HEAD + "FOD_CTX_PARTIES_01,2.1,A,ORS,surveys,1,,,\n")
    write(folder, "roles", "id,source,says,party,data_set,role\nFOD_CTX_PARTIES_01,2.1,A,ORS,x,y\n")

    with pytest.raises(
        FactsUnusable, match=r"contracts\.csv:2: the id FOD_CTX_PARTIES_01 is at fod/facts/roles\.csv:2"
    ):
        facts.load(folder)


def test_details_say_what_is_stated_and_what_is_not_but_nothing_of_our_own_columns():
    cells = {"event": "the end", "date": "", "role": "processing end", "before": ""}

    fact = facts.Fact("FOD_CTX_GOVERNANCE_01", "dates", "The end", ("7",), cells)

    assert fact.details() == "event: the end; role: processing end; not stated: date"


def test_a_file_of_an_unknown_kind_is_named(folder):
    write(folder, "promises", "id,source,says\n")
    write(folder, "sections", "section,heading,first_line,last_line\n")

    with pytest.raises(FactsUnusable, match=r"^fod/facts/promises\.csv: the kind is unknown"):
        facts.load(folder)
