"""A run writes where it was told to, and never over what it reads."""

import pytest

from dpia_checks import outputs
from dpia_checks.errors import InputUnusable


@pytest.mark.parametrize("name", ["set/breaches.csv", "set/new/e.json", "other/../set/e.json", "mapping.csv", "other"])
def test_what_would_be_lost_is_refused_before_anything_is_read(tmp_path, name):
    for folder in ("set", "other"):
        (tmp_path / folder).mkdir()

    with pytest.raises(InputUnusable, match="--json: it"):
        outputs.check({"--json": tmp_path / name, "--html": None}, tmp_path / "set", [tmp_path / "mapping.csv"])


def test_a_file_elsewhere_is_written(tmp_path):
    outputs.check({"--json": tmp_path / "e.json"}, tmp_path / "set", [None])
    outputs.check({"--json": tmp_path / "set.json"}, None)


def test_the_machine_is_not_named(tmp_path):
    junit = tmp_path / "j.xml"
    junit.write_text('<testsuites><testsuite name="pytest" hostname="a-laptop"><testcase/></testsuite></testsuites>')

    outputs.without_machine(junit)

    assert "a-laptop" not in junit.read_text()
    assert 'name="pytest"' in junit.read_text()
