"""A real server on a real socket, over a store in memory."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import httpx2
import pytest
import uvicorn

from api.app import create_app
from kg.settings import Settings
from kg.store import Store, memory_store

TOKEN = "a-token-for-tests"


@contextmanager
def served(settings: Settings, store: Store) -> Iterator[str]:
    """Run the service in a thread; yield its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        app = create_app(settings, store=store)
        config = uvicorn.Config(app, log_level="warning", ws="none", proxy_headers=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the server did not start"
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


Start = Callable[..., httpx2.Client]


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Start]:
    """Start a service with settings of its own and a client for it."""
    with ExitStack() as stack:

        def begin(store: Store | None = None, **given: object) -> httpx2.Client:
            given = {"home": tmp_path_factory.mktemp("home"), **given}
            settings = Settings(**given)  # type: ignore[arg-type]
            url = stack.enter_context(served(settings, store or memory_store()))
            return stack.enter_context(httpx2.Client(base_url=url, trust_env=False, timeout=60))

        yield begin


@pytest.fixture(scope="module")
def client(start: Start) -> httpx2.Client:
    """A client of a service that lets loopback write."""
    return start(open_writes=True)
