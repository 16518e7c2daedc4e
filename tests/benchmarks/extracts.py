"""
Measure twenty checks of client extracts of growing size, on our engines and with other tools, in one run.

Each is a process of its own; what is printed is its CPU seconds without the imports, the ratio to reading the needed
columns, and its memory at the peak. All must find the same number of rows. A tool that is not installed is skipped
by name; ``python extracts.py --peers PYTHON 1000000`` says which Python has them.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
SIZES = (100_000, 1_000_000)
READS = ("read_polars", "read_duckdb")
OURS = ("polars", "duckdb", "polars/footer", "duckdb/footer")
PEERS = ("pandas", "pandera_pandas", "pandera_polars", "pointblank", "great_expectations")
REPEATS = 3
LARGE = 2_000_000
"""From so many rows on each is run once."""


def measured(python: str, script: str, name: str, path: Path, repeats: int) -> dict[str, Any] | None:
    """Return the cheapest of some runs, or nothing when the tool is not there or memory does not do for it."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parents[1] / "src")}
    runs = []
    for _ in range(repeats):
        words = [python, str(HERE / script), name, str(path)]
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
        if "ModuleNotFoundError" in done.stderr:
            return None
        if done.returncode == -signal.SIGKILL or "MemoryError" in done.stderr:
            print(f"{name} wants more memory than there is")
            return None
        if done.returncode:
            sys.exit(f"{name} exited with {done.returncode}\n{done.stderr}")
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return min(runs, key=lambda run: float(run["cpu"]))


def generated(path: Path, rows: int) -> str:
    """Write the extract in a process of its own, and return what that cost against writing alone."""
    words = [sys.executable, str(HERE / "clients.py"), str(path), str(rows)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    made = json.loads(done.stdout)
    ratio = made["cpu"] / made["write_cpu"]
    return f"made in {made['cpu']:.1f} CPU s, {ratio:.1f} times the bare write, {made['peak_mb']} MB at the peak"


def shown(rows: int, peers: str, console: Console) -> None:
    """Measure one size and print its table."""
    with tempfile.TemporaryDirectory() as folder:
        path, repeats = Path(folder) / "clients.parquet", REPEATS if rows < LARGE else 1
        said = generated(path, rows)
        found = {name: measured(sys.executable, "peers.py", name, path, repeats) for name in READS}
        found |= {name: measured(sys.executable, "twenty.py", name, path, repeats) for name in OURS}
        found |= {name: measured(peers, "peers.py", name, path, repeats) for name in PEERS}
    base = found["read_polars"]
    assert base is not None
    table = Table(title=f"{rows:,} rows: {said}")
    for column in ("What", "CPU s", "Times the read", "Peak MB", "Rows found"):
        table.add_column(column)
    for name, run in found.items():
        cells = [f"{run['cpu']:.2f}", f"{run['cpu'] / base['cpu']:.1f}", str(run["peak_mb"])] if run else ["skipped"]
        table.add_row(name, *cells, str(sum(run["counts"].values())) if run and "rows" not in run["counts"] else "")
    console.print(table)
    differing = {name: sum(run["counts"].values()) for name, run in found.items() if run and _is_whole(name)}
    if len(set(differing.values())) > 1:
        sys.exit(f"they do not find the same rows: {differing}")


def _is_whole(name: str) -> bool:
    return name not in READS and not name.endswith("/footer")


def main() -> None:
    """Measure each size that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", metavar="PYTHON", default=sys.executable, help="a Python that has the other tools")
    parser.add_argument("rows", nargs="*", type=int, default=SIZES)
    options = parser.parse_args()
    for rows in options.rows:
        shown(rows, options.peers, Console(width=110))


if __name__ == "__main__":
    main()
