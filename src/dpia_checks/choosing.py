"""
Which verifications a run is asked for: by theme, by commitment or measure, or by a table that they read.

What was not asked for is not run: it is neither held nor a gap, and the evidence says so.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from types import CodeType
from typing import Any

from dpia_checks import DPIAS, schema
from dpia_checks.errors import InputUnusable, Problem, raise_together
from dpia_checks.needs import Needs


def themes(needs: Needs) -> list[str]:
    """Return the themes of the commitments of *needs*, sorted."""
    return sorted({need.split("_")[2].lower() for need in needs.of_type("commitment")})


def check(words: Sequence[str], needs: Needs) -> None:
    """
    Refuse *words* unless each is a theme, a commitment, a measure or a table. A word is named by its position.

    Raises:
        InputUnusable: Naming every word that is none of them.
    """
    tables = {"needs", *(name for dpia in DPIAS for name in schema.load(dpia))}
    known = {*themes(needs), *needs.of_type("commitment", "mitigation"), *tables}
    do = f"Write one of these themes: {', '.join(themes(needs))}; or the id of a commitment, or the name of a table"
    raise_together(
        InputUnusable,
        [
            Problem(f"--only, {position} of {len(words)}", "it is no theme, commitment or table", do)
            for position, word in enumerate(words, start=1)
            if word not in known
        ],
    )


def is_asked(need: str, function: Callable[..., Any], words: Collection[str]) -> bool:
    """Return whether any of *words* asks for *function*, which verifies *need*; without words, all are."""
    if not words or need in words:
        return True
    theme = need.split("_")[2].lower() if "_COM_" in need else ""
    return theme in words or not tables_read(function).isdisjoint(words)


@cache
def tables_read(function: Callable[..., Any]) -> frozenset[str]:
    """
    Return the names of the tables that a verification takes from its ``extracts``, as its source says them.

    Where the name is no text but a variable, every text in the function and its module's constants may be it.
    """
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    taken = [
        node.slice
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "extracts"
    ]
    names = {str(key.value) for key in taken if isinstance(key, ast.Constant)}
    if any(not isinstance(key, ast.Constant) for key in taken):
        names |= set(_texts(function.__code__, function.__globals__))
    return frozenset(names)


def _texts(code: CodeType, constants: dict[str, Any]) -> Iterable[str]:
    named = [constants[name] for name in code.co_names if isinstance(constants.get(name), str | tuple | list | dict)]
    for value in [*code.co_consts, *named]:
        if isinstance(value, CodeType):
            yield from _texts(value, constants)
        elif isinstance(value, str):
            yield value
        elif isinstance(value, tuple | list | dict):
            yield from (part for part in value if isinstance(part, str))
