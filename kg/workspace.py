"""What the command line, the service and Python users do, in the same words.

A `Workspace` is a home, its store and the settings, opened together.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kg import compare, pipeline, publish, reference, uptake
from kg import settings as settings_
from kg.access import Audit, here, internal_of
from kg.analysis.diff import Diff
from kg.home import Home, write_blocks
from kg.ids import graph_iri, iri
from kg.inputs import readable_files
from kg.model import Finding, Mark
from kg.pipeline import Options
from kg.progress import Progress, in_silence
from kg.questions import Questions
from kg.rdf.runs import Run, forgetting, recording
from kg.rdf.shortcuts import DISAGREEMENTS, REFRESH
from kg.store import open_store
from kg.storing import Outcome, Status
from kg.text.readers import read
from kg.uptake import Comparison
from kg.version import __version__

if TYPE_CHECKING:
    from kg.ledger import Taken
    from kg.review import Exported, Imported

_STORED = (Status.NEW, Status.REPLACED)
_MANY_DOCUMENTS, _LARGE_PART = 100, 0.1
"""Changed documents of one build after which the store is put in order, and their share of all: 300
of a thousand halve its speed, whereas to put a nation in order takes minutes."""


_AS_THEY_ARE = Options()


@dataclass(frozen=True, slots=True)
class Workspace(Questions):
    """A home and its store, open: all that can be asked (`kg.questions`), and what writes.

    ``audited``: writes are noted as those of whoever runs this program; the service notes its own.
    """

    audited: bool = False

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
        return readable_files(paths)

    def build(
        self,
        paths: Sequence[Path],
        *,
        options: Options = _AS_THEY_ARE,
        linking: Progress = in_silence,
    ) -> Generator[Outcome, None, None]:
        """Yield what became of each file, as it is read and stored.

        Args:
            paths: The files, as `find` gives them.
            options: What is known of all of them, how they are read, who may see them.
            linking: Called with how many plans have been compared with those above them, and of
                how many, once all files are stored.
        """
        began = datetime.now(UTC)
        run = Run.now(began, __version__)
        counts = dict.fromkeys(Status, 0)
        self.keep_reference()
        for outcomes in pipeline.build(
            paths,
            home=self.home,
            store=self.store,
            settings=self.settings,
            options=options,
        ):
            made = [one.key for one in outcomes if one.key and one.status in _STORED]
            if made:
                self.store.update(recording(run, made, at=datetime.now(UTC)))
                self._note("build", documents=made)
            for outcome in outcomes:
                counts[outcome.status] += 1
                yield outcome
        with self.store.turn:
            uptake.refresh(self.store, self.settings, progress=linking)
        if self._is_much(counts[Status.NEW] + counts[Status.REPLACED]):
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

    def _is_much(self, changed: int) -> bool:
        if changed < _MANY_DOCUMENTS:
            return False
        return changed >= _LARGE_PART * len(pipeline.document_keys(self.store))

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
            SheetError: A row cannot be taken in; it names sheet and cell.
            UnkeptDocumentError: A document is not kept in this home.
            FormatError: The file ends otherwise.
            DocumentError: It is not there, or cannot be read.
        """
        from kg.review import Desk, import_review

        desk = Desk(self.home, self.store, self.settings)
        with self.store.turn:
            done = import_review(path, desk=desk, today=today.isoformat())
            return self._reviewed(path.name, done)

    def take_review(self, name: str, data: bytes, *, today: date) -> "Imported":
        """Take the decisions of the sheet with this file *name* in, as `import_review` does.

        Raises:
            SheetError: A row cannot be taken in; it names sheet and cell.
            UnkeptDocumentError: A document is not kept in this home.
            FormatError: The name ends otherwise.
            DocumentError: It cannot be read.
        """
        from kg.review import Desk, take_review

        desk = Desk(self.home, self.store, self.settings)
        with self.store.turn:
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
        self._note("review", documents=list(done.documents), **counts)
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

    def mark_gap(self, name: str, mark: Mark, *, note: str = "", today: date) -> Finding:
        """Return the finding with this *name* (its IRI, or G01.0a1b2c3d4e), now marked.

        Raises:
            UnknownNodeError: None is called so.
        """
        from kg.review import decide, finding_called, keep

        finding = finding_called(self.gaps(), name)
        decision = decide(finding, mark, note=note, today=today)
        keep(self.store, finding, decision)
        self._note("mark", finding=finding.id, mark=mark.value)
        told = {"run": "mark", "finding": finding.id, "mark": mark.value}
        self.home.log_run({**told, "on": today.isoformat()})
        return finding

    def take_ledger(self, name: str, data: bytes, *, now: datetime) -> "Taken":
        """Take the statuses of the ledger with this file *name* in, all of them or none.

        Raises:
            FormatError: The name ends otherwise.
            SheetError: A row cannot be taken in; it names sheet and cell.
            UnreadableDocumentError: It is no workbook or no text.
        """
        from kg.ledger import take_ledger

        done = take_ledger(name, data, store=self.store, now=now, settings=self.settings)
        counts = {"changed": done.changed, "withdrawn": done.withdrawn}
        self._note("ledger", **counts)
        on = now.isoformat(timespec="seconds")
        self.home.log_run({"run": "ledger", "file": name, "on": on, **counts})
        return done

    def remove(self, key: str) -> None:
        """Remove a document and all that it states.

        Raises:
            UnknownDocumentError: No document has this key.
        """
        self._known(key)
        with self.store.turn:
            self.store.remove(graph_iri(key))
            self.store.update(forgetting([key]))
            uptake.refresh(self.store, self.settings)
        self._note("remove", documents=[key])

    def restrict(self, key: str, *, internal: bool) -> None:
        """Keep a document from whoever may not read internal ones, or show it to everybody again.

        Raises:
            UnknownDocumentError: No document has this key.
            HomeError: The marks cannot be written.
        """
        marked = internal_of(self.home.path)
        if internal or key not in marked.documents():
            self._known(key)
        (marked.restrict if internal else marked.open)([key])
        self._note("restrict", documents=[key], internal=internal)

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
        with self.store.turn:
            compared = self._compared(lower, upper, uptake.make)
        self._note("align", documents=sorted({one.lower.key for one in compared}))
        return compared

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

    def export(self, path: Path, *, runs: bool = False, progress: Progress = in_silence) -> None:
        """Write the graph to *path*, in the format of its ending (`kg.publish.write_export`).

        Without *runs* the graph that tells when builds ran stays out: two builds of the same
        documents then give the same export. The memory that it takes does not grow with the graph.

        Args:
            path: The file, packed with ``.gz`` behind its ending; a folder for tables.
            runs: Whether the graph of runs goes along.
            progress: Called with how many graphs have been written, and of how many.

        Raises:
            FormatError: No format has this ending.
            HomeError: The file cannot be written.
        """
        publish.write_export(self.store, path, runs=runs, progress=progress)

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
        self._note("import", graphs=names)
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
            self._note("shortcuts", changed=count)
        return count

    def clear(self, found: Diff, links: Sequence[str], *, today: date) -> list[compare.Suspect]:
        """Note that somebody looked at suspect *links* (by key; ``all`` of them); return those.

        Raises:
            UnknownNodeError: No suspect link has this key.
            HomeError: The note cannot be written.
        """
        return compare.clear(self.suspects(found), links, home=self.home, today=today)

    def _note(self, way: str, **what: object) -> None:
        if self.audited:
            Audit(self.home.path).note(here(way, what))

    def _raw_text(self, raw_sha256: str, name: str) -> str | None:
        """Return the raw text of a file whose bytes the home keeps."""
        data = self.home.raw_of(raw_sha256)
        return None if data is None else read(name, data, settings=self.settings).text


def open_workspace(
    home: str | Path | None = None,
    *,
    create: bool = False,
    read_only: bool = False,
    **overrides: object,
) -> Workspace:
    """Return the workspace at *home*; what is not given comes from the environment.

    Args:
        home: The data folder.
        create: Make it where there is none.
        read_only: Open it beside a service or a build that holds the store.
        overrides: Other settings by their names (`kg.settings`), as *store* or *lang*.

    Raises:
        SettingsError: There is no such setting, or it cannot have this value.
        UnknownHomeError: There is no home, and *create* is false.
        StoreLockedError: Another process writes to it.
        StoreUnavailableError: The store does not answer.
    """
    settings = settings_.load(home=home, **overrides)
    folder = Home.create(settings.home) if create else Home.open(settings.home)
    address = settings.store or folder.store
    opened = open_store(address, settings=settings, read_only=read_only and settings.store is None)
    return Workspace(folder, opened, settings, audited=True)
