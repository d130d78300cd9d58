"""Find a thing by part of its name, by several parts, or by the initials of its pinyin.

The store itself would look at every name for each question; so the names are kept in an index beside
it (SQLite FTS5), which is brought in step before it answers.

    words     what a name is looked up by
    reading   names and types out of a store, graph by graph
    database  the index: what each graph says, and the names that follow
    finding   names that fit a query, best first
    index     the index of one store, kept in step with it
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.explore.cache import PerStore
from kg.explore.nodes import Gaps, nodes_of
from kg.explore.search.finding import Name
from kg.explore.search.index import LabelIndex
from kg.model import Node
from kg.store.port import Store

__all__ = ["Hit", "LabelIndex", "Name", "hits", "search"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A node and the name by which it was found."""

    node: Node
    matched: str


def search(
    store: Store,
    query: str,
    *,
    types: Collection[str] = (),
    limit: int = 10,
    gaps: Gaps | None = None,
) -> list[Hit]:
    """Return the nodes whose name or alias holds *query*, best first, at most *limit*.

    Parts divided by spaces must all occur. Case, width and Traditional characters make no
    difference; of Latin words and numbers a part must begin where a word begins. Letters also match
    initials of pinyin: ``scjg`` finds 市场监管总局.

    Order: names that begin with the first part (so the very name comes first of all), then names
    that hold the parts anywhere, then the same two for initials; among these the shorter name first,
    then the type in the order of reading a plan, then a fixed order. Each thing comes once, by its
    best name. Where nothing holds the query, names that share at least half of its pairs of
    neighbouring characters come instead, those that share most first: 质量督察机制 finds
    质量督察工作机制. At most 1,000 names are looked at for each of these, 300 for the last.

    Args:
        store: Where the nodes are.
        query: Whatever was typed; it is data, none of it is a command.
        types: Only nodes of these types.
        limit: Most hits.
        gaps: Key -> worst severity.

    Raises:
        StoreError: The store failed.
    """
    names = _IN_MEMORY.of(store).find(store, query, types=types, limit=limit)
    return hits(store, names, gaps=gaps)


def hits(store: Store, names: Sequence[Name], *, gaps: Gaps | None = None) -> list[Hit]:
    """Return what a `LabelIndex` found as nodes; what has gone from the store meanwhile is left out.

    Raises:
        StoreError: The store failed.
    """
    nodes = nodes_of(store, [name.thing for name in names], gaps=gaps) if names else {}
    return [Hit(nodes[name.thing], name.text) for name in names if name.thing in nodes]


_IN_MEMORY = PerStore(lambda _: LabelIndex())
