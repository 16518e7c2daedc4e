"""
What gives somebody away inside a text, and what only looks like it.

The numbers are of ranges that nobody has: NHS 999, National Insurance QQ or noughts, police numbers of 2099,
postcode ZZ99, telephone 07700 900, and e-mail at example.org.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dpia_checks.identifiers import CHECK_LETTERS, KINDS, heading, holds_any, is_made_of, plain

HELD = {
    "NHS number": [
        "9990000018",
        "NHS no. 999 000 0018, seen twice",
        "999-000-0018",
        "999.000.0018",
        "99 90 00 00 18",
        "(9990000018)",
        "first line\n999 000\n0018",
        "999 000\r\n0018",
        "\uff19\uff19\uff19\uff10\uff10\uff10\uff10\uff10\uff11\uff18",
        "\u0669\u0669\u0669\u0660\u0660\u0660\u0660\u0660\u0661\u0668",
        "999\u00a0000\u00a00018",
        "999\u200b0000018",
        "999\u2013000\u20130018",
        "999 000 0019 or 999 000 0018",
        "9990000050",
    ],
    "National Insurance number": [
        "QQ123456C",
        "qq 12 34 56 c",
        "QQ-12-34-56-A",
        "QQ 12 34\n56 D",
        "NI number AA000000A given",
        "OA000000B",
    ],
    "PNC number": ["2099/0000001G", "2099/1G", "99/1g", "PNCID 2099 / 0000002H.", "99/0012345Z"],
    "CRO number": ["000001/99W", "1/99w", "CRO 2/99X.", "12345/99N"],
    "Delius number": ["X000000", "crn x000000", "(X000000)"],
    "postcode": [
        "ZZ99 3VZ",
        "zz993vz",
        "at ZZ99  3VZ.",
        "ZZ99\n3VZ",
        "E1 6AN",
        "SE1P 5LX",
        "W1A 0AX",
        "B12 3RD",
        "EC1A 1BB",
    ],
    "telephone number": [
        "07700 900123",
        "07700900123",
        "+44 7700 900123",
        "+44 (0)7700 900 123",
        "00447700900123",
        "(07700) 900-123",
        "07700\n900123",
        "07700 900123/07700 900124",
        "020 7946 0018",
        "01632 96001",
        "\u0660\u0667\u0667\u0660\u0660 900123",
    ],
    "e-mail address": [
        "juniper(at)example.org",
        "juniper [AT] example.org",
        "juniper ( at ) example.org",
        "somebody@example.org",
        "Some.Body+1@mail.example.org",
        "somebody\uff20example.org",
        "<s@example.org>",
    ],
    "date of birth": [
        *("DOB 05-May-1990", "DOB 05MAY1990", "dob 5 5 1990", "DOB 19900505", "DOB: 05051990", "born May 5, 1990"),
        *("born on the 5th May 1990", "born the 5 May 90", "dob May 5th 1990"),
        "DOB 01/02/1990",
        "d.o.b.: 1 Feb 1990",
        "D O B 01-02-90",
        *("DOB 010290", "birthdate 01/02/1990", "birth date: 010290"),
        "born on 1st of February 1990",
        "Date of birth is 1990-02-01",
        "date of\nbirth 1.2.90",
    ],
}
NOT_HELD = {
    "NHS number": [
        "999 000 0019",
        "9990000010",
        "99900000180",
        "999000001",
        "A9990000018",
        "9990000018A",
        "AB/9990000018",
        "REF-9990000018",
        "9990000018/2",
        "9990000018-1",
        "999  000  0018",
    ],
    "National Insurance number": [
        *("DA000000A", "FA000000A", "IA000000A", "UA000000A", "VA000000A"),
        *("AD000000A", "AF000000A", "AI000000A", "AQ000000A", "AU000000A", "AV000000A", "AO000000A"),
        *("BG000000A", "GB000000A", "KN000000A", "NK000000A", "NT000000A", "TN000000A", "ZZ000000A"),
        *("QA000000A", "AA000000E", "AA00000A", "AA0000000A", "XAA000000A", "AA000000AA"),
    ],
    "PNC number": ["2099/0000001H", "2099/00000001G", "299/1G", "2099-0000001G", "2099/0000001GA", "01/02/2099"],
    "CRO number": ["000001/99X", "0000001/99W", "1/099W", "A1/99W", "1/99WA"],
    "Delius number": ["X00000", "X0000000", "AX000000", "X000000A", "AB/X000000", "X 000000"],
    "postcode": [
        "E1",
        "SE17",
        "E1 6",
        "flat B12 3rd floor",
        "a1 2nd exit",
        "A1 4th",
        "E1 6CA",
        "E1 6AV",
        "Q1 1AA",
        "E1 6ANX",
        "AE1 6AN2",
    ],
    "telephone number": [
        "07700 90012",
        "07700 9001234",
        "U07700900123",
        "REF/07700900123",
        "07700900123A",
        "04700 900123",
        "101",
        "1999-2000",
        "020 7946 001",
    ],
    "e-mail address": [
        "Mum (at home.Then left)",
        "Juniper (at) home",
        "juniper at example.org",
        "meet @ 5.30",
        "somebody@localhost",
        "@example",
        "a@b.1",
    ],
    "date of birth": [
        "seen 01/02/1990",
        "born in May",
        "DOB not known",
        "unborn 01/02/1990",
        "dob 1990",
        "DOB 12345678",
        "born 5 5 day",
        "born May 1990",
        "dob 199005051",
        *("dob 01029", "dob 010290a", "010290", "birthdated 010290"),
    ],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in HELD.items() for text in texts])
def test_what_gives_somebody_away_is_found(kind, text):
    assert KINDS[kind](text)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in NOT_HELD.items() for text in texts])
def test_what_only_looks_like_it_is_not(kind, text):
    assert not KINDS[kind](text)


def test_every_kind_is_tried_both_ways():
    assert set(HELD) == set(NOT_HELD) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_text_and_plain_words_hold_nothing(kind):
    assert not any(map(KINDS[kind], ["", " ", "Attended as agreed", "Will attend in May", "1", "A", "£10.50 at 9:30"]))


@given(st.integers(0, 99_999))
def test_one_last_digit_in_ten_at_most_makes_an_nhs_number(serial):
    ways = sum(KINDS["NHS number"](f"9990{serial:05d}{digit}") for digit in range(10))

    assert ways <= 1


@given(st.integers(1, 9_999_999))
def test_exactly_one_check_letter_fits_a_pnc_number(serial):
    fitting = [letter for letter in CHECK_LETTERS if KINDS["PNC number"](f"2099/{serial:07d}{letter}")]

    assert len(fitting) == 1
    assert KINDS["PNC number"](f"99/{serial}{fitting[0]}")


@given(st.integers(1, 999_999))
def test_exactly_one_check_letter_fits_a_cro_number(serial):
    assert sum(KINDS["CRO number"](f"{serial:06d}/99{letter}") for letter in CHECK_LETTERS) == 1


@pytest.mark.parametrize("letter", ["I", "O", "S"])
def test_three_letters_are_no_check_letters(letter):
    assert not any(KINDS["PNC number"](f"2099/{serial:07d}{letter}") for serial in range(1, 100))


@given(st.text())
def test_no_text_is_too_odd_to_be_read(text):
    assert holds_any(text, list(KINDS)) in {True, False}
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize("piece", ["9", "9 ", "0 ", "a", "a.", "a@", "1/", "+44(", "QQ1", "born 1 ", "("])
def test_a_text_of_twenty_thousand_letters_is_read_in_a_moment(piece):
    started = time.perf_counter()

    holds_any((piece * 20_000)[:20_000], list(KINDS))

    assert time.perf_counter() - started < 2


def test_one_kind_is_looked_for_and_not_the_others():
    assert holds_any("07700 900123", ["postcode", "telephone number"])
    assert not holds_any("07700 900123", ["postcode"])


def test_a_kind_that_nobody_knows_does_not_pass():
    with pytest.raises(KeyError):
        holds_any("Attended", ["passport number"])


@pytest.mark.parametrize("text", ["D.O.B.", "dob", "D O B", " d_o_b ", "D-O-B", "\uff24\uff2f\uff22", "D\u200bOB"])
def test_a_heading_is_the_same_in_any_spelling(text):
    assert heading(text) == "dob"


def test_headings_of_other_words_differ():
    assert heading("Date of birth") != heading("DOB")
    assert heading("!?") == ""


@pytest.mark.parametrize(
    "text",
    [
        "name",
        "NAMES",
        "ClientName",
        "Name of client",
        "name and date of birth",
        "clientclient_name",
        "Suspect 2 name",
        "Address line 3",
        "\uff4e\uff41\uff4d\uff45",
    ],
)
def test_a_heading_with_nothing_else_beside_it_is_made_of_it(text):
    assert is_made_of(text, ["name", "date of birth", "address line 1"], ["s", "client", "suspect", "of", "and"])


@pytest.mark.parametrize(
    "text",
    ["", "12", "client", "of", "name of programme", "programme name", "surname", "nam", "address", "me", "clientna"],
)
def test_a_heading_with_another_word_or_without_one_is_not(text):
    assert not is_made_of(text, ["name", "address line 1", "7"], ["s", "client", "of", "9"])


def test_a_word_on_both_lists_tells():
    assert is_made_of("name", ["name"], ["na", "me", "Name"])
    assert is_made_of("namename", ["name"], ["name"])
