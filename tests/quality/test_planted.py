"""Every planted gap of the shipped plans is found, and nothing at the places that only look alike.

data/planted.toml says what stands where. A finding is at a place when one of its subjects carries
the words of that place, in that document, or is the body that they name.
"""

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kg.analysis.gaps import catalogue, findings
from kg.model import Finding, Kind, Node, Severity
from kg.publish import take_in
from kg.reading import read_document
from kg.reference import example_plans
from kg.store import memory_store
from kg.store.port import Body
from kg.vocab import NS, RDFS_LABEL
from kg.workspace import Workspace

DATA = Path(__file__).parents[2] / "data"
PLANTED = tomllib.loads((DATA / "planted.toml").read_text(encoding="utf-8"))
DONE = frozenset(catalogue())
GAPS = [entry for entry in PLANTED["gap"] if entry["type"] in DONE]
LOOKALIKES = [entry for entry in PLANTED["lookalike"] if entry["type"] in DONE]


@dataclass(frozen=True)
class Found:
    """All findings, and what is needed to tell where they stand."""

    findings: list[Finding]
    documents: dict[str, str]  # file name -> IRI
    bodies: dict[tuple[str, str], set[str]]  # file name, words -> official names

    def at(self, entry: dict[str, Any]) -> list[Finding]:
        if "covered_by" in entry:
            return self.at(next(gap for gap in GAPS if gap["id"] == entry["covered_by"]))
        words = entry.get("subjects") or [entry["subject"]]
        places = [entry["document"], entry.get("other", entry["document"])]
        return [
            finding
            for finding in self.findings
            if finding.type == entry["type"] and self._covers(finding, words, places, entry)
        ]

    def _covers(
        self, finding: Finding, words: list[str], files: list[str], entry: dict[str, Any]
    ) -> bool:
        if entry.get("scope") == "document":
            return any(self._in(node, files[:1]) for node in finding.subjects)
        if "upper_subject" in entry:
            ends = [(words[0], files[:1]), (entry["upper_subject"], [entry["upper"]])]
            return all(
                any(self._is(node, text, place) for node in finding.subjects)
                for text, place in ends
            )
        return all(any(self._is(node, text, files) for node in finding.subjects) for text in words)

    def _in(self, node: Node, files: list[str]) -> bool:
        return {node.id, node.document} & {self.documents[name] for name in files} != set()

    def _is(self, node: Node, words: str, files: list[str]) -> bool:
        label = node.label.zh
        official = (body for name in files for body in self.bodies.get((name, words), ()))
        if any(label.endswith(body) for body in official):  # the label may name larger areas too
            return True
        return self._in(node, files) and (words in label or label in words)


@pytest.fixture(scope="module")
def found(example: Workspace) -> Found:
    bodies: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for path in example_plans():
        reading = read_document(path.name, path.read_bytes(), settings=example.settings)
        for mention in reading.extraction.mentions:
            if mention.kind is Kind.BODY:
                bodies[path.name, mention.text].add(str(mention.attrs["canonical"]))
    documents = _documents(example)
    return Found(_findings(example, documents), documents, dict(bodies))


def _documents(example: Workspace) -> dict[str, str]:
    return {
        entry.file_name: f"https://w3id.org/qualitykg/id/document/{entry.key}"
        for entry in example.documents()
    }


def _findings(example: Workspace, documents: dict[str, str]) -> list[Finding]:
    """Return the findings of the plans with what no text carries: observations, doubtful measures."""
    store = memory_store()
    dump = b"".join(example.store.dump("application/n-quads"))
    store.load_dataset([Body(dump, "application/n-quads")])
    take_in(store, DATA / "observations.csv", keeping=[])
    for entry in (*GAPS, *LOOKALIKES):
        if "confidence" in entry:
            store.update(_doubting(entry, documents[entry["document"]]))
    return findings(store, settings=example.settings)


def _doubting(entry: dict[str, Any], document: str) -> str:
    return f"""PREFIX qkg: <{NS}>
        DELETE {{ GRAPH ?g {{ ?m qkg:confidence ?sure }} }}
        INSERT {{ GRAPH ?g {{ ?m qkg:confidence {entry["confidence"]} }} }}
        WHERE {{ GRAPH ?g {{ ?m qkg:statedIn <{document}> ; qkg:confidence ?sure ;
            <{RDFS_LABEL}> "{entry["subject"]}"@zh }} }}"""


def test_every_type_is_planted_twice_and_has_a_lookalike() -> None:
    wanted = {f"G{n:02}" for n in range(1, 26)}
    assert wanted == DONE
    planted = [entry["type"] for entry in GAPS]
    assert [name for name in wanted if planted.count(name) < 2] == []
    assert wanted <= {entry["type"] for entry in LOOKALIKES}


@pytest.mark.slow
@pytest.mark.parametrize("entry", GAPS, ids=lambda entry: entry["id"])
def test_a_planted_gap_is_found(found: Found, entry: dict[str, Any]) -> None:
    hits = found.at(entry)
    assert hits, entry["note_zh"]
    if "severity" in entry:
        assert Severity(entry["severity"]) in {hit.severity for hit in hits}


@pytest.mark.slow
@pytest.mark.parametrize("entry", LOOKALIKES, ids=lambda entry: entry["id"])
def test_nothing_is_found_where_it_only_looks_like_a_gap(
    found: Found, entry: dict[str, Any]
) -> None:
    assert [hit.reason.zh for hit in found.at(entry)] == []


@pytest.mark.slow
@pytest.mark.parametrize("type_", sorted(DONE & set(PLANTED["scope"]["complete"])))
def test_nothing_else_is_found_in_the_plans(found: Found, type_: str) -> None:
    planted = {hit.id for entry in GAPS if entry["type"] == type_ for hit in found.at(entry)}
    plans = [path.name for path in example_plans()]
    extra = [
        finding.reason.zh
        for finding in found.findings
        if finding.type == type_
        and finding.id not in planted
        and finding.severity is not Severity.INFO
        and any(found._in(node, plans) for node in finding.subjects)
    ]
    assert extra == []
