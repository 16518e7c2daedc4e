"""
Small changes to a module, one at a time, and how to put one into a process that has imported the module.

mutmut says which changes there are. It looks into no function that has a decorator, which every check has;
so the decorators are taken off before it looks. They stay on what runs: a change reaches the function
beneath them.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import NamedTuple

import libcst as cst
from mutmut.mutation.file_mutation import create_mutations

MODULE = "(module)"
"""What stands in place of a function's name for a change outside all functions."""
NOTED = "_reached_by_a_test"
"""The name under which a module has what is told which of its lines a test reaches."""


class Key(NamedTuple):
    """
    The name of a change: the lines that differ, without indentation, and the function they are in.

    It stays the same wherever in the file the function moves. A change that can be made in two equal
    lines of a function has one name.
    """

    module: str
    function: str
    before: str
    after: str


@dataclass(frozen=True)
class Mutant:
    """One change to one module: all its code, and the lines of the changed statement and of its function."""

    key: Key
    code: str
    statement: range
    body: range

    @property
    def module(self) -> str:
        """The file, below the package."""
        return self.key.module

    @property
    def dotted(self) -> str:
        """The module's name to import it by."""
        return f"dpia_checks.{self.module.removesuffix('.py').replace('/', '.')}"


def mutants_of(path: Path, source: Path) -> list[Mutant]:
    """Return the mutants of the module at *path*, which lies below the folder *source*."""
    code = path.read_text(encoding="utf-8")
    bare = undecorated(code)
    tree = ast.parse(bare)
    name = path.relative_to(source).as_posix()
    module, mutations, _, _ = create_mutations(str(path), bare)
    parts = [module.code_for_node(part) for part in (*module.header, *module.body, *module.footer)]
    places = {node: place for place, part in enumerate(module.body, len(module.header)) for node in _within(part)}
    made = []
    for mutation in mutations:
        place = places[mutation.original_node]
        part = module.body[place - len(module.header)].deep_replace(mutation.original_node, mutation.mutated_node)
        changed = "".join([*parts[:place], module.code_for_node(part), *parts[place + 1 :]])
        line, before, after = _difference(bare, changed)
        function, statement, body = _place(tree, line)
        made.append(Mutant(Key(name, function, before, after), changed, statement, body))
    return [mutant for mutant in made if _compiles(mutant.code)]


def _within(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    yield node
    for child in node.children:
        yield from _within(child)


def undecorated(code: str) -> str:
    """Return *code* with a comment in place of each line of a function's decorators, so that no line moves."""
    lines = code.splitlines()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                for number in range(decorator.lineno - 1, decorator.end_lineno or decorator.lineno):
                    lines[number] = "#"
    return "\n".join(lines) + "\n"


def noting(code: str) -> str:
    """Return *code* with a call of what :data:`NOTED` names, with the line, before each statement of its functions."""
    tree = ast.parse(undecorated(code))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    blocks = {id(block): block for function in functions for node in ast.walk(function) for block in _blocks(node)}
    for block in blocks.values():
        block[:] = [
            each for statement in block for each in (*ast.parse(f"{NOTED}({statement.lineno})").body, statement)
        ]
    return ast.unparse(tree)


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if isinstance(block, list):
            yield block


def _compiles(code: str) -> bool:
    try:
        compile(code, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _difference(one: str, two: str) -> tuple[int, str, str]:
    """Return the first line that differs, from 1, and the lines before and after."""
    first, second = one.splitlines(), two.splitlines()
    start = _alike(first, second)
    end = _alike(first[start:][::-1], second[start:][::-1])
    changed = [" ".join(map(str.strip, lines[start : len(lines) - end])) for lines in (first, second)]
    return start + 1, changed[0], changed[1]


def _alike(one: list[str], two: list[str]) -> int:
    """Return how many lines the two begin with that are the same."""
    pairs = enumerate(zip(one, two, strict=False))
    return next((number for number, (line, other) in pairs if line != other), min(len(one), len(two)))


def _place(tree: ast.Module, line: int) -> tuple[str, range, range]:
    """Return the outermost function at *line*, with its class, and the lines of the statement and of the function."""
    statement = function = range(line, line + 1)
    name = []
    for node in _around(tree, line):
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            if not name or name[-1][0] == "class":
                name.append(("class" if isinstance(node, ast.ClassDef) else "function", node.name))
                function = lines
        else:
            statement = lines
    within = bool(name) and name[-1][0] == "function"
    return (".".join(part for _, part in name) if within else MODULE), statement, function if within else range(0)


def _around(node: ast.AST, line: int) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt) and child.lineno <= line <= (child.end_lineno or child.lineno):
            yield child
            yield from _around(child, line)


def put_in(code: str, module: ModuleType) -> None:
    """
    Make *module* behave as if it had been imported from *code*, in this process, for everybody who imported from it.

    Functions keep who they are and get other code; a constant is replaced wherever it went by its name.
    """
    fresh = ModuleType(module.__name__)
    fresh.__file__ = module.__file__
    vars(fresh)[NOTED] = vars(module).get(NOTED)  # a constant that holds functions keeps the fresh ones
    exec(compile(code, str(module.__file__), "exec"), vars(fresh))
    for name, new in list(vars(fresh).items()):
        is_foreign = callable(new) and getattr(new, "__module__", module.__name__) != module.__name__
        if not is_foreign and not name.startswith("__"):
            _replace(name, vars(module).get(name), new, module)


def _replace(name: str, old: object, new: object, module: ModuleType) -> None:
    if isinstance(old, type) and isinstance(new, type):
        for attribute, changed in list(vars(new).items()):
            was = vars(old).get(attribute)
            if callable(changed) or isinstance(changed, property):
                _recode(was, changed)
    elif callable(old) and callable(new):
        _recode(old, new)
    elif old != new:
        for other in list(sys.modules.values()):
            if getattr(other, "__dict__", {}).get(name) is old:
                setattr(other, name, new)


def _recode(old: object, new: object) -> None:
    was, now = _bare(old), _bare(new)
    if isinstance(was, FunctionType) and isinstance(now, FunctionType):
        was.__code__, was.__defaults__, was.__kwdefaults__ = now.__code__, now.__defaults__, now.__kwdefaults__


def _bare(function: object) -> object:
    inner = function.fget if isinstance(function, property) else function
    return inspect.unwrap(inner) if callable(inner) else inner
