"""What is different between two versions of a plan, or of all plans of two stores.

Elements are matched (`kg.analysis.matching`); what has no match is added or removed; of what has one,
every trait that can differ is compared. An element that stands elsewhere is *moved*
(`kg.analysis.moves`); where only its number differs, since something before it came or went, it is
*renumbered*.

The comparison is made in one orientation, whichever version is called old, so that the way back is
always the exact opposite.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from kg.analysis.matching import Pair, matched
from kg.analysis.moves import moved
from kg.analysis.versions import STRENGTH, Item, Version
from kg.display import rows_html
from kg.model import Bilingual


class Trait(StrEnum):
    """In what two versions differ."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    RENAMED = "renamed"
    NUMBER = "number"
    DATE = "date"
    BODY = "body"
    ROLE = "role"
    MODALITY = "modality"


TRAIT_WORDS = MappingProxyType(
    {
        Trait.ADDED: Bilingual("新增", "added"),
        Trait.REMOVED: Bilingual("删除", "removed"),
        Trait.MOVED: Bilingual("移动", "moved"),
        Trait.RENUMBERED: Bilingual("编号变化", "renumbered"),
        Trait.RENAMED: Bilingual("改称", "renamed"),
        Trait.NUMBER: Bilingual("数值变化", "number changed"),
        Trait.DATE: Bilingual("期限变化", "date changed"),
        Trait.BODY: Bilingual("主体变化", "bodies changed"),
        Trait.ROLE: Bilingual("角色变化", "role changed"),
        Trait.MODALITY: Bilingual("语气变化", "modality changed"),
    }
)
_MODALITY_WORDS = MappingProxyType(
    {
        "may": Bilingual("可以", "may"),
        "encouraged": Bilingual("鼓励", "encouraged"),
        "striven": Bilingual("力争", "striven for"),
        "plain": Bilingual("直接要求", "plainly asked"),
        "must": Bilingual("应当", "must"),
    }
)
_OPPOSITE = {Trait.ADDED: Trait.REMOVED, Trait.REMOVED: Trait.ADDED}
_IN_PLACE = frozenset({Trait.MOVED, Trait.RENUMBERED, Trait.ADDED})


@dataclass(frozen=True, slots=True)
class Difference:
    """One trait of one element that differs; what was added has no ``old``, what went no ``new``."""

    trait: Trait
    old: Item | None
    new: Item | None
    was: str = ""
    now: str = ""

    @property
    def item(self) -> Item:
        """Return the element as it is now, or was last."""
        item = self.new or self.old
        assert item is not None  # noqa: S101  one of them is always there
        return item

    @property
    def weakens(self) -> bool | None:
        """Return whether the words bind less than before; ``None`` where it is not about that."""
        if self.trait is not Trait.MODALITY or self.old is None or self.new is None:
            return None
        return STRENGTH[self.new.modality] < STRENGTH[self.old.modality]

    @property
    def changes_duty(self) -> bool:
        """Return whether it changes what is to be done, by whom or by when, not only its place."""
        return self.trait not in _IN_PLACE

    def inverse(self) -> "Difference":
        """Return the way back."""
        trait = _OPPOSITE.get(self.trait, self.trait)
        return Difference(trait, self.new, self.old, self.now, self.was)


