"""Imports point inwards, each adapter knows one framework, and nothing reads a column that it may not."""

import ast
import re
from pathlib import Path

import narwhals as nw
import pytest

from dpia_checks import DPIAS, schema
from dpia_checks.records import Records

SOURCE = Path(__file__).parents[1] / "src" / "dpia_checks"
RINGS = [
    {"errors", "silence", "notice", "memory", "__init__", "__main__"},
    {
        "csv_tables",
        "printed_dates",
        "identifiers",
        "name_words",
        "working_days",
        "extras",
        "apart",
        "broken_links",
        "passwords",
        "spark_session",
        "workbooks",
    },
    {"facts", "names", "schema", "since", "terms"},
    {"parsing", "violations", "parquet_tables", "locked", "old_workbooks", "midnights"},
    {"engines"},
    {"records", "needs", "csv_text", "typed_files", "spss_files", "manifests", "mappings"},
    {"rules", "rules_of_text", "rules_of_time", "deadlines", "examples", "extract_files", "evidence", "taken"},
    {"counts", "planting"},
    {"outcomes", "outputs", "proposing"},
    {"checks", "synthetic", "extracts", "statistical_disclosure", "lint", "parts", "release"},
    {"verification", "choosing"},
    {"builder_said"},
    {"sphinx_ext", "verdicts", "lint_tables", "progress", "exports", "project"},
    {"pytest_plugin", "pytest_entry"},
    {"locating", "release_commands", "verify_command"},
    {"cli"},
    {"site"},
]
"""The parts of the package from the inside out: each may import its own ring and those before it."""
FRAMEWORKS = {
    "pytest": {"pytest_plugin", "pytest_entry", "progress", "verify_command", "locating"},
    "_pytest": {"pytest_plugin"},
    "sphinx": {"sphinx_ext"},
    "sphinx_needs": {"sphinx_ext"},
    "docutils": {"sphinx_ext"},
    "jinja2": {"parts"},
    "xlsxwriter": {"exports"},
    "rich": {"cli", "verdicts", "lint_tables", "progress", "release_commands", "verify_command"},
    "argparse": {"cli", "release_commands", "verify_command", "site"},
    "highspy": {"statistical_disclosure"},
    "getpass": {"passwords"},
    "msoffcrypto": {"workbooks", "locked"},
    "olefile": {"old_workbooks"},
    "pyreadstat": {"apart"},
    "python_calamine": {"apart"},
    "pandas": {"engines"},
    "polars": {"engines"},
    "duckdb": {"engines"},
    "pyspark": {"engines", "spark_session"},
    "narwhals": {"engines", "parsing", "records", "rules", "rules_of_text", "rules_of_time", "deadlines"},
}
MODULES = sorted(SOURCE.rglob("*.py"))


def part(path: Path) -> str:
    """Return the first folder or the stem of a module below the package."""
    inside = path.relative_to(SOURCE)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def imported(path: Path) -> set[str]:
    """Return the dotted names that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def ring(name: str) -> int:
    return next(number for number, names in enumerate(RINGS) if name in names)


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_inwards(path):
    own = {name.split(".")[1] for name in imported(path) if name.startswith("dpia_checks.")}
    parts = {name for name in own if (SOURCE / name).is_dir() or (SOURCE / f"{name}.py").exists()}

    outward = {name for name in parts if name != part(path) and ring(name) > ring(part(path))}

    assert not outward


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_framework_is_known_to_its_adapter_only(path):
    roots = {name.split(".")[0] for name in imported(path)}

    strangers = {name for name in roots if name in FRAMEWORKS and part(path) not in FRAMEWORKS[name]}

    assert not strangers


def test_the_generator_imports_no_check():
    names = set().union(*(imported(path) for path in (SOURCE / "synthetic").rglob("*.py")))

    assert not {name for name in names if name.startswith("dpia_checks.checks")}


@pytest.mark.parametrize("path", sorted((SOURCE / "checks").glob("*.py")), ids=name_of)
def test_a_check_is_built_from_the_primitives_alone(path):
    third_party = {name.split(".")[0] for name in imported(path)} - {"__future__", "collections", "dpia_checks"}

    assert not third_party


VERBS = {"filter", "select", "drop", "rename", "with_columns", "head", "alias", "read"}
"""What a check may ask of a frame besides what the primitives do: rows and columns less, and other names."""
OF_A_FRAME = (
    {name for kind in (nw.DataFrame, nw.LazyFrame, nw.Expr, nw.Series) for name in dir(kind)}
    - set(dir(Records))
    - {"columns", "name", "row"}
)
OF_PYTHON = {name for kind in (str, list, dict, set, tuple) for name in dir(kind)}


@pytest.mark.parametrize("path", sorted((SOURCE / "checks").glob("*.py")), ids=name_of)
def test_no_check_reaches_around_the_primitives(path):
    """It neither brings a frame into memory by itself nor asks an engine for what engines disagree on."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    from_engines = {name.removeprefix("dpia_checks.engines.") for name in imported(path) if ".engines." in name}

    assert asked & (OF_A_FRAME - OF_PYTHON) <= VERBS
    assert from_engines <= {"Frame", "ROW"}


def test_nothing_asks_for_todays_date():
    calls = [
        f"{name_of(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}
    ]

    assert not calls


