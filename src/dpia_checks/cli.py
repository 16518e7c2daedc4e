"""The command ``dpia-checks``: make made-up extracts, verify commitments, show where things stand."""

from __future__ import annotations

import argparse
import contextlib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.console import Console

from dpia_checks import (
    DPIAS,
    __version__,
    evidence,
    extras,
    lint_tables,
    passwords,
    project,
    release_commands,
    verdicts,
    verify_command,
    workbooks,
)
from dpia_checks import needs as needs_files
from dpia_checks.errors import Exit, ExtractsUnusable, InputUnusable, Problem, opening, place_of
from dpia_checks.lint import document, reconcile, report, sources
from dpia_checks.lint import rules as lint_rules
from dpia_checks.lint.results import FAIL

SYNTH_HELP = "write a set of made-up extracts: a file for each table, and manifest.json"
MAP_HELP = "propose what the files of a folder call their columns, from near names; no value is read"
STATUS_HELP = "show the counts of the last run, and exit with its verdict"
LINT_HELP = "check a document itself: every rule, with its reason, and the findings that answer a failure"
NEEDS_HELP = "list the needs of the documents in build/needs.json, when they changed"
WORKBOOKS_HELP = "inspect how the workbooks of a folder are locked, and write the table workbooks"
EPILOG = "exit codes: 0 held; 1 something did not hold; 2 input unusable; 3 no evidence for something owed"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Unusable input is named without a traceback."""
    options = _options(arguments)
    try:
        return int(options.run(options))
    except InputUnusable as unusable:
        return _refused(unusable)
    except OSError as error:
        said = f"{error.strerror or type(error).__name__}: name another file or folder"
        Console(stderr=True).print(f"The output cannot be written: {said}", markup=False, highlight=False)
        return int(Exit.UNUSABLE)
    except KeyboardInterrupt:
        return 130
    except SystemExit:
        raise
    except BaseException as error:  # a library in Rust breaks with what is no Exception
        lacking = extras.missing(error.name or "") if isinstance(error, ModuleNotFoundError) else None
        return _refused(lacking or InputUnusable([Problem("this tool", f"it broke: {place_of(error)}", "Report it")]))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line; of what no option takes, options are named alone: a word may be a password or a name."""
    parser = _parser()
    options, others = parser.parse_known_args(arguments)
    if others:
        named = [word.partition("=")[0] for word in others if word.startswith("-")]
        parser.error(f"there is no such option: {', '.join(named)}" if named else f"{len(others)} words too many")
    return options


