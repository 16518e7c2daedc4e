"""The command that verifies: on made-up extracts, and on the extract set that somebody hands over."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

from dpia_checks import DPIAS, choosing, extras, outcomes, outputs, passwords, project, release_commands, verdicts
from dpia_checks import needs as needs_files
from dpia_checks.errors import Exit, ExtractsUnusable, InputUnusable, Problem, raise_together
from dpia_checks.project import Project

if TYPE_CHECKING:
    from dpia_checks.verification import Given, Kept

VERIFY_HELP = "verify the commitments on made-up extracts, and on yours with --extracts"
APPROVAL_HELP = "the reference under which a run on real records is approved; made-up records need none"
AS_OF_HELP = "judge your extracts by this day, not by the one the manifest says they were taken on: 2019-10-01"
MAPPING_HELP = "what your files call their columns (default: mapping.csv in the folder, if it is there)"
ENGINE_HELP = "what the checks run on (default: pandas); polars, duckdb and spark scan Parquet files where they lie"
ONLY_HELP = "run what verifies this theme, commitment or table, and nothing else; may be given several times"


def add(commands: Any, epilog: str, day: Callable[[str], str]) -> None:
    """Add the command to a parser."""
    verify = commands.add_parser("verify", help=VERIFY_HELP, description=VERIFY_HELP, epilog=epilog)
    verify.add_argument("dpias", nargs="+", choices=DPIAS, metavar="DPIA", help=" or ".join(DPIAS))
    verify.add_argument("--extracts", metavar="DIR", type=Path, help="an extract set of yours")
    verify.add_argument("--approval", metavar="REFERENCE", default="", help=APPROVAL_HELP)
    verify.add_argument("--as-of", metavar="DAY", type=day, help=AS_OF_HELP)
    verify.add_argument("--mapping", metavar="FILE", type=Path, help=MAPPING_HELP)
    verify.add_argument("--engine", choices=extras.ENGINES, default=extras.ENGINES[0], help=ENGINE_HELP)
    verify.add_argument("--password-fd", metavar="N", type=passwords.number, help=passwords.HELP)
    verify.add_argument("--only", metavar="WORD", action="append", default=[], help=ONLY_HELP)
    verify.add_argument("--json", metavar="FILE", type=Path, help="write the evidence here")
    verify.add_argument("--junit", metavar="FILE", type=Path, help="write JUnit XML here")
    verify.add_argument("--html", metavar="FILE", type=Path, help="write the verdicts here, as one page")
    verify.add_argument("--strict", action="store_true", help="exit with 3 when a check that is owed is not written")
    verify.set_defaults(run=_verify)


def _verify(options: argparse.Namespace) -> Exit:
    extras.require(*extras.of("pandas"))
    from dpia_checks import engines

    console = verdicts.console()
    here = project.find(Path.cwd())
    dpias = tuple(dict.fromkeys(options.dpias))
    real = options.extracts is not None
    engines.refuse_absent(options.engine)
    if not real:
        _refuse_of_extracts(options)
    targets = {"--json": options.json, "--junit": options.junit, "--html": options.html}
    outputs.check(targets, options.extracts, [options.mapping])
    with Console(stderr=True).status("Listing the needs of the documents"):
        project.list_needs(here)
    listed = needs_files.read(here.needs_json)
    choosing.check(options.only, listed)  # before the extracts are read, which may take long and ask for a password
    given = [_given(options, dpias)] if real else []
    with outputs.for_owner_alone(targets.values()) if real else nullcontext():
        kept, failures = _run(here, dpias, options, given)
    made = kept.made
    for dpia in dpias:
        verdicts.print_commitments(console, made, listed, dpia, real=real)
    verdicts.print_denominators(console, made, listed, dpias)
    missing = [said for one in given for said in _missing(one, made)]
    missing += outcomes.unfit(kept.unfit)
    missing += outcomes.closing(made, listed, dpias) if real else []
    told = [*failures, *verdicts.broken(made, listed, dpias)]
    for said in [*told, *missing]:
        console.print(f"\n{said}", markup=False, highlight=False)
    if options.html:
        from dpia_checks import parts

        options.html.parent.mkdir(parents=True, exist_ok=True)
        with outputs.for_owner_alone([options.html]) if real else nullcontext():
            options.html.write_text(parts.page_of_run(made, listed, dpias, told, missing), encoding="utf-8")
    code = verdicts.exit_code(made, listed, dpias, real=real, strict=options.strict)
    return Exit.DID_NOT_HOLD if failures and code is Exit.HELD else code


def _refuse_of_extracts(options: argparse.Namespace) -> None:
    """Refuse what says something of extracts when none are given: the run would be of made-up records alone."""
    told = {"--approval": options.approval, "--as-of": options.as_of, "--mapping": options.mapping}
    told |= {"--password-fd": options.password_fd}
    raise_together(
        ExtractsUnusable,
        (
            Problem(
                option, "it is said of your extracts, and none are given", f"Give --extracts, or leave {option} out"
            )
            for option, word in told.items()
            if word not in (None, "")
        ),
    )


def _given(options: argparse.Namespace, dpias: tuple[str, ...]) -> Given:
    """Read the extract set, which may ask for a password, and return it as the run takes it."""
    from dpia_checks import extract_files
    from dpia_checks.verification import Given

    as_of, dpia = options.as_of or "", dpias[0] if len(dpias) == 1 else ""
    release_commands.tell_notice(options, dpia)
    how = {"approval": options.approval, "as_of": as_of, "mapping": options.mapping, "dpia": dpia}
    extracts = extract_files.read(
        options.extracts, given=passwords.of(options.password_fd), engine=options.engine, **how
    )
    facts = extracts.facts
    if dpias != (facts.dpia,):
        what = f"the extract set is of {facts.dpia}"
        raise ExtractsUnusable([Problem("--extracts", what, f"Run dpia-checks verify {facts.dpia}")])
    for said in release_commands.guesses(facts.guessed):
        verdicts.console().print(said, highlight=False)
    return Given(extracts)


def _missing(given: Given, made: Mapping[str, Any]) -> list[str]:
    from dpia_checks import extract_files

    rows = {name: text.num_rows for name, text in given.extracts.texts.items()}
    columns = {name: text.num_columns for name, text in given.extracts.texts.items()}
    without = outcomes.without_evidence(rows, given.extracts.schemas)
    blank = outcomes.blank(extract_files.blank_rows(given.extracts.texts))
    return [*without, *blank, *outcomes.not_read(made, columns)]


def _run(
    here: Project, dpias: tuple[str, ...], options: argparse.Namespace, given: list[Given]
) -> tuple[Kept, list[str]]:
    """
    Run the verifications in this process, also on what was *given*: return what is kept, and what failures say.

    The evidence is handed over in memory: what no option names a file for is in none, however the run ends.
    """
    import pytest

    from dpia_checks.memory import collect_seldom
    from dpia_checks.progress import Progress
    from dpia_checks.verification import Kept

    collect_seldom()
    words = [str(here.tests / dpia) for dpia in dpias]
    words += [f"--rootdir={here.root}", f"--config-file={here.root / 'pyproject.toml'}", "-p", "no:terminal"]
    words += ["--capture=sys"]  # in memory: what a verification prints is kept in no file
    words += ["--assert=plain", "-p", "no:cacheprovider", f"--needs-json={here.needs_json}"]
    words += [f"--engine={options.engine}"]
    words += [f"--evidence={options.json}"] if options.json else []
    words += [f"--only={word}" for word in options.only]
    words += [f"--junitxml={options.junit}"] if options.junit else []
    progress, kept = Progress(), Kept()
    project.drop_own_options()
    code = pytest.main(words, plugins=[progress, kept, *given])
    if options.junit and options.junit.exists():
        outputs.without_machine(options.junit)
    if code not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED} or not kept.made:
        what = "the verifications could not be run" if code == pytest.ExitCode.USAGE_ERROR else "the run broke off"
        raise InputUnusable([Problem("tests/commitments", what, "Mend what is named above and try again")])
    return kept, progress.failures
