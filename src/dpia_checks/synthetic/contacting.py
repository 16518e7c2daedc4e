"""
The lists of clients whom the evaluation means to ask for an interview, a survey or a focus group.

Nobody is on a list of a later day than the one on which they said no: neither who withdrew or opted out, nor who
asked only not to be contacted. On the boundary: one list is of the very day on which somebody asked that.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dpia_checks.synthetic.registers import Calendar, Row

KINDS = ("withdrawal of consent", "opt-out", "objection to contact")
"""Every kind of no."""
ON_A_LIST = 24
ASKED_FOR = ("interview", "survey", "focus group")


def lists(calendar: Calendar, there: Callable[[date], list[str]]) -> list[Row]:
    """Return the lines of a list for the second analysis and one for the last, of clients who are *there*."""
    days = calendar.analyses[1].date() + timedelta(days=1), calendar.analyses[-1].date() - timedelta(days=7)
    return [
        {
            "contact_list_line_id": f"CL-{turn}-{place:02d}",
            "client_id": client,
            "listed_on": on,
            "listed_for": ASKED_FOR[place % len(ASKED_FOR)],
        }
        for turn, on in enumerate(days, start=1)
        for place, client in enumerate(there(on)[:ON_A_LIST], start=1)
    ]
