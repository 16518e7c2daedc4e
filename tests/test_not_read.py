"""A scan reads what a check asks for, so a fault in any other column goes unnoticed: what was not read is said."""

from __future__ import annotations

import json
import shutil

import pyarrow.parquet as pq
import pytest

from dpia_checks import evidence, extract_files, outcomes
from dpia_checks.engines import SCANNING
from dpia_checks.errors import ExtractsUnusable
from dpia_checks.schema import load

from .engines import TESTED
from .engines_agree import as_parquet
from .test_cli import run

NEED = "FOD_COM_BREACH_01"
READ, UNREAD = "ico_told_at", "impact"
CANNOT = "its file cannot be read where it lies: it is damaged, or more than memory holds"
UNASKED = "Columns that no check of this run asked for"


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Two of the made-up extracts as Parquet files."""
    folder = as_parquet("fod", tmp_path_factory.mktemp("sound") / "set", scale=0.05)
    manifest = folder / "manifest.json"
    facts = json.loads(manifest.read_text())
    facts["tables"] = {name: facts["tables"][name] for name in ("breaches", "post")}
    manifest.write_text(json.dumps(facts))
    for path in folder.glob("*.parquet"):
        if path.stem not in facts["tables"]:
            path.unlink()
    return folder


@pytest.fixture
def damaged(sound, tmp_path):
    """Copy the made-up extracts, the breaches with a column whose cells are spoilt."""

    def write(column):
        path = shutil.copytree(sound, tmp_path / "set") / "breaches.parquet"
        content, meta = bytearray(path.read_bytes()), pq.read_metadata(path)
        group = meta.row_group(0)
        chunk = next(each for at in range(meta.num_columns) if (each := group.column(at)).path_in_schema == column)
        start = chunk.dictionary_page_offset or chunk.data_page_offset
        content[start : start + chunk.total_compressed_size] = b"\xff" * chunk.total_compressed_size
        path.write_bytes(content)
        return tmp_path / "set"

    return write


def verified(folder, tmp_path, engine):
    words = ["--extracts", folder, "--engine", engine, "--only", NEED, "--json", tmp_path / "e.json"]
    done = run("verify", "fod", *words, "--html", tmp_path / "v.html", COLUMNS="200")
    return done, evidence.read(tmp_path / "e.json")


def test_what_no_check_asked_for_is_said_on_the_terminal_the_page_and_in_the_evidence(damaged, tmp_path):
    done, made = verified(damaged(UNREAD), tmp_path, "polars")

    unread = made["made_by"]["extract_sets"][-1]["not_read"]
    said = " ".join(done.stdout.split())
    assert (done.returncode, evidence.records(made)[NEED]["rehearsal"]) == (0, "held")
    assert UNREAD in unread["breaches"]
    assert READ not in unread["breaches"]
    assert unread["post"] == list(load("fod")["post"].columns)
    assert f"{UNASKED}, so that a fault in their cells would go unnoticed:" in said
    assert f"{len(unread['breaches'])} of {len(load('fod')['breaches'].columns)} in breaches" in said
    assert UNASKED in (tmp_path / "v.html").read_text(encoding="utf-8")


def test_a_damaged_column_that_a_check_asks_for_is_never_a_promise_kept(damaged, tmp_path):
    done, made = verified(damaged("notifiable"), tmp_path, "duckdb")

    assert (done.returncode, evidence.records(made)[NEED]["rehearsal"]) == (3, "none")
    assert CANNOT in " ".join(done.stdout.split())


@pytest.mark.parametrize("engine", [engine for engine in SCANNING if engine in TESTED])
def test_a_damaged_column_of_instants_is_refused_before_any_check(damaged, engine):
    with pytest.raises(ExtractsUnusable, match=f"breaches: {CANNOT}"):
        extract_files.read(damaged(READ), engine=engine)


def test_a_file_that_is_read_whole_is_refused_when_any_column_is_damaged(damaged):
    with pytest.raises(ExtractsUnusable, match="breaches: it cannot be read as Parquet"):
        extract_files.read(damaged(UNREAD))


def test_a_file_that_is_read_whole_has_no_such_column():
    assert outcomes.not_read({"made_by": {"extract_sets": [{}]}}, {"breaches": 4}) == []
