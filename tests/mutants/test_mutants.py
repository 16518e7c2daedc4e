"""Mutants are made of what is behaviour, reach everybody who imported it, and are answered for one by one."""

from __future__ import annotations

import csv
import io
import os
import signal
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from rich.console import Console

ROOT = Path(__file__).parents[2]
CODE = '''"""A module."""
from __future__ import annotations
from collections.abc import Sequence
from fractions import Fraction
from functools import wraps
Names = Sequence[str]
LIMIT = 3
PART = Fraction(1, 2)

def check(function):
    @wraps(function)
    def judge(*args, **more):
        return ["judged", function(*args, **more)]
    return judge

@check
def over(count: int | None, *, by: int = 0) -> bool:
    """Say whether *count* is over the limit."""
    return count > LIMIT + by

class Box:
    @property
    def is_full(self) -> bool:
        return self.held == LIMIT
'''


@pytest.fixture
def tools(monkeypatch):
    """The two modules of this folder, which are no part of the package."""
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(Path(__file__).parent)
    import mutants
    import run

    return mutants, run


@pytest.fixture
def made(tools, tmp_path):
    path = tmp_path / "some.py"
    path.write_text(CODE)
    return {mutant.key[1:]: mutant for mutant in tools[0].mutants_of(path, tmp_path)}


@pytest.fixture
def imported(monkeypatch):
    """The module, and another one that has imported everything from it."""
    module, other = ModuleType("dpia_checks.some"), ModuleType("dpia_checks.other")
    for each in (module, other):
        monkeypatch.setitem(sys.modules, each.__name__, each)
    module.__file__ = "some.py"
    exec(compile(CODE, "some.py", "exec"), vars(module))
    vars(other).update({name: vars(module)[name] for name in ("over", "Box", "LIMIT", "PART")})
    return module, other


class TestMutantsOf:
    def test_a_decorated_function_and_a_property_are_changed(self, made):
        assert ("over", "return count > LIMIT + by", "return count >= LIMIT + by") in made
        assert ("Box.is_full", "return self.held == LIMIT", "return self.held != LIMIT") in made

    def test_a_constant_is_changed(self, made):
        assert ("(module)", "LIMIT = 3", "LIMIT = 4") in made

    def test_docstrings_annotations_and_names_of_types_are_left_alone(self, made):
        before = {name for _, name, _ in made}

        assert not [line for line in before if '"""' in line or line.startswith("Names")]
        assert not [after for _, _, after in made if "int & None" in after]

    def test_a_change_has_the_same_name_wherever_its_function_moves(self, tools, made, tmp_path):
        (tmp_path / "some.py").write_text(CODE.replace("LIMIT = 3", "LIMIT = 3\n\n# a remark"))

        assert {mutant.key[1:] for mutant in tools[0].mutants_of(tmp_path / "some.py", tmp_path)} == set(made)


class TestPutIn:
    def test_code_that_did_not_change_changes_nothing(self, tools, imported):
        tools[0].put_in(tools[0].undecorated(CODE), imported[0])

        assert [imported[1].over(count) for count in (3, 4)] == [["judged", False], ["judged", True]]

    def test_a_function_changes_for_who_imported_it_and_keeps_its_decorator(self, tools, made, imported):
        tools[0].put_in(made["over", "return count > LIMIT + by", "return count >= LIMIT + by"].code, imported[0])

        assert imported[1].over(3) == ["judged", True]

    def test_a_property_changes(self, tools, made, imported):
        tools[0].put_in(made["Box.is_full", "return self.held == LIMIT", "return self.held != LIMIT"].code, imported[0])
        box = imported[1].Box()
        box.held = 3

        assert not box.is_full

    def test_a_constant_and_a_default_change(self, tools, made, imported):
        tools[0].put_in(made["(module)", "LIMIT = 3", "LIMIT = 4"].code, imported[0])
        before = "def over(count: int | None, *, by: int = 0) -> bool:"
        tools[0].put_in(
            made["over", before, before.replace("0", "1")].code.replace("LIMIT = 3", "LIMIT = 4"), imported[0]
        )

        assert (imported[1].LIMIT, imported[1].over(5), imported[1].over(6)) == (4, ["judged", False], ["judged", True])

    def test_a_constant_whose_class_is_imported_changes(self, tools, made, imported):
        tools[0].put_in(made["(module)", "PART = Fraction(1, 2)", "PART = Fraction(1, 3)"].code, imported[0])

        assert {module.PART for module in imported} == {Fraction(1, 3)}


