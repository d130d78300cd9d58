"""How long the explorer takes: ``python -m bench.explorer --size 1m``.

A service over an invented nation and a headless Chromium on the same machine, as a user has them.
Told are medians of wall clock, which other work on the machine disturbs, and of the processor time
of the page's own process, which it hardly does.
"""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

from bench.generator import size_of
from bench.load import answers, free_port
from bench.measure import Measure, Result
from bench.queries import stored
from bench.searching import ASKED
from kg.home import Home
from kg.model import Level

SIZE = "1m"
_DRAWN, _LARGE = 300, 1000  # nodes of the picture that is moved, and of the page of pyvis
_LIMITS = range(5, 25)
_TURNS, _EXPANSIONS, _MOVES = 5, 20, 60
_READY = "body[data-ready]"
_EXPAND = """async ([keys, node]) => {
  const began = performance.now();
  const answer = await fetch("/api/view", {method: "POST", headers: {"Content-Type": "application/json"},
    body: JSON.stringify({keys, expand: {node, limit: 25}})});
  await answer.json();
  return performance.now() - began;
}"""
# vis clears the canvas once for each frame that it draws
_COUNT = """window.frames_drawn = 0;
const clear = CanvasRenderingContext2D.prototype.clearRect;
CanvasRenderingContext2D.prototype.clearRect = function (...given) {
  window.frames_drawn += 1; return clear.apply(this, given); };"""


def measured(folder: Path, *, size: str = SIZE) -> Iterator[Result]:
    """Yield the figures of the explorer over a nation of *size*, kept in *folder*."""
    home = _home(folder, size)
    with _served(home) as base, _browser() as browser:
        overview = _get(base + "api/overview?layout=true")
        keys = [node["key"] for node in overview["nodes"]]
        yield from _answers(base, size)
        yield _opening(browser, base, "start view", f"at {size}")
        yield _expanding(browser, base, keys, size)
        large = [n["key"] for n in _get(f"{base}api/overview?limit={_DRAWN}")["nodes"]]
        yield from _moving(browser, base, large)
        area = f"views/network?node={_hub(base)}&depth=5&limit={_LARGE}"
        yield _opening(browser, base + area, f"page of pyvis, up to {_LARGE:,} nodes", f"at {size}")


def _home(folder: Path, size: str) -> Path:
    """Return a home with a nation of this size, which is made where it is not there."""
    home = folder / f"home-{size}"
    if not (home / "store").exists():
        stored(folder / size, triples=size_of(size))
        Home.create(home)
        shutil.rmtree(home / "store", ignore_errors=True)
        shutil.copytree(folder / size / "store", home / "store")
    return home


@contextmanager
def _served(home: Path) -> Iterator[str]:
    """Yield the address of a service that has made ready what it makes ready at its start."""
    port = free_port()
    command = [
        str(Path(sys.executable).with_name("qkg")),
        "serve",
        "--home",
        str(home),
        "--port",
        str(port),
    ]
    limit = {"QKG_SUBGRAPH_LIMIT": str(_LARGE)}
    with subprocess.Popen(command, env=os.environ | limit, stdout=subprocess.DEVNULL) as service:
        base = f"http://127.0.0.1:{port}/"
        try:
            if not answers(base + "api/gaps?limit=1", service):
                raise ChildProcessError(shlex.join(command))
            yield base
        finally:
            service.terminate()


def _get(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=300) as answer:
        return json.load(answer)


def _answers(base: str, size: str) -> Iterator[Result]:
    """Yield how long search takes, no two questions the same, and the groups of a nation."""
    asked = [urlencode({"q": query, "limit": n}) for n in _LIMITS for query in ASKED]
    times = sorted(_ms(f"{base}api/search?{query}") for query in asked)
    yield Result(f"search over HTTP, median at {size}", median(times), "ms")
    yield Result(f"search over HTTP, p99 at {size}", times[int(len(times) * 0.99)], "ms")
    scenes = ["", *(f"&level={level}" for level in Level)]
    took = [_ms(f"{base}api/aggregate?layout=true{scene}") for scene in scenes]
    yield Result(f"groups over HTTP, slowest of {len(took)} at {size}", max(took), "ms")


