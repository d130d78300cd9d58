"""The lists as they lie in ``ontology/authorities``: rows of cells."""

import csv
from importlib.resources import files


def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the list in the file of this *name*, by column."""
    lines = (files("ontology") / "authorities" / name).read_text("utf-8").splitlines()
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def split(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that holds several.

    >>> split("产业|工业")
    ('产业', '工业')
    """
    return tuple(part for part in cell.split("|") if part)
