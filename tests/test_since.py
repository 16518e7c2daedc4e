"""What became of them is said once, with where it was read, or is unknown."""

import re
from pathlib import Path

import pytest

from dpia_checks import DPIAS, evidence, facts, parts, since
from dpia_checks import needs as needs_files
from dpia_checks.errors import FactsUnusable
from dpia_checks.parts import law
from dpia_checks.parts.site import Site, sections_of

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
HEAD = "name,kind,named_in,became,address\n"


def test_every_party_has_a_line():
    listed = needs_files.read(ROOT / "build" / "needs.json")
    lines = since.load(DOCS)

    parties = [listed.by_id[id] for id in listed.of_type("party")]
    assert [need["id"] for need in parties if need["status_now"] != lines[need["party"]].became] == []


def test_every_system_with_a_name_has_a_line():
    named = {fact["system"] for dpia in DPIAS for fact in facts.load(DOCS / dpia)["systems"]}

    assert {name for name in named if name[0].isupper()} <= since.load(DOCS).keys()


def test_both_services_are_followed_up():
    assert {line.name for line in since.load(DOCS).values() if line.kind == "scheme" and line.address} >= {
        "Female Offender Diversion pilot",
        "London Gang Exit",
    }


NAMED = {
    "FOD": """
        1: Female Offender Diversion pilot; Lambeth diversion scheme; Female Offender Service; MOPAC; MPS; Advance
        1: National Police Chiefs' Council (NPCC); Crown Prosecution Service (CPS); Drug Interventions Programme (DIP)
        1: Liaison and diversion (L&D); The task and finish group for the pilot
        2.1.1: NPS; CRC; CRIS; AWARE; FOUNDATION
        2.1.3: ORS; PNC; PSOP
        2.1.6: CRIMINT PLUS
        2.2.1: WIP
        2.3.6: Female Offender Service
        2.4.3: The London Assembly's Police and Crime Committee
        3.1: MOPAC's Evaluation Advisory Group; Information Commissioner's Office (ICO)
        5.1: Housing for Women; Hibiscus; Working Chance; Young Mums Support Network; Heart and Mind; Saferground
        5.1: Air Network; Inspirit; Clean Break; Turning Point
        App1: Delius; OASys
    """,
    "LGE": """
        1.1: London Gang Exit; MOPAC; CRC; Safer London; Catch-22; Only Connect; Redthread; Lamplight
        1.1: CRIS; Gangs Matrix
        2.1.1: NPS; MPS; PNC; FOUNDATION
        2.1.3: ORS; PSOP; Secure e-mail: .pnn and .gsi addresses
        2.1.3: Secure e-mail: CJSM, Egress, nhs.net and Forcepoint
        2.3.5: Child House; Information Commissioner's Office (ICO)
        2.3.7: The cloud provider behind Lamplight (AWS)
        5.1: DWP; TTG resettlement services
        6: MERLIN
    """,
}
"""What each document names, typed by hand while reading it, by the section where we first met it."""


def typed():
    for dpia, lines in NAMED.items():
        for line in filter(str.strip, lines.splitlines()):
            section, _, names = line.partition(": ")
            yield from ((f"{dpia} {section.strip()}", name.strip()) for name in names.split(";"))


def test_everything_that_the_documents_name_has_a_line_and_each_line_is_named():
    lines = since.load(DOCS)

    assert {name for _, name in typed()} == lines.keys()
    assert [(place, name) for place, name in typed() if (said := lines[name].named_in) and place not in said] == []


def test_the_sections_of_a_line_exist():
    sections = {f"{dpia.upper()} {key}" for dpia in DPIAS for key in sections_of(DOCS / dpia)}
    named = {place for line in since.load(DOCS).values() for place in law.keys({"n": line.named_in}, "n")}

    assert named - sections == set()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A,scheme,FOD 1,ended,\n", "since.csv:2: known without an address"),
        ("A,scheme,FOD 1,unknown,https://a.org\n", "since.csv:2: known without an address, or unknown with one"),
        ("A,building,FOD 1,unknown,\n", "since.csv:2: an unknown kind"),
        ("A,scheme,,unknown,\nA,scheme,,unknown,\n", "since.csv:3: an unknown kind, or a name said twice"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path, line, said):
    (tmp_path / "since.csv").write_text(HEAD + line)

    with pytest.raises(FactsUnusable) as refused:
        since.load(tmp_path)

    assert said in str(refused.value)


def test_without_the_file_nothing_is_known(tmp_path):
    assert since.load(tmp_path) == {}


def test_a_party_shows_what_became_of_it_where_that_was_read_and_each_role_it_was_given():
    listed = needs_files.read(ROOT / "build" / "needs.json")
    made_by = {"tool": "1", "commit": "abc", "extract_sets": []}
    pages = {"fod/parties", "fod/stated", "fod/sections", "since"}
    site = Site(listed, evidence.build(listed, (), {}, made_by), pages, {}, DOCS)

    crc = str(parts.render(site, "fod/parties", "facts", "FOD_PARTY_PARTIES_15"))
    table = re.sub(' data-label="[^"]*"', "", parts.render(site, "since", "since"))

    assert "26 June 2021" in crc
    assert '<a class="reference external" href="https://commonslibrary.parliament.uk/' in crc
    assert 'href="stated.html#FOD_CTX_PARTIES_12"' in crc
    assert 'href="fod/stated.html#FOD_CTX_STORAGE_03"' in table
    assert table.count("<td>unknown</td>") == sum(line.became == "unknown" for line in since.load(DOCS).values())
    row = next(row for row in table.split("<tr>") if ">Lamplight<" in row)
    assert row.count("LGE") == 1
    assert "fod/sections.html#section-2-1-6" in next(row for row in table.split("<tr>") if "CRIMINT PLUS" in row)
    assert [row for row in table.split("<tr>") if "<td>system</td><td></td>" in row.replace("scheme", "system")] == []
