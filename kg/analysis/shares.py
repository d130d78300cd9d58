"""The tables cut by jurisdiction: shares that can be looked at apart, on as many machines.

An element belongs to the area of its document. Two areas of which an element of one is tied to an
element of the other (a dependency, a contribution, a part of a whole) belong together: the parts
of the quotient graph, whose nodes are areas, are what can be told apart without loss. Uptake and
``implements`` run between levels everywhere; they do not tie areas, and each share has those inside it.
"""

import heapq
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import scipy  # scipy.sparse loads when it is first used

from kg.analysis.arrays import Codes
from kg.analysis.kept import put_table_files
from kg.analysis.project import Tables

ROWS = 20_000
"""Rows of ``above`` in a share: some 300 thousand triples, a second of work and no memory to speak of."""

PLACED_BY = MappingProxyType(
    {
        "documents": "id",
        "implementing": "lower",
        "measures": "id",
        "goals": "id",
        "parents": "child",
        "targets": "id",
        "quantifying": "target",
        "statuses": "measure",
        "responsibilities": "measure",
        "dependencies": "source",
        "contributions": "measure",
        "conflicts": "one",
        "uptake": "lower",
        "covering": "subject",
        "placements": "element",
        "evaluations": "subject",
        "evidence": "document",
        "above": "element",
    }
)
"""The column of each table that tells the jurisdiction of a row; tables left out are whole in each share."""

_TIES = (
    ("parents", "child", "parent"),
    ("dependencies", "source", "target"),
    ("contributions", "measure", "goal"),
    ("conflicts", "one", "other"),
    ("quantifying", "target", "goal"),
)


def shares(tables: Tables, *, rows: int = ROWS) -> Iterator[Tables]:
    """Yield shares of *tables* of about so many rows of ``above``; together they are the whole.

    >>> from kg.analysis.project import tables_of
    >>> plans = [{"id": "p", "area": "一县"}, {"id": "q", "area": "二县"}]
    >>> [share.documents["id"].to_pylist() for share in shares(tables_of({"documents": plans}))]
    [['p', 'q']]
    """
    places = _Places(tables)
    share_of = _balanced(places.weights(tables), tables.above.num_rows // rows + 1)
    for share in range(int(share_of.max(initial=-1)) + 1):
        yield Tables(
            **{
                name: table.filter(pa.array(share_of[places.of(table[PLACED_BY[name]])] == share))
                if name in PLACED_BY
                else table
                for name, table in tables.named().items()
            }
        )


def put_shares(folder: Path, tables: Tables) -> list[Path]:
    """Return the folders of the shares of *tables* under *folder*, put there unless they are.

    Each has the tables that are cut (`PLACED_BY`) as Parquet; names tell the share, as Hive has it.

    Raises:
        OSError: The folder cannot be written to.
    """
    place = folder / "areas"
    if not place.is_dir():
        draft = folder / f".areas.{os.getpid()}"
        for number, share in enumerate(shares(tables)):
            cut = {name: getattr(share, name) for name in PLACED_BY}
            put_table_files(draft / f"share={number:04}", cut)
        draft.replace(place)
    return sorted(place.iterdir())


class _Places:
    """To which part of the quotient graph each document and element belongs; 0 is that of strangers."""

    def __init__(self, tables: Tables) -> None:
        documents, ends = tables.documents, _ends(tables)
        stating = [tables.measures, tables.goals, tables.targets]
        area = pc.coalesce(documents["area"], documents["id"])
        placed = np.concatenate([[0], _codes(area, pc.unique(area))])
        owned = [placed[_codes(table["document"], documents["id"])] for table in stating]
        told = [_one(column) for column in (documents["id"], *(table["id"] for table in stating))]
        names = pa.concat_arrays(told)
        unknown = pc.unique(pa.concat_arrays([_one(column) for pair in ends for column in pair]))
        unknown = unknown.filter(pc.invert(pc.is_in(unknown, names)))  # each a place of its own
        own = np.arange(len(unknown)) + placed.max() + 1
        self._names = pa.concat_arrays([names, unknown])
        self._place = np.concatenate([[0], placed[1:], *owned, own])
        self._place = self._tied(ends)[self._place]

    def of(self, column: pa.ChunkedArray) -> Codes:
        """Return the part that each name of *column* belongs to."""
        return self._place[_codes(column, self._names)]

    def weights(self, tables: Tables) -> Codes:
        """Return how many rows each part has, in the table that grows fastest."""
        return np.bincount(self.of(tables.above["element"]), minlength=self._place.max() + 1)

    def _tied(self, ends: Sequence[Sequence[pa.ChunkedArray]]) -> Codes:
        """Return the part of the quotient graph for each place."""
        one, other = (
            np.concatenate([self.of(column) for column in side]) for side in zip(*ends, strict=True)
        )
        size = int(self._place.max()) + 1
        ties = scipy.sparse.coo_array(
            (np.ones(len(one), np.int8), (one, other)), shape=(size, size)
        )
        _, part = scipy.sparse.csgraph.connected_components(ties, directed=False)
        return np.asarray(part, np.int64)


def _ends(tables: Tables) -> list[list[pa.ChunkedArray]]:
    return [[getattr(tables, name)[end] for end in pair] for name, *pair in _TIES]


def _codes(column: pa.ChunkedArray, names: pa.ChunkedArray | pa.Array) -> Codes:
    """Return the place of each name among *names*, counted from 1; 0 for what is not there."""
    found = pc.fill_null(pc.index_in(column, _one(names)), -1)
    return np.asarray(found.to_numpy(), np.int64) + 1


def _one(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _balanced(weights: Codes, count: int) -> Codes:
    """Return the share of each part: the heaviest first, each to the share that has least so far."""
    loads = [(0, share) for share in range(min(count, len(weights)))]
    shares_of = np.empty(len(weights), np.int64)
    for part in np.argsort(-weights, kind="stable"):
        load, share = heapq.heappop(loads)
        shares_of[part] = share
        heapq.heappush(loads, (load + int(weights[part]), share))
    return shares_of
