"""The few pieces of SPARQL text that all questions share, and the check that keeps them whole."""

from collections.abc import Iterable

from kg import ids
from kg.errors import UnknownNodeError
from kg.vocab import PREFIXES

PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
_NOT_IN_IRI = frozenset('<>"{}|\\^`')


def iri_of(key: str) -> str:
    """Return the IRI of a key (``kind/key``) or of an IRI, safe to stand in a query.

    >>> iri_of("body/b1")
    'https://w3id.org/qualitykg/id/body/b1'

    Raises:
        UnknownNodeError: It holds a character that no IRI can have.
    """
    iri = key if "://" in key else ids.BASE + key
    if not key or any(
        mark in _NOT_IN_IRI or mark <= " " or "\x7f" <= mark <= "\xa0" for mark in iri
    ):
        raise UnknownNodeError(key=key)
    return iri


def values(name: str, iris: Iterable[str]) -> str:
    """Return a VALUES clause that binds ``?name`` to each of *iris*.

    >>> values("n", ["urn:a", "urn:b"])
    'VALUES ?n { <urn:a> <urn:b> }'
    """
    return f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def among(name: str, iris: Iterable[str]) -> str:
    """Return a filter that keeps ``?name`` to *iris*.

    For the second variable of a pattern whose first has VALUES: two VALUES beside one pattern are
    joined with each other before the store is asked, and Oxigraph then reads all that has one of
    the second. With a million triples and 13 nodes that took 430 ms, this takes 1 ms.

    >>> among("p", ["urn:a", "urn:b"])
    'FILTER(?p IN (<urn:a>, <urn:b>))'
    """
    return f"FILTER(?{name} IN ({', '.join(f'<{iri}>' for iri in iris)}))"
