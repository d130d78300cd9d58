"""What a SPARQL text may ask for: SERVICE and LOAD reach the network and are closed by default.

pyoxigraph has no switch for them, so the text is read before it runs. Its parser knows no borders
between words (``trueSERVICE<x>{}`` is a SERVICE), so a bare word that merely holds the keyword
counts too; and where ``<'>`` may be an IRI or "less than" the start of a string, the keyword counts
wherever it stands.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from kg.errors import MalformedQueryError, QueryRefusedError
from kg.store.lexer import Token, tokens, unescaped


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
        for keyword in ("SERVICE", "LOAD"):
            if keyword in reading.upper():
                _check(reading, keyword, allow)


def allowed(address: str, allow: Sequence[str]) -> bool:
    """Return whether *address* lies below one of the prefixes.

    A prefix without a port allows every port of its host; names are compared as written.

    >>> allowed("http://127.0.0.1:7878/query", ["http://127.0.0.1"])
    True
    >>> allowed("http://127.0.0.1@evil.example/", ["http://127.0.0.1"])
    False
    """
    return any(_below(address, prefix) for prefix in allow)


def graphs_read(text: str) -> list[str] | None:
    """Return the IRIs that FROM and FROM NAMED clauses name, as written; none without such a clause.

    >>> graphs_read("SELECT * FROM <urn:a> FROM NAMED b:c { ?s ?p ?o }")
    ['<urn:a>', 'b:c']
    >>> graphs_read("SELECT * { ?s <FROM> 'FROM' }") is None
    True
    """
    found: list[str] = []
    depth, inside = 0, False
    for token in _counting(text):
        depth += (token.text == "{") - (token.text == "}")
        if inside and token.keyword != "NAMED":
            found.append(token.text)
            inside = False
        elif depth == 0 and token.keyword == "FROM":
            inside = True
    return found or None


def with_using(text: str, *, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """Return an update in which every WHERE reads the given dataset (SPARQL 1.1 Protocol, 2.2.3).

    Raises:
        MalformedQueryError: The update names a dataset itself, which the protocol forbids.

    >>> with_using("DELETE WHERE { ?s ?p ?o }", default_graphs=["urn:g"], named_graphs=[])
    'DELETE { ?s ?p ?o } USING <urn:g> WHERE { ?s ?p ?o }'
    """
    clauses = " ".join(
        [f"USING <{graph}>" for graph in default_graphs]
        + [f"USING NAMED <{graph}>" for graph in named_graphs]
    )
    if not clauses:
        return text
    return "".join(_with_clauses(list(tokens(text)), clauses))


def _with_clauses(given: list[Token], clauses: str) -> list[str]:
    out: list[str] = []
    depth, template, before = 0, -1, ""
    for token in given:
        if depth == 0 and token.keyword in ("WITH", "USING"):
            raise MalformedQueryError(
                what="update", detail="the request names a dataset and so does the update"
            )
        at_where = depth == 0 and token.keyword == "WHERE"
        if at_where and before == "DELETE":  # DELETE WHERE { p } is DELETE { p } WHERE { p }
            template = len(out)
            continue
        out.append(f"{clauses} {token.text}" if at_where else token.text)
        depth += (token.text == "{") - (token.text == "}")
        if template >= 0 and depth == 0 and token.text == "}":
            out.append(f" {clauses} WHERE {''.join(out[template:]).strip()}")
            template = -1
        before = token.keyword if token.counts else before
    return out


def _counting(text: str) -> list[Token]:
    return [token for token in tokens(text) if token.counts]


def _check(text: str, keyword: str, allow: Sequence[str]) -> None:
    words = _counting(text)
    if any(token.ambiguous for token in words):
        raise _refusal(keyword, "")
    prefixes: dict[str, str] = {}
    for place, token in enumerate(words):
        after = [word.text for word in words[place + 1 : place + 4]]
        if token.keyword == "PREFIX" and len(after) > 1:
            prefixes[after[0]] = after[1].strip("<>")
        elif _starts_fetching(words, place, keyword):
            target = _target(token.keyword, after, keyword)
            if not allowed(_expanded(target, prefixes), allow):
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


def _expanded(target: str, prefixes: dict[str, str]) -> str:
    if target.startswith("<"):
        return target.strip("<>")
    head, colon, local = target.partition(":")
    return prefixes.get(head + colon, "") + local if colon else ""


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
