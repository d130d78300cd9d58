"""A real Chromium, a real server, and no way out to any other host."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
import uvicorn
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    Route,
    expect,
    sync_playwright,
)

from api.app import create_app
from kg.settings import Settings
from kg.store import Store
from tests.stores import example_store

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# a violation of the content policy is told to the page before any script of ours runs
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (e) => window.violations.push(e.blockedURI));
window.alerts = 0; window.alert = () => { window.alerts += 1; };
"""


expect.set_options(
    timeout=20_000
)  # what is looked for comes when it is computed, on a busy machine too


@dataclass
class Watched:
    """A page, and all that went wrong on it."""

    page: Page
    base: str
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> None:
        self.page.goto(self.base + path)
        self.page.wait_for_selector("body[data-ready]", timeout=20_000)

    def settle(self) -> None:
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(400)

    def check(self) -> None:
        assert self.outside == []
        assert self.complaints == []
        assert self.page.evaluate("window.violations") == []
        assert self.page.evaluate("window.alerts") == 0


@contextmanager
def serving(settings: Settings, store: Store) -> Iterator[str]:
    """Run the service in a thread; yield its address."""
    app = create_app(settings, store=store)
    service = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=service.run, daemon=True)
    thread.start()
    while not service.started:
        time.sleep(0.02)
        assert thread.is_alive(), "the server did not start"
    port = service.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/"
    service.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(Settings(home=tmp_path_factory.mktemp("home")), example_store()) as address:
        yield address


@pytest.fixture(scope="module")  # its event loop must not outlive the browser tests
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no chromium here; tests/browser/install.sh gets it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGS)
        yield browser
        browser.close()


def watch(context: BrowserContext, base: str) -> Watched:
    page = context.new_page()
    watched = Watched(page, base)

    def guard(route: Route, request: Request) -> None:
        if request.url.startswith((base, "data:", "blob:", "file:")):
            route.continue_()
        else:
            watched.outside.append(request.url)
            route.abort()

    page.add_init_script(LISTEN)
    context.route("**/*", guard)
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.on(
        "console",
        lambda said: (
            watched.complaints.append(said.text) if said.type in {"error", "warning"} else None
        ),
    )
    return watched


@pytest.fixture
def watched(browser: Browser, server: str) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    made = watch(context, server)
    yield made
    context.close()


@pytest.fixture
def narrow(browser: Browser, server: str) -> Iterator[Watched]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True
    )
    made = watch(context, server)
    yield made
    context.close()
