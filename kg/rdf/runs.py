"""What a build did, as PROV: a graph of its own, so that the graphs of documents stay reproducible.

A run *used* documents; it *generated* the text and the graph of facts of each. The document itself
was made by its issuer, not by us. See docs/decisions/009-runs.md.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from kg import ids
from kg.rdf.terms import Triple, date_time, node, text
from kg.vocab import PREFIXES, RDF_TYPE, RDFS_LABEL, Class

RUN_GRAPH = ids.iri("graph", "runs")

_PROV = PREFIXES["prov"]
_VERSION = PREFIXES["owl"] + "versionInfo"


@dataclass(frozen=True, slots=True)
class Run:
    """One build: which, since when, by which version of the product."""

    key: str
    began: datetime
    version: str

    @classmethod
    def now(cls, began: datetime, version: str) -> "Run":
        """Return a run that begins now."""
        moment = began.isoformat(timespec="microseconds")
        return cls(ids.digest("run", moment, str(os.getpid())), began, version)

    @property
    def iri(self) -> str:
        """Return the run's IRI."""
        return ids.iri("run", self.key)


def recording(run: Run, documents: Sequence[str], *, at: datetime) -> str:
    """Return the update that tells that *run* made documents at this time.

    It is told as soon as they are stored: a build that is killed has said what it did.
    """
    ended = node(f"{_PROV}endedAtTime")
    lines = "\n".join(f"{s} {p} {o} ." for s, p, o in _triples(run, documents, at))
    return (
        f"{forgetting(documents)} ;\n"
        f"DELETE WHERE {{ GRAPH <{RUN_GRAPH}> {{ {node(run.iri)} {ended} ?at }} }} ;\n"
        f"INSERT DATA {{ GRAPH <{RUN_GRAPH}> {{ {lines} }} }}"
    )


def forgetting(documents: Sequence[str]) -> str:
    """Return the update that takes away what made these documents; the runs themselves stay."""
    made = " ".join(node(iri) for key in documents for iri in _made(key))
    return (
        f"DELETE {{ GRAPH <{RUN_GRAPH}> {{ ?thing ?p ?o }} }} WHERE {{ "
        f"VALUES ?thing {{ {made} }} GRAPH <{RUN_GRAPH}> {{ ?thing ?p ?o }} }}"
    )


def _made(document: str) -> tuple[str, str]:
    return ids.graph_iri(document), ids.iri("text", document)


def _triples(run: Run, documents: Sequence[str], at: datetime) -> Iterator[Triple]:
    this, tool = node(run.iri), node(ids.iri("software", f"quality-kg-{run.version}"))
    yield this, node(RDF_TYPE), node(Class.EXTRACTION_RUN)
    yield this, node(f"{_PROV}startedAtTime"), date_time(run.began)
    yield this, node(f"{_PROV}endedAtTime"), date_time(at)
    yield this, node(f"{_PROV}wasAssociatedWith"), tool
    yield tool, node(RDF_TYPE), node(f"{_PROV}SoftwareAgent")
    for lang in ("zh", "en"):
        yield tool, node(RDFS_LABEL), text(f"quality-kg {run.version}", lang)
    yield tool, node(_VERSION), text(run.version)
    for document in documents:
        source = node(ids.iri("document", document))
        yield this, node(f"{_PROV}used"), source
        for made in _made(document):
            yield node(made), node(f"{_PROV}wasGeneratedBy"), this
            yield node(made), node(f"{_PROV}wasDerivedFrom"), source
