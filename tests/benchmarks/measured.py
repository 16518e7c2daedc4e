"""What a piece of work in a process of its own cost: CPU seconds without the imports, and memory at its peak."""

from __future__ import annotations

import resource
from collections.abc import Mapping
from types import TracebackType


def cpu() -> float:
    """Return the CPU seconds that this process has used, user and system."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class Measured:
    """A block of which ``said`` tells, when it has ended, what it cost and the counts it found."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.counts: Mapping[str, int] = {}
        self.said: dict[str, object] = {}

    def __enter__(self) -> Measured:
        self._began = cpu()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        used = round(cpu() - self._began, 3)
        self.said = {"name": self.name, "cpu": used, "peak_mb": peak, "counts": dict(self.counts)}