class TestEnding:
    def fork(self, work) -> int:
        if not (child := os.fork()):
            work()
            os._exit(0)
        return os.waitpid(child, 0)[1]

    def test_a_fork_whose_tests_pass_survived(self, tools):
        assert tools[1].ending(self.fork(lambda: None)) == "survived"

    def test_a_fork_that_a_test_ended_or_that_broke_was_killed(self, tools):
        assert tools[1].ending(self.fork(lambda: os._exit(1))) == "killed"
        assert tools[1].ending(self.fork(lambda: os.kill(os.getpid(), signal.SIGKILL))) == "killed"

    def test_a_fork_that_ran_out_of_time(self, tools):
        assert tools[1].ending(self.fork(lambda: os.kill(os.getpid(), signal.SIGALRM))) == "timed out"


class TestImportAll:
    def test_what_cannot_be_imported_is_left_out(self, tools):
        tools[1].import_all(["no_such_module", "colorsys", "sys"])

        assert "colorsys" in sys.modules


class TestReport:
    @pytest.fixture
    def judge(self, tools):
        key = tools[0].Key("rules.py", "is_any", "one", "other")
        mutant = tools[0].Mutant(key, "", range(1), range(1))

        def of(survived: int, of: int, why: str | None) -> tuple[int, str]:
            console = Console(file=io.StringIO(), width=200)
            ended = ["survived"] * survived + ["killed"] * (of - survived)
            code = tools[1].report(console, [mutant] * of, ended, {} if why is None else {key: why})
            return code, console.file.getvalue()

        return of

    def test_an_explained_survivor_and_a_score_of_95_pass(self, judge):
        code, said = judge(1, 20, "both are alike")

        assert (code, "95.0 %" in said, "both are alike" in said) == (0, True, True)

    def test_a_lower_score_fails(self, judge):
        code, said = judge(2, 39, "both are alike")

        assert (code, "95 % is the least" in said) == (1, True)

    @pytest.mark.parametrize("why", [None, ""])
    def test_a_survivor_without_an_explanation_fails(self, judge, why):
        code, said = judge(1, 100, why)

        assert (code, "`rules.py`,`is_any`,`one`,`other`," in said) == (1, True)

    def test_an_explanation_of_a_mutant_that_is_killed_is_named(self, judge):
        code, said = judge(0, 20, "both are alike")

        assert (code, "no survivor any more: rules.py is_any" in said) == (0, True)


def test_what_is_explained_is_still_there():
    with (ROOT / "docs/maintain/survivors.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    gone = []
    for row in rows:
        path = ROOT / "src/dpia_checks" / row["module"].strip("`")
        lines = (
            " ".join(line.strip() for line in path.read_text(encoding="utf-8").splitlines()) if path.exists() else ""
        )
        gone += [row] if row["before"].strip("`") not in lines else []

    assert gone == []
    assert [row for row in rows if not row["why"]] == []


class TestForget:
    def test_a_function_that_keeps_its_answers_is_asked_again(self, tools, imported):
        module, _ = imported
        asked = []
        module.kept = cache(lambda: asked.append("again"))

        for _ in range(2):
            module.kept()
            tools[1].forget(["dpia_checks.some"])

        assert asked == ["again", "again"]
