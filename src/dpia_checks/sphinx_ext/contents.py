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
    env.get_domain("need").data["contents"][env.docname] = full
    env.tocs[env.docname] = _titles(full.deepcopy())


def _titles(contents: nodes.bullet_list) -> nodes.bullet_list:
    """Take out of *contents* each heading below the title that holds no list of further pages, and long lists."""
    for toctree in [each for each in contents.findall(addnodes.toctree) if len(each["entries"]) > MANY]:
        toctree.parent.remove(toctree)
    for item in list(contents.findall(nodes.list_item)):
        if item.parent not in (contents, None) and next(iter(item.findall(addnodes.toctree)), None) is None:
            item.parent.remove(item)
    for emptied in [each for each in contents.findall(nodes.bullet_list) if not each.children]:
        emptied.parent.remove(emptied)
    return contents


def show(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Put the headings of *page* into its contents list."""
    full = app.env.get_domain("need").data["contents"].get(page)
    if full is None or doctree is None:
        return
    drawn = full.deepcopy()
    for toctree in list(drawn.findall(addnodes.toctree)):
        toctree.parent.remove(toctree)
    for emptied in [each for each in drawn.findall(nodes.bullet_list) if not each.children]:
        emptied.parent.remove(emptied)
    for reference in drawn.findall(nodes.reference):
        reference["refuri"] = reference["anchorname"] or "#"
    context["furo_hide_toc"] = not any(drawn[0].findall(nodes.bullet_list))
    context["toc"] = app.builder.render_partial(drawn)["fragment"]  # type: ignore[attr-defined]


def setup(app: Sphinx) -> None:
    """Keep the headings after Sphinx has collected them; show them after the theme has looked for them."""
    app.connect("doctree-read", keep, priority=600)
    app.connect("html-page-context", show, priority=600)
