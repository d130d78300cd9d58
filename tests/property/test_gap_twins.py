"""On random plans: the projection reads back what was written, and SQL agrees with SPARQL."""

from collections.abc import Iterator, Mapping
from itertools import combinations, permutations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kg.analysis.gaps import catalogue, findings_of
from kg.analysis.networks import duty_of
from kg.analysis.project import read, tables_of
from kg.analysis.saved import saved_queries, saved_query
from kg.ids import digest, graph_iri, iri
from kg.model import Level, Role
from kg.settings import Settings
from kg.store import memory_store
from kg.vocab import (
    CLASS_OF_BODY_KIND,
    CLASS_OF_KIND,
    KIND_OF_DEPENDENCY,
    NS,
    RDF_TYPE,
    RDFS_LABEL,
    SHORTCUT_OF_ROLE,
    Class,
    Property,
    level_iri,
    role_iri,
)

Rows = dict[str, list[dict[str, object]]]
TWINS = sorted(name for name, kind in catalogue().items() if kind.query)

AREAS = ("云溪省", "白石县")
_KINDS = ("taskGroup", "task", "programme", "action", "arrangement")
_BODY_KINDS = ("department", "department", "department", "openBody", "coordinationBody", "body")


def _some(draw: st.DrawFn, values: list[str], most: int, least: int = 0) -> list[str]:
    least = min(least, len(values))
    some = st.lists(st.sampled_from(values), min_size=least, max_size=most, unique=True)
    return draw(some) if values else []


@st.composite
def plans(draw: st.DrawFn) -> Rows:
    """Rows of small plans: three documents, a forest of measures and goals, bodies and links."""
    documents = [iri("document", name) for name in "pqr"]
    last = draw(st.sampled_from([Level.PROVINCE, Level.PREFECTURE, Level.COUNTY]))
    levels = dict(zip(documents, (Level.CENTRAL, Level.PROVINCE, last), strict=True))
    measures = [iri("measure", f"m{n}") for n in range(draw(st.integers(2, 8)))]
    goals = [iri("goal", f"g{n}") for n in range(draw(st.integers(0, 4)))]
    bodies = [iri("body", f"b{n}") for n in range(draw(st.integers(3, 9)))]
    pick = st.sampled_from
    rows: Rows = {
        "documents": [
            {
                "id": name,
                "title": name,
                "level": levels[name],
                "area": area,
                "states_bodies": draw(pick([True, True, False])),
            }
            for name, area in zip(documents, (AREAS[0], AREAS[0], AREAS[1]), strict=True)
        ],
        "measures": [
            {
                "id": name,
                "kind": draw(pick(_KINDS)),
                "label_zh": name,
                "document": draw(pick(documents)),
                "due_year": draw(pick([2026, 2028, None])),
            }
            for name in measures
        ],
        "goals": [
            {"id": name, "label_zh": name, "document": draw(pick(documents))} for name in goals
        ],
        "bodies": [{"id": name, "label": name, "kind": draw(pick(_BODY_KINDS))} for name in bodies],
    }
    rows["parents"] = [
        {"child": child, "parent": parent}
        for elements in (measures, goals)
        for n, child in enumerate(elements)
        for parent in _some(draw, elements[:n], 2)
    ]
    areas = {row["id"]: row["area"] for row in rows["documents"]}
    for row in rows["measures"]:
        row["level"] = levels[str(row["document"])]
        row["area"] = areas[row["document"]]
    rows["implementing"] = [
        {"lower": lower, "upper": upper}
        for upper, lower in combinations(documents, 2)
        if draw(pick([True, True, False]))
    ]
    own = {
        name: [row["id"] for row in rows["measures"] if row["document"] == name]
        for name in documents
    }
    low, high = own[documents[1]] + own[documents[2]], own[documents[0]] + own[documents[1]]
    rows["uptake"] = _links(draw, "uptake", ("lower", low), ("upper", high), 4)
    rows["targets"] = [_target(draw, n, areas) for n in range(5)]
    rows["observations"] = _observations(draw)
    rows["quantifying"] = [
        {"target": iri("target", "t0"), "goal": goal} for goal in _some(draw, goals, 2)
    ]
    rows["evidence"] = [
        {
            "node": name,
            "document": documents[0],
            "start": 10 * n,  # apart: SPARQL does not see which sentences follow at once
            "end": 10 * n + 4,
            "sentence": draw(pick([1, 2, 3])),
        }
        for n, name in enumerate(goals)
    ]
    rows["responsibilities"] = _duties(draw, measures, bodies)
    rows["dependencies"] = _links(draw, "dependency", ("source", measures), ("target", measures), 4)
    for n, row in enumerate(rows["dependencies"]):
        row["kind"] = list(KIND_OF_DEPENDENCY)[n % 3].value
    rows["contributions"] = _weighed(draw, measures, goals)
    rows["conflicts"] = _links(draw, "conflict", ("one", measures), ("other", measures), 2) + [
        {"one": row["measure"], "other": row["goal"]}
        for row in rows["contributions"]
        if row["strength"] < 0
    ]
    arranged = draw(st.booleans())
    rows["members"] = [
        {"body": body, "coordination_body": hub}
        for hub in _some(draw, bodies, int(arranged))
        for body in _some(draw, bodies, 6)
        if body != hub
    ]
    rows["channels"] = [
        {"id": iri("channel", "c"), "body_a": one, "body_b": other, "via": measures[0]}
        for one, other in permutations(_some(draw, bodies, 6 * arranged), 2)
        if one < other
    ]
    rows["covering"] = [
        {"channel": iri("channel", "c"), "subject": name} for name in _some(draw, measures, 1)
    ]
    return rows


