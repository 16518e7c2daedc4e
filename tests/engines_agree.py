"""
Verify the same made-up records on every engine, as text and as Parquet, and see that nothing differs in the evidence.

``python tests/engines_agree.py fod --only retention`` does a part of it. An engine that is not on this machine is
skipped by name.
"""

from __future__ import annotations

import argparse
import datetime
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dpia_checks import DPIAS, extract_files, synthetic
from dpia_checks.engines import ENGINES, refuse_absent
from dpia_checks.errors import ExtractsUnusable
from dpia_checks.schema import Column

ROOT = Path(__file__).parents[1]
MAIN = "import sys; from dpia_checks.cli import main; sys.exit(main(sys.argv[1:]))"


def typed(column: Column, cells: list[str | None]) -> pa.Array:
    """Return the text of *cells* as the values that it says."""
    makers = {
        "date": (datetime.date.fromisoformat, pa.date32()),
        "instant": (datetime.datetime.fromisoformat, pa.timestamp("us", "UTC")),
        "integer": (int, pa.int64()),
        "decimal": (float, pa.float64()),
        "yes_no": ({"yes": True, "no": False}.__getitem__, pa.bool_()),
    }
    make, type = makers.get(column.type, (str, pa.string()))
    return pa.array([None if cell is None else make(cell) for cell in cells], type)


def as_parquet(dpia: str, folder: Path, scale: float = 1.0) -> Path:
    """Write the clean extracts of *dpia*, of *scale* times as many clients, as Parquet files with types."""
    made = synthetic.make(dpia, scale=scale)
    manifest = extract_files.write(made, folder)
    facts = json.loads(manifest.read_text())
    for name, text in made.texts.items():
        columns = made.schemas[name].columns
        values = {each: typed(columns[each], text[each].to_pylist()) for each in text.column_names}
        (folder / f"{name}.csv").unlink()
        pq.write_table(pa.table(values), folder / f"{name}.parquet")
        facts["tables"][name] = {
            "file": f"{name}.parquet",
            "rows": text.num_rows,
            "complete": name in made.facts.complete,
        }
    manifest.write_text(json.dumps(facts))
    return folder


def evidence(dpia: str, engine: str, folder: Path, words: Sequence[str]) -> dict[str, Any]:
    """Return the evidence of a run on *engine*."""
    target = folder.with_name(f"{engine}.json")
    command = [sys.executable, "-c", MAIN, "verify", dpia, f"--extracts={folder}", f"--engine={engine}"]
    began = time.monotonic()
    done = subprocess.run([*command, f"--json={target}", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    print(f"{dpia} on {engine}: exit code {done.returncode}, {time.monotonic() - began:.0f} s", flush=True)
    if not target.exists():
        sys.exit(done.stdout + done.stderr)
    found = dict(json.loads(target.read_text(encoding="utf-8")))
    found["made_by"].pop("engine")
    for each in found["made_by"]["extract_sets"]:
        each.pop("not_read", None)  # an engine that reads a file whole leaves nothing
    return found


def apart(found: Any, expected: Any, way: str = "") -> Iterator[str]:
    """Yield the way to each place at which *found* is not what was *expected*."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted(found.keys() | expected.keys()):
            yield from apart(found.get(key), expected.get(key), f"{way}/{key}")
    elif found != expected:
        yield way


def present(engine: str) -> bool:
    """Return whether *engine* is on this machine; say so when it is not."""
    try:
        refuse_absent(engine)
    except ExtractsUnusable as absent:
        print(f"skipped: {absent}")
        return False
    return True


def main() -> None:
    """Compare every engine with the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dpias", nargs="*", default=DPIAS)
    parser.add_argument("--only", action="append", default=[])
    options = parser.parse_args()
    first, *others = filter(present, ENGINES)
    words, differing = [f"--only={word}" for word in options.only], []
    for dpia in options.dpias:
        with tempfile.TemporaryDirectory() as made:
            folder = as_parquet(dpia, Path(made) / "extracts")
            expected = evidence(dpia, first, folder, words)
            for each in others:
                differing += [f"{dpia} on {each}: {at}" for at in apart(evidence(dpia, each, folder, words), expected)]
    sys.exit("\n".join([f"the evidence differs from that on {first}:", *differing]) if differing else 0)


if __name__ == "__main__":
    main()
