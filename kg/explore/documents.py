"""The list of documents, each with its place and how much of it was understood."""

from dataclasses import dataclass

from kg.store.port import Store
from kg.vocab import RDFS_LABEL, Class, Property


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document as the list of documents shows it."""

    key: str
    title: str
    file_name: str
    level: str | None
    area: str | None
    clause_coverage: float | None
    bracket_coverage: float | None
    states_bodies: bool


def documents(store: Store) -> list[DocumentEntry]:
    """Return every document in *store*, by title.

    Raises:
        StoreError: The store failed.
    """
    return [
        DocumentEntry(
            key=str(row["document"]).rpartition("/")[2],
            title=str(row["title"]),
            file_name=str(row["file"]),
            level=_text(row["level"], after="#"),
            area=_text(row["area"]),
            clause_coverage=_number(row["clauses"]),
            bracket_coverage=_number(row["brackets"]),
            states_bodies=bool(row["states"]),
        )
        for row in store.select(_DOCUMENTS).dicts()
    ]


_DOCUMENTS = f"""
SELECT DISTINCT ?document ?title ?file ?level ?area ?clauses ?brackets ?states {{
  ?text <{Property.TEXT_OF}> ?document ; <{Property.FILE_NAME}> ?file .
  ?document a <{Class.DOCUMENT}> ; <{RDFS_LABEL}> ?title
  FILTER(LANG(?title) = "zh")
  OPTIONAL {{ ?document <{Property.AT_LEVEL}> ?level }}
  OPTIONAL {{
    ?document <{Property.APPLIES_IN}>/<{RDFS_LABEL}> ?area FILTER(LANG(?area) = "zh")
  }}
  OPTIONAL {{ ?document <{Property.CLAUSE_COVERAGE}> ?clauses }}
  OPTIONAL {{ ?document <{Property.BRACKET_COVERAGE}> ?brackets }}
  OPTIONAL {{ ?document <{Property.STATES_BODIES}> ?states }}
}} ORDER BY ?title ?document"""


def _text(value: object, *, after: str = "") -> str | None:
    if value is None:
        return None
    return str(value).rpartition(after)[2] if after else str(value)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
