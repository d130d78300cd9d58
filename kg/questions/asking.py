"""What is asked of a home and its store beside the analyses: documents, findings, reports, queries."""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg import compare, upkeep
from kg.access import internal_of
from kg.analysis.diff import Diff, diff
from kg.analysis.gaps import KeptRun, Since, findings, findings_since, kept_runs
from kg.analysis.gaps.runs import LAST
from kg.analysis.issues import FoundIssue, issues
from kg.analysis.overlay import Change
from kg.analysis.project import project
from kg.analysis.whatif import WhatIf
from kg.display import Listing
from kg.errors import FormatError, MalformedQueryError, NoBackupError, UnknownDocumentError
from kg.explore.documents import DocumentEntry, documents
from kg.explore.naming import BODY_TYPES, meant
from kg.model import Finding, Mark, Severity
from kg.progress import Progress, in_silence
from kg.questions.analyses import Analyses
from kg.report import Report, assemble, changes
from kg.report.notebook import documents_listing, findings_listing
from kg.store import formats
from kg.store.port import Table
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from kg.ledger import Ledger
    from kg.validate import Report as ShapeReport

_LINE = re.compile(r"error at (\d+):")
ANSWER_FORMATS = MappingProxyType(
    {
        "json": formats.JSON,
        "csv": formats.CSV,
        "tsv": formats.TSV,
        "xml": formats.XML,
        "ttl": formats.TURTLE,
        "nt": formats.N_TRIPLES,
        "jsonld": formats.JSON_LD,
    }
)


