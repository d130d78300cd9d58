"""What alignment needs to know of the store: the documents, their ties, their measures."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import AmbiguousDocumentError, UnknownDocumentError
from kg.extract.align import Element, Unit, units_of
from kg.ids import iri
from kg.rdf.uptake import BY_HAND, MADE_FROM, document_of
from kg.store.port import Store, Value
from kg.vocab import RDFS_LABEL, Class, Property


@dataclass(frozen=True, slots=True)
class Plan:
    """A document as alignment sees it.

    ``version`` changes with its facts; ``cites`` are the documents of the store that it names,
    ``above`` those of them that it implements, ``by_hand`` those that a person named.
    """

    id: str
    title: str
    file_name: str
    version: str
    cited_as: frozenset[str] = frozenset()
    cites: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()
    by_hand: frozenset[str] = frozenset()
    made_from: str | None = None

    @property
    def key(self) -> str:
        """Return the last part of the IRI."""
        return self.id.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Reading:
    """The measures of one document, what can be compared of them, their words and mentions."""

    elements: tuple[Element, ...]
    units: tuple[Unit, ...]
    words: Mapping[str, str]
    parents: Mapping[str, str | None]
    mentions: Mapping[str, tuple[str, ...]]

    def unit_of(self, element: str) -> str | None:
        """Return the nearest unit that *element* is or stands under."""
        units = {unit.id for unit in self.units}
        met: set[str] = set()
        at: str | None = element
        while at is not None and at not in units and at not in met:
            met.add(at)
            at = self.parents.get(at)
        return at if at in units else None


def plans(store: Store) -> dict[str, Plan]:
    """Return every document that was read, by IRI."""
    ties: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for lower, how, upper in store.select(_TIES).rows:
        ties[str(lower)][str(how)].add(str(upper))
    for graph, how, value in store.select(_ABOUT).rows:
        if (key := document_of(str(graph))) is not None:
            ties[iri("document", key)][str(how)].add(str(value))
    found = {}
    for row in sorted(store.select(_PLANS).dicts(), key=str):
        own = ties[str(row["document"])]
        found[str(row["document"])] = Plan(
            id=str(row["document"]),
            title=str(row["title"]),
            file_name=str(row["file"]),
            version=str(row["version"]),
            cited_as=frozenset(own[Property.CITED_AS]),
            cites=frozenset(own[Property.REFERS_TO] | own[Property.IMPLEMENTS]),
            above=frozenset(own[Property.IMPLEMENTS]),
            by_hand=frozenset(own[BY_HAND]),
            made_from=min(own[MADE_FROM], default=None),
        )
    return found


def named(given: str, known: Mapping[str, Plan]) -> Plan:
    """Return the document that *given* means: an IRI, a key, a file name or a title.

    Raises:
        UnknownDocumentError: There is none.
        AmbiguousDocumentError: There are several.
    """
    title = given.strip().strip("《》")
    found = [
        plan
        for plan in known.values()
        if given in (plan.id, plan.key, plan.file_name) or title == plan.title
    ]
    if not found:
        raise UnknownDocumentError(key=given)
    if len(found) > 1:
        raise AmbiguousDocumentError(name=given, keys=", ".join(plan.key for plan in found))
    return found[0]


def read(store: Store, document: str) -> Reading:
    """Return the measures of one document, in the order of the text."""
    rows = sorted(store.select(_ELEMENTS % document).dicts(), key=_in_order)
    headed = {str(row["parent"]) for row in rows}
    elements: dict[str, Element] = {}
    mentions: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        element, parent = str(row["element"]), row["parent"]
        # a programme or arrangement with nothing under it is named in passing, inside a clause
        if str(row["kind"]) in _CLAUSES or element in headed:
            words = str(row["words"])
            elements.setdefault(element, Element(element, words, str(parent) if parent else None))
            mentions[element].append(str(row["mention"]))
    every = tuple(elements.values())
    return Reading(
        elements=every,
        units=units_of(every),
        words={one.id: one.words for one in every},
        parents={one.id: one.parent for one in every},
        mentions={one: tuple(dict.fromkeys(found)) for one, found in mentions.items()},
    )


def _in_order(row: Mapping[str, Value]) -> tuple[int, str, str, str]:
    start = row["start"]
    place = start if isinstance(start, int) else 0
    return place, str(row["element"]), str(row["parent"] or ""), str(row["mention"])


_CLAUSES = frozenset({str(Class.TASK), str(Class.TASK_GROUP), str(Class.MEASURE)})
_PLANS = f"""
SELECT DISTINCT ?document ?title ?file (COALESCE(?print, ?raw) AS ?version) {{
  ?text <{Property.TEXT_OF}> ?document ; <{Property.FILE_NAME}> ?file ;
    <{Property.RAW_SHA256}> ?raw .
  ?document a <{Class.DOCUMENT}> ; <{RDFS_LABEL}> ?title FILTER(LANG(?title) = "zh")
  OPTIONAL {{ ?document <{Property.FINGERPRINT}> ?print }}
}}"""
_TIES = f"""
SELECT DISTINCT ?lower ?how ?upper {{
  {{ VALUES ?how {{ <{Property.IMPLEMENTS}> <{Property.REFERS_TO}> }}
     ?lower ?how ?cited . ?upper <{Property.CITED_AS}> ?cited FILTER(?lower != ?upper) }}
  UNION {{ VALUES ?how {{ <{Property.CITED_AS}> }} ?lower ?how ?upper }}
}}"""
_ABOUT = f"""
SELECT DISTINCT ?graph ?how ?value {{
  VALUES ?how {{ <{MADE_FROM}> <{BY_HAND}> }} ?graph ?how ?value
}}"""
_KINDS = ", ".join(
    f"<{kind}>" for kind in (*sorted(_CLAUSES), Class.PROGRAMME, Class.ACTION, Class.ARRANGEMENT)
)
# The kinds as a filter: named before, they make the engine begin with all elements of all documents.
_ELEMENTS = f"""
SELECT DISTINCT ?element ?kind ?words ?parent ?mention ?start {{
  ?element <{Property.STATED_IN}> <%s> ; a ?kind ; <{RDFS_LABEL}> ?words ;
    <{Property.EVIDENCED_BY}> ?mention .
  ?mention <{Property.START}> ?start
  OPTIONAL {{ ?element <{Property.PART_OF}> ?parent }}
  FILTER(?kind IN ({_KINDS}))
  FILTER(LANG(?words) = "zh")
}}"""
