"""Tasks by their names, as a graph and as search finds them."""

from kg.explore import LabelIndex
from kg.ids import BASE, graph_iri
from kg.store.port import Store

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
ONE, TWO = graph_iri("one"), graph_iri("two")


def named(graph: str, names: dict[str, str]) -> bytes:
    """Return N-Quads of tasks with these names, by key."""
    return "".join(
        f'<{BASE}task/{key}> <{LABEL}> "{name}"@zh <{graph}> .\n'
        f"<{BASE}task/{key}> <{TYPE}> <https://w3id.org/qualitykg/ns#Task> <{graph}> .\n"
        for key, name in names.items()
    ).encode()


def found(index: LabelIndex, store: Store, query: str) -> list[str]:
    """Return the keys of the tasks that *query* finds, best first."""
    return [name.thing.removeprefix(f"{BASE}task/") for name in index.find(store, query, limit=50)]
