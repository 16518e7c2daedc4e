"""The commands as a person uses them: exit codes, no traceback, and nothing that was not meant to leave."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from dpia_checks import cli, evidence, project, site
from dpia_checks.release import form

from .conftest import BREACH, CANARY, COMMIT, KEY, LGE, NEEDS, ROWS, evidence_of, needs_of

SECRET = "5ecre7-k3y-of-the-analyst-0123456789-abcdefghij"
ROLES = ("--analyst", "internal auditor", "--approver", "output checker")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A checkout with a list of needs, evidence, a key and an empty folder of what was released; names are canaries."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "ubproject.toml").touch()
    (tmp_path / "tests" / "commitments").mkdir(parents=True)
    (tmp_path / "build").mkdir()
    write_needs(tmp_path, NEEDS)
    (tmp_path / f"{CANARY}-key").write_text(SECRET)
    (tmp_path / f"{CANARY}-earlier").mkdir()
    evidence.write(evidence_of(), tmp_path / f"{CANARY}-e.json")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(project, "list_needs", lambda here: False)
    monkeypatch.setattr(project, "commit", lambda root: COMMIT)
    return tmp_path


def write_needs(folder, needs):
    made = {"current_version": "1", "versions": {"1": {"needs": dict(needs.by_id)}}}
    (folder / "build" / "needs.json").write_text(json.dumps(made))


class Done:
    """What a command printed and came to."""

    def __init__(self, code, printed):
        self.code, self.out, self.err = code, " ".join(printed.out.split()), " ".join(printed.err.split())


@pytest.fixture
def run(here, capfd):
    def command(*words, main=cli.main):
        try:
            code = main([str(word) for word in words])
        except SystemExit as stopped:
            code = stopped.code
        done = Done(code, capfd.readouterr())
        assert "Traceback" not in done.err
        assert not [name for name in (CANARY, SECRET) if name in done.out + done.err]
        return done

    return command


@pytest.fixture
def release(here, run):
    def make(out="r.json", **changes):
        given = {
            "key": here / f"{CANARY}-key",
            "earlier": here / f"{CANARY}-earlier",
            "approval": "OC-2022-3",
            "on": "2022-11-30",
            "out": out and here / out,
        }
        made = {name.replace("_", "-"): value for name, value in {**given, **changes}.items() if name != "evidence"}
        words = [word for name, value in made.items() if value is not None for word in (f"--{name}", value)]
        return run("release", changes.get("evidence", here / f"{CANARY}-e.json"), *words, *ROLES)

    return make


def test_a_release_is_made_for_the_output_check_and_says_that_nothing_is_released_yet(here, release):
    done = release()

    made = form.read(here / "r.json", "FILE")
    assert done.code == 0
    assert made["commitments"][BREACH]["result"] == "held"
    assert "1 of 5 promises: held" in done.out
    assert "Nothing is released yet" in done.out
    assert stat.S_IMODE((here / "r.json").stat().st_mode) == 0o600


def test_the_same_evidence_gives_the_same_file(here, release):
    release("one.json")
    release("two.json")

    assert (here / "one.json").read_bytes() == (here / "two.json").read_bytes()


def test_a_file_that_differs_by_one_woman_is_refused_and_not_written(here, release):
    release("first.json")
    (here / "first.json").rename(here / f"{CANARY}-earlier" / f"{CANARY}.json")
    evidence.write(evidence_of({**ROWS, "breaches": 25}), here / "e2.json")
    evidence.write(evidence_of({**ROWS, "breaches": 15}), here / "e3.json")

    over, within = release("second.json", evidence=here / "e2.json"), release("third.json", evidence=here / "e3.json")

    assert over.code == 2
    assert over.err.startswith("TellsTooMuch: breaches: its rows are shown as about 30 (25 to 34)")
    assert not (here / "second.json").exists()
    assert within.code == 0
    assert len(form.read(here / "third.json", "FILE")["compared_with"]) == 1


def spoilt(how):
    made = evidence_of()
    how(made)
    return evidence.text_of(made)


def of_another_commit(made):
    made["made_by"]["commit"] = CANARY


def of_canaries(made):
    made["made_by"]["extract_sets"][1]["rows"][CANARY] = 3


WRONG_EVIDENCE = {
    "absent": (None, "EvidenceUnusable"),
    "no JSON": (CANARY, "EvidenceUnusable"),
    "another form": (f'{{"{CANARY}": "{CANARY}"}}', "EvidenceUnusable"),
    "nested without end": ("[" * 100_000, "EvidenceUnusable"),
    "a release": ('{"kind": "release"}', "EvidenceUnusable"),
    "of another commit": (spoilt(of_another_commit), "NotReleasable"),
    "with a strange table": (spoilt(of_canaries), "NotReleasable"),
}


@pytest.mark.parametrize(("text", "error"), WRONG_EVIDENCE.values(), ids=WRONG_EVIDENCE)
def test_evidence_that_cannot_be_used_is_refused(here, release, text, error):
    path = here / f"{CANARY}-e.json"
    path.write_text(text) if text is not None else path.unlink()

    done = release()

    assert (done.code, done.err.partition(":")[0]) == (2, error)
    assert not (here / "r.json").exists()


WRONG_WORDS = {
    "a key that is a word": ({"key": "short"}, "KeyUnusable: --key"),
    "a key that is not there": ({"key": f"{CANARY}-nokey"}, "KeyUnusable: --key"),
    "somebody's name": ({"approval": "JaneSmith"}, "NotReleasable: --approval"),
    "no folder": ({"earlier": f"{CANARY}-none"}, "ReleaseUnusable: --earlier"),
    "a day before the extract": ({"on": "2022-01-01"}, "NotReleasable: --on: that is before the day on which"),
    "into the folder of what was released": ({"out": f"{CANARY}-earlier/r.json"}, "ReleaseUnusable: --out"),
    "over a file": ({"out": f"{CANARY}-key"}, "ReleaseUnusable: --out"),
    "into a folder that is none": ({"out": f"{CANARY}/r.json"}, "The output cannot be written"),
}


@pytest.mark.parametrize(("words", "said"), WRONG_WORDS.values(), ids=WRONG_WORDS)
def test_what_cannot_be_used_is_named_without_what_is_in_it(here, release, words, said):
    (here / "short").write_text(CANARY)

    done = release(**words)

    assert done.code == 2
    assert done.err.startswith(said)
    assert (here / f"{CANARY}-key").read_text() == SECRET


@pytest.mark.parametrize("name", ["key", "earlier", "approval", "on", "out"])
def test_nothing_of_it_can_be_left_out(release, name):
    assert release(**{name: None}).code == 2


@pytest.mark.parametrize("commit", ["unknown", f"{COMMIT}+changes"])
def test_evidence_of_checks_that_nobody_can_look_up_is_refused(here, release, monkeypatch, commit):
    monkeypatch.setattr(project, "commit", lambda root: commit)
    made = evidence_of()
    made["made_by"]["commit"] = commit
    evidence.write(made, here / f"{CANARY}-e.json")

    done = release()

    assert (done.code, (here / "r.json").exists()) == (2, False)
    assert "nobody can look up by which checks" in done.err


def test_evidence_that_inspect_refuses_as_edited_is_not_released(here, release):
    path = here / f"{CANARY}-e.json"
    path.write_text(hiding(path.read_text()))

    done = release()

    assert (done.code, (here / "r.json").exists()) == (2, False)
    assert "it holds more than its content says, or was edited" in done.err


@pytest.mark.parametrize(
    "given", [(f"{CANARY} Smith", "output checker"), ("internal auditor", CANARY), ("output checker",) * 2]
)
def test_nobody_is_named_as_who_ran_or_approved_it_nor_repeated(run, given):
    words = ("--key", "k", "--earlier", ".", "--approval", "A1", "--on", "2022-11-30", "--out", "o")

    done = run("release", "e.json", *words, "--analyst", given[0], "--approver", given[1])

    assert done.code == 2
    assert "that is no role: write one of:" in done.err


def test_needs_that_are_not_those_of_the_run_are_refused(here, release):
    write_needs(here, needs_of(BREACH))

    assert release().err.startswith("NotReleasable: EVIDENCE: it is of other promises")


def test_a_key_is_made_for_its_owner_alone_and_never_shown(here, run):
    done = run("key", "--out", here / f"{CANARY}-new")

    made = (here / f"{CANARY}-new").read_text().strip()
    assert done.code == 0
    assert made not in done.out + done.err
    assert len(made) == 64
    assert run("key", "--out", here / f"{CANARY}-new").err.startswith("KeyUnusable: --out")


def test_a_release_is_inspected_in_words(here, release, run):
    release()

    done = run("inspect", here / "r.json")

    assert done.code == 0
    assert f"{BREACH}: held; judged 10 to 24; violations 0; reads breaches" in done.out
    assert "It does not hold: - no cell of any record" in done.out


def test_evidence_is_inspected_in_words(here, run):
    done = run("inspect", here / f"{CANARY}-e.json")

    assert done.code == 0
    assert "it is NOT a release" in done.out


def hiding(text):
    return text.replace('"commit"', f'"commit": "{CANARY}", "commit"', 1)


@pytest.mark.parametrize("kind", ["release", "evidence"])
@pytest.mark.parametrize("spoil", [hiding, lambda text: text + CANARY, lambda text: f"{text} ", lambda text: CANARY])
def test_a_file_that_holds_more_than_it_says_is_refused(here, release, run, spoil, kind):
    release()
    path = here / ("r.json" if kind == "release" else f"{CANARY}-e.json")
    path.write_text(spoil(path.read_text()))

    done = run("inspect", path)

    assert done.code == 2
    assert done.err.partition(":")[0] in {"ReleaseUnusable", "EvidenceUnusable"}


@pytest.mark.parametrize("path", ["nowhere", ".", "docs"])
def test_what_is_no_file_cannot_be_inspected(run, path):
    assert run("inspect", path).err.startswith("ReleaseUnusable: FILE")


def test_text_in_evidence_cannot_steer_the_terminal(here, run):
    made = evidence_of()
    made["made_by"]["extract_sets"][1]["name"] = "\x1b[2J\x07"
    evidence.write(made, here / "e.json")

    done = run("inspect", here / "e.json")

    assert "\x1b" not in done.out
    assert "\\x1b[2J\\x07" in done.out


@pytest.fixture
def built(monkeypatch):
    """What the site is told to build; nothing is verified and no page is written."""
    told = []
    monkeypatch.setattr(site, "verified", lambda here: 0)
    monkeypatch.setattr(site, "build", lambda here, arguments, releases: told.append((arguments, releases)) or 0)
    return told


def test_the_site_is_built_with_a_released_file(here, release, run, built):
    release()

    done = run("--released", here / "r.json", "-E", main=site.main)

    assert done.code == 0
    ((arguments, releases),) = built
    assert arguments == ["-E"]
    assert releases["fod"]["commitments"][BREACH]["result"] == "held"


def test_the_site_exits_1_when_a_promise_did_not_hold_on_real_records(here, release, run, built):
    evidence.write(evidence_of(results={BREACH: ("did not hold", 14, 2)}), here / "e2.json")
    release(evidence=here / "e2.json")

    assert run("--released", here / "r.json", main=site.main).code == 1
    assert built


def another_version(text):
    return text.replace('"schema_version": 1', '"schema_version": 2')


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (another_version, "another version"),
        (hiding, "holds more than"),
        (lambda text: text.replace('"promises": "', '"promises": "0')[:-9], "no JSON"),
        (lambda text: text.replace("internal auditor", f"<b>{CANARY}</b>"), "does not follow version 1"),
    ],
)
def test_a_file_that_cannot_be_shown_is_refused_before_anything_is_built(here, release, run, built, spoil, said):
    release()
    (here / "r.json").write_text(spoil((here / "r.json").read_text()))

    done = run("--released", here / "r.json", main=site.main)

    assert done.code == 2
    assert done.err.startswith("ReleaseUnusable: --released, file 1")
    assert said in done.err
    assert not built


def test_a_file_of_other_promises_is_refused_before_anything_is_built(here, release, run, built):
    release()
    write_needs(here, needs_of(BREACH, LGE))

    done = run("--released", here / "r.json", main=site.main)

    assert done.code == 2
    assert f"its checks were of commit {COMMIT}" in done.err
    assert not built


def test_what_was_released_lies_beside_the_pages_and_goes_when_it_is_not_given(here, release, run):
    release()
    made = form.read(here / "r.json", "FILE")
    evidence.write(evidence_of(), here / "build" / "evidence.json")
    folder = here / "build" / "site"
    folder.mkdir()

    site.fill(project.find(Path.cwd()), folder, {"fod": made})

    text = (folder / "evidence.json").read_text()
    assert (folder / "released" / "fod.json").read_text() == form.text_of(made)
    assert "DPO-2022-014" not in text
    assert '"real": "held"' in (folder / "needs.json").read_text()
    site.fill(project.find(Path.cwd()), folder, {})
    assert not (folder / "released").exists()
    assert '"real": "held"' not in (folder / "needs.json").read_text()


def test_no_file_but_those_asked_for_is_written(here, release, run):
    before = {path for path in here.rglob("*") if path.is_file()}
    release()
    run("inspect", here / "r.json")
    run("key", "--out", here / "key")

    assert {path for path in here.rglob("*") if path.is_file()} - before == {here / "r.json", here / "key"}
    assert CANARY not in (here / "r.json").read_text()
    assert SECRET not in (here / "r.json").read_text()
    assert KEY.hex() not in os.environ.values()
