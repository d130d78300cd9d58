"""What is SPARQL 1.1 and no more: the text that may go to an engine that understands other things too.

Virtuoso takes an update for a query, fetches pages by ``DEFINE get:soft`` and by the function
``bif:http_get``, and reads files by others: so the form of a query is read here, and what lies
outside the standard is refused before it is sent.
"""

import re
from collections.abc import Mapping, Sequence

from kg.errors import MalformedQueryError, QueryRefusedError
from kg.store import formats
from kg.store.sparql.lexer import Token, TokenKind, expanded, tokens, unescaped

_FORMS = {
    "SELECT": formats.SOLUTIONS,
    "ASK": formats.BOOLEANS,
    "CONSTRUCT": formats.TRIPLES,
    "DESCRIBE": formats.TRIPLES,
}
_PROLOGUE = {"PREFIX": 3, "BASE": 2}  # words of a declaration, the keyword included
_UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH", "MODIFY")
)
_FOREIGN = ("bif:", "sql:")
_WORDS = re.compile(rf"(?i)define|bif:|sql:|{'|'.join(sorted(_UPDATES))}")
_OPENING, _CLOSING = frozenset("{(["), frozenset("})]")
_NO_MARKS = frozenset("`~%#\\")


def form_of(query: str) -> str:
    """Return ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``.

    Raises:
        MalformedQueryError: It is none of these, or more than one request.

    >>> form_of("PREFIX a: <urn:a> # INSERT" + chr(10) + "ask { ?s a:b 'DELETE' }")
    'ASK'
    """
    words = [token for token in tokens(query) if token.counts]
    while words and words[0].keyword in _PROLOGUE:
        words = words[_PROLOGUE[words[0].keyword] :]
    form = words[0].keyword if words else ""
    if form not in _FORMS:
        raise MalformedQueryError(what="query", detail=f"it begins with {form or 'nothing'!r}")
    for token in _outermost(words):
        if token.text == ";" or token.keyword in _UPDATES:
            raise MalformedQueryError(what="query", detail=f"{token.text!r} has no place in it")
    return form


def fitting(form: str) -> Sequence[str]:
    """Return the media types in which results of a form can be written."""
    return _FORMS[form]


def refuse_foreign(text: str) -> None:
    """Return only if *text* stays within the standard as far as reaching out goes.

    Raises:
        QueryRefusedError: It uses a function or a pragma of one engine, or holds what may be read
            in two ways.

    >>> refuse_foreign("SELECT (bif:http_get('http://127.0.0.1/') AS ?x) {}")
    Traceback (most recent call last):
    kg.errors.QueryRefusedError: bif:http_get is not allowed here; ...
    """
    for reading in {text, unescaped(text)}:
        found = _foreign(reading)
        if found:
            raise QueryRefusedError(
                what=found,
                en="it belongs to one engine alone; use SPARQL 1.1, and IRIs with a scheme",
                zh="它只属于某一引擎；请只用 SPARQL 1.1，IRI 请写全",
            )


def _foreign(text: str) -> str:
    """Return the first word that is foreign, or nothing."""
    given = [token for token in tokens(text) if token.counts]
    prefixes: dict[str, str] = {}
    for place, token in enumerate(given):
        if token.keyword == "PREFIX":
            after = [one.text for one in given[place + 1 : place + 3]] + ["", ""]
            prefixes[after[0]] = after[1].strip("<>")
        if _is_foreign(token, prefixes) or (token.ambiguous and _WORDS.search(text)):
            return token.text
    return ""


def _is_foreign(token: Token, prefixes: Mapping[str, str]) -> bool:
    if token.kind is TokenKind.MARK:
        return token.text in _NO_MARKS
    if token.kind is TokenKind.IRI:
        return token.text[1:].lower().startswith(_FOREIGN)
    if token.kind is not TokenKind.WORD:
        return False
    whole = expanded(token.text, prefixes).replace("\\", "")
    return token.keyword == "DEFINE" or any(
        name.lower().startswith(_FOREIGN) for name in (token.text, whole)
    )


def _outermost(words: Sequence[Token]) -> list[Token]:
    """Return the words outside all brackets."""
    found: list[Token] = []
    depth = 0
    for token in words:
        depth -= token.text in _CLOSING
        if depth <= 0:
            found.append(token)
        depth += token.text in _OPENING
    return found


def spelled_out(text: str, graphs: Sequence[str], default: str) -> str:
    """Return an update in which each graph is named: no ALL, NAMED and DEFAULT to drop or clear.

    Args:
        text: An update.
        graphs: What NAMED stands for.
        default: What DEFAULT stands for.

    >>> spelled_out("DROP SILENT ALL", ["urn:a"], "urn:default")
    'CLEAR SILENT GRAPH <urn:a> ; CLEAR SILENT GRAPH <urn:default>'
    """
    stands_for = {"ALL": [*graphs, default], "NAMED": list(graphs), "DEFAULT": [default]}
    given = list(tokens(text))
    words = [place for place, token in enumerate(given) if token.counts]
    written = [token.text for token in given]
    for at, place in enumerate(words):
        if given[place].keyword not in ("DROP", "CLEAR"):
            continue
        silent = given[words[min(at + 1, len(words) - 1)]].keyword == "SILENT"
        target = words[min(at + 1 + silent, len(words) - 1)]
        named = stands_for.get(given[target].keyword)
        if named is not None:
            gone = [f"CLEAR SILENT GRAPH <{graph}>" for graph in named]
            written[place : target + 1] = [
                " ; ".join(gone) or "CLEAR SILENT GRAPH <urn:qualitykg:nothing>",
                *[""] * (target - place),
            ]
    return "".join(written)
