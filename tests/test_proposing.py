"""A mapping is proposed from near names; no value is read, and no header is told but in the file itself."""

import io
import json
import stat

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dpia_checks import cli, extract_files, mappings, proposing, schema
from dpia_checks.errors import ExtractsUnusable

from .plugin.test_nothing_leaks import CANARY

NONE = lambda table: iter(())  # noqa: E731
NEAR = {
    "the same words in another order": ("Person day", "day_person"),
    "a word more": ("Day set id", "day_id"),
    "a printed name with a slip": ("Day sets", "day_id"),
}


@pytest.mark.parametrize(("header", "column"), NEAR.values(), ids=NEAR)
def test_a_near_name_is_proposed(header, column):
    (found,) = proposing.proposed({"download_days": [header]}, "fod")

    assert found.headers == {column: header}


def test_a_far_name_is_not_told():
    (found,) = proposing.proposed({"download_days": ["day_id", CANARY, "quantity"]}, "fod")

    assert (found.columns, found.known, dict(found.headers)) == (3, 1, {})


def test_a_header_that_a_spreadsheet_would_run_is_neither_proposed_nor_counted():
    (found,) = proposing.proposed({"download_days": ["=persons day", "@day persons"]}, "fod")

    assert (found.columns, found.known, dict(found.headers), found.lacking) == (2, 0, {}, 3)


def test_what_is_described_and_not_found_is_counted():
    (found,) = proposing.proposed({"download_days": ["DAY ID", "Person day"]}, "fod")

    assert (found.known, len(found.headers), found.lacking) == (1, 1, 1)


def test_a_column_that_is_read_as_it_is_gets_no_second_header():
    (found,) = proposing.proposed({"download_days": ["DAY ID", "Day set id"]}, "fod")

    assert "day_id" not in found.headers


@pytest.mark.parametrize("dpia", ["fod", "lge"])
def test_nothing_is_proposed_for_a_file_that_has_the_columns(dpia):
    """The name of a column may also be what the document calls another: it is read as it is all the same."""
    tables = schema.load(dpia)

    found = proposing.proposed({name: list(table.columns) for name, table in tables.items()}, dpia)

    assert [(one.table, one.known, dict(one.headers), one.lacking) for one in found] == [
        (name, len(table.columns), {}, 0) for name, table in tables.items()
    ]


def test_each_header_and_column_is_used_once():
    (found,) = proposing.proposed({"download_days": ["days person", "day persons", "persons day"]}, "fod")

    assert len(set(found.headers.values())) == len(found.headers)
    assert found.headers.keys() <= schema.load("fod")["download_days"].columns.keys()


@pytest.fixture
def folder(tmp_path):
    """A file of three kinds, each with a header in other words and canaries for values."""
    made = tmp_path / CANARY
    made.mkdir()
    (made / "download_days.csv").write_text(f"Person day,day_id,day\n{CANARY},{CANARY}\n")
    columns = list(schema.load("fod")["deliveries"].columns)
    pq.write_table(pa.table({"Trusted persons": [CANARY], columns[0]: [CANARY]}), made / "deliveries.parquet")
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Breach identifier", CANARY])
    book.active.append([CANARY, CANARY])
    book.save(buffer)
    (made / "breaches.xlsx").write_bytes(buffer.getvalue())
    return made


def test_what_is_proposed_can_be_used_and_nothing_of_the_files_is_told(folder, tmp_path, capsys):
    out = tmp_path / "mapping.csv"

    code = cli.main(["map", str(folder), "fod", "--out", str(out)])

    said = capsys.readouterr()
    assert code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert CANARY not in said.out + said.err + out.read_text()
    assert "Person" not in said.out
    assert "Of 7 columns, 3 are read as they are and 2 proposed; 2 were not told." in " ".join(said.out.split())
    used = mappings.load(out, schema.load("fod"))
    assert used["download_days"].headers == {"personday": "day_person"}
    assert used["deliveries"].headers == {"trustedpersons": "trusted_person"}
    assert sum(line.startswith(("\u2502", "|")) for line in said.out.splitlines()) == 3


def test_nothing_is_overwritten(folder, tmp_path, capsys):
    (tmp_path / "mapping.csv").write_text("kept")

    assert cli.main(["map", str(folder), "fod", "--out", str(tmp_path / "mapping.csv")]) == 2
    assert (tmp_path / "mapping.csv").read_text() == "kept"
    assert CANARY not in capsys.readouterr().err


def test_a_header_that_is_a_formula_is_not_written(tmp_path):
    proposing.write([proposing.Proposed("download_days", 1, 0, {"day": "=day()"})], tmp_path / "m.csv")

    assert "=day" not in (tmp_path / "m.csv").read_text()


@pytest.mark.parametrize("content", [b"", b"\x00", b"PAR1", b"a,a\n"], ids=str)
@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx", "sav"])
def test_a_file_without_a_header_is_named(tmp_path, kind, content):
    if (kind, content) == ("csv", b"PAR1"):
        pytest.skip("that is a header")
    (tmp_path / f"download_days.{kind}").write_bytes(content)

    with pytest.raises(ExtractsUnusable, match="download_days: "):
        proposing.headers(tmp_path, "fod", NONE)


@pytest.mark.parametrize("file", ["../x.csv", "link.csv"])
def test_a_file_elsewhere_is_not_opened(tmp_path, file):
    (tmp_path / "x.csv").write_text("day_id\n")
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "link.csv").symlink_to(tmp_path / "x.csv")
    facts = {"manifest_version": 1, "dpia": "fod", "name": "x", "origin": "real", "taken_on": "2022-10-01"}
    written = {**facts, "tables": {"download_days": {"file": file}}}
    (folder / extract_files.MANIFEST).write_text(json.dumps(written))

    with pytest.raises(ExtractsUnusable, match="not in the folder"):
        proposing.headers(folder, "fod", NONE)


def test_a_set_of_another_document_is_refused(tmp_path):
    facts = {"manifest_version": 1, "dpia": "lge", "name": "x", "origin": "real", "taken_on": "2022-10-01"}
    (tmp_path / "manifest.json").write_text(json.dumps({**facts, "tables": {}}))

    with pytest.raises(ExtractsUnusable, match="is of lge"):
        proposing.headers(tmp_path, "fod", NONE)
