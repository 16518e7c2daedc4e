"""
Whether a text names somebody: a person known from a list of names, or a relative of whom nothing is known.

Names are people's, and words are words: a client may be called May or Grace. So a name that is also an ordinary
word counts only beside another name of the same person; any other counts alone when it has a capital. Nothing here
returns a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, pairwise

from dpia_checks.identifiers import BIRTH, DAYS, MONTHS, plain

ALSO_WORDS = frozenset(
    """
    amber april august autumn baker bell bill black brook brown carter chance chase christian church clay cook cross
    dale daisy dawn day dean english faith fern field fields flint frank grace grant gray green grey guy hall hazel
    heather hill hobby holly home hope house hunter iris ivy jasmine joy june king lane law lily little long love
    mark marsh mason may melody miles mercy moon noble olive page park parker patience pearl penny poppy porter price
    read reed rich rob robin rose ruby sandy short singer slate smith stone street summer swift temple violet wall
    ward waters way west white will willow wood woods young
    """.split()  # noqa: SIM905 - words read better as words than as ninety strings
)
"""Names that are ordinary words, too. The list is ours: the more words it has, the fewer false alarms."""

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['\u2019][^\W\d_]+)*(?!\w)")
_BESIDE = re.compile(r"[\s,-]+")


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of *name* in small letters. An initial is no name."""
    return tuple(_small(word) for word in _WORD.findall(plain(name)) if len(word) > 1)


def _small(word: str) -> str:
    return word.casefold().replace("\u2019", "'").removesuffix("'s")


def naming_any(people: Iterable[Sequence[str]]) -> Callable[[str], bool]:
    """
    Return a function that says whether a text names one of *people*, each given by the words of their names.

    Whole words only, with or without the 's of a possessive. Two names of one person count beside each other, in
    either order, with a comma or a hyphen between or without, in capitals or not; a sentence that ends between
    them parts them.
    """
    known = [tuple(person) for person in people]
    alone = {word for person in known for word in person} - ALSO_WORDS
    pairs = {frozenset(pair) for person in known for pair in combinations(person, 2)}

    def names(text: str) -> bool:
        read = plain(text)
        words = list(_WORD.finditer(read))
        if any(word.group()[0].isupper() and _small(word.group()) in alone for word in words):
            return True
        return any(
            frozenset((_small(left.group()), _small(right.group()))) in pairs
            and _BESIDE.fullmatch(read[left.end() : right.start()])
            for left, right in pairwise(words)
        )

    return names


def relating_any(relations: Sequence[str]) -> Callable[[str], bool]:
    """
    Return a function that says whether a text names somebody's relative, or gives their date of birth.

    A name is a word with a capital right after one of *relations* in small letters ("her sister Juniper", "son
    called Rowan", "mother: Briar"), and not a day, a month or an abbreviation. With a capital of its own the
    relation must be followed by a colon, or Victim Support would be a person. A date of birth counts within forty
    letters after the relation.
    """
    kin = "|".join(map(re.escape, relations))
    said = r"(?:\s*[:,(-]\s*|\s+)(?:(?:is|are|was|called|named)\s+)*([^\W\d_][^\W\d_'\u2019]+)"
    named = re.compile(rf"(?<!\w)(?:(?:{kin})s?{said}|(?i:{kin})s?\s*:\s*([^\W\d_][^\W\d_'\u2019]+))")
    born = re.compile(rf"(?<!\w)(?:{kin})s?(?!\w).{{0,40}}?{BIRTH}", re.IGNORECASE | re.DOTALL)

    def relates(text: str) -> bool:
        read = plain(text)
        words = (match[1] or match[2] for match in named.finditer(read))
        return any(_is_name(word) for word in words) or bool(born.search(read))

    return relates


def _is_name(word: str) -> bool:
    return word[0].isupper() and not word.isupper() and word not in {*DAYS, *MONTHS}
