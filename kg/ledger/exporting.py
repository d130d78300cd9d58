"""Duties out to a sheet, with the status that is known."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.analysis.project import Tables, project
from kg.analysis.rows import rows_of
from kg.analysis.scope import in_scope
from kg.ids import key_of
from kg.ledger.columns import FORM, STATUS
from kg.ledger.importing import statuses
from kg.model import Role
from kg.rdf.statuses import Status
from kg.sheets import Row, shown, write_sheet
from kg.store import Store
from kg.vocab import Property

_COLUMN_OF_ROLE = {
    Role.LEAD: "lead",
    Role.RESPONSIBLE: "responsible",
    Role.SUPPORT: "support",
    Role.PARTICIPANT: "support",
}
_JOINED = "、"
_DEADLINES = f"SELECT DISTINCT ?thing ?words {{ ?thing <{Property.DEADLINE}> ?words }}"


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows of a ledger, and the measures with a status that are no longer in the graph."""

    rows: tuple[Row, ...]
    vanished: tuple[str, ...]


def ledger(store: Store, *, scope: str | None = None) -> Ledger:
    """Return a row for each measure with bodies of its own, in the order of the text.

    Args:
        store: Where the graph is.
        scope: See `kg.analysis.scope.in_scope`; a status of a measure that is gone comes only
            where there is none.

    Raises:
        StoreError: The store failed.
    """
    tables = project(store)
    measures = in_scope(tables, scope) if scope else None
    known = {status.measure: status for status in statuses(store)}
    deadlines = {str(thing): str(words) for thing, words in store.select(_DEADLINES).rows}
    held = _held(tables)
    places = _places(tables)
    titles = dict(rows_of(tables.documents, "id", "title"))
    rows = [
        _row(row, held[row["id"]], places, titles, deadlines) | _status(known.get(row["id"]))
        for row in tables.measures.to_pylist()
        if row["id"] in held and (measures is None or row["id"] in measures)
    ]
    there = set(tables.measures["id"].to_pylist())
    gone = [one for measure, one in sorted(known.items()) if measure not in there]
    lost = () if measures is not None else gone
    blank = dict.fromkeys(("task", "lead", "responsible", "support", "deadline", "quote"), "")
    kept = [
        {"id": key_of(one.measure), **blank, "document": "", "provision": ""} | _status(one)
        for one in lost
    ]
    ordered = sorted(rows, key=lambda row: places.order(row["id"]))
    return Ledger((*ordered, *kept), tuple(one.measure for one in gone))


def ledger_sheet(suffix: str, found: Ledger) -> Iterator[bytes]:
    """Yield the sheet that holds *found*.

    Raises:
        FormatError: No sheet has this suffix.
    """
    return write_sheet(suffix, FORM, found.rows)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where measures and responsibilities stand: provision and words, and the order of the text."""

    provisions: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    starts: Mapping[str, tuple[str, int]]

    def order(self, key: str) -> tuple[str, int, str]:
        return (*self.starts.get(key, ("", 0)), key)


def _places(tables: Tables) -> _Places:
    provisions: dict[str, str] = {}
    words: dict[str, list[str]] = defaultdict(list)
    starts: dict[str, tuple[str, int]] = {}
    for row in tables.evidence.to_pylist():
        node, place = row["node"], (row["document"] or "", row["start"] or 0)
        if row["provision"]:
            provisions.setdefault(node, row["provision"])
        if row["exact"] and row["exact"] not in words[node]:
            words[node].append(row["exact"])
        key = key_of(node)
        starts[key] = min(place, starts.get(key, place))
    return _Places(provisions, {node: tuple(found) for node, found in words.items()}, starts)


def _held(tables: Tables) -> Mapping[str, list[Mapping[str, str]]]:
    """Return measure -> the responsibilities for it, bodies by name."""
    names = dict(rows_of(tables.bodies, "id", "label"))
    held: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in tables.responsibilities.to_pylist():
        name = names.get(row["body"]) or key_of(row["body"])
        held[row["measure"]].append({"id": row["id"], "body": name, "role": row["role"]})
    return held


def _row(
    measure: Mapping[str, str],
    held: Iterable[Mapping[str, str]],
    places: _Places,
    titles: Mapping[str, str],
    deadlines: Mapping[str, str],
) -> dict[str, str]:
    bodies: dict[str, dict[str, None]] = {name: {} for name in ("lead", "responsible", "support")}
    quotes: dict[str, None] = {}
    limits: dict[str, None] = {}
    for duty in held:
        column = _COLUMN_OF_ROLE.get(Role(duty["role"]))
        if column:
            bodies[column][duty["body"]] = None
        quotes |= dict.fromkeys(places.words.get(duty["id"], ()))
        limits |= dict.fromkeys(filter(None, [deadlines.get(duty["id"])]))
    limits |= dict.fromkeys(filter(None, [deadlines.get(measure["id"])]))
    told = {
        "id": key_of(measure["id"]),
        "task": measure["label_zh"] or "",
        **{column: _JOINED.join(names) for column, names in bodies.items()},
        "deadline": "；".join(limits),
        "quote": "；".join(quotes),
        "document": titles.get(measure["document"], ""),
        "provision": places.provisions.get(measure["id"], ""),
    }
    return {key: shown(text) for key, text in told.items()}


def _status(status: Status | None) -> dict[str, str]:
    if status is None:
        return dict.fromkeys(STATUS, "")
    return {
        "progress": shown(status.progress),
        "done": "" if status.done is None else str(status.done),
        "light": status.light or "",
        "reported_on": status.reported_on,
        "note": shown(status.note),
    }
