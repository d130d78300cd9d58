"""What the command line, the service and Python users do, in the same words.

A `Workspace` is a home, its store and the settings, opened together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kg import pipeline
from kg import settings as settings_
from kg.errors import UnknownDocumentError, UnknownHomeError
from kg.home import Home
from kg.ids import graph_iri
from kg.model import Finding, Metadata, Severity
from kg.pipeline import Options, Outcome, Status
from kg.settings import Settings
from kg.store import Store, open_store
from kg.store.port import Table
from kg.vocab import PREFIXES, Class, Property

if TYPE_CHECKING:
    from kg.validate import Report as ShapeReport

ONTOLOGY_GRAPH = graph_iri("ontology")
AUTHORITY_GRAPH = graph_iri("authorities")


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


@dataclass(frozen=True, slots=True)
class Workspace:
    """A home and its store, open."""

    home: Home
    store: Store
    settings: Settings

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def find(self, paths: Sequence[str | Path]) -> list[Path]:
        """Return the files that *paths* (files, folders, globs) name.

        Raises:
            NoDocumentsError: Nothing readable is there.
        """
        return pipeline.readable_files(paths)

    def build(
        self, paths: Sequence[Path], *, overrides: Metadata | None = None, jobs: int = 1
    ) -> Iterator[Outcome]:
        """Yield what became of each file, as it is read and stored."""
        began = datetime.now(UTC)
        counts = dict.fromkeys(Status, 0)
        self.keep_reference()
        for outcome in pipeline.build(
            paths,
            home=self.home,
            store=self.store,
            settings=self.settings,
            options=Options(overrides, jobs),
        ):
            counts[outcome.status] += 1
            yield outcome
        self.home.log_run(
            {
                "run": "build",
                "began": began.isoformat(timespec="seconds"),
                "ended": datetime.now(UTC).isoformat(timespec="seconds"),
                "files": len(paths),
                **counts,
            }
        )

    def documents(self) -> list[DocumentEntry]:
        """Return every document in the store, by title."""
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
            for row in self.store.select(_DOCUMENTS).dicts()
        ]

    def remove(self, key: str) -> None:
        """Remove a document and all that it states.

        Raises:
            UnknownDocumentError: No document has this key.
        """
        if key not in {entry.key for entry in self.documents()}:
            raise UnknownDocumentError(key=key)
        self.store.remove(graph_iri(key))

    def query(self, text: str) -> Table:
        """Return the rows of a SPARQL SELECT; the prefixes of `kg.vocab.PREFIXES` are known."""
        return self.store.select(with_prefixes(text))


def with_prefixes(query: str) -> str:
    """Return *query* with our prefixes before it; its own declarations win.

    >>> with_prefixes("ASK { ?s a qkg:Task }").startswith("PREFIX qkg: <https://w3id.org")
    True
    """
    lines = (f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
    return "\n".join((*lines, query))


_LABEL = PREFIXES["rdfs"] + "label"
_DOCUMENTS = f"""
SELECT ?document ?title ?file ?level ?area ?clauses ?brackets ?states {{
  ?text <{Property.TEXT_OF}> ?document ; <{Property.FILE_NAME}> ?file .
  ?document a <{Class.DOCUMENT}> ; <{_LABEL}> ?title .
  OPTIONAL {{ ?document <{Property.AT_LEVEL}> ?level }}
  OPTIONAL {{ ?document <{Property.APPLIES_IN}>/<{_LABEL}> ?area }}
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
