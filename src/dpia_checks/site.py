"""
Verify, build the site in any case, and exit with the verdict: ``python -m dpia_checks.site``.

When the verifications cannot be run the site is built with evidence that says "no check yet" for every
need, and the exit code says that the input was unusable.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dpia_checks import DPIAS, __version__, cli, evidence, project
from dpia_checks import needs as needs_files
from dpia_checks.errors import Exit, InputUnusable
from dpia_checks.project import Project


def main(arguments: list[str]) -> int:
    """Return the verdict of the verifications, or 1 when they held and the pages could not be built."""
    try:
        here = project.find(Path.cwd())
    except InputUnusable as unusable:
        print(f"{type(unusable).__name__}:\n{unusable}", file=sys.stderr)
        return int(unusable.exit_code)
    page = here.build / "site" / "index.html"
    page.unlink(missing_ok=True)  # an old page is never shown as the result of this run
    code = cli.main(["verify", *DPIAS, f"--json={here.evidence}", f"--junit={here.build / 'junit.xml'}"])
    if code == Exit.UNUSABLE:
        write_nothing_run(here)
    built = build(here, arguments)
    print(f"\nThe site: {page}" if page.exists() else "\nThe site could not be built.")
    return code or (Exit.DID_NOT_HOLD if built else Exit.HELD)


def write_nothing_run(here: Project) -> None:
    """Write evidence that says of every need that nothing was run; without a list of needs, take the old away."""
    here.evidence.unlink(missing_ok=True)
    if not here.needs_json.exists():
        return
    made_by = {"tool": __version__, "commit": "unknown", "extract_sets": []}
    evidence.write(evidence.build(needs_files.read(here.needs_json), [], {}, made_by), here.evidence)


def build(here: Project, arguments: list[str]) -> int:
    """Build the pages, warnings as errors, and return Sphinx's exit code."""
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going", "-n", "-d"]
    command += [str(here.build / "doctrees"), *arguments, str(here.docs), str(here.build / "site")]
    return subprocess.run(command, cwd=here.root, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
