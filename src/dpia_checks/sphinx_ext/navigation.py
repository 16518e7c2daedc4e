"""
The menu beside every page: the site's pages as their lists of pages name them, with the page one is on marked.

The theme has Sphinx resolve every list anew for every page and parses what comes out: a fifth of the time that a site
of many pages takes. Here the lists are read once, and each page writes them out, in the theme's own markup.

A page for those whose data it was has a short menu of its own kind only. A page that is in no menu marks the one that
lists it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from markupsafe import Markup
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from dpia_checks.sphinx_ext.contents import MANY
from dpia_checks.sphinx_ext.theme import APART

BRANCH = Markup(
    '<input aria-label="Toggle navigation of {title}" class="toctree-checkbox" {box} name="toctree-checkbox-{number}" '
    'role="switch" type="checkbox"/><label for="toctree-checkbox-{number}"><span class="icon"><svg>'
    '<use href="#svg-arrow-right"></use></svg></span></label>'
)
"""What opens and closes the list below a page, without a script."""


@dataclass(frozen=True)
class Entry:
    """A page in the menu: its name, its title, how deep it stands, its number in the menu, and those below it."""

    page: str
    title: str
    level: int
    number: int
    below: tuple[Entry, ...] = ()

    def path_to(self, page: str) -> tuple[Entry, ...]:
        """Return the entries from this one down to that of *page*; none when it is not there."""
        if self.page == page:
            return (self,)
        path = next((path for entry in self.below if (path := entry.path_to(page))), ())
        return (self, *path) if path else ()

    def link(self, up: str) -> Markup:
        """Return how the line of this entry begins, where *up* leads to the root of the site."""
        return Markup('<li class="toctree-l{}{}"><a class="reference internal" href="{}{}.html">').format(
            self.level, " has-children" if self.below else "", up, self.page
        )

    def box(self) -> Markup:
        """Return the name of what opens the list below this entry."""
        return Markup('id="toctree-checkbox-{}"').format(self.number)


Groups = Sequence[tuple[str, tuple[Entry, ...]]]
"""Lists of entries, each with its caption, or with an empty one."""
_DRAWN: WeakKeyDictionary[BuildEnvironment, dict[tuple[bool, str], tuple[Groups, str]]] = WeakKeyDictionary()
"""The menus of this build without a mark: short or not, and for each way up to the root."""


def groups_of(env: BuildEnvironment, root: str) -> Groups:
    """Return the lists of pages on the page *root*, with all below them but those that are kept out of the menu."""
    numbers = count(1)
    lists = env.get_doctree(root).findall(addnodes.toctree)
    return [(each.get("caption") or "", _entries(env, each["entries"], 1, numbers)) for each in lists]


def short(env: BuildEnvironment) -> Groups:
    """Return the pages for those whose data it was, as one flat list."""
    first = f"{APART}index"
    pages = (first, *env.toctree_includes.get(first, ()))
    return [("", tuple(Entry(page, env.titles[page].astext(), 1, 0) for page in pages if page in env.titles))]


def _entries(
    env: BuildEnvironment, listed: Iterable[tuple[str | None, str]], level: int, numbers: Iterator[int]
) -> tuple[Entry, ...]:
    made = []
    for title, page in listed:
        if page in env.titles:
            number = next(numbers)
            lists = env.tocs[page].findall(addnodes.toctree)
            below = [entry for each in lists for entry in _entries(env, each["entries"], level + 1, numbers)]
            made.append(Entry(page, title or env.titles[page].astext(), level, number, tuple(below)))
    return tuple(made)


def draw(groups: Groups, up: str) -> str:
    """Return the menu with nothing marked; *up* leads from the page that it is on to the root of the site."""
    caption = Markup('<p class="caption"><span class="caption-text">{}</span></p>\n')
    return "\n".join((caption.format(name) if name else "") + _list(entries, up) for name, entries in groups)


def _list(entries: Iterable[Entry], up: str) -> Markup:
    return Markup("<ul>\n{}\n</ul>").format(Markup("\n").join(_line(entry, up) for entry in entries))


def _line(entry: Entry, up: str) -> Markup:
    line = entry.link(up) + Markup("{}</a>").format(entry.title)
    if entry.below:
        line += BRANCH.format(title=entry.title, box=entry.box(), number=entry.number) + _list(entry.below, up)
    return line + Markup("</li>")


def marked(menu: str, groups: Groups, page: str, up: str, *, here: bool = True) -> str:
    """
    Return *menu* with *page* marked and what is above it opened.

    The mark leads to the top of the page, but where one is not *here*: on a page that is in no menu.
    """
    for _, entries in groups:
        for path in filter(None, (entry.path_to(page) for entry in entries)):
            for entry in path:
                menu = menu.replace(entry.link(up), _marked(entry, up, last=entry is path[-1], here=here))
                menu = menu.replace(entry.box(), f'checked="" {entry.box()}') if entry.below else menu
    return menu


def _marked(entry: Entry, up: str, *, last: bool, here: bool) -> str:
    link = str(entry.link(up)).replace('">', ' current">' if not last else ' current current-page">', 1)
    if not last:
        return link
    link = link.replace('<a class="', f'<a aria-current="{"page" if here else "true"}" class="current ')
    return link.replace(f"{up}{entry.page}.html", "#") if here else link


def _drawn(env: BuildEnvironment, page: str, root: str, up: str) -> tuple[Groups, str]:
    known, apart = _DRAWN.setdefault(env, {}), page.startswith(APART)
    if (apart, up) not in known:
        groups = short(env) if apart else groups_of(env, root)
        known[apart, up] = groups, draw(groups, up)
    return known[apart, up]


def leave_to_us(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Give the theme no lists to make a menu of."""
    if "toctree" in context:
        context["toctree"] = lambda **_: ""


def show(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Draw the menu of *page*, and lead back from one that is in no menu to the one that lists it."""
    if "toctree" not in context:
        return
    up, parent = "../" * page.count("/"), above(app, page)
    groups, menu = _drawn(app.env, page, app.config.root_doc, up)
    context["furo_navigation_tree"] = marked(menu, groups, parent or page, up, here=not parent)
    if parent:
        context["above"] = {"href": context["pathto"](parent), "title": app.env.titles[parent].astext()}


def above(app: Sphinx, page: str) -> str:
    """Return the page that lists *page*, when *page* itself is not in the menu; else nothing."""
    folder, first = page.rpartition("/")[0], f"{page.partition('/')[0]}/index"
    if page not in app.env.found_docs:
        return folder if folder in app.env.found_docs else ""
    listed = app.env.toctree_includes.get(first, ())
    return first if page in listed and len(listed) > MANY else ""


def forget(app: Sphinx, *args: object) -> None:
    """Forget the menus of the last build."""
    _DRAWN.clear()


def setup(app: Sphinx) -> None:
    """Draw each page's menu in the place of the theme's own."""
    app.connect("env-updated", forget)
    app.connect("html-page-context", leave_to_us, priority=400)
    app.connect("html-page-context", show, priority=900)
