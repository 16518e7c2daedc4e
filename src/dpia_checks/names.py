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
from itertools import chain, combinations, pairwise

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

ALSO_PLACES = frozenset(
    """
    acton austin barking barnet barton bexley bolton bradford brent brixton bromley brooklyn camden carlisle chelsea
    chester clapham croydon derby devon dover ealing eden eltham enfield georgia hackney halifax haringey hastings
    holland india ireland israel kensington kent kingston lambeth lancaster lewisham lincoln london luton milan oxford
    paris preston richmond romford sheffield southwark stafford stanton stratford sutton sydney tottenham vauxhall
    vienna victoria warwick washington wellington windsor york
    """.split()  # noqa: SIM905 - words read better as words than as sixty strings
)
"""Names that are places, too. The list is ours, as :data:`ALSO_WORDS` is."""

OF_BOROUGHS = frozenset(
    """
    barking barnet bexley brent bromley camden croydon dagenham ealing enfield forest fulham greenwich hackney hamlets
    hammersmith haringey harrow havering hillingdon hounslow islington kensington kingston lambeth lewisham merton
    newham redbridge richmond southwark sutton thames tower waltham wandsworth westminster
    """.split()  # noqa: SIM905 - as above
)
"""The words of the names of London's boroughs, but for one that is also a forename."""

ALSO_FORENAMES = frozenset(
    """
    austin brooklyn chelsea chester devon eden georgia india israel lincoln london milan paris preston sydney vienna
    victoria
    """.split()  # noqa: SIM905 - as above
)
"""Places that somebody may be called by without a surname: Chelsea (mum). The list is ours."""

PLACES = (ALSO_PLACES | OF_BOROUGHS) - ALSO_FORENAMES
"""What is a place beside a relation and brackets: friend (Croydon)."""

TITLES = frozenset("cllr dc di dr judge miss mr mrs ms mx nurse officer pc prof ps sgt".split())  # noqa: SIM905
"""What stands before the surname of somebody who works there: Ms Khan, PC Khan. The list is ours."""

OF_STREETS = frozenset(
    """
    avenue clinic college common crescent estate gardens health hospital hostel house library market road school
    square station street surgery terrace town
    """.split()  # noqa: SIM905 - as above
)
"""What follows a name with a capital and makes it a place: Basalt Road. The list is ours."""

OF_PEOPLE = frozenset(
    """
    apologised arrived asked asks attended attends cried did didn't disclosed engaged explained phoned said says spoke
    stated talked texted thinks told
    """.split()  # noqa: SIM905 - as above
)
"""What people do: a name right before it is a name, whatever else the word means. The list is ours."""

TO_PEOPLE = frozenset("asked met named phoned saw spoke talked texted told".split())  # noqa: SIM905 - as above
"""What is done to people: told Grace, spoke to Chelsea. The list is ours."""

NOT_DOING = frozenset("at during every from in last near next of on since this to until via".split())  # noqa: SIM905
"""What stands before a place or a time, which then does nothing: since May attended twice."""

OF_SERVICES = frozenset(
    """
    abduction abuse act address advice agencies agency and arrangements awareness baby benefit both camhs care centre
    code contact court criminal cruelty custody deceased details exploitation family first focus for from gave group had
    has have he health hostel house hub impact in intervention is known law liaison line link looked maintenance mappa
    marac name names neglect nil no none not of offender officer one only own personal plan police project protection
    safeguarding services service sexual she social statement status support surcharge tax team the they three to tongue
    trust two under unit unknown violence was we were when who with work worker yes
    """.split()  # noqa: SIM905 - words read better as words than as a hundred strings
)
"""Words that follow a relation with a capital and name nobody: Victim Support, Children: None. The list is ours."""

OF_PEOPLES = frozenset(
    """
    afghan african albanian algerian american arab asian australian bangladeshi black brazilian british bulgarian
    canadian caribbean catholic chinese colombian congolese cypriot czech dutch english eritrean estonian ethiopian
    european filipino french gambian german ghanaian greek gypsy hindu hungarian indian iranian iraqi irish italian
    jamaican japanese jewish kenyan kosovan kurdish latvian lebanese libyan lithuanian mauritian mixed moroccan
    muslim nepalese nigerian norwegian pakistani polish portuguese romanian russian scottish serbian sikh slovak
    somali spanish sudanese swedish swiss syrian tamil thai traveller tunisian turkish ugandan ukrainian vietnamese
    welsh white zimbabwean
    """.split()  # noqa: SIM905 - as above
)
"""Where somebody comes from, or what they hold: partner British. The list is ours."""

