"""What a bare install leaves out, and which extra brings it: engines and formats are chosen by who needs them."""

from __future__ import annotations

from importlib.util import find_spec

from dpia_checks.errors import ExtraMissing, Problem

ENGINES = ("pandas", "polars", "duckdb", "spark")
"""The engines that can hold a table; each has an extra of its name."""
EXTRA_OF = {
    "duckdb": "duckdb",
    "highspy": "pandas",
    "msoffcrypto": "formats",
    "numpy": "pandas",
    "pandas": "pandas",
    "polars": "polars",
    "pyarrow": "pandas",
    "pyreadstat": "formats",
    "pyspark": "spark",
    "python_calamine": "formats",
    "sphinx": "site",
    "xlsxwriter": "site",
}
"""The extra that brings each library, by the name it is imported by."""


def missing(module: str) -> ExtraMissing | None:
    """Return what to tell a person who lacks *module*; nothing when no extra brings it."""
    extra = EXTRA_OF.get(module.partition(".")[0])
    if extra is None:
        return None
    do = f'Install it: pip install "dpia_checks[{extra}]"'
    return ExtraMissing([Problem("this install", f"what was asked for needs the extra {extra}", do)])


def require(*modules: str) -> None:
    """
    Return when every one of *modules* is installed.

    Raises:
        ExtraMissing: Naming the extra that brings the first that is not.
    """
    for module in modules:
        if find_spec(module) is None and (problem := missing(module)):
            raise problem


def of(extra: str) -> tuple[str, ...]:
    """Return the modules that *extra* brings."""
    return tuple(module for module, brought_by in EXTRA_OF.items() if brought_by == extra)
