"""Plain Python values for RDF literals."""

from kg.store.port import Value

XSD = "http://www.w3.org/2001/XMLSchema#"
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
