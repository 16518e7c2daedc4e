"""A run writes where it was told to, and never over what it reads."""

import os

import pytest

from dpia_checks import outputs
from dpia_checks.errors import InputUnusable

OPTIONS = ("--json", "--junit", "--html")


@pytest.mark.parametrize("name", ["set/breaches.csv", "set/new/e.json", "other/../set/e.json", "mapping.csv", "other"])
def test_what_would_be_lost_is_refused_before_anything_is_read(tmp_path, name):
    for folder in ("set", "other"):
        (tmp_path / folder).mkdir()

    with pytest.raises(InputUnusable, match="--json: it"):
        outputs.check({"--json": tmp_path / name, "--html": None}, tmp_path / "set", [tmp_path / "mapping.csv"])


def test_a_file_elsewhere_is_written(tmp_path):
    outputs.check({"--json": tmp_path / "e.json"}, tmp_path / "set", [None])
    outputs.check({"--json": tmp_path / "set.json"}, None)


@pytest.mark.parametrize(
    "names", [("e", "./e", "p"), ("e", "p", "new/../e"), ("e", "p", "p"), ("e", "timings.json", "p")]
)
def test_two_outputs_in_one_file_are_refused(tmp_path, names):
    with pytest.raises(InputUnusable, match=r"--(junit|html): another output, or timings\.json"):
        outputs.check(dict(zip(OPTIONS, (tmp_path / name for name in names), strict=True)), None)


def test_evidence_that_the_timings_would_overwrite_is_refused(tmp_path):
    with pytest.raises(InputUnusable, match=r"--json: another output, or timings\.json"):
        outputs.check({"--json": tmp_path / "timings.json"}, None)


def test_a_folder_that_is_a_file_is_refused_and_one_that_is_not_there_is_made_later(tmp_path):
    (tmp_path / "f").touch()

    outputs.check({"--html": tmp_path / "new" / "p.html"}, None)
    with pytest.raises(InputUnusable, match="--html: its folder is a file"):
        outputs.check({"--html": tmp_path / "f" / "p.html"}, None)


@pytest.mark.parametrize(
    ("name", "asked"),
    [("e.json", ""), ("new/deep/e.json", ""), ("there.json", "there.json")],
    ids=["file", "deep", "old"],
)
def test_what_may_not_be_written_is_refused_before_a_long_run(tmp_path, monkeypatch, name, asked):
    """The system is asked of the file itself when it is there, and else of the nearest folder that is."""
    (tmp_path / "there.json").touch()
    monkeypatch.setattr(os, "access", lambda path, mode: (path, mode) != (tmp_path / asked, os.W_OK))

    with pytest.raises(InputUnusable) as raised:
        outputs.check({"--json": tmp_path / name}, None)
    assert str(raised.value) == "--json: nothing may be written there. Name a file that you may write."


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_what_a_run_on_real_records_writes_is_for_its_owner_alone(tmp_path):
    there, new = tmp_path / "there", tmp_path / "new"
    there.touch(0o644)
    (tmp_path / "timings.json").touch(0o644)

    with outputs.for_owner_alone([there, None, new]):
        new.touch()

    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    (tmp_path / "after").touch()
    assert (tmp_path / "after").stat().st_mode & 0o777 != 0o600


def test_the_machine_is_not_named(tmp_path):
    junit = tmp_path / "j.xml"
    junit.write_text('<testsuites><testsuite name="pytest" hostname="a-laptop"><testcase/></testsuite></testsuites>')

    outputs.without_machine(junit)

    assert "a-laptop" not in junit.read_text()
    assert 'name="pytest"' in junit.read_text()
