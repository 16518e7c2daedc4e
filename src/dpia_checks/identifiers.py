"""
What gives somebody away inside a text or a heading: numbers with their check digits, addresses, dates of birth.

Each function takes any text and says whether it holds such a thing; none returns what it found. The text is
read as :func:`plain` leaves it, in capitals or not, and a thing may be broken over two lines. Numbers must
stand alone: a digit or letter beside them, or a reference such as AB/ or AB- before them, makes them part of
something else.

Made-up records use numbers that nobody has (NHS 999, National Insurance QQ, police numbers of 2099, postcode
ZZ99, telephone 07700 900). All of them are found, also where the official rule would refuse them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

CHECK_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
_GAP = r"(?:\r\n|[\s.-])?"
_START, _END = r"(?<![\w-])(?<![^\W\d]/)", r"(?!\w|-\d|/\d{1,4}(?!\d))"


def plain(text: str) -> str:
    """Return *text* with full-width and other look-alike digits as digits, any dash as a hyphen, nothing unseen."""
    if text.isascii():
        return text
    return "".join(_plain(letter) for letter in unicodedata.normalize("NFKC", text))


def _plain(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    return {"Cf": "", "Pd": "-"}.get(category, letter)


def has_nhs_number(text: str) -> bool:
    """
    Say whether *text* holds an NHS number: ten digits whose last is the check digit, modulus 11.

    Spaces, hyphens or full stops may part the digits anywhere, as in 999 123 4567. Nine digits are weighted 10 to
    2; a remainder that calls for 10 is no number (NHS Data Model and Dictionary, NHS NUMBER).
    """
    found = re.finditer(rf"{_START}\d(?:{_GAP}\d){{9}}{_END}", plain(text))
    return any(_is_nhs_number(re.sub(r"\D", "", match.group())) for match in found)


def _is_nhs_number(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - total % 11) % 11 == int(digits[9])


def has_national_insurance_number(text: str) -> bool:
    """
    Say whether *text* holds a National Insurance number: two letters, six digits and a letter from A to D.

    No prefix has D, F, I, Q, U or V, nor O in second place, and seven more are not used (HMRC, National Insurance
    Manual NIM39110). QQ, which the manual prints as its example, is found too: it was written down as one.
    """
    prefix = r"(?!BG|GB|KN|NK|NT|TN|ZZ)(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ)"
    return bool(re.search(rf"{_START}{prefix}(?:{_GAP}\d){{6}}{_GAP}[A-D]{_END}", plain(text), re.IGNORECASE))


def has_pnc_number(text: str) -> bool:
    """
    Say whether *text* holds a number of the Police National Computer: year, stroke, serial and check letter.

    The year has two or four digits and the serial up to seven. The letter is the remainder by 23 of the year's
    last two digits and the serial in seven (CJS Data Standards Catalogue, issue 6).
    """
    found = re.finditer(rf"{_START}(?:\d\d)?(\d\d) ?/ ?(\d{{1,7}})([A-Z]){_END}", plain(text), re.IGNORECASE)
    return any(_check_letter(year, serial.zfill(7)) == letter.upper() for year, serial, letter in _groups(found))


def has_cro_number(text: str) -> bool:
    """
    Say whether *text* holds a number of the Criminal Records Office: serial, stroke, year and check letter.

    The serial has up to six digits and the year two; the letter is the remainder by 23 of the year and the serial
    in six (CJS Data Standards Catalogue, issue 6). Numbers of files kept on paper, which begin with SF, are left
    out: the code that the prison service publishes pads them in two ways.
    """
    found = re.finditer(rf"{_START}(\d{{1,6}}) ?/ ?(\d\d)([A-Z]){_END}", plain(text), re.IGNORECASE)
    return any(_check_letter(year, serial.zfill(6)) == letter.upper() for serial, year, letter in _groups(found))


def _groups(found: Iterable[re.Match[str]]) -> list[tuple[str, str, str]]:
    return [(match[1], match[2], match[3]) for match in found]


def _check_letter(year: str, serial: str) -> str:
    return CHECK_LETTERS[int(year + serial) % len(CHECK_LETTERS)]


def has_delius_number(text: str) -> bool:
    """
    Say whether *text* holds a case reference of Delius: a letter and six digits, without a check digit.

    Any other reference of that shape is taken for one (HM Prison and Probation Service, case reference number).
    """
    return bool(re.search(rf"{_START}[A-Z]\d{{6}}{_END}", plain(text), re.IGNORECASE))


def has_postcode(text: str) -> bool:
    """
    Say whether *text* holds a whole UK postcode; a district alone, such as E1, is none.

    The letters are those that British Standard 7666 allows in each place; the last two are never C, I, K, M, O or
    V, save in ZZ99, which the health service uses for no fixed abode and the like. After a house or a flat, "3rd"
    in small letters is an ordinal.
    """
    outward = r"[A-PR-UWYZ](?:\d[\dA-HJKPSTUW]?|[A-HK-Y]\d[\dABEHMNPRVWXY]?)"
    shape = rf"{_START}(?:{outward}\s{{0,2}}(\d[ABD-HJLNP-UW-Z]{{2}})|ZZ99\s{{0,2}}(\d[A-Z]{{2}})){_END}"
    found = re.finditer(shape, plain(text), re.IGNORECASE)
    return any((match[1] or match[2]) not in {"1st", "2nd", "3rd"} | {f"{n}th" for n in range(10)} for match in found)


def has_telephone_number(text: str) -> bool:
    """
    Say whether *text* holds a UK telephone number of eleven digits, or one with +44 or 0044 for its first nought.

    It begins with 01, 02, 03, 05, 07, 08 or 09, and some of 01, 05 and 08 are a digit shorter (Ofcom, National
    Telephone Numbering Plan). Spaces, hyphens, full stops and brackets may part it. A case reference that looks
    just like one is taken for one; one with a letter at either end is not.
    """
    gap = r"[\s().-]{0,2}"
    begun = rf"(?:(?:\+|00){gap}44{gap}(?:\(?0\)?)?|0){gap}"
    number = rf"{begun}(?:[158](?:{gap}\d){{8,9}}|[2379](?:{gap}\d){{9}})"
    return bool(re.search(rf"{_START}\(?{number}{_END}", plain(text)))


def has_email_address(text: str) -> bool:
    """
    Say whether *text* holds an e-mail address: a name, the sign @ and a domain with a dot in it.

    The sign may be written out in brackets, to be read by people alone: "(at)" or "[at]". The name has up to 64
    letters, and each part of the domain up to 63 (RFC 5321), so that a long text without a space is read in
    reasonable time.
    """
    at = r"(?:@|\s?[\[(]\s?[aA][tT]\s?[\])]\s?)"
    shape = rf"[\w.!#$%&'*+/=?^`{{|}}~-]{{1,64}}{at}[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,8}}\.[^\W\d_]{{2,}}"
    return bool(re.search(shape, plain(text)))


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = "|".join(month[:3] + f"(?:{month[3:]})?" for month in MONTHS)
_YEAR, _ORDINAL = r"(?:19|20)\d\d", r"(?:st|nd|rd|th)?"
_DATE = "|".join(
    (
        r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}",
        rf"\d{{1,2}}\s\d{{1,2}}\s{_YEAR}",
        rf"{_YEAR}\d{{4}}|\d{{4}}{_YEAR}|\d{{6}}(?!\w)",
        rf"\d{{1,2}}{_ORDINAL}[\s-]{{0,3}}(?:of\s+)?(?:{_MONTH})[.,\s-]{{0,3}}\d{{2,4}}",
        rf"(?:{_MONTH})\.?\s+\d{{1,2}}{_ORDINAL},?\s+{_YEAR}",
    )
)

_LABEL = r"(?<!\w)(?:born|d\.?\s?o\.?\s?b\.?|date\s+of\s+birth|birth\s?(?:day|date))"
BIRTH = rf"{_LABEL}(?:\s+(?:on|is|was))?(?:\s+the)?[\s:=(-]*(?:{_DATE})(?!\d)"
"""The pattern of a date of birth, to be read without regard to capitals."""


def has_date_of_birth(text: str) -> bool:
    """
    Say whether *text* holds a date of birth: a date right after born, DOB, D.O.B., birthdate or date of birth.

    The month may be a number or a word, with a full stop, stroke, hyphen, space or nothing between it and the rest.
    Six digits right after such a word are a date, too: DOB 010290.
    A date on its own may be of anything, and is none.
    """
    return bool(re.search(BIRTH, plain(text), re.IGNORECASE))


KINDS: Mapping[str, Callable[[str], bool]] = {
    "NHS number": has_nhs_number,
    "National Insurance number": has_national_insurance_number,
    "PNC number": has_pnc_number,
    "CRO number": has_cro_number,
    "Delius number": has_delius_number,
    "postcode": has_postcode,
    "telephone number": has_telephone_number,
    "e-mail address": has_email_address,
    "date of birth": has_date_of_birth,
}
"""What a list in the terms may ask for, and the function that looks for it."""


def holds_any(text: str, kinds: Sequence[str]) -> bool:
    """Say whether *text* holds anything of *kinds*, each a key of :data:`KINDS`."""
    return any(KINDS[kind](text) for kind in kinds)


def heading(text: str) -> str:
    """Return a column's heading without what spellings differ in: capitals, spaces and punctuation."""
    return "".join(filter(str.isalnum, plain(text))).casefold()


def is_made_of(text: str, words: Iterable[str], besides: Iterable[str]) -> bool:
    """
    Say whether the heading *text* is one of *words*, or several of them, with nothing else but *besides*.

    What spellings differ in makes no difference, nor do digits: "Suspect 2 name" is "name" with "suspect" beside it.
    """
    parts = {_letters(each): False for each in besides} | {_letters(word): True for word in words}
    spelt, reached = _letters(text), {0: False}
    for place in range(len(spelt)):
        for part in parts if place in reached else ():
            if part and spelt.startswith(part, place):
                end = place + len(part)
                reached[end] = reached.get(end, False) or reached[place] or parts[part]
    return reached.get(len(spelt), False)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, heading(text)))
