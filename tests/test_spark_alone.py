"""Spark on this machine alone: what it leaves on disk when it is killed, and whom it talks to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .engines import TESTED
from .plugin.test_nothing_leaks import CANARY

pytestmark = pytest.mark.skipif("spark" not in TESTED, reason="Spark is tested by nox -s engines")

ROWS = 400_000
MADE = f"""
import os, sys, threading, time
from pathlib import Path
import pyarrow as pa
from dpia_checks import engines, spark_session

spark_session.SPARK |= eval(sys.argv[1])
cells = pa.table({{"cell": [f"{CANARY}{{number}}" for number in range({ROWS})]}})
"""
SPILLING = """
def killed_when_it_spills():
    while not any(path.stat().st_size > 2**20 for path in Path().rglob("blockmgr-*/*/*")):
        time.sleep(0.05)
    os.killpg(0, 9)

threading.Thread(target=killed_when_it_spills, daemon=True).start()
frame = engines.of_text(cells, "spark").to_native()
frame.sort("cell").write.format("noop").mode("overwrite").save()
time.sleep(60)
"""
SPILLS_SOON = {
    "spark.shuffle.spill.numElementsForceSpillThreshold": "20000",
    "spark.shuffle.compress": "false",
    "spark.shuffle.spill.compress": "false",
}


def started(code: str, folder: Path, settings: dict[str, str], first: str = "") -> subprocess.CompletedProcess[str]:
    """Run *code* in a process group of its own, whose current and temporary folder is *folder*."""
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    words = [sys.executable, "-c", first + MADE + code, repr(settings)]
    return subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=False, start_new_session=True
    )


class TestAfterItIsKilled:
    def left(self, folder: Path, settings: dict[str, str]) -> tuple[int, list[bytes]]:
        """Kill Spark and Python in the middle of a sort; return what became of it and what every file left holds."""
        done = started(SPILLING, folder, {**SPILLS_SOON, **settings})
        return done.returncode, [path.read_bytes() for path in folder.rglob("*") if path.is_file()]

    def test_nothing_but_encrypted_cells_is_left_in_a_folder_of_its_own(self, tmp_path):
        code, files = self.left(tmp_path, {})

        assert code == -9
        assert sum(map(len, files)) > 2**20
        assert not any(CANARY.encode() in content for content in files)
        assert [path.name.startswith("dpia_checks-") for path in tmp_path.iterdir()] == [True]
        assert [path.stat().st_mode & 0o077 for path in tmp_path.iterdir()] == [0]

    def test_cells_would_be_left_without_encryption(self, tmp_path):
        code, files = self.left(tmp_path, {"spark.io.encryption.enabled": "false"})

        assert code == -9
        assert any(CANARY.encode() in content for content in files)


ENCLOSED = """
import ctypes, fcntl, os, socket, struct, sys
from pathlib import Path

user = os.getuid()
if ctypes.CDLL(None).unshare(0x10000000 | 0x40000000):  # a user and a network of its own, before there is a thread
    sys.exit("no network of its own")
Path("/proc/self/setgroups").write_text("deny")
Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:  # up, with one more address, as a desk has one
    outer = struct.pack("16sHH4s8x", b"lo:1", socket.AF_INET, 0, socket.inet_aton("198.51.100.7"))
    fcntl.ioctl(asked, 0x8914, struct.pack("16sh", b"lo", 1))
    fcntl.ioctl(asked, 0x8916, outer)
"""
TALKING = """
import json

def counted():
    # how many packets and connections found no way out of here, by the kernel's own count
    said = [line.split() for line in Path("/proc/net/snmp").read_text().splitlines() if line.startswith("Ip:")]
    newer = dict(line.split() for line in Path("/proc/net/snmp6").read_text().splitlines())
    return int(dict(zip(*said))["OutNoRoutes"]) + int(newer.get("Ip6OutNoRoutes", 0))

def listening():
    # the addresses on which somebody from outside could call
    found = []
    for name in ("tcp", "tcp6"):
        lines = [line.split() for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
        found += [line[1].partition(":")[0] for line in lines if line[3] == "0A"]
    return sorted(set(found) - {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"})

before = counted()
frame = engines.of_text(cells, "spark")
cells_found = engines.collected(engines.where(frame, "cell", lambda text: text.endswith("7")).select("row")).shape[0]
after, open_to = counted(), listening()
try:
    socket.create_connection(("192.0.2.1", 9), 5)
except OSError:
    pass
print(json.dumps([cells_found, after - before, open_to, counted() - after]))
"""


def test_it_talks_to_nobody_but_itself(tmp_path):
    """In a network without a way out, of which the kernel counts whoever looks for one. A call outwards is counted."""
    done = started(TALKING, tmp_path, {}, ENCLOSED)
    if done.stderr.strip() == "no network of its own":
        pytest.skip("this machine gives nobody a network of their own")

    found, tried, open_to, of_a_call = json.loads(done.stdout)

    assert (found, tried, open_to) == (ROWS // 10, 0, [])
    assert of_a_call > 0


def test_its_folder_is_gone_when_it_ends(tmp_path):
    done = started("engines.collected(engines.of_text(cells, 'spark').select('row'))", tmp_path, {})

    assert (done.returncode, list(tmp_path.iterdir())) == (0, [])
