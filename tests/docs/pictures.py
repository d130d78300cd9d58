"""Pictures of pages, taken by tests; ``QKG_REWRITE_EXPECTED=1`` (`make pictures`) keeps them anew."""

import os
import struct
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize

REWRITE = bool(os.environ.get("QKG_REWRITE_EXPECTED"))
VIEW = ViewportSize(width=1200, height=750)


def check_picture(browser: Browser, address: str, kept: Path, view: ViewportSize = VIEW) -> None:
    """Take a page at *address* as PNG, and see that it is of the size of the one that is *kept*."""
    taken = _picture(browser, address, view)
    if REWRITE:
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(taken)
    assert len(taken) > 15_000
    assert _dimensions(taken) == _dimensions(kept.read_bytes())


def _picture(browser: Browser, address: str, view: ViewportSize) -> bytes:
    """Return a page as PNG, once it has settled."""
    page = browser.new_page(viewport=view, color_scheme="light")
    answer = page.goto(address)
    assert answer is None or answer.ok
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    taken = page.screenshot(animations="disabled")
    page.close()
    return taken


def _dimensions(png: bytes) -> tuple[int, int]:
    """Return width and height of a PNG (its IHDR, RFC 2083)."""
    width, height = struct.unpack(">II", png[16:24])
    return width, height