def _ms(address: str) -> float:
    began = time.perf_counter()
    _get(address)
    return (time.perf_counter() - began) * 1000


@contextmanager
def _browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


def _page(browser: Browser) -> Page:
    return browser.new_page(viewport={"width": 1440, "height": 900})


def _opening(browser: Browser, address: str, name: str, at: str) -> Result:
    """Return the time from the wish to see a page to its drawing, each time in a new window."""
    times = []
    for _ in range(_TURNS):
        page = _page(browser)
        began = time.perf_counter()
        page.goto(address)
        page.wait_for_selector(_READY, timeout=60_000)
        times.append(time.perf_counter() - began)
        page.close()
    return Result(f"{name}, drawn {at}", median(times), "s")


def _expanding(browser: Browser, base: str, keys: Sequence[str], size: str) -> Result:
    """Return the round trip of expanding each of the first nodes of the start view."""
    page = _page(browser)
    page.goto(base)
    page.wait_for_selector(_READY, timeout=60_000)
    spread = keys[:: max(len(keys) // _EXPANSIONS, 1)][:_EXPANSIONS]
    times = [page.evaluate(_EXPAND, [list(keys), key]) for key in spread]
    page.close()
    return Result(f"expand, round trip at {size}", median(times), "ms")


def _moving(browser: Browser, base: str, keys: Sequence[str]) -> Iterator[Result]:
    """Yield the processor time of the page for each frame of moving and of zooming."""
    page = _page(browser)
    page.add_init_script(_COUNT)
    places = "+".join(f"{key},0,0" for key in keys)
    page.goto(f"{base}#n={places}")
    page.wait_for_selector(_READY, timeout=60_000)
    page.keyboard.press("t")  # tidy: every card at its own place
    page.wait_for_timeout(3000)
    for name in ("pan", "zoom"):
        before, drawn = _renderer(browser), page.evaluate("window.frames_drawn")
        _move(page, name)
        frames = page.evaluate("window.frames_drawn") - drawn
        used = _renderer(browser) - before
        yield Result(f"{name}, {len(keys)} nodes, CPU per frame", 1000 * used / frames, "ms")
    page.close()


def _move(page: Page, name: str) -> None:
    page.mouse.move(500, 800)
    if name == "zoom":
        for at in range(_MOVES):
            page.mouse.wheel(0, 40 if at % 2 else -40)
            page.wait_for_timeout(20)
        return
    page.mouse.down()
    for at in range(_MOVES):
        page.mouse.move(500 + 3 * (at % 20), 800 - at)
        page.wait_for_timeout(20)
    page.mouse.up()


def _renderer(browser: Browser) -> float:
    """Return the processor seconds of all pages' processes until now."""
    session = browser.new_browser_cdp_session()
    told = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return float(sum(one["cpuTime"] for one in told if one["type"] == "renderer"))


def _hub(base: str) -> str:
    """Return the key of the first body of the start view."""
    nodes = _get(base + "api/overview")["nodes"]
    return str(next(node["key"] for node in nodes if node["type"] == "department"))


def explorer() -> Iterator[Result]:
    """Yield the figures over a nation of the usual size."""
    with tempfile.TemporaryDirectory(prefix="nation-") as folder:
        yield from measured(Path(folder))


MEASURES: dict[str, Measure] = {"explorer": explorer}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures at the size that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m bench.explorer", description=__doc__)
    parser.add_argument("--size", default=SIZE)
    parser.add_argument("--folder", type=Path, help="keep the nation here for the next time")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="nation-") as made:
        for one in measured(chosen.folder or Path(made), size=chosen.size):
            print(f"{one.measure:60} {one.value:10.2f} {one.unit}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
