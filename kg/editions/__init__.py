"""The store as everybody may see it: what it would hold had the internal documents never come.

    shown      which graphs go over as they are, and what becomes of those that several documents share
    edition    a store of its own that follows the whole one
    editions   which of the two a reader is given

See docs/decisions/016-access.md for why this is a store and not a list of graphs.
"""

from kg.editions.editions import Editions

__all__ = ["Editions"]
