"""IRIs in, nodes out: the one place where a node is put together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg import ids
from kg.errors import UnknownNodeError
from kg.explore.cache import PerGeneration
from kg.explore.sparql import PROLOGUE, among, iri_of, values
from kg.explore.terms import NODE_TYPES
from kg.model import SEVERITY_RANK, Bilingual, Finding, Node, Severity
from kg.store.port import Store
from kg.vocab import NS, PREFIXES, RDF_TYPE, RDFS_LABEL, Property

_ALIASES = (str(Property.ALIAS), PREFIXES["skos"] + "altLabel")
_READ = (
    RDF_TYPE,
    RDFS_LABEL,
    PREFIXES["skos"] + "prefLabel",
    *_ALIASES,
    PREFIXES["dct"] + "title",
    str(Property.AT_LEVEL),
    str(Property.STATED_IN),
    str(Property.APPLIES_IN),
    str(Property.AREA_OF),
    str(Property.DUE_YEAR),
)
_LABELS = (RDFS_LABEL, PREFIXES["skos"] + "prefLabel", PREFIXES["dct"] + "title")
_BATCH = 500

Gaps = Mapping[str, Severity]
_Facts = dict[str, list[tuple[object, str]]]  # property -> values with language


def gap_by_key(findings: Iterable[Finding]) -> dict[str, Severity]:
    """Return the worst severity among *findings* for the key of each subject."""
    worst: dict[str, Severity] = {}
    for finding in findings:
        for subject in finding.subjects:
            known = worst.get(subject.key)
            if known is None or SEVERITY_RANK[finding.severity] > SEVERITY_RANK[known]:
                worst[subject.key] = finding.severity
    return worst


def node(store: Store, key: str, *, gaps: Gaps | None = None) -> Node:
    """Return the node with this key or IRI.

    Raises:
        UnknownNodeError: Nothing that can be shown has it.
    """
    found = nodes_of(store, [iri_of(key)], gaps=gaps)
    if not found:
        raise UnknownNodeError(key=key)
    return next(iter(found.values()))


def nodes_of(store: Store, iris: Iterable[str], *, gaps: Gaps | None = None) -> dict[str, Node]:
    """Return IRI -> node for those of *iris* that have a type which can be shown.

    *gaps* maps keys to the worst severity found there.
    """
    facts = _facts(store, dict.fromkeys(iris))
    around = _known_facts(store, _places(facts))
    around |= _known_facts(store, [iri for iri in _places(around) if iri not in around])
    made = {}
    for iri, known in facts.items():
        kind = _type(known)
        if kind is not None:
            made[iri] = _node(iri, kind=kind, known=known, around=around, gaps=gaps or {})
    return made


def aliases(store: Store, iri: str) -> list[str]:
    """Return the other names of a thing, sorted."""
    known = _facts(store, [iri]).get(iri, {})
    return sorted({str(value) for prop in _ALIASES for value, _ in known.get(prop, [])})


def _facts(store: Store, iris: Iterable[str]) -> dict[str, _Facts]:
    """Return IRI -> property -> values, in the order asked for, missing things left out."""
    wanted = list(iris)
    found: dict[str, _Facts] = {iri: defaultdict(list) for iri in wanted}
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        table = store.select(
            f"{PROLOGUE}SELECT DISTINCT ?n ?p ?o (LANG(?o) AS ?lang) WHERE {{ "
            f"{values('n', batch)} ?n ?p ?o {among('p', _READ)} }}"
        )
        for subject, prop, value, lang in table.rows:
            found[str(subject)][str(prop)].append((value, str(lang or "")))
    return {iri: known for iri, known in found.items() if known}


def _known_facts(store: Store, iris: Iterable[str]) -> dict[str, _Facts]:
    """Return the facts of documents and areas: few things, which most nodes lie in.

    They are kept until the store changes; without that, two of the three questions of a search are
    about them.
    """
    wanted = list(iris)
    if not wanted:
        return {}
    kept = _DOCUMENTS_AND_AREAS.of(store)
    missing = [iri for iri in wanted if iri not in kept]
    found = _facts(store, missing)
    known = {iri: kept.get(iri) or found.get(iri, {}) for iri in wanted}
    if len(kept) > _MOST_KEPT:
        kept.clear()
    kept.update(known)
    return {iri: facts for iri, facts in known.items() if facts}


_MOST_KEPT = 20_000
_DOCUMENTS_AND_AREAS: PerGeneration[dict[str, _Facts]] = PerGeneration(lambda _: {})


def _places(facts: Mapping[str, _Facts]) -> dict[str, None]:
    """Return the documents and areas that *facts* point to: their level and name are needed."""
    wanted: dict[str, None] = {}
    for known in facts.values():
        for prop in (Property.STATED_IN, Property.APPLIES_IN, Property.AREA_OF):
            wanted.update(dict.fromkeys(str(value) for value, _ in known.get(prop, [])))
    return wanted


def _type(known: _Facts) -> str | None:
    classes = {str(value) for value, _ in known.get(RDF_TYPE, [])}
    return next((name for iri, name in NODE_TYPES.items() if iri in classes), None)


def _first(known: _Facts, *properties: str) -> str | None:
    """Return the least value, so that the answer does not hang on the order of the store."""
    for prop in properties:
        found = sorted(str(value) for value, _ in known.get(prop, []))
        if found:
            return found[0]
    return None


def _label(known: _Facts, key: str) -> Bilingual:
    by_lang: dict[str, list[str]] = defaultdict(list)
    for prop in _LABELS:
        for value, lang in known.get(prop, []):
            by_lang["en" if lang.startswith("en") else "zh"].append(str(value))
    chinese = min(by_lang["zh"], key=lambda text: (len(text), text), default="")
    english = min(by_lang["en"], key=lambda text: (len(text), text), default="")
    return Bilingual(zh=chinese or english or key, en=english)


def _node(iri: str, *, kind: str, known: _Facts, around: Mapping[str, _Facts], gaps: Gaps) -> Node:
    key = ids.key_of(iri)
    document = _first(known, Property.STATED_IN)
    home = around.get(document or "", {})
    level = _first(known, Property.AT_LEVEL) or _first(home, Property.AT_LEVEL)
    area = _first(known, Property.APPLIES_IN, Property.AREA_OF) or _first(home, Property.APPLIES_IN)
    year = _first(known, Property.DUE_YEAR)
    return Node(
        id=iri,
        key=key,
        type=kind,
        label=_label(known, key),
        level=level.removeprefix(NS) if level else None,
        area=_area_name(area, around),
        document=ids.key_of(document) if document else None,
        year=int(year) if year and year.isdigit() else None,
        gap=gaps.get(key),
    )


def _area_name(area: str | None, around: Mapping[str, _Facts]) -> str | None:
    if area is None:
        return None
    return _label(around.get(area, {}), ids.key_of(area)).zh
