"""Tables after a write: what hangs on the graphs that were written is read, and nothing else.

The plans are invented.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import project as projecting
from kg.analysis.gaps import findings_of
from kg.analysis.project import Tables, project, read
from kg.analysis.renewed import node_column
from kg.analysis.schema import SPECS
from kg.ids import graph_iri
from kg.settings import Settings
from kg.store import Store, memory_store
from kg.store.embedded.disk import disk_store
from kg.vocab import NS, RDF_TYPE, RDFS_LABEL, Class, Property

ID = "https://w3id.org/qualitykg/id/"
GRAPHS = [graph_iri(name) for name in "abc"]


def _iri(name: str) -> str:
    return f"<{name if ':' in name else ID + name}>"


_THINGS = ["d1", "d2", "t1", "t2", "t3", "b1", "b2", "l1", "l2", "m1", "x1", "area", "i1"]
_OBJECTS = st.one_of(
    st.sampled_from(_THINGS).map(_iri),
    st.sampled_from(['"甲"@zh', '"乙"@zh', '"one"@en', '"2027"', '"0.5"', '"abc:d"', '"[:"']),
    st.sampled_from([NS + "county", NS + "lead", NS + "requires"]).map(_iri),
)
_CLASSES = st.sampled_from(sorted({kind for spec in SPECS for kind in spec.classes})).map(_iri)
_STEPS = sorted({s.lstrip("^") for spec in SPECS for c in spec.columns for p in c.paths for s in p})
_LINKS = st.sampled_from([*(step for step in _STEPS if ":" in step), RDFS_LABEL]).map(_iri)
_SUBJECTS = st.sampled_from(_THINGS).map(_iri)
_STATEMENTS = st.one_of(
    st.tuples(_SUBJECTS, st.just(_iri(RDF_TYPE)), _CLASSES),
    st.tuples(_SUBJECTS, _LINKS, _OBJECTS),
)
_WRITES = st.lists(
    st.tuples(st.sampled_from([*GRAPHS, "urn:client:notes"]), st.lists(_STATEMENTS, max_size=25)),
    min_size=2,
    max_size=5,
)


def _same(found: Tables, wanted: Tables) -> None:
    for name, table in wanted.named().items():
        assert found.named()[name].to_pylist() == table.to_pylist(), name


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Return how often a whole store was read so far."""
    times: list[Store] = []

    def counted(store: Store) -> Tables:
        times.append(store)
        return read(store)

    monkeypatch.setattr(projecting, "read", counted)
    return lambda: len(times)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(writes=_WRITES)
def test_after_any_writes_the_tables_are_those_of_a_whole_reading(
    tmp_path_factory: pytest.TempPathFactory,
    writes: list[tuple[str, list[tuple[str, str, str]]]],
) -> None:
    store = disk_store(tmp_path_factory.mktemp("store"))
    project(store)
    for graph, statements in writes:
        lines = "".join(f"{' '.join(statement)} <{graph}> .\n" for statement in statements)
        store.replace(graph, lines.encode())
        _same(project(store), read(store))
    store.close()


def _plan(graph: str, *, area: str, body: str) -> bytes:
    key = graph[-1]
    said = [
        (f"document/{key}", RDF_TYPE, _iri(Class.DOCUMENT)),
        (f"document/{key}", Property.APPLIES_IN, _iri("area/x")),
        (f"document/{key}", Property.STATES_BODIES, '"true"'),
        ("area/x", RDFS_LABEL, f'"{area}"@zh'),
        (f"task/{key}", RDF_TYPE, _iri(Class.TASK)),
        (f"task/{key}", Property.STATED_IN, _iri(f"document/{key}")),
        (f"duty/{key}", RDF_TYPE, _iri(Class.RESPONSIBILITY)),
        (f"duty/{key}", Property.RESPONSIBILITY_FOR, _iri(f"task/{key}")),
        (f"duty/{key}", Property.HELD_BY, _iri("body/1")),
        ("body/1", RDF_TYPE, _iri(Class.DEPARTMENT)),
        ("body/1", RDFS_LABEL, f'"{body}"@zh'),
    ]
    return "".join(f"{_iri(s)} <{p}> {o} <{graph}> .\n" for s, p, o in said).encode()


def test_one_written_document_does_not_make_the_whole_store_read(
    tmp_path: Path, whole: Callable[[], int]
) -> None:
    store = disk_store(tmp_path)
    for graph in GRAPHS:
        store.replace(graph, _plan(graph, area="青禾县", body="商务局"))
    before = project(store)
    store.replace(GRAPHS[0], _plan(GRAPHS[0], area="云溪县", body="商务局"))
    after = project(store)
    assert whole() == 1
    assert before.measures["area"].to_pylist() == ["青禾县"] * 3
    assert after.measures["area"].to_pylist() == ["云溪县"] * 3, "two names: the first in order"
    _same(after, read(store))
    options = Settings()
    assert findings_of(after, settings=options) == findings_of(read(store), settings=options)
    store.remove(GRAPHS[0])
    _same(project(store), read(store))
    assert whole() == 1
    store.close()


@pytest.mark.parametrize("said", ["_:b <urn:p> <urn:o>", f"<urn:t> <{RDFS_LABEL}> _:b"])
def test_what_has_no_name_is_read_with_the_whole_store(
    tmp_path: Path, whole: Callable[[], int], said: str
) -> None:
    store = disk_store(tmp_path)
    project(store)
    typed = f"<urn:t> <{RDF_TYPE}> <{Class.TASK}>"
    store.replace(GRAPHS[0], "".join(f"{one} <{GRAPHS[0]}> .\n" for one in (typed, said)).encode())
    _same(project(store), read(store))
    store.close()


def test_a_store_that_keeps_no_state_is_read_anew(whole: Callable[[], int]) -> None:
    store = memory_store()
    project(store)
    store.replace(GRAPHS[0], _plan(GRAPHS[0], area="青禾县", body="商务局"))
    assert project(store).measures.num_rows == 1
    assert whole() == 2


def test_every_table_tells_the_node_that_a_row_stands_for() -> None:
    assert {spec.name: node_column(spec) for spec in SPECS}["evidence"] == "mention"
