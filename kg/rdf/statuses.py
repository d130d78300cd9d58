"""How far measures are, as ledgers tell it, to quads and back.

All lie in one graph of their own, so that no rebuild touches them; each says which import it is from
(PROV): which file, by its hash, and when.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kg import ids
from kg.rdf.terms import Triple, date, date_time, integer, node, nquads, text
from kg.vocab import PREFIXES, RDF_TYPE, Class, Property

STATUS_GRAPH = ids.iri("graph", "statuses")

_PROV = PREFIXES["prov"]
_NOTE = PREFIXES["skos"] + "note"
_TITLE, _HASH = PREFIXES["dct"] + "title", PREFIXES["dct"] + "identifier"
_WORDS = {"progress": Property.PROGRESS, "light": Property.LIGHT, "note": _NOTE}


class Light(StrEnum):
    """How a measure stands, at a glance."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Import:
    """A ledger that was taken in: the name and hash of its file, and when (ISO 8601)."""

    file: str
    sha256: str
    at: str

    @property
    def iri(self) -> str:
        """Return its IRI."""
        return ids.iri("ledger", ids.digest("ledger", self.sha256, self.at))


@dataclass(frozen=True, slots=True)
class Status:
    """How far a measure (by IRI) is; ``done`` 0 to 100, ``reported_on`` an ISO 8601 date."""

    measure: str
    taken_from: Import
    progress: str = ""
    done: int | None = None
    light: Light | None = None
    reported_on: str = ""
    note: str = ""

    @property
    def iri(self) -> str:
        """Return its IRI, which hangs on the measure alone."""
        return ids.iri("status", ids.key_of(self.measure).replace("/", "."))

    @property
    def told(self) -> tuple[object, ...]:
        """Return what it says, wherever that is from."""
        return self.measure, self.progress, self.done, self.light, self.reported_on, self.note


STATUSES = f"""SELECT ?measure ?progress ?done ?light ?reported_on ?note ?file ?sha256 ?at {{
  GRAPH <{STATUS_GRAPH}> {{
    ?this a <{Class.STATUS}> ; <{Property.STATUS_OF}> ?measure ; <{_PROV}wasGeneratedBy> ?run .
    ?run <{_PROV}used> ?sheet ; <{_PROV}endedAtTime> ?at .
    ?sheet <{_TITLE}> ?file ; <{_HASH}> ?sha256
    OPTIONAL {{ ?this <{Property.PROGRESS}> ?progress }}
    OPTIONAL {{ ?this <{Property.PERCENT_DONE}> ?done }}
    OPTIONAL {{ ?this <{Property.LIGHT}> ?light }}
    OPTIONAL {{ ?this <{Property.REPORTED_ON}> ?reported_on }}
    OPTIONAL {{ ?this <{_NOTE}> ?note }}
  }}
}} ORDER BY ?measure"""
"""The query for every status, in the shape of `statuses_in`."""


def statuses_in(rows: Iterable[Mapping[str, object]]) -> list[Status]:
    """Return the statuses in the rows of `STATUSES`."""
    return [
        Status(
            measure=str(row["measure"]),
            taken_from=Import(str(row["file"]), str(row["sha256"]), str(row["at"])),
            progress=str(row["progress"] or ""),
            done=int(str(row["done"])) if row["done"] is not None else None,
            light=Light(str(row["light"])) if row["light"] else None,
            reported_on=str(row["reported_on"] or ""),
            note=str(row["note"] or ""),
        )
        for row in rows
    ]


def status_quads(statuses: Iterable[Status]) -> bytes:
    """Return *statuses* as N-Quads in `STATUS_GRAPH`, in a fixed order."""
    listed = sorted(statuses, key=lambda one: one.measure)
    runs = {one.taken_from: None for one in listed}
    triples = [triple for one in listed for triple in _triples(one)]
    triples += [triple for run in runs for triple in _run(run)]
    return nquads(triples, STATUS_GRAPH)


def _triples(status: Status) -> Iterator[Triple]:
    this = node(status.iri)
    yield this, node(RDF_TYPE), node(Class.STATUS)
    yield this, node(Property.STATUS_OF), node(status.measure)
    yield this, node(f"{_PROV}wasGeneratedBy"), node(status.taken_from.iri)
    if status.done is not None:
        yield this, node(Property.PERCENT_DONE), integer(status.done)
    if day := date(status.reported_on):
        yield this, node(Property.REPORTED_ON), day
    for name, term in _WORDS.items():
        if words := getattr(status, name):
            yield this, node(term), text(words)


def _run(taken: Import) -> Iterator[Triple]:
    this, sheet = node(taken.iri), node(ids.iri("sheet", taken.sha256[:10]))
    yield this, node(RDF_TYPE), node(f"{_PROV}Activity")
    yield this, node(f"{_PROV}used"), sheet
    yield this, node(f"{_PROV}endedAtTime"), date_time(datetime.fromisoformat(taken.at))
    yield sheet, node(RDF_TYPE), node(f"{_PROV}Entity")
    yield sheet, node(_TITLE), text(taken.file)
    yield sheet, node(_HASH), text(taken.sha256)
