"""What a SPARQL text may ask for: SERVICE and LOAD reach the network and are closed by default.

pyoxigraph has no switch for them, so the text is read before it runs. Its parser knows no borders
between words (``trueSERVICE<x>{}`` is a SERVICE), so a bare word that merely holds the keyword
counts too; and where ``<'>`` may be an IRI or "less than" the start of a string, the keyword counts
wherever it stands.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from kg.errors import QueryRefusedError
from kg.store.lexer import Token, expanded, tokens, unescaped

NOWHERE = "urn:qualitykg:refused"  # no scheme that any client opens
_KEYWORDS = ("SERVICE", "LOAD")


def refuse_fetching(text: str, *, allow: Sequence[str] = ()) -> None:
    """Return only if *text* reaches no address outside *allow*.

    Args:
        text: A query or an update.
        allow: Address prefixes (scheme, host, then port and path where given). The empty prefix
            allows everything.

    Raises:
        QueryRefusedError: It would reach another address, or may.

    >>> refuse_fetching("SELECT * { ?s ?p 'SERVICE' }")
    >>> refuse_fetching("SELECT * { SERVICE <http://a.example/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.QueryRefusedError: SERVICE <http://a.example/> is not allowed here; ...
    """
    if "" in allow:
        return
    for reading in {text, unescaped(text)}:
        for keyword in _KEYWORDS:
            if keyword in reading.upper():
                _check(reading, keyword, allow)


def fenced(text: str, *, allow: Sequence[str] = ()) -> str:
    """Return *text* as it may run: what is SILENT about a refused address fails in silence.

    SILENT asks that a failure be no error (SPARQL 1.1 Update, 3.1.4; Federated Query, 2.3), so the
    address is replaced by one that leads nowhere.

    Args:
        text: A query or an update.
        allow: Address prefixes, as for `refuse_fetching`.

    Raises:
        QueryRefusedError: It would reach an address outside *allow* aloud, or may.

    >>> fenced("LOAD SILENT <http://a.example/>")
    'LOAD SILENT <urn:qualitykg:refused>'
    """
    if "" in allow:
        return text
    changed = text
    for keyword in _KEYWORDS:
        if keyword in text.upper():
            changed = _silenced(changed, keyword, allow)
    refuse_fetching(changed, allow=(*allow, NOWHERE))
    return changed


def allowed(address: str, allow: Sequence[str]) -> bool:
    """Return whether *address* lies below one of the prefixes.

    A prefix without a port allows every port of its host; names are compared as written.

    >>> allowed("http://127.0.0.1:7878/query", ["http://127.0.0.1"])
    True
    >>> allowed("http://127.0.0.1@evil.example/", ["http://127.0.0.1"])
    False
    """
    return any(_below(address, prefix) for prefix in allow)


def _silenced(text: str, keyword: str, allow: Sequence[str]) -> str:
    given = list(tokens(text))
    if any(token.ambiguous for token in given):
        return text
    counting = [place for place, token in enumerate(given) if token.counts]
    prefixes: dict[str, str] = {}
    written = [token.text for token in given]
    for word, second, third in zip(counting, counting[1:], counting[2:], strict=False):
        if given[word].keyword == "PREFIX":
            prefixes[written[second]] = written[third].strip("<>")
        silent = given[word].keyword == keyword and given[second].keyword == "SILENT"
        if silent and not allowed(expanded(written[third], prefixes), allow):
            written[third] = f"<{NOWHERE}>"
    return "".join(written)


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


def _below(address: str, prefix: str) -> bool:
    try:
        given, allowance = urlsplit(address), urlsplit(prefix)
        ports = given.port, allowance.port
    except ValueError:
        return False
    same_place = (given.scheme, given.hostname) == (allowance.scheme, allowance.hostname)
    below = given.path.startswith(allowance.path) and ".." not in given.path
    return (
        same_place
        and below
        and given.username is None
        and (ports[1] is None or ports[0] == ports[1])
    )


def _refusal(keyword: str, target: str) -> QueryRefusedError:
    return QueryRefusedError(
        what=f"{keyword} {target}".strip(),
        en="put the address into QKG_SERVICE_ALLOW, or load the data into this store",
        zh="请把该地址加入 QKG_SERVICE_ALLOW，或先把数据载入本存储",
    )
