"""Where the violations are: positions and keyed hashes, and rows for nobody but a person at a terminal."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from dpia_checks import cli, needs, project, release_commands, schema, synthetic, typed_files
from dpia_checks import terms as term_files
from dpia_checks.errors import Exit, ExtractsUnusable
from dpia_checks.release import keys

from ..engines_agree import typed
from ..plugin.conftest import GOOD, HEADER, JUST, LATE, NEEDS
from ..plugin.test_nothing_leaks import CANARY, HEADERS, REFUSED, leaks, with_canaries, written

BREACH = "FOD_COM_BREACH_01"
APPROVED = ("--approval", "DPO-2022-014")
SECRET = b"5ecre7-k3y-of-the-analyst-0123456789-abcdefghij"
COMMAND = [sys.executable, "-c", "import sys; from dpia_checks.cli import main; sys.exit(main(sys.argv[1:]))"]


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """A checkout with one verification, whose needs are listed."""
    root = tmp_path_factory.mktemp("checkout")
    folder = root / "tests" / "commitments" / "fod"
    for made in (folder, root / "docs", root / "build"):
        made.mkdir(parents=True)
    (folder / "test_breach.py").write_text(GOOD)
    (folder / "examples.csv").write_text(HEADER + LATE + JUST)
    (root / "docs" / "ubproject.toml").touch()
    (root / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    (root / "build" / "needs.json").write_text(
        json.dumps({"current_version": "1", "versions": {"1": {"needs": {need["id"]: need for need in NEEDS}}}})
    )
    made_from = [root / "docs", schema.FOLDER, term_files.FOLDER, project.SPHINX_EXT]
    (root / "build" / "needs.digest").write_text(needs.digest(made_from))
    (root / "key").write_bytes(SECRET)
    return root


@pytest.fixture(scope="module")
def canaries(tmp_path_factory):
    """A set that is real by its manifest: canaries in every free cell and file name, and no time of telling."""
    texts = with_canaries(synthetic.make("fod", 1, 0.02))
    texts = {name: HEADERS["unreadable dates"][0](name, text) for name, text in texts.items()}
    return written(tmp_path_factory.mktemp("set"), texts), texts["breaches"]


def located(here, folder, *words):
    command = [*COMMAND, "locate", "fod", "--extracts", str(folder), *map(str, words)]
    return subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)


def files(here):
    return {path for path in here.rglob("*") if path.is_file() and "__pycache__" not in path.parts}


def test_positions_are_printed_with_keyed_hashes_and_nothing_else(here, canaries):
    folder, log = canaries
    before = files(here)

    done = located(here, folder, *APPROVED, "--key", here / "key")

    id = log.column("breach_id")[0].as_py()
    code = keys.keyed(SECRET, "record", ["breaches", id])[:16]
    column = log.column_names[7]
    assert done.returncode == 1, done.stderr
    assert f"{BREACH} The regulator is told in time: " in done.stdout
    assert "Access:" in done.stderr, "the notice of verify"
    assert f"  unreadable: breaches, row 1, column {column}; record {code}\n" in done.stdout
    assert not leaks(done.stdout.encode() + done.stderr.encode())
    assert SECRET.decode() not in done.stdout + done.stderr
    assert files(here) == before


def test_options_that_a_person_gives_to_every_pytest_leave_nothing_out(here, canaries, monkeypatch):
    monkeypatch.setenv("PYTEST_ADDOPTS", "-k zzz")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")

    done = located(here, canaries[0], *APPROVED)

    assert done.returncode == 1, done.stderr
    assert f"{BREACH} The regulator is told in time: " in done.stdout


def at_a_terminal(here, *words):
    """Return what a person sees who runs it at a terminal, and the exit code."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    command = [*COMMAND, "locate", "fod", *map(str, words)]
    process = subprocess.Popen(command, cwd=here, stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    seen = b""
    while True:
        try:
            part = os.read(master, 4096)
        except OSError:  # how Linux says that nobody writes any more
            break
        if not part:
            break
        seen += part
    os.close(master)
    return " ".join(seen.decode().split()), process.wait()


def test_rows_are_shown_to_a_person_at_a_terminal_who_is_told_to_record_it(here, canaries):
    folder, log = canaries

    seen, code = at_a_terminal(here, "--extracts", folder, *APPROVED, "--only", BREACH, "--show")

    assert code == 1
    assert "row 1, column" in seen
    assert "; record" not in seen, "there is no key: a record is called by its position alone"
    assert f"breach_id: {log.column('breach_id')[0].as_py()}" in seen
    assert seen.index("is an access to personal data: record it") < seen.index("breach_id:")
    assert seen.rindex("is an access to personal data: record it") > seen.rindex("breach_id:")
    assert CANARY in seen
    assert f"impact: {CANARY}" not in seen, "a column that the check does not read"


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    """A set whose breaches are a Parquet file of several parts, with every regulator told ten days late."""
    folder, made = tmp_path_factory.mktemp("scanned"), synthetic.make("fod", 1, 0.2)
    log, columns = made.texts["breaches"], made.schemas["breaches"].columns
    values = {name: typed(columns[name], log[name].to_pylist()) for name in log.column_names}
    told, late = values["detected_at"], pa.scalar(datetime.timedelta(days=10))
    values["ico_told_at"] = pc.add(told, late)
    pq.write_table(pa.table(values), folder / "breaches.parquet", row_group_size=3)
    return folder


def test_a_parquet_file_is_searched_where_it_lies_with_the_same_places_and_hashes(here, scanned):
    words = (*APPROVED, "--as-of", "2024-01-31", "--key", here / "key")

    expected, *others = (located(here, scanned, *words, "--engine", name) for name in ("pandas", "polars", "duckdb"))

    assert expected.returncode == 1, expected.stderr
    assert expected.stdout.count("; record ") > 1
    assert [(done.returncode, done.stdout) for done in others] == [(1, expected.stdout)] * 2


def test_the_cells_of_a_record_are_the_same_text_wherever_they_lie(scanned):
    table, path = schema.load("fod")["breaches"], scanned / "breaches.parquet"
    text, scan = typed_files.parquet(path.read_bytes(), table), typed_files.scanned(path, table)

    assert scan is not None
    for row in range(1, text.num_rows + 1):
        names = list(table.columns)
        assert typed_files.record(scan, table, row, names) == typed_files.record(text, table, row, names)


def test_a_file_that_changed_before_its_records_are_shown_is_refused(scanned, tmp_path):
    table, path = schema.load("fod")["breaches"], tmp_path / "breaches.parquet"
    path.write_bytes((scanned / "breaches.parquet").read_bytes())
    scan = typed_files.scanned(path, table)
    path.write_bytes(b"")

    with pytest.raises(ExtractsUnusable, match="breaches: the file changed"):
        typed_files.record(scan, table, 1, [table.key])


@pytest.fixture
def run(here, monkeypatch, capfd):
    """Run the command in this process, its output in a file: for what is refused before anything is run."""
    monkeypatch.chdir(here)

    def command(*words):
        try:
            code = cli.main(["locate", "fod", *map(str, words)])
        except SystemExit as stopped:
            code = stopped.code
        printed = capfd.readouterr()
        said = printed.out + printed.err
        assert not leaks(said.encode())
        assert "Traceback" not in said
        return code, " ".join(said.split())

    return command


def test_rows_never_go_to_a_file_or_a_pipe(run, canaries):
    """The folder need not be there: it is refused before anything is read."""
    for folder in (canaries[0], "/nowhere/at/all"):
        code, said = run("--extracts", folder, *APPROVED, "--show")

        assert code == 2
        assert said.startswith("NotATerminal: --show:")
        assert "Nothing was read" in said


@pytest.mark.parametrize("terminals", [(True, False), (False, True)], ids=["output to a file", "input from a pipe"])
def test_a_terminal_is_one_at_both_ends(run, canaries, monkeypatch, terminals):
    monkeypatch.setattr(sys.stdin, "isatty", lambda: terminals[0])
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminals[1])

    assert run("--extracts", canaries[0], *APPROVED, "--show")[1].startswith("NotATerminal:")


