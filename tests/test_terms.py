"""The numbers and lists of the terms: what is read, what is refused, how a value reads in a sentence."""

from __future__ import annotations

import pytest

from dpia_checks import DPIAS, terms
from dpia_checks.errors import MissingFromTerms, TermsUnusable
from dpia_checks.terms import Term, Terms

HEADER = "need,name,value,unit,kind,source"
HOURS = "FOD_COM_BREACH_01,hours,72,hours,term,5.4"
IN_A_SENTENCE = [
    (72, "hours", "72 hours"),
    (1, "hours", "1 hour"),
    (0, "days", "0 days"),
    (1, "days", "1 day"),
    (6, "months", "6 months"),
    (1, "months", "1 month"),
    (2, "years", "2 years"),
    (1, "years", "1 year"),
    (10, "count", "10"),
    (1, "count", "1"),
    ("the mailbox", "text", "the mailbox"),
    (("post",), "list", "post"),
    (("post", "courier"), "list", "post or courier"),
    (("pnn", "gsi", "cjsm"), "list", "pnn, gsi or cjsm"),
]


@pytest.fixture
def load(tmp_path):
    """Write lines into terms/fod/breach.csv (or another theme's file) and load them."""

    def written(*lines: str, header: str = HEADER, theme: str = "breach") -> dict[str, Terms]:
        (tmp_path / "fod").mkdir(exist_ok=True)
        (tmp_path / "fod" / f"{theme}.csv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        return terms.load("fod", tmp_path)

    return written


def term(value, unit: str) -> Term:
    return Term("FOD_COM_BREACH_01", "it", value, unit, "term", "5.4")


class TestLoad:
    def test_a_number_is_a_number(self, load):
        assert load(HOURS)["FOD_COM_BREACH_01"]["hours"] == 72

    def test_a_text_is_a_text(self, load):
        assert load("FOD_COM_BREACH_01,route,the mailbox,text,term,5.4")["FOD_COM_BREACH_01"]["route"] == "the mailbox"

    def test_a_list_is_parted_at_semicolons_and_stripped(self, load):
        loaded = load("FOD_COM_BREACH_01,ways,pnn; cjsm ;;gsi,list,term,5.4")

        assert loaded["FOD_COM_BREACH_01"]["ways"] == ("pnn", "cjsm", "gsi")

    def test_one_line_each_for_each_name_of_a_commitment(self, load):
        loaded = load(HOURS, "FOD_COM_BREACH_01,route,x,text,term,5.4", "FOD_COM_BREACH_02,hours,24,hours,term,5.4")

        assert {need: sorted(lines) for need, lines in loaded.items()} == {
            "FOD_COM_BREACH_01": ["hours", "route"],
            "FOD_COM_BREACH_02": ["hours"],
        }

    def test_keeps_unit_kind_and_source(self, load):
        loaded = load("FOD_COM_BREACH_01,least,10,count,yardstick,ours")["FOD_COM_BREACH_01"].lines["least"]

        assert loaded == Term("FOD_COM_BREACH_01", "least", 10, "count", "yardstick", "ours")

    def test_every_file_of_the_dpia_is_read(self, load):
        load(HOURS)

        loaded = load("FOD_COM_ACCESS_01,level,CTC,text,term,2.1", theme="access")

        assert sorted(loaded) == ["FOD_COM_ACCESS_01", "FOD_COM_BREACH_01"]

    def test_a_dpia_without_terms_has_none(self, tmp_path):
        assert terms.load("fod", tmp_path) == {}

    @pytest.mark.parametrize("dpia", DPIAS)
    def test_the_terms_that_the_package_carries_load(self, dpia):
        loaded = terms.load(dpia)

        assert all(need.startswith(f"{dpia.upper()}_COM_") for need in loaded)

    def test_the_package_carries_the_hours_of_the_first_promise_on_breaches(self):
        assert terms.load("fod")["FOD_COM_BREACH_01"].number("hours") == 72


class TestRefused:
    @pytest.mark.parametrize(
        ("line", "what"),
        [
            ("FOD_COM_BREACH_01,hours,72,fortnights,term,5.4", "the unit is unknown"),
            ("FOD_COM_BREACH_01,hours,72,hours,guess,5.4", "the kind is unknown"),
            ("FOD_COM_BREACH_01,hours,,hours,term,5.4", "the value or the source is empty"),
            ("FOD_COM_BREACH_01,hours,72,hours,term,", "the value or the source is empty"),
            ("FOD_COM_BREACH_01,hours,three,hours,term,5.4", "the value is not a whole number"),
            ("FOD_COM_BREACH_01,hours,-1,hours,term,5.4", "the value is not a whole number"),
            ("FOD_COM_BREACH_01,hours,1.5,hours,term,5.4", "the value is not a whole number"),
            ("FOD_COM_BREACH_01,hours,٧٢,hours,term,5.4", "the value is not a whole number"),
            ("LGE_COM_BREACH_01,hours,72,hours,term,5.4", "the commitment is of another DPIA or theme"),
            ("FOD_COM_ACCESS_01,hours,72,hours,term,5.4", "the commitment is of another DPIA or theme"),
            ("FOD_MIT_BREACH_01,hours,72,hours,term,5.4", "the commitment is of another DPIA or theme"),
        ],
    )
    def test_a_line_that_does_not_parse_is_named_with_file_and_line(self, load, line, what):
        with pytest.raises(TermsUnusable) as refused:
            load("FOD_COM_BREACH_09,hours,1,hours,term,5.4", line)

        assert [(problem.where, problem.what) for problem in refused.value.problems] == [
            ("terms/fod/breach.csv:3", what)
        ]

    def test_a_list_without_an_item_is_refused(self, load):
        with pytest.raises(TermsUnusable):
            load("FOD_COM_BREACH_01,ways,;,list,term,5.4")

    def test_a_second_line_for_a_name_is_refused(self, load):
        with pytest.raises(TermsUnusable, match=r"breach.csv:3: a second line for 'hours' of FOD_COM_BREACH_01"):
            load(HOURS, HOURS)

    def test_a_second_line_in_another_file_is_refused(self, load):
        load(HOURS)

        with pytest.raises(TermsUnusable):
            load(HOURS, theme="other")

    def test_all_of_them_are_named_together(self, load):
        with pytest.raises(TermsUnusable) as refused:
            load(HOURS, HOURS, HOURS, "FOD_COM_BREACH_02,hours,x,hours,term,5.4", "FOD_COM_BREACH_03,a,b,c,term,5.4")

        assert [problem.where[-1] for problem in refused.value.problems] == ["3", "4", "5", "6"]

    @pytest.mark.parametrize("header", ["need,name,value,unit,kind", "name,need,value,unit,kind,source", "", "x"])
    def test_another_header_is_refused(self, load, header):
        with pytest.raises(TermsUnusable, match="the header is not the expected one"):
            load(header=header)

    def test_ragged_rows_are_named_together(self, load):
        with pytest.raises(TermsUnusable) as refused:
            load("FOD_COM_BREACH_01,hours,72", HOURS, f"{HOURS},more")

        assert [problem.where for problem in refused.value.problems] == ["fod/breach.csv:2", "fod/breach.csv:4"]

    @pytest.mark.parametrize("content", [b"\xff\xfe", HEADER.encode("utf-16"), "Größe".encode("latin-1")])
    def test_a_file_that_is_not_utf_8_is_refused(self, tmp_path, content):
        (tmp_path / "fod").mkdir()
        (tmp_path / "fod" / "breach.csv").write_bytes(content)

        with pytest.raises(TermsUnusable, match="not comma-separated UTF-8 text"):
            terms.load("fod", tmp_path)

    def test_a_quote_that_never_ends_is_refused(self, load):
        with pytest.raises(TermsUnusable, match="not comma-separated UTF-8 text"):
            load('FOD_COM_BREACH_01,"hours,72,hours,term,5.4')


class TestTerms:
    def test_a_name_without_a_line_raises_and_says_where_to_add_it(self, load):
        with pytest.raises(MissingFromTerms, match=r"terms/fod/breach.csv: no line 'days' for FOD_COM_BREACH_01"):
            load(HOURS)["FOD_COM_BREACH_01"]["days"]

    @pytest.mark.parametrize("ask", [Terms.number, Terms.items_of, Terms.__getitem__, Terms.get])
    def test_no_way_of_asking_passes_without_a_line(self, ask):
        with pytest.raises(MissingFromTerms):
            ask(Terms("FOD_COM_BREACH_01"), "hours")

    def test_asking_a_text_for_its_number_is_refused(self):
        with pytest.raises(MissingFromTerms):
            Terms("FOD_COM_BREACH_01", [term("72", "text")]).number("it")

    def test_a_text_counts_as_a_list_of_one(self):
        assert Terms("FOD_COM_BREACH_01", [term("pnn", "text")]).items_of("it") == ("pnn",)

    def test_moving_a_number_changes_it_by_one_step_and_nothing_else(self):
        before = Terms("FOD_COM_BREACH_01", [term(72, "hours"), Term("FOD_COM_BREACH_01", "b", 1, "days", "term", "s")])

        after = before.moved("it", -1)

        assert (dict(after), dict(before)) == ({"it": 71, "b": 1}, {"it": 72, "b": 1})

    @pytest.mark.parametrize(
        ("unit", "is_number"), [("hours", True), ("count", True), ("text", False), ("list", False)]
    )
    def test_only_numbers_can_be_moved(self, unit, is_number):
        assert term(1 if is_number else "x", unit).is_number is is_number


class TestWords:
    @pytest.mark.parametrize(("value", "unit", "words"), IN_A_SENTENCE)
    def test_a_value_reads_as_in_a_sentence(self, value, unit, words):
        assert term(value, unit).words() == words

    def test_a_yardstick_is_called_ours_and_a_term_is_not(self):
        said = Term("FOD_COM_BREACH_01", "least", 10, "count", "yardstick", "ours")

        assert said.told() == "our yardstick: least: 10"
        assert term(72, "hours").told() == "it: 72 hours"

    @pytest.mark.parametrize("dpia", DPIAS)
    def test_every_term_of_the_package_has_words(self, dpia):
        every = [line for loaded in terms.load(dpia).values() for line in loaded.lines.values()]

        assert all(line.words() for line in every)

    def test_every_unit_is_shown_here(self):
        assert {unit for _, unit, _ in IN_A_SENTENCE} == set(terms.UNITS)
