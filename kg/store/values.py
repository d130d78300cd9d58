"""Plain Python values for RDF literals."""

from collections.abc import Mapping
from typing import Any

from kg.store.port import Table, Value
from kg.vocab import PREFIXES

XSD = PREFIXES["xsd"]
_FLOATS = frozenset({XSD + "decimal", XSD + "double", XSD + "float"})


def plain(lexical: str, datatype: str) -> Value:
    """Return the value of a literal as `kg.store.port.Table` says, or its text where it has none.

    >>> plain("12", XSD + "integer"), plain("1.5", XSD + "decimal"), plain("2035", XSD + "gYear")
    (12, 1.5, '2035')
    >>> plain("twelve", XSD + "integer")
    'twelve'
    """
    try:
        if datatype == XSD + "integer":
            return int(lexical)
        if datatype in _FLOATS:
            return float(lexical)
    except ValueError:
        return lexical
    if datatype == XSD + "boolean" and lexical in ("true", "1", "false", "0"):
        return lexical in ("true", "1")
    return lexical


def plain_term(term: Mapping[str, str] | None) -> Value:
    """Return the plain value of a term of SPARQL 1.1 Query Results JSON.

    >>> plain_term({"type": "literal", "value": "2", "datatype": XSD + "integer"})
    2
    >>> plain_term({"type": "bnode", "value": "b0"}), plain_term(None)
    ('_:b0', None)
    """
    if term is None:
        return None
    if term["type"] == "uri":
        return term["value"]
    if term["type"] == "bnode":
        return f"_:{term['value']}"
    return plain(term["value"], term.get("datatype", XSD + "string"))


def table_of(found: Mapping[str, Any]) -> Table:
    """Return SPARQL 1.1 Query Results JSON as rows of plain values.

    >>> table_of({"head": {"vars": ["x"]}, "results": {"bindings": [{}]}}).rows
    ((None,),)
    """
    names = tuple(found["head"].get("vars", ()))
    rows = tuple(
        tuple(plain_term(binding.get(name)) for name in names)
        for binding in found["results"]["bindings"]
    )
    return Table(names, rows)