def _refused(unusable: InputUnusable) -> int:
    Console(stderr=True).print(f"{type(unusable).__name__}:\n{unusable}", markup=False, highlight=False)
    return int(unusable.exit_code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dpia-checks", description=__doc__, epilog=EPILOG)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    synth = commands.add_parser("synth", help=SYNTH_HELP, description=SYNTH_HELP, epilog=EPILOG)
    synth.add_argument("dpia", choices=DPIAS)
    synth.add_argument("--out", metavar="DIR", type=Path, required=True, help="an empty or new folder")
    synth.add_argument("--seed", type=int, help="the same seed gives the same bytes")
    synth.add_argument("--scale", type=_scale, default=1.0, help="people, as a multiple of what the DPIA expects")
    synth.set_defaults(run=_synth)

    verify_command.add(commands, EPILOG, _day)

    propose = commands.add_parser("map", help=MAP_HELP, description=MAP_HELP, epilog=EPILOG)
    propose.add_argument("folder", metavar="DIR", type=Path, help="an extract set of yours")
    propose.add_argument("dpia", choices=DPIAS, metavar="DPIA", help=" or ".join(DPIAS))
    propose.add_argument("--out", metavar="FILE", type=Path, required=True, help="a new file: mapping.csv")
    propose.add_argument("--password-fd", metavar="N", type=passwords.number, help=passwords.HELP)
    propose.set_defaults(run=_map)

    status = commands.add_parser("status", help=STATUS_HELP, description=STATUS_HELP, epilog=EPILOG)
    status.set_defaults(run=_status)

    lint = commands.add_parser("lint", help=LINT_HELP, description=LINT_HELP, epilog=EPILOG)
    lint.add_argument("dpia", choices=DPIAS)
    lint.add_argument("--json", metavar="FILE", type=Path, help="write the results here")
    lint.set_defaults(run=_lint)

    needs = commands.add_parser("needs", help=NEEDS_HELP, description=NEEDS_HELP, epilog=EPILOG)
    needs.set_defaults(run=_needs)

    inspect = commands.add_parser("workbooks", help=WORKBOOKS_HELP, description=WORKBOOKS_HELP, epilog=EPILOG)
    inspect.add_argument("folder", metavar="DIR", type=Path, help="a folder with personal data")
    inspect.add_argument("--out", metavar="FILE", type=Path, required=True, help="a new file: workbooks.csv")
    inspect.add_argument("--on", metavar="DAY", type=_day, required=True, help="the day of the inspection: 2019-10-01")
    inspect.add_argument("--register", metavar="FILE", type=Path, help="assets.csv, to name each workbook's asset")
    inspect.add_argument("--at", metavar="PATH", help="what the register calls the folder, if not by its path here")
    inspect.set_defaults(run=_workbooks)

    release_commands.add(commands, EPILOG, _day)
    return parser


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError("a day is written 2019-10-01") from None


def _scale(text: str) -> float:
    with contextlib.suppress(ValueError):
        if 0 < (scale := float(text)) <= 1000:
            return scale
    raise argparse.ArgumentTypeError("a scale is a number above 0 and up to 1000")


def _synth(options: argparse.Namespace) -> Exit:
    if options.out.exists() and (not options.out.is_dir() or any(options.out.iterdir())):
        raise ExtractsUnusable([Problem("--out", "the folder is not empty", "Name a new one: nothing is overwritten")])
    from dpia_checks import extract_files, synthetic

    seed = synthetic.SEED if options.seed is None else options.seed
    path = extract_files.write(synthetic.make(options.dpia, seed, options.scale), options.out)
    Console().print(f"Made-up extracts of {options.dpia.upper()}: {path}", highlight=False)
    return Exit.HELD


def _map(options: argparse.Namespace) -> Exit:
    from dpia_checks import proposing

    headers = proposing.headers(options.folder, options.dpia, passwords.of(options.password_fd))
    found = proposing.proposed(headers, options.dpia)
    proposing.write(found, options.out)
    verdicts.print_proposed(verdicts.console(), found)
    return Exit.HELD


def _workbooks(options: argparse.Namespace) -> Exit:
    with opening(ExtractsUnusable, "DIR"):
        is_folder = options.folder.is_dir()
    if not is_folder:
        raise ExtractsUnusable([Problem("DIR", "it is no folder", "Name a folder with workbooks")])
    register = workbooks.read_register(options.register) if options.register else []
    found = workbooks.inspected(options.folder, options.on, register, options.at)
    workbooks.write(found, options.out)
    console = Console()
    console.print(f"Workbooks inspected: {len(found)}", highlight=False)
    for protection, number in sorted(Counter(row["protection"] for row in found).items()):
        console.print(f"  {protection}: {number}", highlight=False)
    return Exit.HELD


def _needs(options: argparse.Namespace) -> Exit:
    here = project.find(Path.cwd())
    made = project.list_needs(here)
    Console().print(f"{'Listed' if made else 'Unchanged'}: {here.needs_json}", highlight=False)
    return Exit.HELD


def _status(options: argparse.Namespace) -> Exit:
    here = project.find(Path.cwd())
    made = evidence.read(here.evidence)
    listed = needs_files.read(here.needs_json)
    verdicts.print_denominators(verdicts.console(), made, listed, DPIAS)
    return evidence.verdict(made)


def _lint(options: argparse.Namespace) -> Exit:
    here = project.find(Path.cwd())
    sources.check(here.docs, options.dpia)
    with Console(stderr=True).status("Listing the needs of the documents"):
        project.list_needs(here)
    listed = needs_files.read(here.needs_json)
    made = document.read(options.dpia, here.docs / options.dpia, listed)
    results = lint_rules.lint(made)
    if options.json:
        report.write(report.build(options.dpia, results, __version__), options.json)
    lint_tables.print_results(verdicts.console(), options.dpia, results)
    lint_tables.print_disagreements(Console(stderr=True), reconcile.disagreements(made, results))
    return Exit.DID_NOT_HOLD if any(result.answer.outcome == FAIL for result in results) else Exit.HELD
