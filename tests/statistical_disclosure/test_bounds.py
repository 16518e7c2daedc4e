"""What an outsider can work out, held against trying every table there is."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dpia_checks.statistical_disclosure.bounds import (
    UNLIMITED,
    Attack,
    Bounds,
    DoesNotAddUp,
    attack,
    bounds_of,
    remainders_of,
)
from dpia_checks.statistical_disclosure.tables import PARTIAL, ZERO, Cell, Key, Population, Share

EVERYBODY = Population("people", "now")
Table = list[list[int]]


def key(**labels: str) -> Key:
    return Key(EVERYBODY, frozenset(labels.items()))


def grid(counts: Table, hidden: set[tuple[int, int]]) -> list[Cell]:
    """Return the cells of a table with totals; place ``-1`` is the total of a direction."""
    rows, columns = range(len(counts)), range(len(counts[0]))
    cells = []
    for r, c in product((*rows, -1), (*columns, -1)):
        labels = ({} if r < 0 else {"row": str(r)}) | ({} if c < 0 else {"column": str(c)})
        count = sum(counts[i][j] for i in (rows if r < 0 else [r]) for j in (columns if c < 0 else [c]))
        shown = None if (r, c) in hidden else count
        cells.append(Cell(len(cells) + 1, ("R", "T"), key(**labels), -1 in (r, c), shown))
    return cells


def by_trying(
    counts: Table, hidden: set[tuple[int, int]], fits: Callable[[Table], bool] = lambda trial: True
) -> dict[tuple[int, int], Bounds]:
    """Return the least and greatest count of each hidden inner cell over every table that prints the same and fits."""
    rows, columns = len(counts), len(counts[0])
    places = [(r, c) for r, c in product(range(rows), range(columns)) if (r, c) in hidden]
    printed = grid(counts, hidden)
    seen: dict[tuple[int, int], list[int]] = {place: [] for place in places}
    for values in product(range(sum(map(sum, counts)) + 1), repeat=len(places)):
        trial = [list(row) for row in counts]
        for (r, c), value in zip(places, values, strict=True):
            trial[r][c] = value
        if fits(trial) and [cell.count for cell in grid(trial, hidden)] == [cell.count for cell in printed]:
            for place, value in zip(places, values, strict=True):
                seen[place].append(value)
    return {place: Bounds(min(values), max(values)) for place, values in seen.items()}


@st.composite
def hidden_tables(draw):
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(2, 3))
    counts = draw(
        st.lists(st.lists(st.integers(0, 2), min_size=columns, max_size=columns), min_size=rows, max_size=rows)
    )
    places = list(product(range(rows), range(columns)))
    hidden = draw(st.sets(st.sampled_from(places), min_size=1, max_size=4))
    margins = [(r, -1) for r in range(rows)] + [(-1, c) for c in range(columns)]
    return counts, hidden | draw(st.sets(st.sampled_from(margins), max_size=2))


@settings(max_examples=40, deadline=None)
@given(hidden_tables())
def test_the_bounds_are_those_of_trying_every_table(made):
    counts, hidden = made

    found = bounds_of(grid(counts, hidden))

    for (r, c), bounds in by_trying(counts, hidden).items():
        assert found[key(row=str(r), column=str(c))] == bounds


@settings(max_examples=40, deadline=None)
@given(hidden_tables())
def test_marks_that_give_a_range_away_leave_the_bounds_of_trying_every_table_in_it(made):
    counts, hidden = made
    inner = [(r, c) for r, c in hidden if -1 not in (r, c)]
    marked = {(r, c): "few" if counts[r][c] < 2 else "many" for r, c in inner}
    ranges = {"few": (0, 1), "many": (2, 9)}
    places = {key(row=str(r), column=str(c)): (r, c) for r, c in inner}

    found = bounds_of([replace(cell, mark=marked.get(places.get(cell.key), "")) for cell in grid(*made)], ranges)

    def fits(trial: Table) -> bool:
        return all(ranges[mark][0] <= trial[r][c] <= ranges[mark][1] for (r, c), mark in marked.items())

    for (r, c), bounds in by_trying(counts, hidden, fits).items():
        assert found[key(row=str(r), column=str(c))] == bounds


@settings(max_examples=40, deadline=None)
@given(hidden_tables(), st.integers(0, 1))
def test_rounded_percentages_leave_the_bounds_of_trying_every_table(made, decimals):
    counts, hidden = made
    total = sum(map(sum, counts))
    half = Fraction(1, 2 * 10**decimals)
    shares = {
        key(row=str(r), column=str(c)): ((r, c), round(Fraction(100 * counts[r][c], max(total, 1)), decimals))
        for r, c in sorted(hidden)[:2]
        if -1 not in (r, c)
    }

    def printed(cell: Cell) -> Share | None:
        percentage = shares[cell.key][1] if cell.key in shares else None
        return None if percentage is None else Share(key(), (percentage - half) / 100, (percentage + half) / 100)

    found = bounds_of([replace(cell, share=printed(cell)) for cell in grid(counts, hidden)])

    def fits(trial: Table) -> bool:
        everybody = sum(map(sum, trial))
        return all(
            abs(Fraction(100 * trial[r][c]) - p * everybody) <= half * everybody and (everybody or p <= half)
            for (r, c), p in shares.values()
        )

    for (r, c), bounds in by_trying(counts, hidden, fits).items():
        assert found[key(row=str(r), column=str(c))] == bounds


@settings(max_examples=40, deadline=None)
@given(hidden_tables(), st.data())
def test_printing_one_more_cell_never_widens_what_is_known(made, data):
    counts, hidden = made
    shown = hidden - {data.draw(st.sampled_from(sorted(hidden)))}

    before, after = bounds_of(grid(counts, hidden)), bounds_of(grid(counts, shown))

    assert all(after[each].apart <= before[each].apart for each in before)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=4), st.integers(0, 4), st.integers(0, 6)
)
def test_what_a_line_leaves_over_is_that_of_trying_every_one(line, left, elsewhere):
    """Each row is hidden or not, so many are in no row, and another table prints the first row or another number."""
    total = sum(count for count, _ in line) + left
    cells = [
        Cell(n, ("R", "T"), key(row=str(n)), False, None if hidden else count)
        for n, (count, hidden) in enumerate(line, start=1)
    ]
    first = Cell(90, ("R", "again"), key(row="1"), False, line[0][0])

    found = remainders_of([*cells, Cell(99, ("R", "T"), key(), True, total), *([first] if elsewhere % 2 else [])])

    known = [not hidden or (place == 0 and elsewhere % 2) for place, (_, hidden) in enumerate(line)]
    tried = product(
        *([count] if is_known else range(total + 1) for (count, _), is_known in zip(line, known, strict=True))
    )
    possible = [total - sum(values) for values in tried if sum(values) <= total]
    assert [(cell.row, bounds) for cell, bounds in found] == [(99, Bounds(min(possible), max(possible)))]


def test_each_population_leaves_what_its_own_lines_do():
    later = Population("people", "later")
    own = [Cell(1, ("R", "T"), key(answer="no"), False, 97), Cell(2, ("R", "T"), key(), True, 100)]
    other = [replace(cell, row=cell.row + 2, key=replace(cell.key, population=later)) for cell in own]

    assert [(total.row, left) for total, left in remainders_of([*own, *other])] == [
        (2, Bounds(3, 3)),
        (4, Bounds(3, 3)),
    ]


def test_each_point_in_time_of_one_table_leaves_its_own_people_over():
    earlier = [Cell(1, ("R", "T"), key(row="a"), False, 20), Cell(2, ("R", "T"), key(), True, 21)]
    shown = [Cell(3, ("R", "T"), key(row="a"), False, 30), Cell(4, ("R", "T"), key(), True, 34)]
    later = [
        replace(cell, key=replace(cell.key, population=Population("people", "then")), includes="now") for cell in shown
    ]

    assert [left for _, left in remainders_of([*earlier, *later])] == [Bounds(1, 1), Bounds(4, 4)]


def test_a_line_that_counts_more_than_its_total_leaves_nothing_that_fits():
    cells = [Cell(1, ("R", "T"), key(row="a"), False, 9), Cell(2, ("R", "T"), key(), True, 4)]

    assert remainders_of(cells) == []


def test_one_hidden_cell_in_a_line_is_known():
    assert bounds_of(grid([[3, 40], [20, 30]], {(0, 0)}))[key(row="0", column="0")] == Bounds(3, 3)


def test_a_square_of_hidden_cells_is_known_to_a_range():
    found = bounds_of(grid([[3, 40], [20, 30]], {(0, 0), (0, 1), (1, 0), (1, 1)}))

    assert found[key(row="0", column="0")] == Bounds(0, 23)


def in_tables_of_their_own(cells: list[Cell]) -> list[Cell]:
    """Return *cells* with the inner ones in one table, and the totals of rows and those of columns each in one more."""
    return [
        replace(cell, table=("R", " ".join(sorted(variable for variable, _ in cell.key.labels))), is_margin=False)
        for cell in cells
    ]


@given(hidden_tables())
@settings(max_examples=60, deadline=None)
def test_tables_that_print_no_total_are_added_up_as_if_they_did(made):
    """Each total stands in a table of its own, so nothing says that it is one but what it counts."""
    counts, hidden = made
    assume(len(counts) > 1)
    bounds = bounds_of(in_tables_of_their_own(grid(counts, hidden)))

    for (row, column), known in by_trying(counts, hidden).items():
        assert bounds[key(row=str(row), column=str(column))] == known


def test_a_hidden_total_of_a_table_of_totals_is_known():
    totals = [cell for cell in grid([[4, 3], [9, 9]], {(0, -1)}) if cell.is_margin]

    assert bounds_of(totals)[key(row="0")] == Bounds(7, 7)


def test_a_table_without_a_total_that_leaves_somebody_out_tells_nothing():
    """Another table has a third row, so those of the first two need not come to the total."""
    two = [Cell(1, ("R", "two"), key(row="0"), False), Cell(2, ("R", "two"), key(row="1"), False, 20)]
    three = [Cell(n + 3, ("R", "three"), key(row=str(n)), False) for n in range(3)]
    total = Cell(9, ("R", "three"), key(), True, 50)

    assert bounds_of([*two, total])[key(row="0")] == Bounds(30, 30)
    assert bounds_of([*two, *three, total])[key(row="0")] == Bounds(0, 30)


def test_a_total_that_is_no_sum_bounds_nothing():
    some = grid([[2, 8]], {(0, 0)})
    declared = [replace(cell, by_definition=PARTIAL) if cell.is_margin else cell for cell in some]

    assert (bounds_of(some)[key(row="0", column="0")], bounds_of(declared)[key(row="0", column="0")]) == (
        Bounds(2, 2),
        Bounds(0, UNLIMITED),
    )


def test_a_table_that_counts_somebody_twice_and_prints_no_total_confines_nothing_when_it_says_so():
    """Each has one need or two. Undeclared, those of the second would be taken for the rest of all."""
    needs = [Cell(1, ("R", "N"), key(need="a"), False, 30), Cell(2, ("R", "N"), key(need="b"), False)]
    everybody = Cell(3, ("R", "all"), key(), True, 40)
    declared = [replace(needs[0], by_definition=PARTIAL), needs[1]]

    assert bounds_of([*needs, everybody])[key(need="b")] == Bounds(10, 10)
    assert bounds_of([*declared, everybody])[key(need="b")] == Bounds(0, UNLIMITED)


@pytest.mark.parametrize("other", [{"need": "c"}, {"need": "a", "age": "old"}])
def test_two_lists_below_each_other_confine_nothing(other):
    """One is of needs, and the other of what a third table shows more of, or of two variables at once."""
    cells = [Cell(1, ("R", "N"), key(need="a"), False, 30), Cell(2, ("R", "N"), key(need="b"), False)]
    more = Cell(4, ("R", "N" if len(other) > 1 else "more"), key(**other), False, 5)

    assert bounds_of([*cells, more, Cell(3, ("R", "all"), key(), True, 40)])[key(need="b")] == Bounds(0, UNLIMITED)


def test_where_a_table_without_a_total_fits_nothing_the_printed_totals_are_believed():
    """Thirty and ten come to more than the total, so the second table counts somebody twice."""
    told = [Cell(1, ("R", "T"), key(row="0"), False), Cell(2, ("R", "T"), key(row="1"), False, 20)]
    more = [Cell(3, ("R", "M"), key(need="a"), False, 30), Cell(4, ("R", "M"), key(need="b"), False, 10)]
    total = Cell(5, ("R", "T"), key(), True, 27)

    assert bounds_of([*told, total, *more])[key(row="0")] == Bounds(7, 7)


@pytest.mark.parametrize("wrong", [1, 2])
def test_what_a_mark_gives_away_counts_where_tables_without_a_total_fit_nothing(wrong):
    """With one of them left out the rest fits; with two, only the printed total is believed."""
    told = [Cell(1, ("R", "T"), key(row="0"), False, mark="few"), Cell(2, ("R", "T"), key(row="1"), False)]
    others = [
        Cell(n, ("R", str(n % 2)), Key(EVERYBODY, frozenset({(str(n % 2), str(n))})), False, n) for n in range(40, 44)
    ]
    more = [cell for cell in others if cell.row % 2 < wrong]

    found = bounds_of([*told, Cell(5, ("R", "T"), key(), True, 27), *more], {"few": (1, 4)})

    assert (found[key(row="0")], found[key(row="1")]) == (Bounds(1, 4), Bounds(23, 26))


@pytest.mark.parametrize("order", [0, 1, 2])
@pytest.mark.parametrize(("old", "told"), [(40, Bounds(0, 4)), (50, Bounds(0, 14))])
def test_a_table_that_counts_somebody_twice_takes_nothing_from_what_two_others_tell(old, told, order):
    """Nobody prints the total: the ages come to a hundred, and the needs to more."""
    ages = [Cell(1, ("R", "A"), key(age="young"), False, 60), Cell(2, ("R", "A"), key(age="old"), False, old)]
    needs = [Cell(3, ("R", "N"), key(need="a"), False, 90), Cell(4, ("R", "N"), key(need="b"), False, 80)]
    areas = [Cell(5, ("R", "B"), key(row="0"), False, 96)]
    areas += [Cell(n, ("R", "B"), key(row=str(n)), False) for n in (6, 7)]
    tables = [ages, needs, areas]

    found = bounds_of([*tables[order], *tables[order - 1], *tables[order - 2]])

    assert (found[key(row="6")], found[key(row="7")]) == (told, told)


def test_a_number_without_a_total_has_no_upper_limit():
    assert bounds_of([Cell(1, ("R", "T"), key(row="0"), False)])[key(row="0")] == Bounds(0, UNLIMITED)


def test_no_upper_limit_is_more_than_there_are_people_in_the_country():
    assert UNLIMITED > 70_000_000


def test_a_large_count_has_its_own_limit():
    found = bounds_of(grid([[300_000, 400_000], [200_000, 300_000]], {(0, 0), (0, 1), (1, 0), (1, 1)}))

    assert found[key(row="0", column="0")] == Bounds(0, 500_000)


def test_a_percentage_alone_tells_the_count_it_stands_for():
    total = Cell(1, ("R", "T"), key(), True, 2000)
    half = Share(key(), Fraction(4999, 10000), Fraction(5001, 10000))
    one, other = Cell(2, ("R", "T"), key(row="a"), False, share=half), Cell(3, ("R", "T"), key(row="b"), False)

    assert bounds_of([total, one, other])[key(row="a")] == Bounds(1000, 1000)


def test_the_solver_prints_nothing(capfd):
    bounds_of(grid([[3, 40], [20, 30]], {(0, 0), (0, 1), (1, 0), (1, 1)}))

    assert capfd.readouterr() == ("", "")


def test_a_second_table_of_the_same_people_counts_too():
    hidden = {(0, 0), (0, 1), (1, 0), (1, 1)}
    other = Cell(99, ("R", "another"), key(row="0", column="0"), False, 3)

    assert bounds_of([*grid([[3, 40], [20, 30]], hidden), other])[key(row="1", column="1")] == Bounds(30, 30)


def test_other_people_give_nothing_away():
    other = Cell(99, ("R", "T"), Key(Population("people", "later"), key(row="0").labels), True, 3)

    assert bounds_of([*grid([[3, 40]], {(0, 0), (0, 1), (0, -1), (-1, 0), (-1, 1)}), other])[key(row="0")].apart == 0


def test_a_zero_by_definition_is_known_without_being_printed():
    cells = grid([[0, 40], [20, 30]], {(0, 0), (0, 1)})
    cells[0] = Cell(1, ("R", "T"), cells[0].key, False, by_definition=ZERO)

    assert bounds_of(cells)[key(row="0", column="1")] == Bounds(40, 40)


def test_a_mark_that_says_how_small_a_count_is_narrows_it():
    cells = [
        Cell(1, ("R", "T"), key(row="a"), False, mark="few"),
        Cell(2, ("R", "T"), key(row="b"), False, mark="many"),
        Cell(3, ("R", "T"), key(), True, 14),
    ]

    assert bounds_of(cells)[key(row="a")] == Bounds(0, 14)
    assert bounds_of(cells, {"few": (1, 9), "many": (10, 1000)})[key(row="a")] == Bounds(1, 4)


@pytest.mark.parametrize(
    ("mark", "told"), [("<5", Bounds(0, 4)), ("<20", Bounds(0, 14)), ("9-19", Bounds(9, 14)), ("c", Bounds(0, 14))]
)
def test_a_mark_that_is_written_out_narrows_it(mark, told):
    cells = [
        Cell(1, ("R", "T"), key(row="a"), False, mark=mark),
        Cell(2, ("R", "T"), key(row="b"), False, mark="s"),
        Cell(3, ("R", "T"), key(), True, 14),
    ]

    assert bounds_of(cells)[key(row="a")] == told
    assert bounds_of(cells, {mark: (2, 3)})[key(row="a")] == Bounds(2, 3)


def test_a_mark_beside_a_percentage_gives_nothing_away():
    half = Share(key(), Fraction(4999, 10000), Fraction(5001, 10000))
    cells = [
        Cell(1, ("R", "T"), key(row="a"), False, share=half, mark="few"),
        Cell(2, ("R", "T"), key(row="b"), False),
        Cell(3, ("R", "T"), key(), True, 100),
    ]

    assert bounds_of(cells, {"few": (1, 9)})[key(row="a")] == Bounds(50, 50)


def test_numbers_that_fit_nothing_are_said_to():
    cells = [Cell(1, ("R", "T"), key(row="a"), False), Cell(2, ("R", "T"), key(row="b"), False, 9)]
    cells.append(Cell(3, ("R", "T"), key(), True, 4))

    with pytest.raises(DoesNotAddUp):
        attack(cells).bounds(key(row="a"))
    assert bounds_of(cells)[key(row="a")] is None


def test_two_counts_printed_for_one_number_fit_nothing():
    cells = [Cell(1, ("R", "T"), key(row="a"), False, 3), Cell(2, ("R", "T"), key(row="b"), False)]
    cells += [Cell(3, ("R", "T"), key(), True, 9), Cell(4, ("R", "another"), key(row="a"), False, 5)]

    assert bounds_of(cells)[key(row="b")] is None


def test_other_people_whose_tables_do_not_add_up_take_nothing_away():
    later = Population("people", "later")
    total = Cell(98, ("R", "T"), Key(later, frozenset()), True, 3)
    more = Cell(99, ("R", "T"), Key(later, frozenset({("row", "0")})), False, 4)

    assert bounds_of([*grid([[3, 40]], {(0, 0), (-1, 0)}), total, more])[key(row="0", column="0")] == Bounds(3, 3)


def test_one_model_answers_any_number_of_questions():
    model = Attack({key(row="a"): (0, 9)}, [(key(), [key(row="a"), key(row="b")])], whole=False)

    assert [model.bounds(each) for each in (key(row="a"), key(row="b"), key(row="a"))] == [
        Bounds(0, 9),
        Bounds(0, UNLIMITED),
        Bounds(0, 9),
    ]


class TestALargeTable:
    """A table of 33 boroughs by 6 by 4 with every total, drawn at random: many of its counts are small."""

    def test_hiding_only_what_is_small_lets_cells_be_worked_out(self):
        exactly = [bounds.apart == 0 for bounds in _told(_cells(SMALL))]

        assert sum(exactly) > len(SMALL) / 20

    def test_hiding_a_second_cell_in_each_line_protects_nearly_all_and_not_all(self):
        exactly = [bounds.apart == 0 for bounds in _told(_cells(SMALL | SECOND))]

        assert 0 < sum(exactly) < len(SMALL) / 20

    def test_marks_that_tell_the_two_apart_give_cells_away_again(self):
        cells = _cells(SMALL | SECOND, dict.fromkeys(SMALL, "small"))

        exactly = [bounds.apart == 0 for bounds in _told(cells, {"small": (1, 4), "c": (5, UNLIMITED)})]

        assert sum(exactly) > len(SMALL) / 20


def _drawn():
    """Return the counts of the table and of all its totals, by place; ``-1`` is the total of a direction."""
    draw = random.Random(1)
    counts = dict.fromkeys(product(*((*range(size), -1) for size in SIZES)), 0)
    for place in product(*map(range, SIZES)):
        count = int(draw.expovariate(1 / 12))
        for kept in product((True, False), repeat=len(SIZES)):
            counts[tuple(at if keep else -1 for at, keep in zip(place, kept, strict=True))] += count
    return counts


def _cells(hidden, marks=None):
    return [
        Cell(
            number,
            ("R", "T"),
            key(**{f"way{n}": str(at) for n, at in enumerate(place) if at >= 0}),
            -1 in place,
            None if place in hidden else count,
            mark=(marks or {}).get(place, "c") if place in hidden else "",
        )
        for number, (place, count) in enumerate(COUNTS.items())
    ]


def _told(cells, marks=None):
    bounds = bounds_of(cells, marks)
    return [bounds[cell.key] for cell in cells if cell.is_hidden]


def _second():
    """Return one more cell for each line that hides a single one, until none does: the smallest that is not small."""
    hidden = set(SMALL)
    while alone := [line for line in _lines() if sum(place in hidden for place in line) == 1]:
        for line in alone:
            if sum(place in hidden for place in line) == 1:
                shown = [place for place in line if place not in hidden and COUNTS[place]] or [line[-1]]
                hidden.add(min([p for p in shown if -1 not in p] or shown, key=lambda place: (COUNTS[place], place)))
    return hidden - SMALL


def _lines():
    for way, size in enumerate(SIZES):
        for rest in product(*((*range(n), -1) for place, n in enumerate(SIZES) if place != way)):
            yield [(*rest[:way], at, *rest[way:]) for at in (*range(size), -1)]


SIZES = (33, 6, 4)
COUNTS = _drawn()
SMALL = {place for place, count in COUNTS.items() if 0 < count < 5}
SECOND = _second()


def lists(counts: list[list[int]], hidden: set[tuple[int, int]], *, growing: bool) -> list[Cell]:
    """Return two tables with one direction and a total, the second of which includes everybody of the first."""
    cells = []
    for place, release in enumerate(counts):
        population = Population("people", f"release {place}")
        for label, count in [*enumerate(release), (-1, sum(release))]:
            labels = frozenset({("row", str(label))} if label >= 0 else set())
            shown = None if (place, label) in hidden else count
            includes = "release 0" if growing and place else ""
            own = Cell(len(cells) + 1, (f"R{place}", "T"), Key(population, labels), label < 0, shown, includes=includes)
            cells.append(own)
    return cells


@st.composite
def two_releases(draw):
    size = draw(st.integers(2, 3))
    first = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    more = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    places = list(product(range(2), range(size)))
    return [first, [a + b for a, b in zip(first, more, strict=True)]], draw(
        st.sets(st.sampled_from(places), min_size=1, max_size=4)
    )


@given(two_releases())
@settings(max_examples=60, deadline=None)
def test_two_releases_that_include_each_other_are_those_of_trying_both(made):
    """Only what grows, and adds up in both, can stand for the hidden cells."""
    counts, hidden = made
    places = sorted(hidden)
    seen: dict[tuple[int, int], list[int]] = {place: [] for place in places}
    for values in product(range(max(map(sum, counts)) + 1), repeat=len(places)):
        trial = [list(release) for release in counts]
        for (release, label), value in zip(places, values, strict=True):
            trial[release][label] = value
        adds_up = all(sum(a) == sum(b) for a, b in zip(trial, counts, strict=True))
        if adds_up and all(a <= b for a, b in zip(*trial, strict=True)):
            for place, value in zip(places, values, strict=True):
                seen[place].append(value)

    cells = lists(counts, hidden, growing=True)
    bounds = bounds_of(cells)

    labelled = [(release, label) for release in range(2) for label in (*range(len(counts[0])), -1)]
    for place, cell in zip(labelled, cells, strict=True):
        if place in seen:
            assert bounds[cell.key] == Bounds(min(seen[place]), max(seen[place]))


def test_a_release_that_says_nothing_of_another_is_judged_alone():
    counts, hidden = [[4, 6], [5, 6]], {(0, 0), (0, 1)}

    alone = bounds_of(lists(counts, hidden, growing=False))
    together = bounds_of(lists(counts, hidden, growing=True))

    first = lists(counts, hidden, growing=False)[0].key
    assert (alone[first], together[first]) == (Bounds(0, 10), Bounds(4, 5))


def test_three_releases_are_tied_whatever_their_order():
    def cell(as_at: str, count: int | None, includes: str = "") -> Cell:
        return Cell(1, (as_at, "T"), Key(Population("people", as_at), frozenset()), False, count, includes=includes)

    middle = cell("b", None, "a")
    first, last = cell("a", 7), cell("c", 9, "b")
    for cells in ([last, first, middle], [first, middle, last], [middle, last, first]):
        assert bounds_of(cells)[middle.key] == Bounds(7, 9)


def test_a_release_that_includes_one_nobody_printed_is_judged_alone():
    only = Cell(1, ("R", "T"), key(), False, None, includes="then")

    assert bounds_of([only])[only.key] == Bounds(0, UNLIMITED)


@pytest.mark.parametrize(
    ("percentage", "fewer", "count", "total"),
    [
        ("14.3", 10, Bounds(1, 1), Bounds(7, 7)),
        ("46.2", 20, Bounds(6, 6), Bounds(13, 13)),
        ("50.0", 10, Bounds(1, 4), Bounds(2, 8)),
        ("0.0", 10, Bounds(0, 0), Bounds(0, 9)),
        ("14.3", 15, Bounds(1, 2), Bounds(7, 14)),
    ],
)
def test_whole_numbers_are_tried_for_a_percentage_of_a_hidden_total(percentage, fewer, count, total):
    printed, half = Fraction(percentage), Fraction(1, 20)
    share = Share(key(), max(Fraction(0), (printed - half) / 100), (printed + half) / 100)
    cells = [
        Cell(1, ("R", "T"), key(row="a"), False, share=share),
        Cell(2, ("R", "T"), key(row="b"), False),
        Cell(3, ("R", "T"), key(), True, mark=f"<{fewer}"),
    ]

    found = bounds_of(cells)

    assert (found[key(row="a")], found[key()]) == (count, total)
