"""
The log of what people asked for about their data, from the first request to one still open.

Answers come on the very last day where the calendar is awkward: for a month that ends in a shorter one,
on a weekend or on a bank holiday, for a period that was extended, that began when the identity was
confirmed or that stood still until a fee was paid, and for working days. A request to
correct follows an error of the register of corrections.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dpia_checks.synthetic.registers import Row

Asked = tuple[str, str, str, str | None, str | None, str | None]
"""Kind, data set, received, answered, why the period was extended, and when the person was told so."""

FOD: tuple[Asked, ...] = (
    ("access", "MPS data", "2019-12-02", "2020-01-02", None, None),
    ("access", "Female Offender data", "2020-01-31", "2020-03-02", None, None),
    ("access", "CRC data", "2020-03-13", "2020-04-14", None, None),
    ("freedom of information", "MPS data", "2020-06-15", "2020-07-14", None, None),
    ("erasure", "MPS data", "2020-07-01", "2020-08-03", None, None),
    ("access", "bespoke data", "2020-09-08", "2020-09-08", None, None),
    ("access", "NPS data", "2020-11-30", "2021-03-01", "complex", "2020-12-30"),
    ("rectification", "Female Offender data", "2021-01-08", "2021-01-22", None, None),
    ("access", "CRC data", "2021-01-31", "2021-03-01", None, None),
    ("objection", "MPS data", "2021-05-28", "2021-06-28", None, None),
    ("freedom of information", "Female Offender data", "2021-06-14", "2021-07-13", None, None),
    ("access", "NPS data", "2021-11-25", "2021-12-29", None, None),
    ("access", "Female Offender data", "2022-02-28", "2022-03-28", None, None),
    ("restriction", "bespoke data", "2022-08-31", "2022-11-30", "numerous", "2022-09-30"),
    ("freedom of information", "bespoke data", "2022-12-09", "2023-01-12", None, None),
    ("access", "Female Offender data", "2023-12-01", None, None, None),
    ("access", "NPS data", "2022-01-10", "2022-03-14", None, None),
    ("freedom of information", "bespoke data", "2022-05-03", "2022-06-30", "public interest", "2022-05-31"),
    ("freedom of information", "MPS data", "2022-10-03", "2022-11-07", None, None),
)
LGE: tuple[Asked, ...] = (
    ("access", "LGE data", "2018-05-31", "2018-07-02", None, None),
    ("access", "MPS data", "2018-08-13", "2018-09-13", None, None),
    ("freedom of information", "MPS data", "2018-10-01", "2018-10-29", None, None),
    ("access", "bespoke data", "2018-11-25", "2018-12-27", None, None),
    ("access", "LGE data", "2019-01-31", "2019-02-28", None, None),
    ("erasure", "LGE data", "2019-03-19", "2019-04-23", None, None),
    ("objection", "LGE data", "2019-09-02", "2019-10-02", None, None),
    ("access", "MPS data", "2019-11-29", "2020-03-02", "complex", "2019-12-30"),
    ("rectification", "LGE data", "2019-08-07", "2019-08-20", None, None),
    ("freedom of information", "bespoke data", "2020-01-31", "2020-02-28", None, None),
    ("access", "LGE data", "2020-01-31", "2020-03-02", None, None),
    ("restriction", "bespoke data", "2020-05-29", "2020-06-29", None, None),
    ("access", "LGE data", "2020-12-01", None, None, None),
    ("access", "LGE data", "2018-10-08", "2018-12-12", None, None),
    ("freedom of information", "bespoke data", "2019-06-03", "2019-07-29", "public interest", "2019-07-01"),
    ("freedom of information", "MPS data", "2019-10-07", "2019-11-11", None, None),
)
FOD_ASKED = (
    "C000001",
    "C000027",
    "G000005",
    None,
    "C000011",
    "INT-06",
    "C000003",
    "C000009",
    "G000002",
    "C000422",
    None,
    "C000004",
    "C000480",
    "INT-06",
    None,
    "C000006",
    "C000008",
    None,
    None,
)
LGE_ASKED = (
    "C000001",
    "C000002",
    None,
    "C000003",
    "C000005",
    "C000006",
    "C000010",
    "C000002",
    "C000008",
    None,
    "C000001",
    "INT-12",
    "C000031",
    "C000004",
    None,
    None,
)
"""
Who asked, as the other registers call them: a client, somebody compared, or who took part in an interview.

