"""docs/analysis.md lists what the SQL of the rules uses beyond ANSI."""

import re
from pathlib import Path

RULES = Path(__file__).parents[2] / "kg/analysis/gaps/rules"
DOCS = Path(__file__).parents[2] / "docs/analysis.md"
ANSI = """abs avg cast chr coalesce count extract greatest lag lead least length max min nullif round
    row_number substr substring sum trim upper lower position rank exists
    regexp_replace"""  # the same in DuckDB, Spark and Postgres
NO_FUNCTION = """as and by filter from in is join known not on or over select union using values
    when where with then else case distinct having"""


def used() -> dict[str, set[str]]:
    """Return each function that a rule calls, and the files that do."""
    found: dict[str, set[str]] = {}
    for path in RULES.glob("*.sql"):
        text = re.sub(r"--.*", "", path.read_text("utf-8"))
        bare = re.sub(r"'[^']*'", "''", text).lower()
        own = set(re.findall(r"(\w+)\([\w, ]*\) as \(", bare))  # a table named with its columns
        for name in set(re.findall(r"\b([a-z_]+)\s*\(", bare)) - {*NO_FUNCTION.split()} - own:
            found.setdefault(name, set()).add(path.name)
    return found


def test_every_function_of_the_rules_is_ansi_or_listed() -> None:
    listed = {*ANSI.split(), *re.findall(r"`(\w+)[(`]", DOCS.read_text("utf-8"))}
    found = used()
    assert len(found) > 20
    assert {name: files for name, files in found.items() if name not in listed} == {}


def test_no_rule_recurses_and_only_the_search_for_evidence_joins_as_of() -> None:
    texts = {path.name: path.read_text("utf-8").lower() for path in RULES.glob("*.sql")}
    assert [name for name, text in texts.items() if "recursive" in text] == []
    assert [name for name, text in texts.items() if re.search(r"\basof\b", text)] == [
        "searched.sql"
    ]
