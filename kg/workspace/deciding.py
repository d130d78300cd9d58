"""What people decide, written down: reviews of what was read, marks on findings, ledgers, links looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kg import compare, uptake
from kg.access import Audit, here
from kg.analysis.diff import Diff
from kg.ids import iri
from kg.model import Finding, Mark
from kg.questions import Questions

if TYPE_CHECKING:
    from kg.ledger import Taken
    from kg.review import Exported, Imported


@dataclass(frozen=True, slots=True)
class Deciding(Questions):
    """A home and its store, to be asked and to be told what people decide.

    ``audited``: writes are noted as those of whoever runs this program; the service notes its own.
    """

    audited: bool = False

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
