"""Imports point inwards: the domain knows no adapter, and each adapter knows one framework."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "dpia_checks"
RINGS = [
    {"errors", "__init__", "__main__"},
    {"csv_tables"},
    {"schema", "terms"},
    {"parsing", "violations"},
    {"records", "needs"},
    {"rules", "examples", "extract_files", "evidence"},
    {"checks", "synthetic", "extracts", "statistical_disclosure", "lint", "parts"},
    {"verification"},
    {"pytest_plugin", "sphinx_ext", "verdicts", "progress", "exports", "project"},
    {"cli"},
    {"site"},
]
"""The parts of the package from the inside out: each may import its own ring and those before it."""
FRAMEWORKS = {
    "pytest": {"pytest_plugin", "progress", "cli"},
    "_pytest": {"pytest_plugin"},
    "sphinx": {"sphinx_ext"},
    "sphinx_needs": {"sphinx_ext"},
    "docutils": {"sphinx_ext"},
    "jinja2": {"parts"},
    "rich": {"cli", "verdicts", "progress"},
    "argparse": {"cli"},
    "highspy": {"statistical_disclosure"},
    "pandas": {"records"},
    "polars": {"records"},
    "duckdb": {"records"},
    "narwhals": {"parsing", "records", "rules"},
}
MODULES = sorted(SOURCE.rglob("*.py"))


def part(path: Path) -> str:
    """Return the first folder or the stem of a module below the package."""
    inside = path.relative_to(SOURCE)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def imported(path: Path) -> set[str]:
    """Return the dotted names that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def ring(name: str) -> int:
    return next(number for number, names in enumerate(RINGS) if name in names)


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_inwards(path):
    own = {name.split(".")[1] for name in imported(path) if name.startswith("dpia_checks.")}
    parts = {name for name in own if (SOURCE / name).is_dir() or (SOURCE / f"{name}.py").exists()}

    outward = {name for name in parts if name != part(path) and ring(name) > ring(part(path))}

    assert not outward


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_framework_is_known_to_its_adapter_only(path):
    roots = {name.split(".")[0] for name in imported(path)}

    strangers = {name for name in roots if name in FRAMEWORKS and part(path) not in FRAMEWORKS[name]}

    assert not strangers


def test_the_generator_imports_no_check():
    names = set().union(*(imported(path) for path in (SOURCE / "synthetic").rglob("*.py")))

    assert not {name for name in names if name.startswith("dpia_checks.checks")}


@pytest.mark.parametrize("path", sorted((SOURCE / "checks").glob("*.py")), ids=name_of)
def test_a_check_is_built_from_the_primitives_alone(path):
    third_party = {name.split(".")[0] for name in imported(path)} - {"__future__", "collections", "dpia_checks"}

    assert not third_party


def test_nothing_asks_for_todays_date():
    calls = [
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}
    ]

    assert not calls
