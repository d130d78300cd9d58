"""Is the graph what it should be? SHACL over the ontology, with the words behind each fault.

rdflib and pySHACL live here and nowhere else. They hold the whole graph in memory and need 0.1 to
0.2 ms a triple: right for plans by the hundred, not for a nation (validate its documents apart).
"""

import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from xml.sax import SAXException

import pyshacl
from rdflib import RDF, RDFS, SH, Dataset, Graph, Literal, URIRef
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node as Term
from rdflib.util import guess_format

from kg import ids
from kg.errors import MissingFileError, PayloadError
from kg.model import SEVERITY_RANK, Bilingual, Evidence, Severity
from kg.store.port import Store
from kg.vocab import Property

ONTOLOGY_GRAPH = ids.graph_iri("ontology")
_SEVERITY_OF = MappingProxyType(
    {SH.Violation: Severity.HIGH, SH.Warning: Severity.MEDIUM, SH.Info: Severity.INFO}
)
_SEVERITY_NAMES = MappingProxyType(
    {
        Severity.HIGH: Bilingual("错误", "violation"),
        Severity.MEDIUM: Bilingual("警告", "warning"),
        Severity.INFO: Bilingual("提示", "info"),
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that a shape objects to: a violation is high, a warning medium, the rest info."""

    focus: str
    severity: Severity
    message: Bilingual
    path: str | None = None
    value: str | None = None
    label: str | None = None
    evidence: tuple[Evidence, ...] = ()

    def line(self, lang: str) -> str:
        """Return the fault in one line of *lang*, with the words that the focus rests on."""
        parts = [_SEVERITY_NAMES[self.severity].to(lang), ids.key_of(self.focus)]
        parts += [f"“{self.label}”"] if self.label else []
        parts += [self.message.to(lang)]
        parts += [f"({ids.key_of(self.value)})"] if self.value else []
        parts += [_quoted(found, lang) for found in self.evidence[:1]]
        return "\t".join(parts)


@dataclass(frozen=True, slots=True)
class Report:
    """What the shapes say: every fault, the worst first, and how many triples were looked at."""

    faults: tuple[Fault, ...]
    triples: int

    @property
    def conforms(self) -> bool:
        """Return whether nothing is wrong; warnings and infos do not count."""
        return all(fault.severity is not Severity.HIGH for fault in self.faults)

    def lines(self, lang: str) -> Iterator[str]:
        """Yield the report in *lang*: one line a fault, then the sum."""
        for fault in self.faults:
            yield fault.line(lang)
        zh = f"{'符合约束' if self.conforms else '不符合约束'}：{self.triples} 条三元组，{len(self.faults)} 处"
        en = f"{'conforms' if self.conforms else 'does not conform'}: {self.triples} triples, {len(self.faults)} faults"
        yield Bilingual(zh, en).to(lang)


def validate(rdf: bytes, *, media_type: str = "application/n-quads") -> Report:
    """Return what the shapes say of *rdf*; named graphs count as one.

    Raises:
        PayloadError: It cannot be read as *media_type*.
    """
    return _validated(_parsed([(rdf, media_type)]))


def validate_store(store: Store) -> Report:
    """Return what the shapes say of all graphs that the product keeps in *store*."""
    names = [name for name in store.graphs() if name.startswith(ids.BASE)]
    media_type = "application/n-triples"
    return _validated(
        _parsed((b"".join(store.read_graph(name, media_type)), media_type) for name in names)
    )


def validate_files(paths: Sequence[Path]) -> Report:
    """Return what the shapes say of RDF files taken together: .ttl .nt .nq .trig .jsonld .rdf.

    Raises:
        MissingFileError: There is no such file.
        PayloadError: A file is no RDF.
    """
    documents = []
    for path in paths:
        format_name = guess_format(path.name)
        if format_name is None:
            raise PayloadError(detail=f"{path.name}: not a name of an RDF file")
        try:
            documents.append((path.read_bytes(), format_name))
        except FileNotFoundError as error:
            raise MissingFileError(path=path) from error
    return _validated(_parsed(documents))


def ontology_quads() -> bytes:
    """Return the ontology as N-Quads in `ONTOLOGY_GRAPH`, in a fixed order.

    >>> ontology_quads().count(b"#Task> ") > 3
    True
    """
    graph = _ontology()
    text = graph.serialize(format="nt", encoding="utf-8")
    end = f" <{ONTOLOGY_GRAPH}> .".encode()
    lines = sorted(line.removesuffix(b" .") + end for line in text.splitlines() if line)
    return b"\n".join(lines) + b"\n"


def _validated(data: Graph) -> Report:
    triples = len(data)
    for triple in _ontology():
        data.add(triple)
    _, results, _ = pyshacl.validate(data, shacl_graph=_shapes(), inplace=True)
    faults = [
        _fault(data, results, result) for result in results.subjects(RDF.type, SH.ValidationResult)
    ]
    faults.sort(
        key=lambda fault: (
            -SEVERITY_RANK[fault.severity],
            fault.focus,
            fault.message.zh,
            fault.value or "",
        )
    )
    return Report(tuple(faults), triples)


def _parsed(documents: Iterable[tuple[bytes, str]]) -> Graph:
    dataset = Dataset(default_union=True)
    for data, format_name in documents:
        try:
            with warnings.catch_warnings():  # rdflib 7.6 warns of its own inner calls
                warnings.simplefilter("ignore", DeprecationWarning)
                dataset.parse(data=data, format=format_name)
        except (BadSyntax, ParserError, SAXException, ValueError) as error:
            raise PayloadError(detail=f"not {format_name}: {error}") from error
    merged = Graph()
    for subject, predicate, value, _ in dataset.quads():
        merged.add((subject, predicate, value))
    return merged


@cache
def _ontology() -> Graph:
    return Graph().parse(data=(files("ontology") / "quality.ttl").read_bytes(), format="turtle")


@cache
def _shapes() -> Graph:
    return Graph().parse(data=(files("ontology") / "shapes.ttl").read_bytes(), format="turtle")


def _fault(data: Graph, results: Graph, result: Term) -> Fault:
    focus = results.value(result, SH.focusNode)
    messages = {
        m.language: str(m)
        for m in results.objects(result, SH.resultMessage)
        if isinstance(m, Literal)
    }
    any_message = next(iter(messages.values()), "")
    severity = results.value(result, SH.resultSeverity)
    label = next((str(name) for name in data.objects(focus, RDFS.label)), None)
    return Fault(
        focus=str(focus),
        severity=_SEVERITY_OF.get(URIRef(str(severity)), Severity.HIGH),
        message=Bilingual(messages.get("zh", any_message), messages.get("en", any_message)),
        path=_text(results.value(result, SH.resultPath)),
        value=_text(results.value(result, SH.value)),
        label=label,
        evidence=tuple(_evidence(data, focus)),
    )


def _evidence(data: Graph, focus: Term | None) -> Iterator[Evidence]:
    own = [focus] if focus and data.value(focus, URIRef(Property.MENTION_IN)) else []
    mentions = [*data.objects(focus, URIRef(Property.EVIDENCED_BY)), *own]
    for mention in sorted(mentions, key=str):
        words = data.value(mention, URIRef(Property.MENTION_IN))
        yield Evidence(
            document=_text(data.value(words, URIRef(Property.TEXT_OF))) or "",
            quote=_text(data.value(mention, URIRef(Property.EXACT))) or "",
            start=_integer(data, mention, Property.START),
            end=_integer(data, mention, Property.END),
            raw_start=_integer(data, mention, Property.RAW_START),
            raw_end=_integer(data, mention, Property.RAW_END),
            text_sha256=_text(data.value(words, URIRef(Property.TEXT_SHA256))) or "",
        )


def _quoted(found: Evidence, lang: str) -> str:
    place = f"{found.start}-{found.end}"
    quote = f"“{found.quote}”" if found.quote else ""
    where = Bilingual(f"原文 {place}{quote}", f"text {place} {quote}").to(lang)
    return f"{where} {ids.key_of(found.document)}".strip()


def _integer(data: Graph, subject: Term, name: Property) -> int:
    value = data.value(subject, URIRef(name), any=True)
    known = value.toPython() if isinstance(value, Literal) else None
    return known if isinstance(known, int) else -1


def _text(value: Term | None) -> str | None:
    return None if value is None else str(value)
