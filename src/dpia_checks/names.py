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

OF_SERVICES = frozenset(
    """
    act address advice and arrangements benefit camhs care centre code contact court custody details family first
    focus group he health hostel hub impact in intervention law liaison line link marac mappa name names of officer
    only own personal plan project protection safeguarding services service she status statement support team the
    they to trust unit we when who with work worker
    """.split()  # noqa: SIM905 - words read better as words than as seventy strings
)
"""Words that follow a relation with a capital and name nobody: Victim Support, Children Services. The list is ours."""

LONGEST_SHORT = 3
"""Most letters of a word in capitals that is taken for an abbreviation."""

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


def relating_any(relations: Sequence[str], organisations: Sequence[str] = ()) -> Callable[[str], bool]:
    """
    Return a function that says whether a text names somebody's relative, or gives their date of birth.

    A name is a word with a capital right after one of *relations*, with a capital of its own or without ("her
    sister Juniper", "Partner, Kevin", "mother: Briar"). It is not a day, a month, a word that follows such words in
    the name of a service (Victim Support), nor the beginning of one of *organisations*. In capitals alone it has
    four letters or more, is no known abbreviation, and the relation is not in capitals too: a note written so
    throughout tells nothing. A date of birth counts within forty letters after the relation.
    """
    kin = "|".join(map(re.escape, relations))
    said = r"(?:\s*[:,(-]\s*|\s+)(?:(?:is|are|was|called|named)\s+)*([^\W\d_][^\W\d_'\u2019]+)"
    named = re.compile(rf"(?<!\w)((?i:{kin}))s?{said}")
    born = re.compile(rf"(?<!\w)(?:{kin})s?(?!\w).{{0,40}}?{BIRTH}", re.IGNORECASE | re.DOTALL)
    bodies = re.compile(rf"(?:{'|'.join(map(re.escape, organisations)) or '(?!)'})(?!\w)")

    def relates(text: str) -> bool:
        read = plain(text)
        people = (match for match in named.finditer(read) if not bodies.match(read, match.start(2)))
        return any(_is_name(match[2], after=match[1]) for match in people) or bool(born.search(read))

    return relates


def _is_name(word: str, *, after: str) -> bool:
    if not word[0].isupper() or word in {*DAYS, *MONTHS} or word.casefold() in OF_SERVICES:
        return False
    return not word.isupper() or (len(word) > LONGEST_SHORT and not after.isupper())
