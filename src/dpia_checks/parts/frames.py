"""The frames in which wide tables scroll: each is named by its table's caption, so that they can be told apart."""

from __future__ import annotations

import re
from html import escape, unescape

FRAME = re.compile(
    r'aria-label="Table"(?=[^>]*class="table-wrapper[^>]*>\s*<table[^>]*>\s*<caption>(.*?)</caption>)', re.DOTALL
)
NO_WORDS = re.compile(r'<a class="headerlink".*?</a>|<[^>]+>', re.DOTALL)


def named(html: str) -> str:
    """Return *html* with the frame of each table named by the table's caption; one without a caption stays."""
    return FRAME.sub(lambda found: f'aria-label="{escape(_words(found[1]))}"', html)


def _words(markup: str) -> str:
    return " ".join(unescape(NO_WORDS.sub("", markup)).split()) or "Table"
