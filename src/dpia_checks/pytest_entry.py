"""
What pytest loads wherever this package is installed: the plugin, or without the extra it needs a word about that.

A bare install must not break the tests of another project, and must not run a verification as if it were any test.
"""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from dpia_checks import extras

LACKING = next((extras.missing(name) for name in extras.of("pandas") if find_spec(name) is None), None)
"""What to tell a person who lacks what the checks run on; nothing when it is there."""

if LACKING is None:
    pytest_plugins = ("dpia_checks.pytest_plugin",)
else:

    def pytest_configure(config: pytest.Config) -> None:
        """Register the markers, so that pytest does not warn of them before the reason is told."""
        for name in ("verifies", "verifies_each"):
            config.addinivalue_line("markers", f"{name}: of dpia_checks, which lacks an extra here")

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
        """Refuse a session that has a verification."""
        if any(item.get_closest_marker(name) for item in items for name in ("verifies", "verifies_each")):
            raise pytest.UsageError(str(LACKING))
