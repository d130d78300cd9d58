"""Decisions to quads and back. All lie in one graph of their own, so that no rebuild touches them."""

from collections.abc import Iterable, Iterator, Mapping

from kg import ids
from kg.model import Decision, RelationKind, Role, Verdict
from kg.rdf.terms import Triple, date, node, nquads, text
from kg.vocab import NS, RDF_TYPE, Class, Property, role_iri

DECISION_GRAPH = ids.graph_iri("decisions")

_PARTS = {
    "statement": Property.DECIDES,
    "verdict": Property.VERDICT,
    "decided_on": Property.DECIDED_ON,
}
_MORE = {
    "words": Property.CORRECTED_WORDS,
    "role": Property.CORRECTED_ROLE,
    "body": Property.CORRECTED_BODY,
    "target": Property.CORRECTED_TARGET,
    "relation": Property.CORRECTED_KIND,
    "note": Property.NOTE,
}


def decision_quads(decisions: Iterable[Decision]) -> bytes:
    """Return *decisions* as N-Quads in `DECISION_GRAPH`, in a fixed order."""
    return nquads(
        (triple for decision in decisions for triple in _triples(decision)), DECISION_GRAPH
    )


def decisions_query(document: str | None = None) -> str:
    """Return the query for all decisions, or for those on the document with this key."""
    told = " ; ".join(f"<{term}> ?{name}" for name, term in _PARTS.items())
    more = " ".join(f"OPTIONAL {{ ?this <{term}> ?{name} }}" for name, term in _MORE.items())
    only = f'FILTER(CONTAINS(STR(?this), "/{document}."))' if document else ""
    return (
        f"SELECT ?{' ?'.join((*_PARTS, *_MORE))} {{ GRAPH <{DECISION_GRAPH}> "
        f"{{ ?this a <{Class.DECISION}> ; {told} {only} {more} }} }} ORDER BY ?statement"
    )


def decisions_in(rows: Iterable[Mapping[str, object]]) -> list[Decision]:
    """Return the decisions in the rows of `decisions_query`."""
    return [
        Decision(
            statement=str(row["statement"]),
            verdict=Verdict(str(row["verdict"])),
            decided_on=str(row["decided_on"]),
            words=_told(row["words"]),
            role=Role(str(row["role"]).removeprefix(NS)) if row["role"] else None,
            body=_told(row["body"]),
            target=_told(row["target"]),
            relation=RelationKind(str(row["relation"])) if row["relation"] else None,
            note=_told(row["note"]),
        )
        for row in rows
    ]


def deciding(statement: str, decision: Decision | None) -> str:
    """Return the update that puts one decision where the earlier one on *statement* was."""
    this = node(ids.decision_iri(statement))
    remove = f"DELETE WHERE {{ GRAPH <{DECISION_GRAPH}> {{ {this} ?p ?o }} }}"
    if decision is None:
        return remove
    lines = "\n".join(f"{s} {p} {o} ." for s, p, o in _triples(decision))
    return f"{remove} ;\nINSERT DATA {{ GRAPH <{DECISION_GRAPH}> {{ {lines} }} }}"


def _triples(decision: Decision) -> Iterator[Triple]:
    this = node(ids.decision_iri(decision.statement))
    yield this, node(RDF_TYPE), node(Class.DECISION)
    yield this, node(Property.DECIDES), node(decision.statement)
    yield this, node(Property.VERDICT), text(decision.verdict)
    if day := date(decision.decided_on):
        yield this, node(Property.DECIDED_ON), day
    if decision.role:
        yield this, node(Property.CORRECTED_ROLE), node(role_iri(decision.role))
    if decision.target:
        yield this, node(Property.CORRECTED_TARGET), node(decision.target)
    for name in ("words", "body", "relation", "note"):
        if words := getattr(decision, name):
            yield this, node(_MORE[name]), text(words)


def _told(value: object) -> str | None:
    return None if value is None else str(value)
