"""A canary in every cell, header and file name is in no output of any failure."""

import base64
import binascii
import io
import json
import re
import zipfile

import pyarrow as pa
import pytest

from dpia_checks import extract_files, synthetic

from .conftest import GOOD, JUST, LATE

CANARY = "Zq7CanaryBird"
BODY = '''
import logging, os, sys, warnings
import pytest
from dpia_checks.checks.breach import told_late, not_written_down
from dpia_checks.violations import assert_no_violations

@pytest.fixture
def rows(extracts):
    return extracts["breaches"].read("impact").to_native()

@pytest.mark.verifies("FOD_COM_BREACH_01")
def test_in_time(extracts, terms, rows):
    """The regulator is told in time."""
    cell = str(rows["impact"].tolist())
    local = cell
    {body}
'''
FAILURES = {
    "failing check": 'assert_no_violations(not_written_down(extracts["breaches"], what="mps_told_at", of={}))',
    "crash": "raise RuntimeError(cell)",
    "crash caused by another": "raise KeyError(cell) from ValueError(cell)",
    "cast that fails": 'rows["impact"].astype("int64[pyarrow]")',
    "bare assert": "assert rows.empty",
    "assert on a cell": 'assert cell == ""',
    "warning": "warnings.warn(cell)",
    "print": "print(cell)",
    "print to stderr": "sys.stderr.write(cell)",
    "print past python": "os.write(1, cell.encode()); os.write(2, cell.encode())",
    "log": "logging.getLogger().critical(cell)",
    "pytest.fail": "pytest.fail(cell)",
    "pytest.skip": "pytest.skip(cell)",
    "pytest.exit": "pytest.exit(cell)",
    "system exit": "sys.exit(cell)",
    "missing column": 'extracts["breaches"].read(cell[:20])',
}
FLAGS = {
    "plain": [],
    "verbose with locals": ["-vv", "-l", "--tb=long", "-rA"],
    "native": ["--tb=native", "-l", "--full-trace"],
    "no traceback": ["--tb=no", "-rA", "-W", "always"],
    "uncaptured": ["-s", "--tb=short", "--log-cli-level=DEBUG"],
    "warnings as errors": ["-W", "error", "--tb=line", "-l"],
}


@pytest.fixture(scope="session")
def canaries(tmp_path_factory):
    """An extract set that is real by its manifest, with a canary in every cell that is free to hold one."""
    return written(tmp_path_factory.mktemp("canaries"), with_canaries(synthetic.make("fod", 1, 0.02)))


def with_canaries(made):
    texts = {}
    for name, text in made.texts.items():
        columns = made.schemas[name].columns
        free = {c for c, described in columns.items() if described.type in {"text", "free_text", "identifier"}}
        cells = {c: [f"{CANARY}{c}{n}" if c in free else v for n, v in enumerate(text[c].to_pylist())] for c in columns}
        texts[name] = pa.table({c: pa.array(values, pa.string()) for c, values in cells.items()})
    return texts


def written(folder, texts, change=lambda name, content: content):
    """Write *texts* as a real extract set whose file names hold the canary too."""
    tables = {}
    for number, (name, text) in enumerate(texts.items()):
        content = change(name, extract_files.to_csv(text))
        file = f"{CANARY}{number}.csv"
        (folder / file).write_bytes(content)
        tables[name] = {"file": file}
    facts = {"manifest_version": 1, "dpia": "fod", "name": "quarter 3", "origin": "real", "taken_on": "2023-12-31"}
    (folder / "manifest.json").write_text(json.dumps({**facts, "tables": tables}))
    return folder


