"""Legacy and locked workbooks and the files of SPSS are read like any other file, and nothing told holds a cell."""

from __future__ import annotations

import contextlib
import datetime
import io
import os
import subprocess
import sys
import traceback

import msoffcrypto
import openpyxl
import pandas
import pyreadstat
import pytest
import xlwt

from dpia_checks import passwords, schema, spss_files, typed_files
from dpia_checks.errors import ExtractsUnusable

from .plugin.test_nothing_leaks import CANARY, leaks

DESCRIBED = schema.load("fod")
DAYS = DESCRIBED["download_days"]
DELIVERIES = DESCRIBED["deliveries"]
HEADER = ["day_id", "day_person", "day"]
WORD = "correct horse"


def refusal(read, content, *given, table=DAYS):
    with pytest.raises(ExtractsUnusable) as raised:
        read(content, table, *given)
    told = str(raised.value) + "".join(traceback.format_exception(raised.value))
    assert not leaks(told.encode())
    assert WORD not in told
    return str(raised.value)


def giving(*words):
    return lambda table: iter(words)


def old_book(*rows, sheets=("download_days",)):
    made = xlwt.Workbook()
    dated = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name in sheets:
        sheet = made.add_sheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell, *([dated] if isinstance(cell, datetime.date) else []))
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def book(*rows, title="download_days"):
    made = openpyxl.Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def locked(content, word=WORD):
    buffer = io.BytesIO()
    msoffcrypto.OfficeFile(io.BytesIO(content)).encrypt(word, buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("make", [book, old_book])
@pytest.mark.parametrize("read", [typed_files.workbook, typed_files.workbook_header])
def test_a_title_above_the_header_is_told_as_one(make, read):
    said = refusal(read, make([CANARY], HEADER, ["1", CANARY, "2020-01-01"]))

    assert "columns 2, 3 have no name in the first row" in said
    assert "if a title stands above the header, take it out" in said


class TestOldWorkbooks:
    def test_each_value_is_the_text_that_says_it(self):
        noon = datetime.datetime(2020, 7, 1, 12, 30)

        read = typed_files.workbook(
            old_book(HEADER, [1, " P01 ", datetime.date(2020, 2, 29)], ["02", 1.5, noon], ["3", "\u00eb", ""]), DAYS
        )

        assert read["day_id"].to_pylist() == ["1", "02", "3"]
        assert read["day_person"].to_pylist() == [" P01 ", "1.5", "\u00eb"]
        assert read["day"].to_pylist() == ["2020-02-29", "2020-07-01T12:30:00", None]

    def test_the_sheet_is_the_one_named_after_the_table(self):
        content = old_book(HEADER, ["1", "P01", "2020-01-01"], sheets=("Sheet1", "Download_Days"))

        assert typed_files.workbook(content, DAYS).num_rows == 1

    def test_a_formula_that_was_never_worked_out_is_refused(self):
        content = old_book(HEADER, ["1", xlwt.Formula(f'"{CANARY}"&"b"'), "2020-01-01"])

        assert "never worked out" in refusal(typed_files.workbook, content)

    def test_an_error_is_refused(self):
        made = old_book(HEADER, ["1", xlwt.Formula("1/0"), "2020-01-01"])
        at = made.index(b"\x03\x00\x00\x00\x00\x00\xff\xff")

        content = made[:at] + b"\x02\x00\x07" + made[at + 3 :]  # as Excel stores #DIV/0!

        assert "holds an error" in refusal(typed_files.workbook, content)

    @pytest.mark.parametrize("cut", [9, 600, 3000])
    def test_a_cut_one_is_refused(self, cut):
        refusal(typed_files.workbook, old_book(HEADER, *[[CANARY, CANARY, CANARY]] * 9)[:cut])

    def test_a_cell_that_stands_far_away_is_refused_before_room_is_made(self):
        made = openpyxl.Workbook()
        made.active["XFD1048576"] = CANARY
        buffer = io.BytesIO()
        made.save(buffer)

        assert "far from the others" in refusal(typed_files.workbook, buffer.getvalue())


class TestLockedWorkbooks:
    CONTENT = locked(book(HEADER, ["1", CANARY, "2020-01-01"]))

    def test_a_password_opens_it(self):
        read = typed_files.workbook(self.CONTENT, DAYS, giving("wrong", WORD))

        assert read["day_person"].to_pylist() == [CANARY]

    @pytest.mark.parametrize("given", [(), ("wrong",)])
    def test_without_the_password_it_stays_shut(self, given):
        assert "it is locked" in refusal(typed_files.workbook, self.CONTENT, giving(*given))

    def test_the_password_that_excel_gives_by_itself_need_not_be_typed(self):
        content = locked(book(HEADER, ["1", "P01", "2020-01-01"]), "VelvetSweatshop")

        assert typed_files.workbook(content, DAYS).num_rows == 1

    def test_a_spoilt_lock_is_refused(self):
        content = self.CONTENT[:700] + b"\xff" * 900 + self.CONTENT[1600:]

        refusal(typed_files.workbook, content, giving(WORD))

    def test_passwords_are_read_from_a_descriptor(self):
        reading, writing = os.pipe()
        os.write(writing, f"wrong\r\n{WORD}\n".encode())
        os.close(writing)

        given = passwords.from_descriptor(reading)

        assert [list(given("crc")), list(given("post"))] == [["wrong", WORD]] * 2
        os.close(reading)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n", "\r"])
    def test_a_file_of_passwords_may_be_of_any_system(self, tmp_path, encoding, end):
        path = tmp_path / "passwords.txt"
        path.write_bytes(f"{WORD}\u2028\u00e9 {end}".encode(encoding))

        with path.open("rb") as file:
            given = passwords.from_descriptor(file.fileno())

        assert list(given("crc")) == [f"{WORD}\u2028\u00e9 "]

    @pytest.mark.parametrize("content", [WORD.encode("utf-16-le"), b"\xff\xfe1", b"\xe9" + WORD.encode(), b"\0"])
    def test_what_is_no_text_holds_no_password(self, tmp_path, content):
        path = tmp_path / "passwords.txt"
        path.write_bytes(content)

        with path.open("rb") as file, pytest.raises(ExtractsUnusable) as raised:
            passwords.from_descriptor(file.fileno())
        assert str(raised.value) == (
            "--password-fd: what it gives is no text. Save the passwords as UTF-8, one a line."
        )

    @pytest.mark.parametrize("number", [-1, 987, 2**40])
    def test_a_descriptor_that_is_not_open_is_named(self, number):
        with pytest.raises(ExtractsUnusable, match="--password-fd"):
            passwords.from_descriptor(number)

    @pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no terminal to open")
    def test_a_terminal_is_no_file_of_passwords(self):
        ends = os.openpty()

        with pytest.raises(ExtractsUnusable, match="is a terminal, which would show what is typed"):
            passwords.from_descriptor(ends[1])

        for end in ends:
            os.close(end)

    def test_without_a_terminal_nobody_is_asked(self, monkeypatch):
        monkeypatch.setattr(sys, "stdin", io.StringIO("no terminal"))

        assert list(passwords.from_terminal()("crc")) == []

    def test_a_person_is_asked_unseen_and_only_for_what_earlier_words_do_not_open(self, monkeypatch):
        typed, asked = iter(["one", "two", ""]), []
        monkeypatch.setattr(sys, "stdin", type("Terminal", (), {"isatty": lambda self: True})())
        monkeypatch.setattr("getpass.getpass", lambda prompt, stream: asked.append(prompt) or next(typed))

        given = passwords.from_terminal()

        assert next(given("crc")) == "one"
        assert list(given("post")) == ["one", "two"]
        of_post = "Password of the workbook of the table post: "
        assert asked == ["Password of the workbook of the table crc: ", of_post, f"That does not open it. {of_post}"]

    @pytest.mark.parametrize(
        ("typed", "times"), [([WORD], 1), (["wrong", WORD], 2), (["wrong", "", WORD], 2)], ids=["right", "then", "none"]
    )
    def test_nobody_is_asked_once_more_than_the_lock_needs(self, monkeypatch, typed, times):
        asked, words = [], iter(typed)
        monkeypatch.setattr(sys, "stdin", type("Terminal", (), {"isatty": lambda self: True})())
        monkeypatch.setattr("getpass.getpass", lambda prompt, stream: asked.append(prompt) or next(words))

        with contextlib.suppress(ExtractsUnusable):
            typed_files.workbook(self.CONTENT, DAYS, passwords.from_terminal())

        assert len(asked) == times


def spss(tmp_path, columns, **more):
    path = tmp_path / "made.sav"
    pyreadstat.write_sav(pandas.DataFrame(columns), path, **more)
    return path.read_bytes()


@pytest.fixture
def file(tmp_path):
    """A file of SPSS with each kind of value."""
    columns = {
        "delivery_id": ["D1", CANARY, ""],
        "carried_on": [datetime.date(2020, 2, 29), None, datetime.date(1582, 10, 15)],
        "trusted_person": [1.0, 2.0, 9.0],
        "closed_container": ["yes", "no", ""],
        "found": [datetime.datetime(2020, 7, 1, 12, 30), None, None],
        "weight": [0.1, 7.0, float("nan")],
    }
    labels, missing = {1: "Yes", 2: "NO", 9: "refused"}, {"trusted_person": [9]}
    return spss(tmp_path, columns, variable_value_labels={"trusted_person": labels}, missing_ranges=missing)


class TestSpss:
    def test_each_value_is_the_text_that_says_it(self, file):
        read = spss_files.table_of(file, DELIVERIES).to_pydict()

        assert read == {
            "delivery_id": ["D1", CANARY, None],
            "carried_on": ["2020-02-29", None, "1582-10-15"],
            "trusted_person": ["yes", "no", None],
            "closed_container": ["yes", "no", None],
            "column 5": ["2020-07-01T12:30:00", None, None],
            "column 6": ["0.1", "7", None],
        }

    def test_the_header_is_read_without_a_value(self, file):
        assert spss_files.header_of(file, DELIVERIES)[:2] == ["delivery_id", "carried_on"]

    @pytest.mark.parametrize("spoil", [lambda c: c[:-1], lambda c: c[:300], lambda c: b"", lambda c: b"$FL3" + c[4:]])
    def test_a_cut_or_packed_one_is_refused(self, file, spoil):
        refusal(spss_files.table_of, spoil(file), table=DELIVERIES)

    def test_a_file_that_brings_its_reader_down_is_refused(self, file, monkeypatch):
        """The process is really killed, as a fault in the library would."""
        code = f"import os; os.write(2, b'{CANARY}'); os.abort()"
        run = subprocess.run
        monkeypatch.setattr(subprocess, "run", lambda command, **how: run([sys.executable, "-c", code], **how))

        assert "cannot be read as a file of SPSS" in refusal(spss_files.table_of, file, table=DELIVERIES)

    def test_a_day_of_no_calendar_is_refused(self, tmp_path):
        content = spss(
            tmp_path, {"delivery_id": ["D1"], "carried_on": [1e17]}, variable_format={"carried_on": "DATE11"}
        )

        assert "column 2 has a value that is no" in refusal(spss_files.table_of, content, table=DELIVERIES)

    def test_more_rows_than_bytes_are_not_believed(self, file):
        at = 80  # where the header says how many rows there are
        content = file[:at] + (2**30).to_bytes(4, "little") + file[at + 4 :]

        refusal(spss_files.table_of, content, table=DELIVERIES)

    @pytest.mark.parametrize("name", [b"=weight", b"WEIGHT  "], ids=["its long name", "its short name"])
    @pytest.mark.parametrize("read", [spss_files.table_of, spss_files.header_of])
    def test_a_column_without_a_name_is_refused(self, file, name, read):
        """SPSS writes none: blanks stand where the name did, and the library reads no name at all."""
        assert file.count(name) == 1

        content = file.replace(name, name[:1].replace(b"W", b" ") + b" " * (len(name) - 1))

        assert "cannot be read as a file of SPSS" in refusal(read, content, table=DELIVERIES)
