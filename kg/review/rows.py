"""One statement with the decision on it, as a row of text."""

from kg.ids import document_of, key_of
from kg.model import Decision
from kg.rdf import Statement
from kg.review.things import NOTHING, Things
from kg.sheets import Row, shown


def row_of(
    statement: Statement, decision: Decision | None, title: str, things: Things = NOTHING
) -> Row:
    """Return the row of *statement* in the document with this *title* and these *things*."""
    told = {
        "id": key_of(statement.id),
        "document": document_of(statement.id),
        "title": title,
        "kind": statement.kind,
        "words": statement.words,
        "about": statement.about,
        "role": statement.role or "",
        "rule": statement.rule,
        "confidence": f"{statement.confidence:.2f}",
        "quote": statement.quote,
    }
    return {key: shown(text) for key, text in (told | _decided(decision, things)).items()}


def _decided(decision: Decision | None, things: Things) -> dict[str, str]:
    return {
        "decision": decision.verdict.value if decision else "",
        "new_words": (decision and decision.words) or "",
        "new_role": (decision and decision.role) or "",
        "new_body": (decision and decision.body) or "",
        "new_target": things.shown(decision.target) if decision and decision.target else "",
        "new_kind": (decision and decision.relation) or "",
        "note": (decision and decision.note) or "",
    }
