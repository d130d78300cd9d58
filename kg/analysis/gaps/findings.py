"""From hits to findings: severity weighed, put into words, with evidence and candidates."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from kg import ids
from kg.analysis.gaps.candidates import Proposal, proposals
from kg.analysis.gaps.cluster import found_on_engine
from kg.analysis.gaps.directory import Directory, directory
from kg.analysis.gaps.graph_rules import RULES
from kg.analysis.gaps.hits import Hit, lowered, noted_hits, sql_hits
from kg.analysis.gaps.registry import GapType, chosen
from kg.analysis.gaps.wording import INFERRED, quoted, reason
from kg.analysis.gaps.workbench import Workbench
from kg.analysis.project import Tables, kept_files, project, projected
from kg.analysis.scope import in_scope
from kg.model import SEVERITY_RANK, Basis, Bilingual, Candidate, Evidence, Finding, Severity
from kg.settings import Settings
from kg.store.port import Store

_MOST_EVIDENCE = 12
_NOTHING = Bilingual("", "")

_kept: WeakKeyDictionary[Any, tuple[Tables, Settings, list[Finding]]] = WeakKeyDictionary()
_lock = threading.Lock()


def findings(
    store: Store,
    *,
    settings: Settings,
    types: Iterable[str] | None = None,
    severity: Severity | str | None = None,
    scope: str | None = None,
) -> list[Finding]:
    """Return the gaps in *store*, most severe first; computed anew only when it has changed.

    Args:
        store: Where the graph is.
        settings: The thresholds.
        types: Ids of gap types (G01, …); all where ``None``.
        severity: The least severity to be returned.
        scope: See `kg.analysis.scope.in_scope`; everything where ``None``.

    Raises:
        UnknownGapTypeError: One of *types* does not exist.
        StoreError: The store failed.
    """
    wanted = {kind.id for kind in chosen(types)}
    tables = project(store)
    kept = [finding for finding in _all(store, tables, settings) if finding.type in wanted]
    if severity is not None:
        least = SEVERITY_RANK[Severity(severity)]
        kept = [finding for finding in kept if SEVERITY_RANK[finding.severity] >= least]
    if scope is not None:
        covered = in_scope(tables, scope)
        kept = [one for one in kept if any(node.id in covered for node in one.subjects)]
    return kept


def findings_of(
    tables: Tables,
    *,
    settings: Settings,
    types: Iterable[str] | None = None,
    files: Path | None = None,
) -> list[Finding]:
    """Return the gaps in *tables*, most severe first, then by type and place in the text.

    Args:
        tables: What is known.
        settings: The thresholds, and the engine that the rules run on; DuckDB where none is named.
        types: Ids of gap types (G01, …); all where ``None``.
        files: Where *tables* are kept as Parquet, for the engine.

    Raises:
        UnknownGapTypeError: One of *types* does not exist.
        EngineError: The engine cannot be reached, or failed.
    """
    kinds = chosen(types)
    guessed = _inferred_links(tables)
    with Workbench(tables, settings) as bench:
        judged = [
            _Judged(kind, hit, note=note, inferred=_rests_on(guessed, hit))
            for kind, hit, note in _found(bench, kinds, settings=settings, files=files)
        ]
        proposed = proposals(bench, ((one.kind.id, one.hit) for one in judged if not one.note))
        known = directory(
            bench,
            _things(judged, proposed.values()),
            (link for one in judged for link in one.hit.evidence),
            (name for one in judged if one.kind.absence for name in one.hit.places),
        )
    made = [
        _finding(_weighed(one, known, settings), known, proposed.get((one.kind.id, one.hit), ()))
        for one in judged
    ]
    return sorted(made, key=_rank)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A hit with its type.

    ``note``: its second rule found it; ``inferred``: it rests on dependencies that
    no text states, and on nothing else.
    """

    kind: GapType
    hit: Hit
    note: bool
    inferred: bool


def _all(store: Store, tables: Tables, settings: Settings) -> list[Finding]:
    with _lock:
        kept = _kept.get(store)
        if kept is None or not _are_of(kept, tables, settings):
            files = kept_files(store)
            kept = (tables, settings, findings_of(tables, settings=settings, files=files))
            _kept[store] = kept
        return kept[2]


def are_known(store: Store, *, settings: Settings) -> bool:
    """Return whether the gaps in *store* as it is now are worked out already; nobody waits."""
    tables, kept = projected(store), _kept.get(store)
    return tables is not None and kept is not None and _are_of(kept, tables, settings)


def _are_of(
    kept: tuple[Tables, Settings, list[Finding]], tables: Tables, settings: Settings
) -> bool:
    """Return whether findings are of these very tables, held so that no others come to their place."""
    return kept[0] is tables and kept[1] == settings


