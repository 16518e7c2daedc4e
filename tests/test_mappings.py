"""A mapping says what a file calls its columns and how it writes days; nothing is guessed, and no header is told."""

from __future__ import annotations

import json
import traceback

import pyarrow as pa
import pytest

from dpia_checks import extract_files, mappings, schema
from dpia_checks.errors import ExtractsUnusable
from dpia_checks.records import ExtractSet, SetFacts

CANARY = "c4n4ry"
LINES = "table,column,header,format\n"


class Folder:
    """An extract set of one table, whose file is put there by each test."""

    def __init__(self, path, described):
        self.path = path
        text = pa.table({name: pa.array(["x"]) for name in described["download_days"].columns})
        facts = SetFacts("fod", "mine", "synthetic", "2020-12-31")
        extract_files.write(ExtractSet({"download_days": text}, described, facts), path)

    def put(self, content, mapping=None):

        (self.path / "download_days.csv").write_text(content, encoding="utf-8")
        manifest = json.loads((self.path / "manifest.json").read_text())
        manifest["tables"] = {"download_days": {"file": "download_days.csv"}}
        (self.path / "manifest.json").write_text(json.dumps(manifest))
        if mapping is not None:
            (self.path / "mapping.csv").write_text(LINES + mapping, encoding="utf-8")

    def read(self, **options):
        return extract_files.read(self.path, **options)

    def refused(self, **options):
        with pytest.raises(ExtractsUnusable) as raised:
            self.read(**options)
        assert CANARY not in str(raised.value) + "".join(traceback.format_exception(raised.value))
        return str(raised.value)


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / CANARY, schema.load("fod"))


def test_a_header_in_other_words_is_the_column_that_the_mapping_says(folder):
    folder.put("Ref,day_person,day\n1,P01,2020-01-01\n", "download_days,day_id, REF ,\n")

    read = folder.read()

    assert read["download_days"].header == ("day_id", "day_person", "day")
    assert set(read.facts.digests) == {"download_days", "mapping.csv"}


def test_without_a_line_it_is_unknown(folder):
    folder.put("Ref,day_person,day\n1,P01,2020-01-01\n", "")

    assert folder.read()["download_days"].header == ("column 1", "day_person", "day")


def test_a_mapping_may_be_elsewhere_and_goes_before_the_one_in_the_folder(folder, tmp_path):
    folder.put("Ref,day_person,day\n1,P01,2020-01-01\n", "download_days,day_person,Ref,\n")
    other = tmp_path / f"{CANARY}.csv"
    other.write_text(LINES + "download_days,day_id,Ref,\n", encoding="utf-8")

    assert folder.read(mapping=other)["download_days"].header == ("day_id", "day_person", "day")


@pytest.mark.parametrize("header", ["day_id,day_person,day,Ref", "Other,day_person,day,More"], ids=["both", "neither"])
def test_a_mapped_header_is_in_the_file_in_place_of_the_column(folder, header):
    folder.put(f"{header}\n1,P01,2020-01-01,2\n", "download_days,day_id,Ref,\n")

    with pytest.raises(ExtractsUnusable, match="another header to day_id, and the file has neither or both"):
        folder.read()


def test_days_are_day_first_when_the_mapping_says_so(folder):
    folder.put("day_id,day_person,day\n1,P01,03/04/2020\n2,P,29/02/2021\n3,P,2020-04-03\n4,P,3/4/20\n", None)
    assert [v.row for v in folder.read()["download_days"].unreadable(("day",))] == [1, 2, 4]

    folder.put(
        "day_id,day_person,day\n1,P01,03/04/2020\n2,P,29/02/2021\n3,P,2020-04-03\n4,P,3/4/20\n",
        "download_days,day,,dd/mm/yyyy\n",
    )
    read = folder.read()

    assert read.texts["download_days"]["day"].to_pylist()[0] == "2020-04-03"
    assert [v.row for v in read["download_days"].unreadable(("day",))] == [2, 4]


