"""What the command line, the service and Python users do, in the same words.

A `Workspace` is a home, its store and the settings, opened together.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING

from kg import compare, pipeline, publish, reference, uptake
from kg import settings as settings_
from kg.analysis import networks
from kg.analysis.coordination import Coordination, coordination
from kg.analysis.dependencies import DependencyOrder, order
from kg.analysis.diff import Diff, diff
from kg.analysis.gaps import findings
from kg.analysis.issues import FoundIssue, issues
from kg.analysis.overlay import Change
from kg.analysis.project import Tables, project
from kg.analysis.scope import in_scope
from kg.analysis.whatif import WhatIf
from kg.display import Listing
from kg.errors import FormatError, UnknownDocumentError
from kg.explore.documents import DocumentEntry, documents
from kg.home import Home, write_blocks
from kg.ids import graph_iri, iri
from kg.model import Finding, Metadata, Severity
from kg.pipeline import Options, Outcome, Status
from kg.rdf.runs import Run, forgetting, recording
from kg.rdf.shortcuts import DISAGREEMENTS, REFRESH
from kg.report import Report, assemble
from kg.report.notebook import documents_listing, findings_listing
from kg.settings import Settings
from kg.store import Store, formats, open_store
from kg.store.port import Table
from kg.text.readers import read
from kg.uptake import Comparison
from kg.version import __version__
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    import networkx as nx

    from kg.review import Exported, Imported
    from kg.validate import Report as ShapeReport

_MANY_DOCUMENTS = 100
"""Changed documents of one build after which the store is put in order; 300 halve its speed."""

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
    ) -> Generator[Outcome, None, None]:
        """Yield what became of each file, as it is read and stored."""
        began = datetime.now(UTC)
        run = Run.now(began, __version__)
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
            if outcome.key and outcome.status in (Status.NEW, Status.REPLACED):
                self.store.update(recording(run, outcome.key, at=datetime.now(UTC)))
            yield outcome
        uptake.refresh(self.store, self.settings)
        if counts[Status.NEW] + counts[Status.REPLACED] >= _MANY_DOCUMENTS:
            self.optimize()
        self.home.log_run(
            {
                "run": "build",
                "began": began.isoformat(timespec="seconds"),
                "ended": datetime.now(UTC).isoformat(timespec="seconds"),
                "files": len(paths),
                **{status.value: number for status, number in counts.items()},
            }
        )

    def documents(self) -> Listing[DocumentEntry]:
        """Return every document in the store, by title; a notebook shows it as a table."""
        return documents_listing(documents(self.store))

    def issues(self, document: str | None = None) -> list[FoundIssue]:
        """Return what could not be read or is doubtful, in one document where its key is given.

        Raises:
            UnknownDocumentError: No document has this key.
        """
        self._known(document)
        return issues(self.store, document)

    def export_review(
        self, path: Path, *, document: str | None = None, below: float | None = None
    ) -> "Exported":
        """Write statements to a sheet (.xlsx, .csv), to be accepted, rejected or corrected.

        Args:
            path: The sheet.
            document: The key of one document; every document where ``None``.
            below: Only statements that the rules were less sure of than this.

        Raises:
            UnknownDocumentError: No document has this key.
            UnkeptDocumentError: Its bytes are not in this home.
            FormatError: The file ends otherwise.
            HomeError: It cannot be written.
        """
        from kg.review import Desk, export_review

        self._known(document)
        keys = [document] if document else [entry.key for entry in self.documents()]
        desk = Desk(self.home, self.store, self.settings)
        return export_review(path, keys, desk=desk, below=below)

    def import_review(self, path: Path, *, today: date) -> "Imported":
        """Take the decisions of a sheet in, all of them or none; they outlive every rebuild.

        Raises:
            ReviewError: A row cannot be taken in; it names sheet and cell.
            UnkeptDocumentError: A document is not kept in this home.
            FormatError: The file ends otherwise.
            DocumentError: It is not there, or cannot be read.
        """
        from kg.review import Desk, import_review

        desk = Desk(self.home, self.store, self.settings)
        return self._reviewed(path.name, import_review(path, desk=desk, today=today.isoformat()))

    def take_review(self, name: str, data: bytes, *, today: date) -> "Imported":
        """Take the decisions of the sheet with this file *name* in, as `import_review` does.

        Raises:
            ReviewError: A row cannot be taken in; it names sheet and cell.
            UnkeptDocumentError: A document is not kept in this home.
            FormatError: The name ends otherwise.
            DocumentError: It cannot be read.
        """
        from kg.review import Desk, take_review

        desk = Desk(self.home, self.store, self.settings)
        done = take_review(name, data, desk=desk, today=today.isoformat())
        return self._reviewed(name, done)

    def _reviewed(self, name: str, done: "Imported") -> "Imported":
        """Make anew what hangs on the reviewed documents, and log the review."""
        known = uptake.plans(self.store)
        anew = {iri("document", key) for key in done.documents}
        for plan in known.values():
            if anew & {plan.id, *plan.cites, *plan.by_hand}:
                uptake.make(self.store, plan, known=known, settings=self.settings)
        counts = {verdict.value: number for verdict, number in done.verdicts.items()}
        told = {"run": "review", "file": name, "withdrawn": done.withdrawn, **counts}
        self.home.log_run({**told, "on": done.on, "documents": list(done.documents)})
        return done

    def review_sheet(
        self, suffix: str, *, document: str | None = None, below: float | None = None
    ) -> tuple["Exported", Iterator[bytes]]:
        """Return the sheet that `export_review` writes (``.xlsx`` or ``.csv``), and what it holds.

        Raises:
            UnknownDocumentError: No document has this key.
            UnkeptDocumentError: Its bytes are not in this home.
            FormatError: No sheet has this ending.
        """
        from kg.review import Desk, review_sheet

        self._known(document)
        keys = [document] if document else [entry.key for entry in self.documents()]
        desk = Desk(self.home, self.store, self.settings)
        return review_sheet(suffix, keys, desk=desk, below=below)

    def _known(self, document: str | None) -> None:
        if document is not None and document not in {entry.key for entry in self.documents()}:
            raise UnknownDocumentError(key=document)

    def remove(self, key: str) -> None:
        """Remove a document and all that it states.

        Raises:
            UnknownDocumentError: No document has this key.
        """
        self._known(key)
        self.store.remove(graph_iri(key))
        self.store.update(forgetting([key]))
        uptake.refresh(self.store, self.settings)

    def align(self, lower: str | None = None, upper: str | None = None) -> list[Comparison]:
        """Return which measures take up which of the plans above, and link them.

        Args:
            lower: A document by IRI, key, title or file name; every document where ``None``.
            upper: One above it, compared from now on whether or not *lower* says that it
                implements it; those that it implements where ``None``.

        Raises:
            UnknownDocumentError: One of them is not there.
            AmbiguousDocumentError: One of them means several.
        """
        return self._compared(lower, upper, uptake.make)

    def alignments(self, lower: str | None = None, upper: str | None = None) -> list[Comparison]:
        """Return the same as `align`, and write nothing.

        Raises:
            UnknownDocumentError: One of them is not there.
            AmbiguousDocumentError: One of them means several.
        """
        return self._compared(lower, upper, uptake.compare)

    def _compared(
        self, lower: str | None, upper: str | None, how: Callable[..., Sequence[Comparison]]
    ) -> list[Comparison]:
        known = uptake.plans(self.store)
        compared: list[Comparison] = []
        for plan in uptake.chosen(known, lower, upper):
            compared += how(self.store, plan, known=known, settings=self.settings)
        return uptake.against(compared, known, upper)

    def load_example(self) -> None:
        """Put the shipped facts into the store, each file into the graph that it names."""
        for graph, quads in reference.example_facts().items():
            self.store.replace(graph, quads)

    def keep_reference(self) -> None:
        """Put ontology, authorities and saved queries into the store, as this version has them."""
        reference.keep(self.store, self.home)

    def export(
        self, path: Path, *, runs: bool = False, progress: publish.Progress = publish.in_silence
    ) -> None:
        """Write the whole graph to *path*, in the format of its ending (`kg.publish.ENDINGS`).

        Without *runs* the graph that tells when builds ran stays out: two builds of the same
        documents then give the same export. The memory that it takes does not grow with the graph.

        Args:
            path: The file; with ``.gz`` behind its ending it is packed.
            runs: Whether the graph of runs goes along.
            progress: Called with how many graphs have been written, and of how many.

        Raises:
            FormatError: No format has this ending.
            HomeError: The file cannot be written.
        """
        ending = publish.ending_of(path)
        write_blocks(path, publish.export(self.store, ending, runs=runs, progress=progress))

    def export_annotations(self, path: Path) -> None:
        """Write the evidence to *path* as Web Annotations; the raw words come from the home.

        Raises:
            FormatError: No format of one graph has this ending.
            HomeError: The file cannot be written.
        """
        media_type = publish.media_type_of(path.suffix)
        triples = b"".join(publish.annotations(self.store, raw_text=self._raw_text))
        write_blocks(path, publish.rewritten([triples], media_type))

    def import_file(self, path: Path, *, watched: publish.Watched = publish.unwatched) -> list[str]:
        """Put the graphs of an RDF file in the place of those of the same names; return the names.

        All graphs or none, but for a long file into an outside store, which takes them one by one.
        Triples without a graph are added to the store's default graph. Ontology and authorities
        stay those of this version.

        Args:
            path: The file, of any length; it may be packed by gzip.
            watched: Makes of a file one that tells how far it has been read.

        Raises:
            MissingFileError: There is no such file.
            FormatError: No format has this ending.
            PayloadError: The file is not what its ending says.
        """
        names = publish.take_in(self.store, path, keeping=reference.graphs(), watched=watched)
        self.keep_reference()
        return names

    def optimize(self) -> None:
        """Put the files of the store in good order; a build of many documents does it by itself."""
        self.store.optimize()

    def refresh_shortcuts(self) -> int:
        """Bring the direct triples in step with their nodes; return how many were not.

        For whoever edited nodes by SPARQL update; what a build or a review writes is in step.
        """
        self.keep_reference()
        count = len(self.store.select(DISAGREEMENTS).rows)
        if count:
            self.store.update(REFRESH)
        return count

    def gaps(
        self,
        *,
        types: Sequence[str] | None = None,
        severity: Severity | None = None,
        scope: str | None = None,
    ) -> Listing[Finding]:
        """Return the coordination gaps, most severe first; a notebook shows them as a table.

        Raises:
            UnknownGapTypeError: One of *types* does not exist.
        """
        found = findings(
            self.store, settings=self.settings, types=types, severity=severity, scope=scope
        )
        return findings_listing(found, lang=self.settings.lang)

    def coordination(self, *, scope: str | None = None) -> Coordination:
        """Return who must coordinate with whom, and what is arranged, over *scope* where given."""
        tables = project(self.store)
        covered = in_scope(tables, scope) if scope else None
        return coordination(tables, measures=covered)

    def dependencies(self, *, scope: str | None = None) -> DependencyOrder:
        """Return the order of the measures that need one another, those of *scope* where given."""
        tables = project(self.store)
        network = networks.requires_network(tables)
        if scope:
            network = network.subgraph(in_scope(tables, scope)).copy()
        return order(network)

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

    def clear(self, found: Diff, links: Sequence[str], *, today: date) -> list[compare.Suspect]:
        """Note that somebody looked at suspect *links* (by key; ``all`` of them); return those.

        Raises:
            UnknownNodeError: No suspect link has this key.
            HomeError: The note cannot be written.
        """
        return compare.clear(self.suspects(found), links, home=self.home, today=today)

    def graph(self, kind: str = "requires") -> "nx.Graph[str]":
        """Return a network to work on with networkx; its docstring tells nodes and edges.

        Args:
            kind: ``requires`` (what must come first), ``dependencies`` (every kind of them),
                ``assignment`` (bodies and measures), ``channels`` (bodies that have one).

        Raises:
            FormatError: There is no such network.
        """
        if kind not in NETWORKS:
            raise FormatError(given=kind, known=" ".join(NETWORKS))
        return NETWORKS[kind](project(self.store))

    def report(self, *, scope: str | None = None) -> Report:
        """Return the report on everything, or on *scope* alone; `kg.report.write` writes it."""
        made_at = datetime.now(UTC).astimezone().isoformat(timespec="minutes")
        return assemble(
            project(self.store),
            settings=self.settings,
            made_at=made_at,
            scope=scope,
            issues=self.issues(),
        )

    def validate(self) -> "ShapeReport":
        """Return where the data do not keep to the shapes."""
        from kg.validate import validate_store

        return validate_store(self.store)

    def answer(self, text: str, format_: str) -> Iterator[bytes]:
        """Yield the answer of a SPARQL query of any form, in a format of `ANSWER_FORMATS`.

        Raises:
            FormatError: There is no such format, or it does not fit the form of the query.
        """
        media_type = ANSWER_FORMATS.get(format_)
        if media_type is None:
            raise FormatError(given=format_, known=" ".join(ANSWER_FORMATS))
        return self.store.answer(with_prefixes(text), [media_type]).blocks

    def query(self, text: str) -> Table:
        """Return the rows of a SPARQL SELECT; the prefixes of `kg.vocab.PREFIXES` are known."""
        return self.store.select(with_prefixes(text))

    def _raw_text(self, raw_sha256: str, name: str) -> str | None:
        """Return the raw text of a file whose bytes the home keeps."""
        data = self.home.raw_of(raw_sha256)
        return None if data is None else read(name, data, settings=self.settings).text


NETWORKS: Mapping[str, Callable[[Tables], "nx.Graph[str]"]] = MappingProxyType(
    {
        "requires": networks.requires_network,
        "dependencies": networks.dependency_network,
        "assignment": networks.assignment_network,
        "channels": networks.channel_network,
    }
)


def open_workspace(
    home: str | Path | None = None,
    *,
    store: str | None = None,
    lang: str | None = None,
    create: bool = False,
    read_only: bool = False,
) -> Workspace:
    """Return the workspace at *home*; what is not given comes from the environment.

    With *read_only* it opens beside a service or a build that holds the store.

    Raises:
        UnknownHomeError: There is none, and *create* is false.
        StoreLockedError: Another process writes to it.
        StoreUnavailableError: The store does not answer.
    """
    settings = settings_.load(home=home, store=store, lang=lang)
    folder = Home.create(settings.home) if create else Home.open(settings.home)
    address = settings.store or folder.store
    opened = open_store(address, settings=settings, read_only=read_only and settings.store is None)
    return Workspace(folder, opened, settings)


def with_prefixes(query: str) -> str:
    """Return *query* with our prefixes before it; its own declarations win.

    >>> with_prefixes("ASK { ?s a qkg:Task }").startswith("PREFIX qkg: <https://w3id.org")
    True
    """
    lines = (f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items())
    return "\n".join((*lines, query))
