"""What is written beside what people decide: documents, links between plans, imports, upkeep."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from kg import pipeline, publish, reference, uptake
from kg.access import internal_of
from kg.home import write_blocks
from kg.ids import graph_iri
from kg.inputs import readable_files
from kg.pipeline import Options
from kg.progress import Progress, in_silence
from kg.rdf.runs import Run, forgetting, recording
from kg.rdf.shortcuts import DISAGREEMENTS, REFRESH
from kg.storing import Outcome, Status
from kg.text.readers import read
from kg.uptake import Comparison
from kg.version import __version__
from kg.workspace.deciding import Deciding

_STORED = (Status.NEW, Status.REPLACED)
_MANY_DOCUMENTS, _LARGE_PART = 100, 0.1
"""Changed documents of one build after which the store is put in order, and their share of all: 300
of a thousand halve its speed, whereas to put a nation in order takes minutes."""


_AS_THEY_ARE = Options()


@dataclass(frozen=True, slots=True)
class Workspace(Deciding):
    """A home and its store, open: all that can be asked (`kg.questions`), and what writes."""

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

    def _raw_text(self, raw_sha256: str, name: str) -> str | None:
        """Return the raw text of a file whose bytes the home keeps."""
        data = self.home.raw_of(raw_sha256)
        return None if data is None else read(name, data, settings=self.settings).text
