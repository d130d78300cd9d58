"""A picture of chosen nodes: what it hides is summed up by the nearest thing that it shows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from kg.explore.cache import PerGeneration
from kg.explore.edges import edge_id, edges_among
from kg.explore.nodes import Gaps, nodes_of
from kg.explore.sparql import PROLOGUE, among, iri_of, values
from kg.explore.subgraph import Reach, Subgraph, Within, surroundings
from kg.explore.terms import RELATIONS, ROLE_RELATIONS, local_name
from kg.ids import BASE, key_of
from kg.model import SEVERITY_RANK, Edge, Node, Severity
from kg.store.port import Store

SUMMED = "sum:"  # begins the identifier of an edge that stands for what is hidden
_UP = frozenset({"partOf", "realises"})
_MOST_KEPT = 500  # documents
LED = ("ledBy", "undertakenBy")


_Row = tuple[str, str, str]  # source, relation, target
_ROWS: PerGeneration[dict[str, list[_Row]]] = PerGeneration(lambda _: {})


@dataclass(frozen=True, slots=True)
class Structure:
    """How all elements of the chosen documents hang together, shown or not.

    Of the bodies only those that matter are in ``rows``: who leads, and where nobody leads who
    undertakes.
    """

    rows: tuple[_Row, ...]
    parents: Mapping[str, list[str]]

    def shown_above(self, iri: str, shown: Mapping[str, object]) -> list[str]:
        """Return *iri* itself where it is shown, else the nearest shown things above it."""
        seen, layer = {iri}, [iri]
        while layer:
            hits = [one for one in layer if one in shown]
            if hits:
                return hits
            layer = [up for one in layer for up in self.parents.get(one, []) if up not in seen]
            seen.update(layer)
        return []


def structure(store: Store, documents: Iterable[str]) -> Structure:
    """Return how all that *documents* state hangs together."""
    rows = sorted({row for own in _rows_of(store, documents).values() for row in own})
    led = {source for source, relation, _ in rows if relation == "ledBy"}
    rows = [row for row in rows if row[1] != "undertakenBy" or row[0] not in led]
    parents: dict[str, list[str]] = defaultdict(list)
    for source, relation, target in rows:
        if relation in _UP:
            parents[source].append(target)
    return Structure(tuple(rows), parents)


def _rows_of(store: Store, documents: Iterable[str]) -> dict[str, list[_Row]]:
    """Return document -> what it states; whoever looks around asks for the same few again."""
    kept = _ROWS.of(store)
    wanted = list(documents)
    missing = [document for document in wanted if document not in kept]
    found: dict[str, list[_Row]] = {document: [] for document in missing}
    if missing:
        properties = [RELATIONS[name].iri for name in (*_UP, *LED, "contributesTo")]
        table = store.select(
            f"{PROLOGUE}SELECT DISTINCT ?d ?x ?p ?o WHERE {{ {values('d', missing)} "
            f"?x qkg:statedIn ?d ; ?p ?o {among('p', properties)} }}"
        )
        for document, source, prop, target in table.rows:
            row = (str(source), local_name(str(prop)), str(target))
            found[str(document)].append(row)
    known = {document: kept.get(document) or found.get(document, []) for document in wanted}
    if len(kept) > _MOST_KEPT:
        kept.clear()
    kept.update(known)
    return known


def view(
    store: Store,
    keys: Collection[str],
    *,
    limit: int,
    gaps: Gaps | None = None,
    hubs: Collection[str] = (),
) -> Subgraph:
    """Return just the nodes with these keys (the first *limit* of them) and what joins them.

    Keys of nothing are passed over. Relations that pictures leave out
    (`kg.explore.terms.Relation.hub`) are drawn where *hubs* names them.
    """
    wanted = list(dict.fromkeys(iri_of(key) for key in keys))
    kept = wanted[:limit]
    shown = nodes_of(store, kept, gaps=gaps)
    documents = sorted({BASE + node.document for node in shown.values() if node.document})
    nodes, edges = summed_up(store, shown, structure(store, documents), gaps=gaps)
    named = [name for name in hubs if name in RELATIONS and RELATIONS[name].hub]
    asked = edges_among(store, shown, relations=named) if named else []
    return Subgraph(nodes, (*edges, *asked), truncated=len(kept) < len(wanted), limit=limit)


def expanded(
    store: Store,
    keys: Collection[str],
    *,
    around: tuple[str, Within],
    limit: int,
    gaps: Gaps | None = None,
) -> Subgraph:
    """Return the view of *keys* and of what lies *around* a node, within so much.

    ``left_out`` counts by relation what was in reach but past the limit of the step.

    Raises:
        UnknownNodeError: Nothing in the graph has the key to go around.
    """
    start, within = around
    found = surroundings(store, start, within=within, gaps=gaps)
    every = [*keys, *(one.key for one in found.nodes)]
    names = tuple(Reach.of(within.relations).directions)
    graph = view(store, every, limit=limit, gaps=gaps, hubs=names)
    cut = graph.truncated or bool(found.left_out)
    return replace(graph, truncated=cut, left_out=found.left_out)


def summed_up(
    store: Store, shown: Mapping[str, Node], known: Structure, *, gaps: Gaps | None = None
) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """Return the nodes, each with the worst gap it hides, and the edges, direct and summed up."""
    direct = edges_among(store, shown)
    told = {edge.id for edge in direct}
    documents = [iri for iri, node in shown.items() if node.type == "document"]
    derived = _derived(known, shown, known=told) + _implementing(store, documents, told)
    worst = _rolled_up(known, shown, gaps or {})
    nodes = tuple(replace(one, gap=worst.get(iri, one.gap)) for iri, one in shown.items())
    return nodes, (*direct, *derived)


def _derived(structure: Structure, shown: Mapping[str, Node], *, known: set[str]) -> list[Edge]:
    """Return the edges that pass through something hidden, each once."""
    found: dict[str, Edge] = {}
    for source, relation, target in structure.rows:
        if source in shown and target in shown:
            continue
        if relation in _UP and source not in shown:
            continue
        ends = structure.shown_above(target, shown) if relation in _UP else [target]
        for start in structure.shown_above(source, shown):
            for end in ends:
                identifier = edge_id(start, relation, end)
                if end in shown and start != end and identifier not in known:
                    found[identifier] = _through(SUMMED + identifier, start, relation, end)
    return [found[identifier] for identifier in sorted(found)]


def _implementing(store: Store, documents: list[str], known: set[str]) -> list[Edge]:
    """Return which document carries out which other, told by the title it cites."""
    if not documents:
        return []
    table = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?d ?e WHERE {{ {values('d', documents)} "
        "?d qkg:implements/^qkg:citedAs ?e }"
    )
    pairs = sorted((str(lower), str(upper)) for lower, upper in table.rows)
    edges = [
        Edge(edge_id(lower, "implements", upper), lower, upper, "implements")
        for lower, upper in pairs
        if upper in documents and lower != upper
    ]
    return [edge for edge in edges if edge.id not in known]


def _through(identifier: str, source: str, relation: str, target: str) -> Edge:
    role = ROLE_RELATIONS.get(relation)
    return Edge(identifier, source, target, relation, stated=False, role=role)


def _rolled_up(structure: Structure, shown: Mapping[str, Node], gaps: Gaps) -> dict[str, Severity]:
    worst: dict[str, Severity] = {}
    for iri in {source for source, _, _ in structure.rows}:
        severity = gaps.get(key_of(iri))
        for above in structure.shown_above(iri, shown) if severity else []:
            kept = worst.get(above)
            if severity and (kept is None or SEVERITY_RANK[severity] > SEVERITY_RANK[kept]):
                worst[above] = severity
    return worst
