"""Each engine is set up so that nothing leaves it, and one that is not there is named."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dpia_checks import engines, extract_files, manifests, spark_session, synthetic
from dpia_checks.checks.breach import told_late
from dpia_checks.errors import ExtractsUnusable
from dpia_checks.parquet_tables import ParquetTable
from dpia_checks.records import positions
from dpia_checks.violations import KEYED

from .engines import TESTED
from .engines_agree import typed
from .plugin.test_nothing_leaks import CANARY

SPILLING = """
import os, sys, threading, time
from pathlib import Path
from dpia_checks import engines

def killed_when_it_spills():
    while not any(path.is_file() and path.stat().st_size > 2**20 for path in Path().rglob("*")):
        time.sleep(0.005)
    os.kill(os.getpid(), 9)

threading.Thread(target=killed_when_it_spills, daemon=True).start()
engines.DUCKDB |= {"memory_limit": "60MB", "threads": "1"} | eval(sys.argv[1])
cells = "select 'CANARY' || i || repeat('x', 30) as cell from range(900000) t(i)"
try:
    engines._duckdb().sql(f"select count(*) from (select cell, count(*) from ({cells}) group by cell)").fetchall()
except Exception as error:
    print(type(error).__name__, flush=True)
os.kill(os.getpid(), 9)
"""


class TestDuckDB:
    def killed(self, folder: Path, settings: dict[str, str]) -> tuple[str, list[Path]]:
        """Run a query that outgrows memory, kill the process, and return what it said and the files it left."""
        environment = {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
        words = [sys.executable, "-c", SPILLING, repr(settings)]
        done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        return done.stdout, [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size]

    def test_leaves_nothing_on_disk_when_it_is_killed(self, tmp_path):
        said, files = self.killed(tmp_path, {})

        assert (said, files) == ("OutOfMemoryException\n", [])

    def test_would_leave_cells_if_it_had_a_folder_to_spill_to(self, tmp_path):
        said, files = self.killed(tmp_path, {"temp_directory": "spilt"})

        assert said == ""
        assert any(b"CANARY" in path.read_bytes() for path in files)

    def test_is_set_to_london_and_cannot_be_set_otherwise(self):
        connection = engines._duckdb()

        assert connection.sql("select current_setting('TimeZone')").fetchall() == [("Europe/London",)]
        with pytest.raises(Exception, match="locked"):
            connection.execute("SET temp_directory = 'elsewhere'")


@pytest.mark.skipif("spark" not in TESTED, reason="Spark is tested by nox -s engines")
class TestSpark:
    def test_is_set_to_london_encrypts_what_it_spills_and_says_nothing(self):
        settings = spark_session.session().conf

        assert settings.get("spark.sql.session.timeZone") == "Europe/London"
        assert settings.get("spark.io.encryption.enabled") == "true"
        assert (settings.get("spark.log.level"), settings.get("spark.ui.enabled")) == ("OFF", "false")

    def test_gives_a_hash_of_its_own_for_each_row_and_no_position(self, tmp_path):
        for part, cells in enumerate((["a", "a"], ["a"])):
            (tmp_path / "t").mkdir(exist_ok=True)
            pq.write_table(pa.table({"cell": cells}), tmp_path / "t" / f"{part}.parquet")

        rows = positions(engines.of_parquet(engines.spark_table(f"file://{tmp_path}/t"), "spark"))

        assert len(rows) == 3
        assert all(row >= KEYED for row in rows)

    def test_knows_the_kinds_of_columns_at_an_address(self, tmp_path):
        columns = {
            "text": ["a"],
            "whole": pa.array([1], pa.int16()),
            "fraction": [0.5],
            "day": pa.array([datetime.date(2020, 1, 1)]),
            "moment": pa.array([datetime.datetime(2020, 1, 1)], pa.timestamp("us")),
            "instant": pa.array([datetime.datetime(2020, 1, 1)], pa.timestamp("us", "UTC")),
            "answer": [True],
            "": [[1]],
        }
        pq.write_table(pa.table({name or "list": cells for name, cells in columns.items()}), tmp_path / "t.parquet")

        assert list(engines.spark_table(f"file://{tmp_path}/t.parquet").kinds.values()) == list(columns)

    def test_an_address_that_is_no_table_is_refused_and_not_told(self):
        with pytest.raises(ExtractsUnusable, match="Spark cannot read it as Parquet") as raised:
            engines.spark_table(f"file:///{CANARY}")

        assert CANARY not in str(raised.value)


class TestAnEngineThatIsNotThere:
    def test_names_its_extra(self, monkeypatch):
        monkeypatch.setattr(engines, "find_spec", lambda name: None)

        with pytest.raises(
            ExtractsUnusable, match=r"the engine duckdb is not installed\. Install dpia_checks\[duckdb\]"
        ):
            engines.refuse_absent("duckdb")

    def test_names_java(self, monkeypatch):
        monkeypatch.setattr(engines, "find_spec", lambda name: object())
        monkeypatch.setattr(engines.shutil, "which", lambda name: None)
        monkeypatch.delenv("JAVA_HOME", raising=False)

        with pytest.raises(ExtractsUnusable, match="needs Java, and there is none"):
            engines.refuse_absent("spark")

    def test_pandas_is_always_there(self):
        engines.refuse_absent("pandas")


class Panic(BaseException):
    """As polars raises when its Rust breaks: no Exception."""


@pytest.mark.parametrize(("error", "told"), [(Panic, ExtractsUnusable), (KeyboardInterrupt, KeyboardInterrupt)])
def test_a_file_at_which_an_engine_panics_is_refused_and_says_nothing(monkeypatch, capfd, error, told):
    def broken(frame, **how):
        os.write(2, CANARY.encode())
        raise error(CANARY)

    monkeypatch.setattr(engines.nw.LazyFrame, "collect", broken)
    frame = engines.of_text(pa.table({"cell": ["x"]}), "polars")

    with pytest.raises(told):
        engines.collected(frame)
    assert CANARY not in "".join(capfd.readouterr())


LATE = {"told": "investigated_on", "since": "detected_at", "hours": 1, "of": {}}


@pytest.fixture
def folder(tmp_path):
    """A set of made-up extracts, one table of it a Parquet file with a name that must not be told."""
    made = synthetic.make("fod")
    facts = json.loads(extract_files.write(made, tmp_path).read_text())
    text, columns = made.texts["breaches"], made.schemas["breaches"].columns
    values = {name: typed(columns[name], text[name].to_pylist()) for name in text.column_names}
    pq.write_table(pa.table(values), tmp_path / f"{CANARY}.parquet")
    (tmp_path / "breaches.csv").unlink()
    facts["tables"]["breaches"] = {"file": f"{CANARY}.parquet"}
    (tmp_path / "manifest.json").write_text(json.dumps(facts))
    return tmp_path


class TestAnExtractSet:
    @pytest.mark.parametrize("engine", [each for each in engines.SCANNING if each in TESTED])
    def test_leaves_a_parquet_file_where_it_lies_and_finds_the_same(self, folder, engine):
        read, text = extract_files.read(folder, engine=engine), extract_files.read(folder)
        late, expected = (told_late(each["breaches"], **LATE) for each in (read, text))

        assert isinstance(read.texts["breaches"], ParquetTable)
        assert (len(late), late.judged) == (len(expected), expected.judged)
        assert len(expected) > 0
        assert late == expected or engine == "spark", "there a row is a keyed hash"

    def test_is_in_memory_on_pandas(self, folder):
        assert isinstance(extract_files.read(folder).texts["breaches"], pa.Table)

    def test_has_the_digest_of_a_file_that_is_not_held_in_memory(self, folder):
        assert extract_files.read(folder, engine="polars").facts.digests == extract_files.read(folder).facts.digests

    @pytest.mark.parametrize("content", [b"", CANARY.encode(), b"PAR1" + CANARY.encode() + b"PAR1"])
    def test_a_broken_file_is_named_and_not_shown(self, folder, content):
        (folder / f"{CANARY}.parquet").write_bytes(content)

        with pytest.raises(ExtractsUnusable, match="breaches: it cannot be read as Parquet") as raised:
            extract_files.read(folder, engine="duckdb")

        assert CANARY not in str(raised.value)

    def test_a_format_to_be_rewritten_is_rewritten_as_text(self, folder):
        (folder / "mapping.csv").write_text("table,column,header,format\nbreaches,detected_at,,London\n")

        assert isinstance(extract_files.read(folder, engine="polars").texts["breaches"], pa.Table)

    def test_an_address_is_for_spark_alone(self, folder):
        facts = json.loads((folder / "manifest.json").read_text())
        facts["tables"]["breaches"]["file"] = f"s3a://{CANARY}/x"
        (folder / "manifest.json").write_text(json.dumps(facts))

        assert manifests.read(folder).tables["breaches"].file == f"s3a://{CANARY}/x"
        with pytest.raises(Exception, match="breaches: the file it names is not in the folder"):
            extract_files.read(folder, engine="duckdb")
