"""
Verify, build the site in any case, and exit with the verdict: ``python -m dpia_checks.site``.

When the verifications cannot be run the site is built with evidence that says "no check yet" for every
need, and the exit code says that the input was unusable.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from dpia_checks import DPIAS, __version__, broken_links, cli, evidence, exports, parts, project
from dpia_checks import needs as needs_files
from dpia_checks.errors import Exit, InputUnusable
from dpia_checks.parts.site import Site, printed_sections
from dpia_checks.project import Project, commit
from dpia_checks.release import form, released
from dpia_checks.release.form import JUDGED, Release

PACKAGE = Path(__file__).parent
NOTE = ".buildinfo"
QUICKEST = "polars"
"""The engine that takes a third of the time of the others on tables as small as the made-up ones."""


RELEASED_HELP = "a released file, whose results on real records the pages show; may be given once for each document"
Releases = Mapping[str, Release]


def main(arguments: list[str]) -> int:
    """
    Return the verdict of the verifications, or 1 when they held and the pages could not be built.

    It is 1 too when a released file says that a promise did not hold. A released file that cannot be used is
    refused first, before anything is run or built. What is not known here goes to Sphinx.
    """
    parser = argparse.ArgumentParser(prog="python -m dpia_checks.site", description=__doc__, epilog=cli.EPILOG)
    parser.add_argument("--released", metavar="FILE", type=Path, action="append", default=[], help=RELEASED_HELP)
    options, for_sphinx = parser.parse_known_args(arguments)
    try:
        here = project.find(Path.cwd())
        releases = released_in(here, options.released)
        page = here.build / "site" / "index.html"
    except InputUnusable as unusable:
        print(f"{type(unusable).__name__}:\n{unusable}", file=sys.stderr)
        return int(unusable.exit_code)
    code = verified(here)
    if code == Exit.UNUSABLE:
        write_nothing_run(here)
    built = build(here, for_sphinx, releases)
    print(f"\nThe site: {page}" if page.exists() else "\nThe site could not be built.")
    return code or (Exit.DID_NOT_HOLD if built or any(map(says_not_held, releases.values())) else Exit.HELD)


def released_in(here: Project, paths: Sequence[Path]) -> dict[str, Release]:
    """Return the released files of *paths* by document, refused when one is not of the documents as they stand."""
    if not paths:
        return {}
    project.list_needs(here)
    return released.load(paths, needs_files.read(here.needs_json))


def says_not_held(release: Release) -> bool:
    """Return whether *release* says of any promise that it did not hold."""
    return any(line["result"] == JUDGED[1] for line in release["commitments"].values())


def verified(here: Project) -> int:
    """
    Return the verdict on the project as it stands, running the verifications unless nothing changed since they held.

    The same files give the same evidence to the byte, so a run that held is not repeated.
    """
    stamp = here.evidence.with_suffix(".digest")
    if stamp.exists() and stamp.read_text() == state_of(here):
        print("Nothing changed since the verifications held; their evidence is used again.")
        return cli.main(["status"])
    stamp.unlink(missing_ok=True)
    files = [f"--json={here.evidence}", f"--junit={here.build / 'junit.xml'}"]
    code = cli.main(["verify", *DPIAS, f"--engine={QUICKEST}", *files])
    if code == Exit.HELD:
        stamp.write_text(state_of(here))
    return code


def state_of(here: Project) -> str:
    """Return what the evidence was made from and what it holds, in digests; a file that is missing counts too."""
    made = [here.build / name for name in ("evidence.json", "junit.xml", "timings.json", "needs.json")]
    held = [hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "absent" for path in made]
    return "\n".join([needs_files.digest([here.docs, here.tests, PACKAGE]), commit(here.root), *held])


def write_nothing_run(here: Project) -> None:
    """Write evidence that says of every need that nothing was run; without a list of needs, take the old away."""
    here.evidence.unlink(missing_ok=True)
    if not here.needs_json.exists():
        return
    made_by = {"tool": __version__, "commit": "unknown", "extract_sets": []}
    evidence.write(evidence.build(needs_files.read(here.needs_json), [], {}, made_by), here.evidence)


def build(here: Project, arguments: list[str], releases: Releases) -> int:
    """
    Build the pages, warnings and links to nowhere as errors, and return Sphinx's exit code, or 1 for such a link.

    When nothing but the evidence changed since they were built, only their parts are filled anew.
    """
    folder = here.build / "site"
    stamp, state = here.build / "site.digest", pages_made_from(here)
    if not arguments and (folder / "index.html").exists() and stamp.exists() and stamp.read_text() == state:
        fill(here, folder, releases)
        return links_nowhere(folder)
    stamp.unlink(missing_ok=True)
    (folder / "index.html").unlink(missing_ok=True)  # an old page is never shown as the result of this run
    doctrees = here.build / "doctrees"
    take_out_stale(here.docs, doctrees, folder)
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going", "-n", "-d"]
    command += [str(doctrees), *arguments, str(here.docs), str(folder)]
    with noting_outside(doctrees / NOTE, folder / NOTE):
        failed = subprocess.run(command, cwd=here.root, check=False).returncode
    if (folder / "index.html").exists():
        fill(here, folder, releases)
        failed = failed or links_nowhere(folder)
    if failed:
        project.forget(doctrees)
    else:
        stamp.write_text(state)
    return failed


def links_nowhere(folder: Path) -> int:
    """Say each link of the pages under *folder* that leads nowhere; return 1 if there is one."""
    found = broken_links.found(folder)
    for line in found:
        print(line, file=sys.stderr)
    return int(bool(found))


def take_out_stale(docs: Path, doctrees: Path, folder: Path) -> None:
    """Take out of *folder* the pages of documents that are no longer in *docs*: Sphinx leaves them where they are."""
    for tree in doctrees.rglob("*.doctree"):
        document = tree.relative_to(doctrees).with_suffix("")
        if not (docs / document).with_suffix(".md").exists():
            (folder / document).with_suffix(".html").unlink(missing_ok=True)
            tree.unlink()


@contextmanager
def noting_outside(kept: Path, note: Path) -> Iterator[None]:
    """Give Sphinx its *note* of the last build, and keep it out of the site after: it tells where it was built."""
    if kept.exists() and note.parent.exists():
        shutil.copy(kept, note)
    yield
    if note.exists():
        shutil.move(note, kept)
    note.with_name(f"{note.name}.bak").unlink(missing_ok=True)  # Sphinx keeps the note of other settings beside it


def pages_made_from(here: Project) -> str:
    """Return all that the pages are made from but the evidence, in a digest."""
    versions = [f"{name} {version(name)}" for name in ("sphinx", "sphinx-needs", "myst-parser", "furo")]
    changes = hashlib.sha256((here.root / "CHANGELOG.md").read_bytes()).hexdigest()
    return "\n".join([needs_files.digest([here.docs, here.tests, PACKAGE]), changes, *versions])


def fill(here: Project, folder: Path, releases: Releases) -> None:
    """Fill the parts of the pages under *folder*, and put beside them what can be taken away."""
    site = site_of(here, folder, releases)
    parts.fill(site, folder)
    export(here, folder, site)


def site_of(here: Project, folder: Path, releases: Releases) -> Site:
    """Return what the parts of the pages under *folder* are made from."""
    documents = {path.relative_to(here.docs).as_posix().removesuffix(".md") for path in here.docs.rglob("*.md")}
    listed = needs_files.read(here.needs_json)
    known = documents | parts.without_file(listed, documents)
    pages = {page for page in known if (folder / f"{page}.html").exists()}
    return Site(listed, evidence.read(here.evidence), pages, printed_sections(here.docs), here.docs, releases)


def export(here: Project, folder: Path, site: Site) -> None:
    """Put the needs, each with its state, the evidence and the released files beside the pages."""
    exported = parts.exported(json.loads(here.needs_json.read_text(encoding="utf-8")), site.evidence)
    (folder / "needs.json").write_text(json.dumps(exported, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    evidence.write(released.without_real(evidence.read(here.evidence)), folder / "evidence.json")
    shutil.rmtree(folder / "released", ignore_errors=True)  # no file of an earlier build stays beside the pages
    for dpia, release in site.released.items():
        (folder / "released").mkdir(exist_ok=True)
        (folder / "released" / f"{dpia}.json").write_text(form.text_of(release), encoding="utf-8")
    exports.write(site, folder / "exports")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
