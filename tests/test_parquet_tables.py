"""A Parquet file is scanned where it lies, and what it shows is what the same values show as text."""

from __future__ import annotations

import datetime
import decimal
import functools
import math
import random
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dpia_checks import typed_files
from dpia_checks.engines import SCANNING, collected
from dpia_checks.errors import ExtractsUnusable
from dpia_checks.parquet_tables import from_footer
from dpia_checks.records import Records, positions
from dpia_checks.rules import is_above, is_any_of, is_below, is_blank
from dpia_checks.rules_of_time import is_after_day, is_before_day
from dpia_checks.schema import Table
from dpia_checks.violations import KEYED, Violation

from .engines import TESTED

HERE = [engine for engine in SCANNING if engine in TESTED]
FIRST, NOON = datetime.datetime(2020, 1, 1), datetime.datetime(2020, 7, 1, 12, 30)
CHANGE = datetime.datetime(2020, 10, 25, 0, 30)
CANARY = "c4n4ry"
UTC = pa.timestamp("us", "UTC")
FRACTIONS = [0.0, 0.1, 0.1 + 0.2, 1e-6, 1e-7, 5e-7, 1.5, 2.675, 1e15, -1e15, 1e15 - 1, 9e9 + 2**-19, 1e300, 12.3456789]
SPECIAL = [math.nan, math.inf, -math.inf, None, 3.0, -3.0, 3.5]
WHOLE = [0, -1, 7, None, 10**15 - 1, 10**15, -(10**15), 2**63 - 1, -(2**63)]
TEXTS = [
    "a",
    "A",
    "A ",
    "A\n",
    "YES",
    "No",
    "\uff21",
    "",
    None,
    "2020-02-29",
    "2019-02-29",
    "2020-02-29\n",
    "\uff17",
    "7",
    "yes",
    "Yes",
    CANARY,
    "2020-07-01T10:00Z",
]
DAYS = [datetime.date(*day) for day in ((999, 12, 31), (1000, 1, 1), (2020, 2, 29), (2999, 12, 31), (3000, 1, 1))]
MOMENTS = [FIRST, NOON, None, FIRST + datetime.timedelta(microseconds=1), datetime.datetime(3000, 1, 1)]
INSTANTS = [NOON, CHANGE, CHANGE + datetime.timedelta(hours=1), None, NOON + datetime.timedelta(milliseconds=1)]
CASES = {
    "fractions as decimals": ("decimal", pa.array(FRACTIONS + SPECIAL, pa.float64())),
    "fractions as integers": ("integer", pa.array(FRACTIONS + SPECIAL, pa.float64())),
    "short fractions": ("decimal", pa.array([0.5, 0.1, None], pa.float32())),
    "integers": ("integer", pa.array(WHOLE, pa.int64())),
    "integers as decimals": ("decimal", pa.array(WHOLE, pa.int64())),
    "small integers": ("integer", pa.array([1, None, -128, 127], pa.int8())),
    "integers as text": ("text", pa.array(WHOLE, pa.int64())),
    "integers as a code": ("code", pa.array([1, 2, 3, None], pa.int16())),
    "days": ("date", pa.array([*DAYS, None], pa.date32())),
    "moments as days": ("date", pa.array(MOMENTS, pa.timestamp("us"))),
    "instants": ("instant", pa.array(INSTANTS, UTC)),
    "instants in London": ("instant", pa.array(INSTANTS, pa.timestamp("us", "Europe/London"))),
    "instants in milliseconds": ("instant", pa.array(INSTANTS, pa.timestamp("ms", "Asia/Tokyo"))),
    "answers": ("yes_no", pa.array([True, False, None])),
    "categories": ("code", pa.array(TEXTS).dictionary_encode()),
    "long texts": ("text", pa.array(TEXTS, pa.large_string())),
    "nothing": ("date", pa.array([None, None], pa.date32())),
    "no rows": ("instant", pa.array([], UTC)),
    **{f"text as {type}": (type, pa.array(TEXTS)) for type in ("text", "integer", "date", "yes_no", "code")},
}


