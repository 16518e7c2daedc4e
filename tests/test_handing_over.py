"""An analyst hands over files of every kind, and every output says what it should and holds nothing of them."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pandas
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
import xlwt

from dpia_checks import evidence, extract_files, notice, outcomes, parts, project, schema, synthetic
from dpia_checks.errors import ExtractsUnusable
from dpia_checks.needs import Needs

from .plugin.test_nothing_leaks import CANARY, leaks, with_canaries
from .test_formats import locked

ROOT = Path(__file__).parents[1]
WORD = f"{CANARY} of a password"
KINDS = ("csv", "parquet", "xlsx", "xls", "sav")


def csv(text, path):
    path.write_bytes(extract_files.to_csv(text).replace(b"\n", b"\r\n"))


def parquet(text, path):
    pq.write_table(text, path)


def xlsx(text, path):
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.active.title = CANARY
    for row in [text.column_names, *zip(*text.to_pydict().values(), strict=True)]:
        book.active.append(row)
    book.save(buffer)
    path.write_bytes(locked(buffer.getvalue(), WORD))


def xls(text, path):
    book = xlwt.Workbook()
    sheet = book.add_sheet(CANARY)
    for at, row in enumerate([text.column_names, *zip(*text.to_pydict().values(), strict=True)]):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    book.save(str(path))


def sav(text, path):
    pyreadstat.write_sav(pandas.DataFrame({name: text[name].to_pylist() for name in text.column_names}), path)


WRITE = {"csv": csv, "parquet": parquet, "xlsx": xlsx, "xls": xls, "sav": sav}


def mixed(folder, texts):
    """Write a table as a file of each kind and the others as CSV, with a canary as a header too, and a manifest."""
    tables, kinds = {}, list(KINDS)
    for number, (name, text) in enumerate(texts.items()):
        kind = kinds.pop() if text.num_rows and kinds else "csv"
        file = f"{CANARY}{number}.{kind}"
        WRITE[kind](text.append_column(CANARY, text.column(0)), folder / file)
        tables[name] = {"file": f".\\{file}"}
    facts = {"manifest_version": 1, "dpia": "fod", "name": CANARY, "origin": "real", "taken_on": "2023-12-31"}
    written = json.dumps({**facts, "tables": tables}).replace("\n", "\r\n")
    (folder / "manifest.json").write_text("\ufeff" + written, encoding="utf-8")
    return folder


GUARD = """
import os, sys

