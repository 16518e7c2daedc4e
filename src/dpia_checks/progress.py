"""A progress bar for a run of verifications, and what its failures say."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import rich.console
import rich.progress


class Progress:
    """A pytest plugin that takes the terminal reporter's place: a bar on standard error, failures kept."""

    def __init__(self) -> None:
        self.failures: list[str] = []
        self._bar = rich.progress.Progress(
            "{task.description}",
            rich.progress.BarColumn(),
            rich.progress.MofNCompleteColumn(),
            console=rich.console.Console(stderr=True),
            disable=not sys.stderr.isatty(),
            transient=True,
            auto_refresh=False,
        )

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Start the bar once the number of runs is known."""
        self._task = self._bar.add_task("Verifying", total=len(session.items))
        self._bar.start()

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Move the bar, and keep what a failure says: the plugin has taken every value out of it."""
        if report.when == "teardown":
            self._bar.advance(self._task)
            self._bar.refresh()
        if report.failed:
            self.failures.append(f"{report.nodeid}\n{report.longreprtext}")

    def pytest_collectreport(self, report: Any) -> None:
        """Keep what could not be collected."""
        if report.failed:
            self.failures.append(f"{report.nodeid}\n{report.longreprtext}")

    def pytest_sessionfinish(self) -> None:
        """Take the bar away."""
        self._bar.stop()