@pytest.fixture
def cells(tmp_path, described):
    """Write columns to a Parquet file; return the description of their table, and its path."""

    def write(**columns: tuple[str, pa.Array]) -> tuple[Table, Path]:
        values = {"code": ("a", "7", "1", "2")}
        made = {name: described("t", name, type, values=values.get(type, ())) for name, (type, _) in columns.items()}
        path = tmp_path / "t.parquet"
        pq.write_table(pa.table({name: cells for name, (_, cells) in columns.items()}), path, row_group_size=4)
        return Table("t", made), path

    return write


NOT_SCANNED = {
    "nanoseconds, which engines cut off": pa.array([NOON], pa.timestamp("ns", "UTC")),
    "a zone without a name, at which polars breaks": pa.array([NOON], pa.timestamp("us", "+05:30")),
    "a zone that nobody knows, which DuckDB takes for UTC": pa.array([NOON], pa.timestamp("us", "Zq7/Nowhere")),
    "a moment beyond the calendar": pa.array([10**18], pa.int64()).cast(pa.timestamp("us", "UTC")),
}


@pytest.mark.parametrize("moments", NOT_SCANNED.values(), ids=NOT_SCANNED)
def test_what_engines_read_in_their_own_way_is_said_as_text_first(cells, moments):
    table, path = cells(cell=("instant", moments))

    assert typed_files.scanned(path, table) is None


@pytest.mark.parametrize("heading", ["row", "File_Row_Number", "_metadata", "", "CELL"])
def test_a_heading_that_an_engine_takes_for_another_is_said_as_text_first(tmp_path, described, heading):
    """DuckDB and Spark know no capitals in a heading, and each engine adds columns of its own to a scan."""
    table = Table("t", {"cell": described("t", "cell", "text")})
    pq.write_table(pa.table({heading: [CANARY], "cell": ["x"]}), tmp_path / "t.parquet")

    assert typed_files.scanned(tmp_path / "t.parquet", table) is None
    assert typed_files.parquet((tmp_path / "t.parquet").read_bytes(), table)["cell"].to_pylist() == ["x"]


def two_things_of_a_column(path: Path) -> Path:
    """Write a file whose footer calls one column text in one place and yes or no in another."""
    pq.write_table(pa.table({"cell": ["x", "y"]}), path)
    content = path.read_bytes()
    footer = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    at = content.index(b"\x15\x0c", content.index(b"\x19\x1c\x19", footer))  # thrift: the type, BYTE_ARRAY
    path.write_bytes(content[:at] + b"\x15\x00" + content[at + 2 :])
    return path


def test_a_footer_that_says_two_things_of_a_column_does_not_end_the_process(tmp_path, described):
    """In a process of its own, since a library that is not written in Python ends it."""
    path = two_things_of_a_column(tmp_path / "t.parquet")
    code = f"from dpia_checks.parquet_tables import from_footer; from_footer(__import__('pathlib').Path({str(path)!r}))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode < 0, "it would end the process"
    assert typed_files.scanned(path, Table("t", {"cell": described("t", "cell", "text")})) is None


class TestWhatIsReadWhereItLies:
    @pytest.mark.parametrize("engine", HERE)
    @pytest.mark.parametrize(
        ("name", "neighbour"), [("ex[1]", "ex1"), ("ex*", "exact"), ("ex?", "ex1"), ("{a,b}", "a"), ("cell=z", "b")]
    )
    def test_is_not_in_a_folder_whose_name_is_alike(self, tmp_path, described, engine, name, neighbour):
        """An engine that took the path for a pattern would read an extract that nobody approved."""
        for folder, cell in ((name, "x"), (neighbour, CANARY)):
            (tmp_path / folder).mkdir()
            pq.write_table(pa.table({"cell": [cell]}), tmp_path / folder / "t.parquet")
        table = Table("t", {"cell": described("t", "cell", "text")})

        scan = typed_files.scanned(tmp_path / name / "t.parquet", table)

        assert collected(Records(table, scan, engine=engine).read("cell"))["cell"].to_list() == ["x"]


