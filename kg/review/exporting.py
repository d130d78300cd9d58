"""Statements out to a sheet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import rdf
from kg.errors import UnkeptDocumentError
from kg.home import write_blocks
from kg.model import Decision
from kg.rdf import Statement
from kg.reading import Reading
from kg.review.columns import FORM
from kg.review.desk import Desk
from kg.review.rows import row_of
from kg.review.things import Things
from kg.sheets import Row, known_ending, write_sheet


@dataclass(frozen=True, slots=True)
class Exported:
    """How many rows were written, and the documents whose text is not kept here."""

    rows: int
    unkept: tuple[str, ...]


def export_review(
    path: Path,
    documents: Sequence[str],
    *,
    desk: Desk,
    below: float | None = None,
) -> Exported:
    """Write the statements of *documents* to *path*, with what was decided on them.

    Args:
        path: An .xlsx or .csv file.
        documents: Keys; one alone must be kept in the home, of several the others go on.
        desk: Where the texts and the decisions are.
        below: Only statements that the rules were less sure of than this.

    Raises:
        FormatError: The file ends otherwise.
        UnkeptDocumentError: The one document asked for is not kept in the home.
        HomeError: The file cannot be written.
    """
    done, blocks = review_sheet(path.suffix, documents, desk=desk, below=below)
    write_blocks(path, blocks)
    return done


def review_sheet(
    suffix: str, documents: Sequence[str], *, desk: Desk, below: float | None = None
) -> tuple[Exported, Iterator[bytes]]:
    """Return the sheet that `export_review` writes, and what it holds.

    Raises:
        FormatError: No sheet has this *suffix*.
        UnkeptDocumentError: The one document asked for is not kept in the home.
    """
    known_ending(suffix)
    found = {key: reading for key in documents if (reading := desk.read(key))}
    unkept = tuple(key for key in documents if key not in found)
    if unkept and len(documents) == 1:
        raise UnkeptDocumentError(key=unkept[0])
    decided, taken_up = desk.decisions(), desk.uptake(found.keys())
    rows = [
        row
        for key, reading in found.items()
        for row in _rows(reading, taken_up.get(key, ()), decided, below)
    ]
    return Exported(len(rows), unkept), write_sheet(suffix, FORM, rows)


def _rows(
    reading: Reading,
    taken_up: Sequence[Statement],
    decided: Mapping[str, Decision],
    below: float | None,
) -> Iterator[Row]:
    parts = (reading.source, reading.extraction, reading.cleaned)
    things = Things.of(rdf.things_of(*parts))
    for one in (*rdf.statements_of(*parts), *taken_up):
        if below is None or one.confidence < below:
            yield row_of(one, decided.get(one.id), reading.extraction.metadata.title, things)
