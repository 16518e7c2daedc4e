"""What a release file may hold, and that nothing can hide in one."""

from __future__ import annotations

import contextlib
import inspect
import json
import re
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpia_checks import release_commands
from dpia_checks.errors import ReleaseUnusable
from dpia_checks.release import bands, form
from dpia_checks.release.bands import band

from .conftest import ATTESTED, BREACH, CANARY, POST

HOSTILE = f"<script>{CANARY}</script>"


def read(tmp_path, content):
    (tmp_path / "r.json").write_bytes(content if isinstance(content, bytes) else form.text_of(content).encode())
    return form.read(tmp_path / "r.json", "FILE")


def refused(tmp_path, content):
    with pytest.raises(ReleaseUnusable) as error:
        read(tmp_path, content)
    assert CANARY not in str(error.value)
    assert "Traceback" not in str(error.value)
    assert str(error.value).startswith("FILE: ")
    return str(error.value)


def test_what_is_written_is_read_again(release, tmp_path):
    form.write(release, tmp_path / "out.json")

    assert form.read(tmp_path / "out.json", "FILE") == release


def test_no_file_is_overwritten(release, tmp_path):
    (tmp_path / "out.json").write_text("mine")

    with pytest.raises(ReleaseUnusable, match="there is a file of that name"):
        form.write(release, tmp_path / "out.json")
    assert (tmp_path / "out.json").read_text() == "mine"


TEXTS = [
    ("tool",),
    ("commit",),
    ("promises",),
    ("dpia",),
    ("taken_on",),
    ("as_of",),
    ("run_approval",),
    ("release_approval",),
    ("analyst",),
    ("approver",),
    ("released_on",),
    ("compared_with",),
    ("tables", "breaches", "keyed_digest"),
    ("tables", "breaches", "rows"),
    ("commitments", BREACH, "result"),
    ("commitments", BREACH, "tables"),
    ("commitments", BREACH, "judged"),
    ("commitments", ATTESTED, "attested_until"),
    ("yardsticks", "threshold"),
]


@pytest.mark.parametrize("way", TEXTS, ids=".".join)
@pytest.mark.parametrize(
    "value", [HOSTILE, [HOSTILE], {HOSTILE: 1}, None, 7], ids=["text", "list", "object", "null", "7"]
)
def test_no_free_text_fits_anywhere(changed, tmp_path, way, value):
    assert "does not follow" in refused(tmp_path, changed(*way, to=value))


@pytest.mark.parametrize(
    "way", [way for way in TEXTS if way[-1] not in {"compared_with", "tables", "rows", "judged", "threshold"}]
)
def test_no_line_end_fits_at_the_end_of_a_text(release, changed, tmp_path, way):
    held = release
    for step in way:
        held = held.get(step, "2022-10-02")

    refused(tmp_path, changed(*way, to=f"{held}\n"))


@pytest.mark.parametrize(
    "where", [(), ("tables",), ("commitments",), ("commitments", BREACH), ("yardsticks",)], ids=str
)
def test_no_key_of_another_name_fits(changed, tmp_path, where):
    refused(tmp_path, changed(*where, CANARY, to={"result": "not run", "tables": [], "rows": {"at_least": 0}}))


WRONG = {
    "a day that is none": (("released_on",), "2022-13-01", "calendar"),
    "released before taken": (("released_on",), "2022-09-30", "before its extract"),
    "an exact number of rows": (("tables", "breaches", "rows"), {"at_least": 14, "at_most": 14}, "no band"),
    "an open number of rows": (("tables", "breaches", "rows"), {"at_least": 10}, "no band"),
    "an unknown table": (
        ("tables", "z_canary"),
        {"rows": {"at_least": 0, "at_most": 0}, "keyed_digest": "0" * 64},
        "does not have",
    ),
    "a promise of the other document": (
        ("commitments", "LGE_COM_BREACH_01"),
        {"result": "not run", "tables": []},
        "another document",
    ),
    "a table that a promise cannot read": (("commitments", POST, "tables"), ["z_canary"], "does not have"),
    "an exact count": (("commitments", BREACH, "judged"), {"at_least": 14, "at_most": 14}, "no band"),
    "an exact count of violations": (("commitments", BREACH, "violations"), {"at_least": 3, "at_most": 3}, "no band"),
    "held with violations": (("commitments", BREACH, "result"), "held", "held with violations"),
    "a result without counts": (
        ("commitments", BREACH),
        {"result": "held", "tables": ["breaches"]},
        "without its counts",
    ),
    "counts without a result": (("commitments", BREACH, "result"), "too few records", "no result of"),
    "attested without a day": (("commitments", ATTESTED), {"result": "attested", "tables": []}, "until when"),
    "a result from no table": (("commitments", BREACH, "tables"), ["crc"], "not handed over"),
    "numbers that are no whole ones": (("tables", "breaches", "rows"), {"at_least": 10.0, "at_most": 24}, "no JSON"),
}


@pytest.mark.parametrize(("way", "to", "said"), WRONG.values(), ids=WRONG)
def test_what_fits_the_schema_must_still_make_sense(changed, tmp_path, way, to, said):
    assert said in refused(tmp_path, changed(*way, to=to))


def test_another_version_is_named(changed, tmp_path):
    assert "another version" in refused(tmp_path, changed("schema_version", to=2))


