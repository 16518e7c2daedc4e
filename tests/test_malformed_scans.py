"""
Malformed Parquet files that an engine scans where they lie: each is refused in words, or judged as it stands.

An engine is not written in Python, and could bring its process down, or print what it reads; so it works in one of
its own. ``nox -s fuzz`` asks more.
"""

from __future__ import annotations

import datetime
import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpia_checks.engines import SCANNING, refuse_absent
from dpia_checks.errors import ExtractsUnusable

from .plugin.test_nothing_leaks import CANARY
from .scanning import ENDS
from .test_malformed import CHANGES, LONGEST, malformed, spoilt

ROOT = Path(__file__).parents[1]
FACTS = {"manifest_version": 1, "dpia": "fod", "name": "x", "origin": "synthetic", "taken_on": "2022-10-01"}
MOMENTS = [datetime.datetime(2020, 1, day, 9, 15, tzinfo=datetime.UTC) for day in (6, 7, 8)]
TEXT = [moment.isoformat() for moment in MOMENTS]


class Judge:
    """The process, which is started anew when it came to its end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "set").mkdir()
        listed = {"tables": {"breaches": {"file": "breaches.parquet"}}}
        (folder / "set" / "manifest.json").write_text(json.dumps({**FACTS, **listed}))
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> subprocess.Popen[str]:
        if self.process is None:
            self.answers, answers = os.pipe()
            code = "from tests.scanning import serve; serve()"
            with (self.folder / "printed").open("ab") as printed:
                self.process = subprocess.Popen(
                    [sys.executable, "-c", code],
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=printed,
                    stderr=printed,
                    pass_fds=[answers],
                    env={**os.environ, "ANSWERS": str(answers), "TMPDIR": str(self.folder)},
                    text=True,
                )
            os.close(answers)
        return self.process

    def stop(self) -> int:
        """End the process, and return by what signal or code it ended."""
        process, self.process = self.process, None
        if process is None:
            return 0
        process.communicate()
        os.close(self.answers)
        return process.returncode

    def __call__(self, content: bytes, engine: str) -> tuple[str, str]:
        (self.folder / "set" / "breaches.parquet").write_bytes(content)
        process = self.start()
        process.stdin.write(json.dumps([str(self.folder / "set"), engine]) + "\n")
        process.stdin.flush()
        ready, _, _ = select.select([self.answers], [], [], 3 * LONGEST)
        if not ready:
            process.send_signal(signal.SIGKILL)
            self.stop()
            raise AssertionError("it hangs")
        answer = b""
        while not answer.endswith(b"\n") and (part := os.read(self.answers, 1 << 16)):
            answer += part
        assert answer, f"it brings the process down: {self.stop()}"
        ended, said = json.loads(answer)
        return ended, said


@pytest.fixture(scope="module")
def judge(tmp_path_factory):
    made = Judge(tmp_path_factory.mktemp("scans"))
    yield made
    assert made.stop() == 0
    assert CANARY not in (made.folder / "printed").read_text(errors="replace")


def file(instants, **options):
    columns = {
        "breach_id": [f"{CANARY} {number}" for number in range(3)],
        "notifiable": ["yes"] * 3,
        "detected_at": instants,
        "ico_told_at": instants,
        "mps_told_at": instants,
        CANARY: [CANARY] * 3,
    }
    buffer = pa.BufferOutputStream()
    pq.write_table(pa.table(columns), buffer, **options)
    return buffer.getvalue().to_pybytes()


FILES = {
    "typed": file(pa.array(MOMENTS, pa.timestamp("us", "UTC"))),
    "text": file(TEXT, row_group_size=2),
    "bare": file(TEXT, compression="none", use_dictionary=False, write_statistics=False, data_page_version="2.0"),
    "packed": file(pa.array(MOMENTS, pa.timestamp("us", "UTC")), compression="zstd", use_dictionary=False),
}
ON = [pytest.param(engine, id=engine) for engine in sorted({*SCANNING} - {"spark"})]


@pytest.fixture(params=ON)
def engine(request):
    try:
        refuse_absent(request.param)
    except ExtractsUnusable as absent:
        pytest.skip(str(absent))
    return request.param


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_sound_file_is_judged(judge, engine, content):
    assert judge(content, engine)[0] == "held"


@malformed
@given(st.sampled_from(sorted(FILES)), CHANGES)
def test_a_malformed_file_is_refused_or_judged(judge, engine, kind, changes):
    ended, said = judge(spoilt(FILES[kind], changes), engine)

    assert ended in ENDS
    assert CANARY not in said
    assert "the verification crashed" not in said
