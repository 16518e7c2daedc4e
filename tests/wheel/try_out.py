"""
Install the wheel from a folder of wheels, without a network or a checkout, and use it: ``nox -s wheel``.

A bare install stays small and names the extra that it lacks. One with extras verifies an extract set. The bill of
materials names every wheel of the folder.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

LARGEST = 120_000_000
"""The bytes that an install without extras may take, pip left out."""
PROGRAMS = "Scripts" if os.name == "nt" else "bin"
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_", "VIRTUAL_ENV"))}


def said(program: Path | str, *words: object, at: Path, code: int = 0) -> str:
    """Run *program* in the folder *at* and return what it said; another exit code than *code* ends everything."""
    command = [str(program), *map(str, words)]
    done = subprocess.run(command, cwd=at, env=CLEAN, capture_output=True, text=True, check=False)
    if done.returncode != code:
        sys.exit(f"{' '.join(command)}\nexited with {done.returncode}, not {code}:\n{done.stdout}{done.stderr}")
    return " ".join((done.stdout + done.stderr).split())


def installed(wheels: Path, at: Path, *extras: str) -> Path:
    """Return the folder of the programs of a new environment with this project's wheel and *extras*."""
    said(sys.executable, "-m", "venv", at, at=at.parent)
    named = f"dpia_checks[{','.join(extras)}]" if extras else "dpia_checks"
    words = ("--isolated", "install", "-q", "--disable-pip-version-check", "--no-index", f"--find-links={wheels}")
    said(at / PROGRAMS / "python", "-m", "pip", *words, named, at=at.parent)
    return at / PROGRAMS


def size(programs: Path) -> int:
    """Return how many bytes an environment's packages take, pip and setuptools left out."""
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(said(programs / "python", "-c", asked, at=programs))
    of_pip = ("pip", "setuptools", "pkg_resources", "_distutils_hack")
    files = [path for path in packages.rglob("*") if path.is_file() and not path.is_symlink()]
    own = [path for path in files if not path.relative_to(packages).parts[0].startswith(of_pip)]
    return sum(path.stat().st_size for path in own)


def try_bare(wheels: Path, at: Path) -> None:
    """A bare install is small, and names the extra that verifying needs."""
    programs = installed(wheels, at / "bare")
    taken = size(programs)
    print(f"installed without extras: {taken / 1e6:.1f} MB of at most {LARGEST / 1e6:.0f}")
    assert taken < LARGEST
    said(programs / "dpia-checks", "--help", at=at)
    assert 'pip install "dpia_checks[pandas]"' in said(programs / "dpia-checks", "verify", "fod", at=at, code=2)
    try_pytest(programs, at)


def try_pytest(programs: Path, at: Path) -> None:
    """In a bare install pytest runs the tests of others, and names the extra that a verification needs."""
    (at / "test_of_others.py").write_text("def test_it():\n    pass\n")
    ours = "import pytest\n\n@pytest.mark.verifies('FOD_COM_BREACH_01')\ndef test_it(extracts):\n    pass\n"
    (at / "test_of_ours.py").write_text(ours)
    said(programs / "python", "-m", "pytest", "-q", "test_of_others.py", at=at)
    refused = said(programs / "python", "-m", "pytest", "-q", "test_of_ours.py", at=at, code=4)
    assert 'pip install "dpia_checks[pandas]"' in refused


def try_full(wheels: Path, at: Path) -> None:
    """An install with extras makes, verifies, judges, inspects and locates, from a folder that is no checkout."""
    command = installed(wheels, at / "full", "pandas", "formats") / "dpia-checks"
    said(command, "synth", "fod", "--out", "rehearsal", "--scale", "0.05", at=at)
    said(command, "verify", "fod", "--extracts", "rehearsal", "--only", "breach", "--json", "evidence.json", at=at)
    evidence = json.loads((at / "evidence.json").read_text(encoding="utf-8"))
    record = evidence["versions"]["1"]["needs"]["FOD_VER_BREACH_01"]
    assert (record["outcome"], record["rehearsal"]) == ("proven", "held")
    assert record["tests"][0].startswith("tests/commitments/fod/test_breach.py::")
    print(f"verified from a wheel of commit {evidence['made_by']['commit']}")
    said(command, "lint", "fod", "--json", "lint.json", at=at, code=1)  # the document fails rules, with findings
    assert json.loads((at / "lint.json").read_text(encoding="utf-8"))
    said(command, "status", at=at, code=2)
    assert f"commit {evidence['made_by']['commit']}" in said(command, "inspect", "evidence.json", at=at)
    said(command, "key", "--out", "analyst.key", at=at)
    words = ("--extracts", "rehearsal", "--only", "breach", "--key", "analyst.key")
    assert said(command, "locate", "fod", *words, at=at) == "Nothing was found."
    assert "are read as they are" in said(command, "map", "rehearsal", "fod", "--out", "mapping.csv", at=at)


def see_bill(wheels: Path) -> None:
    """The bill of materials names each wheel of the folder with its version, and no hash is missing."""
    bill = json.loads((wheels / "dpia_checks.cdx.json").read_text(encoding="utf-8"))
    named = {(part["name"].lower().replace("-", "_"), part["version"]): part for part in bill["components"]}
    there = {(path.name.split("-")[0].lower(), path.name.split("-")[1]) for path in wheels.glob("*.whl")}
    own = {bill["metadata"]["component"]["name"]}
    missing = {wheel for wheel in there if wheel not in named and wheel[0] not in own}
    unhashed = [name for name, part in named.items() if not any(r.get("hashes") for r in part["externalReferences"])]
    print(f"bill of materials: {len(named)} components")
    assert not missing, missing
    assert not unhashed, unhashed


if __name__ == "__main__":
    folder = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as place:
        try_bare(folder, Path(place))
        try_full(folder, Path(place))
    see_bill(folder)
