"""
A process that judges one extract set after another on an engine that scans, as a run on real records would.

``python -c "from tests.scanning import serve; serve()"`` takes on each line of its standard input a folder and an
engine, as JSON, and answers with a line on the descriptor that ``ANSWERS`` names: how it ended, and what is said of
it. What a library prints meanwhile goes where it would go.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from dpia_checks import apart, extract_files, verification
from dpia_checks.checks.breach import told_late
from dpia_checks.errors import InputUnusable
from dpia_checks.terms import Terms
from dpia_checks.violations import assert_no_violations

from .test_malformed import forked

ENDS = frozenset({"refused", "held", "did not hold", "no evidence", "crashed"})


def in_time(extracts, terms):
    """Ask for text, for an instant, and for what a footer may prove."""
    log = extracts["breaches"]
    of = {"notifiable": ["yes"]}
    late = told_late(log, told="ico_told_at", since="detected_at", hours=72, of=of)
    assert_no_violations(late, told_late(log, told="mps_told_at", since="detected_at", hours=72, of=of))


def judged(folder: Path, engine: str) -> tuple[str, str]:
    """Return how the set in *folder* is judged on *engine*, and everything that is said of it."""
    try:
        extracts = extract_files.read(folder, engine=engine)
    except InputUnusable as refused:
        return "refused", str(refused)
    result = verification.call(in_time, extracts, Terms(""))
    return result.ended, result.said


def serve() -> None:
    """Answer until the input ends."""
    apart.parse = forked
    with os.fdopen(int(os.environ["ANSWERS"]), "w") as answers:
        for line in sys.stdin:
            folder, engine = json.loads(line)
            print(json.dumps(judged(Path(folder), engine)), file=answers, flush=True)
