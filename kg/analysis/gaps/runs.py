"""Findings kept in the store, run by run: what has appeared since a run, and what is gone."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from kg import ids
from kg.analysis.gaps.findings import findings
from kg.analysis.gaps.registry import catalogue
from kg.analysis.project import project
from kg.analysis.scope import in_scope, whole_documents
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
    """What the store keeps of a finding, enough to tell of it when it is gone.

    ``subjects``: the IRIs of what it was about, which may be gone as well.
    """

    id: str
    type: str
    severity: Severity
    reason: Bilingual
    subjects: tuple[str, ...]


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


def findings_since(
    store: Store, run: str, *, settings: Settings, scope: str | None = None
) -> Since:
    """Return the findings of now beside those of the run with this key (or ``last``).

    Within a *scope* (`kg.analysis.scope`) only those about what it covers; what is gone from the
    graph counts by its document, where the scope covers all of that.

    Raises:
        UnknownAnalysisError: The store keeps no such run.
        StoreError: The store failed.
    """
    known = kept_runs(store)
    chosen = next((one for one in known if one.key == run or run == LAST), None)
    if chosen is None:
        listed = ", ".join(one.key for one in known)
        raise UnknownAnalysisError(run=run, known=listed or "–")
    is_meant = _meant(store, scope)
    before = {one.id: one for one in _kept(store, chosen) if is_meant(one.subjects)}
    found = [
        one
        for one in findings(store, settings=settings)
        if is_meant([subject.id for subject in one.subjects])
    ]
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


def _meant(store: Store, scope: str | None) -> Callable[[Sequence[str]], bool]:
    """Return what says whether a finding with these subjects lies in *scope*."""
    if scope is None:
        return lambda _: True
    tables = project(store)
    covered = in_scope(tables, scope)
    whole = whole_documents(tables, covered)
    return lambda subjects: any(
        one in covered or ids.iri("document", ids.document_of(one)) in whole for one in subjects
    )


def _kept(store: Store, run: KeptRun) -> list[KeptFinding]:
    subjects: dict[str, list[str]] = defaultdict(list)
    for finding, subject in store.select(_subjects_of(run)).rows:
        subjects[str(finding)].append(str(subject))
    return [
        KeptFinding(
            id=str(row["finding"]),
            type=str(row["type"]).rpartition("#")[2],
            severity=Severity(str(row["severity"])),
            reason=Bilingual(str(row["zh"]), str(row["en"])),
            subjects=tuple(subjects[str(row["finding"])]),
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
    return f"""SELECT DISTINCT ?finding ?type ?severity ?zh ?en {{ GRAPH <{_graph(run)}> {{
  ?finding <{named(_PROV + "wasGeneratedBy")}> <{run_iri(run.key)}> ;
    <{named(Property.OF_GAP_TYPE)}> ?type ; <{named(Property.SEVERITY)}> ?severity ;
    <{named(Property.REASON)}> ?zh, ?en
  FILTER(LANG(?zh) = "zh" && LANG(?en) = "en") }} }} ORDER BY ?finding"""


def _subjects_of(run: KeptRun) -> str:
    named = _same if run.newest else then
    return f"""SELECT DISTINCT ?finding ?subject {{ GRAPH <{_graph(run)}> {{
  ?finding <{named(Property.CONCERNS)}> ?subject }} }} ORDER BY ?finding ?subject"""


def _graph(run: KeptRun) -> str:
    return (NEWEST if run.newest else OLDER) + run.key
