"""The tables of clients in reports, counted from the cases of each analysis, and which of their cells are hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from dpia_checks.synthetic.programmes import MARK, SMALL, TOTAL, Counts, Programme
from dpia_checks.synthetic.registers import Row


def client_tables(programme: Programme, place: int, inside: Mapping[int, Sequence[tuple[str, ...]]]) -> list[Row]:
    """One table for each release, and the last one once more in the later report, as it was."""
    code, variable, columns = programme.columns[place]
    tables = {number: _counts(programme, columns, [(p[0], p[1 + place]) for p in of]) for number, of in inside.items()}
    hidden = _hidden(programme, columns, tables)
    rows: list[Row] = []
    for report, number in [*((n, n) for n in programme.releases), (programme.again, programme.releases[-1])]:
        made = [
            _cell(programme, report, code, number, row, variable, column, columns)
            | _printed(
                programme, tables[number][row, column], row in programme.absent.get(number, ()), (row, column) in hidden
            )
            for row in (*programme.rows[1], TOTAL)
            for column in (*columns, TOTAL)
        ]
        rows += made
    return rows


def _counts(programme: Programme, columns: Sequence[str], people: Sequence[tuple[str, str]]) -> Counts:
    counts = {(row, column): 0 for row in (*programme.rows[1], TOTAL) for column in (*columns, TOTAL)}
    for row, column in people:
        for key in ((row, column), (row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
            counts[key] += 1
    return counts


def _hidden(programme: Programme, columns: Sequence[str], tables: Mapping[int, Counts]) -> set[tuple[str, str]]:
    """
    Return the labels that are hidden in every release.

    First what is small in one release, or grew by little between two; then, as long as a line hides one
    cell alone, or a few people between its cells, the smallest cell that it still shows.
    """
    keys = list(next(iter(tables.values())))
    hidden = {key for key in keys if any(_is_small(n) for n in _shown(key, tables))}
    lines = [[(row, column) for column in (*columns, TOTAL)] for row in (*programme.rows[1], TOTAL)]
    lines += [[(row, column) for row in (*programme.rows[1], TOTAL)] for column in (*columns, TOTAL)]
    while loose := [line for line in lines if _gives_away(programme, line, hidden, tables)]:
        showing = [key for key in loose[0] if key not in hidden]
        if not showing:
            break
        inner = [key for key in showing if TOTAL not in key]
        hidden.add(min(inner or showing, key=lambda key: (max(t[key] for t in tables.values()), key)))
    return hidden


def _shown(key: tuple[str, str], tables: Mapping[int, Counts]) -> list[int]:
    """Return what the releases show of a cell: its counts, and by how much each two differ."""
    counts = [table[key] for table in tables.values()]
    return counts + [abs(b - a) for a, b in combinations(counts, 2)]


def _is_small(count: int) -> bool:
    return 0 < count < SMALL


def _gives_away(
    programme: Programme,
    line: Sequence[tuple[str, str]],
    hidden: set[tuple[str, str]],
    tables: Mapping[int, Counts],
) -> bool:
    """Whether a line hides too little in one of the releases; a row that is absent from one hides nothing there."""
    inside = [key for key in line if key in hidden]
    if not inside or len(inside) == len(line):
        return False
    fewest = min((n for n in (sum(table[key] for key in inside) for table in tables.values()) if n), default=0)
    there = [sum(key[0] not in programme.absent.get(number, ()) for key in inside) for number in tables]
    return 1 in there or fewest < 2 * SMALL


def _cell(
    programme: Programme,
    report: int,
    code: str,
    analysis: int,
    row: str,
    variable: str,
    column: str,
    columns: Sequence[str],
) -> dict[str, object]:
    margin = {(False, False): "none", (False, True): "row", (True, False): "column", (True, True): "both"}
    places = [*programme.rows[1]].index(row) + 1 if row != TOTAL else TOTAL
    across = [*columns].index(column) + 1 if column != TOTAL else TOTAL
    return {
        "cell_id": f"R{report:02d}-{code}-{places}-{across}",
        "report_id": f"R{report:02d}",
        "table_name": code,
        "topic": "location",
        "counted": programme.people,
        "as_at": f"AN-{analysis:02d}",
        "row_variable": None if row == TOTAL else programme.rows[0],
        "row_label": None if row == TOTAL else row,
        "column_variable": None if column == TOTAL else variable,
        "column_label": None if column == TOTAL else column,
        "margin": margin[row == TOTAL, column == TOTAL],
    }


def _printed(programme: Programme, count: int, absent: bool, hidden: bool) -> dict[str, object]:
    if absent:
        return {"count": 0, "structural": "zero by definition"}
    return {"mark": MARK} if hidden else {"count": count}
