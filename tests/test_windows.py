"""Paths and ends of lines as Windows writes them: read as what they are, or refused, on every system alike."""

from __future__ import annotations

import json
import os
from codecs import BOM_UTF8

import pytest

from dpia_checks import extract_files, manifests, passwords, proposing, terms
from dpia_checks.errors import InputUnusable

from .plugin.test_nothing_leaks import CANARY

HEADER = "day_id,day_person,day"
ROWS = "1,P01,2020-01-01\n2,P02,2020-02-29\n"
FACTS = {"manifest_version": 1, "dpia": "fod", "name": "x", "origin": "synthetic", "taken_on": "2022-10-01"}


def as_windows(text):
    """Return *text* as the programs of Windows save it: marked as UTF-8, and with two characters at a line's end."""
    return BOM_UTF8 + text.replace("\n", "\r\n").encode()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "set"
    made.mkdir()
    (made / "download_days.csv").write_bytes(as_windows(f"{HEADER}\n{ROWS}"))
    return made


def listed(folder, file, **more):
    facts = {**FACTS, "tables": {"download_days": {"file": file, **more}}}
    (folder / "manifest.json").write_bytes(as_windows(json.dumps(facts, indent=1) + "\n"))
    return folder


def cells(folder):
    return extract_files.read(folder).texts["download_days"].to_pydict()


READ = {"day_id": ["1", "2"], "day_person": ["P01", "P02"], "day": ["2020-01-01", "2020-02-29"]}


@pytest.mark.parametrize(
    "file", ["download_days.csv", ".\\download_days.csv", "./download_days.csv", ".\\.\\download_days.csv"]
)
def test_a_file_of_the_folder_is_read_however_its_path_is_written(folder, file):
    assert cells(listed(folder, file)) == READ


OUTSIDE = [
    "C:\\set\\download_days.csv",
    "C:/set/download_days.csv",
    "C:download_days.csv",
    "\\download_days.csv",
    "\\\\server\\share\\download_days.csv",
    "//server/share/download_days.csv",
    "\\\\?\\C:\\set\\download_days.csv",
    "..\\set\\..\\download_days.csv",
    "below\\..\\..\\download_days.csv",
    "~\\download_days.csv",
    "%USERPROFILE%\\download_days.csv",
    "NUL",
    "download_days.csv:stream",
]


@pytest.mark.parametrize("file", OUTSIDE)
def test_a_path_with_a_drive_a_server_or_a_way_out_is_refused(folder, file):
    (folder.parent / "download_days.csv").write_text(CANARY)

    with pytest.raises(InputUnusable, match="the file it names is not in the folder") as raised:
        extract_files.read(listed(folder, file))
    assert CANARY not in str(raised.value)
    assert file not in str(raised.value)


def test_capitals_make_another_name_where_the_system_says_so(folder, monkeypatch):
    facts = manifests.read(listed(folder, "Download_Days.CSV"))
    (said,) = extract_files._others(folder, facts)
    assert said.what == "1 files that manifest.json does not list"

    monkeypatch.setattr(os.path, "normcase", str.casefold)  # as on Windows

    assert extract_files._others(folder, facts) == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_cell_keeps_the_line_that_it_breaks(folder, end):
    (folder / "download_days.csv").write_bytes(f'{HEADER}{end}1,"P{end}01",2020-01-01{end}'.encode())

    assert cells(listed(folder, "download_days.csv"))["day_person"] == [f"P{end}01"]


def test_a_mapping_as_excel_saves_it_names_a_header_in_cp1252(folder):
    (folder / "download_days.csv").write_bytes("Sélectionné,day_person,Tag\r\n1,P01,29/02/2020\r\n".encode("cp1252"))
    mapping = "table,column,header,format\ndownload_days,day_id,Sélectionné,\ndownload_days,day,Tag,dd/mm/yyyy\n"
    (folder / "mapping.csv").write_bytes(as_windows(mapping))

    read = extract_files.read(listed(folder, "download_days.csv"))

    assert read.texts["download_days"].to_pydict() == {"day_id": ["1"], "day_person": ["P01"], "day": ["2020-02-29"]}
    assert read.facts.guessed == ("download_days",)
    assert proposing.headers(folder, "fod", passwords.none) == {"download_days": ["Sélectionné", "day_person", "Tag"]}


def test_a_mapping_in_cp1252_is_told_how_to_be_saved(folder):
    (folder / "mapping.csv").write_bytes("table,column,header,format\r\ndownload_days,day_id,é,\r\n".encode("cp1252"))

    with pytest.raises(InputUnusable) as raised:
        extract_files.read(listed(folder, "download_days.csv"))
    assert str(raised.value) == "mapping.csv: the file is not comma-separated UTF-8 text. Save it as CSV UTF-8."


@pytest.mark.parametrize("dpia", ["fod", "lge"])
def test_the_terms_are_the_same_with_the_ends_of_lines_of_windows(tmp_path, dpia):
    (tmp_path / dpia).mkdir()
    for path in (terms.FOLDER / dpia).glob("*.csv"):
        (tmp_path / dpia / path.name).write_bytes(as_windows(path.read_text(encoding="utf-8")))

    found, expected = terms.load(dpia, tmp_path), terms.load(dpia)

    assert {need: each.lines for need, each in found.items()} == {need: each.lines for need, each in expected.items()}


def test_a_table_without_a_row_may_end_its_header_as_windows_does(folder):
    (folder / "download_days.csv").write_bytes(as_windows(f"{HEADER}\n"))

    assert cells(listed(folder, "download_days.csv", rows=0)) == {name: [] for name in HEADER.split(",")}
