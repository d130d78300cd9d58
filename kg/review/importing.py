"""Decisions back in: every row is checked before anything is written, and all is written at once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import pipeline, rdf, storing
from kg.errors import UnkeptDocumentError
from kg.home import read_file
from kg.ids import BASE, document_of, graph_iri
from kg.model import Decision, Verdict
from kg.rdf import Statement
from kg.reading import Reading, quads_of
from kg.review.columns import FORM
from kg.review.desk import Desk
from kg.review.things import Things
from kg.review.verdicts import Judge, by_key
from kg.sheets import Line, Refusal, known_ending, read_sheet


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: decisions of the file by verdict, those taken back, documents made anew."""

    verdicts: dict[Verdict, int]
    withdrawn: int
    documents: tuple[str, ...]
    on: str  # the day, ISO 8601


def import_review(path: Path, *, desk: Desk, today: str) -> Imported:
    """Take the decisions of a review sheet in, all of them or none.

    Rows without a decision are undecided; what was decided on them before is taken back. Statements
    that are not in the sheet stay as they are.

    Args:
        path: An .xlsx or .csv file as `export_review` writes them.
        desk: Where the texts are, from which documents are made anew, and the store.
        today: The date of new decisions, ISO 8601.

    Raises:
        FormatError: The file ends otherwise.
        SheetError: A row cannot be taken in; it names sheet and cell.
        UnkeptDocumentError: A document is not kept in the home.
        MissingFileError: There is no such file.
        UnreadableDocumentError: It is no workbook or no text.
    """
    known_ending(path.suffix)
    return take_review(path.name, read_file(path, desk.settings), desk=desk, today=today)


def take_review(name: str, data: bytes, *, desk: Desk, today: str) -> Imported:
    """Take the decisions of the sheet with this file *name* in, as `import_review` does.

    Raises:
        FormatError: The name ends otherwise.
        SheetError: A row cannot be taken in; it names sheet and cell.
        UnkeptDocumentError: A document is not kept in the home.
        UnreadableDocumentError: It is no workbook or no text.
    """
    lines = read_sheet(name, data, FORM, settings=desk.settings)
    refuse = Refusal(name)
    known = desk.decisions()
    readings = _readings(lines, refuse, desk)
    judge = Judge(refuse, today, {key: _things(one) for key, one in readings.items()})
    decided: dict[str, Decision | None] = {}
    for line, statement in _matched(lines, _statements(readings, desk), refuse):
        decided[statement.id] = judge.decision(line, statement, known.get(statement.id))
    changed = {one for one, decision in decided.items() if known.get(one) != decision}
    after = {one: decision for one, decision in (known | decided).items() if decision}
    touched = sorted({document_of(one) for one in changed})
    if touched:
        graphs = {rdf.DECISION_GRAPH: rdf.decision_quads(after.values())}
        for key in touched:
            own = [decision for one, decision in after.items() if document_of(one) == key]
            graphs[graph_iri(key)] = quads_of(readings[key], own)
            storing.keep_reading(readings[key], home=desk.home)
        desk.store.replace_all(graphs)
    return Imported(
        verdicts=dict(Counter(one.verdict for one in decided.values() if one)),
        withdrawn=sum(one in known and decided[one] is None for one in decided),
        documents=tuple(touched),
        on=today,
    )


def _things(reading: Reading) -> Things:
    return Things.of(rdf.things_of(reading.source, reading.extraction, reading.cleaned))


def _readings(lines: Sequence[Line], refuse: Refusal, desk: Desk) -> dict[str, Reading]:
    """Return every document that the sheet names, read again."""
    present = pipeline.document_keys(desk.store)
    found: dict[str, Reading] = {}
    for line in lines:
        key = document_of(line.cells["id"])
        if key in found:
            continue
        if key not in present:
            raise _unknown(line, refuse)
        reading = desk.read(key)
        if reading is None:
            raise UnkeptDocumentError(key=key)
        found[key] = reading
    return found


def _statements(readings: Mapping[str, Reading], desk: Desk) -> dict[str, Statement]:
    """Return everything that a row on these documents can be about, by IRI."""
    own = (
        one
        for reading in readings.values()
        for one in rdf.statements_of(reading.source, reading.extraction, reading.cleaned)
    )
    taken_up = (one for found in desk.uptake(readings.keys()).values() for one in found)
    return {one.id: one for one in (*own, *taken_up)}


def _matched(
    lines: Sequence[Line], statements: Mapping[str, Statement], refuse: Refusal
) -> list[tuple[Line, Statement]]:
    """Return each row with its statement."""
    matched: list[tuple[Line, Statement]] = []
    seen: dict[str, str] = {}
    for line in lines:
        statement = by_key(statements, line.cells["id"])
        if statement is None:
            raise _unknown(line, refuse)
        first = seen.setdefault(statement.id, line.places["id"])
        if first != line.places["id"]:
            raise refuse.at(
                line.places["id"],
                en=f"the same statement stands in {first}; keep one of the rows",
                zh=f"同一陈述已在 {first}；请只保留一行",
            )
        matched.append((line, statement))
    return matched


def _unknown(line: Line, refuse: Refusal) -> Exception:
    key = line.cells["id"].removeprefix(BASE)
    return refuse.at(
        line.places["id"],
        en=f"there is no statement {key!r} in this graph; export the sheet again",
        zh=f"图谱中没有编号为“{key}”的陈述；请重新导出",
    )
