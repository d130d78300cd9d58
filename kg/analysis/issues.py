"""What could not be read in the documents of a store, or is doubtful there, with its place."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.ids import iri
from kg.model import Bilingual, Evidence
from kg.store.port import Store, Value
from kg.vocab import Class, Property


@dataclass(frozen=True, slots=True)
class FoundIssue:
    """One issue of one document; without evidence it is about the document as a whole."""

    document: str  # IRI
    code: str
    reason: Bilingual
    evidence: Evidence | None = None


def issues(store: Store, document: str | None = None) -> list[FoundIssue]:
    """Return the issues in the order of the text, those of one document where its key is given.

    Raises:
        StoreError: The store failed.
    """
    rows = store.select(_query(document)).dicts()
    found = [_issue(row) for row in rows]
    return sorted(found, key=_order)


def _query(document: str | None) -> str:
    only = f"VALUES ?document {{ <{iri('document', document)}> }}" if document else ""
    parts = {
        "quote": Property.EXACT,
        "start": Property.START,
        "end": Property.END,
        "raw_start": Property.RAW_START,
        "raw_end": Property.RAW_END,
    }
    read = " ".join(f"OPTIONAL {{ ?mention <{term}> ?{name} }}" for name, term in parts.items())
    return f"""SELECT DISTINCT ?issue ?document ?code ?zh ?en ?digest ?{" ?".join(parts)} {{
  {only} ?issue a <{Class.ISSUE}> ; <{Property.STATED_IN}> ?document ;
    <{Property.ISSUE_CODE}> ?code ; <{Property.REASON}> ?zh, ?en
  FILTER(LANG(?zh) = "zh" && LANG(?en) = "en")
  OPTIONAL {{
    ?issue <{Property.EVIDENCED_BY}> ?mention .
    ?mention <{Property.MENTION_IN}>/<{Property.TEXT_SHA256}> ?digest {read}
  }}
}}"""


def _issue(row: Mapping[str, Value]) -> FoundIssue:
    return FoundIssue(
        document=str(row["document"]),
        code=str(row["code"]),
        reason=Bilingual(str(row["zh"]), str(row["en"])),
        evidence=_evidence(row) if row["digest"] else None,
    )


def _evidence(row: Mapping[str, Value]) -> Evidence:
    return Evidence(
        document=str(row["document"]),
        quote=str(row["quote"] or ""),
        start=_number(row["start"]),
        end=_number(row["end"]),
        raw_start=_number(row["raw_start"]),
        raw_end=_number(row["raw_end"]),
        text_sha256=str(row["digest"]),
    )


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _order(found: FoundIssue) -> tuple[str, int, str, str]:
    start = found.evidence.start if found.evidence else -1
    return found.document, start, found.code, found.reason.zh