COMMITMENTS = Path(__file__).parent / "commitments"
CLIENTS = {"approved", "presupposed"}
"""The standings of a table of clients; a register has the third, and no table has both."""
PAST_THE_SCHEMA = {"_text", "texts", "_frame", "_read", "_masked"}
"""What holds the cells of an extract before the schema has said which columns there are."""


def functions(dpia: str) -> list[tuple[str, list[str], ast.FunctionDef, dict[str, set[str]]]]:
    """Return each verification: its file, its needs, itself, and the words of its module's constants by name."""
    found = []
    for path in sorted((COMMITMENTS / dpia).glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = {
            target.id: words(node.value)
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                needs = [word for decorator in node.decorator_list for word in words(decorator)]
                found.append((path.name, needs, node, constants))
    return found


def words(node: ast.AST) -> set[str]:
    """Return every text that stands in *node*."""
    return {inner.value for inner in ast.walk(node) if isinstance(inner, ast.Constant) and isinstance(inner.value, str)}


def said(function: ast.FunctionDef, constants: dict[str, set[str]]) -> set[str]:
    """Return the texts that *function* can hand to a check: its own but for its docstring, and its constants'."""
    body = function.body[1:]
    own = set().union(*map(words, body)) if body else set()
    names = {inner.id for node in body for inner in ast.walk(node) if isinstance(inner, ast.Name)}
    return own.union(*(constants[name] for name in names & set(constants)))


def asked_of_terms(function: ast.FunctionDef) -> set[str]:
    """Return the names of the terms that *function* asks for: they are no columns."""
    asked: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "terms":
            asked |= words(node.slice)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            asked |= words(node) if node.func.attr in {"number", "items_of"} else set()
    return asked


@pytest.mark.parametrize("dpia", DPIAS)
def test_a_table_is_of_clients_or_a_register_and_never_both(dpia):
    mixed = [
        table.name
        for table in schema.load(dpia).values()
        if {c.standing for c in table.columns.values()} & CLIENTS
        and "register" in {c.standing for c in table.columns.values()}
    ]

    assert not mixed


@pytest.mark.parametrize("dpia", DPIAS)
def test_a_verification_reads_no_column_of_clients_that_is_not_described(dpia):
    """
    A word that could be a column is a column of a table that the verification reads, a term, or a value.

    Asked of verifications that read a table of clients: another cannot reach a column of theirs.
    """
    tables, strange = {**schema.load(dpia), "needs": schema.needs_table()}, []
    for file, _, function, constants in functions(dpia):
        texts = said(function, constants)
        read = [tables[text] for text in texts if text in tables]
        if not any(column.standing in CLIENTS for table in read for column in table.columns.values()):
            continue
        known = {name for table in read for name in table.columns} | set(tables) | asked_of_terms(function)
        values = {value for table in read for column in table.columns.values() for value in column.values}
        own_words = {*known, *values, *schema.STANDINGS, *schema.TYPES}
        strange += [
            f"{file}: {word}" for word in texts if re.fullmatch(r"[a-z][a-z0-9_]*", word) and word not in own_words
        ]

    assert strange == []


@pytest.mark.parametrize("path", sorted((SOURCE / "checks").glob("[a-z]*.py")), ids=name_of)
def test_a_check_reads_no_column_by_name_that_is_not_described(path):
    described = {name for dpia in DPIAS for table in schema.load(dpia).values() for name in table.columns}
    named = {
        word
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "read"
        for word in words(node)
    }

    assert named <= described | set(schema.needs_table().columns)


READERS = sorted([*(SOURCE / "checks").glob("*.py"), *COMMITMENTS.rglob("test_*.py")])


@pytest.mark.parametrize("path", READERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_nobody_reads_past_the_schema(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))

    assert not {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} & PAST_THE_SCHEMA


def findings(dpia: str) -> list[set[str]]:
    """Return what each finding of *dpia* concerns."""
    pages = (Path(__file__).parents[1] / "docs" / dpia / "findings").glob("*.md")
    found = (re.findall(r"^:concerns: (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE) for page in pages)
    return [set(line.split(", ")) for each in found for line in each]


PRESUPPOSED = [
    (dpia, column)
    for dpia in DPIAS
    for table in schema.load(dpia).values()
    for column in table.columns.values()
    if column.standing == "presupposed"
]


@pytest.mark.parametrize(("dpia", "column"), PRESUPPOSED, ids=lambda given: getattr(given, "id", given))
def test_a_presupposed_column_names_its_promise_and_a_finding_says_that_it_is_not_listed(dpia, column):
    """The finding that concerns it also concerns a commitment, whose verification reads the column's table."""
    promises = {need for concerned in findings(dpia) if column.id in concerned for need in concerned if "_COM_" in need}
    reading = {
        need
        for _, needs, function, constants in functions(dpia)
        if column.table in said(function, constants)
        for need in needs
    }

    assert promises & reading
    assert column.purpose not in {"", "not stated"}


@pytest.mark.parametrize(("dpia", "column"), PRESUPPOSED, ids=lambda given: getattr(given, "id", given))
def test_a_presupposed_column_is_needed(dpia, column):
    """What no check reads is asked for in vain; the key is there to name a record by."""
    readers = [said(f, constants) for _, _, f, constants in functions(dpia) if column.table in said(f, constants)]
    in_checks = set().union(
        *(words(ast.parse(p.read_text(encoding="utf-8"))) for p in (SOURCE / "checks").glob("*.py"))
    )
    key = schema.load(dpia)[column.table].key

    assert column.column in {key, *in_checks} or any(column.column in texts for texts in readers)
