"""The competency questions of the ontology, each with the rows that the shipped example gives.

The rows in expected_queries/ were read one by one. Where a rule changes what the example says, run
``QKG_REWRITE_EXPECTED=1 pytest tests/quality/test_questions.py`` and read what changed.
"""

import csv
import io
import os
from pathlib import Path

import pytest

from kg.analysis.saved import QUESTIONS, SavedQuery, saved_queries
from kg.ids import BASE
from kg.store import Body, Store, Table, memory_store
from kg.vocab import NS
from kg.workspace import Workspace

EXPECTED = Path(__file__).parent / "expected_queries"
WITNESS = Path(__file__).parents[1] / "data" / "questions.trig"
ASKED = tuple(query for query in saved_queries() if query.question)

NOTHING_TO_TELL = frozenset({"untranslated-terms"})
"""A question that the shipped plans give no rows for; the invented graph has some."""

OF_WITNESS = {
    "chain": [
        "taskGroup/upper,taskGroup/lower,开展产业链质量攻关,2,area/lower,中溪市,body/lower,中溪市工业和信息化局"
    ],
    "conflicts": ["taskGroup/upper,实施产业链质量攻关,taskGroup/other,压减检验费用"],
    "findings": [
        "finding/1,qkg:G02,无牵头单位,medium,有责任单位，没有牵头单位,taskGroup/upper,实施产业链质量攻关,实施产业链质量攻关"
    ],
    "untranslated-terms": ["qkg:inventedTerm,zh"],
    "uptake-per-area": ["document/lower,中溪市质量提升方案,中溪市,document/upper,2,1"],
}


@pytest.fixture(scope="module")
def witness() -> Store:
    from kg.validate import ontology_quads

    store = memory_store()
    store.load_dataset(
        [
            Body(WITNESS.read_bytes(), "application/trig"),
            Body(ontology_quads(), "application/n-quads"),
        ]
    )
    return store


def _lines(table: Table) -> list[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in table.rows:
        writer.writerow(["" if cell is None else _short(cell) for cell in row])
    return out.getvalue().splitlines()


def _short(cell: object) -> object:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return f"{cell:g}"
    return cell.removeprefix(BASE).replace(NS, "qkg:") if isinstance(cell, str) else cell


def _expected(query: SavedQuery, table: Table) -> list[str]:
    path = EXPECTED / f"{query.name}.csv"
    if os.environ.get("QKG_REWRITE_EXPECTED"):
        EXPECTED.mkdir(exist_ok=True)
        path.write_text("\n".join([",".join(table.names), *_lines(table)]) + "\n", "utf-8")
    return path.read_text("utf-8").splitlines()


def test_every_question_has_one_query_and_its_rows() -> None:
    assert sorted(query.question or 0 for query in ASKED) == list(range(1, QUESTIONS + 1))
    assert QUESTIONS == 26
    assert {path.stem for path in EXPECTED.glob("*.csv")} == {query.name for query in ASKED}


@pytest.mark.slow
@pytest.mark.parametrize("query", ASKED, ids=lambda query: query.name)
def test_the_example_answers_as_expected(example: Workspace, query: SavedQuery) -> None:
    table = example.store.select(query.text)
    assert [",".join(table.names), *_lines(table)] == _expected(query, table)
    assert len(set(table.rows)) == len(table.rows), "a row stands there twice"
    assert bool(table.rows) != (query.name in NOTHING_TO_TELL)


@pytest.mark.parametrize("name", OF_WITNESS)
def test_what_the_example_has_none_of_is_found_where_there_is_some(
    witness: Store, name: str
) -> None:
    query = next(query for query in ASKED if query.name == name)
    assert _lines(witness.select(query.text)) == OF_WITNESS[name]
    assert OF_WITNESS.keys() >= NOTHING_TO_TELL
