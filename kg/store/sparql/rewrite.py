"""The dataset clauses of SPARQL text, read and written, without a parser of the whole language."""

from kg.errors import MalformedQueryError
from kg.rdf.terms import node
from kg.store.port import Dataset
from kg.store.sparql.lexer import Token, expanded, tokens

_PROLOGUE = {"PREFIX": 3, "BASE": 2}  # words of a declaration, the keyword included


def dataset_named(query: str) -> Dataset | None:
    """Return the dataset that FROM and FROM NAMED name; ``None`` without such a clause.

    >>> dataset_named("PREFIX b: <urn:b> SELECT * FROM <urn:a> FROM NAMED b:c { ?s ?p ?o }")
    Dataset(default_graphs=('urn:a',), named_graphs=('urn:bc',))
    >>> dataset_named("SELECT * { ?s <FROM> 'FROM' }") is None
    True
    """
    if "FROM" not in query.upper():
        return None
    words = [token for token in tokens(query) if token.counts]
    prefixes: dict[str, str] = {}
    found: dict[bool, list[str]] = {False: [], True: []}
    for place, token in enumerate(words):
        after = [word.text for word in words[place + 1 : place + 3]] + ["", ""]
        if token.keyword == "PREFIX":
            prefixes[after[0]] = after[1].strip("<>")
        elif token.keyword == "FROM":
            named = after[0].upper() == "NAMED"
            found[named].append(expanded(after[1] if named else after[0], prefixes))
        elif token.text == "{" and found[False] + found[True]:
            break  # dataset clauses stand before the pattern of the whole query
    dataset = Dataset(tuple(found[False]), tuple(found[True]))
    return dataset if dataset != Dataset() else None


def graphs_used(text: str) -> list[str]:
    """Return the graphs that the USING clauses of an update name.

    >>> graphs_used("INSERT { ?s ?p 1 } USING <urn:a> USING NAMED <urn:b> WHERE { ?s ?p ?o }")
    ['urn:a', 'urn:b']
    """
    words = [token for token in tokens(text) if token.counts]
    prefixes: dict[str, str] = {}
    found: list[str] = []
    for place, token in enumerate(words):
        after = [word.text for word in words[place + 1 : place + 3]] + ["", ""]
        if token.keyword == "PREFIX":
            prefixes[after[0]] = after[1].strip("<>")
        elif token.keyword == "USING":
            found.append(expanded(after[after[0].upper() == "NAMED"], prefixes))
    return found


def with_using(text: str, dataset: Dataset) -> str:
    """Return an update in which every WHERE reads the given dataset (SPARQL 1.1 Protocol, 2.2.3).

    Raises:
        MalformedQueryError: The update names a dataset itself, which the protocol forbids.

    >>> with_using("DELETE WHERE { ?s ?p ?o }", Dataset(("urn:g",)))
    'DELETE  { ?s ?p ?o } USING <urn:g> WHERE { ?s ?p ?o }'
    """
    clauses = " ".join(
        [f"USING <{graph}>" for graph in dataset.default_graphs]
        + [f"USING NAMED <{graph}>" for graph in dataset.named_graphs]
    )
    return "".join(_with_clauses(list(tokens(text)), clauses)) if clauses else text


def with_first(text: str, statement: str) -> str:
    """Return an update that carries out *statement* before all else.

    It goes behind the prologue: not every parser takes PREFIX after a semicolon.

    >>> with_first("PREFIX a: <urn:a> CLEAR ALL", "DROP SILENT GRAPH <urn:g>")
    'PREFIX a: <urn:a> DROP SILENT GRAPH <urn:g> ; CLEAR ALL'
    """
    given = list(tokens(text))
    counting = [at for at, token in enumerate(given) if token.counts]
    while counting and given[counting[0]].keyword in _PROLOGUE:
        counting = counting[_PROLOGUE[given[counting[0]].keyword] :]
    place = counting[0] if counting else len(given)
    head, rest = ("".join(token.text for token in part) for part in (given[:place], given[place:]))
    return f"{head}\n{statement} ; {rest}" if "#" in head else f"{head}{statement} ; {rest}"


def with_base(text: str, base: str | None) -> str:
    """Return a query or an update whose relative IRIs hang on *base*, where one is given.

    Raises:
        MalformedQueryError: It is no IRI; what follows it would be read as SPARQL past the fence.

    >>> with_base("ASK { <a> ?p ?o }", "http://a.example/")
    'BASE <http://a.example/> ASK { <a> ?p ?o }'
    """
    if base is None:
        return text
    try:
        return f"BASE {node(base)} {text}"
    except ValueError as error:
        raise MalformedQueryError(what="base", detail=str(error)) from error


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
