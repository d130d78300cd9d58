"""Findings kept in the store, run by run: what has appeared since a run, and what is gone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from kg.analysis.gaps.findings import findings
from kg.analysis.gaps.registry import catalogue
from kg.analysis.project import project
from kg.errors import UnknownAnalysisError
from kg.model import Bilingual, Finding, Severity
from kg.rdf.findings import CONTENT, NEWEST, OLDER, AnalysisRun, run_iri, storing, then
from kg.settings import Settings
from kg.store.port import Store
from kg.version import __version__
from kg.vocab import PREFIXES, RDF_TYPE, Class, Property

_PROV = PREFIXES["prov"]
LAST = "last"
"""The word for the newest run."""


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A run in the store: its key, when it began, and what stands for its content."""

    key: str
    began: str
    content: str
    newest: bool


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """What the store keeps of a finding, enough to tell of it when it is gone."""

    id: str
    type: str
    severity: Severity
    reason: Bilingual


@dataclass(frozen=True, slots=True)
class Since:
    """Findings of now beside those of a run; ``regraded`` are there in both, at another severity."""

    run: KeptRun
    appeared: tuple[Finding, ...]
    gone: tuple[KeptFinding, ...]
    regraded: tuple[tuple[Finding, Severity], ...]
    unchanged: tuple[Finding, ...]


def keep_findings(store: Store, *, settings: Settings, now: datetime | None = None) -> KeptRun:
    """Return the run that stands in the store for the findings of now; it is put there if need be.

    Nothing is written where the newest run found the same in the same documents by the same
    settings. Findings are worked out from documents alone, so keeping them makes none of them stale.

    Raises:
        StoreError: The store failed.
    """
    with store.turn:
        return _kept_now(store, settings, now)


def _kept_now(store: Store, settings: Settings, now: datetime | None) -> KeptRun:
    began = now or datetime.now(UTC)
    found = findings(store, settings=settings)
    run = _run(store, found, settings, began)
    known = kept_runs(store)
    newest = next((one for one in known if one.newest), None)
    if newest is not None and newest.content == run.content:
        return newest
    run = replace(run, ended=now or datetime.now(UTC))
    store.update(storing(run, found, before=newest.key if newest else None))
    known = kept_runs(store)
    for one in known[settings.gap_runs_kept :]:
        store.remove(OLDER + one.key)
    return known[0]


def kept_runs(store: Store) -> list[KeptRun]:
    """Return the runs whose findings the store keeps, the newest first."""
    runs = [
        KeptRun(str(run).rpartition("/")[2], str(began), str(content), newest=newest)
        for newest in (True, False)
        for run, began, content in store.select(_runs(newest=newest)).rows
    ]
    return sorted(runs, key=lambda run: (run.newest, run.began, run.key), reverse=True)


def findings_since(store: Store, run: str, *, settings: Settings) -> Since:
    """Return the findings of now beside those of the run with this key (or ``last``).

    Raises:
        UnknownAnalysisError: The store keeps no such run.
        StoreError: The store failed.
    """
    known = kept_runs(store)
    chosen = next((one for one in known if one.key == run or run == LAST), None)
    if chosen is None:
        listed = ", ".join(one.key for one in known)
        raise UnknownAnalysisError(run=run, known=listed or "–")
    before = {one.id: one for one in _kept(store, chosen)}
    found = findings(store, settings=settings)
    names = {one.id for one in found}
    both = [one for one in found if one.id in before]
    return Since(
        run=chosen,
        appeared=tuple(one for one in found if one.id not in before),
        gone=tuple(one for one in before.values() if one.id not in names),
        regraded=tuple(
            (one, before[one.id].severity)
            for one in both
            if one.severity is not before[one.id].severity
        ),
        unchanged=tuple(one for one in both if one.severity is before[one.id].severity),
    )


def _run(
    store: Store, found: Sequence[Finding], settings: Settings, began: datetime
) -> AnalysisRun:
    documents = project(store).documents.to_pylist()
    names = sorted({name for kind in catalogue().values() for name in kind.thresholds})
    limits = tuple(f"{name}={getattr(settings, name)}" for name in (*names, "gap_low_coverage"))
    parts = [f"{row['id']} {row['raw_sha256']}" for row in documents]
    parts += [*limits, __version__, *map(repr, found)]
    return AnalysisRun(
        content=sha256("\n".join(parts).encode()).hexdigest(),
        began=began,
        ended=began,
        version=__version__,
        documents=tuple(row["id"] for row in documents),
        settings=limits,
    )


def _kept(store: Store, run: KeptRun) -> list[KeptFinding]:
    return [
        KeptFinding(
            id=str(row["finding"]),
            type=str(row["type"]).rpartition("#")[2],
            severity=Severity(str(row["severity"])),
            reason=Bilingual(str(row["zh"]), str(row["en"])),
        )
        for row in store.select(_findings_of(run)).dicts()
    ]


def _same(name: str) -> str:
    return name


def _runs(*, newest: bool) -> str:
    named = _same if newest else then
    return f"""SELECT DISTINCT ?run ?began ?content {{ GRAPH ?graph {{
  ?run <{named(RDF_TYPE)}> <{Class.ANALYSIS_RUN}> ; <{named(_PROV + "startedAtTime")}> ?began ;
    <{named(CONTENT)}> ?content }} }}"""


def _findings_of(run: KeptRun) -> str:
    named = _same if run.newest else then
    graph = (NEWEST if run.newest else OLDER) + run.key
    return f"""SELECT DISTINCT ?finding ?type ?severity ?zh ?en {{ GRAPH <{graph}> {{
  ?finding <{named(_PROV + "wasGeneratedBy")}> <{run_iri(run.key)}> ;
    <{named(Property.OF_GAP_TYPE)}> ?type ; <{named(Property.SEVERITY)}> ?severity ;
    <{named(Property.REASON)}> ?zh, ?en
  FILTER(LANG(?zh) = "zh" && LANG(?en) = "en") }} }} ORDER BY ?finding"""