FILES = {
    "a second key of one name": lambda text: text.replace('"commit"', f'"commit": "{CANARY}", "commit"', 1),
    "blanks": lambda text: text + " " * 9,
    "a byte order mark": lambda text: "\ufeff" + text,
    "another order": lambda text: json.dumps(json.loads(text)),
    "cut off": lambda text: text[:-40],
    "something after it": lambda text: text + CANARY,
    "nested without end": lambda text: "[" * 100_000,
    "a list": lambda text: f'["{CANARY}"]',
    "a word": lambda text: f'"{CANARY}"',
    "evidence": lambda text: '{"project": "dpia_checks", "schema_version": 1}',
    "not a number": lambda text: text.replace('"at_least": 10', '"at_least": NaN', 1),
    "nothing": lambda text: "",
    "another project": lambda text: text.replace("dpia_checks", CANARY),
}


@pytest.mark.parametrize("spoil", FILES.values(), ids=FILES)
def test_a_file_is_what_its_content_is_written_as_or_refused(release, tmp_path, spoil):
    refused(tmp_path, spoil(form.text_of(release)).encode())


def test_bytes_that_are_no_text_are_refused(tmp_path):
    refused(tmp_path, b"\xff\xfe\x00")


def test_a_file_larger_than_any_release_is_not_read_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(form, "LARGEST", 100)

    assert "larger than any release" in refused(tmp_path, b" " * 101)


def test_what_is_no_file_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "nowhere", tmp_path / ("x" * 300)):
        with pytest.raises(ReleaseUnusable):
            form.read(path, "FILE")


def test_whoever_runs_the_checks_has_another_role_than_whoever_approves():
    assert not set(form.roles("analyst")) & set(form.roles("approver"))


def test_the_schema_is_one_and_says_its_version():
    import jsonschema_rs

    jsonschema_rs.meta.validate(form.schema())
    assert f"version {form.SCHEMA_VERSION}" in form.schema()["title"]
    assert form.schema()["properties"]["schema_version"]["const"] == form.SCHEMA_VERSION


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_file_with_any_bytes_in_place_of_its_own_is_refused_or_is_another_release(whole_release, data):
    own = form.text_of(whole_release).encode()
    start = data.draw(st.integers(0, len(own)))
    end = data.draw(st.integers(start, min(len(own), start + 40)))
    content = own[:start] + data.draw(st.binary(max_size=8) | st.sampled_from([b'"', b"9", b"{", b"null"])) + own[end:]

    with contextlib.suppress(ReleaseUnusable):
        assert form.text_of(form.parsed(content, "FILE")).encode() == content


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), json_values)
def test_any_value_in_place_of_another_is_refused_or_makes_another_release(whole_release, data, value):
    made = deepcopy(whole_release)
    at = made
    while isinstance(at, dict):
        key = data.draw(st.sampled_from(sorted(at)))
        if not isinstance(at[key], dict) or not at[key] or data.draw(st.booleans()):
            at[key], at = value, None
        else:
            at = at[key]

    with contextlib.suppress(ReleaseUnusable):
        assert form.parsed(form.text_of(made).encode(), "FILE") == made


REFERENCES = ["DPO-2022-014", "D-1", "A1", "14", "2022/14", "MOPAC.123456_123456Z", "OC-2022-3"]
NONE = ["JaneSmith", "jane1@x.org", "a1 b", "", "A1\n", "1234567", "é1", "/1", "SMITHS-1", "Jane-1", "J-S-1"]
NONE += ["2022-05-01", "20220501", "JANE-SMITH-2022", "DPO-2022-014 by Jane", "DPO-2022-014-JS", "D--1", "D-1-"]
NONE += ["A", "\u0661", "D-1\u2028"]


@pytest.mark.parametrize("text", [*REFERENCES, *NONE])
def test_a_reference_is_what_a_run_is_approved_under(text):
    from dpia_checks.evidence import schema
    from dpia_checks.manifests import REFERENCE

    pattern = schema()["properties"]["made_by"]["properties"]["extract_sets"]["items"]["properties"]["approval"]
    assert form.is_reference(text) == bool(REFERENCE.fullmatch(text)) == (text in REFERENCES)
    assert pattern["pattern"] == f"^{REFERENCE.pattern}$"


def test_what_reads_and_shows_a_release_needs_no_engine():
    """Whoever inspects a file, or builds the site, has no table to read."""
    modules = "dpia_checks.release.released, dpia_checks.release.inspection"
    engines = ("pyarrow", "pandas", "highspy", "numpy")
    code = f"import sys, {modules}; print([m for m in {engines} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


PAGE = (Path(__file__).parents[2] / "docs" / "releasing.md").read_text(encoding="utf-8")


def test_the_page_names_every_role_result_and_option():
    results = form.schema()["properties"]["commitments"]["additionalProperties"]["properties"]["result"]["enum"]
    options = re.findall(r'add_argument\(f?"(--[a-z]+)"', inspect.getsource(release_commands).partition("_inspect)")[0])

    assert [role for name in ("analyst", "approver") for role in form.roles(name) if f"`{role}`" not in PAGE] == []
    assert [result for result in results if result not in PAGE] == []
    assert len(options) > 4
    assert [option for option in options if option not in PAGE] == []


def test_the_page_has_the_numbers_of_the_yardsticks():
    shown = [band(0), band(1), band(bands.threshold())]

    assert f"| {'; '.join(map(str, shown))}; from there rounded to {bands.rounded_to()}," in PAGE
    assert f"Fewer than {bands.threshold()} are a few" in PAGE
    assert f"be at least {bands.threshold()} rows apart" in PAGE
