"""
Whether a text names somebody: a person known from a list of names, or a relative of whom nothing is known.

Names are people's, words are words, and places are places: a client may be called May or Chelsea. So a name that is
also an ordinary word or a place counts only beside another name of the same person, or where only a person can stand;
any other counts alone when it has a capital, unless a title before it or a street after it says that it is not hers.
In small letters such a name counts where only a person can stand: spoke to juniper.
Nothing here returns a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from itertools import combinations, pairwise

from dpia_checks.identifiers import BIRTH, DAYS, MONTHS, plain
from dpia_checks.name_words import (
    ALSO_FORENAMES,
    ALSO_PLACES,
    ALSO_WORDS,
    FORENAMES,
    NO_NAMES,
    NOT_CALLED,
    NOT_DOING,
    OF_HELP,
    OF_NOTES,
    OF_OFFENCES,
    OF_PEOPLE,
    OF_STREETS,
    PLACES,
    TITLES,
    TO_PEOPLE,
)

LONGEST_SHORT = 3
"""Most letters of a word in capitals that is taken for an abbreviation."""

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['\u2019][^\W\d_]+)*(?!\w)")
_BESIDE = re.compile(r"[\s,-]+|\.")


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of *name* in small letters. An initial is no name."""
    return tuple(_small(word) for word in _WORD.findall(plain(name)) if len(word) > 1)


def _small(word: str) -> str:
    return word.casefold().replace("\u2019", "'").removesuffix("'s")


def naming_any(people: Iterable[Sequence[str]]) -> Callable[[str], bool]:
    """
    Return a function that says whether a text names one of *people*, each given by the words of their names.

    Whole words only, with or without the 's of a possessive. Two names of one person count beside each other, in
    either order, with a comma, a hyphen, a line or a full stop between or nothing, as in the name of a file or a user,
    in capitals or not; a sentence that ends between them parts them. What else a name may be, and when it counts
    alone, is said above.
    """
    known = [tuple(person) for person in people]
    names_known = {word for person in known for word in person}
    pairs = {frozenset(pair) for person in known for pair in combinations(person, 2)}

    def names(text: str) -> bool:
        words = _parted(plain(text).replace("_", " "))
        if any(_counts_alone(words, at) for at, word in enumerate(words) if _small(word) in names_known):
            return True
        beside = pairwise(word for word in words if word != ",")
        return any(frozenset((_small(left), _small(right))) in pairs for left, right in beside)

    return names


def _parted(text: str) -> list[str]:
    """Return the words of *text* and the commas between, with an empty one where more than that parts two."""
    words: list[str] = []
    end = 0
    for found in _WORD.finditer(text):
        between = text[end : found.start()]
        after_title = words and _is_title(words[-1]) and between.startswith(".")
        if not _BESIDE.fullmatch(between.removeprefix(".") if after_title else between):
            words.append("")
        elif "," in between:
            words.append(",")
        words.append(found.group())
        end = found.end()
    return words


def _counts_alone(words: Sequence[str], at: int) -> bool:
    """Say whether the known name at *at* tells of a person without another name of theirs beside it."""
    name, small = words[at], _small(words[at])
    first, before, after = _at(words, at - 2), _at(words, at - 1), _at(words, at + 1)
    if _is_title(before) or (_is_title(first) and before[:1].isupper()):
        return False
    if not name[0].isupper():
        guarded = small in ALSO_WORDS | ALSO_PLACES or before.casefold() in TITLES
        return not guarded and (_is_possessive(name) or _does(before, after) or _is_told(first, before, after))
    if after[:1].isupper() and after.casefold() in OF_STREETS:
        return False
    if small in ALSO_PLACES and _is_possessive(name):
        return True
    if small not in ALSO_WORDS | ALSO_PLACES:
        return True
    return _does(before, after) or _is_told(first, before, after)


def _at(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""


def _is_title(word: str) -> bool:
    return word[:1].isupper() and word.casefold() in TITLES


def _is_possessive(word: str) -> bool:
    return word.casefold().replace("\u2019", "'").endswith("'s")


def _does(before: str, after: str) -> bool:
    return after.casefold() in OF_PEOPLE and before.casefold() not in NOT_DOING


def _is_told(first: str, before: str, after: str) -> bool:
    """Say whether somebody was told or met: what has another capital behind it is an office or a street."""
    verb = first if before in {"to", "with"} else before
    return verb.casefold() in TO_PEOPLE and not after[:1].isupper()


def relating_any(relations: Sequence[str], organisations: Sequence[str] = ()) -> Callable[[str], bool]:
    """
    Return a function that says whether a text names somebody's relative, or gives their date of birth.

    A name is a word with a capital right after one of *relations*, with a capital of its own or without ("her sister
    Juniper", "Partner, Kevin", "mother's name: Briar"), also of those in law, or right before one that stands alone in
    brackets ("Jane (mum)") or between commas with whose it is ("Juniper, her sister, rang"). It is not another
    relation, a day, a month, a nationality, an age, something that people do, a word that follows such words in the
    name of a service (Victim Support), how somebody lives (Partner Universal Credit), nor the beginning of one of
    *organisations*. Before the brackets or the comma it is not what a note or an offence is about, nor one of `PLACES`
    or what follows a word such as "in"; brackets behind a relation that hold no other capital than those of such places
    say where, not who ("friend (Croydon)"). So a place that is on no list counts as a name, and a surname alone that
    is on one, "Croydon (mum)", does not; nobody can tell them apart by the word. In capitals alone it has four letters
    or more, is no known abbreviation, and the relation is not in capitals too: a note written so throughout tells
    nothing. One of `FORENAMES` beside a relation is a name in any letters, and so is what somebody is called ("her
    sister is called juniper"). A date of birth counts within forty letters after the relation.
    """
    kin = "|".join(map(re.escape, relations))
    bodies = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, organisations)) or '(?!)'})(?!\w)", re.IGNORECASE)
    born = re.compile(rf"(?<!\w)(?:{kin})s?(?!\w).{{0,40}}?{BIRTH}", re.IGNORECASE | re.DOTALL)
    tellers = (_named_after(kin), _named_before(kin), _known_beside(kin), _called(kin))
    others, any_kin = frozenset(map(_small, relations)), re.compile(kin, re.IGNORECASE)

    def relates(text: str) -> bool:
        read = plain(text)
        if not any_kin.search(read):
            return False
        without_bodies = bodies.sub("it", read)
        return any(tells(without_bodies, others) for tells in tellers) or bool(born.search(read))

    return relates


