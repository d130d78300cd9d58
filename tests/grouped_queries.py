"""The census as grouped SPARQL says it: what `kg.analysis.census` must agree with."""

from collections import Counter

from kg.explore.sparql import PROLOGUE, among, values
from kg.explore.terms import RELATIONS, ROLE_RELATIONS, local_name
from kg.model import Census, Group, Place
from kg.store import Store
from kg.vocab import NS, Class

_STATED = (
    Class.GOAL,
    Class.TARGET,
    Class.TASK_GROUP,
    Class.TASK,
    Class.PROGRAMME,
    Class.ACTION,
    Class.ARRANGEMENT,
)
_BODIES = (Class.COORDINATION_BODY, Class.DEPARTMENT, Class.OPEN_BODY, Class.BODY)
_BETWEEN = (
    "partOf",
    "realises",
    "contributesTo",
    "requires",
    "sharesResourceWith",
    "jointlyProducesWith",
    "takesUp",
)
_PLACES = f"""{PROLOGUE}SELECT DISTINCT ?d ?level ?area WHERE {{
  ?d a qkg:Document OPTIONAL {{ ?d qkg:atLevel ?level }} OPTIONAL {{ ?d qkg:appliesIn ?area }} }}"""
_HOLDERS = f"""{PROLOGUE}SELECT DISTINCT ?b ?c ?level ?area WHERE {{ {values("c", _BODIES)}
  ?b a ?c OPTIONAL {{ ?b qkg:atLevel ?level }} OPTIONAL {{ ?b qkg:areaOf ?area }} }}"""
_ELEMENTS = f"""{PROLOGUE}SELECT ?d ?c (COUNT(DISTINCT ?n) AS ?count) WHERE {{
  {values("c", _STATED)} ?n a ?c ; qkg:statedIn ?d }} GROUP BY ?d ?c"""
_RELATIONS = f"""{PROLOGUE}SELECT ?d ?c ?p ?e ?k (COUNT(*) AS ?count) WHERE {{
  {values("p", [RELATIONS[name].iri for name in _BETWEEN])}
  ?x ?p ?y . ?x a ?c ; qkg:statedIn ?d {among("c", _STATED)}
  ?y a ?k ; qkg:statedIn ?e {among("k", _STATED)} }} GROUP BY ?d ?c ?p ?e ?k"""
_DUTIES = f"""{PROLOGUE}SELECT ?d ?c ?p ?b (COUNT(*) AS ?count) WHERE {{
  {values("p", [RELATIONS[name].iri for name in ROLE_RELATIONS])}
  ?x ?p ?b . ?x a ?c ; qkg:statedIn ?d {among("c", _STATED)} }} GROUP BY ?d ?c ?p ?b"""


def census_by_sparql(store: Store) -> Census:
    documents = {
        str(one): _place(level, area)
        for one, level, area in sorted(store.select(_PLACES).rows, key=str, reverse=True)
    }
    bodies = _bodies(store)
    counts = Counter(bodies.values())
    counts.update(Group("document", *place) for place in documents.values())
    for document, kind, count in store.select(_ELEMENTS).rows:
        counts[_stated(documents, kind, document)] += int(str(count))
    ties: Counter[tuple[Group, str, Group]] = Counter()
    for document, kind, name, other, its, count in store.select(_RELATIONS).rows:
        ends = _stated(documents, kind, document), _stated(documents, its, other)
        ties[ends[0], local_name(str(name)), ends[1]] += int(str(count))
    for document, kind, name, body, count in store.select(_DUTIES).rows:
        if str(body) in bodies:
            one = _stated(documents, kind, document)
            ties[one, local_name(str(name)), bodies[str(body)]] += int(str(count))
    return Census(documents, bodies, counts, ties)


def _bodies(store: Store) -> dict[str, Group]:
    rank = {str(kind): at for at, kind in enumerate(_BODIES)}
    rows = sorted(store.select(_HOLDERS).rows, key=lambda row: (rank[str(row[1])], str(row)))
    return {
        str(body): Group(local_name(str(kind)), *_place(level, area))
        for body, kind, level, area in reversed(rows)
    }


def _stated(documents: dict[str, Place], kind: object, document: object) -> Group:
    return Group(local_name(str(kind)), *documents.get(str(document), (None, None)))


def _place(level: object, area: object) -> Place:
    return (str(level).removeprefix(NS) if level else None, str(area) if area else None)
