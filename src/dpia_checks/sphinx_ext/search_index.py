"""
The needs in the index that the search page reads, each with its own anchor, its title and its document, and
the pages of the checks.

Sphinx leaves out an anchor that equals the id and then takes the title for it, escapes each title though the
search page escapes it again, and calls every need by the name of the domain. So the objects of the written
index are written again, from the needs themselves; ``objects.inv`` stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from dpia_checks import DPIAS
from dpia_checks.parts import checks
from dpia_checks.parts.checks import in_words
from dpia_checks.sphinx_ext.site_needs import needs_of

BEFORE, AFTER = "Search.setIndex(", ")"
"""What stands around the index in its file."""
WORDS = {"mitigation": "measure", "context": "statement"}
"""How a type of need is called, where the pages call it by another word."""

Object = tuple[str, str, str, str, str, int]


def mended(index: Mapping[str, Any], objects: Iterable[Object], types: Mapping[str, str]) -> dict[str, Any]:
    """Return *index* with *objects* as its only objects; one on a page that the index does not have is left out."""
    pages = {name: number for number, name in enumerate(index["docnames"])}
    known = [one for one in objects if one[0] in types and one[3] in pages]
    labels = {id: called(id, types[id]) for id, *_ in known}
    kinds = {label: number for number, label in enumerate(sorted(set(labels.values())))}
    rows: dict[str, list[list[Any]]] = {}
    for id, title, _, docname, anchor, weight in known:
        before, _, name = title.rpartition(".")
        rows.setdefault(before, []).append([pages[docname], kinds[labels[id]], weight, anchor, name])
    names = {str(number): ["need", "need", label] for label, number in kinds.items()}
    return {**index, "objects": rows, "objnames": names, "objtypes": dict.fromkeys(names, "need:need")}


def with_pages(index: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    """Return *index* with pages that no file stands behind, by name, to be found by their titles."""
    made = dict(index)
    first = len(index["docnames"])
    made["docnames"] = [*index["docnames"], *titles]
    made["filenames"] = [*index["filenames"], *titles]
    made["titles"] = [*index["titles"], *titles.values()]
    made["alltitles"] = {title: list(places) for title, places in index["alltitles"].items()}
    for number, title in enumerate(titles.values(), first):
        made["alltitles"].setdefault(title, []).append([number, None])
    return made


def called(id: str, type: str) -> str:
    """Return what a need is, in words, with its document before it: ``FOD commitment``, or ``law`` of neither."""
    dpia = id.partition("_")[0]
    return f"{dpia} {WORDS.get(type, type)}" if dpia.lower() in DPIAS else WORDS.get(type, type)


def write(app: Sphinx, failed: Exception | None) -> None:
    """Write the needs, and the pages of the checks, into the index of this build."""
    path = Path(app.outdir) / "searchindex.js"
    if failed or app.builder.name != "html" or not path.exists():
        return
    text = path.read_text(encoding="utf-8")
    index = json.loads(text.removeprefix(BEFORE).removesuffix(AFTER))
    types = {id: str(need["type"]) for id, need in needs_of(app.env).by_id.items()}
    titles = {page: f"Check: {in_words(name)}" for page, name in sorted(checks.pages_of(app.env.found_docs).items())}
    made = mended(with_pages(index, titles), app.env.get_domain("need").get_objects(), types)
    path.write_text(BEFORE + json.dumps(made, sort_keys=True, separators=(",", ":")) + AFTER, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Write the index again when the build is done."""
    app.connect("build-finished", write)
