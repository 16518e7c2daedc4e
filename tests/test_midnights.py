"""One table comes to one verdict in every format, also where a time of day is midnight or was never written."""

from __future__ import annotations

import datetime
import io
import warnings
import zipfile

import openpyxl
import pandas
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
import xlwt

from dpia_checks import apart, extract_files, midnights, schema, typed_files
from dpia_checks.checks.breach import told_late
from dpia_checks.errors import ExtractsUnusable

from .plugin.test_nothing_leaks import CANARY

HEADER = ("breach_id", "notifiable", "detected_at", "ico_told_at", "investigated_on")


def at(text):
    return datetime.datetime.fromisoformat(text)


def on(text):
    return datetime.date.fromisoformat(text)


ROWS = [
    ("1", "yes", at("2020-01-10T00:00"), at("2020-01-13T00:00"), on("2020-01-14")),
    ("2", "yes", at("2020-07-01T00:00"), at("2020-07-04T00:01"), on("2020-07-14")),
    ("3", "yes", at("2020-03-28T00:00"), at("2020-03-31T01:00"), on("2020-04-01")),
    ("4", "yes", at("2020-10-23T00:00"), at("2020-10-26T00:00"), on("2020-10-27")),
    ("5", "yes", at("2020-06-30T00:00:00"), at("2020-07-01T12:30:15"), None),
]
"""Told after 72 hours, a minute late, after 72 hours with the clocks put forward, 73 with them put back, in time."""
READ = [
    ("2020-01-10T00:00:00+00:00", "2020-01-13T00:00:00+00:00"),
    ("2020-07-01T00:00:00+01:00", "2020-07-04T00:01:00+01:00"),
    ("2020-03-28T00:00:00+00:00", "2020-03-31T01:00:00+01:00"),
    ("2020-10-23T00:00:00+01:00", "2020-10-26T00:00:00+00:00"),
    ("2020-06-30T00:00:00+01:00", "2020-07-01T12:30:15+01:00"),
]
SHOWN = {
    "as Excel does by itself": ("dd/mm/yyyy hh:mm", "dd/mm/yyyy"),
    "as a database exports": ("yyyy-mm-dd\\ hh:mm:ss", '"on "d mmmm yyyy'),
    "in words of another country": ("[$-809]d mmm yyyy h:mm AM/PM;@", "[$-809]d mmm yyyy;@"),
    "by the number of a format": ("m/d/yy h:mm", "mm-dd-yy"),
}


def csv(rows, path, shown):
    lines = [
        ",".join("" if cell is None else getattr(cell, "isoformat", lambda c=cell: c)() for cell in r) for r in rows
    ]
    path.write_text("\n".join([",".join(HEADER), *lines]))


def xlsx(rows, path, shown):
    book = openpyxl.Workbook()
    for number, row in enumerate([HEADER, *rows], start=1):
        for place, value in enumerate(row, start=1):
            cell = book.active.cell(number, place, value)
            if isinstance(value, datetime.date):
                cell.number_format = shown[type(value) is datetime.date]
    book.save(path)


def xls(rows, path, shown):
    book = xlwt.Workbook()
    sheet = book.add_sheet("only")
    styles = [xlwt.easyxf(num_format_str=code) for code in shown]
    for number, row in enumerate([HEADER, *rows]):
        for place, value in enumerate(row):
            style = [styles[type(value) is datetime.date]] if isinstance(value, datetime.date) else []
            if value is not None:
                sheet.write(number, place, value, *style)
    book.save(str(path))


def columns(rows):
    return dict(zip(HEADER, map(list, zip(*rows, strict=True)), strict=True))


def sav(rows, path, shown):
    pyreadstat.write_sav(
        pandas.DataFrame({name: pandas.Series(c, dtype=object) for name, c in columns(rows).items()}), path
    )


def parquet(rows, path, shown):
    pq.write_table(pa.table(columns(rows)), path)


KINDS = {
    "csv": (csv, "pandas"),
    "xlsx": (xlsx, "pandas"),
    "xls": (xls, "pandas"),
    "sav": (sav, "pandas"),
    "parquet": (parquet, "pandas"),
    "parquet, scanned by polars": (parquet, "polars"),
    "parquet, scanned by duckdb": (parquet, "duckdb"),
}


def read(folder, rows, kind, shown=SHOWN["as Excel does by itself"]):
    write, engine = KINDS[kind]
    write(rows, folder / f"breaches.{kind.partition(',')[0]}", shown)
    return extract_files.read(folder, dpia="fod", as_of="2022-10-01", approval="D-1", engine=engine)


