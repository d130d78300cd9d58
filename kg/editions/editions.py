"""Which of the two a reader is given: the whole store, or the public edition of it."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from kg.access import Caller, Internal
from kg.editions.edition import Edition
from kg.errors import HomeError
from kg.home import Home
from kg.questions import Questions
from kg.store import Store, memory_store, open_store
from kg.store.embedded.views import View

FOLDER = "public"
"""Where editions are kept, in the home: one of each process, deleted when that ends."""

_SHARED = ("texts", "cleared.jsonl")


def _as_it_is(store: Store) -> None:
    """Do nothing with a store that was opened."""


@dataclass(frozen=True, slots=True)
class _Opened:
    view: View
    edition: Edition
    questions: Questions


class Editions:
    """The whole store, and its public edition from the first question on that must be asked of it."""

    def __init__(
        self,
        whole: Questions,
        *,
        internal: Internal,
        opened: Callable[[Store], None] = _as_it_is,
    ) -> None:
        """Begin with the whole.

        Args:
            whole: A home and its store.
            internal: Which documents are not for everybody.
            opened: Called with the store of the public edition, once it is there.
        """
        self.whole = whole
        self._internal, self._on_opened = internal, opened
        self._public: _Opened | None = None
        self._lock = Lock()

    @property
    def are_one(self) -> bool:
        """Return whether everybody may see everything: no document is internal.

        Raises:
            HomeError: Which are is not to be read.
        """
        return not self._internal.documents()

    def shown_to(self, caller: Caller) -> Questions:
        """Return what a caller may ask, up to date.

        Raises:
            HomeError: Which documents are internal is not to be read; nobody is shown anything then.
            StoreError: A store failed.
        """
        hidden = self._internal.documents()
        if caller.internal or not hidden:
            return self.whole
        with self._lock:
            if self._public is None:
                self._public = self._made()
            self._public.edition.follow(hidden)
            return self._public.questions

    def stores(self) -> tuple[Store, ...]:
        """Return the whole store, and the one of the public edition where there is one."""
        public = self._public
        return (self.whole.store, public.questions.store) if public else (self.whole.store,)

    def close(self) -> None:
        """Let go of the public edition; the whole store stays open."""
        with self._lock:
            if self._public is not None:
                self._public.questions.store.close()
                self._public.view.close()
                self._public = None

    def _made(self) -> _Opened:
        path, settings = self.whole.home.path, self.whole.settings
        try:
            view = View.taken(path / FOLDER)
            for name in _SHARED:  # what a text says is found by its hash, which the edition tells
                (view.folder / name).symlink_to((path / name).resolve())
        except OSError as error:
            raise HomeError(path=path / FOLDER, detail=error.strerror or error) from error
        home = Home(view.folder)
        if self.whole.store.address == "memory:":
            store: Store = memory_store(service_allow=settings.service_allow)
        else:
            store = open_store(home.store, settings=settings, serving=True)
        self._on_opened(store)
        edition = Edition(self.whole.store, store, settings=settings, scratch=view.folder)
        return _Opened(view, edition, Questions(home, store, settings))
