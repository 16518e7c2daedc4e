"""
Wide tables for small screens: the frame in which one scrolls, and the headings that its cells carry.

A frame is named by its table's caption, so that they can be told apart. On a phone each line of a table of the class
``stacked`` is a block, so each cell says under which heading it stands; the stylesheet shows that.
"""

from __future__ import annotations

import re
from html import escape, unescape

FRAME = re.compile(
    r'aria-label="Table"(?=[^>]*class="table-wrapper[^>]*>\s*<table[^>]*>\s*<caption>(.*?)</caption>)', re.DOTALL
)
NO_WORDS = re.compile(r'<a class="headerlink".*?</a>|<[^>]+>', re.DOTALL)

STACKED = re.compile(r'<table [^>]*class="[^"]*\bstacked\b[^>]*>.*?</table>', re.DOTALL)
HEADING = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
LINE = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<(td|th)\b")


def named(html: str) -> str:
    """Return *html* with the frame of each table named by the table's caption; one without a caption stays."""
    return FRAME.sub(lambda found: f'aria-label="{escape(_words(found[1]))}"', html)


def labelled(html: str) -> str:
    """Return *html* with the heading of its column on each cell of a stacked table; a heading of a line needs none."""
    return STACKED.sub(lambda found: _labelled(found[0]), html) if "stacked" in html else html


def _labelled(table: str) -> str:
    head, begins, body = table.partition("<tbody>")
    names = [escape(_words(one)) for one in HEADING.findall(head)]
    return head + begins + LINE.sub(lambda found: _line(found[0], names), body)


def _line(line: str, names: list[str]) -> str:
    """Return one line with its cells labelled; what is missing at its beginning is the heading of the line before."""
    cells = CELL.findall(line)
    left = iter(names[0 if len(cells) == len(names) or cells[:1] == ["th"] else 1 :])

    def label(found: re.Match[str]) -> str:
        name = next(left, "")
        return f'<td data-label="{name}"' if name and found[1] == "td" else found[0]

    return CELL.sub(label, line)


def _words(markup: str) -> str:
    return " ".join(unescape(NO_WORDS.sub("", markup)).split()) or "Table"
