"""The analyst's key, and the hashes made with it."""

from __future__ import annotations

import hashlib
import hmac
import os
import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dpia_checks.errors import KeyUnusable
from dpia_checks.release import keys

from ..test_malformed import CHANGES, MANY, malformed, spoilt
from .conftest import CANARY, KEY

PARTS = st.lists(st.text(max_size=5), max_size=4)


def test_a_made_key_can_be_read_and_is_another_each_time(tmp_path):
    for name in ("one", "two"):
        keys.make(tmp_path / name)

    assert keys.read(tmp_path / "one") != keys.read(tmp_path / "two")
    assert stat.S_IMODE((tmp_path / "one").stat().st_mode) == 0o600


def test_no_key_is_overwritten(tmp_path):
    (tmp_path / "key").write_text("mine")

    with pytest.raises(KeyUnusable, match="overwritten"):
        keys.make(tmp_path / "key")
    assert (tmp_path / "key").read_text() == "mine"


@pytest.mark.parametrize(
    "content",
    [b"", CANARY.encode(), b"a" * 64, b"abcdefghijk" * 6, bytes(range(31)), bytes(range(32)) * 200],
    ids=["empty", "a word", "one letter", "too few kinds", "too short", "too long"],
)
def test_what_could_be_guessed_is_no_key_and_is_not_said(tmp_path, content):
    (tmp_path / "key").write_bytes(content)

    with pytest.raises(KeyUnusable) as refused:
        keys.read(tmp_path / "key")
    assert CANARY not in str(refused.value)


def test_a_key_that_is_no_file_is_refused(tmp_path):
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")

    for path in (tmp_path, tmp_path / "nowhere", tmp_path / "pipe"):
        with pytest.raises(KeyUnusable, match="cannot be read"):
            keys.read(path)


def test_the_end_of_the_line_is_no_part_of_the_key(tmp_path):
    (tmp_path / "key").write_bytes(b"0123456789abcdef" * 3 + b"\r\n")

    assert keys.read(tmp_path / "key") == b"0123456789abcdef" * 3


def test_a_keyed_hash_is_an_hmac_of_its_parts_with_their_lengths():
    said = b"\0\0\0\0\0\0\0\x06record" + b"\0\0\0\0\0\0\0\x02ab"

    assert keys.keyed(KEY, "record", ["ab"]) == hmac.new(KEY, said, hashlib.sha256).hexdigest()


@given(PARTS, PARTS)
def test_no_two_lists_of_parts_have_one_hash(one, other):
    assert (one == other) == (keys.keyed(KEY, "record", one) == keys.keyed(KEY, "record", other))


def test_another_key_and_another_purpose_give_another_hash():
    made = {keys.keyed(key, purpose, ["a"]) for key in (KEY, KEY[::-1]) for purpose in ("record", "table")}

    assert len(made) == 4


SPOILT = st.builds(lambda changes: spoilt((KEY.hex() + "\n").encode(), changes), CHANGES)


@settings(malformed, max_examples=max(100, MANY))
@given(st.one_of(st.binary(max_size=80), SPOILT))
def test_any_bytes_are_a_key_or_refused(tmp_path, content):
    (tmp_path / "key").write_bytes(content)

    key, said = content.strip(), ""
    try:
        assert keys.read(tmp_path / "key") == key
    except KeyUnusable as refused:
        said = str(refused)
    is_none = len(key) < keys.LENGTH or len(set(key)) < keys.KINDS or len(content) > keys.LARGEST
    assert bool(said) == is_none
    assert len(key) < 9 or key.decode("latin-1") not in said
