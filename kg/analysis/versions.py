"""A version of a plan as comparison sees it: its elements, with all that can differ in them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from kg.analysis.project import Tables
from kg.analysis.rows import rows_of
from kg.ids import key_of

TextOf = Callable[[str], str | None]
Duty = tuple[str, str]


class Modality(StrEnum):
    """How binding the words are; the order of `STRENGTH` is that of obligation, weakest first."""

    MAY = "may"  # 可以
    ENCOURAGED = "encouraged"  # 鼓励
    STRIVEN = "striven"  # 力争
    PLAIN = "plain"  # the directive without a modal word
    MUST = "must"  # 应当


STRENGTH = MappingProxyType({modality: rank for rank, modality in enumerate(Modality)})

# 支持 and 引导 weaken only at the beginning of a clause (支持企业参与), not in 强化政策支持.
_MODAL = (
    (Modality.MUST, re.compile(r"应当|必须|不得|严禁|禁止|务必|应(?=[于在当按依及])")),
    (Modality.STRIVEN, re.compile(r"力争|争取|努力(?=实现|达到)")),
    (Modality.ENCOURAGED, re.compile(r"鼓励|倡导|提倡|(?:(?<=[，；。、])|^)(?:支持|引导)")),
    (Modality.MAY, re.compile(r"可以|允许|可(?=[根按视结自])")),
)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年|—|-|～|~)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[%％‰]|个百分点|[万亿]?[家个项件批次元人])?")
_SENTENCE = re.compile(r"[。；！？\n]")


@dataclass(frozen=True, slots=True)
class Item:
    """An element of a version.

    ``number`` is its place by the numbers of the text (``2-1``), ``start`` by characters. ``duties``
    are bodies and roles of its own. ``value`` is that of a target, with comparator and unit.
    """

    id: str
    family: str
    kind: str
    title: str
    words: str
    number: str
    start: int
    parent: str | None
    document: str
    year: int | None
    value: str
    modality: Modality
    duties: frozenset[Duty] = frozenset()

    @property
    def key(self) -> str:
        """Return ``kind/key``."""
        return key_of(self.id)

    @property
    def traits(self) -> tuple[object, ...]:
        """Return all that can differ but where the element stands by characters."""
        told = (self.kind, self.plain, self.words, self.number, self.year, self.value)
        return (*told, self.modality, self.duties)

    @property
    def plain(self) -> str:
        """Return the title without blanks, marks in one width."""
        return "".join(unicodedata.normalize("NFKC", self.title).split())

    @property
    def years(self) -> tuple[str, ...]:
        """Return the years it names, and the one that it is due in."""
        due = {str(self.year)} if self.year else set()
        return tuple(sorted(due.union(_YEAR.findall(self.words))))

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return the numbers it names that are no years; of a target its value."""
        return (
            (self.value,)
            if self.value
            else tuple(sorted(_NUMBER.findall(_YEAR.sub("", self.words))))
        )

    @property
    def bare(self) -> str:
        """Return the title without numbers and modal words: what is left is its name."""
        name = _NUMBER.sub("#", self.plain)
        for _, words in _MODAL:
            name = words.sub("", name)
        return name


@dataclass(frozen=True, slots=True)
class Version:
    """The elements of a plan, or of several, in the order of the text; documents by IRI and title."""

    items: tuple[Item, ...]
    documents: Mapping[str, str]


def version(
    tables: Tables, *, document: str | None = None, text_of: TextOf = lambda _: None
) -> Version:
    """Return the version of *document* (an IRI) in *tables*, of all documents where ``None``.

    Args:
        tables: The projection.
        document: One document.
        text_of: Gives a clean text by its hash, for the words around an element; where it has none,
            the words of the element alone decide how binding it is.
    """
    titles = dict(rows_of(tables.documents, "id", "title"))
    chosen = {name: title for name, title in titles.items() if document in (None, name)}
    spans: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in tables.evidence.to_pylist():
        if row["start"] is not None and row["document"] in chosen:
            spans[row["node"]].append(row)
    duties = _duties(tables)
    items = [
        _item(row, family, spans.get(row["id"], []), duties=duties, text_of=text_of)
        for family, row in _rows(tables)
        if row["document"] in chosen
    ]
    items.sort(key=lambda item: (item.document, item.start, item.id))
    return Version(tuple(items), chosen)


def modality(lead: str, words: str) -> Modality:
    """Return how binding *words* are: by a modal word in them, else by the last one that leads in.

    >>> modality("", "应当公开评价结果").value, modality("鼓励企业", "公开评价结果").value
    ('must', 'encouraged')
    """
    for text, last in ((words, False), (lead, True)):
        found = [(match.start(), kind) for kind, rule in _MODAL for match in rule.finditer(text)]
        if found:
            return (max(found) if last else min(found))[1]
    return Modality.PLAIN


def _rows(tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    for family in ("measures", "goals", "targets"):
        for row in getattr(tables, family).to_pylist():
            yield family, row


def _duties(tables: Tables) -> dict[str, set[Duty]]:
    names = {row["id"]: row["label"] or key_of(row["id"]) for row in tables.bodies.to_pylist()}
    duties: dict[str, set[Duty]] = defaultdict(set)
    for row in tables.responsibilities.to_pylist():
        body = names.get(row["body"], key_of(row["body"]))
        duties[row["measure"]].add((body, row["role"] or ""))
    return duties


def _item(
    row: Mapping[str, Any],
    family: str,
    spans: list[dict[str, Any]],
    *,
    duties: Mapping[str, set[Duty]],
    text_of: TextOf,
) -> Item:
    first = min(spans, key=lambda span: (span["start"], span["end"] or 0), default=None)
    title = row["label_zh"] or key_of(row["id"])
    words = (first["exact"] if first else None) or title
    return Item(
        id=row["id"],
        family=family,
        kind=row.get("kind") or family.removesuffix("s"),
        title=title,
        words=words,
        number=(first["provision"] if first else None) or "",
        start=first["start"] if first else 0,
        parent=row.get("parent"),
        document=row["document"],
        year=row["due_year"],
        value=_value(row),
        modality=modality(_lead(first, text_of), words),
        duties=frozenset(duties.get(row["id"], ())),
    )


def _lead(span: Mapping[str, Any] | None, text_of: TextOf) -> str:
    """Return what stands before *span* in its sentence."""
    text = text_of(span["text_sha256"] or "") if span else None
    if not span or text is None:
        return ""
    return _SENTENCE.split(text[: span["start"]])[-1]


def _value(row: Mapping[str, Any]) -> str:
    if row.get("value") is None:
        return ""
    parts = (row["comparator"], f"{row['value']:g}", row["unit"])
    return " ".join(part for part in parts if part)