log = os.open({log!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

def watch(event, arguments):
    if event.startswith("socket."):
        os._exit(99)
    if event == "open" and isinstance(arguments[0], str) and arguments[2] & (os.O_WRONLY | os.O_RDWR):
        os.write(log, os.fsencode(arguments[0]) + b"\\n")

sys.addaudithook(watch)
"""


def guarded(at):
    """Return an environment whose Python ends when it touches a socket, and notes each file that it writes to."""
    place = at / "guard"
    place.mkdir(exist_ok=True)
    (place / "sitecustomize.py").write_text(GUARD.format(log=str(place / "opened")))
    path = os.pathsep.join(filter(None, (str(place), os.environ.get("PYTHONPATH"))))
    return {**os.environ, "TMPDIR": str(at), "COLUMNS": "200", "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}


def run(*words, at, passwords=""):
    reading, writing = os.pipe()
    os.write(writing, passwords.encode())
    os.close(writing)
    code = "import sys; from dpia_checks.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "verify", "fod", *map(str, words), f"--password-fd={reading}"]
    done = subprocess.run(
        command, cwd=ROOT, env=guarded(at), capture_output=True, text=True, check=False, pass_fds=[reading]
    )
    os.close(reading)
    return done


@pytest.fixture(scope="module")
def handed_over(tmp_path_factory):
    """A run of a part of the verifications on files of every kind, and the folder of its outputs."""
    project.list_needs(project.Project(ROOT))  # Sphinx may do as it likes
    out = tmp_path_factory.mktemp("out")
    texts = with_canaries(synthetic.make("fod", 1, 0.02))
    kept = {name: text for name, text in texts.items() if name != "post"}
    log = kept["breaches"]
    late = pa.array([CANARY] * log.num_rows, pa.string())
    kept["breaches"] = log.set_column(log.column_names.index("ico_told_at"), "ico_told_at", late)
    folder = mixed(tmp_path_factory.mktemp("set"), kept)
    files = [f"--{kind}={out / name}" for kind, name in (("json", "e.json"), ("junit", "j.xml"), ("html", "v.html"))]
    words = ["--extracts", folder, "--approval", "DPO-2022-014", "--only", "FOD_COM_BREACH_01", *files]
    return run(*words, at=out, passwords=f"wrong\n{WORD}\n"), out


def test_files_of_every_kind_are_judged(handed_over):
    done, out = handed_over

    sets = evidence.read(out / "e.json")["made_by"]["extract_sets"]
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert len(sets[-1]["rows"]) == len(synthetic.make("fod"))  # one is left out, and the document is a table too


def test_no_output_holds_anything_of_them(handed_over):
    done, out = handed_over

    written = [path for path in out.rglob("*") if path.is_file() and path.parent.name != "guard"]
    assert {path.name for path in written} >= {"e.json", "j.xml", "v.html"}
    for content in (done.stdout.encode(), done.stderr.encode(), *(path.read_bytes() for path in written)):
        assert not leaks(content)


def test_nothing_is_written_but_what_was_asked_for(handed_over):
    """No temporary file, in this process or in one that it starts."""
    out = handed_over[1]

    opened = set((out / "guard" / "opened").read_text().splitlines()) - {os.devnull}
    asked = {str(out / name) for name in ("e.json", "timings.json", "j.xml", "v.html")}
    assert opened == asked


def test_whoever_opened_a_socket_would_be_stopped(tmp_path):
    """So the run above opened none."""
    words = [sys.executable, "-c", "import socket; socket.socket()"]

    assert subprocess.run(words, env=guarded(tmp_path), check=False).returncode == 99


def test_who_runs_it_on_real_records_is_told_what_to_settle(handed_over):
    said = " ".join(handed_over[0].stderr.split())

    assert all(f"{name}:" in said for name in notice.SETTLE)
    assert "Recorded as approved under DPO-2022-014" in said


def test_a_table_that_is_not_there_is_listed_as_no_evidence(handed_over):
    done, out = handed_over

    assert "not in the folder: 1 of" in " ".join(done.stdout.split())
    assert ": post." in done.stdout
    assert ": post." in (out / "v.html").read_text(encoding="utf-8")


class Reader(HTMLParser):
    """Notes the elements, the attributes and the text of a page."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.text = [], {}, ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.setdefault(tag, []).append(dict(attrs))

    def handle_data(self, data):
        self.text += data


def test_the_page_of_a_run_needs_nothing_else(handed_over):
    page = Reader((handed_over[1] / "v.html").read_text(encoding="utf-8"))

    names = {name for attributes in page.attributes.values() for found in attributes for name in found}
    assert {"script", "img", "link", "iframe", "object", "a", "form"} & set(page.tags) == set()
    assert {"src", "href", "style", "srcset"} & names == set()
    assert not [name for name in names if name.startswith("on")]
    assert page.attributes["html"] == [{"lang": "en-GB"}]
    policy = page.attributes["meta"][1]["content"]
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'", policy)


def test_the_page_of_a_run_says_what_the_terminal_says(handed_over):
    done, out = handed_over

    page = Reader((out / "v.html").read_text(encoding="utf-8"))
    listed = {line.split()[1] for line in done.stdout.splitlines() if " FOD_COM_" in line}
    assert listed
    assert all(need in page.text for need in listed)
    assert "DPO-2022-014" in page.text
    assert outcomes.NOTE in page.text
    assert "held: 0; did not hold: 1; no evidence: 0. " + outcomes.REAL in page.text
    assert outcomes.REAL in " ".join(done.stdout.split())


def test_the_page_of_a_run_escapes_what_it_is_given():
    hostile = "<script>alert('x')</script><img src=x onerror=y>&\"'"
    need = {"id": "FOD_COM_BREACH_01", "type": "commitment", "title": hostile, "method": "register"}
    needs = Needs({need["id"]: need})
    made_by = {"tool": hostile, "commit": hostile, "only": [hostile], "extract_sets": [{"origin": hostile}]}
    made = evidence.build(needs, [], {}, made_by)

    page = Reader(parts.page_of_run(made, needs, ["fod"], [hostile], [hostile]))

    assert {"script", "img"} & set(page.tags) == set()
    assert page.text.count("<script>alert('x')</script>") >= 6


def test_without_an_approval_the_notice_is_given_and_nothing_is_recorded(tmp_path):
    """The one table is spoilt: whoever opened it would say so."""
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "breaches.csv").write_bytes(b"\xff\x00")

    done = run("--extracts", tmp_path / "set", "--as-of", "2022-10-01", "--json", tmp_path / "e.json", at=tmp_path)

    said = " ".join(done.stderr.split())
    assert done.returncode == 2
    assert notice.UNAPPROVED in said
    assert "NotApproved" in said
    assert "Settle purpose, basis, approver, record of processing, access, deletion in writing" in said
    assert "docs/" not in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["guard", "set"]


def test_the_notice_says_what_the_page_says():
    page = (ROOT / "docs" / "real-records.md").read_text(encoding="utf-8")

    assert re.findall(r"^\d\. \*\*(.+?)\.\*\*", page, re.MULTILINE) == list(notice.SETTLE)


class TestAFolderWithoutAManifest:
    DAYS = "day_id,day_person,day\r\n1,P01,2020-01-01\r\n"

    def read(self, folder, **more):
        return extract_files.read(folder, **{"dpia": "fod", "as_of": "2022-10-01", "approval": "D-1", **more})

    def refused(self, folder, **more):
        with pytest.raises(ExtractsUnusable) as raised:
            self.read(folder, **more)
        assert not leaks(str(raised.value).encode())
        return str(raised.value)

    def test_each_file_is_the_table_that_it_is_named_after(self, tmp_path):
        (tmp_path / "Download_Days.CSV").write_bytes(self.DAYS.encode())

        read = self.read(tmp_path)

        assert list(read) == ["download_days"]
        assert (read.facts.origin, read.facts.taken_on, read.facts.complete) == ("real", "2022-10-01", frozenset())

    def test_the_day_it_was_taken_on_must_be_given(self, tmp_path):
        (tmp_path / "download_days.csv").write_text(self.DAYS)

        assert "Give the day: --as-of" in self.refused(tmp_path, as_of="")

    def test_a_file_that_is_named_after_no_table_is_counted(self, tmp_path):
        (tmp_path / "download_days.csv").write_text(self.DAYS)
        (tmp_path / f"{CANARY}.csv").write_text(CANARY)

        with pytest.raises(Exception, match="1 files named after no table") as raised:
            self.read(tmp_path)
        assert CANARY not in str(raised.value)

    def test_two_files_of_one_table_are_refused(self, tmp_path):
        (tmp_path / "download_days.csv").write_text(self.DAYS)
        (tmp_path / "download_days.txt").write_text(self.DAYS)

        assert "download_days: two files are named after the table" in self.refused(tmp_path)

    def test_a_folder_of_other_things_is_no_extract_set(self, tmp_path):
        (tmp_path / f"{CANARY}.csv").write_text(CANARY)

        assert "no file that is named after a table" in self.refused(tmp_path)


LONDON = {
    "in winter": ("2020-01-10T09:15", "2020-01-10T09:15+00:00"),
    "in summer, as a database writes it": ("2020-07-01 12:30:15", "2020-07-01T12:30:15+01:00"),
    "with a zone": ("2020-07-01T12:30Z", "2020-07-01T12:30Z"),
    "the last minute before clocks go forward": ("2020-03-29T00:59", "2020-03-29T00:59+00:00"),
    "an hour that no clock showed": ("2020-03-29T01:30", "2020-03-29T01:30"),
    "the first minute after": ("2020-03-29T02:00", "2020-03-29T02:00+01:00"),
    "the last minute before clocks go back": ("2020-10-25T00:59", "2020-10-25T00:59+01:00"),
    "an hour that clocks showed twice": ("2020-10-25T01:00", "2020-10-25T01:00"),
    "the first minute that is certain again": ("2020-10-25T02:00", "2020-10-25T02:00+00:00"),
    "a fraction of a second": ("2020-07-01T12:30:15.5", "2020-07-01T12:30:15.5"),
}


@pytest.mark.parametrize(("cell", "read"), LONDON.values(), ids=LONDON)
def test_a_time_without_a_zone_is_londons(tmp_path, cell, read):
    columns = list(schema.load("fod")["breaches"].columns)
    at = columns.index("detected_at")
    (tmp_path / "breaches.csv").write_text(f"{','.join(columns)}\n1{',' * at}{cell}{',' * (len(columns) - at - 1)}\n")

    made = extract_files.read(tmp_path, dpia="fod", as_of="2022-10-01", approval="D-1")

    assert made.texts["breaches"]["detected_at"].to_pylist() == [read]


@pytest.mark.parametrize("file", ["..\\download_days.csv", "../download_days.csv", "C:\\x.csv", "below\\x.csv", ""])
def test_a_path_out_of_the_folder_is_refused_however_it_is_written(tmp_path, file):
    (tmp_path / "download_days.csv").write_text("outside")
    folder = tmp_path / "set"
    folder.mkdir()
    facts = {"manifest_version": 1, "dpia": "fod", "name": "x", "origin": "synthetic", "taken_on": "2022-10-01"}
    (folder / "manifest.json").write_text(json.dumps({**facts, "tables": {"download_days": {"file": file}}}))

    with pytest.raises(Exception, match="the file it names is not in the folder"):
        extract_files.read(folder)


DIES = """
import os, signal, sys
import pytest
from dpia_checks import evidence
from dpia_checks.cli import main

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def then_die(done):
    return lambda *words, **more: (done(*words, **more), die())

if {moment!r} == "when the verifications have run":
    pytest.main = then_die(pytest.main)
else:
    evidence.build = die
sys.exit(main(sys.argv[1:]))
"""


KILLED = [("when the verifications have run", "pandas"), ("while the evidence is made", "duckdb")]


@pytest.mark.parametrize(("moment", "engine"), KILLED)
def test_of_a_run_that_is_killed_no_file_stays(tmp_path, moment, engine):
    """A killed process tidies nothing up: whatever it had written would stay, in the folder for what is temporary."""
    project.list_needs(project.Project(ROOT))
    folder, temporary, at = (tmp_path / name for name in ("set", "temporary", "guard"))
    for place in (folder, temporary, at):
        place.mkdir()
    parquet(synthetic.make("fod", 1, 0.02).texts["breaches"], folder / "breaches.parquet")
    words = ["verify", "fod", "--extracts", folder, "--as-of", "2023-12-31", "--approval", "DPO-2022-014"]
    words += ["--only", "FOD_COM_BREACH_01", "--engine", engine]
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}

    done = subprocess.run(
        [sys.executable, "-c", DIES.format(moment=moment), *map(str, words)],
        cwd=ROOT,
        env={**guarded(at), "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == -9, done.stderr
    assert list(temporary.rglob("*")) == []
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    opened = {path for path in (at / "guard" / "opened").read_text().splitlines() if not path.startswith("/dev/")}
    assert opened == set()
