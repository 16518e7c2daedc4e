"""Parquet and Excel files are read as the text that says each value exactly; nothing told holds a cell."""

from __future__ import annotations

import datetime
import io
import json
import sys
import traceback
import zipfile
from decimal import Decimal

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dpia_checks import extract_files, schema, synthetic, typed_files
from dpia_checks.errors import ExtractsUnusable, ManifestDisagrees

from .plugin.test_nothing_leaks import CANARY, leaks

DESCRIBED = schema.load("fod")
DAYS = DESCRIBED["download_days"]
DELIVERIES = DESCRIBED["deliveries"]
NOON = datetime.datetime(2020, 7, 1, 12, 30)


def parquet_of(columns, table=DAYS):
    buffer = io.BytesIO()
    pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), buffer)
    return typed_files.parquet(buffer.getvalue(), table)


def book(*rows, sheets=("download_days",), change=lambda made: None):
    made = openpyxl.Workbook()
    made.active.title = sheets[0]
    for name in sheets[1:]:
        made.create_sheet(name)
    for row in rows:
        made.active.append(row)
    change(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def refusal(read, content, table=DAYS):
    with pytest.raises(ExtractsUnusable) as raised:
        read(content, table)
    told = str(raised.value) + "".join(traceback.format_exception(raised.value))
    assert not leaks(told.encode())
    return str(raised.value)


HEADER = ["day_id", "day_person", "day"]
VALUES = {
    "text": (["01", " a "], ["01", " a "]),
    "empty text": (["", None], [None, None]),
    "whole numbers": ([7, None], ["7", None]),
    "whole numbers that a gap made floating": (pa.array([7.0, None]), ["7", None]),
    "fractions": ([0.1, -2.5], ["0.1", "-2.5"]),
    "no number": (pa.array([float("nan"), float("inf")]), ["nan", "inf"]),
    "decimals": ([Decimal("1.50"), Decimal("0E-2")], ["1.50", "0.00"]),
    "truth": ([True, False], ["true", "false"]),
    "categories": (pa.array(["a", "b"]).dictionary_encode(), ["a", "b"]),
    "an instant in Tokyo": (pa.array([NOON], pa.timestamp("us", "Asia/Tokyo")), ["2020-07-01T12:30:00Z"]),
    "an instant without a zone": ([NOON], ["2020-07-01T12:30:00"]),
    "a day": ([datetime.date(2020, 2, 29)], ["2020-02-29"]),
}


@pytest.mark.parametrize(("values", "text"), VALUES.values(), ids=VALUES)
def test_each_value_is_the_text_that_says_it_exactly(values, text):
    count = len(text)
    read = parquet_of({"day_id": list("12")[:count], "day_person": values, "day": ["2020-01-01"] * count})

    assert read["day_person"].to_pylist() == text


def test_midnight_is_a_day_where_a_day_is_wanted_and_truth_a_yes():
    read = parquet_of(
        {
            "delivery_id": [1, 2, 3],
            "carried_on": [datetime.datetime(2020, 1, 1), NOON, None],
            "trusted_person": [True, False, None],
            "closed_container": ["true", "yes", None],
        },
        DELIVERIES,
    )

    assert read["carried_on"].to_pylist() == ["2020-01-01", "2020-07-01T12:30:00", None]
    assert read["trusted_person"].to_pylist() == ["yes", "no", None]
    assert read["closed_container"].to_pylist() == ["true", "yes", None], "text is never bettered"


def test_a_column_that_the_schema_does_not_know_is_called_by_its_position():
    read = parquet_of({"day_id": ["1"], CANARY: ["x"], "Day": ["2020-01-01"]})

    assert read.column_names == ["day_id", "column 2", "day"]


def cut(content):
    return content[: len(content) // 2]


def good_parquet():
    buffer = io.BytesIO()
    pq.write_table(pa.table({"day_id": [CANARY], "day_person": [CANARY], "day": [CANARY]}), buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", CANARY.encode(), b"PAR1" + CANARY.encode() + b"PAR1", cut(good_parquet()), good_parquet()[:-9]],
)
def test_a_broken_parquet_file_is_named(content):
    assert "download_days: it cannot be read as Parquet" in refusal(typed_files.parquet, content)


def test_a_parquet_file_with_its_middle_spoilt_shows_nothing():
    content, told = good_parquet(), []
    for at in range(4, len(content) - 8, 7):
        spoilt = content[:at] + b"\xff\x00\xff" + content[at + 3 :]
        try:
            typed_files.parquet(spoilt, DAYS)
        except ExtractsUnusable as refused:
            told += traceback.format_exception(refused)

    assert told
    assert not leaks("".join(told).encode())


KINDS = {
    "lists": pa.array([[CANARY]]),
    "structs": pa.array([{CANARY: CANARY}]),
    "bytes": pa.array([CANARY.encode()]),
    "durations": pa.array([datetime.timedelta(hours=30)]),
}


@pytest.mark.parametrize("values", KINDS.values(), ids=KINDS)
def test_a_column_of_another_kind_is_refused_by_its_position(values):
    buffer = io.BytesIO()
    pq.write_table(pa.table({"day_id": ["1"], "day_person": values, "day": ["2020-01-01"]}), buffer)

    assert "column 2 holds neither text nor numbers" in refusal(typed_files.parquet, buffer.getvalue())


def test_a_day_that_no_calendar_has_is_refused_by_its_position():
    buffer = io.BytesIO()
    days = pa.array([2_000_000_000], pa.int32()).cast(pa.date32())
    pq.write_table(pa.table({"day_id": ["1"], "day_person": ["P"], "day": days}), buffer)

    assert "column 3 has a value that is no text, number or time" in refusal(typed_files.parquet, buffer.getvalue())


def test_a_file_that_unfolds_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(typed_files, "LARGEST", 100)

    assert "it unfolds to more" in refusal(typed_files.parquet, good_parquet())
    assert "it unfolds to more" in refusal(typed_files.workbook, book(HEADER, [CANARY] * 3))


def test_the_cells_of_a_workbook_are_read_as_they_are_stored():
    content = book(HEADER, ["01", 7, datetime.date(2020, 1, 1)], [2, 0.5, NOON], [None, True, None])

    read = typed_files.workbook(content, DAYS)

    assert read.to_pydict() == {
        "day_id": ["01", "2", None],
        "day_person": ["7", "0.5", "true"],
        "day": ["2020-01-01", "2020-07-01T12:30:00", None],
    }


def test_a_blank_row_and_a_blank_column_at_the_end_are_none():
    content = book([*HEADER, None], ["1", "P", "2020-01-01", ""], [None] * 4, ["2", "P", "2020-01-02", None])

    assert typed_files.workbook(content, DAYS)["day_id"].to_pylist() == ["1", "2"]


def test_the_sheet_that_is_named_after_the_table_is_read_and_no_other():
    def hide(made):
        made["hidden"].sheet_state = "hidden"
        made["hidden"].append([CANARY])

    read = typed_files.workbook(
        book(HEADER, ["1", "P", "2020-01-01"], sheets=("Download_Days", "hidden"), change=hide), DAYS
    )

    assert read["day_id"].to_pylist() == ["1"]


def test_the_only_sheet_may_have_any_name():
    assert typed_files.workbook(book(HEADER, ["1", "P", "2020-01-01"], sheets=(CANARY,)), DAYS).num_rows == 1


def test_several_sheets_of_which_none_is_the_table():
    said = refusal(typed_files.workbook, book(HEADER, [CANARY] * 3, sheets=(CANARY, "other")))

    assert "it has 2 sheets, and not one that is named download_days" in said


def test_a_formula_gives_the_value_that_was_stored_with_it():
    content = with_cell(b'<c r="B2"><f>1+1</f><v>2</v></c>')

    assert typed_files.workbook(content, DAYS)["day_person"].to_pylist() == ["2"]


def with_cell(xml):
    """Return a workbook with *xml* in place of the cell B2."""
    import re

    source, made = io.BytesIO(book(HEADER, ["1", 5, "2020-01-01"])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, re.sub(rb'<c r="B2".*?</c>', lambda _: xml, content) if "sheet1" in name else content)
    return made.getvalue()


CELLS = {
    "a formula that nobody worked out": (b'<c r="B2"><f>1+1</f><v></v></c>', "was never worked out"),
    "the same, written shortly": (b'<c r="B2"><f>1+1</f><v/></c>', "was never worked out"),
    "the same, without a value": (b'<c r="B2"><f>1+1</f></c>', "was never worked out"),
    "an error": (b'<c r="B2" t="e"><v>#REF!</v></c>', "holds an error"),
    "the error of a formula": (b'<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "holds an error"),
}


@pytest.mark.parametrize(("xml", "said"), CELLS.values(), ids=CELLS)
def test_a_cell_without_a_value_is_refused_rather_than_read_as_empty(xml, said):
    assert said in refusal(typed_files.workbook, with_cell(xml))


def test_a_formula_whose_value_is_an_empty_text_is_an_empty_cell():
    content = with_cell(b'<c r="B2" t="str"><f>""</f><v></v></c>')

    assert typed_files.workbook(content, DAYS)["day_person"].to_pylist() == [None]


@pytest.mark.parametrize("content", [b"", CANARY.encode(), b"PK\x03\x04" + CANARY.encode(), cut(book(HEADER))])
def test_a_broken_workbook_is_named(content):
    assert "download_days: it cannot be read as a workbook" in refusal(typed_files.workbook, content)


def test_a_zip_that_is_no_workbook_is_named():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(f"{CANARY}.txt", CANARY)

    assert "it cannot be read as a workbook" in refusal(typed_files.workbook, made.getvalue())


@pytest.mark.parametrize("rows", [[], [[CANARY, CANARY]], [["day_id", None, None, "day"], [1, 2, 3, 4]]])
def test_a_sheet_without_a_usable_header(rows):
    said = refusal(typed_files.workbook, book(*rows))

    assert "without even a header" in said or "have the same name" in said or "have no name" in said


def test_the_extra_that_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)

    assert "the extra formats is needed" in refusal(typed_files.workbook, book(HEADER))


class TestInOneFolder:
    @pytest.fixture
    def folder(self, tmp_path):
        """A made-up set, one table of which is a Parquet file and one a workbook."""
        made = synthetic.make("fod", scale=0.05)
        extract_files.write(made, tmp_path / "set")
        self.made, self.path = made, tmp_path / "set"
        self.put("deliveries", f"{CANARY}.parquet", parquet_bytes(made.texts["deliveries"]))
        days = made.texts["download_days"]
        rows = [list(row.values()) for row in days.to_pylist()]
        self.put("download_days", f"{CANARY}.XLSX", book(days.column_names, *rows, sheets=(CANARY,)))
        return self

    def put(self, table, file, content):
        facts = json.loads((self.path / "manifest.json").read_text())
        (self.path / facts["tables"][table]["file"]).unlink()
        (self.path / file).write_bytes(content)
        facts["tables"][table] = {"file": file}
        (self.path / "manifest.json").write_text(json.dumps(facts))

    def test_formats_may_be_mixed(self, folder):
        assert extract_files.read(folder.path).texts == folder.made.texts

    def test_formula_like_text_is_refused_in_each(self, folder):
        text = folder.made.texts["deliveries"]
        first = pa.array([f"=SUM({CANARY})"] * text.num_rows)
        folder.put("deliveries", "d.parquet", parquet_bytes(text.set_column(0, text.column_names[0], first)))

        with pytest.raises(ExtractsUnusable, match="deliveries, column 1: formula-like text") as raised:
            extract_files.read(folder.path)

        assert not leaks(str(raised.value).encode())

    def test_a_link_is_refused(self, folder, tmp_path):
        (folder.path / f"{CANARY}.parquet").rename(tmp_path / "elsewhere.parquet")
        (folder.path / f"{CANARY}.parquet").symlink_to(tmp_path / "elsewhere.parquet")

        with pytest.raises(ManifestDisagrees, match="not in the folder"):
            extract_files.read(folder.path)


def parquet_bytes(text):
    buffer = io.BytesIO()
    pq.write_table(text, buffer)
    return buffer.getvalue()
