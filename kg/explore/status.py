"""How far a measure is, where a ledger has told it."""

from dataclasses import dataclass

from kg.explore.sparql import PROLOGUE, iri_of
from kg.rdf.statuses import STATUS_GRAPH, Light
from kg.store.port import Store


@dataclass(frozen=True, slots=True)
class Progress:
    """What a ledger says of a measure; ``done`` 0 to 100, ``reported_on`` an ISO 8601 date."""

    progress: str = ""
    done: int | None = None
    light: Light | None = None
    reported_on: str = ""
    note: str = ""


def status(store: Store, key: str) -> Progress | None:
    """Return what the ledger says of the measure with this key; nothing where it says nothing.

    Raises:
        UnknownNodeError: *key* cannot be a key.
    """
    table = store.select(
        f"{PROLOGUE}SELECT ?progress ?done ?light ?reported_on ?note WHERE {{ "
        f"GRAPH <{STATUS_GRAPH}> {{ ?this qkg:statusOf <{iri_of(key)}> "
        "OPTIONAL { ?this qkg:progress ?progress } OPTIONAL { ?this qkg:percentDone ?done } "
        "OPTIONAL { ?this qkg:light ?light } OPTIONAL { ?this qkg:reportedOn ?reported_on } "
        "OPTIONAL { ?this skos:note ?note } } } LIMIT 1"
    )
    for row in table.dicts():
        return Progress(
            progress=str(row["progress"] or ""),
            done=int(row["done"]) if row["done"] is not None else None,
            light=Light(str(row["light"])) if row["light"] else None,
            reported_on=str(row["reported_on"] or ""),
            note=str(row["note"] or ""),
        )
    return None
