"""Find a thing by part of its name, by several parts, or by the initials of its pinyin."""

import bisect
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from kg.explore.cache import PerGeneration
from kg.explore.nodes import Gaps, nodes_of
from kg.explore.sparql import PROLOGUE, values
from kg.explore.terms import NODE_TYPES, TYPE_RANK
from kg.model import Node
from kg.store.port import Store

_ALIKE = 0.5  # share of a query's neighbouring pairs of characters that a loose hit must hold
_MOST = 2_000  # occurrences looked at for one query


@dataclass(frozen=True, slots=True)
class Hit:
    """A node and the name by which it was found."""

    node: Node
    matched: str


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    iri: str
    type: str


@dataclass(frozen=True, slots=True)
class _Text:
    """All names in one string, so that one scan in C finds a part in any of them."""

    joined: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, parts: list[str]) -> "_Text":
        starts, at = [], 0
        for part in parts:
            starts.append(at)
            at += len(part) + 1
        return cls("\n".join(parts), tuple(starts))

    def holding(self, part: str) -> Iterator[tuple[int, int]]:
        """Yield number of the name and place in it for each occurrence of *part*."""
        at = self.joined.find(part)
        while at >= 0:
            number = bisect.bisect_right(self.starts, at) - 1
            yield number, at - self.starts[number]
            at = self.joined.find(part, at + 1)


@dataclass(frozen=True, slots=True)
class _Index:
    names: tuple[_Name, ...]
    texts: _Text
    initials: _Text


def search(
    store: Store,
    query: str,
    *,
    types: Collection[str] = (),
    limit: int = 10,
    gaps: Gaps | None = None,
) -> list[Hit]:
    """Return the nodes whose name or alias holds *query*, best first, at most *limit*.

    Parts divided by spaces must all occur. Letters also match initials of pinyin: ``scjg`` finds
    市场监管总局. Where nothing holds the query, names that share most pairs of neighbouring
    characters come instead: 质量督察机制 finds 质量督察工作机制.
    """
    parts = query.casefold().split()
    if not parts:
        return []
    index = _INDEX.of(store)
    ranked = _ranked(index, parts) or _loose(index, parts)
    best: dict[str, tuple[tuple[int, ...], _Name]] = {}
    for number, rank in ranked.items():
        name = index.names[number]
        order = (*rank, TYPE_RANK[name.type], len(name.text))
        if (not types or name.type in types) and (
            name.iri not in best or order < best[name.iri][0]
        ):
            best[name.iri] = (order, name)
    chosen = sorted(best.values(), key=lambda found: (found[0], found[1].text, found[1].iri))[
        :limit
    ]
    nodes = nodes_of(store, [name.iri for _, name in chosen], gaps=gaps)
    return [Hit(nodes[name.iri], name.text) for _, name in chosen if name.iri in nodes]


def _ranked(index: _Index, parts: list[str]) -> dict[int, tuple[int, int]]:
    """Return number of the name -> how well it fits, for names that hold every part."""
    found = _holding(index.texts, parts)
    if all(part.isascii() and part.isalpha() for part in parts):
        for number, (_, place) in _holding(index.initials, parts).items():
            found.setdefault(number, (3, place))
    return found


def _holding(text: _Text, parts: list[str]) -> dict[int, tuple[int, int]]:
    first, *others = parts
    found: dict[int, tuple[int, int]] = {}
    for number, place in text.holding(first):
        if number in found:
            continue
        whole = _line(text, number)
        if all(part in whole for part in others):
            exact = whole == first
            found[number] = (0 if exact else 1 if place == 0 else 2, place)
        if len(found) >= _MOST:
            break
    return found


def _line(text: _Text, number: int) -> str:
    end = text.joined.find("\n", text.starts[number])
    return text.joined[text.starts[number] : end if end >= 0 else None]


def _loose(index: _Index, parts: list[str]) -> dict[int, tuple[int, int]]:
    whole = "".join(parts)
    pairs = {whole[at : at + 2] for at in range(len(whole) - 1)}
    if len(pairs) < 2:
        return {}
    shared: dict[int, int] = {}
    for pair in sorted(pairs):
        for number in {number for number, _ in index.texts.holding(pair)}:
            shared[number] = shared.get(number, 0) + 1
    enough = {number: n for number, n in shared.items() if n >= _ALIKE * len(pairs)}
    return {number: (4, -n) for number, n in enough.items()}


def _make_index(store: Store) -> _Index:
    table = store.select(
        f"{PROLOGUE}SELECT DISTINCT ?n ?c ?label WHERE {{ {values('c', NODE_TYPES)} ?n a ?c . "
        "?n rdfs:label|skos:prefLabel|skos:altLabel|qkg:alias ?label }"
    )
    by_name: dict[tuple[str, str], str] = {}
    for iri, cls, label in table.rows:
        kind = NODE_TYPES[str(cls)]
        text = " ".join(str(label).split())
        known = by_name.get((text, str(iri)))
        if text and (known is None or TYPE_RANK[kind] < TYPE_RANK[known]):
            by_name[text, str(iri)] = kind
    names = [_Name(text, iri, kind) for (text, iri), kind in sorted(by_name.items())]
    return _Index(
        names=tuple(names),
        texts=_Text.of([name.text.casefold() for name in names]),
        initials=_Text.of(["".join(map(_initial, name.text)) for name in names]),
    )


@lru_cache(maxsize=20_000)
def _initial(character: str) -> str:
    """Return the first letter of a character's usual reading; a character alone, so it is cached."""
    return str(lazy_pinyin(character, style=Style.FIRST_LETTER)[0])[:1].casefold()


_INDEX = PerGeneration(_make_index)
