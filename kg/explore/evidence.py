"""The words behind a statement: where they stand, and how they read."""

from collections.abc import Callable, Iterable

from kg import ids
from kg.explore.sparql import PROLOGUE, iri_of, values
from kg.model import Evidence
from kg.store.port import Store

TextOf = Callable[[str], str | None]
"""Gives the clean text with this sha256, or ``None`` where it is not at hand."""


def evidence(
    store: Store, key: str, *, text_of: TextOf | None = None, limit: int = 50
) -> list[Evidence]:
    """Return the words behind a node or a link, in the order of the text, at most *limit*.

    The quote is cut from the text store where it has the text, else it is the stored copy, else "".
    """
    return evidence_of(store, [iri_of(key)], text_of=text_of, limit=limit)


def evidence_of(
    store: Store, iris: Iterable[str], *, text_of: TextOf | None = None, limit: int = 50
) -> list[Evidence]:
    """Return the words behind any of *iris*, each span once."""
    table = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?start ?end ?raw_start ?raw_end ?exact ?sha ?document ?provision "
        "WHERE { "
        f"{values('n', iris)} ?n qkg:evidencedBy ?m . ?m qkg:start ?start ; qkg:end ?end . "
        "OPTIONAL { ?m qkg:rawStart ?raw_start } OPTIONAL { ?m qkg:rawEnd ?raw_end } "
        "OPTIONAL { ?m qkg:exact ?exact } OPTIONAL { ?m qkg:mentionIn ?text "
        "OPTIONAL { ?text qkg:textSha256 ?sha } OPTIONAL { ?text qkg:textOf ?document } } "
        "OPTIONAL { ?m qkg:inProvision/qkg:number ?provision } }"
    )
    found = {_evidence(row, text_of) for row in table.dicts()}
    return sorted(found, key=lambda e: (e.document, e.start, e.end, e.text_sha256))[:limit]


def _evidence(row: dict[str, str | int | float | bool | None], text_of: TextOf | None) -> Evidence:
    start, end = int(row["start"] or 0), int(row["end"] or 0)
    sha = str(row["sha"] or "")
    text = text_of(sha) if text_of is not None and sha else None
    return Evidence(
        document=ids.key_of(str(row["document"] or "")),
        quote=text[start:end] if text is not None else str(row["exact"] or ""),
        start=start,
        end=end,
        raw_start=int(row["raw_start"] or 0),
        raw_end=int(row["raw_end"] or 0),
        text_sha256=sha,
        provision=str(row["provision"] or ""),
    )
