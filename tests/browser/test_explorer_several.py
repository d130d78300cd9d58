"""Several things chosen at once, groups as files, findings after the picture, status of duties."""

import csv
import importlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect

from kg.home import Home
from kg.ledger.columns import FORM
from kg.settings import Settings
from kg.store import open_store
from kg.workspace import Workspace
from tests.browser.conftest import Watched, serving, watch
from tests.plans import STANDARDS
from tests.stores import example_store

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TWO = "#n=body/city,0,0+body/science,0,200&v=0+0+1"  # the first in the middle, the other below it


def told(watched: Watched) -> int:
    return int(re.match(r"\d+", watched.page.text_content("#status") or "").group())  # type: ignore[union-attr]


def chosen(watched: Watched) -> int:
    found = re.search(r"已选 (\d+) 个", watched.page.text_content("#status") or "")
    return int(found.group(1)) if found else 0


def frame(watched: Watched, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag from *start* to *end*, both as shares of the picture's width and height."""
    box = watched.page.locator("#canvas").bounding_box()
    assert box is not None
    at = [
        (box["x"] + box["width"] * across, box["y"] + box["height"] * down)
        for across, down in (start, end)
    ]
    watched.page.mouse.move(*at[0])
    watched.page.mouse.down()
    watched.page.mouse.move(*at[1], steps=5)
    watched.page.mouse.up()
    watched.settle()


def all_of_them(watched: Watched) -> None:
    watched.page.keyboard.down("Shift")
    frame(watched, (0.01, 0.01), (0.99, 0.99))
    watched.page.keyboard.up("Shift")


def saved(watched: Watched, ending: str) -> bytes:
    watched.page.click(".menu summary")
    with watched.page.expect_download() as given:
        watched.page.click(f"[data-do={ending}]")
    return Path(given.value.path()).read_bytes()


def tags(svg: bytes) -> list[str]:
    return [one.tag.rpartition("}")[2] for one in ElementTree.fromstring(svg).iter()]


def test_a_frame_drawn_with_shift_chooses_what_stands_in_it_and_moves_nothing(
    watched: Watched,
) -> None:
    watched.open("#v=505+129+0.762")
    all_of_them(watched)
    assert chosen(watched) == told(watched) == 14
    assert watched.page.text_content("#panel h2") == "已选 14 个"
    assert watched.page.locator(".frame").is_hidden()
    assert "&v=505+129+0.762" in watched.page.url
    watched.page.focus("#canvas")
    watched.page.keyboard.press("Escape")
    assert chosen(watched) == 0
    watched.page.keyboard.down("Shift")
    frame(watched, (0.01, 0.01), (0.3, 0.99))
    watched.page.keyboard.up("Shift")
    few = chosen(watched)
    assert 1 < few < 14
    watched.page.keyboard.press("m")  # the same by a button, for a finger has no Shift
    frame(watched, (0.3, 0.01), (0.99, 0.99))
    assert chosen(watched) == 14
    watched.check()


def test_a_click_with_shift_adds_a_card_and_takes_it_out_again(watched: Watched) -> None:
    watched.open(TWO)
    box = watched.page.locator("#canvas").bounding_box()
    assert box is not None
    middle = {"x": box["width"] / 2, "y": box["height"] / 2}
    below = {"x": middle["x"], "y": middle["y"] + 200}
    canvas = watched.page.locator("#canvas canvas")
    canvas.click(position=middle)
    watched.settle()
    assert watched.page.text_content("#panel h2") == "临江市工业和信息化局"
    canvas.click(position=below, modifiers=["Shift"])
    assert chosen(watched) == 2
    canvas.click(position={"x": 20, "y": 60}, modifiers=["Shift"])  # nothing is there
    assert chosen(watched) == 2
    canvas.click(position=middle, modifiers=["Shift"])
    watched.settle()
    assert chosen(watched) == 0
    assert "科学技术厅" in (watched.page.text_content("#panel h2") or "")
    watched.check()


def test_the_table_chooses_several_and_the_panel_takes_one_out(watched: Watched) -> None:
    watched.open()
    page = watched.page
    page.click("[data-do=view-table]")
    boxes = page.locator("#table input[type=checkbox]")
    assert boxes.count() == 14
    boxes.nth(0).check()
    expect(boxes.nth(0)).to_be_focused()
    boxes.nth(3).check()
    assert chosen(watched) == 2
    names = page.locator("#panel .row.chosen .link").all_text_contents()
    assert len(names) == 2
    page.locator("#panel .row.chosen button.plain").first.click()
    watched.settle()
    assert chosen(watched) == 0
    assert page.locator("#panel h2").text_content() in names
    watched.check()


def test_several_are_hidden_pinned_and_left_alone_together(watched: Watched) -> None:
    watched.open()
    page = watched.page
    page.click("[data-do=view-table]")
    for at in (1, 2, 3):
        page.locator("#table input[type=checkbox]").nth(at).check()
    page.click("[data-do=view-graph]")
    page.click("[data-do=pin]")
    assert page.text_content("[data-do=pin]") == "取消固定"
    pinned = re.search(r"&p=([^&]*)", page.url)
    assert pinned is not None
    assert len(pinned.group(1).split("+")) == 3
    page.click("[data-do=hide]")
    assert told(watched) == 11
    page.keyboard.press("Control+z")
    assert told(watched) == 14
    assert chosen(watched) == 3
    page.click("[data-do=alone]")
    watched.settle()
    assert 3 <= told(watched) < 14
    watched.check()


def test_several_expand_in_one_step_that_can_be_undone(watched: Watched) -> None:
    watched.open("#scene=plan+document/city")
    before = told(watched)
    all_of_them(watched)
    watched.page.locator("#panel button", has_text="全部展开").click()
    watched.settle()
    assert told(watched) > before
    assert chosen(watched) == before
    watched.page.keyboard.press("Control+z")
    watched.settle()
    assert told(watched) == before
    watched.check()


def test_two_chosen_ones_are_the_ends_of_a_path_and_three_are_not(watched: Watched) -> None:
    watched.open("#s=body/city+body/market")
    page = watched.page
    page.keyboard.press("p")
    watched.settle()
    assert page.locator("#panel .way").count() >= 1
    assert "临江市工业和信息化局" in (page.locator("#panel .way").first.text_content() or "")
    page.goto("about:blank")
    watched.open("#s=body/city+body/market+taskGroup/one")
    assert page.locator("[data-do=path]").is_disabled()
    watched.check()


def test_files_hold_what_is_chosen_and_the_address_keeps_it(watched: Watched) -> None:
    watched.open("#s=body/city+body/market+taskGroup/one")
    page = watched.page
    assert chosen(watched) == 3
    page.click(".menu summary")
    assert "选中的 3 个" in (page.text_content("#taken") or "")
    page.click(".menu summary")
    assert tags(saved(watched, "svg")).count("title") == 3
    assert tags(saved(watched, "graphml")).count("node") == 3
    rows = list(csv.reader(io.StringIO(saved(watched, "csv").decode("utf-8-sig"))))
    named = {name for row in rows[1:] for name in (row[0], row[3]) if name}
    assert len(named) == 3
    assert "s=body/city+body/market+taskGroup/one" in page.url
    watched.check()


def test_several_are_chosen_by_keyboard_alone(watched: Watched) -> None:
    watched.open()
    page = watched.page
    page.focus("#canvas")
    page.keyboard.press("ArrowRight")
    watched.settle()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    watched.settle()
    assert chosen(watched) == 3
    page.keyboard.press("Control+a")
    assert chosen(watched) == 14
    page.keyboard.press("h")
    assert told(watched) == 0
    page.keyboard.press("u")
    assert told(watched) == 14
    watched.check()


def test_a_choice_of_several_has_no_serious_barrier(browser: Browser, server: str) -> None:
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
        watched = watch(context, server)
        watched.open("#s=body/city+body/market+taskGroup/one&t=1")
        watched.page.click(".menu summary")
        watched.settle()
        found = [
            (one["id"], [node["html"][:120] for node in one["nodes"]][:3])
            for one in Axe().run(watched.page).response["violations"]
            if one["impact"] in {"serious", "critical"}
        ]
        context.close()
        assert found == []


# ---- groups as files


def test_groups_leave_as_svg_and_as_graphml_with_their_counts(watched: Watched) -> None:
    watched.open("#scene=groups")
    shown = told(watched)
    assert watched.page.locator("[data-do=jsonld]").is_disabled()
    assert tags(saved(watched, "svg")).count("title") == shown
    network = ElementTree.fromstring(saved(watched, "graphml"))
    names = {
        key.get("id"): (key.get("for"), key.get("attr.name"))
        for key in network.iter("{http://graphml.graphdrawing.org/xmlns}key")
    }
    counts = [
        int(data.text or 0)
        for node in network.iter("{http://graphml.graphdrawing.org/xmlns}node")
        for data in node
        if names[data.get("key")] == ("node", "count")
    ]
    assert len(counts) == shown
    assert min(counts) >= 1
    assert ("edge", "count") in names.values()
    watched.check()


# ---- findings that come later


@pytest.fixture
def late(tmp_path: Path) -> Iterator[tuple[Any, str]]:
    """Return a lock that holds back the findings of a service, and its address."""
    lock = importlib.import_module("kg.analysis.gaps.findings")._lock
    with (
        lock,
        serving(Settings(home=tmp_path), example_store()) as address,
    ):  # whoever works them out waits
        yield lock, address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1440, "height": 900})
    yield made
    made.close()


