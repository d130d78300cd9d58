"""The typed tables filled from facts, column by column.

A row stands for a node, and for one value of each key column; the rows are sorted by these. Any
other cell holds the first value that its paths lead to, in sorted order (`kg.analysis.columns`).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.analysis.arrays import Codes, Links, coded
from kg.analysis.columns import KIND_OF_CLASS, WORD_OF_CONCEPT, Column, Reading, TableSpec
from kg.analysis.facts import EN, ZH, Facts
from kg.ids import key_of
from kg.vocab import NS

_GENERAL = pa.array(["body", "measure"])  # any class below these says more
_FLAGS = pa.array(["true", "false", "1", "0"])  # all that XML Schema allows
_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_EXACT = 2**53  # beyond it a number with a point no longer holds every integer


def filled(facts: Facts, spec: TableSpec) -> pa.Table:
    """Return the table that *facts* give, without the columns that follow from others."""
    nodes = facts.nodes(spec.classes)
    found = {column.name: _found(facts, nodes, column) for column in spec.columns}
    rows, chosen = np.arange(len(nodes)), dict[str, Codes]()
    for column in spec.columns:
        if column.key:
            at, values = found[column.name][0].from_each(rows)
            chosen = {name: codes[at] for name, codes in chosen.items()} | {column.name: values}
            rows = rows[at]
    if spec.unordered:
        one, other = (chosen[name] for name in spec.unordered)
        rows = rows[one < other]
        chosen = {name: codes[one < other] for name, codes in chosen.items()}
    arrays = []
    for column in spec.columns:
        links, texts = found[column.name]
        codes = chosen[column.name] if column.key else _first(links, len(nodes))[rows]
        arrays.append(_array(column, codes, texts))
    return pa.Table.from_arrays(arrays, schema=spec.schema)


def _found(facts: Facts, nodes: Codes, column: Column) -> tuple[Links, pa.StringArray]:
    """Return what a column finds for each place in *nodes*: places in the texts beside it."""
    places, reached = facts.follow(nodes, column.paths[0])
    for path in column.paths[1:]:
        at, more = facts.follow(nodes, path)
        wanted = np.ones(len(at), np.bool_) if column.key else ~np.isin(at, places)
        places = np.concatenate([places, at[wanted]])
        reached = np.concatenate([reached, more[wanted]])
    if column.reading is Reading.VALUE:
        return Links.of(places, reached), facts.lexicon
    distinct, back = np.unique(reached, return_inverse=True)
    texts, codes = _ranked(_READINGS[column.reading](facts, distinct))
    read = codes[back]
    return Links.of(places[read >= 0], read[read >= 0]), texts


def _ranked(texts: pa.Array) -> tuple[pa.StringArray, Codes]:
    """Return the distinct *texts* in order, and for each its place there, -1 where there is none."""
    known = texts.is_valid().to_numpy(zero_copy_only=False)
    distinct, (ranks,) = coded([pa.chunked_array([texts.drop_null()], pa.string())])
    order = np.argsort(pc.is_in(distinct, _GENERAL).to_numpy(zero_copy_only=False), kind="stable")
    codes = np.full(len(texts), -1)
    codes[known] = np.argsort(order)[ranks]
    return distinct.take(pa.array(order)), codes


def _first(links: Links, size: int) -> Codes:
    """Return the first that each of *size* places is linked to, -1 where there is none."""
    first = np.full(size, -1)
    places, at = np.unique(links.subjects, return_index=True)
    first[places] = links.objects[at]
    return first


def _array(column: Column, codes: Codes, texts: pa.StringArray) -> pa.Array:
    """Return the texts at *codes* as their column holds them; what does not fit is null."""
    values = texts.take(pa.array(codes, mask=codes < 0))
    array = values if pa.types.is_string(column.type) else _cast(values, column.type)
    if column.default is None:
        return array
    return pc.if_else(pa.array(codes < 0), pa.scalar(column.default, column.type), array)


def _cast(values: pa.StringArray, kind: pa.DataType) -> pa.Array:
    none = pa.scalar(None, pa.string())
    if pa.types.is_boolean(kind):
        flags = pc.is_in(values, _FLAGS)
        return pc.if_else(flags, values, none).cast(kind)
    numbers = pc.if_else(pc.match_substring_regex(values, _NUMBER), values, none).cast(pa.float64())
    if pa.types.is_floating(kind):
        return numbers
    whole = pc.if_else(pc.less(pc.abs(numbers), _EXACT), pc.trunc(numbers), None)
    return whole.cast(kind)


def _words(facts: Facts, nodes: Codes) -> pa.Array:
    texts = facts.lexicon.take(pa.array(nodes)).to_pylist()
    words = [WORD_OF_CONCEPT.get(text, text.removeprefix(NS)) for text in texts]
    return pa.array(words, pa.string())


def _kinds(facts: Facts, nodes: Codes) -> pa.Array:
    texts = facts.lexicon.take(pa.array(nodes)).to_pylist()
    return pa.array([KIND_OF_CLASS.get(text) for text in texts], pa.string())


def _english(facts: Facts, nodes: Codes) -> pa.Array:
    return _labels(facts, nodes, EN)


def _chinese(facts: Facts, nodes: Codes) -> pa.Array:
    """Return the Chinese labels, else the English ones, else what the identifiers say."""
    labels = pc.coalesce(_labels(facts, nodes, ZH), _labels(facts, nodes, EN))
    bare = pc.is_null(labels)
    keys = [key_of(text) for text in facts.lexicon.take(pa.array(nodes)).filter(bare).to_pylist()]
    return pc.replace_with_mask(labels, bare, pa.array(keys, pa.string()))


def _labels(facts: Facts, nodes: Codes, step: str) -> pa.Array:
    codes = _first(Links(*facts.follow(nodes, (step,))), len(nodes))
    return facts.lexicon.take(pa.array(codes, mask=codes < 0))


_READINGS: Mapping[Reading, Callable[[Facts, Codes], pa.Array]] = MappingProxyType(
    {
        Reading.WORD: _words,
        Reading.KIND: _kinds,
        Reading.LABEL_ZH: _chinese,
        Reading.LABEL_EN: _english,
    }
)
