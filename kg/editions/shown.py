"""What of a store everybody may see, graph by graph.

A graph of one document goes over whole or not at all. In the graphs that documents share, what is
of an internal one stays behind.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from kg import rdf, storing
from kg.ids import BASE, document_of, graph_iri, iri
from kg.model import Decision
from kg.rdf.decisions import DECISION_GRAPH
from kg.rdf.findings import is_findings_graph, then
from kg.rdf.runs import RUN_GRAPH
from kg.rdf.statuses import STATUS_GRAPH, STATUSES, status_quads, statuses_in
from kg.rdf.uptake import BY_HAND, graph_of, is_uptake, uptake_iri
from kg.rdf.uptake import document_of as taking_up
from kg.store import Store, formats
from kg.store.lines import in_graph
from kg.uptake import Plan, plans
from kg.uptake.reading import read
from kg.vocab import PREFIXES

SHARED = frozenset({DECISION_GRAPH, STATUS_GRAPH, RUN_GRAPH})
_USED = PREFIXES["prov"] + "used"
_FINDING = iri("finding", "")
_OURS = f"<{BASE}".encode()


@dataclass(frozen=True)  # without slots: `plans` is worked out once
class Shown:
    """A store and the keys of the documents in it that are internal."""

    whole: Store
    hidden: frozenset[str]

    def is_plain(self, graph: str) -> bool:
        """Return whether everybody may see a graph just as it is."""
        if graph in SHARED:
            return False
        if is_findings_graph(graph):
            return self._used_by(graph).isdisjoint(self._documents)
        if graph.startswith(graph_iri("")) and document_of(graph) in self.hidden:
            return False
        plan = self._plan_of(graph)
        return plan is None or _above(plan).isdisjoint(self._documents)

    def quads(self, graph: str) -> bytes:
        """Return what a plain graph holds, as N-Quads."""
        return in_graph(self._triples(graph), graph, nquads=True)

    def statuses(self) -> bytes:
        """Return how far measures are, but for those of internal documents, as N-Quads."""
        known = statuses_in(self.whole.select(STATUSES).dicts())
        return status_quads(one for one in known if document_of(one.measure) not in self.hidden)

    def runs(self) -> bytes:
        """Return what builds made, but for internal documents, as N-Quads; a run of these alone goes."""
        lines = [line for line in self._triples(RUN_GRAPH).splitlines() if line.strip()]
        kept = [line for line in lines if not self._is_of_hidden(line)]
        used = f"<{_USED}>".encode()
        ran = {_subject(line) for line in lines if used in line}
        gone = ran - {_subject(line) for line in kept if used in line}
        left = b"\n".join(line for line in kept if _subject(line) not in gone)
        return in_graph(left, RUN_GRAPH, nquads=True)

    def decisions(self) -> tuple[list[Decision], list[Decision]]:
        """Return the decisions on statements of public documents, and the marks on any findings."""
        every = storing.decisions(self.whole)
        marks = [one for one in every if one.statement.startswith(_FINDING)]
        rest = [one for one in every if one not in marks and self._is_public(one.statement)]
        touched = {document_of(one.statement) for one in rest if is_uptake(one.statement)}
        lost = {link for key in touched for link in self._hidden_links(key)}
        return [one for one in rest if one.statement not in lost], marks

    def named_by_hand(self, graph: str) -> bytes:
        """Return of links that an internal document has a part in which public ones a person named.

        `kg.uptake.refresh` makes the links anew from these, and from what the document says itself.
        """
        plan = self._plan_of(graph)
        if plan is None or document_of(graph) in self.hidden:
            return b""
        named = sorted(plan.by_hand - self._documents)
        return "".join(f"<{graph}> <{BY_HAND}> <{one}> <{graph}> .\n" for one in named).encode()

    def turning(self, documents: Collection[str]) -> frozenset[str]:
        """Return the graphs that are to be looked at anew when these become internal, or public."""
        names = frozenset(iri("document", key) for key in documents)
        tied = (graph_of(plan.key) for plan in self.plans.values() if _above(plan) & names)
        kept = filter(is_findings_graph, self.whole.graphs())
        own = (graph for key in documents for graph in (graph_iri(key), graph_of(key)))
        return frozenset((*own, *tied, *kept))

    @cached_property
    def plans(self) -> dict[str, Plan]:
        """Return every document of the whole store, by IRI."""
        return plans(self.whole)

    @cached_property
    def _documents(self) -> frozenset[str]:
        return frozenset(iri("document", key) for key in self.hidden)

    def _plan_of(self, graph: str) -> Plan | None:
        """Return the document whose links a graph holds, None where it is another graph."""
        document = taking_up(graph)
        return self.plans.get(iri("document", document)) if document is not None else None

    def _is_public(self, statement: str) -> bool:
        return document_of(statement) not in self.hidden

    def _hidden_links(self, document: str) -> Iterator[str]:
        """Yield the link of each pair of an element of a public document and one of an internal one.

        Their names do not say what they tie: every pair is tried, where anybody decided on uptake.
        """
        plan = self.plans.get(iri("document", document))
        uppers = _above(plan) & self._documents if plan else frozenset()
        if plan is None or not uppers:
            return
        own = read(self.whole, plan.id).words
        for upper in sorted(uppers):
            for above in read(self.whole, upper).words:
                yield from (uptake_iri(document, lower, above) for lower in own)

    def _used_by(self, graph: str) -> set[str]:
        """Return the documents that the run of a graph of findings used."""
        rows = self.whole.select(
            f"SELECT DISTINCT ?document {{ VALUES ?used {{ <{_USED}> <{then(_USED)}> }} "
            f"GRAPH <{graph}> {{ ?run ?used ?document }} }}"
        ).rows
        return {str(document) for (document,) in rows}

    def _is_of_hidden(self, line: bytes) -> bool:
        ours = (term for term in line.split() if term.startswith(_OURS))
        return any(document_of(term.decode().strip("<>")) in self.hidden for term in ours)

    def _triples(self, graph: str | None) -> bytes:
        return b"".join(self.whole.read_graph(graph, formats.N_TRIPLES))


def _subject(line: bytes) -> bytes:
    return line.partition(b" ")[0]


def _above(plan: Plan) -> frozenset[str]:
    """Return the documents that *plan* is compared with."""
    return plan.cites | plan.by_hand


def decisions_quads(decisions: Collection[Decision]) -> bytes:
    """Return decisions as N-Quads, in a fixed order."""
    return rdf.decision_quads(sorted(decisions, key=lambda one: one.statement))