def _found(
    bench: Workbench, kinds: Sequence[GapType], *, settings: Settings, files: Path | None
) -> Iterator[tuple[GapType, Hit, bool]]:
    if settings.engine:
        yield from found_on_engine(bench, kinds, settings=settings, files=files)
        return
    for kind in kinds:
        yield from ((kind, *found) for found in hits_of(bench, kind, settings))


def hits_of(bench: Workbench, kind: GapType, settings: Settings) -> list[tuple[Hit, bool]]:
    """Return what the rules of a type find, and whether it was the second one."""
    rule = RULES.get(kind.how)
    first = rule(bench, settings) if rule else sql_hits(bench, kind, settings)
    noted = noted_hits(bench, kind, settings)
    return [(hit, False) for hit in first] + [(hit, True) for hit in noted]


def _things(judged: Iterable[_Judged], listed: Iterable[Sequence[Proposal]]) -> set[str]:
    things = {name for one in judged for name in (*one.hit.subjects, *one.hit.bodies)}
    for proposal in (proposal for proposed in listed for proposal in proposed):
        things.add(proposal.body)
        if proposal.peer:
            things.add(proposal.peer)
    return things


def _weighed(one: _Judged, known: Directory, settings: Settings) -> _Judged:
    """Return the hit with what is doubtful brought down.

    A weak link costs one step, and so do links that are all inferred. "There is none" in a text that
    was hardly read is information only: not read is not the same as not there.
    """
    hit = one.hit
    if one.inferred or hit.confidence < settings.gap_low_confidence:
        hit = lowered(hit)
    if one.kind.absence and _coverage(hit, one.kind.absence, known) < settings.gap_low_coverage:
        hit = replace(hit, severity=Severity.INFO)
    return replace(one, hit=hit)


def _inferred_links(tables: Tables) -> frozenset[str]:
    rows = tables.dependencies.select(["id", "basis"]).to_pylist()
    return frozenset(row["id"] for row in rows if row["basis"] == Basis.INFERRED)


def _rests_on(links: frozenset[str], hit: Hit) -> bool:
    return bool(hit.evidence) and links.issuperset(hit.evidence)


def _hedged(words: Bilingual) -> Bilingual:
    return Bilingual(words.zh + INFERRED.zh, words.en + INFERRED.en)


def _coverage(hit: Hit, what: str, known: Directory) -> float:
    column = "bracket_coverage" if what == "brackets" else "clause_coverage"
    documents = {known.node(name).document for name in hit.places}
    shares = [known.documents[name][column] for name in documents if name in known.documents]
    return min((share for share in shares if share is not None), default=1.0)


def _finding(one: _Judged, known: Directory, proposed: Sequence[Proposal]) -> Finding:
    kind, hit = one.kind, one.hit
    key = ids.finding_key(kind.id, *hit.subjects)
    if kind.gathers:
        hit = replace(hit, subjects=tuple(sorted(hit.subjects, key=known.place)))
    name = quoted(known)
    return Finding(
        id=ids.iri("finding", key),
        type=kind.id,
        severity=hit.severity,
        subjects=tuple(known.node(subject) for subject in hit.subjects),
        reason=(
            reason(hit, kind.note_reason, _NOTHING, known)
            if one.note
            else reason(
                hit, _hedged(kind.reason) if one.inferred else kind.reason, kind.more, known
            )
        ),
        remedy=kind.note_remedy if one.note else kind.remedy,
        evidence=_evidence(kind, hit, known),
        candidates=tuple(
            Candidate(
                proposal.body,
                known.node(proposal.body).label,
                proposal.score,
                proposal.words(name),
            )
            for proposal in proposed
        ),
        confidence=round(hit.confidence, 4),
        query=kind.query,
    )


def _evidence(kind: GapType, hit: Hit, known: Directory) -> tuple[Evidence, ...]:
    """Return the words of subjects and links, then the spans that were searched in vain."""
    spans: list[Evidence] = []
    bodies = set(hit.bodies)
    for name in (*hit.subjects, *hit.evidence):
        if name not in bodies:
            spans += known.evidence.get(name, ())
    searched = [
        span
        for name in (hit.places if kind.absence else ())
        for span in known.searched.get(name, ())
    ]
    found = list(dict.fromkeys(spans))[: max(_MOST_EVIDENCE - len(searched), 1)]
    return tuple(dict.fromkeys([*found, *searched[: _MOST_EVIDENCE - 1]]))


def _rank(finding: Finding) -> tuple[int, str, str, int, str]:
    first = finding.evidence[0] if finding.evidence else None
    return (
        -SEVERITY_RANK[finding.severity],
        finding.type,
        first.document if first else "",
        first.start if first else 0,
        finding.id,
    )
