"""Which element stands above which: the closure of ``partOf`` and ``realises``."""

import numpy as np
import pyarrow as pa

from kg.analysis.arrays import Codes, Links, coded, each_once

ABOVE_SCHEMA = pa.schema(
    [("element", pa.string()), ("ancestor", pa.string()), ("distance", pa.int64())]
)


def above(elements: pa.ChunkedArray, parents: pa.Table) -> pa.Table:
    """Return a row for each element and ancestor with the fewest steps between, itself at 0.

    Elements that only *parents* (``child``, ``parent``) names are included. A loop of parents (dirty
    data) ends where it comes back to an element already met.

    >>> pairs = pa.table({"child": ["b"], "parent": ["a"]})
    >>> above(pa.chunked_array([["b"]]), pairs).to_pydict()
    {'element': ['a', 'b', 'b'], 'ancestor': ['a', 'b', 'a'], 'distance': [0, 0, 1]}
    """
    texts, (_, child, parent) = coded([elements, parents["child"], parents["parent"]])
    up = Links.of(child, parent)
    element = ancestor = np.arange(len(texts))
    layers = [(element, ancestor)]
    met = element * len(texts) + ancestor
    while len(element):
        at, higher = up.from_each(ancestor)
        element, ancestor = each_once(element[at], higher)
        pairs = element * len(texts) + ancestor
        new = ~np.isin(pairs, met)
        element, ancestor, met = element[new], ancestor[new], np.concatenate([met, pairs[new]])
        layers.append((element, ancestor))
    return _table(texts, layers)


def _table(texts: pa.StringArray, layers: list[tuple[Codes, Codes]]) -> pa.Table:
    """Return the pairs of elements and ancestors, a layer for each distance, as sorted rows."""
    element = np.concatenate([layer[0] for layer in layers])
    ancestor = np.concatenate([layer[1] for layer in layers])
    distance = np.repeat(np.arange(len(layers)), [len(layer[0]) for layer in layers])
    order = np.lexsort((ancestor, distance, element))
    columns = [
        texts.take(pa.array(element[order])),
        texts.take(pa.array(ancestor[order])),
        pa.array(distance[order]),
    ]
    return pa.Table.from_arrays(columns, schema=ABOVE_SCHEMA)
