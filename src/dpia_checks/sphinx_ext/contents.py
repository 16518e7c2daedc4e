"""
A page's own contents list, kept apart from the site-wide navigation.

Sphinx copies the headings of all pages each time it draws the navigation, to throw all but the titles
away. With a heading for every need that would be a third of the build. So the navigation is given the titles
alone, and the contents list of a page is drawn from a copy of its headings kept here.

A page that leads to very many others, as the law does, lists them itself; the navigation leaves them out.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

MANY = 40
"""More pages than this below one page stay out of the navigation."""


def keep(app: Sphinx, doctree: nodes.document) -> None:
    """Once a page is read, keep its headings and leave the navigation its title, and the pages below it."""
    env: BuildEnvironment = app.env
    full = env.tocs.get(env.docname)
    if full is None:
        return
    env.tocs[env.docname] = _titles(full)
    env.get_domain("need").data["contents"][env.docname] = _headings(full)


def _titles(full: nodes.bullet_list) -> nodes.bullet_list:
    """Return *full* without the headings below the title that hold no list of further pages, and without long lists."""
    contents = full.copy()
    if next(iter(full.findall(addnodes.toctree)), None) is None:  # the headings of a page of needs are not copied
        contents += [nodes.list_item("", item[0].deepcopy(), **item.attributes) for item in full]
        return contents
    contents += [item.deepcopy() for item in full]
    for toctree in [each for each in contents.findall(addnodes.toctree) if len(each["entries"]) > MANY]:
        toctree.parent.remove(toctree)
    for item in list(contents.findall(nodes.list_item)):
        if item.parent not in (contents, None) and next(iter(item.findall(addnodes.toctree)), None) is None:
            item.parent.remove(item)
    for emptied in [each for each in contents.findall(nodes.bullet_list) if not each.children]:
        emptied.parent.remove(emptied)
    return contents


def _headings(contents: nodes.bullet_list) -> nodes.bullet_list:
    """Take the lists of further pages out of *contents*, and let each heading lead to its place on the page."""
    for toctree in list(contents.findall(addnodes.toctree)):
        toctree.parent.remove(toctree)
    for emptied in [each for each in contents.findall(nodes.bullet_list) if not each.children]:
        emptied.parent.remove(emptied)
    for reference in contents.findall(nodes.reference):
        reference["refuri"] = reference["anchorname"] or "#"
    return contents


def show(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Put the headings of *page* into its contents list."""
    drawn = app.env.get_domain("need").data["contents"].get(page)
    if drawn is None or doctree is None:
        return
    context["furo_hide_toc"] = not any(drawn[0].findall(nodes.bullet_list))
    context["toc"] = app.builder.render_partial(drawn)["fragment"]  # type: ignore[attr-defined]
    drawn.parent = None  # or the environment would be kept with what it was drawn in


def setup(app: Sphinx) -> None:
    """Keep the headings after Sphinx has collected them; show them after the theme has looked for them."""
    app.connect("doctree-read", keep, priority=600)
    app.connect("html-page-context", show, priority=600)
