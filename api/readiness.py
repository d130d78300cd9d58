"""What takes long to work out, made ready before the first reader asks, and again after writes."""

import time
from contextlib import suppress
from threading import Event, Thread

from api.graph import Findings
from api.labels import Labels
from api.memory import give_back
from kg.access import NOBODY
from kg.editions import Editions
from kg.errors import QkgError
from kg.explore import overview
from kg.questions import Questions
from kg.store import Store

_LOOKS_EVERY_S = 0.5


class Readiness:
    """A thread that makes ready what the pictures of each edition are made from.

    At the start that is the first picture, the groups, the index of names and, where there are
    documents, the findings, in the order in which readers need them; after a write picture and
    groups, the findings with the first question about them. It rests for as long as it worked:
    where writes follow one another it takes half of a core at most.
    """

    def __init__(self, editions: Editions, labels: Labels, found: Findings) -> None:
        self._editions, self._labels, self._found = editions, labels, found
        self._ended = Event()
        self._made: dict[Store, str] = {}
        self._thread = Thread(target=self._run, name="readiness")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End, after what is being worked out; the findings are not begun any more."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        with suppress(QkgError):  # a failing store says so to readers
            for shown in dict.fromkeys((self._editions.shown_to(NOBODY), self._editions.whole)):
                self._first(shown)
        rest = _LOOKS_EVERY_S
        while not self._ended.wait(rest):
            began = time.monotonic()
            with suppress(QkgError):
                self._again()
            rest = max(_LOOKS_EVERY_S, time.monotonic() - began)

    def _first(self, shown: Questions) -> None:
        self._pictures(shown.store)
        self._labels.of(shown).refresh(shown.store)
        if self._ended.is_set() or not self._found.census(shown.store).documents:
            return
        self._found.gaps(shown.store)
        self._found.in_groups(shown.store)

    def _again(self) -> None:
        """Make anew what a write has made old."""
        old = [one for one in self._editions.stores() if self._made.get(one) != one.generation]
        for store in old:
            self._pictures(store)
        if old:
            give_back()

    def _pictures(self, store: Store) -> None:
        self._made[store] = store.generation
        overview(store)
        self._found.census(store)