OF_STAGES = frozenset(
    """
    addict adult age aged army client clients con council drinker drug eldest forces former heroin inmate living
    military navy offenders officio oldest over pregnant prisoner resident school serviceman servicewoman smoker
    soldier teenage twin twins unborn user veteran younger youngest
    """.split()  # noqa: SIM905 - as above
)
"""Of what age somebody is, or what they were: Son Aged 5, ex Army. The list is ours."""

OF_NOTES = frozenset(
    """
    abh accommodation alcohol appointment arguments arson assault assaults attendance attended battery bereaved
    bereavement breach breakdown burglary cancelled carer childcare children complainant conflict contact control
    criminal custody damage death debt dependants dependents dispute disputes drugs emergency family finances
    friends gbh grief guardian harassment health history home household housing illness kidnap landlord living loss
    lost manslaughter money murder next nobody none other others parenting person present rang referred
    referrer refuge relationship relationships relatives robbery seen significant stalking support supporter
    supporters tenancy theft threat threats transport violence visitor visits witness wounding yes
    """.split()  # noqa: SIM905 - as above
)
"""What a note or an offence is about, before a relation in brackets: Assault (partner). The list is ours."""

OF_SENTENCES = frozenset(
    """
    about abusive after against all also any are arrested as at bank beater before between born but called came can
    cannot charged christmas clinic complaint complaints could currently day died dies disabled dispute disputes
    divorced do does down drinks due during each employed every expecting feels her here hers him his homeless how
    if ill into it its just left live lived lives many married meeting missing more most moved my needs noise now
    off on or our out present previously rang recently released remanded removed reported reports request separated
    serving should sick since so some stayed staying stays still supportive that their then there these this those
    too unemployed until unwell up uses very via violent wants well what where which whose why without worked
    working works would you your
    """.split()  # noqa: SIM905 - as above
)
"""What goes on after a relation in a note written with capitals: Partner Lives Abroad. The list is ours."""

NO_NAMES = OF_SERVICES | OF_PEOPLES | OF_STAGES | OF_PEOPLE | OF_SENTENCES
"""Words beside a relation that name nobody, although they begin with a capital."""

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
    them parts them. What else a name may be, and when it counts alone, is said above.
    """
    known = [tuple(person) for person in people]
    names_known = {word for person in known for word in person}
    pairs = {frozenset(pair) for person in known for pair in combinations(person, 2)}

    def names(text: str) -> bool:
        words = _parted(plain(text))
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
    brackets ("Jane (mum)"). It is not another relation, a day, a month, a nationality, an age, something that people
    do, a word that follows such words in the name of a service (Victim Support), nor the beginning of one of
    *organisations*. Before the brackets it is not what a note or an offence is about, nor one of :data:`PLACES` or what
    follows a word such as "in"; brackets behind a relation that hold no other capital than those of such places say
    where, not who ("friend (Croydon)"). So a place that is on no list here counts as a name, and a surname alone that
    is on one, "Croydon (mum)", does not; nobody can tell them apart by the word. In capitals alone it
    has four letters or more, is no known abbreviation, and the relation is not in capitals too: a note written so
    throughout tells nothing. A date of birth counts within forty letters after the relation.
    """
    kin, word = "|".join(map(re.escape, relations)), r"([^\W\d_][^\W\d_'\u2019]+)"
    said = rf"(?:\s*([:,(-])\s*|\s+)(?:(?:is|are|was|called|named)\s+)*{word}"
    after = re.compile(rf"(?<!\w)((?i:{kin}))s?(?:-in-law)?(?:['\u2019]s?\s+(?i:names?))?(?={said})")
    before = re.compile(rf"(?<!\w){word}\s*\(\s*(?i:(?:her|his|the|their|late|ex)[ -])*((?i:{kin}))(?:-in-law)?\s*\)")
    born = re.compile(rf"(?<!\w)(?:{kin})s?(?!\w).{{0,40}}?{BIRTH}", re.IGNORECASE | re.DOTALL)
    bodies = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, organisations)) or '(?!)'})(?!\w)")
    others = {_small(relation) for relation in relations}

    def relates(text: str) -> bool:
        read = bodies.sub("it", plain(text))
        named = ((match[3], match[1], others) for match in after.finditer(read) if not _says_where(match))
        before_brackets = (match for match in before.finditer(read) if not _follows_in(match))
        bracketed = ((match[1], match[2], others | OF_NOTES | PLACES) for match in before_brackets)
        people = (name for name, relation, no_names in chain(named, bracketed) if _is_name(name, relation, no_names))
        return any(people) or bool(born.search(plain(text)))

    return relates


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
