"""The command line: exit codes as designed, no traceback for a person's mistake, and no cell value."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from rich.console import Console

from dpia_checks import cli, evidence, extract_files, outcomes, proposing, schema, synthetic, verdicts
from dpia_checks.needs import Needs
from dpia_checks.verification import Judgement, Result, unfit
from dpia_checks.violations import Ledger, Violation

from .plugin.test_nothing_leaks import leaks, with_canaries, written

ROOT = Path(__file__).parents[1]
APPROVED = ("--approval", "DPO-2022-014")


def run(*words, cwd=ROOT, module="dpia_checks.cli", **environment):
    code = f"import sys; from {module} import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


@pytest.fixture(scope="module")
def extracts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synth") / "fod"
    assert run("synth", "fod", "--out", folder, "--scale", "0.05").returncode == 0
    return folder


def as_real(folder, target, change=lambda facts: None):
    shutil.copytree(folder, target)
    path = target / "manifest.json"
    facts = json.loads(path.read_text())
    facts["origin"] = "real"
    change(facts)
    path.write_text(json.dumps(facts))
    return target


def test_synth_writes_a_file_for_each_table_and_a_manifest(extracts):
    facts = json.loads((extracts / "manifest.json").read_text())

    assert facts["origin"] == "synthetic"
    assert sorted(line["file"] for line in facts["tables"].values()) == sorted(p.name for p in extracts.glob("*.csv"))


def test_synth_gives_the_same_bytes_for_the_same_seed(extracts, tmp_path):
    run("synth", "fod", "--out", tmp_path / "again", "--scale", "0.05")

    for path in extracts.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


def test_synth_overwrites_nothing(extracts):
    done = run("synth", "fod", "--out", extracts)

    assert done.returncode == 2
    assert "not empty" in done.stderr


def test_verify_gives_a_verdict_for_each_commitment_and_the_denominators(tmp_path):
    """Of one theme; of all that there are, see the run on canaries below."""
    done = run("verify", "fod", "--engine", "polars", "--only", "breach", "--json", tmp_path / "e.json")

    assert evidence.read(tmp_path / "e.json")["made_by"]["engine"] == "polars"
    made = evidence.records(evidence.read(tmp_path / "e.json"))
    assert done.returncode == 0, done.stdout + done.stderr
    asked = [need for need, record in made.items() if record["tests"]]
    assert asked
    assert all(need in done.stdout for need in asked)
    assert "On made-up records" in done.stdout
    assert " of " in done.stdout


def test_no_count_is_cut_off_on_a_narrow_terminal():
    screen, listed = io.StringIO(), {"type": "commitment", "title": "Promised", "method": "register"}
    needs = Needs({"FOD_COM_BREACH_01": listed, "LGE_COM_BREACH_01": listed})
    made = evidence.build(needs, [], {}, {})

    verdicts.print_denominators(Console(file=screen, width=60), made, needs, ("fod", "lge"))

    lines = [[cell.strip() for cell in line.split("\u2502")[1:-1]] for line in screen.getvalue().splitlines()]
    assert [line for line in lines if line][:2] == [["Owe a check", "1 of 1", "1 of 1"], ["Run", "0 of 1", "0 of 1"]]
    assert [line[0] for line in lines if line] == list(outcomes.COUNTS[1:])


@pytest.mark.parametrize("width", [60, 80, 119, 120, 160])
def test_no_verdict_is_cut_off_on_a_narrow_terminal(width):
    """Put together again, each cell of the table is all that it has to say; nothing stands beyond the edge."""
    title, ids = (
        "Every unsupervised intermediary's authorisation is reviewed",
        ["FOD_COM_ACCESS_01", "FOD_COM_PSEUDONYMISATION_08"],
    )
    needs = Needs({id: {"type": "commitment", "title": title, "method": "attest"} for id in ids})
    made = evidence.build(needs, [], {}, {})
    said = {"outcome": "transcription", "attested_until": "2023-12-31", "examples_tried": 17, "examples_caught": 17}
    for record in evidence.records(made).values():
        record.update(**said, allowed_tried=11, allowed_passed=11)

    screen = io.StringIO()
    verdicts.print_commitments(Console(file=screen, width=width), made, needs, "fod", real=True)

    lines = screen.getvalue().splitlines()
    cells = [[cell.strip() for cell in line.split("\u2502")[1:-1]] for line in lines if line.startswith("\u2502")]
    told = ["".join(part).replace(" ", "") for part in zip(*cells, strict=True)]
    until = "attested until 2023-12-31"
    promise = ["".join(f"{id}{title}" for id in ids)] if width < 120 else ["".join(ids), title * 2]
    others = ["checked in our transcription" * 2, "17 of 17" * 2, "11 of 11" * 2, until * 2]
    assert told == [text.replace(" ", "") for text in [*promise, *others]]
    assert max(map(len, lines)) <= width


def test_no_name_of_a_table_is_cut_off_on_a_narrow_terminal():
    screen, tables = io.StringIO(), schema.load("fod")

    found = proposing.proposed({name: list(table.columns) for name, table in tables.items()}, "fod")
    verdicts.print_proposed(Console(file=screen, width=80), found)

    lines = [line for line in screen.getvalue().splitlines() if line.startswith("\u2502")]
    assert [line.split("\u2502")[1].strip() for line in lines] == list(tables)
    assert {len(line) for line in lines} <= set(range(81))


def test_verify_strict_exits_3_while_a_check_is_owed(tmp_path):
    done = run("verify", "fod", "--only", "breach", "--strict", "--json", tmp_path / "e.json")

    owed = [r for n, r in evidence.records(evidence.read(tmp_path / "e.json")).items() if n.startswith("FOD_COM")]
    gaps = [r for r in owed if r["outcome"] == "none" and "not asked for" not in r["reason"]]
    assert [r["outcome"] for r in owed].count("proven") > 5
    assert done.returncode == (3 if gaps else 0)


def test_verify_on_a_real_extract_keeps_promise_and_check_apart(extracts, tmp_path):
    real = as_real(extracts, tmp_path / "real")

    done = run("verify", "fod", "--only", "breach", "--extracts", real, *APPROVED, "--json", tmp_path / "e.json")

    made = evidence.records(evidence.read(tmp_path / "e.json"))
    assert made["FOD_COM_BREACH_01"]["real"] == "held"
    assert made["FOD_COM_BREACH_01"]["outcome"] == "proven"
    assert "On this extract" in done.stdout
    *_, last = (line for line in done.stdout.split("\n\n") if line.strip())
    last = " ".join(last.split())
    held = sum(r["real"] == "held" for need, r in made.items() if "_COM_" in need)
    assert last.startswith("On these real records, of ")
    assert f"held: {held}; did not hold: 0; no evidence: " in last
    assert last.endswith(outcomes.REAL)
    assert done.returncode == 0, done.stdout


REFUSED = {
    "no approval": [],
    "an empty one": ["--approval", ""],
    "somebody's name": ["--approval", "JaneSmith"],
    "somebody's address": ["--approval", "jane.smith1@example.org"],
    "a sentence": ["--approval", "approved by Jane on 1 May"],
    "a name and a day": ["--approval", "Jane-Smith-2022-05-01"],
    "a name in capitals and a year": ["--approval", "JANESMITH-2022"],
    "two names and a number": ["--approval", "JANE-SMITH-1"],
    "a day": ["--approval", "2022-05-01"],
}


@pytest.mark.parametrize("words", REFUSED.values(), ids=REFUSED)
def test_real_records_are_refused_unread_until_the_run_is_approved(extracts, tmp_path, words):
    """The tables are spoilt: whoever opened one would say so."""
    real = as_real(extracts, tmp_path / "real")
    for path in real.glob("*.csv"):
        path.write_bytes(b"\xff")

    done = run("verify", "fod", "--only", "breach", "--extracts", real, *words, "--json", tmp_path / "e.json")

    assert done.returncode == 2
    assert "NotApproved:" in done.stderr
    assert "Nothing was read" in " ".join(done.stderr.split())
    assert words in ([], ["--approval", ""]) or "such as DPO-2022-014" in " ".join(done.stderr.split())
    assert "jane" not in done.stderr.casefold()
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "e.json").exists()


def test_the_reference_of_the_approval_is_in_the_evidence(extracts, tmp_path):
    real = as_real(extracts, tmp_path / "real")

    files = ("--json", tmp_path / "e.json", "--only", "FOD_COM_BREACH_01")
    run("verify", "fod", "--only", "breach", "--extracts", real, *APPROVED, *files)

    sets = evidence.read(tmp_path / "e.json")["made_by"]["extract_sets"]
    assert [(facts["origin"], facts.get("approval")) for facts in sets] == [
        ("synthetic", None),
        ("real", "DPO-2022-014"),
    ]


def test_a_rehearsal_on_made_up_records_is_not_real(extracts, tmp_path):
    done = run("verify", "fod", "--only", "breach", "--extracts", extracts, "--json", tmp_path / "e.json")

    made = evidence.records(evidence.read(tmp_path / "e.json"))
    assert done.returncode == 0, done.stdout
    assert {record["real"] for record in made.values()} == {"none"}
    assert made["FOD_COM_BREACH_01"]["rehearsal"] == "held"
    assert "On these real records" not in done.stdout
    assert " ".join(done.stdout.split()).endswith(outcomes.REHEARSED)


def test_an_output_that_cannot_be_written_is_named_without_traceback(tmp_path):
    (tmp_path / "file").write_text("")

    done = run("synth", "fod", "--out", tmp_path / "file" / "below")

    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_promise_that_did_not_hold_exits_1(extracts, tmp_path):
    real = as_real(extracts, tmp_path / "real", lambda facts: facts["tables"]["breaches"].pop("sha256"))
    log = real / "breaches.csv"
    log.write_text(log.read_text().replace("2021-03-29T11:00+01:00", "2021-03-29T11:01+01:00"))

    done = run("verify", "fod", "--only", "breach", "--extracts", real, *APPROVED, "--json", tmp_path / "e.json")

    made = evidence.records(evidence.read(tmp_path / "e.json"))
    assert done.returncode == 1
    assert made["FOD_COM_BREACH_01"]["real"] == "did not hold"
    assert made["FOD_COM_BREACH_01"]["outcome"] == "proven"
    assert "breaches, row 4" in done.stdout


def test_a_missing_table_is_no_evidence_and_exits_3(extracts, tmp_path):
    def without_log(facts):
        facts["tables"].pop("breaches")

    real = as_real(extracts, tmp_path / "real", without_log)
    (real / "breaches.csv").unlink()

    done = run("verify", "fod", "--only", "breach", "--extracts", real, *APPROVED, "--json", tmp_path / "e.json")

    assert done.returncode == 3
    assert evidence.records(evidence.read(tmp_path / "e.json"))["FOD_COM_BREACH_01"]["real"] == "none"


MISTAKES = {
    "no folder": (["verify", "fod", "--extracts", "/nowhere/at/all"], "ExtractsUnusable", "no extract set"),
    "two documents of a folder without a manifest": (
        ["verify", "fod", "lge", "--extracts", "{bare}", "--as-of", "2022-10-01", *APPROVED],
        "ExtractsUnusable",
        "nobody says of which document it is. Name one document alone",
    ),
    "a folder whose name no system takes": (
        ["verify", "fod", "--extracts", "{long}"],
        "ExtractsUnusable",
        "--extracts:",
    ),
    "a folder to map, likewise": (["map", "{long}", "fod", "--out", "no.csv"], "ExtractsUnusable", "--extracts:"),
    "a mapping, likewise": (
        ["verify", "fod", "--extracts", "{extracts}", "--mapping", "{long}"],
        "ExtractsUnusable",
        "--mapping: it cannot be opened (File name too long). Check that it is there",
    ),
    "a folder of workbooks, likewise": (
        ["workbooks", "{long}", "--on", "2022-10-01", "--out", "no.csv"],
        "ExtractsUnusable",
        "DIR: it cannot be opened",
    ),
    "evidence to inspect, likewise": (["inspect", "{long}"], "ReleaseUnusable", "FILE: the file cannot be read"),
    "another DPIA": (["verify", "lge", "--extracts", "{extracts}"], "ExtractsUnusable", "is of fod"),
    "a theme in capitals, before anything of the extracts is read": (
        ["verify", "fod", "--extracts", "/nowhere/at/all", "--only", "Breach"],
        "InputUnusable",
        "--only, 1 of 1: it is no theme, commitment or table",
    ),
    "the same for the places": (
        ["locate", "fod", "--extracts", "/nowhere/at/all", "--only", "Breach"],
        "InputUnusable",
        "--only, 1 of 1: it is no theme, commitment or table",
    ),
}


@pytest.mark.parametrize(("words", "error", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named_without_traceback(extracts, tmp_path, words, error, said):
    (tmp_path / "breaches.csv").write_text("breach_id\n")

    done = run(*(word.format(extracts=extracts, bare=tmp_path, long="a" * 300) for word in words))

    assert done.returncode == 2
    assert error in done.stderr
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_outside_a_checkout_it_says_where_to_go(tmp_path):
    done = run("status", cwd=tmp_path)

    assert done.returncode == 2
    assert "checkout" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_dpia_is_refused():
    done = run("verify", "abc")

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_no_cell_header_or_file_name_reaches_the_command_line_or_the_site(tmp_path):
    """What the site is built with is the evidence; what an analyst sees is the rest."""
    texts = with_canaries(synthetic.make("fod", 1, 0.02))
    (tmp_path / "set").mkdir()
    folder = written(tmp_path / "set", texts)

    done = run(
        *("verify", "fod", "--engine", "polars", "--extracts", folder, *APPROVED),
        *("--json", tmp_path / "e.json", "--junit", tmp_path / "j.xml"),
    )

    assert done.returncode in {1, 3}
    assert "Traceback" not in done.stderr
    made = evidence.records(evidence.read(tmp_path / "e.json"))
    assert all(need in done.stdout for need in made if need.startswith("FOD_COM_"))
    for content in (done.stdout.encode(), done.stderr.encode(), *(p.read_bytes() for p in tmp_path.glob("*.*"))):
        assert not leaks(content)

    given = f"dpia_evidence={os.path.relpath(tmp_path / 'e.json', ROOT / 'docs')}"
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-D",
        given,
        "-d",
        tmp_path / "trees",
        ROOT / "docs",
        tmp_path / "site",
    ]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    pages = [path for path in (tmp_path / "site").rglob("*") if path.suffix in {".html", ".json", ".js", ".inv"}]
    assert pages
    assert not [path.name for path in pages if leaks(path.read_bytes())]


def test_only_what_was_asked_for_is_run_and_the_table_says_so(extracts, tmp_path):
    files = ("--json", tmp_path / "e.json")

    done = run("verify", "fod", "--extracts", extracts, "--only", "FOD_COM_BREACH_01", "--strict", *files)

    made = evidence.records(evidence.read(tmp_path / "e.json"))
    lines = {line.split()[1]: line for line in done.stdout.splitlines() if " FOD_COM_" in line}
    assert done.returncode == 0, done.stdout
    assert [need for need, record in made.items() if record["tests"]] == ["FOD_COM_BREACH_01"]
    assert "held" in lines["FOD_COM_BREACH_01"]
    assert set(lines) == {"FOD_COM_BREACH_01"}
    owed = [need for need in made if need.startswith("FOD_COM_")]
    assert f"Not asked for in this run, and left out here: {len(owed) - 1} of {len(owed)}." in done.stdout
    assert outcomes.state(made["FOD_COM_BREACH_02"]).startswith("not run")


def test_columns_that_do_not_fit_are_named_with_what_to_do(extracts, tmp_path):
    """A day that stands first makes cells unreadable until the mapping says so; the page says it as the terminal."""
    folder, cells = tmp_path / "set", "breaches.detected_at (8 cells)"
    folder.mkdir()
    rows = list(csv.DictReader((extracts / "breaches.csv").read_text(encoding="utf-8").splitlines()))
    with (folder / "breaches.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows({**row, "detected_at": "31/12/2019 09:30"} for row in rows)
        writer.writerow(dict.fromkeys(rows[0], ""))
    words = ("--extracts", folder, *APPROVED, "--as-of", "2023-12-31", "--only", "FOD_COM_BREACH_01")

    plain = run("verify", "fod", *words, "--html", tmp_path / "v.html")
    (folder / "mapping.csv").write_text("table,column,header,format\nbreaches,detected_at,,dd/mm/yyyy London\n")
    mapped = run("verify", "fod", *words)

    assert f"for a fault: {cells}. If your files" in " ".join(plain.stdout.split()), plain.stderr
    assert "Rows without a filled cell: 1 in breaches. Each was judged" in " ".join(plain.stdout.split())
    assert cells in (tmp_path / "v.html").read_text(encoding="utf-8")
    assert "for a fault" not in " ".join(mapped.stdout.split())


def test_rows_without_a_filled_cell_are_counted():
    empty, filled = pa.nulls(3, pa.string()), pa.array([None, "x", None])
    texts = {"post": pa.table({"a": empty, "b": filled}), "crc": pa.table({"a": filled, "b": ["x", None, "x"]})}

    rows = extract_files.blank_rows({**texts, "boards": pa.table({"a": empty[:0]})})

    assert rows == {"post": 2}
    assert outcomes.blank({}) == []
    assert outcomes.blank(rows) == [
        "Rows without a filled cell: 2 in post. Each was judged as a record that says nothing."
        " If a spreadsheet left them behind, take them out."
    ]


def test_a_missing_column_and_an_unreadable_cell_are_told_apart():
    found = {
        Violation("post", 2, "sent_on", rule="unreadable"),
        Violation("post", 3, "sent_on", rule="unreadable"),
        Violation("post", column="post_id", rule="column_missing"),
        Violation("post", 3, "sent_on", rule="sent_by_post"),
    }
    judgement = Judgement("did not hold", Result("did not hold", Ledger(found=found)))

    columns = unfit([judgement, judgement])

    assert columns == {"post": {"post_id": 0, "sent_on": 2}}
    assert outcomes.unfit({}) == []
    assert outcomes.unfit(columns) == [
        "Columns that are missing, or with cells that are no value of their type, which a check takes for a fault:"
        " post.post_id (missing), post.sent_on (2 cells). If your files call a column otherwise, or write its days in"
        " another way, say so in mapping.csv first: dpia-checks map proposes one."
    ]


@pytest.mark.parametrize("error", [RuntimeError, KeyError, ModuleNotFoundError])
def test_a_fault_of_ours_is_told_by_its_place_and_shows_no_value(monkeypatch, capsys, error):
    def broken(options):
        raise error("Zq7CanaryBird")

    monkeypatch.setattr(cli, "_status", broken)

    code = cli.main(["status"])

    said = capsys.readouterr().err
    assert code == 2
    assert f"{error.__name__} at test_cli.py:" in " ".join(said.split())
    assert "Zq7CanaryBird" not in said


class Panic(BaseException):
    """As polars raises when its Rust breaks: no Exception."""


def test_what_a_library_in_rust_breaks_with_is_told_by_its_place(monkeypatch, capsys):
    def broken(options):
        raise Panic("Zq7CanaryBird")

    monkeypatch.setattr(cli, "_status", broken)

    assert cli.main(["status"]) == 2
    assert "Panic at test_cli.py:" in " ".join((said := capsys.readouterr().err).split())
    assert "Zq7CanaryBird" not in said


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt, 130), (SystemExit, None)])
def test_whoever_ends_the_command_is_obeyed(monkeypatch, error, code):
    def ended(options):
        raise error

    monkeypatch.setattr(cli, "_status", ended)

    if code is None:
        with pytest.raises(SystemExit):
            cli.main(["status"])
    else:
        assert cli.main(["status"]) == code


CHOICES = {
    "no such theme": (["--only", "Zq7CanaryBird"], "InputUnusable", "it is no theme, commitment or table"),
    "a day without extracts": (["--as-of", "2019-10-01"], "ExtractsUnusable", "--as-of: it is said of your extracts"),
    "an approval without extracts": ([*APPROVED], "ExtractsUnusable", "--approval: it is said of your extracts"),
    "a mapping and passwords without extracts": (
        ["--mapping", "Zq7CanaryBird", "--password-fd", "0"],
        "ExtractsUnusable",
        "Give --extracts, or leave --mapping out. --password-fd: it is said of your extracts, and none are given",
    ),
    "an option that there is not": (["--pasword=Zq7CanaryBird"], "error:", "there is no such option: --pasword"),
    "a word after it": (["--pasword", "Zq7CanaryBird"], "error:", "there is no such option: --pasword"),
}


@pytest.mark.parametrize(("words", "error", "said"), CHOICES.values(), ids=CHOICES)
def test_a_choice_that_means_nothing_is_refused(words, error, said):
    done = run("verify", "fod", *words)

    assert done.returncode == 2
    assert error in done.stderr
    assert said in " ".join(done.stderr.split())
    assert "Zq7CanaryBird" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("word", ["Zq7CanaryBird", "9" * 5000, "3.5", "\u0663"])
def test_a_password_in_place_of_its_descriptor_is_refused_and_not_repeated(extracts, word):
    done = run("verify", "fod", "--extracts", extracts, f"--password-fd={word}")

    assert done.returncode == 2
    assert "--password-fd: that file descriptor is not open for reading" in " ".join(done.stderr.split())
    assert word not in done.stderr


@pytest.mark.parametrize("scale", ["0", "1001", "nan", "many"])
def test_a_scale_that_is_none_is_refused(scale):
    done = run("synth", "fod", "--out", "no", "--scale", scale)

    assert done.returncode == 2
    assert "a scale is a number above 0 and up to 1000" in " ".join(done.stderr.split())
