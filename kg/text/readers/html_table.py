"""Tables inside a page: which are data, and their rows with spans filled in."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

_SPACES = re.compile(r"\s+")
_LONGEST_CELL = 3000  # a longer one is a page laid out by a table
_MOST_SPAN = 200
_MOST_COLUMNS = 500  # beyond these a cell spans itself alone


def is_data_table(table: LexborNode) -> bool:
    """Return whether *table* holds data: two columns somewhere, no table inside, no page in a cell."""
    if len(table.css("table")) > 1:
        return False
    widths = [len(_cells(row)) for row in table.css("tr")]
    if max(widths, default=0) < 2:
        return False
    return all(len(cell.text()) <= _LONGEST_CELL for cell in table.css("td, th"))


def data_rows(table: LexborNode) -> Iterator[list[str]]:
    """Yield the cells of each row; a cell that spans rows is repeated, one that spans columns not."""
    hanging: dict[int, tuple[str, int]] = {}  # column -> text and rows it still spans
    caption = table.css_first("caption")
    if caption is not None and caption.text().strip():
        yield [_flat(caption)]
    for row in table.css("tr"):
        out: list[str] = []
        for cell in _cells(row):
            _fill(out, hanging)
            text, rows, columns = _flat(cell), _span(cell, "rowspan"), _span(cell, "colspan")
            for step in range(columns if len(out) < _MOST_COLUMNS else 1):
                if rows > 1:
                    hanging[len(out)] = (text if step == 0 else "", rows - 1)
                out.append(text if step == 0 else "")
        _fill(out, hanging)
        yield _trimmed(out)


def _cells(row: LexborNode) -> list[LexborNode]:
    return [node for node in row.iter() if node.tag in {"td", "th"}]


def _fill(out: list[str], hanging: dict[int, tuple[str, int]]) -> None:
    while len(out) in hanging:
        text, rows = hanging.pop(len(out))
        if rows > 1:
            hanging[len(out)] = (text, rows - 1)
        out.append(text)


def _trimmed(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _flat(node: LexborNode) -> str:
    return _SPACES.sub(
        " ", node.text(separator=" ") if node.css_first("p, br, div") else node.text()
    ).strip()


def _span(cell: LexborNode, name: str) -> int:
    value = cell.attributes.get(name) or "1"
    return max(1, min(int(value), _MOST_SPAN)) if value.isdecimal() else 1