def _observations(draw: st.DrawFn) -> list[dict[str, object]]:
    pick = st.sampled_from
    return [
        {
            "id": iri("observation", f"o{n}"),
            "indicator": draw(pick(["抽检合格率", "全市抽检合格率", "办结率"])),
            "area": draw(pick(AREAS)),
            "year": draw(pick([2024, 2025, 2026, 2029])),
        }
        for n in range(draw(st.integers(0, 4)))
    ]


def _weighed(draw: st.DrawFn, measures: list[str], goals: list[str]) -> list[dict[str, object]]:
    """Return contributions to goals and to measures, which help, hinder or do neither."""
    found = _links(draw, "contribution", ("measure", measures), ("goal", goals), 3)
    found += [
        row | {"id": iri("contribution", f"h{n}")}
        for n, row in enumerate(
            _links(draw, "contribution", ("measure", measures), ("goal", measures + goals), 3)
        )
    ]
    strengths = st.sampled_from([2.0, 1.0, 0.0, -1.0, -3.0])
    return [row | {"strength": draw(strengths)} for row in found]


def _target(draw: st.DrawFn, n: int, areas: dict[object, object]) -> dict[str, object]:
    pick = st.sampled_from
    document = draw(pick(list(areas)))
    return {
        "id": iri("target", f"t{n}"),
        "label_zh": f"t{n}",
        "document": document,
        "area": areas[document],
        "indicator": draw(pick(["抽检合格率", "全省抽检合格率", "实验室"])),
        "comparator": draw(pick([">=", ">=", "<="])),
        "value": draw(pick([80.0, 88.5, 99.5])),
        "unit": draw(pick(["%", "%", "家"])),
        "due_year": draw(pick([2027, 2028, None])),
    }


def _duties(draw: st.DrawFn, measures: list[str], bodies: list[str]) -> list[dict[str, object]]:
    """Either one measure with a crowd, or leads scattered over measures: both rules find work."""
    if draw(st.booleans()):
        held = [(measures[0], body) for body in _some(draw, bodies, 9, 6)]
        held += held[:2]  # a body twice on one measure can supervise itself
        roles = list(Role)
    else:
        held = [(name, draw(st.sampled_from(bodies))) for name in _some(draw, measures, 8, 4)]
        roles = [Role.LEAD, Role.LEAD, Role.LEAD, Role.SUPPORT]
    apart = st.tuples(st.sampled_from(measures), st.sampled_from(bodies))
    return [
        {
            "id": iri("responsibility", f"r{n}"),
            "measure": measure,
            "body": body,
            "role": draw(st.sampled_from(roles)).value,
        }
        for n, (measure, body) in enumerate([*held, *draw(st.lists(apart, max_size=3))])
    ]