def test_spark_gives_no_place_that_could_be_found_again(run):
    """Refused before anything is read."""
    code, said = run("--extracts", "/nowhere", *APPROVED, "--engine", "spark")

    assert (code, said.partition(":")[0]) == (2, "ExtractsUnusable")
    assert "a keyed hash of its row" in said
    assert "Ask the cluster by the rule" in said


def test_real_records_need_an_approval(run, canaries):
    code, said = run("--extracts", canaries[0])

    assert code == 2
    assert "NotApproved:" in said


def test_a_key_that_is_none_is_refused_before_anything_is_read(run, tmp_path):
    (tmp_path / "key").write_text(CANARY)

    for path in (tmp_path / "key", tmp_path / CANARY):
        code, said = run("--extracts", "/nowhere", *APPROVED, "--key", path)
        assert (code, said.partition(":")[0]) == (2, "KeyUnusable")


def test_a_choice_that_means_nothing_is_refused(run, canaries):
    assert run("--extracts", canaries[0], *APPROVED, "--only", CANARY)[0] == 2


@pytest.mark.parametrize("spoil", REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_no_table_is_refused_without_showing_it(run, tmp_path, spoil, canaries):
    texts = {"breaches": canaries[1]}

    code, said = run("--extracts", written(tmp_path, texts, lambda name, content: spoil(content)), *APPROVED)

    assert code == 2
    assert "breaches" in said


def test_another_document_is_named(run, tmp_path):
    (tmp_path / "manifest.json").write_text("{}")

    assert run("--extracts", tmp_path, *APPROVED)[1].startswith("ExtractsUnusable:")


def test_exit_codes(here, tmp_path):
    """0 when nothing is found; 3 when the table is not there."""
    made = synthetic.make("fod", 1, 0.02).texts
    for folder in ("clean", "lacking"):
        (tmp_path / folder).mkdir()
    clean = written(tmp_path / "clean", {"breaches": made["breaches"]})
    lacking = written(tmp_path / "lacking", {"post": made["post"]})

    held, no_evidence = (located(here, folder, *APPROVED) for folder in (clean, lacking))

    assert (held.returncode, held.stdout) == (0, "Nothing was found.\n"), held.stderr
    assert no_evidence.returncode == 3
    assert "1 verifications had no table or no record to judge" in no_evidence.stdout


OF_OURS = '''
import pytest
from dpia_checks.checks.breach import told_late
from dpia_checks.violations import assert_no_violations

@pytest.mark.verifies("FOD_COM_TRANSFERS_09")
def test_of_ours(extracts):
    """Nothing is posted, by a yardstick of ours."""
    assert_no_violations(told_late(extracts["post"], told="x", since="y", hours=1, of={}))
'''


@pytest.fixture
def with_a_yardstick(here, tmp_path):
    """The checkout with a second verification, of a need that is no promise to check, on a table of its own."""
    root = shutil.copytree(here, tmp_path / "checkout")
    (root / "tests" / "commitments" / "fod" / "test_ours.py").write_text(OF_OURS)
    listed = json.loads((root / "build" / "needs.json").read_text())
    listed["versions"]["1"]["needs"]["FOD_COM_TRANSFERS_09"]["method"] = "vague"
    (root / "build" / "needs.json").write_text(json.dumps(listed))
    return root


def test_a_yardstick_that_had_nothing_to_judge_changes_no_exit_code(with_a_yardstick, tmp_path):
    """As for verify: what is no promise lacks no evidence."""
    (tmp_path / "set").mkdir()
    folder = written(tmp_path / "set", {"breaches": synthetic.make("fod", 1, 0.02).texts["breaches"]})

    done = located(with_a_yardstick, folder, *APPROVED)

    assert (done.returncode, done.stdout) == (0, "Nothing was found.\n"), done.stderr


ENDS = {
    "nothing": ({"held": 2}, 0, 0, Exit.HELD, "Nothing was found.\n"),
    "a promise": ({"did not hold": 1}, 1, 0, Exit.DID_NOT_HOLD, "Promises that something was found against: 1.\n"),
    "a yardstick of ours": (
        {"did not hold": 2},
        0,
        2,
        Exit.HELD,
        "Promises that something was found against: 0; 2 more by a yardstick of ours, which is no promise.\n",
    ),
    "a yardstick, and a table that is not there": (
        {"did not hold": 1, "no evidence": 1},
        0,
        1,
        Exit.NO_EVIDENCE,
        "Promises that something was found against: 0; 1 more by a yardstick of ours, which is no promise.\n"
        "1 verifications had no table or no record to judge.\n",
    ),
    "attestations that are due": (
        {"did not hold": 3},
        0,
        0,
        Exit.HELD,
        "Promises that something was found against: 0; 3 more whose attestation is due, which is no finding.\n",
        3,
    ),
    "one of each": (
        {"did not hold": 3},
        1,
        1,
        Exit.DID_NOT_HOLD,
        "Promises that something was found against: 1; 1 more by a yardstick of ours, which is no promise; "
        "1 more whose attestation is due, which is no finding.\n",
        1,
    ),
}


@pytest.mark.parametrize("case", ENDS.values(), ids=ENDS)
def test_the_closing_words_are_of_what_was_found(capsys, case):
    ended, promises, yardsticks, code, said, *attestations = case

    assert release_commands._ended(Counter(ended), promises, yardsticks, *attestations) is code
    assert capsys.readouterr().out == said


@pytest.mark.parametrize(
    ("method", "marked", "closing"),
    [
        ("vague", "(by a yardstick of ours: no promise): ", "0; 1 more by a yardstick of ours, which is no"),
        ("attest", "(the attestation is due: neither kept nor broken): ", "0; 1 more whose attestation is due"),
    ],
)
def test_what_breaks_no_promise_is_marked_as_what_it_is(here, canaries, tmp_path, method, marked, closing):
    root = shutil.copytree(here, tmp_path / "checkout")
    listed = json.loads((root / "build" / "needs.json").read_text())
    listed["versions"]["1"]["needs"][BREACH]["method"] = method
    (root / "build" / "needs.json").write_text(json.dumps(listed))

    done = located(root, canaries[0], *APPROVED)

    assert done.returncode == 0, done.stderr
    assert f"{BREACH} The regulator is told in time {marked}" in done.stdout
    assert closing in done.stdout


def committed(here):
    """Put the checkout under git, since only checks that a commit names can be looked up."""
    (here / ".gitignore").write_text("__pycache__/\nbuild/\n")
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "All of it"]):
        subprocess.run(["git", *who, *words], cwd=here, check=True)


