"""What a page for queries needs: the words in use, what to call a thing, a picture of triples."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic import Field as Limited

from api.deps import SettingsDep, StoreDep
from api.errors import problems
from api.routes.datasets import CENSUS
from api.schemas_graph import LabelShape, Shape, SubgraphShape
from kg.explore.cache import PerGeneration
from kg.publish import drawn, named, vocabulary
from kg.publish.vocabulary import Vocabulary, Word
from kg.store.port import Store
from viz.network import boxes

router = APIRouter(prefix="/api", tags=["sparql"], responses=problems(503, 504))

_MOST_GRAPHS = 1000
_ASPECT = 1.6  # of the picture's place on the page

# one of the characters that no IRI has would end it in the middle of a query
Iri = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\x7f-\xa0]*$", max_length=2000
    ),
]
Blank = Annotated[str, StringConstraints(pattern=r"^_:[A-Za-z0-9_-]+$", max_length=200)]


class WordShape(Shape):
    """A class, a property or a named graph, and how often the store uses it."""

    iri: str
    name: str
    label: LabelShape | None = None
    count: int

    @classmethod
    def of(cls, word: Word) -> "WordShape":
        """Return the shape of *word*."""
        label = LabelShape.of(word.label) if word.label else None
        return cls(iri=word.iri, name=word.name, label=label, count=word.count)


class VocabularyShape(Shape):
    """What is in use, what is used most first; only graphs are ever cut."""

    classes: list[WordShape]
    properties: list[WordShape]
    graphs: list[WordShape]
    truncated: bool
    limit: int


class NamesRequest(BaseModel):
    """Things by IRI."""

    model_config = ConfigDict(extra="forbid")

    iris: list[Iri] = Limited(max_length=500)


class NamesShape(Shape):
    """What to call each thing, by IRI."""

    names: dict[str, LabelShape]


class DrawingRequest(BaseModel):
    """Triples whose objects are things, things that stand alone, and names of things."""

    model_config = ConfigDict(extra="forbid")

    links: list[tuple[Iri | Blank, Iri, Iri | Blank]] = Limited(max_length=20_000)
    things: list[Iri | Blank] = Limited(default=[], max_length=20_000)
    labels: dict[str, str] = Limited(default={}, max_length=20_000)
    lang: Literal["zh", "en"] = "zh"


def _made(store: Store) -> Vocabulary:
    return vocabulary(store, CENSUS.of(store), most_graphs=_MOST_GRAPHS)


_VOCABULARY = PerGeneration(_made)


@router.get("/vocabulary", response_model_exclude_none=True)
def words(store: StoreDep) -> VocabularyShape:
    """Return the classes, properties and named graphs in use, with names and counts."""
    found = _VOCABULARY.of(store)
    return VocabularyShape(
        classes=[WordShape.of(word) for word in found.classes],
        properties=[WordShape.of(word) for word in found.properties],
        graphs=[WordShape.of(word) for word in found.graphs],
        truncated=found.truncated,
        limit=_MOST_GRAPHS,
    )


@router.post("/names", response_model_exclude_none=True, responses=problems(413))
def names(store: StoreDep, wanted: NamesRequest) -> NamesShape:
    """Return what to call each of these things; each has a name, if only its key."""
    found = named(store, wanted.iris)
    return NamesShape(names={iri: LabelShape.of(label) for iri, label in found.items()})


@router.post("/drawing", response_model_exclude_none=True, responses=problems(413))
def drawing(store: StoreDep, settings: SettingsDep, wanted: DrawingRequest) -> SubgraphShape:
    """Return a picture of triples that a query has made; they need not be in the store."""
    graph = drawn(
        store,
        wanted.links,
        things=wanted.things,
        labels=wanted.labels,
        limit=settings.subgraph_limit,
    )
    return SubgraphShape.of(graph, boxes=boxes(graph, lang=wanted.lang, aspect=_ASPECT))