TIMES = {
    "winter": ("2020-01-01T09:00", "2020-01-01T09:00+00:00"),
    "summer": ("2020-07-01T09:00:59", "2020-07-01T09:00:59+01:00"),
    "the last minute before the clocks go forward": ("2020-03-29T00:59", "2020-03-29T00:59+00:00"),
    "a time that no clock showed": ("2020-03-29T01:00", "2020-03-29T01:00"),
    "the first minute after": ("2020-03-29T02:00", "2020-03-29T02:00+01:00"),
    "a time that clocks showed twice": ("2020-10-25T01:59", "2020-10-25T01:59"),
    "before they went back": ("2020-10-25T00:59", "2020-10-25T00:59+01:00"),
    "after they went back": ("2020-10-25T02:00", "2020-10-25T02:00+00:00"),
    "one that has its offset": ("2020-01-01T09:00+01:00", "2020-01-01T09:00+01:00"),
    "a day that is none": ("2021-02-29T09:00", "2021-02-29T09:00"),
    "a space before the time": ("2020-07-01 09:00:59", "2020-07-01T09:00:59+01:00"),
    "words": ("nine", "nine"),
    "nothing": (None, None),
}


@pytest.mark.parametrize(("cell", "read"), TIMES.values(), ids=TIMES)
def test_a_time_without_an_offset_is_londons_when_the_mapping_says_so(cell, read):
    assert mappings.rewritten(pa.chunked_array([[cell]], pa.string()), "London").to_pylist() == [read]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("01/07/2020 09:00", "2020-07-01T09:00+01:00"),
        ("01/07/2020T09:00:01", "2020-07-01T09:00:01+01:00"),
        ("2020-07-01T09:00", "2020-07-01T09:00+01:00"),
        ("1/7/2020 9:00", "1/7/2020 9:00"),
        ("31/02/2020 09:00", "2020-02-31T09:00"),
    ],
)
def test_a_time_may_be_day_first_too(cell, read):
    assert mappings.rewritten(pa.chunked_array([[cell]], pa.string()), "dd/mm/yyyy London").to_pylist() == [read]


WRONG = {
    "an unknown table": (f"{CANARY},day,x,\n", "mapping.csv:2: no table of that name"),
    "an unknown column": (f"download_days,{CANARY},x,\n", "mapping.csv:2: its table has no such column"),
    "an unknown format": (f"download_days,day,,{CANARY}\n", "the format is unknown"),
    "the format of another type": ("download_days,day,,London\n", "not for that column"),
    "a day for a time": ("breaches,detected_at,,dd/mm/yyyy\n", "dd/mm/yyyy London or London of an instant"),
    "nothing said": ("download_days,day,,\n", "it says nothing"),
    "a header of signs": ("download_days,day,##,\n", "no letter or digit"),
    "a column twice": (f"download_days,day,{CANARY},\ndownload_days,day,b,\n", "mapping.csv:3: a second line"),
    "a header twice": (f"download_days,day,{CANARY},\ndownload_days,day_id,{CANARY},\n", "a second column for one"),
    "another column's name": ("download_days,day,day_id,\n", "the name of another column"),
    "too few cells": (f"download_days,{CANARY}\n", "mapping.csv:2: 2 cells where the header has 4"),
    "an open quote": (f'download_days,"{CANARY}\n', "mapping.csv: the file is not comma-separated"),
}


@pytest.mark.parametrize(("lines", "said"), WRONG.values(), ids=WRONG)
def test_a_line_that_is_wrong_is_named_by_its_number(folder, lines, said):
    folder.put("day_id,day_person,day\n1,P01,2020-01-01\n", lines)

    assert said in folder.refused()


def test_a_mapping_that_is_not_there(folder, tmp_path):
    folder.put("day_id,day_person,day\n1,P01,2020-01-01\n")

    assert "--mapping: there is no such file" in folder.refused(mapping=tmp_path / f"{CANARY}.csv")


def test_a_mapping_that_is_a_link(folder, tmp_path):
    folder.put("day_id,day_person,day\n1,P01,2020-01-01\n")
    (tmp_path / "elsewhere.csv").write_text(LINES, encoding="utf-8")
    (folder.path / "mapping.csv").symlink_to(tmp_path / "elsewhere.csv")

    assert "mapping.csv: it is no file of the folder" in folder.refused()
