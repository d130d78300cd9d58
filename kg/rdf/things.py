"""Triples of the things that a document is and names: itself, its elements, bodies and areas."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from kg import authorities, ids
from kg.model import BodyKind, Kind, Level, Metadata, Scalar
from kg.rdf.authority import answering_triples, area_iri, known_area
from kg.rdf.naming import larger_areas, name_in_full
from kg.rdf.page import (
    Group,
    Page,
    body_iri,
    canonical_of,
    cited_iri,
    evidence,
    ground,
    one_line,
    spans_of,
)
from kg.rdf.terms import Triple, boolean, date, decimal, node, text
from kg.text.numbering import number
from kg.vocab import (
    CLASS_OF_BODY_KIND,
    CLASS_OF_KIND,
    RDF_TYPE,
    RDFS_LABEL,
    Class,
    Property,
    level_iri,
)

_ISSUED_TITLE = re.compile(r"(?:印发|发布|公布|颁布)(?:实施)?《([^《》]+)》")
_BETWEEN_ISSUERS = re.compile(r"[、,，;；\s]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_FIVE_YEARS = re.compile("十([一二三四五六七八九])五")  # 十一五 ended with 2010


def document_triples(page: Page) -> Iterator[Triple]:
    """Yield what the document is, says of itself, and how well it was read."""
    meta = page.extraction.metadata
    this = page.document
    yield from thing(this, Class.DOCUMENT, meta.title)
    yield from _metadata_triples(this, meta)
    if meta.title_span:
        yield from evidence(page, this, [meta.title_span])
    for name in issuers(page):
        issuer = body_iri(name, is_open=False, document=page.source.key)
        yield node(this), node(Property.ISSUED_BY), node(issuer)
        if issuer not in page.iris.values():
            yield from thing(issuer, Class.DEPARTMENT, name)
    yield from _reading_triples(page)


def _metadata_triples(this: str, meta: Metadata) -> Iterator[Triple]:
    for title in (meta.title, *_ISSUED_TITLE.findall(meta.title)):
        yield node(this), node(Property.CITED_AS), node(cited_iri(title))
        yield from thing(cited_iri(title), Class.CITED_DOCUMENT, title.strip("《》"))
    if meta.number:
        yield node(this), node(Property.DOCUMENT_NUMBER), text(meta.number)
    if issued_on := date(meta.issued_on or ""):
        yield node(this), node(Property.ISSUED_ON), issued_on
    if meta.level:
        yield node(this), node(Property.AT_LEVEL), node(level_iri(meta.level))
    if meta.area:
        yield node(this), node(Property.APPLIES_IN), node(area_iri(meta.area))
        yield from area_triples(meta.area, meta.level)
    for title in meta.implements:
        yield node(this), node(Property.IMPLEMENTS), node(cited_iri(title))
        yield from thing(cited_iri(title), Class.CITED_DOCUMENT, title.strip("《》"))


def _reading_triples(page: Page) -> Iterator[Triple]:
    this, source, coverage = node(page.document), page.source, page.extraction.coverage
    yield this, node(Property.STATES_BODIES), boolean(value=coverage.states_bodies)
    if coverage.clauses:  # a share of nothing would look like a document that was read whole
        yield this, node(Property.CLAUSE_COVERAGE), decimal(coverage.clause_share)
    if coverage.brackets:
        yield this, node(Property.BRACKET_COVERAGE), decimal(coverage.bracket_share)
    if source.fingerprint:
        yield this, node(Property.FINGERPRINT), text(source.fingerprint)
    words = node(page.text)
    yield words, node(RDF_TYPE), node(Class.TEXT)
    yield words, node(Property.TEXT_OF), this
    yield words, node(Property.TEXT_SHA256), text(source.text_sha256)
    yield words, node(Property.RAW_SHA256), text(source.raw_sha256)
    yield words, node(Property.FILE_NAME), text(source.name)


def issuers(page: Page) -> list[str]:
    """Return the names of the bodies that issued the document, as the metadata has them.

    Names of bodies never hold a blank, so ``中共中央 国务院`` are two.
    """
    names = _BETWEEN_ISSUERS.split(page.extraction.metadata.issuer or "")
    area = page.extraction.metadata.area
    return [name_in_full(name, area) for name in names if name]


def group_triples(page: Page, group: Group) -> Iterator[Triple]:
    """Yield what one thing is called, what it is, and where it is named."""
    if group.iri == page.document:
        return
    if group.kind is Kind.BODY:
        yield from _body_triples(group)
    elif group.kind is Kind.DOCUMENT:
        yield from thing(group.iri, Class.CITED_DOCUMENT, canonical_of(group.first).strip("《》"))
    elif group.kind is Kind.POLICY_AREA:
        yield from thing(group.iri, Class.POLICY_AREA, canonical_of(group.first))
    else:
        yield from _element_triples(page, group)
    for mention in group.mentions:
        yield from evidence(page, group.iri, spans_of(mention))


def _element_triples(page: Page, group: Group) -> Iterator[Triple]:
    this = node(group.iri)
    decided = page.decisions.get(group.iri)
    words = (decided and decided.words) or one_line(group.first.text)
    yield from thing(group.iri, CLASS_OF_KIND[group.kind], words)
    yield from ground(page, [group.iri], group.iri)
    yield this, node(Property.STATED_IN), node(page.document)
    yield this, node(Property.CONFIDENCE), decimal(max(m.confidence for m in group.mentions))
    for mention in group.mentions:
        yield this, node(Property.BY_RULE), text(mention.rule)
    if ordinal := group.attr("ordinal"):
        yield this, node(Property.ORDINAL), text(str(ordinal))
    if task_kind := group.attr("task_kind"):
        yield this, node(Property.TASK_KIND), text(str(task_kind))
    if group.kind is Kind.TARGET:
        yield from _target_triples(group)


def _target_triples(group: Group) -> Iterator[Triple]:
    this = node(group.iri)
    if name := group.attr("name"):
        indicator = ids.iri("indicator", ids.digest("indicator", str(name)))
        yield this, node(Property.USES_INDICATOR), node(indicator)
        yield from thing(indicator, Class.INDICATOR, str(name))
    for attr, prop in (("comparator", Property.COMPARATOR), ("unit", Property.UNIT)):
        if value := group.attr(attr):
            yield this, node(prop), text(str(value))
    for attr, prop in (("value", Property.TARGET_VALUE), ("baseline", Property.BASELINE_VALUE)):
        number = _number(group.attr(attr))
        if number is not None:
            yield this, node(prop), decimal(number)
    binding = group.attr("binding")
    if isinstance(binding, bool):
        yield this, node(Property.BINDING), boolean(value=binding)


def _body_triples(group: Group) -> Iterator[Triple]:
    this = node(group.iri)
    kind = BodyKind(str(group.attr("body_kind") or BodyKind.BODY))
    yield from thing(group.iri, CLASS_OF_BODY_KIND[kind], canonical_of(group.first))
    if authorities.body_by_alias(canonical_of(group.first)) is None:  # else the authority graph
        yield from answering_triples(group.iri, canonical_of(group.first))
    level = group.attr("level")
    if level in set(Level):
        yield this, node(Property.AT_LEVEL), node(level_iri(str(level)))
    if area := group.attr("area"):
        yield this, node(Property.AREA_OF), node(area_iri(str(area)))
        yield from area_triples(str(area))


def area_triples(name: str, level: Level | None = None) -> Iterator[Triple]:
    """Yield an area and the larger ones in its name (云岭省临江市 lies within 云岭省)."""
    this = area_iri(name)
    known = known_area(name)
    yield from thing(this, Class.AREA, known.name if known else name)
    if known:
        return  # the authority graph says the rest
    if level:
        yield node(this), node(Property.AT_LEVEL), node(level_iri(level))
    for larger in larger_areas(name)[-1:]:
        yield node(this), node(Property.ALIAS), text(name.removeprefix(larger))
        yield node(this), node(Property.WITHIN_AREA), node(area_iri(larger))
        yield from area_triples(larger)


def thing(iri: str, kind: str, label: str) -> Iterator[Triple]:
    """Yield the class of a thing and its Chinese label."""
    yield node(iri), node(RDF_TYPE), node(kind)
    yield node(iri), node(RDFS_LABEL), text(label, "zh")


def year_in(words: Scalar | None) -> int | None:
    """Return the last calendar year in some words or a date, else the one a five-year period ends with.

    >>> year_in("2025年底前"), year_in("“十五五”期间")
    (2025, 2030)
    """
    said = str(words or "")
    if years := _YEAR.findall(said):
        return int(years[-1])
    period = _FIVE_YEARS.search(said)
    return 2005 + 5 * number(period[1]) if period else None


def _number(value: Scalar | None) -> Decimal | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        read = Decimal(str(value).strip().rstrip("%％").replace(",", ""))
    except InvalidOperation:
        return None
    return read if read.is_finite() else None