Teller = Callable[[str, frozenset[str]], bool]
"""What says whether a text names a relative; the words given are relations themselves, and no names."""

_NAME = r"([^\W\d_][^\W\d_'\u2019]+)"
_WHOSE = r"(?:(?:her|his|the|their|my|late|ex|older|elder|younger|little|big)[ -])"
_ENDS = r"(?=\s*(?:[^\w\s'\u2019]|\Z|(?:and|who)\s))"
"""That the words about a person end here: a sign or the end of the text, or what goes on about the same person."""


def _named_after(kin: str) -> Teller:
    """Return what finds a name with a capital behind a relation: her sister Juniper."""
    said = rf"(?:\s*([:,(\[=-])\s*|\s+)(?:(?:is|are|was|called|named)\s+)*{_NAME}"
    after = re.compile(rf"(?<!\w)((?i:{kin}))s?(?:[- ]in[- ]law)?(?:['\u2019]?s?\s+(?i:names?))?(?={said})")

    def tells(read: str, others: frozenset[str]) -> bool:
        return any(_is_name(match[3], match[1], others) for match in after.finditer(read) if not _says_where(match))

    return tells


def _named_before(kin: str) -> Teller:
    """Return what finds a name with a capital before a relation: Jane (mum), or Jane, her mum."""
    bracketed = rf"\s*[(\[]\s*(?i:{_WHOSE}*)((?i:{kin}))s?(?:[- ]in[- ]law)?\s*[)\]]"
    apposed = rf"\s*,\s*(?i:(?:her|his|their|my)\s{_WHOSE}?)((?i:{kin}))s?(?:[- ]in[- ]law)?{_ENDS}"
    before = re.compile(rf"(?<!\w){_NAME}(?:{bracketed}|{apposed})")

    def tells(read: str, others: frozenset[str]) -> bool:
        nobody = others | OF_NOTES | OF_OFFENCES | OF_HELP | PLACES
        found = (match for match in before.finditer(read) if not _follows_in(match))
        return any(_is_name(match[1], match[2] or match[3], nobody) for match in found)

    return tells


def _known_beside(kin: str) -> Teller:
    """Return what finds a common forename beside a relation, in any letters: partner: dave smith."""
    relation = rf"(?:{kin})s?(?:[- ]in[- ]law)?"
    said = r"(?:['\u2019]?s?\s+names?)?(?:\s*[:;,(\[=/-]\s*|\s+)(?:(?:is|are|was|called|named)\s+)*"
    after = rf"{relation}{said}{_NAME}"
    before = rf"{_NAME}(?:\s+{_NAME})?(?:\s*[,(\[]\s*|\s+-\s+){_WHOSE}*{relation}{_ENDS}"
    is_one = rf"{_NAME}(?:\s+{_NAME})?\s+(?:is|was)\s+{_WHOSE}+{relation}(?!\w)"
    beside = [re.compile(rf"(?<!\w)(?={shape})", re.IGNORECASE) for shape in (after, before, is_one)]

    def tells(read: str, _: frozenset[str]) -> bool:
        words = (word for shape in beside for match in shape.finditer(read) for word in match.groups())
        return any(_small(word) in FORENAMES for word in words if word)

    return tells


def _called(kin: str) -> Teller:
    """Return what finds the word, in any letters, by which a relative is said to be called."""
    is_called = r"\s+(?:is|are)\s+(?:called|named)|['\u2019]?s?\s+names?\s+(?:is|are)"
    called = re.compile(rf"(?<!\w)(?:{kin})s?(?:[- ]in[- ]law)?(?:{is_called})\s+{_NAME}", re.IGNORECASE)

    def tells(read: str, others: frozenset[str]) -> bool:
        return any(_small(match[1]) not in NO_NAMES | NOT_CALLED | others for match in called.finditer(read))

    return tells


def _says_where(match: re.Match[str]) -> bool:
    """Say whether brackets behind the relation of *match* hold a place, and no other word with a capital."""
    inside = match.string[match.end(2) :].partition(")")[0] if match[2] == "(" else ""
    capitals = [word for word in _WORD.findall(inside) if word[0].isupper()]
    return bool(capitals) and all(_small(word) in PLACES for word in capitals)


def _follows_in(match: re.Match[str]) -> bool:
    """Say whether what stands before the brackets of *match* may be a forename, and is a place here: in Chelsea."""
    words = _WORD.findall(match.string[: match.start()])
    return _small(match[1]) in ALSO_FORENAMES and words[-1:] != [] and words[-1].casefold() in NOT_DOING


def _is_name(word: str, relation: str, others: Set[str]) -> bool:
    """Say whether *word* beside *relation* is a name, and none of *others*."""
    if not word[0].isupper() or word in {*DAYS, *MONTHS} or word.casefold() in NO_NAMES | others:
        return False
    return not word.isupper() or (len(word) > LONGEST_SHORT and not relation.isupper())
