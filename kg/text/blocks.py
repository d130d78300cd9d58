"""What a text is cut into: pieces with their kind, and what the part of the document is for."""

from dataclasses import dataclass
from enum import StrEnum

from kg.model import Span
from kg.text.numbering import Numbering


class BlockKind(StrEnum):
    """What a block is; an item is a numbered unit without a heading of its own."""

    TITLE = "title"
    META = "meta"
    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    ROW = "row"
    DUTY = "duty"  # a line of its own that says who is responsible


class Section(StrEnum):
    """What the part of the document is for in which a block stands."""

    PREAMBLE = "preamble"
    BACKGROUND = "background"
    GUIDING = "guiding"
    PRINCIPLES = "principles"
    GOALS = "goals"
    TASKS = "tasks"
    SAFEGUARDS = "safeguards"


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document.

    ``span`` holds the whole piece, ``content`` what follows its number. ``parent`` is the index of
    the heading (or numbered item) that it stands under. ``depth`` is 0 for the title, 1-6 for
    numbered pieces; a paragraph has the depth of its parent plus one. ``named`` is true where the
    role was read from this very heading (主要目标), false where it came from above. ``own_line`` is
    true for an unnumbered block that opens its line.
    """

    span: Span
    kind: BlockKind
    role: Section
    content: Span
    depth: int = 0
    numbering: Numbering | None = None
    ordinal: int = 0
    parent: int | None = None
    named: bool = False
    own_line: bool = False