def test_a_run_is_verified_released_and_inspected_end_to_end(here, tmp_path):
    """What verify writes is what release takes, and no canary is in any of it."""
    committed(here)
    texts = with_canaries(synthetic.make("fod", 1, 0.2))
    (tmp_path / "set").mkdir()
    folder = written(tmp_path / "set", {"breaches": texts["breaches"], "post": texts["post"]})
    (tmp_path / "earlier").mkdir()

    def run(*words):
        done = subprocess.run([*COMMAND, *map(str, words)], cwd=here, capture_output=True, text=True, check=False)
        assert not leaks(done.stdout.encode() + done.stderr.encode())
        return done

    run("verify", "fod", "--extracts", folder, *APPROVED, "--json", tmp_path / "e.json")
    roles = ("--analyst", "internal auditor", "--approver", "output checker", "--on", "2024-01-31")
    given = (
        "--approval",
        "OC-1",
        "--key",
        here / "key",
        "--earlier",
        tmp_path / "earlier",
        "--out",
        tmp_path / "r.json",
    )
    made = run("release", tmp_path / "e.json", *given, *roles)
    said = run("inspect", tmp_path / "r.json")

    assert made.returncode == 0, made.stderr
    assert f"{BREACH}: held; judged 1 to 9; violations 0; reads breaches" in said.stdout
    assert "FOD_COM_TRANSFERS_09: no evidence" in said.stdout
    assert not [path.name for path in tmp_path.glob("*.json") if leaks(path.read_bytes())]
    assert SECRET not in (tmp_path / "r.json").read_bytes()
    assert Path(tmp_path / "r.json").stat().st_size < 3000
