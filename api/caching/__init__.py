"""Answers that are still the same are not worked out, and not sent, again.

One idea: the generation of the store and which of its documents are internal, the program, its
settings and the question make a digest. The digest is the entity tag of a GET (304 where the client
has it already) and the key of the answers kept in memory. Plain ASGI, so that it stands before any
way of answering and streams stay streams.

Before an outside store nothing is kept: others write there without telling.
"""

from functools import partial
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from api.caching.messages import Noted, Posted, Unkept, merged, read_ahead
from api.caching.question import STORE_ALONE, digest_of, is_asked_of_store
from api.caching.results import Header, Results, Whole
from api.clients import SHOWN, caller_of, values_of
from api.requests import LONGEST
from api.validators import edition, names_tag, weak_tag
from kg.questions import Questions
from kg.settings import Settings
from kg.store.remote.store import RemoteStore

__all__ = ["STORE_ALONE", "Caching", "Results", "Whole", "declare"]

_VARY = (b"vary", b"Accept, Accept-Language")


class Caching:
    """Answers a question that was answered before from what is known."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        """Stand before *app*, which answers from what is shown to the caller."""
        self.app = app
        self._settings = settings
        self._edition = edition(settings)
        self._results: dict[str, Results] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or have it answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif is_asked_of_store(scope) and not isinstance(scope[SHOWN].store, RemoteStore):
            posted = await read_ahead(scope, receive, most=LONGEST)
            await self._ask(scope, posted, send)
        else:
            await self.app(scope, receive, Unkept(send) if scope["method"] == "GET" else send)

    async def _ask(self, scope: Scope, posted: Posted, send: Send) -> None:
        shown: Questions = scope[SHOWN]
        results = self._results_of(shown)
        # read before the answer is made: a write in between leaves a tag that is too old, never one
        # that is too new
        generation = shown.store.generation
        digest = self._digest(scope, posted, f"{generation} {sorted(shown.internal())}")
        if digest is None:
            await self.app(scope, posted, Unkept(send))
            return
        validators = self._validators(scope, digest)
        known = b", ".join(values_of(scope, b"if-none-match"))
        if known and validators and names_tag(known, weak_tag(digest)):
            await _send(send, 304, [*validators, _VARY], b"")
            return
        found = results.find(generation, digest)
        if found is not None:
            await _send(send, 200, merged(found.headers, (*validators, _VARY)), found.body)
            return
        keep = partial(results.keep, generation, digest)
        noted = Noted(send, added=(*validators, _VARY), most=results.each, keep=keep)
        await self.app(scope, posted, noted)

    def _results_of(self, shown: Questions) -> Results:
        """Return the answers that are kept of one edition of the store."""
        address, settings = shown.store.address, self._settings
        if address not in self._results:
            self._results[address] = Results(
                most=settings.result_cache_mb * 1_000_000,
                each=settings.result_cache_answer_kb * 1000,
            )
        return self._results[address]

    def _digest(self, scope: Scope, posted: Posted, state: str) -> bytes | None:
        if posted.body is None or (scope["method"] == "POST" and not posted.body):
            return None
        salt = self._edition + state.encode() + b"\0"
        return digest_of(scope, self._settings, salt=salt, body=posted.body)

    def _validators(self, scope: Scope, digest: bytes) -> tuple[Header, ...]:
        """Return the headers that let a client ask again with little cost; a POST has none."""
        if scope["method"] != "GET":
            return ()
        own = caller_of(scope).name
        control = b"private, no-cache" if own else b"no-cache"
        return (b"etag", weak_tag(digest)), (b"cache-control", control)


def declare(document: dict[str, Any]) -> None:
    """Add to an OpenAPI *document* that a GET may find nothing new."""
    for path, methods in document["paths"].items():
        if "get" in methods and path.startswith(STORE_ALONE):
            methods["get"]["responses"].setdefault("304", {"description": "Not Modified"})


async def _send(send: Send, status: int, headers: list[Header], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
