"""What ships with this version: the graphs that every store gets, and the example data."""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from kg.analysis.executables import QUERY_GRAPH, query_quads
from kg.analysis.gaps.terms import added_terms
from kg.home import Home, sha256
from kg.rdf.authority import AUTHORITY_GRAPH, authority_quads
from kg.rdf.terms import nquads
from kg.store.port import Store


def graphs() -> dict[str, bytes]:
    """Return graph -> N-Quads of ontology, authorities and saved queries.

    Raises:
        PluginError: A package adds gap types, and its catalogue is wrong.
    """
    from kg.validate import ONTOLOGY_GRAPH, ontology_quads

    return {
        ONTOLOGY_GRAPH: ontology_quads() + nquads(added_terms(), ONTOLOGY_GRAPH),
        AUTHORITY_GRAPH: authority_quads(),
        QUERY_GRAPH: query_quads(),
    }


def keep(store: Store, home: Home) -> None:
    """Put the graphs of this version into *store*, unless *home* remembers that it has them.

    Raises:
        StoreError: The store failed.
    """
    wanted = graphs()
    version = sha256(b"".join(wanted.values()))
    if home.reference == version and all(store.has_graph(graph) for graph in wanted):
        return
    for graph, quads in wanted.items():
        store.replace(graph, quads)
    home.note_reference(version)


def example_facts() -> dict[str, bytes]:
    """Return graph -> N-Quads of the shipped facts."""
    facts = (item.read_bytes() for item in _data().joinpath("facts").iterdir())
    return {_graph_of(quads): quads for quads in facts}


def example_plans() -> list[Path]:
    """Return the shipped plans; their governments and places are fictional."""
    return sorted(Path(str(_data() / "plans")).glob("*.txt"))


def _graph_of(quads: bytes) -> str:
    return quads.split(b"\n", 1)[0].rpartition(b"<")[2].partition(b">")[0].decode()


def _data() -> Traversable:
    return resources.files("data")
