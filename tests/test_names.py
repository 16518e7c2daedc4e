"""Whether a text names somebody: clients who are known by name, and relatives who are not."""

from __future__ import annotations

import pytest

from dpia_checks import name_words
from dpia_checks.name_words import ALSO_PLACES, ALSO_WORDS, FORENAMES, NO_NAMES, OF_NOTES
from dpia_checks.names import naming_any, relating_any, words_of

CLIENTS = [words_of("Juniper Basalt"), words_of("May Flint"), words_of("Grace Stone"), words_of("Anne-Marie O'Quartz")]
RELATIONS = ("mother", "sister", "son", "child", "victim", "partner", "ex")
ABROAD = [words_of("Chelsea Khan"), words_of("Grace Basalt"), words_of("Zara Preston")]
BODIES = ("Advance", "Only Connect")


class TestWordsOf:
    def test_small_letters_and_whole_words(self):
        assert words_of("Juniper  BASALT") == ("juniper", "basalt")

    def test_an_initial_is_no_name(self):
        assert words_of("J. Basalt") == ("basalt",)

    def test_a_hyphen_parts_and_an_apostrophe_does_not(self):
        assert words_of("Anne-Marie O'Quartz") == ("anne", "marie", "o'quartz")

    @pytest.mark.parametrize("name", ["", " ", "123", "-"])
    def test_no_letters_no_name(self, name):
        assert words_of(name) == ()


class TestNamingAny:
    @pytest.mark.parametrize(
        "text",
        [
            "Juniper did not come",
            "asked about Juniper.",
            "JUNIPER",
            "Juniper's flat",
            "called (Basalt) twice",
            "May Flint came",
            "asked about may flint again",
            "FLINT, MAY",
            "Grace\nStone",
            "Grace-Stone",
            "saw Marie",
            "told O'Quartz",
            "told O\u2019QUARTZ",
            "Grace's stone",
        ],
    )
    def test_a_client_is_named(self, text):
        assert naming_any(CLIENTS)(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Will attend in May",
            "May attend",
            "a flint stone",
            "by the grace of the court",
            "Grace period of two weeks",
            "Back in May. Flint to follow",
            "May be Flint",
            "May Stone",
            "Grace May",
            "a juniper hedge",
            "Junipers",
            "Unjuniper",
            "Juniper2",
            "",
        ],
    )
    def test_a_word_is_a_word(self, text):
        assert not naming_any(CLIENTS)(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Victoria station",
            "moved to Chelsea last week",
            "near CHELSEA",
            "Chelsea is where the hostel is",
            "since Chelsea attended to it",
            "told Chelsea Town Hall",
            "lives in Preston Road",
            "flat in Khan House",
            "44 BASALT STREET",
            "Basalt Road surgery",
            "seen by Ms Khan",
            "MS KHAN rang",
            "Mr. Khan rang",
            "PC Basalt took notes",
            "Dr Amina Khan",
            "Mrs Zara Khan",
            "told Ms Preston",
            "a Grace period",
            "asked Grace House",
            "In May came back",
            "told ms khan again",
            "ms khan said no",
            "told chelsea again",
            "chelsea's football",
            "khan sahib road",
            "in zara told them",
        ],
    )
    def test_a_place_is_a_place_and_a_worker_is_no_client(self, text):
        assert not naming_any(ABROAD)(text)

    @pytest.mark.parametrize(
        "text",
        [
            "in Chelsea Khan's flat",
            "KHAN, CHELSEA",
            "Ms Chelsea Khan",
            "PC Khan, Chelsea",
            "Ms Basalt Grace",
            "seen by Ms Khan. Khan left",
            "seen by Ms Khan, Zara left",
            "Told Ms Amina Khan, Khan left",
            "the ms Khan",
            "Ms and Khan",
            "Chelsea's flat",
            "Chelsea\u2019s flat",
            "Chelsea attended",
            "Then Chelsea told them",
            "Grace said no",
            "told Chelsea again",
            "Spoke to Chelsea, who left",
            "met with Grace",
            "Khan street",
            "Khan. Street",
            "Khan Roadside",
            "Khan attended in Chelsea",
            "spoke to khan today",
            "zara said no",
            "zara's flat",
            *("notes of chelsea_khan", "chelsea.khan has the phone", "KHAN_CHELSEA_2020.docx"),
            *("Grace rang", "Grace refused", "Chelsea wants to stay", "Grace felt better"),
        ],
    )
    def test_a_person_is_a_person(self, text):
        assert naming_any(ABROAD)(text)

    def test_nobody_is_named_where_nobody_is_known(self):
        assert not naming_any([])("Juniper Basalt")
        assert not naming_any([()])("Juniper Basalt")

    def test_a_client_of_one_name_that_is_a_word_cannot_be_told(self):
        assert not naming_any([("may",)])("May came")

    def test_the_same_name_twice_is_a_name(self):
        assert naming_any([("may", "may")])("may may")

    def test_every_guarded_name_is_one_word_in_small_letters(self):
        guarded = ALSO_WORDS | ALSO_PLACES
        assert [word for word in guarded if words_of(word) != (word,)] == []

    def test_every_other_word_of_the_guard_is_in_small_letters(self):
        others = frozenset().union(*(words for words in vars(name_words).values() if isinstance(words, frozenset)))
        assert [word for word in others if word != word.casefold()] == []

    def test_no_forename_that_counts_in_small_letters_is_a_word(self):
        assert not FORENAMES & (ALSO_WORDS | ALSO_PLACES | NO_NAMES | OF_NOTES)


