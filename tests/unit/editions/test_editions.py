"""The public edition is the store into which the internal documents never came.

The oracle is such a store, built beside.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kg.access import NOBODY, Caller, Internal, Role
from kg.analysis.gaps import findings, keep_findings, kept_runs
from kg.editions import Editions
from kg.errors import HomeError
from kg.home import Home
from kg.ids import graph_iri, iri
from kg.model import Decision, Mark, Verdict
from kg.questions import Questions
from kg.rdf.decisions import deciding
from kg.rdf.runs import RUN_GRAPH
from kg.rdf.statuses import (
    STATUS_GRAPH,
    STATUSES,
    Import,
    Status,
    status_quads,
    statuses_in,
)
from kg.rdf.uptake import graph_of
from kg.review import marks
from kg.settings import load
from kg.store import Store, formats, memory_store, open_store
from kg.storing import decisions
from kg.workspace import Workspace
from tests.plans import CAPITAL, PLANS, SECRET

INSIDER = Caller("insider", Role.READ, internal=True)

Built = Callable[..., Workspace]


@pytest.fixture(params=["memory", "disk"])
def built(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Built]:
    for name, text in PLANS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    opened: list[Workspace] = []

    def build(home: str, *names: str) -> Workspace:
        settings = load(home=tmp_path / home)
        folder = Home.create(settings.home)
        on_disk = request.param == "disk"
        store = open_store(folder.store, settings=settings) if on_disk else memory_store()
        space = Workspace(folder, store, settings)
        opened.append(space)
        outcomes = list(space.build([tmp_path / name for name in names]))
        assert [outcome.error for outcome in outcomes] == [None] * len(names)
        return space

    yield build
    for space in opened:
        space.close()


@pytest.fixture
def space(built: Built) -> Workspace:
    return built("whole", *PLANS)


@pytest.fixture
def internal(space: Workspace) -> Internal:
    return Internal(space.home.path)


@pytest.fixture
def editions(space: Workspace, internal: Internal) -> Iterator[Editions]:
    made = Editions(space, internal=internal)
    yield made
    made.close()


def key(space: Questions, file_name: str) -> str:
    return next(one.key for one in space.documents() if one.file_name == file_name)


def content(store: Store, *, runs: bool = False) -> set[bytes]:
    """Return the quads, but for those that tell when builds ran."""
    lines = b"".join(store.dump(formats.N_QUADS)).splitlines()
    return {line for line in lines if runs or RUN_GRAPH.encode() not in line}


def test_with_nothing_internal_everybody_is_given_the_store_itself(
    space: Workspace, editions: Editions
) -> None:
    assert editions.shown_to(NOBODY) is space
    assert editions.are_one
    assert not (space.home.path / "public").exists()


@pytest.mark.parametrize("hidden", list(PLANS))
def test_the_edition_is_what_a_store_holds_into_which_the_document_never_came(
    built: Built, space: Workspace, internal: Internal, editions: Editions, hidden: str
) -> None:
    internal.restrict([key(space, hidden)])
    public = editions.shown_to(NOBODY)
    oracle = built("oracle", *(name for name in PLANS if name != hidden))
    assert content(public.store) == content(oracle.store)
    assert findings(public.store, settings=public.settings) == findings(
        oracle.store, settings=oracle.settings
    )
    assert editions.shown_to(INSIDER) is space


def test_nothing_names_the_document_be_it_by_key_or_by_its_words(
    space: Workspace, internal: Internal, editions: Editions
) -> None:
    hidden = key(space, "capital.txt")
    internal.restrict([hidden])
    quads = b"\n".join(content(editions.shown_to(NOBODY).store, runs=True)).decode()
    assert hidden not in quads
    assert SECRET not in quads
    assert SECRET in b"\n".join(content(space.store)).decode()


def test_a_document_comes_back_as_it_was_when_it_is_opened(
    built: Built, space: Workspace, internal: Internal, editions: Editions
) -> None:
    hidden, other = key(space, "capital.txt"), key(space, "city.txt")
    internal.restrict([hidden, other])
    editions.shown_to(NOBODY)
    internal.open([hidden])
    public = editions.shown_to(NOBODY)
    oracle = built("oracle", "capital.txt", "province.txt")
    assert content(public.store) == content(oracle.store)


def test_the_edition_follows_each_write(
    built: Built, space: Workspace, internal: Internal, editions: Editions
) -> None:
    internal.restrict([key(space, "capital.txt")])
    editions.shown_to(NOBODY)
    space.store.update("INSERT DATA { <urn:a> <urn:p> 1 . GRAPH <urn:g> { <urn:a> <urn:p> 2 } }")
    space.remove(key(space, "city.txt"))
    public = editions.shown_to(NOBODY)
    oracle = built("oracle", "province.txt")
    added = {b'<urn:a> <urn:p> "1"', b'<urn:a> <urn:p> "2"'}
    left = {line for line in content(public.store) if not line.startswith(tuple(added))}
    assert left == content(oracle.store)
    assert len(content(public.store)) == len(left) + 2


def test_a_write_to_an_internal_document_leaves_no_trace_in_the_edition(
    space: Workspace, internal: Internal, editions: Editions, tmp_path: Path
) -> None:
    internal.restrict([key(space, "capital.txt")])
    before = editions.shown_to(NOBODY).store.generation
    (tmp_path / "capital.txt").write_text(CAPITAL.replace("建立", "搭建"), encoding="utf-8")
    assert [one.error for one in space.build([tmp_path / "capital.txt"])] == [None]
    public = editions.shown_to(NOBODY)
    assert public.store.generation == before
    assert key(space, "capital.txt") not in {one.key for one in public.documents()}


def measures(space: Workspace, document: str) -> list[str]:
    """Return the task groups of a document."""
    graph = graph_iri(document)
    rows = space.query(f"SELECT ?m {{ GRAPH <{graph}> {{ ?m a qkg:TaskGroup }} }} ORDER BY ?m").rows
    return [str(measure) for (measure,) in rows]


def test_statuses_of_an_internal_document_stay_behind_with_the_ledger_that_told_them(
    space: Workspace, internal: Internal, editions: Editions
) -> None:
    hidden, other = key(space, "capital.txt"), key(space, "city.txt")
    at = "2026-05-01T00:00:00Z"
    ledgers = [Import(f"{name}.xlsx", name * 64, at) for name in ("a", "b")]
    told = [
        Status(measures(space, document)[0], ledger, progress=SECRET)
        for document, ledger in zip((hidden, other), ledgers, strict=True)
    ]
    space.store.replace(STATUS_GRAPH, status_quads(told))
    internal.restrict([hidden])
    public = editions.shown_to(NOBODY)
    assert statuses_in(public.store.select(STATUSES).dicts()) == told[1:]
    assert "a.xlsx" not in b"\n".join(content(public.store)).decode()


def test_decisions_stay_behind_on_an_internal_document_and_on_what_takes_it_up(
    space: Workspace, internal: Internal, editions: Editions
) -> None:
    hidden, middle, low = (key(space, name) for name in PLANS)
    links = {
        lower: str(
            space.query(f"SELECT ?l {{ GRAPH <{graph_of(lower)}> {{ ?l a qkg:Uptake }} }}").rows[0][
                0
            ]
        )
        for lower in (middle, low)
    }
    statements = [*links.values(), measures(space, hidden)[0], measures(space, middle)[0]]
    for statement in statements:
        decided = Decision(statement, Verdict.REJECT, "2026-05-01", note=SECRET)
        space.store.update(deciding(statement, decided))
    internal.restrict([hidden])
    public = editions.shown_to(NOBODY)
    assert {one.statement for one in decisions(public.store)} == {links[low], statements[-1]}
    assert {one.statement for one in decisions(space.store)} == set(statements)


def test_marks_on_findings_that_the_edition_does_not_have_stay_behind(
    space: Workspace, internal: Internal, editions: Editions
) -> None:
    today = date(2026, 5, 1)
    for finding in space.gaps():
        space.mark_gap(finding.id, Mark.SEEN, note=SECRET, today=today)
    internal.restrict([key(space, "capital.txt")])
    public = editions.shown_to(NOBODY)
    names = {one.id for one in public.gaps()}
    assert names
    assert set(marks(public.store)) == names & set(marks(space.store))
    assert set(marks(space.store)) - names


def test_a_kept_run_is_shown_only_where_it_used_no_internal_document(
    built: Built, internal: Internal, space: Workspace, editions: Editions, tmp_path: Path
) -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    space.remove(key(space, "capital.txt"))
    keep_findings(space.store, settings=space.settings, now=now)
    assert [one.error for one in space.build([tmp_path / "capital.txt"])] == [None]
    keep_findings(space.store, settings=space.settings, now=now.replace(month=6))
    internal.restrict([key(space, "capital.txt")])
    public = editions.shown_to(NOBODY)
    assert len(kept_runs(space.store)) == 2
    assert [run.began for run in kept_runs(public.store)] == [
        run.began for run in kept_runs(space.store) if not run.newest
    ]


def test_a_kept_run_goes_when_a_further_document_that_it_used_becomes_internal(
    space: Workspace, internal: Internal, editions: Editions, tmp_path: Path
) -> None:
    space.remove(key(space, "capital.txt"))
    keep_findings(space.store, settings=space.settings, now=datetime(2026, 5, 1, tzinfo=UTC))
    assert [one.error for one in space.build([tmp_path / "capital.txt"])] == [None]
    internal.restrict([key(space, "capital.txt")])
    assert len(kept_runs(editions.shown_to(NOBODY).store)) == 1
    internal.restrict([key(space, "city.txt")])
    assert kept_runs(editions.shown_to(NOBODY).store) == []
    internal.open([key(space, "city.txt")])
    assert len(kept_runs(editions.shown_to(NOBODY).store)) == 1


def test_nobody_is_shown_anything_where_it_cannot_be_read_what_is_internal(
    space: Workspace, internal: Internal, editions: Editions
) -> None:
    (space.home.path / "internal.json").write_text("{", encoding="utf-8")
    with pytest.raises(HomeError, match=r"internal\.json"):
        editions.shown_to(NOBODY)


def test_texts_are_found_by_hash_and_the_folder_goes_with_the_process(
    space: Workspace, internal: Internal, editions: Editions
) -> None:
    internal.restrict([key(space, "capital.txt")])
    public = editions.shown_to(NOBODY)
    digest = next(iter((space.home.path / "texts").glob("*.txt"))).stem
    assert public.home.text_of(digest) == space.home.text_of(digest)
    editions.close()
    assert not public.home.path.exists()
    assert list((space.home.path / "texts").glob("*.txt"))


def test_the_graph_of_a_document_is_not_there_by_name_either(
    space: Workspace, internal: Internal, editions: Editions
) -> None:
    hidden = key(space, "capital.txt")
    internal.restrict([hidden])
    store = editions.shown_to(NOBODY).store
    assert not store.has_graph(graph_iri(hidden))
    assert not store.ask(f"ASK {{ <{iri('document', hidden)}> ?p ?o }}")
    assert not store.ask(f"ASK FROM <{graph_iri(hidden)}> {{ ?s ?p ?o }}")
