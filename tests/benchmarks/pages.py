"""
Measure how the time to build pages grows with the number of needs: ours, the same text as plain admonitions, stock.

``python tests/benchmarks/pages.py 300 1000 3000 10000``. CPU seconds, the best of the repeats; the ratios of one
run are what counts. With tables means that every page also has a table of its needs.
"""

from __future__ import annotations

import compileall
import math
import shutil
import sys
import tempfile
from pathlib import Path

from bench import ROOT, best, run
from rich.console import Console
from rich.table import Table

from dpia_checks import evidence
from dpia_checks.evidence import Run
from dpia_checks.needs import Needs

PER_PAGE = 50
TEXT = """MOPAC does what number {n} says, within the hours that it names, and writes down when it did.
A second line says what the first leaves open.
"""
CASES = (("clean", "clean", "held"), ("violation", "late", "caught"), ("allowed", "in time", "passed"))
CONF = {
    "admonitions": 'extensions = ["myst_parser"]\nmyst_enable_extensions = ["colon_fence"]\nhtml_theme = "furo"\n',
    "stock": 'extensions = ["myst_parser", "sphinx_needs"]\nneeds_from_toml = "ubproject.toml"\n'
    'myst_enable_extensions = ["colon_fence"]\nhtml_theme = "furo"\n',
}


def id_of(n: int) -> str:
    """Return the id of the nth need: a theme of its own for each page."""
    return f"FOD_COM_P{(n - 1) // PER_PAGE}_{(n - 1) % PER_PAGE + 1:02d}"


def page(kind: str, numbers: range) -> str:
    """Return a page of needs, or of the same text as admonitions."""
    lines = [f"# Page {numbers[0]}\n"]
    for n in numbers:
        if kind == "admonitions":
            lines.append(f":::{{admonition}} Promise {n}\n{TEXT.format(n=n)}:::\n")
        else:
            lines.append(
                f":::{{commitment}} Promise {n}\n:id: {id_of(n)}\n:source: 5.4\n:method: register\n"
                f":form: obligation\n\n{TEXT.format(n=n)}:::\n"
            )
    return "\n".join(lines)


def table(kind: str, numbers: range) -> str:
    """Return a table with a line for each need of a page: written out, or made by sphinx-needs."""
    if kind == "stock":
        return f'\n```{{needtable}}\n:filter: docname == "page{numbers[0]}"\n:columns: id,title,method\n```\n'
    lines = [f"| {n} | Promise {n} | register |" for n in numbers]
    return "\n| Id | Title | Method |\n|---|---|---|\n" + "\n".join(lines) + "\n"


def project(kind: str, needs: int, tables: bool) -> Path:
    """Write a project of *needs* needs and return its folder."""
    folder = Path(tempfile.mkdtemp(prefix=f"pages-{kind}-"))
    docs = folder / "docs"
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for path in (folder / "src" / "dpia_checks" / "terms").glob("*/*.csv"):
        path.unlink()
    compileall.compile_dir(folder / "src", quiet=2)  # as it is once installed
    (docs / "fod" / "facts").mkdir(parents=True)
    shutil.copy(ROOT / "docs" / "fod" / "facts" / "sections.csv", docs / "fod" / "facts")
    for name in ("ubproject.toml", "schemas.json"):
        shutil.copy(ROOT / "docs" / name, docs)
    conf = (ROOT / "docs" / "conf.py").read_text().replace('templates_path = ["_templates"]', "")
    (docs / "conf.py").write_text(CONF.get(kind, conf))
    (docs / "index.md").write_text("# Index\n\n```{toctree}\n:glob:\n:titlesonly:\n\n*\n```\n")
    for start in range(1, needs + 1, PER_PAGE):
        numbers = range(start, min(start + PER_PAGE, needs + 1))
        (docs / f"page{start}.md").write_text(page(kind, numbers) + (table(kind, numbers) if tables else ""))
    if kind == "ours":
        (folder / "build").mkdir()
        listed = Needs(
            {
                id_of(n): {"type": "commitment", "method": "register", "title": f"Promise {n}"}
                for n in range(1, needs + 1)
            }
        )
        test = "tests/commitments/fod/test_breach.py::test_it"
        runs = [
            Run(id, test, case, name, outcome, ("told_late",), ("breaches",), 11)
            for id in listed.by_id
            for case, name, outcome in (
                ("clean", "clean", "held"),
                ("violation", "late", "caught"),
                ("allowed", "ok", "passed"),
            )
        ]
        made_by = {"tool": "1", "commit": "unknown", "extract_sets": []}
        evidence.write(evidence.build(listed, runs, {}, made_by), folder / "build" / "evidence.json")
    return folder


def seconds(kind: str, needs: int, tables: bool, repeats: int) -> float:
    """Return the CPU seconds of a clean build."""
    folder = project(kind, needs, tables)
    build = ("-m", "sphinx", "-b", "html", "-q", "-d", "build/trees", "docs", "build/site")

    def clean() -> None:
        for name in ("trees", "site"):
            shutil.rmtree(folder / "build" / name, ignore_errors=True)

    try:
        return best(lambda: run(folder, *build), clean, repeats)
    finally:
        shutil.rmtree(folder)


def main(sizes: list[int]) -> None:
    """Print the table."""
    kinds = [(kind, tables) for tables in (False, True) for kind in ("admonitions", "ours", "stock")]
    table = Table(title="CPU seconds of a clean build; ratio to admonitions of the same text")
    for name in ("Needs", *(f"{kind}{', tables' if tables else ''}" for kind, tables in kinds)):
        table.add_column(name)
    took: dict[tuple[str, bool, int], float] = {}
    for size in sizes:
        for kind, tables in kinds:
            took[kind, tables, size] = seconds(kind, size, tables, 1 if size > 1000 else 3)
        cells = [f"{took[k, t, size]:.1f} ({took[k, t, size] / took['admonitions', t, size]:.2f})" for k, t in kinds]
        table.add_row(str(size), *cells)
        print(size, cells, flush=True)
    Console(width=140).print(table)
    if len(sizes) > 1:
        first, last = sizes[-2:]
        for kind, tables in kinds:
            grown = math.log(took[kind, tables, last] / took[kind, tables, first]) / math.log(last / first)
            print(f"growth exponent from {first} to {last}, {kind}{' with tables' if tables else ''}: {grown:.2f}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [300, 1000, 3000, 10000])
