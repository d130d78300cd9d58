"""Status back in: every row is checked before anything is written, and all is written at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from kg.analysis.project import project
from kg.ids import BASE, key_of
from kg.ledger.columns import FORM, LIGHT_WORDS, STATUS
from kg.rdf.statuses import (
    STATUS_GRAPH,
    STATUSES,
    Import,
    Light,
    Status,
    status_quads,
    statuses_in,
)
from kg.settings import Settings
from kg.sheets import Line, Refusal, read_sheet
from kg.store import Store

_ALL = 100


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did: how many statuses are new or changed, taken back, left as they were."""

    changed: int
    withdrawn: int
    unchanged: int
    vanished: tuple[str, ...]


def statuses(store: Store) -> list[Status]:
    """Return every status that is known.

    Raises:
        StoreError: The store failed.
    """
    return statuses_in(store.select(STATUSES).dicts())


def take_ledger(
    name: str, data: bytes, *, store: Store, now: datetime, settings: Settings
) -> Taken:
    """Take the statuses of the ledger with this file *name* in, all of them or none.

    A row whose status is empty takes back what was known; measures that are not in the ledger stay
    as they are.

    Args:
        name: The name of the file; it ends in .xlsx or .csv.
        data: What it holds.
        store: Where statuses are kept.
        now: When it is taken in.
        settings: How large a sheet may be.

    Raises:
        FormatError: The name ends otherwise.
        SheetError: A row cannot be taken in; it names sheet and cell.
        UnreadableDocumentError: It is no workbook or no text.
        StoreError: The store failed.
    """
    refuse = Refusal(name)
    measures = project(store).measures["id"].to_pylist()
    before = {status.measure: status for status in statuses(store)}
    named = {key_of(iri): iri for iri in (*before, *measures)}
    run = Import(name, sha256(data).hexdigest(), now.isoformat(timespec="seconds"))
    told: dict[str, Status | None] = {}
    places: dict[str, str] = {}
    for line in read_sheet(name, data, FORM, settings=settings):
        measure = _measure(line, named, places, refuse)
        told[measure] = _status(line, measure, run, refuse)
    after = before | {
        measure: _same(before.get(measure), status) for measure, status in told.items()
    }
    kept = {measure: status for measure, status in after.items() if status is not None}
    if kept != before:
        store.replace(STATUS_GRAPH, status_quads(kept.values()))
    changed = sum(kept.get(one) is not None and kept[one] != before.get(one) for one in told)
    withdrawn = sum(one in before and one not in kept for one in told)
    gone = tuple(sorted(kept.keys() - set(measures)))
    return Taken(changed, withdrawn, len(told) - changed - withdrawn, gone)


def _same(before: Status | None, status: Status | None) -> Status | None:
    """Return *before* where *status* says nothing else: it stays where it is from."""
    return before if before and status and before.told == status.told else status


def _measure(line: Line, named: Mapping[str, str], places: dict[str, str], refuse: Refusal) -> str:
    """Return the measure that a row is about, the first time."""
    key = line.cells["id"].removeprefix(BASE)
    measure = named.get(key)
    if measure is None:
        raise refuse.at(
            line.places["id"],
            en=f"there is no measure {key!r} in this graph; export the ledger again",
            zh=f"图谱中没有编号为“{key}”的任务；请重新导出台账",
        )
    first = places.setdefault(measure, line.places["id"])
    if first != line.places["id"]:
        raise refuse.at(
            line.places["id"],
            en=f"the same measure stands in {first}; keep one of the rows",
            zh=f"同一任务已在 {first}；请只保留一行",
        )
    return measure


def _status(line: Line, measure: str, run: Import, refuse: Refusal) -> Status | None:
    if not any(line.cells[key] for key in STATUS):
        return None
    return Status(
        measure=measure,
        taken_from=run,
        progress=line.cells["progress"],
        done=_done(line, refuse),
        light=_light(line, refuse),
        reported_on=line.cells["reported_on"],
        note=line.cells["note"],
    )


def _done(line: Line, refuse: Refusal) -> int | None:
    text = line.cells["done"]
    if not text:
        return None
    number = float(text)
    if not 0 <= number <= _ALL or number != int(number):
        raise refuse.at(
            line.places["done"],
            en=f"{text} is no whole number from 0 to 100",
            zh=f"{text} 不是 0 至 100 的整数",
        )
    return int(number)


def _light(line: Line, refuse: Refusal) -> Light | None:
    word = line.cells["light"].lower()
    if not word:
        return None
    if word not in LIGHT_WORDS:
        raise refuse.at(
            line.places["light"],
            en=f"{word!r} is no light; write green, yellow or red",
            zh=f"“{word}”不是红黄绿灯；请写 绿、黄 或 红",
        )
    return LIGHT_WORDS[word]