def leaks(content: bytes) -> bool:
    """Return whether the canary is in *content*: plain, in base64, or inside a zip."""
    if CANARY.encode() in content:
        return True
    if zipfile.is_zipfile(io.BytesIO(content)):
        archive = zipfile.ZipFile(io.BytesIO(content))
        return any(leaks(archive.read(name)) for name in archive.namelist())
    for run in re.findall(rb"[A-Za-z0-9+/]{16,}={0,2}", content):
        for offset in range(4):
            part = run[offset : offset + (len(run) - offset) // 4 * 4]
            try:
                if CANARY.encode() in base64.b64decode(part):
                    return True
            except binascii.Error:
                continue
    return False


def outputs(tiny, result):
    yield "\n".join([*result.outlines, *result.errlines]).encode()
    for path in tiny.pytester.path.rglob("*"):
        if path.is_file() and "commitments" not in path.parts:
            yield path.read_bytes()


def assert_nothing_leaks(tiny, result):
    for content in outputs(tiny, result):
        assert not leaks(content), "a canary left"


def test_the_search_finds_what_is_hidden():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("page", base64.b64encode(f"name,{CANARY},x".encode()))

    assert leaks(f"a {CANARY} b".encode())
    assert leaks(b'src="data:text/csv;base64,' + base64.b64encode(f"ab,{CANARY}".encode()) + b'"')
    assert leaks(packed.getvalue())
    assert not leaks(b"nothing here, and " + base64.b64encode(b"nothing there either, none at all"))


@pytest.mark.parametrize("flags", FLAGS.values(), ids=FLAGS)
@pytest.mark.parametrize("body", FAILURES.values(), ids=FAILURES)
def test_a_failure_shows_no_cell(tiny, canaries, body, flags):
    tiny.write(BODY.replace("{body}", body))

    result = tiny.run(f"--extracts={canaries}", *flags)

    assert result.ret != 0
    assert_nothing_leaks(tiny, result)


AROUND = """
import logging, os, sys, warnings
import pytest

@pytest.fixture
def rows(extracts):
    cell = str(extracts["breaches"].read("impact").to_native()["impact"].tolist())
    {before}
    yield cell
    {after}

@pytest.mark.verifies("FOD_COM_BREACH_01")
def test_in_time(extracts, rows):
    \"\"\"The regulator is told in time.\"\"\"
"""
SAYING = {
    "print": "print(cell); os.write(1, cell.encode())",
    "log": "logging.getLogger().critical(cell)",
    "warn": "warnings.warn(cell)",
    "raise": "raise RuntimeError(cell)",
    "skip": "pytest.skip(cell)",
    "fail": "pytest.fail(cell)",
}


@pytest.mark.parametrize("flags", [[], ["-s", "-vv", "-l", "-rA", "--log-cli-level=DEBUG"]], ids=["plain", "loud"])
@pytest.mark.parametrize("where", ["before", "after"])
@pytest.mark.parametrize("said", SAYING.values(), ids=SAYING)
def test_what_a_fixture_says_is_not_shown(tiny, canaries, said, where, flags):
    tiny.write(AROUND.format(**{"before": "pass", "after": "pass", where: said}), "")

    result = tiny.run(f"--extracts={canaries}", *flags)

    assert_nothing_leaks(tiny, result)


@pytest.mark.parametrize("fixture", ["record_property", "record_testsuite_property", "subtests"])
def test_a_fixture_that_tells_reports_is_refused(tiny, fixture):
    tiny.write(GOOD.replace("(extracts, terms)", f"(extracts, terms, {fixture})"))

    result = tiny.run()

    assert result.ret == 4
    assert f"takes {fixture}, by which a cell could leave" in result.stderr.str()


def test_a_verification_that_holds_shows_no_cell(tiny, canaries):
    tiny.write()

    result = tiny.run(f"--extracts={canaries}", "-vv", "-rA")

    assert "real" in result.stdout.str()
    assert tiny.record()["real"] == "held"
    assert_nothing_leaks(tiny, result)


HEADERS = {
    "an extra column": (lambda name, text: text.append_column(CANARY, text.column(0)), "held"),
    "unreadable dates": (
        lambda name, text: (
            text.set_column(7, text.column_names[7], pa.array([CANARY] * text.num_rows, pa.string()))
            if name == "breaches"
            else text
        ),
        "did not hold",
    ),
    "a canary in every cell of every column": (
        lambda name, text: pa.table({c: pa.array([CANARY] * text.num_rows, pa.string()) for c in text.column_names}),
        "did not hold",
    ),
    "a missing column": (
        lambda name, text: text.drop_columns(["ico_told_at"]) if name == "breaches" else text,
        "did not hold",
    ),
}


@pytest.mark.parametrize(("change", "real"), HEADERS.values(), ids=HEADERS)
def test_a_strange_table_is_judged_without_showing_it(tiny, tmp_path, change, real):
    texts = with_canaries(synthetic.make("fod", 1, 0.02))
    tiny.write()

    result = tiny.run(f"--extracts={written(tmp_path, {n: change(n, t) for n, t in texts.items()})}", "-vv")

    assert tiny.record()["real"] == real
    assert_nothing_leaks(tiny, result)


def transposed(content):
    cells = [line.split(",") for line in content.decode().splitlines()]
    return "\n".join(",".join(row) for row in zip(*cells, strict=False)).encode()


REFUSED = {
    "wrong encoding": lambda content: content + f"{CANARY}\u00e9\n".encode("latin-1"),
    "ragged rows": lambda content: content + f"{CANARY},{CANARY}\n".encode(),
    "doubled header": lambda content: content.replace(b'"occurred_at"', b'"detected_at"').replace(
        b"occurred_at,", b"detected_at,"
    ),
    "transposed": transposed,
    "formula": lambda content: content.replace(
        CANARY.encode() + b"breach_id0", b"=HYPERLINK(" + CANARY.encode() + b")"
    ),
    "stray quote": lambda content: content.replace(CANARY.encode() + b"impact0", b'"' + CANARY.encode(), 1),
    "no header at all": lambda content: b"",
    "not a table": lambda content: CANARY.encode() * 9,
}


@pytest.mark.parametrize("spoil", REFUSED.values(), ids=REFUSED)
def test_an_unusable_file_is_refused_without_showing_it(tiny, tmp_path, spoil):
    texts = with_canaries(synthetic.make("fod", 1, 0.02))
    folder = written(tmp_path, texts, lambda name, content: spoil(content) if name == "breaches" else content)
    tiny.write()

    result = tiny.run(f"--extracts={folder}", "-vv", "-l")

    assert result.ret == 4
    assert "breaches" in result.stderr.str()
    assert_nothing_leaks(tiny, result)


def test_the_made_up_examples_still_run_beside_a_real_extract(tiny, canaries):
    tiny.write(GOOD, LATE + JUST)

    tiny.run(f"--extracts={canaries}")

    assert tiny.record()["outcome"] == "proven"
    assert tiny.record()["examples_caught"] == 1
