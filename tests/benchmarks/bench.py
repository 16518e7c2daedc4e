"""
Measure the ways this project is used, each in its own processes, and print ratios within this run.

Times are CPU seconds of the processes started, user and system, the best of the repeats: on a shared
machine the wall clock says more about the neighbours.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
REPEATS = 3
PYTHON = sys.executable


def cpu(work: Callable[[], None]) -> float:
    """Return the CPU seconds that the processes started by *work* used."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(folder: Path, *words: str) -> None:
    """Run Python in *folder* on the sources in it, in silence; fail loudly."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    done = subprocess.run([PYTHON, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)} exited with {done.returncode}\n{done.stdout}\n{done.stderr}")


def copy() -> Path:
    """Return a copy of the project, so that editing it harms nothing."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    for name in ("docs", "src", "tests/commitments"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def best(work: Callable[[], None], before: Callable[[], None] = lambda: None, repeats: int = REPEATS) -> float:
    """Return the least CPU time of *work* over the repeats, each after *before*, which is not counted."""
    times = []
    for _ in range(repeats):
        before()
        times.append(cpu(work))
    return min(times)


def main() -> None:
    """Print the table."""
    here = copy()
    verify = ("-c", "import sys; from dpia_checks.cli import main; sys.exit(main(sys.argv[1:]))", "verify")
    one = ("-m", "pytest", "-q", "tests/commitments/fod/test_breach.py", "-k", "test_the_regulator_is_told_in_time")
    one += ("-p", "no:hypothesispytest")  # as in the environment of the site session, which has no hypothesis
    needs = ("-c", "import sys; from dpia_checks.cli import main; sys.exit(main(['needs']))")
    pages = "import sys; from pathlib import Path; from dpia_checks import project, site; "
    build = ("-c", f"{pages}sys.exit(site.build(project.find(Path.cwd()), []))")
    page = here / "docs/fod/breach.md"
    evidence = here / "build/evidence.json"

    def clean_site() -> None:
        for name in ("doctrees", "site"):
            shutil.rmtree(here / "build" / name, ignore_errors=True)

    def edit() -> None:
        page.write_text(page.read_text() + "\nA line.\n")

    def other_result() -> None:
        text = evidence.read_text()
        swapped = {'"judged": 11,': '"judged": 12,', '"judged": 12,': '"judged": 11,'}
        old = next(part for part in swapped if part in text)
        evidence.write_text(text.replace(old, swapped[old], 1))

    run(here, *verify, "fod", "lge", f"--json={evidence}")
    rows = {"start Python and import pytest": best(lambda: run(here, "-c", "import pytest, pandas, narwhals"))}
    rows["verify both DPIAs, ids cached"] = best(lambda: run(here, *verify, "fod", "lge", f"--json={evidence}"))
    rows["one commitment, ids cached"] = best(lambda: run(here, *one))
    rows["one commitment, from edit (ids listed again)"] = best(lambda: (run(here, *needs), run(here, *one))[0], edit)
    rows["clean site build"] = best(lambda: run(here, *build), clean_site)
    rows["results-only rebuild"] = best(lambda: run(here, *build), other_result)
    rows["unchanged rebuild"] = best(lambda: run(here, *build))

    table = Table(title=f"CPU seconds, best of {REPEATS}; ratio to the clean site build")
    for name in ("What", "CPU s", "Ratio"):
        table.add_column(name)
    for name, seconds in rows.items():
        table.add_row(name, f"{seconds:.2f}", f"{seconds / rows['clean site build']:.2f}")
    Console(width=100).print(table)
    shutil.rmtree(here)


if __name__ == "__main__":
    main()
