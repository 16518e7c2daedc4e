"""
The pages of a DPIA as text: what no builder can be asked once it stumbles over it.

A page that the index names and nobody wrote, a type that the need model does not have, one id twice, links
that go in a circle, a folder without needs: each is named with its file and line before anything is built.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dpia_checks.csv_tables import rows
from dpia_checks.errors import DocumentUnusable, Problem, raise_together
from dpia_checks.facts import Fact, load

BLOCK = re.compile(r"^(?P<fence>:{3,}|`{3,})\{(?P<type>[\w-]+)\}\s*(?P<argument>.*)$")
OPTION = re.compile(r"^:(?P<name>[\w-]+):\s*(?P<value>.*)$")
ASIDES = frozenset({"glossary", "note", "tip", "warning", "important", "admonition"})
"""What may stand between colons on a page and is no need. What stands between backticks the builder judges."""
BESIDE = {
    "sections": "section,heading,first_line,last_line",
    "no_need_owed": "section,statement,reason",
    "list_items": "section,item,about,needs,reason",
    "silences": "law,kind,says,finding",
}
"""The files beside the facts that the pages are filled from, with their headers."""


TITLED = re.compile(r".*<([^<>]+)>")
"""A line of a list of pages that gives a page another title: *Moving data <findings/transfers>*."""


@dataclass(frozen=True)
class Block:
    """One directive on a page: its fence, its type, where it begins, its options, and the lines inside."""

    where: str
    fence: str
    type: str
    line: int
    options: Mapping[str, str] = field(default_factory=dict)
    body: tuple[tuple[int, str], ...] = ()
    closed: bool = True


@dataclass(frozen=True)
class Model:
    """The types and links that the need model has, from ``ubproject.toml``."""

    types: frozenset[str]
    links: frozenset[str]


def model(docs: Path) -> Model:
    """
    Return the need model of the documents in *docs*.

    Raises:
        DocumentUnusable: There is no ``ubproject.toml``, or it does not parse.
    """
    try:
        needs = tomllib.loads((docs / "ubproject.toml").read_text(encoding="utf-8"))["needs"]
        return Model(frozenset(needs["types"]), frozenset(needs["links"]))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        problem = Problem(
            "docs/ubproject.toml", "the need model cannot be read", "Restore the file from its last version"
        )
        raise DocumentUnusable([problem]) from error


def check(docs: Path, dpia: str) -> None:
    """
    Refuse the folder of *dpia* when its pages cannot be taken as a document.

    Raises:
        DocumentUnusable: Naming everything that is wrong, each with file and line.
        FactsUnusable: A file of facts cannot be used.
    """
    folder = docs / dpia
    if not (folder / "index.md").is_file():
        raise DocumentUnusable(
            [Problem(f"docs/{dpia}", "there is no index.md", "Write the page that leads to the others")]
        )
    known = model(docs)
    _settings(docs)
    blocks = [block for page in sorted(folder.rglob("*.md")) for block in _blocks(page, docs)]
    needs = [block for block in blocks if block.type in known.types]
    if not needs:
        raise DocumentUnusable(
            [Problem(f"docs/{dpia}/index.md:1", "no page holds a need", "Write the first commitment")]
        )
    laws = [block for page in sorted((docs / "law").rglob("*.md")) for block in _blocks(page, docs)]
    problems = [*_empty(folder), *_pages(docs, blocks), *_types(blocks, known), *_open(needs, known)]
    problems += [*_doubles([*needs, *(block for block in laws if block.type in known.types)])]
    problems += [*_circles(needs, known), *_beside(folder)]
    problems += _in_facts(needs, folder, load(folder))
    raise_together(DocumentUnusable, problems)


def _settings(docs: Path) -> None:
    """
    Refuse settings that the builder could not read; it would say so with a stack.

    Raises:
        DocumentUnusable: ``schemas.json`` is there and is no JSON, or ``conf.py`` is there and no Python.
    """
    problems = []
    for name, read in (("schemas.json", json.loads), ("conf.py", ast.parse)):
        try:
            text = (docs / name).read_text(encoding="utf-8") if (docs / name).exists() else None
            _ = text is None or read(text)
        except (OSError, UnicodeDecodeError, json.JSONDecodeError, SyntaxError) as error:
            where = f"docs/{name}:{getattr(error, 'lineno', None) or 1}"
            problems.append(Problem(where, "the file cannot be read", "Restore it from its last version"))
    raise_together(DocumentUnusable, problems)


def _beside(folder: Path) -> Iterator[Problem]:
    """Name what is wrong with each file beside the facts, and the list of sections that facts need when it is gone."""
    facts = folder / "facts"
    if facts.is_dir() and not (facts / "sections.csv").is_file():
        yield Problem(f"docs/{folder.name}/facts", "there is no sections.csv", "List the printed sections there")
    for name, columns in BESIDE.items():
        path = facts / f"{name}.csv"
        known: dict[str, int] = {}
        try:
            listed = list(rows(path, tuple(columns.split(",")), DocumentUnusable)) if path.is_file() else []
        except DocumentUnusable as unusable:
            yield from (Problem(f"docs/{folder.name}/{p.where}", p.what, p.do) for p in unusable.problems)
            continue
        for number, cells in listed if name == "sections" else ():
            if known.setdefault(cells["section"], number) != number:
                what = f"the section {cells['section']} is in line {known[cells['section']]} too"
                yield Problem(f"docs/{folder.name}/facts/{name}.csv:{number}", what, "Tell the two apart, as 6a and 6b")


def _open(needs: list[Block], known: Model) -> Iterator[Problem]:
    """Name each need that is never closed: the next one begins inside it, or the page ends."""
    for need in needs:
        begun = [line for line, text in need.body if (found := BLOCK.match(text)) and found["type"] in known.types]
        if begun or not need.closed:
            what = f"the {need.type} has no end before line {begun[0]}" if begun else f"the {need.type} has no end"
            yield Problem(f"{need.where}:{need.line}", what, f"Close it with a line that holds {need.fence} alone")


def _blocks(page: Path, docs: Path) -> Iterator[Block]:
    where = _named(page, docs)
    try:
        lines = page.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise DocumentUnusable([Problem(where, "the page is not UTF-8 text", "Save it as UTF-8")]) from error
    except OSError as error:
        raise DocumentUnusable([Problem(where, "the page is no file that can be read", "Write it anew")]) from error
    for number, line in enumerate(lines, start=1):
        if opened := BLOCK.match(line):
            body = list(_inside(lines, number, opened["fence"]))
            options = [option for _, text in body if (option := OPTION.match(text))]
            yield Block(
                where,
                opened["fence"],
                opened["type"],
                number,
                {o["name"]: o["value"] for o in reversed(options)},
                tuple(body),
                number + len(body) < len(lines),
            )


def _inside(lines: list[str], opened: int, fence: str) -> Iterator[tuple[int, str]]:
    for number in range(opened, len(lines)):
        if lines[number].strip() == fence:
            return
        yield number + 1, lines[number]


def _named(page: Path, docs: Path) -> str:
    return f"docs/{page.relative_to(docs).as_posix()}"


def _empty(folder: Path) -> Iterator[Problem]:
    for page in sorted(folder.rglob("*.md")):
        if not page.read_text(encoding="utf-8").strip():
            yield Problem(f"{_named(page, folder.parent)}:1", "the page is empty", "Write its heading, or take it out")


def _pages(docs: Path, blocks: list[Block]) -> Iterator[Problem]:
    for block in blocks:
        if block.type == "toctree":
            folder = docs.parent / Path(block.where).parent
            for line, text in block.body:
                name = TITLED.sub(r"\1", text.strip())
                if name and not OPTION.match(text) and not (folder / f"{name}.md").is_file():
                    what = f"the page {name} is missing"
                    yield Problem(f"{block.where}:{line}", what, f"Write {name}.md, or take the line out")


def _types(blocks: list[Block], known: Model) -> Iterator[Problem]:
    for block in blocks:
        if block.fence.startswith(":") and block.type not in known.types | ASIDES:
            types = ", ".join(sorted(known.types))
            yield Problem(f"{block.where}:{block.line}", f"the type {block.type} is unknown", f"Use one of: {types}")


def _doubles(needs: list[Block]) -> Iterator[Problem]:
    first: dict[str, Block] = {}
    for need in needs:
        id = need.options.get("id", "")
        if not id:
            yield Problem(f"{need.where}:{need.line}", "a need without id", "Give it the next free number of its theme")
        elif id in first:
            other = f"{first[id].where}:{first[id].line}"
            yield Problem(f"{need.where}:{need.line}", f"the id {id} is at {other} too", "Give one of them its own")
        first.setdefault(id, need)


def _in_facts(needs: list[Block], folder: Path, facts: Mapping[str, tuple[Fact, ...]]) -> Iterator[Problem]:
    kinds = {fact.id: fact.kind for stated in facts.values() for fact in stated}
    for need in needs:
        id = need.options.get("id", "")
        if id in kinds:
            what = f"the id {id} is in {folder.name}/facts/{kinds[id]}.csv too"
            yield Problem(f"{need.where}:{need.line}", what, "Give one of them its own")


def _circles(needs: list[Block], known: Model) -> Iterator[Problem]:
    """Name each need from which links lead back to it, once for each circle."""
    linked = {
        need.options["id"]: [
            target.strip()
            for name in sorted(known.links)
            for target in re.split(r"[,;]", need.options.get(name, ""))
            if target.strip()
        ]
        for need in needs
        if need.options.get("id")
    }
    at = {need.options["id"]: need for need in needs if need.options.get("id")}
    seen: set[frozenset[str]] = set()
    for id in linked:
        path = _way_back(id, linked)
        if path and frozenset(path) not in seen:
            seen.add(frozenset(path))
            where = f"{at[id].where}:{at[id].line}"
            yield Problem(where, f"the links go in a circle: {' to '.join([*path, id])}", "Take one of them out")


def _way_back(start: str, linked: Mapping[str, list[str]]) -> list[str]:
    """Return a way along links from *start* to itself, or nothing."""
    ways, met = [[start]], set()
    while ways:
        way = ways.pop()
        for target in linked.get(way[-1], ()):
            if target == start:
                return way
            if target not in met:
                met.add(target)
                ways.append([*way, target])
    return []
