"""What a SPARQL text may ask for: SERVICE and LOAD reach the network and are closed by default.

pyoxigraph has no switch for them, so the text is read before it runs. Its parser knows no borders
between words (``trueSERVICE<x>{}`` is a SERVICE), so a bare word that merely holds the keyword
counts too; and where ``<'>`` may be an IRI or "less than" the start of a string, the keyword counts
wherever it stands. What is allowed is carried out here (`kg.store.fence.federation`): the text that an
engine gets holds neither SERVICE nor LOAD.
"""

from collections.abc import Sequence
from functools import partial

from kg.errors import QkgError, QueryRefusedError
from kg.store.embedded.triples import triples_of
from kg.store.fence import federation
from kg.store.fence.federation import Call
from kg.store.fence.fetch import Fetcher
from kg.store.fence.prefixes import allowed
from kg.store.port import Body
from kg.store.sparql.lexer import Token, expanded, tokens, unescaped

__all__ = ["allowed", "fenced", "refuse_fetching"]

_KEYWORDS = ("SERVICE", "LOAD")
_DEEPEST = 8  # SERVICE in SERVICE; each is read once for each that it stands in


def refuse_fetching(text: str, *, allow: Sequence[str] = ()) -> None:
    """Return only if *text* reaches no address outside *allow*.

    Args:
        text: A query or an update.
        allow: Address prefixes (scheme, host, then port and path where given). The empty prefix
            allows every public address.

    Raises:
        QueryRefusedError: It would reach another address, or may.

    >>> refuse_fetching("SELECT * { ?s ?p 'SERVICE' }")
    >>> refuse_fetching("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.QueryRefusedError: SERVICE <http://a.example/> is not allowed here; ...
    """
    for reading in {text, unescaped(text)}:
        for keyword in _KEYWORDS:
            if keyword in reading.upper():
                _check(reading, keyword, allow)


def fenced(text: str, *, allow: Sequence[str] = (), fetcher: Fetcher | None = None) -> str:
    """Return *text* as it may run, with neither SERVICE nor LOAD in it.

    What is allowed is fetched now. What is SILENT and refused, or fails, fails in silence (SPARQL
    1.1 Update, 3.1.4; Federated Query, 2.3): a SERVICE becomes one empty solution, a LOAD nothing.

    Args:
        text: A query or an update.
        allow: Address prefixes, as for `refuse_fetching`.
        fetcher: What fetches; made from *allow* where it is left out.

    Raises:
        QueryRefusedError: It would reach an address outside *allow* aloud, or may.
        QueryError: What it names aloud cannot be fetched.

    >>> fenced("LOAD SILENT <http://a.example/>")
    'CLEAR SILENT GRAPH <urn:qualitykg:nothing>'
    """
    readings = text.upper() + unescaped(text).upper()
    if not any(keyword in readings for keyword in _KEYWORDS):
        return text
    if any(token.ambiguous for token in tokens(text)):
        refuse_fetching(text)
        return text
    silenced, _ = federation.replaced(text, partial(_kept, allow=allow))
    refuse_fetching(silenced, allow=allow)
    carry = partial(_carried, fetcher=fetcher or Fetcher(allow))
    changed, left = federation.replaced(silenced, carry)
    refuse_fetching(left)
    return changed


def _kept(call: Call, prologue: str, *, allow: Sequence[str], depth: int = 0) -> str:
    """Return a call as it stands, but those in it that are SILENT and refused as if they failed."""
    if not allowed(call.address, allow):
        return call.failed if call.silent else call.written
    if depth == _DEEPEST:
        raise _refusal(call.keyword, "nested so deep")
    deeper = partial(_kept, allow=allow, depth=depth + 1)
    inside, _ = federation.replaced(prologue + call.body, deeper)
    return call.written.removesuffix(call.body) + inside.removeprefix(prologue)


def _carried(call: Call, prologue: str, *, fetcher: Fetcher) -> str:
    fetch = _fetched_rows if call.keyword == "SERVICE" else _fetched_graph
    try:
        return fetch(call, prologue, fetcher)
    except QkgError:
        if not call.silent:
            raise
        return call.failed


def _fetched_rows(call: Call, prologue: str, fetcher: Fetcher) -> str:
    query = f"{prologue}SELECT * {call.body}"
    found = fetcher.fetch(call.address, accept=federation.ACCEPTED_ROWS, form={"query": query})
    return federation.service_rows(found.data, call.address)


def _fetched_graph(call: Call, _: str, fetcher: Fetcher) -> str:
    found = fetcher.fetch(call.address, accept=federation.ACCEPTED_GRAPHS)
    body = Body(found.data, found.media_type, base=found.address)
    return federation.insertion_of(triples_of(body).decode(), call.graph)


def _check(text: str, keyword: str, allow: Sequence[str]) -> None:
    words = [token for token in tokens(text) if token.counts]
    if any(token.ambiguous for token in words):
        raise _refusal(keyword, "")
    prefixes: dict[str, str] = {}
    for place, token in enumerate(words):
        after = [word.text for word in words[place + 1 : place + 4]]
        if token.keyword == "PREFIX" and len(after) > 1:
            prefixes[after[0]] = after[1].strip("<>")
        elif _starts_fetching(words, place, keyword):
            target = _target(token.keyword, after, keyword)
            if not allowed(expanded(target, prefixes), allow):
                raise _refusal(keyword, target)


def _starts_fetching(words: list[Token], place: int, keyword: str) -> bool:
    head, colon, _ = words[place].keyword.partition(":")
    if keyword not in head:
        return False
    if not colon:
        return True
    following = words[place + 1].text if place + 1 < len(words) else ""
    before = words[place - 1].keyword if place else ""
    return following == "{" if keyword == "SERVICE" else before != "PREFIX"


def _target(word: str, after: list[str], keyword: str) -> str:
    if word != keyword:  # glued to its neighbour: never worth allowing
        return word.lower()
    silent = bool(after) and after[0].upper() == "SILENT"
    rest = after[1:] if silent else after
    return rest[0] if rest else ""


def _refusal(keyword: str, target: str) -> QueryRefusedError:
    return QueryRefusedError(
        what=f"{keyword} {target}".strip(),
        en="put the address into QKG_SERVICE_ALLOW, or load the data into this store",
        zh="请把该地址加入 QKG_SERVICE_ALLOW，或先把数据载入本存储",
    )
