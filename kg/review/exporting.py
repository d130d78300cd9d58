"""Statements out to a sheet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import rdf
from kg.errors import FormatError, UnkeptDocumentError
from kg.home import write_blocks
from kg.model import Decision
from kg.pipeline import Reading
from kg.review.csv_file import write_csv
from kg.review.desk import Desk
from kg.review.rows import Row, row_of
from kg.review.xlsx_file import write_xlsx

WRITERS = {".xlsx": write_xlsx, ".csv": write_csv}


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
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise FormatError(given=path.suffix, known=" ".join(WRITERS))
    found = {key: reading for key in documents if (reading := desk.read(key))}
    unkept = tuple(key for key in documents if key not in found)
    if unkept and len(documents) == 1:
        raise UnkeptDocumentError(key=unkept[0])
    rows = list(_rows(found, desk.decisions(), below))
    write_blocks(path, writer(rows))
    return Exported(len(rows), unkept)


def _rows(
    found: Mapping[str, Reading], decided: Mapping[str, Decision], below: float | None
) -> Iterator[Row]:
    for reading in found.values():
        title = reading.extraction.metadata.title
        for one in rdf.statements_of(reading.source, reading.extraction, reading.cleaned):
            if below is None or one.confidence < below:
                yield row_of(one, decided.get(one.id), title)
