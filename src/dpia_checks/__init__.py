"""Checks of what two published Data Protection Impact Assessments promise."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("dpia_checks")
except PackageNotFoundError:  # a source tree that nobody installed
    __version__ = "0+unknown"

DPIAS = ("fod", "lge")
"""The DPIAs this package carries, by the stem of their folders. In an id the stem is in capitals."""