class TestWhatIsScanned:
    @pytest.mark.parametrize("engine", HERE)
    @pytest.mark.parametrize("case", CASES)
    def test_is_what_the_same_values_are_as_text(self, cells, engine, case):
        """On pandas a Parquet file is text first; what is scanned gives the same values and the same violations."""
        table, path = cells(cell=CASES[case], place=("integer", pa.array(range(len(CASES[case][1])), pa.int64())))
        text = typed_files.parquet(path.read_bytes(), table)
        scan = typed_files.scanned(path, table)

        expected = by_place(Records(table, text))

        assert scan is not None
        assert by_place(Records(table, scan, engine=engine)) == expected

    @pytest.mark.parametrize("engine", HERE)
    def test_a_thousand_random_fractions_are_read_as_their_text(self, cells, engine):
        draw = random.Random(7)
        some = [round(draw.uniform(-1e9, 1e9), draw.randint(0, 9)) for _ in range(1000)]
        table, path = cells(cell=("decimal", pa.array(some)), place=("integer", pa.array(range(1000))))

        scan = typed_files.scanned(path, table)

        text = typed_files.parquet(path.read_bytes(), table)
        assert by_place(Records(table, scan, engine=engine)) == by_place(Records(table, text))

    @pytest.mark.parametrize(
        ("type", "strange"),
        [
            ("text", pa.array([decimal.Decimal("1.5")])),
            ("text", pa.array([1], pa.uint64())),
            ("text", pa.array([[1]])),
            ("text", pa.array([1.5])),
            ("instant", pa.array([NOON])),
            ("instant", pa.array(["2020-07-01 12:30"])),
        ],
    )
    def test_a_column_whose_values_have_to_be_said_as_text_first_is_not(self, cells, type, strange):
        table, path = cells(cell=(type, strange))

        assert typed_files.scanned(path, table) is None

    def test_a_column_that_the_schema_does_not_know_may_hold_anything(self, cells):
        table, path = cells(a=("text", pa.array(["x"])), b=("text", pa.array(["y"])), c=("text", pa.array([[1]])))
        known = Table("t", {name: table.columns[name] for name in "ab"})

        assert typed_files.scanned(path, known).column_names == ("a", "b", "column 3")

    @pytest.mark.parametrize("engine", ["polars", "duckdb"])
    def test_rows_are_counted_from_1_across_the_parts_of_a_file(self, cells, engine):
        table, path = cells(cell=("integer", pa.array(range(11))))

        frame = Records(table, typed_files.scanned(path, table), engine=engine).read("cell")

        assert positions(frame.filter(is_above("cell", 4))) == [6, 7, 8, 9, 10, 11]

    def test_its_repr_shows_neither_path_nor_heading(self, cells):
        _, path = cells(**{CANARY: ("text", pa.array([CANARY]))})

        assert (
            repr(from_footer(path).rename_columns(["column 1"]))
            == "ParquetTable(column_names=('column 1',), num_rows=1)"
        )


def by_place(records: Records) -> tuple[list[str], list[int]]:
    """Return the values and the places of the unreadable cells of the column ``cell``, in order of ``place``."""
    lines = collected(records.read("place", "cell")).to_arrow().to_pylist()
    places = {line["row"]: line["place"] for line in lines}
    values = [repr(line["cell"]) for line in sorted(lines, key=lambda line: line["place"])]
    return values, sorted(places[violation.row] for violation in records.unreadable(("cell",)))


class TestAFileThatChanges:
    @pytest.mark.parametrize("engine", HERE)
    def test_is_refused_when_it_is_read_again(self, cells, engine):
        table, path = cells(cell=("text", pa.array(["x"])))
        records = Records(table, typed_files.scanned(path, table), engine=engine)
        pq.write_table(pa.table({"cell": [CANARY, CANARY]}), path)

        with pytest.raises(ExtractsUnusable, match="t: the file changed while it was read"):
            records.read("cell")


LIMITS = {
    "below": ("n", lambda: is_below("n", 10)),
    "above": ("n", lambda: is_above("n", 59)),
    "outside": ("n", lambda: is_below("n", 10) | is_above("n", 59) | is_blank("n")),
    "blank": ("n", lambda: is_blank("n")),
    "blank text": ("word", lambda: is_blank("word")),
    "before": ("at", lambda: is_before_day("at", "2020-01-01")),
    "window": ("at", lambda: is_before_day("at", "2020-01-01") | is_after_day("at", "2020-12-31") | is_blank("at")),
    "before a day": ("day", lambda: is_before_day("day", "2020-01-01")),
    "window of days": ("day", lambda: is_before_day("day", "2020-01-01") | is_after_day("day", "2020-12-31")),
    "blank day": ("day", lambda: is_blank("day")),
    "another word": ("word", lambda: is_any_of("word", ["zz"])),
}
DUCKDB_ALONE = {"before a day", "window of days", "blank day"}
"""What polars reads the column for: it turns days into times before it looks at the footer."""


