"""The whole site, built again from nothing on another path. It is here since it takes a minute."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .conftest import SITE

ROOT = SITE.parents[1]
WORK = ("docs", "src", "tests", "pyproject.toml", "CHANGELOG.md", "noxfile.py", ".git")
BUILD = "from pathlib import Path; from dpia_checks import project, site; site.build(project.find(Path.cwd()), [], {})"


def test_two_clean_builds_on_two_paths_are_the_same_to_the_byte(tmp_path):
    other = tmp_path / "on" / "another path"
    (other / "build").mkdir(parents=True)
    for name in WORK:
        place = ROOT / name
        shutil.copytree(place, other / name) if place.is_dir() else shutil.copy(place, other / name)
    for name in ("needs.json", "evidence.json"):
        shutil.copy(ROOT / "build" / name, other / "build")

    environment = {**os.environ, "PYTHONPATH": str(other / "src"), "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", BUILD], cwd=other, env=environment, check=True)

    assert _files(other / "build" / "site") == _files(SITE)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
