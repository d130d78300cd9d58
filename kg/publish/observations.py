"""A table of observed values (CSV) into a store: indicator, area, year, value, unit, source."""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from kg.errors import PayloadError
from kg.rdf.observations import Observed, observation_graph, observation_quads
from kg.store.port import Store

_COLUMNS = {
    "指标": "indicator", "行政区": "area", "年份": "year", "数值": "value", "单位": "unit",
    "来源": "source",
}  # fmt: skip
_NEEDED = ("indicator", "area", "year", "value")


def take_in_observations(store: Store, name: str, data: bytes) -> list[str]:
    """Put the rows of a CSV file in the place of those of the same file; return the graph's name.

    The first row names the columns, in Chinese (指标,行政区,年份,数值,单位,来源) or English (indicator,
    area, year, value, unit, source); unit and source may be left out.

    Raises:
        PayloadError: A column or a value is missing, or is not what its column says.
        StoreError: The store failed.
    """
    graph = observation_graph(name)
    store.replace(graph, observation_quads(_rows(name, data), graph))
    return [graph]


def _rows(name: str, data: bytes) -> Iterator[Observed]:
    try:
        table = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        heads = [_COLUMNS.get(head.strip(), head.strip()) for head in table.fieldnames or ()]
        missing = [zh for zh, en in _COLUMNS.items() if en in _NEEDED and en not in heads]
        if missing:
            raise PayloadError(detail=f"{name}: 缺少列 no column {'、'.join(missing)}")
        for row in table:
            cells = dict(
                zip(heads, (str(cell or "").strip() for cell in row.values()), strict=False)
            )
            yield _observed(name, table.line_num, cells)
    except (UnicodeDecodeError, csv.Error) as error:
        raise PayloadError(detail=f"{name}: {error}") from error


def _observed(name: str, line: int, cells: dict[str, str]) -> Observed:
    for column in _NEEDED:
        if not cells.get(column):
            raise PayloadError(detail=f"{name}:{line}: 缺少 no {column}")
    try:
        return Observed(
            indicator=cells["indicator"],
            area=cells["area"],
            year=int(cells["year"]),
            value=_number(cells["value"]),
            unit=cells.get("unit", ""),
            source=cells.get("source", ""),
        )
    except (ValueError, InvalidOperation) as error:
        given = f"{cells['year']}, {cells['value']}"
        raise PayloadError(
            detail=f"{name}:{line}: 不是年份与数值 no year and value: {given}"
        ) from error


def _number(words: str) -> Decimal:
    number = Decimal(words)
    if not number.is_finite():
        raise ValueError(words)
    return number
