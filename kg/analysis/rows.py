"""Reading a typed table by columns, which is several times as fast as by whole rows."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa


def rows_of(table: pa.Table, *names: str) -> Iterator[tuple[Any, ...]]:
    """Yield the values of the columns *names* of each row, in the order of the table.

    >>> list(rows_of(pa.table({"id": ["m1", "m2"], "year": [2025, None]}), "id", "year"))
    [('m1', 2025), ('m2', None)]
    """
    return zip(*(table[name].to_pylist() for name in names), strict=True)
