"""
Mutation testing: change the checks, the primitives and the disclosure methods, and see whether a test fails.

The tests are collected once. For each mutant this process forks; the fork puts the mutant in and runs the
tests of that module that reach the changed line, the quickest first, until one fails. The verifications of
commitments are left out: a check's own tests have to notice.
``survivors.csv`` explains each mutant that no test notices. Name modules, such as ``checks/breach.py``, to
try those only.
"""

from __future__ import annotations

import csv
import gc
import os
import pickle
import signal
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path

import pytest
from mutants import MODULE, NOTED, Key, Mutant, mutants_of, noting, put_in, undecorated
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "dpia_checks"
JUDGED = {
    "rules*.py": "test_rules*.py",
    "deadlines.py": "test_deadlines.py",
    "statistical_disclosure/*.py": "statistical_disclosure",
    "checks/*.py": "checks",
}
"""Which modules are changed, and which tests have to notice: their own, though others reach them too."""
SURVIVORS = ROOT / "docs" / "maintain" / "survivors.csv"
COLUMNS = ("module", "function", "before", "after", "why")
ENOUGH = 95
"""The least score, in per cent: mutants that a test notices, of all mutants."""
PATIENCE = 60
"""How many seconds a mutant gets beyond five times what its tests take without it, for each tried at once."""
AT_ONCE = os.cpu_count() or 1
"""How many mutants are tried at the same time."""
SOME = 20
"""How many tests have to pass on code that did not change."""
KILLED, TIMED_OUT, SURVIVED = "killed", "timed out", "survived"


