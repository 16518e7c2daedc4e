"""What a wheel carries, and what an install without extras says. ``nox -s wheel`` installs one and uses it."""

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from dpia_checks import extras, project, pytest_entry
from dpia_checks.errors import ExtraMissing, InputUnusable

ROOT = Path(__file__).parents[1]
FACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DISTRIBUTIONS = {"msoffcrypto": "msoffcrypto-tool", "python_calamine": "python-calamine"}
"""The names under which libraries are installed, where they are not imported by them."""
BARE = """
import sys
from importlib.abc import MetaPathFinder

class Without(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] in {brought}:
            raise ModuleNotFoundError("not installed", name=name)

sys.meta_path.insert(0, Without())
import importlib.util
importlib.util.find_spec = lambda name, found=importlib.util.find_spec: None if name in {brought} else found(name)
"""
COMMAND = """
from dpia_checks.cli import main
sys.exit(main(sys.argv[1:]))
"""
PYTEST = """
import pytest
sys.exit(pytest.main(["-p", "no:cacheprovider", "-p", "dpia_checks.pytest_entry", *sys.argv[1:]]))
"""
VERIFYING = """
import pytest

@pytest.mark.verifies("FOD_COM_BREACH_01")
def test_in_time(extracts):
    pass
"""


def bare(*words, then=COMMAND, at=ROOT, **environment):
    code = BARE.format(brought=set(extras.EXTRA_OF)) + then
    command = [sys.executable, "-c", code, *map(str, words)]
    there = {**os.environ, **environment}
    return subprocess.run(command, cwd=at, capture_output=True, text=True, check=False, env=there)


@pytest.mark.parametrize(("module", "extra"), extras.EXTRA_OF.items())
def test_the_extra_that_is_named_brings_the_library(module, extra):
    brought = [re.split(r"[>=<]", line)[0] for line in FACTS["project"]["optional-dependencies"][extra]]

    assert DISTRIBUTIONS.get(module, module) in brought


def test_no_library_of_an_extra_is_needed_by_all():
    needed = {re.split(r"[>=<]", line)[0] for line in FACTS["project"]["dependencies"]}

    assert needed & set(extras.EXTRA_OF) == set()


def test_without_extras_help_is_given():
    done = bare("--help")

    assert done.returncode == 0, done.stderr
    assert "verify" in done.stdout


@pytest.mark.parametrize("words", [("verify", "fod"), ("synth", "fod", "--out", "nowhere/at/all")], ids=str)
def test_without_extras_the_one_that_is_lacking_is_named(words):
    done = bare(*words)

    assert done.returncode == 2
    assert 'pip install "dpia_checks[pandas]"' in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


class TestPytestWithoutExtras:
    """pytest loads what this package brings, in the tests of any other project too."""

    def run(self, at, test):
        (at / "test_it.py").write_text(test)
        return bare("test_it.py", "-W", "error", then=PYTEST, at=at, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")

    def test_loads_the_module_that_knows_of_extras(self):
        assert FACTS["project"]["entry-points"]["pytest11"] == {"dpia_checks": "dpia_checks.pytest_entry"}

    def test_any_other_test_runs(self, tmp_path):
        done = self.run(tmp_path, "def test_of_somebody_else():\n    pass\n")

        assert done.returncode == 0, done.stdout + done.stderr

    def test_a_verification_is_refused_and_the_extra_is_named(self, tmp_path):
        done = self.run(tmp_path, VERIFYING)

        assert done.returncode == 4
        assert 'pip install "dpia_checks[pandas]"' in done.stdout + done.stderr
        assert "Traceback" not in done.stdout + done.stderr

    def test_with_the_extra_the_plugin_is_loaded(self):
        assert pytest_entry.LACKING is None
        assert pytest_entry.pytest_plugins == ("dpia_checks.pytest_plugin",)


def test_a_library_that_no_extra_brings_is_no_missing_extra():
    assert extras.missing("json.decoder") is None
    extras.require("json")


def test_a_module_of_a_library_names_the_extra(monkeypatch):
    monkeypatch.setattr(extras, "find_spec", lambda name: None)

    with pytest.raises(ExtraMissing, match=r"dpia_checks\[formats\]"):
        extras.require("pyreadstat")


@pytest.fixture
def installed(monkeypatch, tmp_path):
    """What a wheel carries, as an installed one has it."""
    monkeypatch.setattr(project, "PACKAGED", tmp_path)
    (tmp_path / "commit").write_text("abc123\n")
    return tmp_path


def test_an_installed_wheel_is_found_from_anywhere(installed):
    found = project.find(Path("/"))

    assert (found.root, found.needs_json) == (installed, installed / "needs.json")
    assert found.tests == installed / "tests" / "commitments"
    assert project.commit(found.root) == "abc123"


def test_nothing_is_made_in_an_installed_wheel(installed):
    found = project.find(Path("/"))

    assert project.list_needs(found) is False
    with pytest.raises(InputUnusable, match="needs a checkout"):
        _ = found.evidence


def hook(root):
    spec = importlib.util.spec_from_file_location("wheel_hook", ROOT / ".ci" / "wheel_hook.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Carrying(str(root), {}, None, None, str(root), "wheel")


def test_a_wheel_carries_what_it_verifies_with(monkeypatch):
    monkeypatch.setattr(project, "is_listed", lambda here: True)
    made = {"force_include": {}}

    hook(ROOT).initialize("standard", made)

    carried = {
        Path(target).relative_to("dpia_checks/_packaged").as_posix() for target in made["force_include"].values()
    }
    assert carried == {*project.CARRIED, "needs.json", "commit"}
    assert [name for name in project.CARRIED if not (ROOT / name).exists()] == []


def test_a_wheel_is_not_built_with_needs_of_other_documents(monkeypatch):
    monkeypatch.setattr(project, "is_listed", lambda here: False)

    with pytest.raises(RuntimeError, match="dpia-checks needs"):
        hook(ROOT).initialize("standard", {"force_include": {}})


def test_an_editable_install_carries_nothing():
    made = {"force_include": {}}

    hook(ROOT).initialize("editable", made)

    assert made == {"force_include": {}}
