"""Triples of who has to do what: responsibility nodes, and the shortcuts they stand for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg import ids
from kg.model import (
    Basis,
    Decision,
    Kind,
    Relation,
    RelationKind,
    Responsibility,
    Role,
    Span,
    Verdict,
)
from kg.rdf.authority import area_iri
from kg.rdf.decided import body_named
from kg.rdf.naming import name_in_full
from kg.rdf.page import Page, body_iri, canonical_of, evidence, ground
from kg.rdf.relations import DECISION_RULE, claim_spans
from kg.rdf.terms import Triple, boolean, decimal, integer, node, text
from kg.rdf.things import area_triples, thing
from kg.vocab import (
    CLASS_OF_BODY_KIND,
    RDF_TYPE,
    SHORTCUT_OF_ROLE,
    Class,
    Property,
    level_iri,
    role_iri,
)

_BASES = tuple(Basis)


@dataclass(frozen=True, slots=True)
class Duty:
    """One body's role for one measure, with every clause that says so, the best founded first."""

    measure: str
    holder: str
    role: Role
    clauses: tuple[Responsibility, ...]
    decided: tuple[str, ...] = ()  # the statements whose decisions it rests on


def duties(page: Page) -> Iterator[Duty]:
    """Yield each duty once, as the reviewers want it: what they correct may merge with another."""
    wanted: dict[tuple[str, str, Role], Duty] = {}
    for duty in _wanted(page):
        key = (duty.measure, duty.holder, duty.role)
        same = wanted.get(key)
        wanted[key] = duty if same is None else _merged(same, duty)
    yield from wanted.values()


def read_duties(page: Page) -> Iterator[Duty]:
    """Yield each duty that the rules read once, however often the text repeats it.

    A clause that applies to no measure that was read is a duty for the document as a whole.
    """
    said: dict[tuple[str, str, Role], list[Responsibility]] = {}
    for clause in (*page.extraction.responsibilities, *_supervisions(page)):
        known = [page.iris[m] for m in clause.applies_to if page.is_element(m)]
        for measure in known or [page.document]:
            said.setdefault((measure, _holder(page, clause), clause.role), []).append(clause)
    for (measure, holder, role), clauses in said.items():
        yield Duty(measure, holder, role, tuple(sorted(clauses, key=_order)))


def duty_iri(page: Page, duty: Duty) -> str:
    """Return the IRI of a duty: it hangs on the measure, the body and the role."""
    key = ids.digest(duty.measure, duty.holder, duty.role)
    return ids.iri("responsibility", f"{page.source.key}.{key}")


def duty_triples(page: Page, duty: Duty) -> Iterator[Triple]:
    """Yield the node of a duty, its shortcut, and the clauses behind it."""
    best = duty.clauses[0]
    this = duty_iri(page, duty)
    yield from ground(page, duty.decided, this)
    yield node(this), node(RDF_TYPE), node(Class.RESPONSIBILITY)
    yield node(this), node(Property.RESPONSIBILITY_FOR), node(duty.measure)
    yield node(this), node(Property.HELD_BY), node(duty.holder)
    yield node(this), node(Property.IN_ROLE), node(role_iri(duty.role))
    yield node(this), node(Property.STATED_IN), node(page.document)
    yield node(duty.measure), node(SHORTCUT_OF_ROLE[duty.role]), node(duty.holder)
    yield node(duty.measure), node(Property.HAS_BODY), node(duty.holder)
    yield from _clause_triples(this, best)
    for clause in duty.clauses:
        yield from evidence(page, this, [clause.clause, *_other_spans(page, clause)])
        yield from _unmentioned_body_triples(page, clause, duty.holder)


def _wanted(page: Page) -> Iterator[Duty]:
    for duty in read_duties(page):
        this = duty_iri(page, duty)
        decision = page.decisions.get(this)
        if decision is None:
            yield duty
        elif decision.verdict is Verdict.ACCEPT:
            sure = tuple(replace(clause, confidence=1.0) for clause in duty.clauses)
            yield replace(duty, clauses=sure, decided=(this,))
        elif decision.verdict is Verdict.CORRECT:
            yield replace(_corrected(page, duty, decision), decided=(this,))


