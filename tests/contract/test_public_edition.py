"""The public edition of an outside store: an internal document is not seen there either."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.access import NOBODY, Caller, Internal, Role
from kg.editions import Editions
from kg.home import Home
from kg.settings import load
from kg.store import formats, open_store
from kg.workspace import Workspace
from tests.plans import PLANS, SECRET

pytestmark = pytest.mark.slow

INSIDER = Caller("insider", Role.READ, internal=True)


@pytest.fixture
def space(plain_service: str, tmp_path: Path) -> Iterator[Workspace]:
    for name, text in PLANS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    settings = load(home=tmp_path / "home", store=plain_service)
    home = Home.create(settings.home)
    store = open_store(plain_service, settings=settings)
    store.update("DROP ALL")
    with Workspace(home, store, settings) as made:
        outcomes = list(made.build([tmp_path / name for name in PLANS]))
        assert [outcome.error for outcome in outcomes] == [None] * len(PLANS)
        yield made


def test_an_internal_document_of_an_outside_store_is_not_in_its_edition(space: Workspace) -> None:
    hidden = next(one.key for one in space.documents() if one.file_name == "capital.txt")
    internal = Internal(space.home.path)
    internal.restrict([hidden])
    editions = Editions(space, internal=internal)
    try:
        public = editions.shown_to(NOBODY)
        told = b"".join(public.store.dump(formats.N_QUADS)).decode()
        assert len(public.documents()) == len(PLANS) - 1
        assert hidden not in told
        assert SECRET not in told
        assert SECRET in b"".join(space.store.dump(formats.N_QUADS)).decode()
        assert editions.shown_to(INSIDER) is space
        internal.open([hidden])
        assert editions.shown_to(NOBODY) is space
    finally:
        editions.close()


def test_the_edition_follows_what_is_taken_out_of_an_outside_store(space: Workspace) -> None:
    documents = {one.file_name: one.key for one in space.documents()}
    internal = Internal(space.home.path)
    internal.restrict([documents["capital.txt"]])
    editions = Editions(space, internal=internal)
    try:
        assert len(editions.shown_to(NOBODY).documents()) == 2
        space.remove(documents["city.txt"])
        left = [one.file_name for one in editions.shown_to(NOBODY).documents()]
        assert left == ["province.txt"]
    finally:
        editions.close()
