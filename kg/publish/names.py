"""What to call a thing on a page: its label, else what it links, quotes or is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg import ids
from kg.model import Bilingual
from kg.publish.terms import term_of
from kg.store import Store
from kg.vocab import NS, PREFIXES, RDF_TYPE, RDFS_LABEL, Property

_BATCH = 200
_LABELS = (RDFS_LABEL, PREFIXES["skos"] + "prefLabel", PREFIXES["dct"] + "title")
_STARTED = PREFIXES["prov"] + "startedAtTime"
_WORDS = (str(Property.EXACT), str(Property.FILE_NAME), _STARTED, RDF_TYPE)
_FROM = (Property.RESPONSIBILITY_FOR, Property.LINK_FROM, Property.CONNECTS, Property.DECIDES)
_TO = (Property.HELD_BY, Property.LINK_TO, Property.ARRANGED_BY)
_AS = (Property.IN_ROLE, Property.OF_KIND, Property.SHORTCUT)
_ENDS = tuple(str(prop) for prop in (*_FROM, *_AS, *_TO))
_LONGEST = 60
_OPEN = Bilingual("…", "…")  # an end that is not told

_Facts = dict[str, list[tuple[str, str]]]  # property -> values with their language


def named(store: Store, iris: Iterable[str]) -> dict[str, Bilingual]:
    """Return what to call each of *iris*; every one gets a name."""
    wanted = list(dict.fromkeys(iris))
    facts = _facts(store, wanted, (*_LABELS, *_WORDS, *_ENDS))
    ends = {
        value
        for known in facts.values()
        for prop in _ENDS
        for value, _ in known.get(prop, [])
        if value not in facts
    }
    facts |= _facts(store, sorted(ends), (*_LABELS, *_WORDS))
    return {iri: _name(iri, facts) for iri in wanted}


def _facts(store: Store, iris: list[str], properties: Iterable[str]) -> dict[str, _Facts]:
    found: dict[str, _Facts] = {iri: defaultdict(list) for iri in iris}
    props = " ".join(f"<{prop}>" for prop in properties)
    for start in range(0, len(iris), _BATCH):
        nodes = " ".join(f"<{iri}>" for iri in iris[start : start + _BATCH])
        rows = store.select(
            "SELECT DISTINCT ?s ?p ?o (LANG(?o) AS ?lang) { "
            f"VALUES ?s {{ {nodes} }} VALUES ?p {{ {props} }} ?s ?p ?o }} ORDER BY ?s ?p ?o"
        ).rows
        for subject, prop, value, lang in rows:
            found[str(subject)][str(prop)].append((str(value), str(lang or "")))
    return found


def _name(iri: str, facts: Mapping[str, _Facts]) -> Bilingual:
    if term := term_of(iri):
        return term.label
    known = facts.get(iri, {})
    return _label(known) or _linked(known, facts) or _worded(iri, known)


def _label(known: Mapping[str, list[tuple[str, str]]]) -> Bilingual | None:
    values = next((known[prop] for prop in _LABELS if known.get(prop)), [])
    zh = next((value for value, lang in values if not lang.startswith("en")), "")
    en = next((value for value, lang in values if lang.startswith("en")), "")
    return Bilingual(zh or en, en or zh) if values else None


def _linked(known: _Facts, facts: Mapping[str, _Facts]) -> Bilingual | None:
    """Return a link by its ends: 制定标准 — 牵头 → 省质量局."""
    parts = [_end(known, props, facts) for props in (_FROM, _AS, _TO)]
    one, how, other = parts
    if one is None and other is None:
        return None
    both = (_arrow(lang, one or _OPEN, how, other or _OPEN) for lang in ("zh", "en"))
    return Bilingual(*both)


def _arrow(lang: str, one: Bilingual, how: Bilingual | None, other: Bilingual) -> str:
    middle = f"— {how.to(lang)} →" if how else "→"
    return f"{one.to(lang)} {middle} {other.to(lang)}"


def _end(
    known: _Facts, properties: Iterable[Property], facts: Mapping[str, _Facts]
) -> Bilingual | None:
    for prop in properties:
        for value, _ in known.get(str(prop), []):
            term = term_of(value)
            return term.label if term else _label(facts.get(value, {})) or _key(value)
    return None


def _worded(iri: str, known: _Facts) -> Bilingual:
    """Return a mention by its words, a text by its file, a run by its beginning, else the key."""
    for prop in _WORDS[:-1]:
        for value, _ in known.get(prop, []):
            words = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
            return _same(f"“{words}”") if prop == _WORDS[0] else _kind_and(words, known)
    return _kind_and(ids.key_of(iri).rpartition("/")[2], known) if known else _key(iri)


def _kind_and(words: str, known: _Facts) -> Bilingual:
    kind = next((term for value, _ in known.get(RDF_TYPE, []) if (term := term_of(value))), None)
    if kind is None:
        return _same(words)
    return Bilingual(f"{kind.label.zh} {words}", f"{kind.label.en} {words}")


def _key(iri: str) -> Bilingual:
    return _same(ids.key_of(iri).removeprefix(NS))


def _same(words: str) -> Bilingual:
    return Bilingual(words, words)