TYPES = {"n": "integer", "word": "text", "at": "instant", "day": "date"}


@pytest.fixture(scope="module")
def footers(tmp_path_factory):
    """Write a file, once for all tests of it: looking at a footer takes a process of its own."""
    folder = tmp_path_factory.mktemp("footers")

    def write(name, *, change=lambda cells: cells, then=lambda path: path, **how):
        if (folder / name).exists():
            return folder / name
        days = [FIRST + datetime.timedelta(days=n % 300) for n in range(400)]
        columns = {
            "n": pa.array(change([n % 50 + 10 for n in range(400)]), pa.int16()),
            "word": pa.array(change(["ab"[n % 2] for n in range(400)])),
            "at": pa.array(change(days), UTC),
            "day": pa.array(change([day.date() for day in days]), pa.date32()),
        }
        pq.write_table(pa.table(columns), folder / name, row_group_size=100, **how)
        return then(folder / name)

    return write


@pytest.fixture(scope="module")
def found(described):
    table = Table("t", {name: described("t", name, type) for name, type in TYPES.items()})
    scanned = functools.cache(lambda path: typed_files.scanned(path, table))

    def rows(path, engine, name):
        column, rule = LIMITS[name]
        records = Records(table, scanned(path), engine=engine)
        rows, bad = positions(records.read(column).filter(rule())), list(records.unreadable((column,)))
        return (len(rows), len(bad)) if engine == "spark" else (rows, bad)

    return rows


class TestTheFooter:
    @pytest.mark.parametrize("name", LIMITS)
    @pytest.mark.parametrize("engine", ["polars", "duckdb"])
    def test_proves_a_rule_that_holds_without_reading_a_cell(self, footers, found, engine, name):
        """Every cell of the file is spoilt, so whoever reads one fails; the footer alone is left as it was."""
        if LIMITS[name][0] == "at" or (engine == "polars" and name in DUCKDB_ALONE):
            pytest.skip("the column is read: for a fraction of a second, or by polars for its days")

        assert found(footers("spoilt.parquet", then=spoilt), engine, name) == ([], [])

    @pytest.mark.parametrize("name", LIMITS)
    @pytest.mark.parametrize("engine", HERE)
    @pytest.mark.parametrize("wrong", [[None, None, None, None], [5, "zz", FIRST - datetime.timedelta(days=1)]])
    def test_and_a_scan_agree_on_what_does_not_hold(self, footers, found, engine, name, wrong):
        def change(cells):
            kinds = {int: 0, str: 1, datetime.datetime: 2, datetime.date: 2}
            odd = wrong[kinds[type(cells[0])]]
            return [*cells[:250], odd.date() if odd and type(cells[0]) is datetime.date else odd, *cells[251:]]

        with_footer = footers(f"with-{wrong[1]}.parquet", change=change)
        without = footers(f"without-{wrong[1]}.parquet", change=change, write_statistics=False)

        assert found(with_footer, engine, name) == found(without, engine, name)


def spoilt(path: Path) -> Path:
    """Overwrite every cell of a Parquet file, and leave its footer."""
    content, meta = bytearray(path.read_bytes()), pq.read_metadata(path)
    for group in range(meta.num_row_groups):
        for column in map(meta.row_group(group).column, range(meta.num_columns)):
            start = column.dictionary_page_offset or column.data_page_offset
            content[start : start + column.total_compressed_size] = b"\xff" * column.total_compressed_size
    path.write_bytes(content)
    return path


def test_a_keyed_hash_is_no_position():
    assert str(Violation("t", KEYED + 0xABC, rule="late")) == "late: t, record 000000000000abc"
    assert str(Violation("t", KEYED - 1, rule="late")) == f"late: t, row {KEYED - 1}"