@dataclass(frozen=True, slots=True)
class Questions(Analyses):
    """A home and its store, to be asked."""

    def documents(self) -> Listing[DocumentEntry]:
        """Return every document in the store, by title; a notebook shows it as a table."""
        return documents_listing(documents(self.store))

    def internal(self) -> frozenset[str]:
        """Return the keys of the documents that are not for everybody.

        Raises:
            HomeError: The marks cannot be read.
        """
        return internal_of(self.home.path).documents()

    def issues(self, document: str | None = None) -> list[FoundIssue]:
        """Return what could not be read or is doubtful, in one document where its key is given.

        Raises:
            UnknownDocumentError: No document has this key.
        """
        self._known(document)
        return issues(self.store, document)

    def gaps(
        self,
        *,
        types: Sequence[str] | None = None,
        severity: Severity | None = None,
        scope: str | None = None,
        marks: Collection[Mark] | None = None,
    ) -> Listing[Finding]:
        """Return the coordination gaps, most severe first; a notebook shows them as a table.

        Args:
            types: Ids of gap types; all where ``None``.
            severity: The least severity.
            scope: See `kg.analysis.scope`.
            marks: Those alone on which readers said one of these; all where ``None``.

        Raises:
            UnknownGapTypeError: One of *types* does not exist.
        """
        found = findings(
            self.store, settings=self.settings, types=types, severity=severity, scope=scope
        )
        if marks is not None:
            said = self.marks()
            found = [one for one in found if said.get(one.id, Mark.OPEN) in marks]
        return findings_listing(found, lang=self.settings.lang)

    def marks(self) -> dict[str, Mark]:
        """Return what readers said of findings, by the IRI of the finding."""
        from kg.review import mark_of, marks

        said = marks(self.store)
        return {finding: mark_of(finding, said) for finding in said}

    def kept_runs(self) -> list[KeptRun]:
        """Return the runs whose findings the store keeps, the newest first."""
        return kept_runs(self.store)

    def gaps_since(self, run: str = LAST, *, scope: str | None = None) -> Since:
        """Return the findings of now, in *scope* where given, beside those of a kept run.

        Raises:
            UnknownAnalysisError: The store keeps no such run.
        """
        return findings_since(self.store, run, settings=self.settings, scope=scope)

    def whatif(self, *changes: Change) -> WhatIf:
        """Return what *changes* (`kg.analysis.overlay`) would make different; nothing is written.

        Things are named by label, alias, key or IRI.

        Raises:
            UnknownNameError: Nothing is called so.
            AmbiguousNameError: Several things are called so.
            UnknownNodeError: An earlier change took a thing away.
            SameBodyError: A body would be merged, or have a channel, with itself.
        """
        return compare.ask(self.store, changes, settings=self.settings)

    def diff(self, old: str | Path, new: str | Path) -> Diff:
        """Return what is different in *new*: files, documents of the store, homes or stores.

        Raises:
            DocumentError: A file cannot be read, or no document or several are called so.
            HomeError: A home cannot be used.
            StoreError: A store failed.
        """
        sides = (
            compare.side(str(given), store=self.store, home=self.home, settings=self.settings)
            for given in (old, new)
        )
        return diff(*sides)

    def suspects(self, found: Diff) -> list[compare.Suspect]:
        """Return the links of this store into duties that *found* says have changed, not yet cleared."""
        return compare.suspects(project(self.store), found, home=self.home)

    def report(self, *, scope: str | None = None, since: str | None = None) -> Report:
        """Return the report on everything, or on *scope* alone; `kg.report.write` writes it.

        Args:
            scope: See `kg.analysis.scope`.
            since: A run whose findings are kept (or ``last``): what is new and gone is told, too.

        Raises:
            UnknownAnalysisError: The store keeps no such run.
            UnknownNodeError: Nothing in the graph is called *scope*.
        """
        made_at = datetime.now(UTC).astimezone().isoformat(timespec="minutes")
        made = assemble(
            project(self.store),
            settings=self.settings,
            made_at=made_at,
            scope=scope,
            issues=self.issues(),
        )
        if since is None:
            return made
        return replace(made, changes=changes(self.gaps_since(since, scope=scope)))

    def body(self, name: str) -> str:
        """Return the IRI of the body that *name* means: its label, alias, key or IRI.

        Raises:
            UnknownNameError: No body is called so.
            AmbiguousNameError: Several are.
        """
        return meant(self.store, name, types=BODY_TYPES).id

    def validate(self) -> "ShapeReport":
        """Return where the data do not keep to the shapes."""
        from kg.validate import validate_store

        return validate_store(self.store)

    def ledger(self, suffix: str, *, scope: str | None = None) -> tuple["Ledger", Iterator[bytes]]:
        """Return the duties and how far they are, and the sheet that holds them.

        Args:
            suffix: ``.xlsx`` or ``.csv``.
            scope: Those alone that this covers.

        Raises:
            FormatError: No sheet has this ending.
        """
        from kg.ledger import ledger, ledger_sheet

        found = ledger(self.store, scope=scope)
        return found, ledger_sheet(suffix, found)

    def check(self, *, progress: Progress = in_silence) -> upkeep.Soundness:
        """Return whether store and texts still agree: every hash made again, every span read again.

        Args:
            progress: Called with how many documents have been read, and of how many.
        """
        return upkeep.check(self.store, self.home, settings=self.settings, progress=progress)

    def backup(self, target: Path, *, progress: Progress = in_silence) -> upkeep.Backup:
        """Copy the home as it is at one instant to a new folder, whoever writes to it.

        Args:
            target: A new or empty folder; `kg.upkeep.restore` makes a home of it.
            progress: Called with how many files have been copied, and of how many.

        Raises:
            NoBackupError: The store lies outside the home.
            HomeError: *target* holds other things, or cannot be written.
        """
        if self.settings.store is not None:
            raise NoBackupError(address=self.settings.store)
        now = datetime.now(UTC).astimezone()
        return upkeep.backup(self.home, target, now=now, progress=progress)

    def answer(self, text: str, format_: str) -> Iterator[bytes]:
        """Yield the answer of a SPARQL query of any form, in a format of `ANSWER_FORMATS`.

        Raises:
            FormatError: There is no such format, or it does not fit the form of the query.
        """
        media_type = ANSWER_FORMATS.get(format_)
        if media_type is None:
            raise FormatError(given=format_, known=" ".join(ANSWER_FORMATS))
        with _own_lines():
            return self.store.answer(with_prefixes(text), [media_type]).blocks

    def query(self, text: str) -> Table:
        """Return the rows of a SPARQL SELECT; the prefixes of `kg.vocab.PREFIXES` are known."""
        with _own_lines():
            return self.store.select(with_prefixes(text))

    def _known(self, document: str | None) -> None:
        if document is not None and document not in {entry.key for entry in self.documents()}:
            raise UnknownDocumentError(key=document)


def with_prefixes(query: str) -> str:
    """Return *query* with our prefixes before it; its own declarations win.

    >>> with_prefixes("ASK { ?s a qkg:Task }").startswith("PREFIX qkg: <https://w3id.org")
    True
    """
    lines = (f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
    return "\n".join((*lines, query))


@contextmanager
def _own_lines() -> Iterator[None]:
    """Have a syntax error name the line of the asker: those before it are our prefixes."""
    try:
        yield
    except MalformedQueryError as error:
        told = _LINE.sub(
            lambda found: f"error at {int(found[1]) - len(PREFIXES)}:", str(error.values["detail"])
        )
        raise MalformedQueryError(what=error.values["what"], detail=told) from error
