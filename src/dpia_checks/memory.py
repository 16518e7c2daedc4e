"""How often Python looks for rubbish in its memory: seldom, where much is made that stays."""

from __future__ import annotations

import gc

COLLECT_AFTER = 400_000
"""
After how many new objects Python looks, where it does so after some hundred by itself.

Pages and extracts are many small objects that stay. Looking them through again and again is a quarter of the time of
building a site of many needs, and a tenth of verifying one theme; the memory at its peak grows by a sixth.
"""


def collect_seldom() -> None:
    """Look for rubbish seldom from now on, for as long as this process runs."""
    gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])
