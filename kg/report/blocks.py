"""What a page is made of, in one language and in the order of reading; adapters only draw it."""

from dataclasses import dataclass
from enum import StrEnum

from kg.model import ReportKind, Severity


class Manner(StrEnum):
    """How a paragraph is set."""

    BODY = "body"
    QUIET = "quiet"
    BOX = "box"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section; ``anchor`` is where links to it lead."""

    text: str
    anchor: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str
    manner: Manner = Manner.BODY


@dataclass(frozen=True, slots=True)
class Items:
    """A list; numbered where ``ordered``."""

    entries: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its title, its share of the width, whether it holds numbers."""

    title: str
    share: float = 1.0
    number: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; ``links``, where given, has for each row the anchor that its first cell leads to."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """Key figures: the number as written, and what it counts."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """A severity, what it is called here, and how often it was found."""

    severity: Severity
    name: str
    number: int


@dataclass(frozen=True, slots=True)
class Bar:
    """How findings divide among the severities."""

    badges: tuple[Badge, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document and where they stand; without words, what was searched in vain."""

    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Card:
    """A finding. ``anchor``: links to it lead here; ``link``: where it is told whole. "" for none."""

    key: str
    severity: Severity
    name: str
    type: str
    where: str
    reason: str
    quotes: tuple[Quote, ...]
    remedy: str
    candidates: tuple[tuple[str, str], ...]
    anchor: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG that names nothing outside itself."""

    svg: str
    label: str
    caption: str


Block = Heading | Words | Items | Grid | Figures | Bar | Card | Drawing


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report with a heading of its own; ``fresh``: it begins a page."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A report as it is read. ``words`` are the few that the adapters themselves say."""

    kind: ReportKind
    lang: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    words: "LayoutWords"
    made_at: str  # ISO 8601


@dataclass(frozen=True, slots=True)
class LayoutWords:
    """What stands beside the blocks: the names of a card's parts, of the contents, of a page."""

    contents: str
    remedy: str
    candidates: str
    page: str  # with {page} and {pages}