def _links(
    draw: st.DrawFn, kind: str, one: tuple[str, list[str]], other: tuple[str, list[str]], most: int
) -> list[dict[str, object]]:
    if not one[1] or not other[1]:
        return []
    ends = st.tuples(st.sampled_from(one[1]), st.sampled_from(other[1]))
    found = draw(st.lists(ends.filter(lambda pair: pair[0] != pair[1]), min_size=1, max_size=most))
    return [{"id": iri(kind, f"l{n}"), one[0]: a, other[0]: b} for n, (a, b) in enumerate(found)]


def triples(rows: Rows) -> Iterator[tuple[str, str, str]]:
    """Yield the rows as triples (IRIs, or terms in quotes), written as `kg.rdf` writes facts."""
    for row in rows["documents"]:
        yield row["id"], RDF_TYPE, Class.DOCUMENT
        yield row["id"], RDFS_LABEL, f'"{row["title"]}"@zh'
        yield row["id"], Property.AT_LEVEL, level_iri(row["level"])
        yield row["id"], Property.APPLIES_IN, iri("area", digest(row["area"]))
        yield iri("area", digest(row["area"])), RDFS_LABEL, f'"{row["area"]}"@zh'
        yes = "true" if row["states_bodies"] else "false"
        yield (
            row["id"],
            Property.STATES_BODIES,
            f'"{yes}"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        )
    for table, kind in (("measures", None), ("goals", "goal"), ("targets", "target")):
        for row in rows[table]:
            yield row["id"], RDF_TYPE, CLASS_OF_KIND[kind or row["kind"]]
            yield row["id"], RDFS_LABEL, f'"{row["label_zh"]}"@zh'
            yield row["id"], Property.STATED_IN, row["document"]
    for row in rows["bodies"]:
        yield row["id"], RDF_TYPE, CLASS_OF_BODY_KIND[row["kind"]]
        yield row["id"], RDFS_LABEL, f'"{row["label"]}"@zh'
    yield from _numbers(rows)
    yield from _direct(rows)
    yield from _link_nodes(rows)


def _numbers(rows: Rows) -> Iterator[tuple[str, str, str]]:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    for row in rows["targets"]:
        indicator = iri("indicator", digest("indicator", row["indicator"]))
        yield row["id"], Property.USES_INDICATOR, indicator
        yield indicator, RDFS_LABEL, f'"{row["indicator"]}"@zh'
        yield row["id"], Property.COMPARATOR, f'"{row["comparator"]}"'
        yield row["id"], Property.TARGET_VALUE, f'"{row["value"]}"^^<{xsd}decimal>'
        yield row["id"], Property.UNIT, f'"{row["unit"]}"'
        if row["due_year"]:
            yield row["id"], Property.DUE_YEAR, f'"{row["due_year"]}"^^<{xsd}integer>'
    for row in rows["measures"]:
        if row["due_year"]:
            yield row["id"], Property.DUE_YEAR, f'"{row["due_year"]}"^^<{xsd}integer>'
    for row in rows["observations"]:
        indicator = iri("indicator", digest("indicator", row["indicator"]))
        yield row["id"], RDF_TYPE, Class.OBSERVATION
        yield row["id"], Property.OBSERVES, indicator
        yield indicator, RDFS_LABEL, f'"{row["indicator"]}"@zh'
        yield row["id"], Property.OBSERVED_IN, iri("area", digest(row["area"]))
        yield row["id"], Property.OBSERVED_YEAR, f'"{row["year"]}"^^<{xsd}integer>'
    for row in rows["implementing"]:
        cited = row["upper"] + ".cited"
        yield row["lower"], Property.IMPLEMENTS, cited
        yield row["upper"], Property.CITED_AS, cited


_DIRECT = (
    ("parents", "child", Property.PART_OF, "parent"),
    ("quantifying", "target", Property.QUANTIFIES, "goal"),
    ("members", "body", Property.MEMBER_OF, "coordination_body"),
    ("covering", "channel", Property.COVERS, "subject"),
    ("conflicts", "one", Property.CONFLICTS_WITH, "other"),
    ("uptake", "lower", Property.TAKES_UP, "upper"),
    ("channels", "body_a", Property.COORDINATES_WITH, "body_b"),
    ("channels", "body_b", Property.COORDINATES_WITH, "body_a"),
)


def _direct(rows: Rows) -> Iterator[tuple[str, str, str]]:
    for table, head, name, tail in _DIRECT:
        for row in rows[table]:
            yield row[head], name, row[tail]
    for row in rows["dependencies"]:
        yield (
            row["source"],
            Property(f"{Property.REQUIRES.rpartition('#')[0]}#{row['kind']}"),
            row["target"],
        )
    for row in rows["contributions"]:
        if row["strength"] > 0:
            yield row["measure"], Property.CONTRIBUTES_TO, row["goal"]
    for row in rows["responsibilities"]:
        yield row["measure"], Property.HAS_BODY, row["body"]
        yield row["measure"], SHORTCUT_OF_ROLE[row["role"]], row["body"]


def _link_nodes(rows: Rows) -> Iterator[tuple[str, str, str]]:
    for row in rows["responsibilities"]:
        yield row["id"], RDF_TYPE, Class.RESPONSIBILITY
        yield row["id"], Property.RESPONSIBILITY_FOR, row["measure"]
        yield row["id"], Property.HELD_BY, row["body"]
        yield row["id"], Property.IN_ROLE, role_iri(Role(row["role"]))
    for row in rows["dependencies"]:
        yield row["id"], RDF_TYPE, Class.DEPENDENCY
        yield row["id"], Property.LINK_FROM, row["source"]
        yield row["id"], Property.LINK_TO, row["target"]
        yield row["id"], Property.OF_KIND, KIND_OF_DEPENDENCY[row["kind"]]
    for row in rows["contributions"]:
        yield row["id"], RDF_TYPE, Class.CONTRIBUTION
        yield row["id"], Property.LINK_FROM, row["measure"]
        yield row["id"], Property.LINK_TO, row["goal"]
        number = f'"{row["strength"]:.0f}"^^<http://www.w3.org/2001/XMLSchema#integer>'
        yield row["id"], Property.STRENGTH, number
    for row in rows["uptake"]:
        yield row["id"], RDF_TYPE, Class.UPTAKE
        yield row["id"], Property.LINK_FROM, row["lower"]
        yield row["id"], Property.LINK_TO, row["upper"]
    text = iri("text", "p")
    for row in rows["evidence"]:
        mention = iri("mention", str(row["start"]))
        yield row["node"], Property.EVIDENCED_BY, mention
        yield mention, RDF_TYPE, Class.MENTION
        yield mention, Property.MENTION_IN, text
        yield text, Property.TEXT_OF, row["document"]
        for name in ("start", "end", "sentence"):
            number = f'"{row[name]}"^^<http://www.w3.org/2001/XMLSchema#integer>'
            yield mention, f"{NS}{name}", number
    yield iri("channel", "c"), RDF_TYPE, Class.CHANNEL
    for row in rows["channels"]:
        yield row["id"], Property.ARRANGED_BY, row["via"]
        yield row["id"], Property.CONNECTS, row["body_a"]
        yield row["id"], Property.CONNECTS, row["body_b"]


def nquads(rows: Rows) -> bytes:
    """Return the rows as N-Quads in one graph of ours."""
    graph = graph_iri("random")
    lines = []
    for subject, name, value in triples(rows):
        term = value if value.startswith('"') else f"<{value}>"
        lines.append(f"<{subject}> <{name}> {term} <{graph}> .\n")
    return "".join(sorted(set(lines))).encode()


def stored(rows: Rows) -> object:
    """Return a store that holds the rows."""
    store = memory_store()
    store.replace(graph_iri("random"), nquads(rows))
    return store


def _sets(rows: list[Mapping[str, object]], names: tuple[str, ...]) -> set[tuple[object, ...]]:
    return {tuple(row[name] for name in names) for row in rows}


READ_BACK = {
    "measures": ("id", "kind", "label_zh", "document", "due_year"),
    "goals": ("id", "label_zh", "document"),
    "bodies": ("id", "label", "kind"),
    "parents": ("child", "parent"),
    "quantifying": ("target", "goal"),
    "responsibilities": ("id", "measure", "body", "role"),
    "dependencies": ("id", "source", "target", "kind"),
    "contributions": ("id", "measure", "goal", "strength"),
    "conflicts": ("one", "other"),
    "uptake": ("id", "lower", "upper"),
    "observations": ("id", "indicator", "area", "year"),
    "implementing": ("lower", "upper"),
    "targets": ("id", "document", "indicator", "comparator", "value", "unit", "due_year"),
    "members": ("body", "coordination_body"),
    "channels": ("id", "body_a", "body_b", "via"),
    "covering": ("channel", "subject"),
    "evidence": ("node", "document", "start", "end", "sentence"),
    "above": ("element", "ancestor", "distance"),
}
often = hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@often
@given(plans())
def test_what_is_written_to_a_store_is_read_back_into_the_tables(rows: Rows) -> None:
    found, expected = read(stored(rows)), tables_of(rows)
    for name, columns in READ_BACK.items():
        one, other = getattr(found, name).to_pylist(), getattr(expected, name).to_pylist()
        assert _sets(one, columns) == _sets(other, columns), name


def _asked(store: object, name: str) -> set[frozenset[str]]:
    """Return what the SPARQL twin finds: its node columns, in pairs where there are two."""
    table = store.select(saved_query(name).text)  # type: ignore[attr-defined]
    nodes = [n for n in table.names if f"{n}Label" in table.names]
    return {frozenset(str(row[table.names.index(node)]) for node in nodes) for row in table.rows}


OF_DUTIES = frozenset({"G13", "G14", "G17", "G23"})
PAIRS = frozenset({"G05", "G07", "G13", "G14", "G17", "G20", "G21", "G23"})


def _found(rows: Rows) -> dict[str, set[frozenset[str]]]:
    """Return what the SQL rules find, each in the shape of its twin."""
    found: dict[str, set[frozenset[str]]] = {name: set() for name in TWINS}
    for one in findings_of(tables_of(rows), settings=Settings(), types=TWINS):
        nodes = [node.id for node in one.subjects]
        if one.type in PAIRS:
            found[one.type].add(frozenset(nodes[:2]))
        elif one.type == "G19":  # a plan and what it does not take up; two plans are a note
            rest = [node.id for node in one.subjects[1:] if node.type != "document"]
            found[one.type] |= {frozenset([nodes[0], node]) for node in rest}
        elif (
            one.type == "G24" or one.subjects[0].type != "document"
        ):  # siblings that say the same make one finding
            found[one.type] |= {frozenset([node]) for node in nodes}
    return found


@pytest.mark.slow
@often
@given(plans())
def test_sql_and_sparql_find_the_same_on_random_plans(rows: Rows) -> None:
    store, found = stored(rows), _found(rows)
    duty = duty_of(tables_of(rows))
    for name in TWINS:
        asked = _asked(store, name)
        if name in OF_DUTIES:  # SPARQL answers with the clauses, the report with their duties
            raised = {frozenset(duty.get(node, node) for node in pair) for pair in asked}
            asked = {pair for pair in raised if len(pair) == 2}
        assert found[name] == asked, name


def test_enough_gap_types_have_a_twin_and_every_saved_query_says_what_it_answers() -> None:
    assert len(TWINS) >= 20
    for name, kind in catalogue().items():
        assert (kind.query is None) == bool(kind.untwinned.zh and kind.untwinned.en), name
    assert len(saved_queries()) >= 24
    for query in saved_queries():
        assert query.answers.zh, query.name
        assert query.answers.en, query.name
        assert "NOT EXISTS" not in query.text.upper(), query.name