class Session:
    """A pytest plugin that runs the collected tests once as they are, and once more for each mutant."""

    def __init__(self, mutants: Sequence[Mutant], say: Callable[[str], None]) -> None:
        self.mutants = mutants
        self.say = say
        self.ended: list[str] = []
        self.reach: dict[str, dict[int, set[str]]] = {}
        self.seconds: dict[str, float] = {}
        self._forked = False

    def pytest_configure(self) -> None:
        """Let hypothesis try the same values each time, and not look for the simplest that fails."""
        from hypothesis import Phase, settings  # pytest warns of what was imported before it

        phases = [Phase.explicit, Phase.generate]
        settings.register_profile("mutants", derandomize=True, database=None, deadline=None, phases=phases)
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """End a fork at its first failure, before anything is written about it."""
        failed = call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception)
        if failed and self._forked:
            os._exit(1)
        self.seconds[item.nodeid] = self.seconds.get(item.nodeid, 0) + call.duration

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take the place of pytest's loop."""
        items = session.items
        gc.freeze()  # or each fork's collector would write to, and so copy, all that is shared
        self.reach, self.seconds, names = self._look(items)
        import_all(names)
        gc.freeze()
        self._try_no_change(items)
        ended: dict[int, str] = {}
        forks: dict[int, int] = {}
        for number, mutant in enumerate(self.mutants):
            if len(forks) == AT_ONCE:
                self._wait(forks, ended)
            forks[self._begin(mutant, self._chosen(mutant, items))] = number
        while forks:
            self._wait(forks, ended)
        self.ended = [ended[number] for number in range(len(self.mutants))]
        return True

    def _wait(self, forks: dict[int, int], ended: dict[int, str]) -> None:
        """Wait for one of *forks* and put down how its mutant ended."""
        child, status = os.wait()
        number = forks.pop(child)
        ended[number] = ending(status)
        if ended[number] == SURVIVED or len(ended) % 100 == 0:
            what = f"  survived: {described(self.mutants[number].key)}" if ended[number] == SURVIVED else ""
            self.say(f"{len(ended)} of {len(self.mutants)}{what}")

    def _try_no_change(self, items: Sequence[pytest.Item]) -> None:
        """Refuse to go on when the quickest tests fail in a fork into which a module was put as it is."""
        for name in {mutant.module for mutant in self.mutants}:
            code = undecorated((SOURCE / name).read_text(encoding="utf-8"))
            same = Mutant(Key(name, MODULE, "", ""), code, range(0), range(0))
            _, status = os.waitpid(self._begin(same, self._chosen(same, items)[:SOME]), 0)
            if ending(status) != SURVIVED:
                raise pytest.UsageError(f"{name} is put in as it is, and a test fails")

    def _look(self, items: Sequence[pytest.Item]) -> tuple[dict[str, dict[int, set[str]]], dict[str, float], list[str]]:
        """
        Run all tests in a fork, since no engine's threads survive the next.

        Return which tests reach which line, how long each took, and what was imported by then.
        """
        reading, writing = os.pipe()

        def look() -> None:
            reach: dict[str, dict[int, set[str]]] = {}
            now = [""]
            modules = {mutant.module: mutant.dotted for mutant in self.mutants}

            def before(item: pytest.Item) -> None:
                now[0] = item.nodeid
                forget(modules.values())

            for name, dotted in modules.items():
                module, lines = import_module(dotted), reach.setdefault(name, defaultdict(set))
                setattr(module, NOTED, lambda line, lines=lines: lines[line].add(now[0]))
                put_in(noting((SOURCE / name).read_text(encoding="utf-8")), module)
            run(items, before)
            with os.fdopen(writing, "wb") as pipe:
                told = {name: dict(lines) for name, lines in reach.items()}
                pickle.dump((told, self.seconds, list(sys.modules)), pipe)

        child = self._fork(look)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            said = pipe.read()
        if os.waitpid(child, 0)[1]:
            raise pytest.UsageError("a test fails although nothing was changed: see nox -s tests")
        reach, seconds, names = pickle.loads(said)
        return reach, seconds, names

    def _chosen(self, mutant: Mutant, items: Iterable[pytest.Item]) -> list[pytest.Item]:
        """Return the tests that reach the statement; failing that, its function; for a constant, its module."""
        by_line = self.reach[mutant.module]
        own = f"test_{Path(mutant.module).stem}"
        names = {name for line in mutant.statement for name in by_line.get(line, ())}
        names = names or {name for line in mutant.body or by_line for name in by_line.get(line, ())}
        names |= {item.nodeid for item in items if not mutant.body and item.path.stem == own}
        judges = next(tests for modules, tests in JUDGED.items() if fnmatch(mutant.module, modules))
        found = [item for item in items if item.nodeid in names and fnmatch(part_of(item), judges)]
        return sorted(found, key=lambda item: self.seconds[item.nodeid])

    def _begin(self, mutant: Mutant, items: Sequence[pytest.Item]) -> int:
        """Run *items* on *mutant* in a fork, and return the fork's number."""
        limit = PATIENCE + 5 * AT_ONCE * sum(self.seconds[item.nodeid] for item in items)

        def attempt() -> None:
            signal.setitimer(signal.ITIMER_REAL, limit)
            put_in(mutant.code, import_module(mutant.dotted))
            run(items)

        return self._fork(attempt)

    def _fork(self, work: Callable[[], None]) -> int:
        """Do *work* in a fork, silently, and return its number; it exits with 0 when all went well."""
        if child := os.fork():
            return child
        self._forked, self.seconds = True, {}
        code = 2
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            work()
            code = 0
        finally:
            os._exit(code)


def part_of(item: pytest.Item) -> str:
    """Return the folder of ``tests/`` that has *item*, or the file when it lies in no folder."""
    return item.path.relative_to(ROOT / "tests").parts[0]


def ending(status: int) -> str:
    """Return how a mutant ended whose fork exited with *status*."""
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM:
        return TIMED_OUT
    return KILLED if status else SURVIVED


def forget(dotted: Iterable[str]) -> None:
    """Forget what the functions of these modules keep: a test that is answered from there would not reach a line."""
    for name in dotted:
        for value in vars(import_module(name)).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def import_all(names: Iterable[str]) -> None:
    """Import what the tests import while they run: it takes a fork ten times as long as most tests."""
    for name in names:
        if name not in sys.modules:
            with suppress(Exception):  # parts of compiled modules cannot be imported by their names
                import_module(name)


def run(items: Sequence[pytest.Item], before: Callable[[pytest.Item], None] = lambda item: None) -> None:
    """Run *items* as pytest does."""
    for item, following in zip(items, [*items[1:], None], strict=True):
        before(item)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def described(key: Key) -> str:
    """Return a mutant's name for a reader."""
    return f"{key.module} {key.function}: {key.before}  ->  {key.after}"


