"""
Everything that is run on this project. ``nox -l`` lists it.

Three environments serve all sessions: ``site`` has what the verifications and the pages need, ``dev`` also
what the tests need, ``engines`` every engine. Each is made from its lock in ``.locks/``, and again when the lock
changes. The fourth lock, ``run``, is of what an installed wheel runs with.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import nox

nox.needs_version = ">=2024.10.9"
nox.options.default_venv_backend = "none"
nox.options.sessions = ["site"]

HERE = Path(__file__).parent
BUILD = HERE / "build"
LOCKS = HERE / ".locks"
BROWSER = "chromium"
PEERS = ["great_expectations>=1.24", "pandera[pandas,polars]>=0.35", "pointblank>=1.1"]
"""What the benchmark of extracts is set against. Where it cannot be installed, it is skipped by name."""
CHECKERS = ["axe-core@4.14.1", "vnu-jar@24.10.17"]
"""What the browser tests judge pages with, from npm. Where there is no npm or network, those tests are skipped."""
RUN = ["pandas", "formats", "workbooks"]
"""The extras that an analyst installs a wheel with."""
GROUPS = {
    "site": ["site", "polars"],
    "dev": ["site", "polars", "duckdb", *RUN],
    "engines": ["polars", "duckdb", "spark", *RUN],
    "run": RUN,
}
"""The locks, and the extras of this project that each holds."""

ASKED = ("rules", "deadlines", "parsing", "parquet_tables", "engines", "spark_alone", "not_read", "canaries")
CONFORMANCE = [f"tests/test_{what}.py" for what in ASKED]
"""The tests that ask every primitive on every engine, what Spark leaves behind, whom it talks to and what it says."""

SIDE_BY_SIDE = ["--numprocesses=auto", "--maxprocesses=4", "--dist=loadfile", "--no-loadscope-reorder"]
"""How the tests share the cores: whole files in their order, so that no long one comes last; 1.2 GB a process."""

Runner = Callable[..., object]


def environment(session: nox.Session, group: str) -> Runner:
    """Return a function that runs a program of the environment *group*, which is made when its lock changed."""
    folder = HERE / ".nox" / f"env-{group}"
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    lock = LOCKS / f"{group}.txt"
    made_from = hashlib.sha256(lock.read_bytes() + (HERE / "pyproject.toml").read_bytes() + sys.version.encode())
    stamp = folder / "made-from"
    if not stamp.exists() or stamp.read_text() != made_from.hexdigest():
        session.run(sys.executable, "-m", "venv", "--clear", str(folder), external=True)
        pip = [str(programs / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        session.run(*pip, "--require-hashes", "-r", str(lock), external=True)
        session.run(*pip, "--no-deps", "--no-build-isolation", "-e", str(HERE), external=True)
        stamp.write_text(made_from.hexdigest())

    def run(program: str, *words: str) -> object:
        return session.run(str(programs / program), *words, external=True)

    return run


@nox.session
def verify(session: nox.Session) -> None:
    """Verify the commitments on made-up records and write build/evidence.json."""
    run = environment(session, "site")
    files = [f"--json={BUILD / 'evidence.json'}", f"--junit={BUILD / 'junit.xml'}"]
    run("dpia-checks", "verify", "fod", "lge", "--engine=polars", *files, *session.posargs)


@nox.session
def site(session: nox.Session) -> None:
    """Verify the commitments, build build/site/index.html in any case, and exit with the verdict."""
    environment(session, "site")("python", "-m", "dpia_checks.site", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests, a file to a process; the verifications on polars, the quickest of all on small tables."""
    run = environment(session, "dev")
    run("dpia-checks", "needs")
    run("pytest", "--engine=polars", *SIDE_BY_SIDE, *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and formatting with ruff."""
    run = environment(session, "dev")
    run("ruff", "check", ".")
    run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types, strictly, with mypy."""
    environment(session, "dev")("mypy")


@nox.session
def mutants(session: nox.Session) -> None:
    """Change the checks a little, thousands of times, and see that a test fails each time; never part of the tests."""
    environment(session, "dev")("python", "tests/mutants/run.py", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Hand over ten thousand malformed files and keys, and canaries in every format and way to fail; tests do a few."""
    run = environment(session, "dev")
    run("dpia-checks", "needs")
    session.env["DPIA_FUZZ"] = "1500"
    files = ["tests/test_malformed.py", "tests/test_malformed_scans.py", "tests/release/test_keys.py"]
    run("pytest", *files, "tests/test_canaries.py", *session.posargs)


@nox.session
def engines(session: nox.Session) -> None:
    """Run the conformance tests on Spark, which take minutes, and set the evidence of every engine side by side."""
    environment(session, "site")("dpia-checks", "needs")  # the other one has no Sphinx
    run = environment(session, "engines")
    run("python", "tests/engines_agree.py", *session.posargs)
    session.env["DPIA_ENGINES"] = "spark"
    run("pytest", "-rs", *CONFORMANCE)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure speed, as ratios within one run: of this project's use, or with a number of rows of extracts."""
    run = environment(session, "dev")
    if not session.posargs:
        run("python", "tests/benchmarks/bench.py")
        run("python", "tests/benchmarks/pages.py")
    peers = HERE / ".nox" / "env-peers"
    programs = peers / ("Scripts" if os.name == "nt" else "bin")
    if not peers.exists():
        session.run(sys.executable, "-m", "venv", str(peers), external=True)
        pip = [str(programs / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", *PEERS]
        session.run(*pip, external=True, success_codes=range(256))
    run("python", "tests/benchmarks/extracts.py", f"--peers={programs / 'python'}", *session.posargs)


@nox.session
def wheel(session: nox.Session) -> None:
    """Fill build/wheels with this project's wheel, all that it needs and a bill of materials; install and try it."""
    run = environment(session, "dev")
    folder, lock = BUILD / "wheels", str(LOCKS / "run.txt")
    shutil.rmtree(folder, ignore_errors=True)
    run("dpia-checks", "needs")
    pip = ["python", "-m", "pip", "--disable-pip-version-check"]
    run(*pip, "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), str(HERE))
    run(*pip, "download", "-q", "--only-binary=:all:", "--require-hashes", "-r", lock, "-d", str(folder))
    bill = ["--pyproject", str(HERE / "pyproject.toml"), "--output-reproducible", "--validate"]
    run("cyclonedx-py", "requirements", *bill, "--of", "JSON", "-o", str(folder / "dpia_checks.cdx.json"), lock)
    run("python", "tests/wheel/try_out.py", str(folder))


@nox.session
def browser(session: nox.Session) -> None:
    """Test the built site in Debian's chromium, which is installed when root and absent."""
    run = environment(session, "dev")
    if not shutil.which(BROWSER) or not shutil.which("chromedriver"):
        if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
            session.error(f"the browser tests need {BROWSER}: as root, apt-get install {BROWSER} {BROWSER}-driver")
        session.run("apt-get", "update", "-qq", external=True)
        session.run("apt-get", "install", "-y", "-qq", BROWSER, f"{BROWSER}-driver", external=True)
    run("python", "-m", "dpia_checks.site")
    if shutil.which("npm"):
        npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", f"--prefix={BUILD / 'npm'}"]
        session.run(*npm, *CHECKERS, external=True, success_codes=range(256))
    session.env["DPIA_BROWSER"] = "1"
    run("pytest", "-rs", "tests/browser", *session.posargs)


@nox.session(venv_backend="venv", reuse_venv=True)
def lock(session: nox.Session) -> None:
    """Resolve the dependencies again and write .locks/, with hashes, for every platform."""
    session.install("uv")
    for group, extras in GROUPS.items():
        words = [f"--extra={extra}" for extra in extras] + [f"--group={group}", "-o", str(LOCKS / f"{group}.txt")]
        words += ["--universal", "--python-version=3.11", "--generate-hashes"]
        words += ["--no-emit-index-url", "--no-annotate", "--no-header"]
        session.run("uv", "pip", "compile", "-q", "pyproject.toml", *words)
