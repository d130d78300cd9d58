"""SERVICE and LOAD carried out here, so that no engine ever reaches out by itself.

What they name is fetched (`kg.store.fence.fetch`) before the text runs: a SERVICE block becomes the rows
that it gave, as VALUES; a LOAD becomes the INSERT DATA of what it found. This is what SPARQL 1.1
Federated Query (section 4) asks for: the block is evaluated by itself and then joined. Two things
are out of reach, and say so: a SERVICE whose address is a variable, and blank nodes in its rows.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import QueryError
from kg.rdf.terms import node
from kg.rdf.terms import text as literal
from kg.store import formats
from kg.store.sparql.lexer import Token, expanded, tokens

MOST_ROWS = 100_000
NOTHING = "CLEAR SILENT GRAPH <urn:qualitykg:nothing>"
"""An update that does nothing; Virtuoso does not parse an empty INSERT DATA."""

_DECLARED = {"PREFIX": 3, "BASE": 2}  # words of a declaration, the keyword included


@dataclass(frozen=True, slots=True)
class Call:
    """One SERVICE or LOAD of a text: from which token to which, and what it asks for."""

    keyword: str
    first: int
    last: int
    address: str
    silent: bool
    written: str
    body: str = ""  # the block of a SERVICE, braces included, as it stands there
    graph: str = ""  # where a LOAD puts what it finds; empty is the default graph

    @property
    def failed(self) -> str:
        """Return what stands in the place of a SILENT call that fails: one solution, or nothing."""
        return "{ }" if self.keyword == "SERVICE" else NOTHING


Carry = Callable[[Call, str], str]
"""Returns what stands in the place of a call, given the declarations before it."""


def replaced(text: str, carry: Carry) -> tuple[str, str]:
    """Return *text* with each call carried out, and what is left of it without them.

    Args:
        text: A query or an update whose calls are all allowed.
        carry: What stands in the place of a call.
    """
    given = list(tokens(text))
    out: list[str] = []
    left: list[str] = []
    done = 0
    prologue: list[str] = []
    for call in _calls(given, prologue):
        kept = "".join(token.text for token in given[done : call.first])
        out += [kept, carry(call, "".join(prologue))]
        left += [kept, "{ }" if call.keyword == "SERVICE" else ""]
        done = call.last + 1
    rest = "".join(token.text for token in given[done:])
    return "".join([*out, rest]), "".join([*left, rest])


def _calls(given: Sequence[Token], prologue: list[str]) -> Iterator[Call]:
    """Yield the calls in order, with *prologue* holding all that is declared before each."""
    words = [place for place, token in enumerate(given) if token.counts]
    prefixes: dict[str, str] = {}
    at = 0
    while at < len(words):
        keyword = given[words[at]].keyword
        declared = words[at : at + _DECLARED.get(keyword, 0)]
        if declared:
            prologue.append(" ".join(given[place].text for place in declared) + " ")
            if keyword == "PREFIX" and len(declared) == _DECLARED["PREFIX"]:
                prefixes[given[declared[1]].text] = given[declared[2]].text.strip("<>")
            at += len(declared)
        elif keyword in ("SERVICE", "LOAD"):
            reads = _service if keyword == "SERVICE" else _load
            call, at = reads(given, words, at, prefixes)
            yield call
        else:
            at += 1


def _service(
    given: Sequence[Token], words: Sequence[int], at: int, prefixes: Mapping[str, str]
) -> tuple[Call, int]:
    silent, target = _silent(given, words, at)
    opening = target + 1
    depth, end = 0, opening
    while end < len(words):
        mark = given[words[end]].text
        depth += (mark == "{") - (mark == "}")
        if depth == 0:
            break
        end += 1
    last = words[min(end, len(words) - 1)]
    begun = _text(given, words, opening) == "{"
    body = "".join(token.text for token in given[words[opening] : last + 1]) if begun else ""
    address = expanded(_text(given, words, target), prefixes)
    written = "".join(token.text for token in given[words[at] : last + 1])
    return Call("SERVICE", words[at], last, address, silent, written, body=body), end + 1


def _load(
    given: Sequence[Token], words: Sequence[int], at: int, prefixes: Mapping[str, str]
) -> tuple[Call, int]:
    silent, target = _silent(given, words, at)
    into = [_text(given, words, target + step).upper() for step in (1, 2)] == ["INTO", "GRAPH"]
    end = target + 3 if into else target
    graph = expanded(_text(given, words, end), prefixes) if into else ""
    address = expanded(_text(given, words, target), prefixes)
    last = _place(words, end)
    written = "".join(token.text for token in given[words[at] : last + 1])
    return Call("LOAD", words[at], last, address, silent, written, graph=graph), end + 1


def _silent(given: Sequence[Token], words: Sequence[int], at: int) -> tuple[bool, int]:
    """Return whether the call at *at* is SILENT, and the place of its target among the words."""
    silent = _text(given, words, at + 1).upper() == "SILENT"
    return silent, at + 1 + silent


def _text(given: Sequence[Token], words: Sequence[int], at: int) -> str:
    return given[words[at]].text if at < len(words) else ""


def _place(words: Sequence[int], at: int) -> int:
    return words[min(at, len(words) - 1)]


# --------------------------------------------------------------------------- what they become


def service_rows(data: bytes, address: str) -> str:
    """Return the answer of a service as a VALUES block.

    Raises:
        QueryError: It is no SPARQL result in JSON, holds a blank node, or too many rows.

    >>> answer = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri", '
    >>> service_rows(answer + b'"value": "urn:a"}}, {}]}}', "http://a.example/")
    '{ VALUES ( ?x ) { ( <urn:a> ) ( UNDEF ) } }'
    """
    try:
        found = json.loads(data)
        names = [str(name) for name in found["head"].get("vars", ())]
        rows = found["results"]["bindings"]
        if len(rows) > MOST_ROWS:
            raise QueryError(detail=f"{address} gave {len(rows)} rows, more than {MOST_ROWS}")
        if not all(name.isidentifier() for name in names):
            raise QueryError(detail=f"{address} gave a variable that is none: {names}")
        lines = [" ".join(_term(row.get(name)) for name in names) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise QueryError(detail=f"{address} gave no SPARQL result in JSON: {error}") from error
    head = " ".join(f"?{name}" for name in names)
    return f"{{ VALUES ( {head} ) {{ {' '.join(f'( {line} )' for line in lines)} }} }}"


def _term(binding: Mapping[str, Any] | None) -> str:
    if binding is None:
        return "UNDEF"
    kind, value = binding["type"], str(binding["value"])
    if kind == "uri":
        return node(value)
    if kind == "bnode":
        raise QueryError(detail="a SERVICE gave a blank node, which cannot stand in VALUES")
    if "xml:lang" in binding:
        tag = str(binding["xml:lang"])
        if not tag.replace("-", "").isalnum() or not tag.isascii():
            raise ValueError(tag)
        return literal(value, tag)
    words = literal(value)
    return f"{words}^^{node(str(binding['datatype']))}" if "datatype" in binding else words


def insertion_of(ntriples: str, graph: str) -> str:
    """Return the INSERT DATA of what a LOAD found.

    >>> insertion_of("<urn:a> <urn:p> <urn:b> .", "urn:g")
    'INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> <urn:b> . } }'
    """
    if not ntriples.strip():
        return NOTHING
    inside = f"GRAPH {node(graph)} {{ {ntriples} }}" if graph else ntriples
    return f"INSERT DATA {{ {inside} }}"


ACCEPTED_ROWS = formats.JSON
ACCEPTED_GRAPHS = ", ".join(formats.GRAPHS)