def explanations() -> dict[Key, str]:
    """Return why each survivor is harmless, from the file that a person wrote; code is in backticks there."""
    with SURVIVORS.open(encoding="utf-8", newline="") as handle:
        return {
            Key(*(row[name].strip("`") for name in COLUMNS[:4])): row["why"].strip() for row in csv.DictReader(handle)
        }


def report(console: Console, mutants: Sequence[Mutant], ended: Sequence[str], why: Mapping[Key, str]) -> int:
    """Print the score of each module, the survivors with their explanations and what is wrong; return the exit code."""
    survived = list(dict.fromkeys(m.key for m, end in zip(mutants, ended, strict=True) if end == SURVIVED))
    unexplained = [key for key in survived if not why.get(key)]
    tried = {mutant.module for mutant in mutants}
    stale = [key for key in why if key.module in tried and key not in survived]
    console.print(_table(mutants, ended))
    for key in survived:
        console.print(f"survived: {described(key)}\n    {why.get(key) or 'NO EXPLANATION'}", markup=False)
    for key in stale:
        console.print(f"explained in {SURVIVORS.name}, and no survivor any more: {described(key)}", markup=False)
    if unexplained:
        console.print(f"\nKill these with a test, or explain them in {SURVIVORS.relative_to(ROOT)}:")
        csv.writer(console.file).writerows([*(f"`{part}`" for part in key), ""] for key in unexplained)
    enough = score(ended) >= ENOUGH
    if not enough:
        console.print(f"\nThe score is {score(ended):.1f} %: {ENOUGH} % is the least.")
    return 0 if enough and not unexplained else 1


def score(ended: Sequence[str]) -> float:
    """Return how many in a hundred a test noticed; a mutant that never ends is noticed."""
    return 100 * (len(ended) - ended.count(SURVIVED)) / len(ended) if ended else 100.0


def _table(mutants: Sequence[Mutant], ended: Sequence[str]) -> Table:
    table = Table("module", *(name for name in ("mutants", KILLED, TIMED_OUT, SURVIVED, "score")))
    for column in table.columns[1:]:
        column.justify = "right"
    modules = list(dict.fromkeys(mutant.module for mutant in mutants))
    for name in [*modules, "all"]:
        own = [end for mutant, end in zip(mutants, ended, strict=True) if name in (mutant.module, "all")]
        counts = [len(own), own.count(KILLED), own.count(TIMED_OUT), own.count(SURVIVED)]
        table.add_row(name, *map(str, counts), f"{score(own):.1f} %", end_section=name == modules[-1])
    return table


def main(names: Sequence[str]) -> int:
    """Try the mutants of the modules named, or of all; return the exit code."""
    console = Console() if sys.stdout.isatty() else Console(width=200)
    paths = [path for pattern in JUDGED for path in sorted(SOURCE.glob(pattern))]
    strangers = set(names) - {path.relative_to(SOURCE).as_posix() for path in paths}
    if strangers:
        console.print(f"no module of mutation testing: {', '.join(sorted(strangers))}", markup=False)
        return 2
    chosen = [path for path in paths if not names or path.relative_to(SOURCE).as_posix() in names]
    mutants = [mutant for path in chosen for mutant in mutants_of(path, SOURCE)]
    session = Session(mutants, lambda said: console.print(said, markup=False, highlight=False))
    tests = [tests for modules, tests in JUDGED.items() if any(fnmatch(mutant.module, modules) for mutant in mutants)]
    words = [*(str(path) for pattern in tests for path in sorted((ROOT / "tests").glob(pattern)))]
    words += [f"--rootdir={ROOT}", f"--config-file={ROOT / 'pyproject.toml'}"]
    words += ["--capture=no", "--assert=plain", "-p", "no:terminal", "-p", "no:cacheprovider"]
    code = pytest.main([*words, "-p", "no:faulthandler", "-p", "no:unraisableexception"], plugins=[session])
    if code != pytest.ExitCode.OK or len(session.ended) != len(mutants):
        console.print("The tests could not be run: see nox -s tests")
        return 2
    return report(console, mutants, session.ended, explanations())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