def _corrected(page: Page, duty: Duty, decision: Decision) -> Duty:
    """Return *duty* with the role and the body that the reviewer gives it."""
    role, holder, clauses = decision.role or duty.role, duty.holder, duty.clauses
    if decision.body:
        holder, new = body_named(page, decision.body)
        named = new.canonical if new else decision.body
        clauses = tuple(
            replace(clause, body=named, body_id=None, body_span=None, open=bool(new and new.open))
            for clause in clauses
        )
    decided = tuple(
        replace(clause, role=role, rule=DECISION_RULE, basis=Basis.DECISION, confidence=1.0)
        for clause in clauses
    )
    return Duty(duty.measure, holder, role, decided)


def _merged(one: Duty, other: Duty) -> Duty:
    """Return two duties that are the same once corrected, as sure as the reviewer is."""
    clauses = sorted((*one.clauses, *other.clauses), key=_order)
    sure = tuple(replace(clause, confidence=1.0) for clause in clauses)
    return replace(one, clauses=sure, decided=(*one.decided, *other.decided))


def _clause_triples(this: str, clause: Responsibility) -> Iterator[Triple]:
    link = node(this)
    yield link, node(Property.BASIS), text(clause.basis)
    yield link, node(Property.CONFIDENCE), decimal(clause.confidence)
    yield link, node(Property.BY_RULE), text(clause.rule)
    yield link, node(Property.POSITION), integer(clause.position)
    if clause.list_open:
        yield link, node(Property.LIST_OPEN), boolean(value=True)
    if clause.guiding:
        yield link, node(Property.GUIDING), boolean(value=True)
    if clause.deadline:
        yield link, node(Property.DEADLINE), text(clause.deadline)


def _unmentioned_body_triples(page: Page, clause: Responsibility, holder: str) -> Iterator[Triple]:
    """Yield a body that only the clause's list names, such as 省科技厅 written as 科技厅."""
    if holder in page.iris.values():
        return
    if clause.basis is Basis.DECISION:
        yield from _decided_body_triples(page, holder, clause.body)
    else:
        yield from thing(holder, Class.OPEN_BODY if clause.open else Class.BODY, clause.body)
    yield from evidence(page, holder, [clause.body_span or clause.clause])


def _decided_body_triples(page: Page, holder: str, name: str) -> Iterator[Triple]:
    """Yield a body that only a reviewer names, as the authorities know it."""
    found = body_named(page, name)[1]
    if found is None:
        return
    yield from thing(holder, CLASS_OF_BODY_KIND[found.kind], found.canonical)
    if found.level:
        yield node(holder), node(Property.AT_LEVEL), node(level_iri(found.level))
    if found.area:
        area = name_in_full(found.area, page.extraction.metadata.area)
        yield node(holder), node(Property.AREA_OF), node(area_iri(area))
        yield from area_triples(area)


def _other_spans(page: Page, clause: Responsibility) -> list[Span]:
    """Return what else says it: the name above 同上, the sentences that govern the whole document."""
    if clause.basis is Basis.INHERITED and clause.body_span is not None:
        return [clause.body_span]
    if clause.basis is not Basis.RULE:
        return []
    rules = page.extraction.document_rules
    same = [rule.span for rule in rules if rule.rule == clause.rule]
    return same or [rule.span for rule in rules]


def _supervisions(page: Page) -> Iterator[Responsibility]:
    """Yield a supervising role for each body that a relation lets supervise an element."""
    for relation in page.extraction.relations:
        if relation.kind is RelationKind.SUPERVISES and _body_over_element(page, relation):
            body = page.mentions[relation.head]
            yield Responsibility(
                clause=next(iter(claim_spans(page, relation)), body.span),
                body_id=body.id,
                body=canonical_of(body),
                role=Role.SUPERVISOR,
                applies_to=(relation.tail,),
                rule=relation.rule,
                basis=Basis.STATED if relation.stated else Basis.INFERRED,
                body_span=body.span,
                confidence=relation.confidence,
            )


def _body_over_element(page: Page, relation: Relation) -> bool:
    return page.kind(relation.head) is Kind.BODY and page.is_element(relation.tail)


def _holder(page: Page, clause: Responsibility) -> str:
    if clause.body_id and page.kind(clause.body_id) is Kind.BODY:
        return page.iris[clause.body_id]
    return body_iri(clause.body, is_open=clause.open, document=page.source.key)


def _order(clause: Responsibility) -> tuple[object, ...]:
    """Order clauses by all that is written of them, a deadline before none: no tie is left."""
    founded = (_BASES.index(clause.basis), -clause.confidence, clause.clause, clause.position)
    told = (not clause.deadline, clause.deadline or "", clause.rule)
    return (*founded, *told, clause.list_open, clause.guiding)
