"""What the findings say about things: their names, their words in the text, the text searched."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.analysis.gaps.workbench import Workbench, rule_text
from kg.ids import key_of
from kg.model import Bilingual, Evidence, Node

_TYPE_OF_TABLE = {"goals": "goal", "targets": "target", "policy_areas": "policyArea"}
_KINDED = ("measures", "goals", "targets", "bodies", "policy_areas")


@dataclass(frozen=True, slots=True)
class Directory:
    """Nodes, evidence, searched spans and coverage of those things that some hits are about."""

    nodes: dict[str, Node]
    evidence: dict[str, tuple[Evidence, ...]]
    searched: dict[str, tuple[Evidence, ...]]
    documents: dict[str, dict[str, Any]]

    def node(self, identifier: str) -> Node:
        """Return the node; of one that is in no table, what its identifier says."""
        known = self.nodes.get(identifier)
        if known:
            return known
        key = key_of(identifier)
        return Node(identifier, key, key.split("/")[0], Bilingual(key, key))

    def place(self, identifier: str) -> tuple[str, int, str]:
        """Return a sort key: where in the text the thing is first named."""
        spans = self.evidence.get(identifier)
        return (spans[0].document, spans[0].start, identifier) if spans else ("", 0, identifier)


def directory(
    bench: Workbench, things: Iterable[str], links: Iterable[str], absent: Iterable[str]
) -> Directory:
    """Return what there is about *things*, the words of *links*, and the text searched for *absent*."""
    things = set(things)
    documents = {row["id"]: row for row in bench.rows("select * from documents")}
    nodes = {name: _document_node(row) for name, row in documents.items()}
    for table in _KINDED:
        nodes |= {
            row["id"]: _node(row, _TYPE_OF_TABLE.get(table))
            for row in bench.rows_of(table, "id", things)
        }
    return Directory(
        nodes=nodes,
        evidence=_gathered(bench.rows_of("evidence", "node", things.union(links)), "node"),
        searched=_gathered(bench.rows(rule_text("searched.sql"), wanted=sorted(set(absent))), "id"),
        documents=documents,
    )


def _node(row: dict[str, Any], kind: str | None) -> Node:
    zh = row["label"] if "label" in row else row["label_zh"]
    return Node(
        id=row["id"],
        key=key_of(row["id"]),
        type=kind or row["kind"] or "measure",
        label=Bilingual(zh, row["label_en"] or zh),
        level=row.get("level"),
        area=row.get("area"),
        document=row.get("document"),
        year=row.get("due_year"),
    )


def _document_node(row: dict[str, Any]) -> Node:
    title = row["title"]
    label = Bilingual(title, title)
    return Node(row["id"], row["key"], "document", label, row["level"], row["area"], row["id"])


def _gathered(rows: Iterable[dict[str, Any]], name: str) -> dict[str, tuple[Evidence, ...]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for row in rows:
        if row["start"] is None or row["end"] is None:
            continue
        found[row[name]].append(
            Evidence(
                document=row["document"],
                quote=row["exact"] or "",
                start=row["start"],
                end=row["end"],
                raw_start=row["start"] if row["raw_start"] is None else row["raw_start"],
                raw_end=row["end"] if row["raw_end"] is None else row["raw_end"],
                text_sha256=row["text_sha256"] or "",
                provision=row["provision"] or "",
            )
        )
    return {
        key: tuple(sorted(spans, key=lambda span: (span.document, span.start, span.end)))
        for key, spans in found.items()
    }