@dataclass(frozen=True, slots=True)
class Diff:
    """The differences from one version to another, in the order of the text, and what was matched."""

    differences: tuple[Difference, ...]
    pairs: tuple[Pair, ...]
    old_documents: Mapping[str, str]
    new_documents: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Return whether the versions say the same."""
        return not self.differences

    @property
    def counts(self) -> dict[str, int]:
        """Return how many differences there are of each trait that has any."""
        found = Counter(one.trait for one in self.differences)
        return {trait.value: found[trait] for trait in Trait if found[trait]}

    def inverse(self) -> "Diff":
        """Return the way back."""
        back = sorted((one.inverse() for one in self.differences), key=_order)
        pairs = sorted(((new, old) for old, new in self.pairs), key=_pair_order)
        return Diff(tuple(back), tuple(pairs), self.new_documents, self.old_documents)

    def rows(self, lang: str = "zh") -> list[dict[str, object]]:
        """Return a row for each difference."""
        return [
            {
                "what": TRAIT_WORDS[one.trait].to(lang),
                "number": one.item.number,
                "element": one.item.title,
                "was": _said(one, one.was, lang),
                "now": _said(one, one.now, lang),
            }
            for one in self.differences
        ]

    def _repr_html_(self) -> str:
        return rows_html(self.rows(), caption=f"{len(self.differences)}")


def diff(old: Version, new: Version) -> Diff:
    """Return what is different in *new*.

    Two versions of one document each are compared whatever they are called; of several documents
    those with the same IRI or title are compared, and the others came or went whole.
    """
    if _print(new) < _print(old):
        return diff(new, old).inverse()
    differences: list[Difference] = []
    pairs: list[Pair] = []
    for before, after in _sides(old, new):
        found = matched(before, after)
        pairs += found
        differences += _compared(before, after, found)
    return Diff(
        tuple(sorted(differences, key=_order)),
        tuple(sorted(pairs, key=_pair_order)),
        old.documents,
        new.documents,
    )


def _print(side: Version) -> list[tuple[str, ...]]:
    return sorted(
        (
            item.family,
            item.plain,
            item.number,
            item.words,
            item.value,
            str(sorted(item.duties)),
            item.id,
        )
        for item in side.items
    )


def _sides(old: Version, new: Version) -> Iterator[tuple[list[Item], list[Item]]]:
    by_old, by_new = _by_document(old), _by_document(new)
    if len(by_old) <= 1 and len(by_new) <= 1:
        yield list(old.items), list(new.items)
        return
    titles = Counter(new.documents.values())
    by_title = {title: name for name, title in new.documents.items() if titles[title] == 1}
    once = Counter(old.documents.values())
    left = set(by_new)
    for name, items in by_old.items():
        title = old.documents[name]
        other = name if name in by_new else by_title.get(title) if once[title] == 1 else None
        left.discard(other or "")
        yield items, by_new.get(other or "", [])
    for name in sorted(left):
        yield [], by_new[name]


def _by_document(side: Version) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in side.items:
        found[item.document].append(item)
    return found


def _compared(
    old: Sequence[Item], new: Sequence[Item], pairs: Sequence[Pair]
) -> Iterator[Difference]:
    one_of, other_of = {one.id for one, _ in pairs}, {other.id for _, other in pairs}
    yield from (
        Difference(Trait.REMOVED, item, None, was=item.title)
        for item in old
        if item.id not in one_of
    )
    yield from (
        Difference(Trait.ADDED, None, item, now=item.title)
        for item in new
        if item.id not in other_of
    )
    elsewhere = moved(pairs)
    titles = {item.id: item.title for item in (*old, *new)}
    for one, other in pairs:
        if one.id in elsewhere:
            yield Difference(Trait.MOVED, one, other, _place(one, titles), _place(other, titles))
        elif one.number != other.number:
            yield Difference(Trait.RENUMBERED, one, other, one.number, other.number)
        yield from _traits(one, other)


def _traits(one: Item, other: Item) -> Iterator[Difference]:
    told = Difference(Trait.RENAMED, one, other)
    if one.bare != other.bare:
        yield replace(told, was=one.title, now=other.title)
    if one.numbers != other.numbers:
        yield _listed(told, Trait.NUMBER, one.numbers, other.numbers)
    if one.years != other.years:
        yield _listed(told, Trait.DATE, one.years, other.years)
    if one.modality != other.modality:
        yield replace(told, trait=Trait.MODALITY, was=one.modality.value, now=other.modality.value)
    yield from _bodies(told, one, other)


def _bodies(told: Difference, one: Item, other: Item) -> Iterator[Difference]:
    before, after = {body for body, _ in one.duties}, {body for body, _ in other.duties}
    if before != after:
        yield _listed(told, Trait.BODY, sorted(before - after), sorted(after - before))
    for body in sorted(before & after):
        was, now = (
            [role for name, role in sorted(item.duties) if name == body] for item in (one, other)
        )
        if was != now:
            yield _listed(
                told, Trait.ROLE, [f"{body} {r}" for r in was], [f"{body} {r}" for r in now]
            )


def _listed(told: Difference, trait: Trait, was: Iterable[str], now: Iterable[str]) -> Difference:
    return replace(told, trait=trait, was="、".join(was), now="、".join(now))


def _said(one: Difference, told: str, lang: str) -> str:
    return _MODALITY_WORDS[told].to(lang) if one.trait is Trait.MODALITY else told


def _place(item: Item, titles: Mapping[str, str]) -> str:
    parent = titles.get(item.parent, "") if item.parent else ""
    return " ".join(part for part in (item.number, parent) if part)


def _order(one: Difference) -> tuple[str, int, str, str, str]:
    item = one.item
    return item.document, item.start, item.id, one.trait.value, one.was


def _pair_order(pair: Pair) -> tuple[str, int, str]:
    return pair[0].document, pair[0].start, pair[0].id
