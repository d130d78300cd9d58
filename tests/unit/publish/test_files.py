"""The facts as network and as tables: nothing left out, nothing that an office program would run."""

from pathlib import Path

import networkx as nx
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from kg.analysis.project import tables_of
from kg.errors import FormatError, HomeError
from kg.publish import whole_network, write_export
from kg.publish.network import EDGES, NETWORK_ENDINGS, NODES, network_file
from kg.publish.tables import TABLE_ENDINGS, write_tables
from kg.store import memory_store

FACTS = tables_of(
    {
        "measures": [
            {"id": "m", "kind": "task", "label_zh": "制定分级标准", "due_year": 2031},
            {"id": "n", "kind": "action", "label_zh": "=1+1", "label_en": "<b>&"},
        ],
        "bodies": [{"id": "b", "kind": "department", "label": "云溪省财政厅"}],
        "responsibilities": [
            {"id": "r", "measure": "m", "body": "b", "role": "lead"},
            {"id": "s", "measure": "m", "body": "b", "role": "supervisor"},
            {"id": "t", "measure": "gone", "body": "b", "role": "lead"},
        ],
        "dependencies": [{"id": "d", "source": "n", "target": "m", "kind": "requires"}],
    }
)
READERS = {".graphml": nx.read_graphml, ".gexf": nx.read_gexf}


@pytest.mark.parametrize("ending", NETWORK_ENDINGS)
def test_a_network_comes_back_with_all_that_was_known(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"facts{ending}"
    path.write_bytes(b"".join(network_file(FACTS, ending)))
    found = READERS[ending](path)
    assert set(found.nodes) == {"m", "n", "b"}
    assert found.nodes["m"]["due_year"] == 2031
    assert found.nodes["n"]["label_en"] == "<b>&"
    relations = [(*ends, told["relation"]) for *ends, told in found.edges(data=True)]
    assert sorted(relations) == [
        ("b", "m", "lead"),
        ("b", "m", "supervisor"),
        ("n", "m", "requires"),
    ]


@pytest.mark.parametrize("ending", NETWORK_ENDINGS)
def test_a_network_is_xml_whatever_characters_a_name_has(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"facts{ending}"
    named = {"id": "m", "kind": "task", "label_zh": "推进\x0b共享\ufffe"}
    path.write_bytes(b"".join(network_file(tables_of({"measures": [named]}), ending)))
    assert READERS[ending](path).nodes["m"]["label"] == "推进共享"


def test_every_end_of_an_edge_is_a_column() -> None:
    tables = FACTS.named()
    assert all(
        {edges.source, edges.target} <= set(tables[name].column_names)
        for name, edges in EDGES.items()
    )
    assert NODES.keys() <= tables.keys()
    assert whole_network(FACTS).number_of_edges() == 3


@pytest.mark.parametrize("ending", TABLE_ENDINGS)
def test_every_table_is_a_file(tmp_path: Path, ending: str) -> None:
    folder = tmp_path / f"facts{ending}"
    for _ in range(2):  # an older export gives way
        write_tables(FACTS, folder)
    names = {path.stem for path in folder.iterdir()}
    assert names == set(FACTS.named())
    assert _read(folder / f"responsibilities{ending}").num_rows == 3
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_parquet_keeps_types_and_csv_runs_no_formula(tmp_path: Path) -> None:
    for ending in TABLE_ENDINGS:
        write_tables(FACTS, tmp_path / f"facts{ending}")
    kept = _read(tmp_path / "facts.parquet" / "measures.parquet")
    assert kept.equals(FACTS.measures)
    assert b"'=1+1" in (tmp_path / "facts.csv" / "measures.csv").read_bytes()


def test_a_folder_of_others_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "facts.csv"
    folder.mkdir()
    (folder / "diary.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(HomeError, match="holds other things"):
        write_tables(FACTS, folder)
    assert (folder / "diary.txt").exists()


def test_an_ending_that_is_none_names_all_that_are(tmp_path: Path) -> None:
    with pytest.raises(FormatError) as told:
        write_export(memory_store(), tmp_path / "facts.xyz")
    for ending in (".nq.gz", ".graphml", ".csv/", ".parquet/"):
        assert ending in str(told.value)


def _read(path: Path) -> pa.Table:
    if path.suffix == ".csv":
        return pyarrow.csv.read_csv(path)
    return pyarrow.parquet.read_table(path)
