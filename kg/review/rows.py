"""One statement with the decision on it, as a row of text."""

import re
from collections.abc import Mapping

from kg.ids import document_of, key_of
from kg.model import Decision
from kg.rdf import Statement
from kg.review.things import NOTHING, Things

Row = Mapping[str, str]
"""Text by key of the column; an empty text where there is none."""

_MOST = 2_000  # characters shown in one cell; a sheet takes 32,767
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


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


def shown(text: str) -> str:
    r"""Return *text* as a cell can hold it: no control characters, cut where it is very long.

    >>> shown("推进\x0b共享")
    '推进 共享'
    """
    clean = _CONTROL.sub(" ", text)
    return clean if len(clean) <= _MOST else clean[: _MOST - 1] + "…"


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
