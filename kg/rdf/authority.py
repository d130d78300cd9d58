"""Quads of the authority files: bodies, areas, policy areas and mandates that documents share."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from kg import authorities, ids
from kg.model import Bilingual, BodyKind, Level
from kg.rdf.terms import Triple, integer, node, nquads, text
from kg.vocab import (
    CLASS_OF_BODY_KIND,
    DCT_SOURCE,
    PREFIXES,
    RDF_TYPE,
    RDFS_LABEL,
    Class,
    Property,
    level_iri,
)

AUTHORITY_GRAPH = ids.iri("graph", "authorities")
_COMMENT = PREFIXES["rdfs"] + "comment"
_GROUNDS = MappingProxyType(
    {
        "article": Bilingual(
            "出处条文已核对；条文只称主管部门，今为何机构系常识",
            "The article was read; it speaks of the department in charge, which body that is today is general knowledge.",
        ),
        "knowledge": Bilingual(
            "出处据常识列出，未核对条文",
            "The source is named from general knowledge; its text was not read.",
        ),
    }
)


def authority_quads() -> bytes:
    """Return what the authority files hold as N-Quads, all in `AUTHORITY_GRAPH`."""
    return nquads(_triples(), AUTHORITY_GRAPH)


def area_iri(name: str) -> str:
    """Return the IRI of an area by its name; short names of known areas count as the full ones.

    >>> area_iri("福建") == area_iri("福建省")
    True
    """
    area = known_area(name)
    return ids.iri("area", ids.area_key(_in_full(area) if area else name))


def known_area(name: str) -> authorities.Area | None:
    """Return the area of the authority file that *name* means, with or without larger ones."""
    return authorities.area_by_name(name) or _by_full_name().get(name)


def policy_area_iri(name: str) -> str:
    """Return the IRI of a policy area."""
    return ids.iri("policyArea", ids.digest("policyArea", name))


def mandate_iri(matter: str) -> str:
    """Return the IRI of a mandate by the matter that it is about."""
    return ids.iri("mandate", ids.digest("mandate", matter))


def answering_triples(body: str, name: str) -> Iterator[Triple]:
    """Yield what the body with the IRI *body* answers for, as the full official *name* tells."""
    for mandate in authorities.mandates_of(name):
        yield node(body), node(Property.ANSWERS_FOR), node(mandate_iri(mandate.matter.zh))


def policy_area_name(words: str) -> str:
    """Return the name of the policy area that *words* mean; unknown words are their own name.

    >>> policy_area_name("产业政策")
    '产业'
    """
    return _policy_area_names().get(words, words)


def _triples() -> Iterator[Triple]:
    for area in authorities.areas():
        yield from _area_triples(area)
    for policy_area in authorities.policy_areas():
        iri = policy_area_iri(policy_area.label.zh)
        yield from _labelled(iri, Class.POLICY_AREA, policy_area.label)
        for alias in policy_area.aliases:
            yield node(iri), node(Property.ALIAS), text(alias)
    for mandate in authorities.mandates():
        yield from _mandate_triples(mandate)
    for body in authorities.bodies():
        yield from _body_triples(body)


def _mandate_triples(mandate: authorities.Mandate) -> Iterator[Triple]:
    this = mandate_iri(mandate.matter.zh)
    yield from _labelled(this, Class.MANDATE, mandate.matter)
    yield node(this), node(DCT_SOURCE), text(mandate.source, "zh")
    said = _GROUNDS[mandate.ground]
    yield node(this), node(_COMMENT), text(said.zh, "zh")
    yield node(this), node(_COMMENT), text(said.en, "en")
    for word in mandate.words:
        yield node(this), node(Property.ALIAS), text(word)


def _area_triples(area: authorities.Area) -> Iterator[Triple]:
    this = area_iri(area.name)
    yield from _labelled(this, Class.AREA, area.label)
    yield node(this), node(Property.AT_LEVEL), node(level_iri(area.level))
    yield node(this), node(Property.AREA_CODE), text(area.code)
    if area.short and area.short != area.name:
        yield node(this), node(Property.ALIAS), text(area.short)
    parent = authorities.area_by_code(area.parent) if area.parent else None
    if parent:
        yield node(this), node(Property.WITHIN_AREA), node(area_iri(parent.name))


def _body_triples(body: authorities.AuthorityBody) -> Iterator[Triple]:
    if body.kind is BodyKind.OPEN_BODY:
        return  # what 有关部门 means hangs on the document
    this = ids.iri("body", ids.body_key(body.name))
    yield from _labelled(this, CLASS_OF_BODY_KIND[body.kind], body.label)
    yield node(this), node(Property.AT_LEVEL), node(level_iri(body.level))
    for alias in body.aliases:
        yield node(this), node(Property.ALIAS), text(alias)
    if body.successor:
        successor = ids.iri("body", ids.body_key(body.successor))
        yield node(this), node(Property.SUCCEEDED_BY), node(successor)
    if body.until:
        yield node(this), node(Property.ABOLISHED_IN), integer(body.until)
    yield from answering_triples(this, body.name)
    for policy_area in authorities.policy_areas():
        if policy_area.key == body.policy_area:
            iri = policy_area_iri(policy_area.label.zh)
            yield node(this), node(Property.IN_POLICY_AREA), node(iri)


def _labelled(iri: str, kind: str, label: Bilingual) -> Iterator[Triple]:
    yield node(iri), node(RDF_TYPE), node(kind)
    yield node(iri), node(RDFS_LABEL), text(label.zh, "zh")
    if label.en:
        yield node(iri), node(RDFS_LABEL), text(label.en, "en")


def _in_full(area: authorities.Area) -> str:
    parent = authorities.area_by_code(area.parent) if area.parent else None
    above = _in_full(parent) if parent and parent.level is not Level.CENTRAL else ""
    return above + area.name


@cache
def _by_full_name() -> Mapping[str, authorities.Area]:
    return MappingProxyType({_in_full(area): area for area in authorities.areas()})


@cache
def _policy_area_names() -> Mapping[str, str]:
    names = {a: area.label.zh for area in authorities.policy_areas() for a in area.aliases}
    return MappingProxyType(names)