class TestRelatingAny:
    @pytest.mark.parametrize(
        "text",
        [
            "her sister Rowan came",
            "mother: Linden",
            *("mother in law Rowan", "Rowan (mother in law)", "kate (her mother in law)"),
            "mother in law is called rowan",
            "Mother: Linden",
            "MOTHER : Linden",
            "Mother Linden",
            "Sister, Kevin",
            "sister JUNIPER",
            "sister RUTH",
            "Advance, her sister Rowan",
            "sister Advancement",
            "son, Ash, was there",
            "sons Ash and Elm",
            "a child called Ivy",
            "sister is named Briar",
            "her sister-in-law Briar",
            "mother (Hazel) rang",
            "mother \u00c9lodie",
            "ex Kevin",
            "her ex, Kevin, rang",
            "Ex-partner Kevin",
            "Jane (mother)",
            "Jane (her mother)",
            "JANE ( mother )",
            "came with Jane Basalt(mother-in-law)",
            "Kevin (Ex-partner)",
            "partner Kevin, Jane (friend)",
            "Partner British, mother Rowan",
            "mother sister Rowan",
            "Assault (partner), Jane (mother)",
            "Jane (Advance), sister Rowan",
            "Chelsea (mother)",
            "Stays with Chelsea (her sister)",
            "mother (Chelsea)",
            "partner (Croydon, with Rowan)",
            "partner (Rowan) lives in Croydon",
            "partner (Ash Croydon)",
            "Partner, Croydon",
            "mother's name is Briar",
            "Her sons\u2019 names: Ash and Elm",
            "mother's Name Briar",
            "son born 02/02/2015",
            "Her son, dob 2.2.15",
            "Son: 4 (D.O.B. 2 Feb 2015)",
            "jane (mother)",
            "JANE (MOTHER)",
            "jane [ her mother ]",
            "Rowan [mother]",
            "mother [Rowan]",
            "mother = Rowan",
            "Rowan (sisters)",
            "mother's name: Linden",
            "Mother name: Linden",
            "Mothers name: Linden",
            "partner: dave smith",
            "partner; dave",
            "partner/dave",
            "partner - dave",
            "PARTNER: DAVE SMITH",
            "partner dave rang",
            "sons names: tom and ash",
            "partner is dave",
            "partner-in-law dave",
            "partner named dave",
            "lives with Rowan, her sister",
            "Rowan, her older sister, rang",
            "Rowan, his sister-in-law.",
            "Ash and Rowan, her sons",
            "Rowan, her sister and her child",
            "Rowan, their child (5)",
            "Rowan, my sister who rang",
            "Rowan ,\nher sister",
            "kate, her sister, rang",
            "kate, sister",
            "kate smith, sister",
            "kate - sister",
            "kate smith (older sister)",
            "kate is her sister",
            "kate smith was her sister's friend",
            "her sister is called rowan",
            "her sister is named linden",
            "her sons are called ash and elm",
            "sister's name is rowan",
            "sister name is rowan",
            "sisters\u2019 names are rowan and ash",
        ],
    )
    def test_a_relative_is_named_or_their_birth_given(self, text):
        assert relating_any(RELATIONS, BODIES)(text)

    @pytest.mark.parametrize(
        "text",
        [
            "mother in hospital",
            "Sees her sister Monday",
            "sister May come",
            "Victim Support rang",
            "child Services",
            "Child Benefit",
            "MOTHER ATTENDED",
            "mother DWP",
            "mother MARAC",
            "her sister Advance",
            "her sister Only Connect",
            "Lives with mother. Attended as agreed",
            "mother NHS number unknown",
            "At risk of Child Sexual Exploitation",
            "Child Abduction",
            "her sister-in-law rang",
            "Assault On Child Under 16",
            "Victim Surcharge",
            "Mother: Unknown",
            "Sister: None",
            "Son Was there",
            "person Rowan",
            "sonnet Rowan",
            "mother \u00e9lodie",
            "son is four",
            "partner British",
            "Partner Lives In Camden",
            "Mother At Work",
            "Son Born In Camden",
            "Sister's name Unknown",
            "mother's house, Rowan",
            "Partner is British",
            "Partner White British",
            "Son Aged 5",
            "ex client",
            "ex Army",
            "Ex-Army",
            "Ex Partner rang",
            "Mother Sister Partner",
            "partner agencies",
            "Partner NHS",
            "Partner Attended",
            "Mother (at home)",
            "partner (Croydon)",
            "partner ( Tower Hamlets, since then)",
            "mother (lives in Hackney",
            "Lives in Chelsea (mother)",
            "Croydon (mother)",
            "Waltham Forest (mother)",
            "Mother (Advance)",
            "Jane (mother rang)",
            "Jane (friend)",
            "JO (mother)",
            "Advance (partner)",
            "Only Connect (partner)",
            "Common Assault (Partner)",
            "Lives in Camden (mother)",
            "since Monday (mother)",
            "DOB 01/02/1990",
            "son seen 02/02/2015",
            f"son {'x' * 41} born 02/02/2015",
            "Partner Universal Credit",
            "Mother Housing Association tenant",
            "Son Year 5 at school",
            "Victim: Tesco",
            "Mother Diabetes",
            "rowan (mother)",
            "rowan, her sister",
            "mother: unwell",
            "partner: unemployed, drinks",
            "partner; mother",
            "Rowan, her sister rang",
            "Rowan and her sister",
            "Rowan her sister",
            "Told her mother.",
            "However, her mother rang",
            "Rowan, mother",
            "Rowan - mother",
            "Rowan is her mother",
            "Public Order, victim",
            "Public Order, her victim",
            "Common Assault, her mother",
            "Support from Shelter, her mother and others",
            "Camden, her mother",
            "In Chelsea, her mother",
            "Police, her mother",
            "Sister, her mother",
            "Monday, her mother",
            "kate, her sister rang",
            "kate, sister rang",
            "kate and her sister",
            "kate-sister",
            "kate is her sisterly friend",
            "kate (5), her son",
            "kate is unwell, her sister",
            "her sister is called upon to",
            "her sister is called on to help",
            "her sister is called mother",
            "her sister was called rowan",
            "her sister called police",
            "mother's name is not known",
            *(
                "seen by partner only connect",
                "mother in law",
                "mother in law Visiting",
                "son Absent",
                "mother Passed away",
            ),
            "mother's name is withheld",
            "the sons are named in court",
            "person kate",
            "personkate",
            "sonnet kate",
            "",
        ],
    )
    def test_a_relative_without_a_name_is_not(self, text):
        assert not relating_any(RELATIONS, BODIES)(text)

    def test_a_relation_is_read_as_it_is_written_in_the_list(self):
        assert relating_any(["step.mother"])("her step.mother Rowan")
        assert not relating_any(["step.mother"])("her stepXmother Rowan")

    @pytest.mark.parametrize(("text", "named"), [("twin Girls", False), ("a Twin Room", False), ("twin Rowan", True)])
    def test_twins_that_are_things_or_children_are_nobody(self, text, named):
        assert relating_any(["twin"])(text) == named
