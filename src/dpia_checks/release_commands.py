"""The commands that make, inspect and follow up what leaves a secure environment: key, release, inspect, locate."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rich.console import Console

from dpia_checks import DPIAS, choosing, evidence, extras, notice, passwords, project
from dpia_checks import needs as needs_files
from dpia_checks.errors import (
    EvidenceUnusable,
    Exit,
    ExtractsUnusable,
    NotATerminal,
    NotReleasable,
    Problem,
    ReleaseUnusable,
)
from dpia_checks.evidence import NO_PROMISE
from dpia_checks.release import form, inspection, keys
from dpia_checks.release.form import Release
from dpia_checks.release.inspection import printable

KEY_HELP = "make a random key, for the keyed hashes of release and locate"
RELEASE_HELP = "make of the evidence of a run on real records what the controller's output check may pass"
INSPECT_HELP = "say in words everything that a release or an evidence file contains, and what it does not"
LOCATE_HELP = "print the positions of the violations in an extract set of yours; nothing is written"
ON_HELP = "as for verify, but spark: there a row is a keyed hash, which nothing turns back into a place"
SHOW_HELP = "print the rows too: to a terminal alone, and it is an access to record"
EARLIER_HELP = "the folder of every file released before, and nothing else; empty before the first"
ACCESS = (
    "What follows are rows of an extract set. If it is real, looking at them is an access to personal data: record it"
    " in the access log, with who, when and why, and do not copy, photograph or print what you see."
)
NOT_YET = (
    "Nothing is released yet. Have the output check read it (dpia-checks inspect FILE). Once it has passed, put it"
    " into the folder of --earlier."
)
ATTESTATION = " (the attestation is due: neither kept nor broken)"
Day = Callable[[str], str]


def add(commands: Any, epilog: str, day: Day) -> None:
    """Add the commands to *commands*; *day* reads a day of the command line."""

    def command(name: str, words: str, run: Callable[[argparse.Namespace], Exit]) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words, epilog=epilog)
        made.set_defaults(run=run)
        return made

    key = command("key", KEY_HELP, _key)
    key.add_argument("--out", metavar="FILE", type=Path, required=True, help="a new file")

    release = command("release", RELEASE_HELP, _release)
    release.add_argument("evidence", metavar="EVIDENCE", type=Path, help="what verify --extracts --json wrote")
    release.add_argument("--key", metavar="FILE", type=Path, required=True, help="the file of the analyst's key")
    release.add_argument("--earlier", metavar="DIR", type=Path, required=True, help=EARLIER_HELP)
    release.add_argument("--approval", metavar="REFERENCE", required=True, help="the reference of the output check")
    for name in ("analyst", "approver"):
        roles = f"a role: {'; '.join(form.roles(name))}"
        release.add_argument(f"--{name}", metavar="ROLE", type=_role_of(name), required=True, help=roles)
    release.add_argument("--on", metavar="DAY", type=day, required=True, help="the day of the release: 2022-11-30")
    release.add_argument("--out", metavar="FILE", type=Path, required=True, help="a new file")

    inspect = command("inspect", INSPECT_HELP, _inspect)
    inspect.add_argument("file", metavar="FILE", type=Path, help="a release or an evidence file")

    locate = command("locate", LOCATE_HELP, _locate)
    locate.add_argument("dpia", choices=DPIAS)
    locate.add_argument("--extracts", metavar="DIR", type=Path, required=True, help="an extract set of yours")
    locate.add_argument("--approval", metavar="REFERENCE", default="", help="as for verify")
    locate.add_argument("--key", metavar="FILE", type=Path, help="adds a keyed hash of the record's id to each place")
    locate.add_argument("--as-of", metavar="DAY", type=day, help="as for verify")
    locate.add_argument("--mapping", metavar="FILE", type=Path, help="as for verify")
    locate.add_argument("--engine", choices=extras.ENGINES, default=extras.ENGINES[0], help=ON_HELP)
    locate.add_argument("--password-fd", metavar="N", type=passwords.number, help="as for verify")
    locate.add_argument("--only", metavar="WORD", action="append", default=[], help="as for verify")
    locate.add_argument("--show", action="store_true", help=SHOW_HELP)


def _role_of(name: str) -> Callable[[str], str]:
    """Return what reads a role of the command line, and does not repeat what is none: it may be a name."""

    def role(text: str) -> str:
        if text not in form.roles(name):
            raise argparse.ArgumentTypeError(f"that is no role: write one of: {'; '.join(form.roles(name))}")
        return text

    return role


def _say(lines: Iterable[str]) -> None:
    console = Console()
    for line in lines:
        console.print(printable(line), markup=False, highlight=False, soft_wrap=True)


def _key(options: argparse.Namespace) -> Exit:
    keys.make(options.out)
    _say(["The key is written. Keep it where the records are: whoever has it can match the hashes to records."])
    return Exit.HELD


def _release(options: argparse.Namespace) -> Exit:
    from dpia_checks.release import audit, making

    if not form.is_reference(options.approval):
        raise NotReleasable([Problem("--approval", "it is no reference of an approval", notice.REFERENCE)])
    here = project.find(Path.cwd())
    project.list_needs(here)
    made = _as_written(options.evidence, "EVIDENCE")
    _of_this_project(made, here)
    before = audit.earlier(options.earlier)
    if options.out.resolve().parent == options.earlier.resolve():
        raise ReleaseUnusable([Problem("--out", "that is the folder of what was released", "Name another folder")])
    who = {
        "analyst": options.analyst,
        "approver": options.approver,
        "release_approval": options.approval,
        "released_on": options.on,
    }
    release = making.make(made, needs_files.read(here.needs_json), keys.read(options.key), who, list(before))
    audit.check(release, list(before.values()))
    form.write(release, options.out)
    _say([*_counted(release), f"Compared with {len(before)} files released before.", NOT_YET])
    return Exit.HELD


def _of_this_project(made: dict[str, Any], here: project.Project) -> None:
    commit = made["made_by"]["commit"]
    if commit == "unknown" or commit.endswith("+changes"):
        what = "it was made by a tool that no commit names, so nobody can look up by which checks"
        raise NotReleasable([Problem("EVIDENCE", what, "Run dpia-checks verify from a commit without changes")])
    if commit != project.commit(here.root):
        what = "it was made by another commit of the project than is here, so by other checks and other numbers"
        raise NotReleasable([Problem("EVIDENCE", what, "Check that commit out, or run dpia-checks verify again")])


def _counted(release: Release) -> list[str]:
    results = Counter(line["result"] for line in release["commitments"].values())
    return [f"{number} of {results.total()} promises: {result}" for result, number in sorted(results.items())]


def _inspect(options: argparse.Namespace) -> Exit:
    content = form.content_of(options.file, "FILE")
    if b'"release"' in content and b'"kind"' in content:
        _say(inspection.of_release(form.parsed(content, "FILE")))
        return Exit.HELD
    _say(inspection.of_evidence(_as_written(options.file, "FILE")))
    return Exit.HELD


def _as_written(path: Path, where: str) -> dict[str, Any]:
    """Return the evidence of *path*, unless it is not byte for byte what ``verify`` writes of it."""
    made = evidence.read(path, where)
    if evidence.text_of(made).encode() != form.content_of(path, where):
        what = "it holds more than its content says, or was edited"
        raise EvidenceUnusable([Problem(where, what, "Take the file as dpia-checks verify wrote it")])
    return made


def tell_notice(options: argparse.Namespace, dpia: str) -> None:
    """Say on standard error, before any table is opened, what whoever runs this on real records has to settle."""
    from dpia_checks import manifests

    if manifests.read(options.extracts, dpia, options.as_of or "").origin == "real":
        named = options.approval if manifests.REFERENCE.fullmatch(options.approval) else ""
        Console(stderr=True).print(notice.of(named), markup=False, highlight=False)


def guesses(names: Iterable[str]) -> list[str]:
    """Return a line for each of the tables, by *names*, whose encoding was guessed."""
    return [f"{name}: read as cp1252, since it is not UTF-8" for name in names]


def _locate(options: argparse.Namespace) -> Exit:
    if options.show and not (sys.stdin.isatty() and sys.stdout.isatty()):
        what = "it prints rows of records, and this is no terminal: a file or a pipe would keep them. Nothing was read"
        raise NotATerminal([Problem("--show", what, "Run it on a terminal, and send its output nowhere")])
    if options.engine == "spark":
        what = "on Spark a violation is a keyed hash of its row, by a key that is drawn anew for each run"
        do = "Ask the cluster by the rule that verify names, or write a part of it as a file and name another engine"
        raise ExtractsUnusable([Problem("--engine", what, do)])
    extras.require(*extras.of("pandas"))
    from dpia_checks import engines, extract_files, locating
    from dpia_checks.verification import Given

    engines.refuse_absent(options.engine)

    key = keys.read(options.key) if options.key else None
    here = project.find(Path.cwd())
    project.list_needs(here)
    listed = needs_files.read(here.needs_json)
    choosing.check(options.only, listed)
    given = passwords.of(options.password_fd)
    how = {"approval": options.approval, "as_of": options.as_of or "", "dpia": options.dpia, "engine": options.engine}
    tell_notice(options, options.dpia)
    extracts = extract_files.read(options.extracts, mapping=options.mapping, given=given, **how)
    _say(guesses(extracts.facts.guessed))
    if extracts.facts.dpia != options.dpia:
        what = f"the extract set is of {extracts.facts.dpia}"
        raise ExtractsUnusable([Problem("--extracts", what, f"Run dpia-checks locate {extracts.facts.dpia}")])
    located = locating.locate(here, Given(extracts), options.only, options.engine)
    methods = {need: listed.by_id[need].get("method") for need, _ in located.ended}
    no_promise = {need for need, method in methods.items() if method in NO_PROMISE}
    due = {need for need in located.found if methods[need] == "attest"}
    ours = no_promise & set(located.found) - due
    if options.show and located.found:
        _say([ACCESS, ""])

    def title(need: str) -> str:
        of_ours = " (by a yardstick of ours: no promise)" if need in ours else ""
        return f"{listed.title(need)}{ATTESTATION if need in due else of_ours}"

    _say(locating.lines(located, title, key, show=options.show))
    if options.show and located.found:
        _say(["", ACCESS])
    ended = Counter(how for need, how in located.ended if how != "no evidence" or need not in no_promise)
    return _ended(ended, len(set(located.found) - ours - due), len(ours), len(due))


def _ended(ended: Counter[str], promises: int, yardsticks: int, attestations: int = 0) -> Exit:
    """
    Say against how many *promises*, and *yardsticks* of ours, something was found, and what was not judged.

    Of a promise that a person has to attest, whose attestation is due, nothing is known: neither kept nor broken.
    """
    if promises or yardsticks or attestations:
        of_ours = f"; {yardsticks} more by a yardstick of ours, which is no promise" if yardsticks else ""
        due = f"; {attestations} more whose attestation is due, which is no finding" if attestations else ""
        _say([f"Promises that something was found against: {promises}{of_ours}{due}."])
    if crashed := ended["crashed"]:
        _say([f"{crashed} verifications could not judge the extract set: dpia-checks verify says which."])
    if without := ended["no evidence"]:
        _say([f"{without} verifications had no table or no record to judge."])
    if promises or crashed:
        return Exit.DID_NOT_HOLD
    if not (without or yardsticks or attestations):
        _say(["Nothing was found."])
    return Exit.NO_EVIDENCE if without else Exit.HELD
