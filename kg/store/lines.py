"""N-Triples and N-Quads differ by one word a line; here it comes and goes."""

from collections.abc import Iterable, Iterator

from kg.errors import PayloadError


def without_graph(nquads: bytes, graph: str) -> bytes:
    """Return N-Quads as N-Triples.

    Raises:
        PayloadError: A line does not end with the name of *graph*.

    >>> without_graph(b"<urn:a> <urn:p> <urn:b> <urn:g> .", "urn:g")
    b'<urn:a> <urn:p> <urn:b> .'
    """
    name = f"<{graph}>".encode()
    lines = []
    for line in nquads.splitlines():
        bare = line.strip()
        if not bare or bare.startswith(b"#"):
            continue
        statement = bare.removesuffix(b".").rstrip()
        if not (bare.endswith(b".") and statement.endswith(name)):
            raise PayloadError(detail=f"a quad does not lie in <{graph}>: {bare[:200]!r}")
        lines.append(statement.removesuffix(name) + b".")
    return b"\n".join(lines)


def in_graph(ntriples: bytes, graph: str | None, *, nquads: bool) -> bytes:
    r"""Return N-Triples as N-Quads or as TriG; ``None`` is the default graph.

    >>> in_graph(b"<urn:a> <urn:p> <urn:b> .", "urn:g", nquads=True)
    b'<urn:a> <urn:p> <urn:b> <urn:g> .\n'
    >>> in_graph(b"<urn:a> <urn:p> <urn:b> .", "urn:g", nquads=False)
    b'<urn:g> {\n<urn:a> <urn:p> <urn:b> .\n}\n'
    """
    lines = [line.strip() for line in ntriples.splitlines() if line.strip()]
    if graph is not None and nquads:
        name = f" <{graph}> .".encode()
        lines = [line.removesuffix(b".").rstrip() + name for line in lines]
    text = b"".join(line + b"\n" for line in lines)
    if graph is None or nquads:
        return text
    return f"<{graph}> {{\n".encode() + text + b"}\n"


def quads_of(blocks: Iterable[bytes], graph: str | None) -> Iterator[bytes]:
    r"""Yield N-Triples as N-Quads, block by block, whatever the borders of the blocks.

    >>> b"".join(quads_of([b"<urn:a> <urn:p> ", b"'x' .\n"], "urn:g"))
    b"<urn:a> <urn:p> 'x' <urn:g> .\n"
    """
    rest = b""
    for block in blocks:
        whole, end, rest = (rest + block).rpartition(b"\n")
        yield _in_graph(whole + end, graph)
    yield _in_graph(rest, graph)


def _in_graph(ntriples: bytes, graph: str | None) -> bytes:
    if graph is not None and ntriples.count(b" .\n") == ntriples.count(b"\n"):
        return ntriples.replace(b" .\n", f" <{graph}> .\n".encode())  # none is inside a literal
    return in_graph(ntriples, graph, nquads=True)