Whoever asks under freedom of information is in none of them, and has a code of the log's own. One asks twice, and
some ask who said no before.
"""
PASSED_ON = {
    "2020-07-01": date(2020, 7, 3),
    "2021-01-31": date(2021, 2, 2),
    "2022-12-09": date(2022, 12, 13),
    "2019-03-19": date(2019, 3, 21),
    "2018-11-25": date(2018, 11, 27),
    "2020-05-29": date(2020, 6, 2),
}
"""When a request went on that was not passed on at once: two working days later, weekends apart."""
IDENTITY = {
    "2022-01-10": ("2022-02-10", "2022-02-14"),
    "2018-10-08": ("2018-11-08", "2018-11-12"),
}
"""When proof of identity was asked for, on the last day of the month, and when it came."""
FEE = {
    "2022-10-03": ("2022-10-10", "2022-10-14"),
    "2019-10-07": ("2019-10-14", "2019-10-18"),
}
"""When a fee was asked for, and when it was paid: five working days that do not count."""
OUTCOMES = {"2020-07-01": "refused", "2019-03-19": "refused", "2018-11-25": "nothing held"}
"""What came of a request that was not granted: to erase what is held for research, or what nobody had yet collected."""
FOD_ROUTES = {
    "MPS data": ("MPS", "controller"),
    "CRC data": ("CRC", "processor for the purpose of the evaluation"),
    "NPS data": ("NPS", "processor for the purpose of the evaluation"),
    "Female Offender data": ("Advance", "controller for the purpose of the evaluation"),
    "bespoke data": ("MOPAC Private Office", "controller"),
}
LGE_ROUTES = {
    "MPS data": ("MPS", "controller"),
    "LGE data": ("Safer London", "joint controller"),
    "bespoke data": ("MOPAC Data Protection Officer", "controller"),
}


def of_fod() -> list[Row]:
    """Return the requests of the diversion evaluation; for probation data MOPAC is once the one and once the other."""
    rows = _requests(FOD, FOD_ASKED, FOD_ROUTES)
    for number in (8, 11):
        rows[number] = {**rows[number], "mopac_acts_as": "controller for the purpose of the evaluation"}
    return rows


def of_lge() -> list[Row]:
    """Return the requests of the gang exit evaluation."""
    return _requests(LGE, LGE_ASKED, LGE_ROUTES)


def _requests(asked: Sequence[Asked], people: Sequence[str | None], routes: dict[str, tuple[str, str]]) -> list[Row]:
    return [
        {
            "request_id": f"RQ-{number:02d}",
            "kind": kind,
            "data_set": data,
            "mopac_acts_as": routes[data][1],
            "received_by": "MOPAC Private Office",
            "received_on": date.fromisoformat(received),
            "passed_to": routes[data][0],
            "passed_on": PASSED_ON.get(received, date.fromisoformat(received)),
            "process": "MPS" if data == "MPS data" else "MOPAC" if data == "bespoke data" else "partner",
            "extended_for": why,
            "extension_told_on": told,
            "answered_on": answered,
            "outcome": OUTCOMES.get(received, "granted") if answered else None,
            **_pair("identity_asked_on", "identity_confirmed_on", IDENTITY.get(received)),
            **_pair("fee_asked_on", "fee_paid_on", FEE.get(received)),
            "asked_by": person or f"Q-{number:02d}",
        }
        for number, ((kind, data, received, answered, why, told), person) in enumerate(
            zip(asked, people, strict=True), start=1
        )
    ]


def _pair(first: str, second: str, days: tuple[str, str] | None) -> Row:
    return dict(zip((first, second), days, strict=True)) if days else {}
