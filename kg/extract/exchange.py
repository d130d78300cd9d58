"""An extraction as the JSON object of the annotation guideline, for tools outside."""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from kg.model import Extraction, Issue, Kind, Mention, Relation, RelationKind, Responsibility, Role

Json = dict[str, object]

TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.GOAL: "Goal",
        Kind.TARGET: "Indicator",
        Kind.TASK_GROUP: "TaskGroup",
        Kind.TASK: "Task",
        Kind.PROGRAMME: "Programme",
        Kind.ACTION: "Action",
        Kind.ARRANGEMENT: "System",
        Kind.BODY: "Body",
        Kind.DOCUMENT: "Document",
        Kind.POLICY_AREA: "PolicyArea",
        Kind.TIME: "Time",
    }
)
_RELATIONS = MappingProxyType({RelationKind.REQUIRES: "dependsOn"})
_ROLES = MappingProxyType({Role.SUPERVISOR: "supervise", Role.PARTICIPANT: "participate"})


def exchange(extraction: Extraction, text: str, *, name: str = "") -> Json:
    """Return *extraction* of the clean *text* in the format of the guideline.

    >>> from kg.extract import extract
    >>> found = exchange(extract("（财政部负责）"), "（财政部负责）")
    >>> [duty["role"] for duty in found["responsibilities"]]
    ['responsible']
    """
    about = extraction.metadata
    return {
        "document": {
            "id": "DOC",
            "file": name,
            "start": 0,
            "end": len(text),
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "title": about.title,
            "issuer": about.issuer,
            "number": about.number,
            "issued_on": about.issued_on,
            "level": about.level,
            "area": about.area,
            "implements": list(about.implements),
        },
        "entities": [_entity(mention, text) for mention in extraction.mentions],
        "relations": list(_relations(extraction)),
        "responsibilities": [_duty(duty) for duty in extraction.responsibilities],
        "document_rules": [
            {
                "rule": r.rule,
                "start": r.span.start,
                "end": r.span.end,
                "text": r.span.of(text),
                "scope": r.scope,
            }
            for r in extraction.document_rules
        ],
        "issues": [_issue(issue) for issue in extraction.issues],
        "coverage": {
            "clauses": extraction.coverage.clauses,
            "clauses_with_fact": extraction.coverage.clauses_with_fact,
            "brackets": extraction.coverage.brackets,
            "brackets_parsed": extraction.coverage.brackets_parsed,
            "states_bodies": extraction.coverage.states_bodies,
        },
    }


def _entity(mention: Mention, text: str) -> Json:
    found: Json = {
        "id": mention.id,
        "type": TYPES[mention.kind],
        "start": mention.span.start,
        "end": mention.span.end,
        "text": mention.span.of(text),
        "attrs": dict(mention.attrs),
        "rule": mention.rule,
        "confidence": mention.confidence,
    }
    if mention.fragments:
        found["fragments"] = [[part.start, part.end] for part in mention.fragments]
    return found


def _relations(extraction: Extraction) -> list[Json]:
    """Return the relations; a goal inside a task group belongs to the group there."""
    grouped = {
        relation.tail: relation
        for relation in extraction.relations
        if relation.kind is RelationKind.CONTRIBUTES_TO and relation.stated
    }
    made: list[Json] = []
    for relation in extraction.relations:
        if relation.kind is RelationKind.HAS_GOAL and relation.tail in grouped:
            made.append(_relation(relation, "hasGoal", head=grouped[relation.tail].head))
        elif relation.kind is RelationKind.QUANTIFIES:
            made.append(_relation(relation, "hasIndicator", head=relation.tail, tail=relation.head))
        elif grouped.get(relation.tail) is not relation:
            made.append(_relation(relation, _RELATIONS.get(relation.kind, relation.kind.value)))
    return made


def _relation(
    relation: Relation, name: str, *, head: str | None = None, tail: str | None = None
) -> Json:
    found: Json = {
        "type": name,
        "head": head or relation.head,
        "tail": tail or relation.tail,
        "status": "stated" if relation.stated else "inferred",
        "rule": relation.rule,
        "confidence": relation.confidence,
    }
    if relation.cue is not None:
        found["cue"] = [relation.cue.start, relation.cue.end]
    return found


def _duty(duty: Responsibility) -> Json:
    role = "guide" if duty.guiding else _ROLES.get(duty.role, duty.role.value)
    return {
        "form": "inline" if duty.inline else "clause",
        "clause_start": duty.clause.start,
        "clause_end": duty.clause.end,
        "body_start": duty.body_span.start if duty.body_span else None,
        "body_end": duty.body_span.end if duty.body_span else None,
        "body_id": duty.body_id,
        "body": duty.body,
        "role": role,
        "open": duty.open,
        "list_open": duty.list_open,
        "applies_to": list(duty.applies_to),
        "deadline": duty.deadline,
        "stated": duty.basis == "stated",
        "basis": duty.basis.value,
        "rule": duty.rule,
        "confidence": duty.confidence,
    }


def _issue(issue: Issue) -> Json:
    span = [issue.span.start, issue.span.end] if issue.span else None
    return {"code": issue.code, "zh": issue.reason.zh, "en": issue.reason.en, "span": span}