def late(extracts):
    found = told_late(
        extracts["breaches"], told="ico_told_at", since="detected_at", hours=72, of={"notifiable": ["yes"]}
    )
    return sorted({(one.row, one.column) for one in found.found})


@pytest.mark.parametrize("kind", KINDS)
def test_the_verdict_is_one(tmp_path, kind):
    extracts = read(tmp_path, ROWS, kind)

    assert late(extracts) == [(2, "ico_told_at"), (4, "ico_told_at")]
    if "scanned" not in kind:
        text = extracts.texts["breaches"].to_pydict()
        assert list(zip(text["detected_at"], text["ico_told_at"], strict=True)) == READ
        assert text["investigated_on"] == [row[4] and row[4].isoformat() for row in ROWS]


@pytest.mark.parametrize("shown", SHOWN.values(), ids=SHOWN)
@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_workbook_is_read_alike_however_its_cells_are_shown(tmp_path, kind, shown):
    extracts = read(tmp_path, ROWS, kind, shown)

    text = extracts.texts["breaches"].to_pydict()
    assert list(zip(text["detected_at"], text["ico_told_at"], strict=True)) == READ


@pytest.mark.parametrize("kind", ["csv", "xlsx", "xls"])
def test_a_day_without_a_time_is_no_instant(tmp_path, kind):
    """Nobody wrote when on that day the regulator was told, so that no midnight is put in its place."""
    rows = [ROWS[0], ("2", "yes", at("2020-07-01T00:00"), on("2020-07-02"), on("2020-07-14"))]

    extracts = read(tmp_path, rows, kind)

    assert extracts.texts["breaches"]["ico_told_at"].to_pylist() == [READ[0][1], "2020-07-02"]
    assert late(extracts) == [(2, "ico_told_at")]


@pytest.mark.parametrize("kind", ["sav", "parquet", "parquet, scanned by polars", "parquet, scanned by duckdb"])
def test_a_column_of_days_holds_no_instant(tmp_path, kind):
    rows = [(*row[:3], on("2020-07-02"), row[4]) for row in ROWS[1:3]]

    assert late(read(tmp_path, rows, kind)) == [
        (1, "ico_told_at"),
        (2, "ico_told_at"),
    ]


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ("dd/mm/yyyy", False),
        ("mmm-yy", False),
        ('d "hours" mmm', False),
        (r"d\h mmm", False),
        ("d_h", False),
        ("[Red]dd/mm", False),
        ("[$-809]dd mmmm", False),
        ("hh:mm", True),
        ("[h]:mm", True),
        ("[ss]", True),
        ("mm:ss.0", True),
        ("dd/mm/yyyy HH:MM", True),
        ("", False),
    ],
)
def test_which_formats_show_a_time(code, shows):
    assert midnights.shows_time(code) is shows


def test_a_sheet_of_several_is_looked_at_by_its_name(tmp_path):
    book = xlwt.Workbook()
    clock, day = (xlwt.easyxf(num_format_str=code) for code in ("dd/mm/yyyy hh:mm", "dd/mm/yyyy"))
    for name, style in (("Notes", day), ("Breaches", clock), ("caf\u0113", day)):
        sheet = book.add_sheet(name)
        sheet.write(0, 0, "detected_at")
        sheet.write(1, 0, at("2020-01-10T00:00"), style)
    book.save(str(tmp_path / "x.xls"))
    content = (tmp_path / "x.xls").read_bytes()

    assert midnights.shown_in_old(content, "breaches") == {(1, 0)}
    assert midnights.shown_in_old(content, "notes") == set()
    assert midnights.shown_in_old(content, "post") == set()


def test_what_cannot_be_looked_through_twice_is_refused(tmp_path, monkeypatch):
    xlsx(ROWS, tmp_path / "x.xlsx", SHOWN["as Excel does by itself"])
    content, asked, parse = (tmp_path / "x.xlsx").read_bytes(), [], apart.parse

    def once(*words):
        asked.append(words)
        if len(asked) > 1:
            raise ValueError(CANARY)
        return parse(*words)

    monkeypatch.setattr(apart, "parse", once)
    with pytest.raises(ExtractsUnusable, match="how its cells are shown cannot be told") as raised:
        typed_files.workbook(content, schema.load("fod")["breaches"])
    assert CANARY not in str(raised.value)


def test_a_part_of_a_workbook_that_stands_there_twice_is_not_named(recwarn):
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore")
        for _ in range(2):
            archive.writestr(f"xl/{CANARY}.xml", CANARY)

    assert zipfile.ZipFile(io.BytesIO(midnights.without_days(made.getvalue()))).namelist() == [f"xl/{CANARY}.xml"]
    assert not recwarn.list
