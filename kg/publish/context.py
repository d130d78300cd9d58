"""The JSON-LD context: short names for our terms, made from `kg.vocab` and the ontology.

https://www.w3.org/TR/json-ld11/#the-context
"""

import json
from collections.abc import Mapping
from functools import cache

from kg.publish.terms import Term, term_of
from kg.vocab import NS, PREFIXES, Class, Property

CONTEXT_PATH = "/ns/context.jsonld"
_XSD = PREFIXES["xsd"]
_NATIVE = frozenset(f"{_XSD}{name}" for name in ("string", "integer", "boolean"))


@cache
def context() -> Mapping[str, object]:
    """Return the context: prefixes, classes by name, properties by name with what they hold.

    >>> context()["ledBy"]
    {'@id': 'qkg:ledBy', '@type': '@id'}
    >>> context()["Task"], context()["confidence"]
    ('qkg:Task', {'@id': 'qkg:confidence', '@type': 'xsd:decimal'})
    """
    made: dict[str, object] = {"@version": 1.1}
    made |= {name: iri for name, iri in PREFIXES.items() if name != "id"}
    made["label"] = {"@id": "rdfs:label", "@container": "@language"}
    made |= {_name(term): f"qkg:{_name(term)}" for term in Class}
    made |= {_name(term): _held(term_of(term), _name(term)) for term in Property}
    return made


def context_json() -> bytes:
    """Return the context as the file that JSON-LD documents name."""
    return json.dumps({"@context": context()}, ensure_ascii=False, indent=1).encode() + b"\n"


def _name(iri: str) -> str:
    return iri.removeprefix(NS)


def _held(term: Term | None, name: str) -> object:
    """Return the definition of a property; strings, whole numbers and truths are those of JSON."""
    short = f"qkg:{name}"
    if term is None:
        return short
    if term.kind == "objectProperty" or name == "shortcut":
        return {"@id": short, "@type": "@id"}
    datatype = next(iter(term.range), f"{_XSD}string")
    if term.kind == "datatypeProperty" and datatype not in _NATIVE:
        return {"@id": short, "@type": f"xsd:{datatype.removeprefix(_XSD)}"}
    return short
