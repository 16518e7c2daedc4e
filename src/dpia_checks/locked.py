"""
Open a workbook that is locked with a password, in memory: nothing of it is written to a file.

A workbook that Excel locked without being given a password opens with the one that is published.
"""

from __future__ import annotations

import io
from itertools import chain
from typing import Any

from dpia_checks import extras
from dpia_checks.errors import ExtractsUnusable, Problem
from dpia_checks.passwords import Passwords
from dpia_checks.schema import Table
from dpia_checks.workbooks import CONTAINER, DEFAULT


def opened(content: bytes, table: Table, passwords: Passwords) -> bytes:
    """
    Return a workbook as it is without its lock; one that has none comes back as it is.

    Raises:
        ExtractsUnusable: It is locked and none of *passwords* opens it, or it is no workbook.
        ExtraMissing: The library that knows the encryption is not installed.
    """
    if not content.startswith(CONTAINER):
        return content
    extras.require("msoffcrypto")
    try:
        if not _office(content).is_encrypted():
            return content
        for word in chain((DEFAULT,), passwords(table.name)):  # the next is asked for when none before opens it
            if (plain := _opened_with(word, content)) is not None:
                return plain
    except KeyboardInterrupt:
        raise KeyboardInterrupt from None
    except Exception:  # what the library raises of a broken file has no common kind, and may hold a value
        raise ExtractsUnusable([Problem(table.name, "it cannot be read as a workbook", "Save it again")]) from None
    what = "it is locked, and no password that was given opens it"
    do = "Give the password at the terminal, or in a file descriptor: --password-fd 3 3< FILE"
    raise ExtractsUnusable([Problem(table.name, what, do)])


def _office(content: bytes) -> Any:
    import msoffcrypto

    return msoffcrypto.OfficeFile(io.BytesIO(content))


def _opened_with(word: str, content: bytes) -> bytes | None:
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

    office, plain = _office(content), io.BytesIO()
    try:
        office.load_key(word, **({"verify_password": True} if office.format == "ooxml" else {}))
        office.decrypt(plain)
    except (InvalidKeyError, DecryptionError):
        return None
    return plain.getvalue()
