"""The evidence in the full form of the Web Annotation Data Model, made on export.

The store keeps one node a mention (`qkg:Mention`, an `oa:SpecificResource`). Here each becomes an
`oa:Annotation` whose bodies are the statements that rest on it, and whose targets are the span in
the clean text and the same span in the raw text, each told by position and, where the words are at
hand, by quotation. https://www.w3.org/TR/annotation-model/#selectors
"""

from collections.abc import Callable, Iterator

from kg.ids import BASE
from kg.rdf.terms import node, text
from kg.store import Store, formats
from kg.vocab import PREFIXES

RawText = Callable[[str, str], str | None]
"""Gives the raw text of the file with this SHA-256 and name, or ``None`` where it is not kept."""

_OA, _RDF = PREFIXES["oa"], PREFIXES["rdf"]
_ALL = f"""
PREFIX qkg: <{PREFIXES["qkg"]}> PREFIX oa: <{_OA}> PREFIX dct: <{PREFIXES["dct"]}>
CONSTRUCT {{
  ?annotation a oa:Annotation ; oa:motivatedBy oa:linking ; oa:hasBody ?statement ;
    oa:hasTarget ?m, ?raw .
  ?m a oa:SpecificResource ; oa:hasSource ?text ; oa:hasSelector ?position, ?quote .
  ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
  ?quote a oa:TextQuoteSelector ; oa:exact ?exact .
  ?raw a oa:SpecificResource ; oa:hasSource ?file ; oa:hasSelector ?rawPosition .
  ?rawPosition a oa:TextPositionSelector ; oa:start ?rawStart ; oa:end ?rawEnd .
  ?text dct:isFormatOf ?file ; qkg:textOf ?document .
}} WHERE {{
  ?statement qkg:evidencedBy ?m .
  ?m qkg:mentionIn ?text ; qkg:start ?start ; qkg:end ?end ; qkg:rawStart ?rawStart ;
    qkg:rawEnd ?rawEnd .
  ?text qkg:textOf ?document .
  OPTIONAL {{ ?m qkg:exact ?exact BIND(IRI(CONCAT(STR(?m), "#quote")) AS ?quote) }}
  BIND(IRI(CONCAT(STR(?m), "#annotation")) AS ?annotation)
  BIND(IRI(CONCAT(STR(?m), "#position")) AS ?position)
  BIND(IRI(CONCAT(STR(?m), "#raw")) AS ?raw)
  BIND(IRI(CONCAT(STR(?m), "#raw-position")) AS ?rawPosition)
  BIND(IRI(CONCAT(STR(?text), "#raw")) AS ?file)
}}"""
_RAW_SPANS = f"""
PREFIX qkg: <{PREFIXES["qkg"]}>
SELECT DISTINCT ?sha ?name ?m ?start ?end {{
  ?m qkg:mentionIn ?text ; qkg:rawStart ?start ; qkg:rawEnd ?end ; qkg:exact ?words .
  ?text qkg:rawSha256 ?sha ; qkg:fileName ?name .
  FILTER(STRSTARTS(STR(?m), "{BASE}"))
}} ORDER BY ?sha ?name ?start ?end"""


def annotations(store: Store, *, raw_text: RawText | None = None) -> Iterator[bytes]:
    """Yield the annotations as N-Triples.

    Where the graph holds no words of a document (``qkg:exact``), they are not told from the raw
    text either.
    """
    yield from store.answer(_ALL, [formats.N_TRIPLES]).blocks
    if raw_text is None:
        return
    known: dict[tuple[str, str], str | None] = {}
    for sha, name, mention, start, end in store.select(_RAW_SPANS).rows:
        file = (str(sha), str(name))
        if file not in known:
            known = {file: raw_text(*file)}  # rows come file by file: one text in memory
        words = known[file]
        if words is not None:
            yield _raw_quote(str(mention), words[int(start or 0) : int(end or 0)])


def _raw_quote(mention: str, words: str) -> bytes:
    raw, quote = node(f"{mention}#raw"), node(f"{mention}#raw-quote")
    lines = (
        (raw, node(f"{_OA}hasSelector"), quote),
        (quote, node(f"{_RDF}type"), node(f"{_OA}TextQuoteSelector")),
        (quote, node(f"{_OA}exact"), text(words)),
    )
    return "".join(f"{s} {p} {o} .\n" for s, p, o in lines).encode()
