"""Texts as numbers, and pairs of them: what the tables are put together from.

A code is the place of a text among all distinct ones in sorted order, so that sorting and comparing
codes is sorting and comparing texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Links:
    """A property: what it links to what, sorted by the subjects, then the objects, each once."""

    subjects: Codes
    objects: Codes

    @classmethod
    def of(cls, subjects: Codes, objects: Codes) -> "Links":
        """Return the links between two columns."""
        return cls(*each_once(subjects, objects))

    def from_each(self, nodes: Codes) -> tuple[Codes, Codes]:
        """Return for each link of one of *nodes* its place among them, and where the link leads.

        >>> links = Links.of(np.array([7, 3, 3]), np.array([1, 4, 2]))
        >>> [found.tolist() for found in links.from_each(np.array([5, 3]))]
        [[1, 1], [2, 4]]
        """
        first = np.searchsorted(self.subjects, nodes, side="left")
        counts = np.searchsorted(self.subjects, nodes, side="right") - first
        places = np.repeat(np.arange(len(nodes)), counts)
        within = np.arange(len(places)) - np.repeat(np.cumsum(counts) - counts, counts)
        return places, self.objects[np.repeat(first, counts) + within]


def coded(columns: Sequence[pa.ChunkedArray]) -> tuple[pa.StringArray, list[Codes]]:
    """Return the distinct texts of *columns*, sorted, and each column as places among them.

    >>> texts, (places,) = coded([pa.chunked_array([["b", "a", "b"]])])
    >>> texts.to_pylist(), places.tolist()
    (['a', 'b'], [1, 0, 1])
    """
    chunks = [chunk for column in columns for chunk in column.chunks]
    encoded = pa.chunked_array(chunks, pa.string()).dictionary_encode().combine_chunks()
    texts = encoded.dictionary
    order = pc.sort_indices(texts)
    ranks = np.empty(len(order), np.int64)
    ranks[order.to_numpy()] = np.arange(len(order))
    places = ranks[encoded.indices.to_numpy()]
    ends = np.cumsum([len(column) for column in columns])[:-1]
    return texts.take(order), np.split(places, ends)


def each_once(first: Codes, second: Codes) -> tuple[Codes, Codes]:
    """Return the distinct pairs of two columns, sorted.

    >>> [column.tolist() for column in each_once(np.array([2, 1, 2]), np.array([5, 9, 5]))]
    [[1, 2], [9, 5]]
    """
    size = int(second.max(initial=0)) + 1  # a pair as one number: numbers of a lexicon are small
    pairs = np.sort(first * size + second)
    new = np.ones(len(pairs), np.bool_)
    new[1:] = pairs[1:] != pairs[:-1]
    return np.divmod(pairs[new], size)
