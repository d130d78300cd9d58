"""How a column of a typed table is reached from the node that its row stands for.

A row stands for a node of one of the table's classes. A column says by which path of properties
its value is reached from that node. ``key`` columns make one row for each of their values (and no
row where there is none); any other column takes the first value in sorted order, so that the same
store gives the same table.
"""

from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

import pyarrow as pa

from kg.vocab import CLASS_OF_BODY_KIND, CLASS_OF_KIND, KIND_OF_DEPENDENCY, Class

Value = str | int | float | bool
Path = tuple[str, ...]

TYPE = "type"
INVERSE = "^"


class Reading(Enum):
    """What is made of the value at the end of a path."""

    VALUE = auto()  # as it is: an IRI, a number, a text
    WORD = auto()  # the local name of a concept of ours; for a dependency kind, its relation
    KIND = auto()  # the glossary's word for a class
    LABEL_ZH = auto()  # the label of the node there, else its IRI
    LABEL_EN = auto()


WORD_OF_CONCEPT = MappingProxyType(
    {iri: relation.value for relation, iri in KIND_OF_DEPENDENCY.items()}
)
KIND_OF_CLASS = MappingProxyType(
    {
        str(Class.MEASURE): "measure",
        **{str(iri): kind.value for kind, iri in CLASS_OF_KIND.items()},
        **{str(iri): kind.value for kind, iri in CLASS_OF_BODY_KIND.items()},
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the first of *paths* that leads anywhere gives the value, else *default*.

    A ``key`` column takes the values of all its paths.
    """

    name: str
    type: pa.DataType
    paths: tuple[Path, ...] = ((),)
    reading: Reading = Reading.VALUE
    key: bool = False
    default: Value | None = None


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table: which nodes are its rows, and its columns."""

    name: str
    meaning: str
    classes: tuple[Class, ...]
    columns: tuple[Column, ...]
    unordered: tuple[str, str] | None = None  # keep a pair once, smaller first, never with itself

    @property
    def schema(self) -> pa.Schema:
        """Return the Arrow schema."""
        return pa.schema([(column.name, column.type) for column in self.columns])
