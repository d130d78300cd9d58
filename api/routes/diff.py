"""What is different between two documents of the store, and which links rest on what has changed."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import SettingsDep, WorkspaceDep
from api.errors import problems
from api.schemas_graph import Shape
from kg import compare
from kg.analysis.diff import Difference, Trait, diff
from kg.analysis.versions import Item
from kg.compare import Suspect

router = APIRouter(prefix="/api", tags=["analyses"], responses=problems(404, 503, 504))

Document = Annotated[
    str, Query(min_length=1, max_length=300, description="key, IRI, title or file name")
]


class ItemShape(Shape):
    """An element of one version."""

    id: str
    key: str
    type: str
    label: str
    number: str
    start: int

    @classmethod
    def of(cls, item: Item) -> "ItemShape":
        """Return the shape of *item*."""
        return cls(
            id=item.id,
            key=item.key,
            type=item.kind,
            label=item.title,
            number=item.number,
            start=item.start,
        )


class DifferenceShape(Shape):
    """One trait of one element that differs; ``weakens``: the words bind less than before."""

    trait: Trait
    old: ItemShape | None = None
    new: ItemShape | None = None
    was: str
    now: str
    weakens: bool | None = None

    @classmethod
    def of(cls, one: Difference) -> "DifferenceShape":
        """Return the shape of *one*."""
        return cls(
            trait=one.trait,
            old=ItemShape.of(one.old) if one.old else None,
            new=ItemShape.of(one.new) if one.new else None,
            was=one.was,
            now=one.now,
            weakens=one.weakens,
        )


class SuspectShape(Shape):
    """A link into a duty that has changed."""

    link: str
    kind: str
    source: str
    target: str
    traits: list[Trait]

    @classmethod
    def of(cls, one: Suspect) -> "SuspectShape":
        """Return the shape of *one*."""
        return cls(
            link=one.link,
            kind=one.kind,
            source=one.source,
            target=one.target,
            traits=sorted({difference.trait for difference in one.differences}),
        )


class DiffShape(Shape):
    """The differences in the order of the text, how many of each trait, and the suspect links."""

    old: dict[str, str]
    new: dict[str, str]
    counts: dict[str, int]
    differences: list[DifferenceShape]
    suspects: list[SuspectShape]
    truncated: bool
    limit: int


@router.get("/diff", response_model_exclude_none=True)
def compared(
    workspace: WorkspaceDep,
    settings: SettingsDep,
    old: Document,
    new: Document,
    limit: Annotated[int | None, Query(ge=1)] = None,
) -> DiffShape:
    """Return what is different in *new*: added, removed, moved, renamed, numbers, dates, bodies."""
    sides = (
        compare.document_side(name, store=workspace.store, home=workspace.home)
        for name in (old, new)
    )
    found = diff(*sides)
    suspects = workspace.suspects(found)
    most = min(limit or settings.page_limit, settings.page_limit)
    return DiffShape(
        old=dict(found.old_documents),
        new=dict(found.new_documents),
        counts=found.counts,
        differences=[DifferenceShape.of(one) for one in found.differences[:most]],
        suspects=[SuspectShape.of(one) for one in suspects[:most]],
        truncated=max(len(found.differences), len(suspects)) > most,
        limit=most,
    )
