"""
Where the password of a locked workbook comes from: the terminal, or a file descriptor that the caller opened.

Never from an argument or an environment variable, which other programs of the same machine can read. A password is
kept for the run and written nowhere.
"""

from __future__ import annotations

import getpass
import os
import re
import sys
import warnings
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator

from dpia_checks.errors import ExtractsUnusable, Problem

Passwords = Callable[[str], Iterator[str]]
"""Gives, for the name of a table, the passwords to try on its file, one after the other."""
HELP = "an open file descriptor with the passwords of locked workbooks, one a line: 3, with 3< FILE"
MOST, TRIES = 1 << 16, 3
"""Bytes that are read from a descriptor, and how often a person is asked about one file."""


def number(text: str) -> int:
    """
    Return the file descriptor that *text*, a word of the command line, names; -1, which is never open, for another.

    The word may be the password itself, so nothing is said of it here, where it would be repeated.
    """
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else -1


def none(table: str) -> Iterator[str]:
    """Give no password."""
    return iter(())


def of(number: int | None) -> Passwords:
    """Return the passwords of the file descriptor *number*, or when none is named those that a person types."""
    return from_terminal() if number is None else from_descriptor(number)


def from_descriptor(number: int) -> Passwords:
    """
    Return the passwords that stand in the open file descriptor *number*, one a line; each is tried on each file.

    The text is UTF-8, or UTF-16 with the mark at its start that Windows writes. A line may end as on any system, and
    an empty one is no password.

    Raises:
        ExtractsUnusable: It is not open for reading, is a terminal, which would show what is typed, or does not hold
            text.
    """
    try:
        if os.isatty(number):
            what = "that file descriptor is a terminal, which would show what is typed"
            raise ExtractsUnusable([Problem("--password-fd", what, "Leave it out: then the terminal asks, unseen")])
        with os.fdopen(number, "rb", closefd=False) as file:
            content = file.read(MOST)
    except (OSError, ValueError, OverflowError, TypeError):
        what = "that file descriptor is not open for reading"
        raise ExtractsUnusable([Problem("--password-fd", what, "Write the number 3 and open it: 3< FILE")]) from None
    try:
        text = content.decode("utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")
    except ValueError:
        text = "\0"
    if "\0" in text:
        what = "what it gives is no text"
        raise ExtractsUnusable([Problem("--password-fd", what, "Save the passwords as UTF-8, one a line")])
    lines = re.split("\r\n|\r|\n", text)
    return lambda _: iter([line for line in lines if line])


def from_terminal() -> Passwords:
    """Return the passwords that a person types, asked for when a file needs one and unseen; none without a terminal."""
    typed: list[str] = []

    def give(table: str) -> Iterator[str]:
        yield from list(typed)
        for number in range(TRIES if sys.stdin is not None and sys.stdin.isatty() else 0):
            again = "That does not open it. " if number else ""
            if not (word := _asked(f"{again}Password of the workbook of the table {table}: ")):
                return
            typed.append(word)
            yield word

    return give


def _asked(prompt: str) -> str:
    """Return what is typed; nothing when the terminal would show it, or at its end."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt, sys.stderr)
        except (EOFError, getpass.GetPassWarning):
            return ""