def test_the_picture_does_not_wait_for_the_findings_which_are_marked_once_known(
    context: BrowserContext, late: tuple[Any, str]
) -> None:
    lock, address = late
    watched = watch(context, address)
    watched.open()
    assert told(watched) == 14
    assert "正在计算" in (watched.page.text_content("#caption") or "")
    assert watched.page.locator("#gap-filter").count() == 0
    assert watched.page.locator("#panel .finding").count() == 0
    watched.page.keyboard.press("v")
    watched.page.locator("#table tbody button", has_text="到2025年").first.click()
    expect(watched.page.locator("#panel .kind")).to_have_count(1)  # one reads on meanwhile
    assert "正在计算" in (watched.page.text_content("#panel") or "")
    lock.release()
    try:
        expect(watched.page.locator("#caption")).not_to_contain_text("正在计算")
        expect(watched.page.locator("#panel .finding").first).to_be_visible()
    finally:
        lock.acquire()
    assert watched.page.locator("#gap-filter .entry").count() >= 2
    marks = watched.page.locator("#table tbody").first.locator("td:nth-child(4)")
    assert [text for text in marks.all_text_contents() if text]
    watched.check()


# ---- what a ledger tells


def test_the_details_of_a_duty_tell_what_the_ledger_reported(
    browser: Browser, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text(STANDARDS, encoding="utf-8")
    settings = Settings(home=tmp_path / "home", open_writes=True)
    home = Home.create(settings.home)
    store = open_store(home.store, settings=settings)
    assert list(Workspace(home=home, store=store, settings=settings).build([plan]))
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    with serving(settings, store) as address:
        watched = watch(context, address)
        watched.open()
        opened(watched, "开展分级评价")
        assert watched.page.locator("#panel .status").count() == 0
        report(
            watched,
            progress="试点已启动",
            done="40",
            light="黄",
            reported_on="2026-05-01",
            note="等细则",
        )
        watched.page.reload()
        watched.page.wait_for_selector("body[data-ready]")
        watched.settle()
        told = watched.page.text_content("#panel .status") or ""
        assert told == "试点已启动 · 40% · 黄灯 · 2026-05-01 报送"
        assert watched.page.locator("#panel .status .light.yellow").count() == 1
        assert "等细则" in (watched.page.text_content("#panel") or "")
        watched.page.click("[data-do=lang]")
        watched.settle()
        assert "yellow light · reported 2026-05-01" in (
            watched.page.text_content("#panel .status") or ""
        )
        watched.check()
    context.close()


def opened(watched: Watched, name: str) -> None:
    watched.page.fill("#q", name)
    watched.page.wait_for_selector("#hits [role=option]")
    watched.page.keyboard.press("Enter")
    watched.settle()


def report(watched: Watched, **status: str) -> None:
    """Send the ledger back with this status in the row of the task that is selected."""
    key = watched.page.url.partition("#s=")[2].partition("&")[0]
    sheet = watched.page.request.get(watched.base + "api/ledger?format=csv").text()
    rows = list(csv.DictReader(io.StringIO(sheet.removeprefix("\ufeff"))))
    titles = {column.key: column.heading for column in FORM.columns}
    (row,) = [one for one in rows if key in one[titles["id"]]]
    row.update({titles[name]: value for name, value in status.items()})
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    file = {
        "name": "ledger.csv",
        "mimeType": "text/csv",
        "buffer": out.getvalue().encode("utf-8-sig"),
    }
    done = watched.page.request.post(watched.base + "api/ledger", multipart={"file": file})
    assert done.ok, done.text()
