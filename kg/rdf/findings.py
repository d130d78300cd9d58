"""Findings as RDF: what one says, and the run that made them.

The newest run has a graph below `kg.ids.BASE`, so that every query sees its findings; an older one
is put out of sight into a graph of its own under `OLDER`, and its properties are named as those of
then (`then`): an engine whose default graph is the union of all graphs shows that graph too, and
merged, a finding would have the severity of each run.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from kg import ids
from kg.model import Finding
from kg.rdf.terms import Triple, date_time, decimal, node, text
from kg.vocab import NS, PREFIXES, RDF_TYPE, RDFS_LABEL, Class, Property

NEWEST = ids.iri("graph", "findings-")
OLDER = "urn:qualitykg:findings:"
_THEN = "urn:qualitykg:then:"
CONTENT = PREFIXES["dct"] + "identifier"
_PROV = PREFIXES["prov"]
_NOTE = PREFIXES["skos"] + "note"


@dataclass(frozen=True, slots=True)
class AnalysisRun:
    """One analysis: since and until when, by which version, of which documents, by which settings.

    ``content`` stands for all that the findings hang on and say; ``settings`` are ``name=value``.
    """

    content: str
    began: datetime
    ended: datetime
    version: str
    documents: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Return the key of the run."""
        return ids.digest("analysis", self.content, self.began.isoformat())


def run_iri(key: str) -> str:
    """Return the IRI of the run with this key."""
    return ids.iri("run", key)


def then(name: str) -> str:
    """Return the name that a property has in the graph of an older run.

    >>> then(Property.SEVERITY)
    'urn:qualitykg:then:https://w3id.org/qualitykg/ns#severity'
    """
    return _THEN + name


def is_findings_graph(graph: str) -> bool:
    """Return whether *graph* is one of stored findings, of whichever run.

    >>> is_findings_graph("urn:qualitykg:findings:3f2a90c1de")
    True
    """
    return graph.startswith((NEWEST, OLDER))


def storing(run: AnalysisRun, found: Sequence[Finding], *, before: str | None) -> str:
    """Return the update that puts a run and its findings where the run *before* was."""
    lines = "\n".join(sorted({f"{s} {p} {o} ." for s, p, o in _all(run, found)}))
    insert = f"INSERT DATA {{ GRAPH <{NEWEST}{run.key}> {{\n{lines}\n}} }}"
    if before is None:
        return insert
    return f"""INSERT {{ GRAPH <{OLDER}{before}> {{ ?s ?then ?o }} }}
WHERE {{ GRAPH <{NEWEST}{before}> {{ ?s ?p ?o }} BIND(IRI(CONCAT("{_THEN}", STR(?p))) AS ?then) }} ;
DROP SILENT GRAPH <{NEWEST}{before}> ;
{insert}"""


def finding_triples(finding: Finding) -> Iterator[Triple]:
    """Yield what a finding says."""
    this = node(finding.id)
    yield this, node(RDF_TYPE), node(Class.FINDING)
    yield this, node(Property.OF_GAP_TYPE), node(NS + finding.type)
    yield this, node(Property.SEVERITY), text(finding.severity)
    yield this, node(Property.CONFIDENCE), decimal(finding.confidence)
    for lang in ("zh", "en"):
        yield this, node(Property.REASON), text(finding.reason.to(lang), lang)
        yield this, node(Property.REMEDY), text(finding.remedy.to(lang), lang)
    for one in finding.subjects:
        yield this, node(Property.CONCERNS), node(one.id)
    for proposed in finding.candidates:
        yield this, node(Property.CANDIDATE), node(proposed.body)
    for span in finding.evidence:
        if span.quote:
            key = ids.mention_key(span.document.rpartition("/")[2], span.start, span.end)
            yield this, node(Property.EVIDENCED_BY), node(ids.iri("mention", key))


def _all(run: AnalysisRun, found: Sequence[Finding]) -> Iterator[Triple]:
    yield from _run_triples(run)
    for finding in found:
        yield from finding_triples(finding)
        yield from _grounds(run, finding)


def _run_triples(run: AnalysisRun) -> Iterator[Triple]:
    this, tool = node(run_iri(run.key)), node(ids.iri("software", f"quality-kg-{run.version}"))
    yield this, node(RDF_TYPE), node(Class.ANALYSIS_RUN)
    yield this, node(f"{_PROV}startedAtTime"), date_time(run.began)
    yield this, node(f"{_PROV}endedAtTime"), date_time(run.ended)
    yield this, node(f"{_PROV}wasAssociatedWith"), tool
    yield this, node(CONTENT), text(run.content)
    for document in run.documents:
        yield this, node(f"{_PROV}used"), node(document)
    for setting in run.settings:
        yield this, node(_NOTE), text(setting)
    yield tool, node(RDF_TYPE), node(f"{_PROV}SoftwareAgent")
    for lang in ("zh", "en"):
        yield tool, node(RDFS_LABEL), text(f"quality-kg {run.version}", lang)


def _grounds(run: AnalysisRun, finding: Finding) -> Iterator[Triple]:
    """Yield which run made a finding, the text searched, candidates' grounds, the query."""
    this = node(finding.id)
    yield this, node(f"{_PROV}wasGeneratedBy"), node(run_iri(run.key))
    for span in finding.evidence:
        if not span.quote:
            where = f"{span.document} {span.start}-{span.end}"
            yield this, node(_NOTE), text(f"查找范围：{where}", "zh")
            yield this, node(_NOTE), text(f"searched: {where}", "en")
    for proposed in finding.candidates:
        for lang, mark in (("zh", "："), ("en", ": ")):
            words = proposed.label.to(lang) + mark + proposed.ground.to(lang)
            yield this, node(_NOTE), text(words, lang)
    if finding.query:
        yield this, node(PREFIXES["rdfs"] + "seeAlso"), node(ids.iri("query", finding.query))
