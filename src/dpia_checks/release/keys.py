"""
The analyst's key: what turns a digest or a record's id into a code that nobody else can turn back.

A digest without a key can be tried out: whoever guesses the few lines of a small table sees that the guess
was right. Only the key's holder can work out a keyed one (HMAC with SHA-256, RFC 2104 and FIPS 198-1).
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from dpia_checks.errors import KeyUnusable, Problem

LENGTH = 32
"""The least number of bytes of a key: as many as the hash gives (RFC 2104, section 3)."""
KINDS = 12
"""The least number of different bytes; a random key of that length, also in hexadecimal, has more by far."""
LARGEST = 4096


def make(path: Path) -> None:
    """
    Write a new random key to *path*, for its owner's eyes only.

    Raises:
        KeyUnusable: There is a file of that name: a key that is overwritten is lost.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        what = "there is a file of that name, and a key that is overwritten is lost"
        raise KeyUnusable([Problem("--out", what, "Name a new file")]) from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(LENGTH) + "\n")


def read(path: Path) -> bytes:
    """
    Return the key in *path*, without the end of its line.

    Raises:
        KeyUnusable: The file cannot be read, is no key, or one that could be guessed. What it holds is not said.
    """
    do = "Make one with dpia-checks key --out FILE, and keep it where the records are"
    try:
        if not path.is_file():  # a pipe that nobody writes to would be waited for
            raise OSError
        with path.open("rb") as file:
            key = file.read(LARGEST + 1).strip()
    except (OSError, ValueError):
        raise KeyUnusable([Problem("--key", "the file cannot be read", do)]) from None
    if len(key) > LARGEST:
        raise KeyUnusable([Problem("--key", "the file is too large for a key", do)])
    if len(key) < LENGTH or len(set(key)) < KINDS:
        raise KeyUnusable([Problem("--key", f"it is no random key of {LENGTH} bytes or more", do)])
    return key


def keyed(key: bytes, purpose: str, parts: Sequence[str]) -> str:
    """
    Return the keyed hash of *parts* in hexadecimal; *purpose* keeps the hashes of one use from those of another.

    Each part goes in with its length, so that no two lists of parts are one.
    """
    said = b"".join(
        len(encoded).to_bytes(8, "big") + encoded for encoded in (part.encode() for part in (purpose, *parts))
    )
    return hmac.digest(key, said, "sha256").hex()
