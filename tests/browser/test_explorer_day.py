"""The explorer through a working day: filters, the text in place, groups, paths, keys, the address.

What is invented here says so: a plan of a province that does not exist, and a crowd of tasks.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Route, expect

from kg.home import Home
from kg.settings import Settings
from kg.store import memory_store, open_store
from kg.workspace import Workspace
from tests.browser.conftest import Watched, serving, watch
from tests.plans import STANDARDS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ID = "https://w3id.org/qualitykg/id/"
NS = "https://w3id.org/qualitykg/ns#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
KINDS = ("gap", "type", "level", "area", "document", "body", "basis", "relation", "sure")
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '" href="javascript:alert(1)',
    "</script><script>alert(1)</script>",
    "\u202e反向\u2066标记",
    "长" * 10_000,
    "=HYPERLINK(1)",
    "{{ 7 * 7 }}",
)


def crowd(count: int, labels: tuple[str, ...] = ()) -> bytes:
    """Return an invented plan with one group of *count* tasks, the first of them named *labels*."""
    graph, document, group = f"{ID}graph/crowd", f"{ID}document/crowd", f"{ID}taskGroup/crowd.g"
    lines = [
        f"<{document}> <{RDF_TYPE}> <{NS}Document>",
        f'<{document}> <{LABEL}> "云泽省质量计划"@zh',
        f"<{document}> <{NS}atLevel> <{NS}province>",
        f"<{group}> <{RDF_TYPE}> <{NS}TaskGroup>",
        f'<{group}> <{LABEL}> "汇集各项任务"@zh',
        f"<{group}> <{NS}statedIn> <{document}>",
    ]
    for at in range(count):
        task = f"{ID}task/crowd.{at}"
        name = labels[at] if at < len(labels) else f"推进第{at}项任务"
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        lines += [
            f"<{task}> <{RDF_TYPE}> <{NS}Task>",
            f'<{task}> <{LABEL}> "{quoted}"@zh',
            f"<{task}> <{NS}partOf> <{group}>",
            f"<{task}> <{NS}statedIn> <{document}>",
        ]
    return "".join(f"{line} <{graph}> .\n" for line in lines).encode()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a service over a plan that was read, with its text at hand."""
    folder = tmp_path_factory.mktemp("built")
    plan = folder / "plan.txt"
    plan.write_text(STANDARDS, encoding="utf-8")
    settings = Settings(home=folder / "home")
    home = Home.create(settings.home)
    store = open_store(home.store, settings=settings)
    assert list(Workspace(home=home, store=store, settings=settings).build([plan]))
    with serving(settings, store) as address:
        yield address


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a service over more tasks than one picture may hold."""
    store = memory_store()
    store.replace(f"{ID}graph/crowd", crowd(400, HOSTILE))
    with serving(Settings(home=tmp_path_factory.mktemp("home")), store) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    yield made
    made.close()


def told(watched: Watched) -> int:
    return int(re.match(r"\d+", watched.page.text_content("#status") or "").group())  # type: ignore[union-attr]


def choose(watched: Watched, words: str) -> None:
    watched.page.fill("#q", words)
    watched.page.wait_for_selector("#hits [role=option]")
    watched.page.keyboard.press("Enter")
    watched.settle()


def until(watched: Watched, met: Callable[[], bool], seconds: int = 20) -> None:
    """Let the page go on until something is *met*."""
    for _ in range(seconds * 10):
        if met():
            return
        watched.page.wait_for_timeout(100)
    pytest.fail(f"not met within {seconds} s")


def entry(watched: Watched, kind: str, name: str) -> Any:
    place = watched.page.locator(f"#{kind}-filter")
    if not place.is_visible():
        watched.page.click(f"#legend details[data-kind={kind}] summary")
    return place.locator(f'[data-name="{name}"]')


# ---- the legend


@pytest.mark.parametrize(
    ("kind", "name", "fewer"),
    [
        ("level", "prefecture", 3),
        ("area", "临江市", 2),
        ("document", "document/city", 2),
        ("body", "body/city", 2),
        ("gap", "high", 1),
    ],
)
def test_each_kind_of_the_legend_takes_away_what_it_counts(
    watched: Watched, kind: str, name: str, fewer: int
) -> None:
    watched.open()
    before = told(watched)
    one = entry(watched, kind, name).first
    count = int(one.locator(".count").text_content() or 0)
    one.click()
    assert before - told(watched) == count
    assert count >= fewer
    watched.page.keyboard.press("Control+z")
    assert told(watched) == before
    watched.check()


def test_only_leaves_one_of_a_kind_and_all_again_brings_the_rest_back(watched: Watched) -> None:
    watched.open()
    before = told(watched)
    only = entry(watched, "type", "goal").nth(1)
    only.focus()
    only.press("Enter")
    assert told(watched) == 2
    watched.page.click('#legend [data-kind=type][data-name="*"]')
    assert told(watched) == before
    watched.check()


def test_lines_are_filtered_by_basis_relation_and_confidence(watched: Watched) -> None:
    watched.open()
    choose(watched, "建设质量标准实验室")
    lines = int((watched.page.text_content("#status") or "").split("·")[1].split()[0])
    for kind, name in (("basis", "stated"), ("relation", "ledBy"), ("sure", "70")):
        one = entry(watched, kind, name).first
        count = int(one.locator(".count").text_content() or 0)
        one.click()
        now = int((watched.page.text_content("#status") or "").split("·")[1].split()[0])
        assert lines - now == count > 0
        one.click()
    watched.check()


# ---- words


def test_a_quote_is_shown_where_it_stands_in_the_text(context: BrowserContext, built: str) -> None:
    watched = watch(context, built)
    watched.open()
    choose(watched, "开展分级评价")
    assert watched.page.text_content("#panel .kind .badge") == "原文写明"
    watched.page.locator("#panel blockquote button").first.click()
    watched.settle()
    source = watched.page.locator("#panel .source").first
    assert "分级评价" in (source.locator("mark").first.text_content() or "")
    assert "虚构示例" in (source.text_content() or "")
    other = source.locator("a.found").first
    other.click()
    watched.settle()
    assert watched.page.locator("#panel h2").text_content() != "开展分级评价"
    watched.check()


def test_the_panel_names_gaps_with_reason_and_remedy(watched: Watched) -> None:
    watched.open()
    choose(watched, "到2025年质量")
    assert watched.page.locator("#panel .finding .remedy").count() > 0
    watched.check()


# ---- more than a picture holds


def test_groups_lead_to_a_plan_and_on_to_what_lies_around_a_task(watched: Watched) -> None:
    watched.open()
    watched.page.click("[data-do=groups]")
    watched.settle()
    assert watched.page.text_content("#panel h2") == "汇总图"
    assert 0 < told(watched) < 300
    assert "scene=groups" in watched.page.url
    watched.page.locator(".plans button", has_text="云岭质量建设纲要").click()
    watched.settle()
    assert "scene=plan" in watched.page.url
    assert watched.page.text_content("#panel h2") == "《云岭质量建设纲要》"
    choose(watched, "加强产业链全面")
    assert "加强产业链全面" in (watched.page.text_content("#panel h2") or "")
    for _ in range(3):
        watched.page.keyboard.press("Control+z")
        watched.settle()
    assert watched.page.text_content("#panel h2") == "从这里读起"
    watched.check()


def test_a_group_tells_its_count_and_opens_by_keyboard(watched: Watched) -> None:
    watched.open("#scene=groups")
    watched.page.focus("#canvas")
    watched.page.keyboard.press("ArrowRight")
    watched.settle()
    assert "汇总为一张卡片" in (watched.page.text_content("#panel") or "")
    assert watched.page.locator("[data-do=path]").is_disabled()
    watched.page.keyboard.press("Enter")
    watched.settle()
    assert "scene=groups+" in watched.page.url
    watched.check()


def test_a_large_relation_comes_in_parts_and_no_picture_holds_more_than_the_limit(
    context: BrowserContext, crowded: str
) -> None:
    watched = watch(context, crowded)
    watched.open()
    choose(watched, "汇集各项任务")
    row = watched.page.locator(".relations > li", has_text="包含")
    row.locator("button.small").first.click()
    expect(row.locator("button.small").first).to_contain_text("24 / 400")
    post = (
        "keys => fetch('/api/view', {method: 'POST', headers: {'Content-Type': 'application/json'},"
        " body: JSON.stringify({keys})}).then(r => r.json()).then(a => [a.nodes.length, a.truncated])"
    )
    keys = [f"task/crowd.{at}" for at in range(400)]
    assert watched.page.evaluate(post, keys) == [300, True]
    places = "+".join(f"task/crowd.{at},{at * 9},{at * 9}" for at in range(299))
    watched.page.goto("about:blank")
    watched.open(f"#n={places}+taskGroup/crowd.g,0,0")
    assert told(watched) == 300
    choose(watched, "推进第399项")
    expect(watched.page.locator("#status")).to_contain_text("最多画 300 个节点")
    assert "汇总" in (watched.page.text_content("#status") or "")
    watched.check()


def test_what_is_chosen_while_the_findings_are_weighed_stays_on_the_page(
    context: BrowserContext, tmp_path: Path
) -> None:
    store = memory_store()
    store.replace(f"{ID}graph/crowd", crowd(400))
    held: list[Route] = []
    with serving(Settings(home=tmp_path), store) as address:
        watched = watch(context, address)
        context.route(re.compile(r"/api/overview\?.*wait=true"), lambda route: held.append(route))
        watched.open()
        until(watched, lambda: bool(held))
        watched.page.fill("#q", "推进第399项")
        watched.page.wait_for_selector("#hits [role=option]")
        watched.page.keyboard.press("Enter")
        watched.page.wait_for_timeout(300)
        held[0].continue_()
        expect(watched.page.locator("#panel h2")).to_have_text("推进第399项任务")
        watched.settle()
        assert watched.page.text_content("#panel h2") == "推进第399项任务"
        assert "crowd.399" in watched.page.url
        watched.check()


def test_two_acts_at_once_both_come_onto_the_page(context: BrowserContext, crowded: str) -> None:
    watched = watch(context, crowded)
    watched.open("#n=taskGroup/crowd.g,0,0")
    held: list[Route] = []
    context.route(re.compile("/api/view"), lambda route: held.append(route))
    watched.page.fill("#q", "推进第398项")
    watched.page.wait_for_selector("#hits [role=option]")
    watched.page.keyboard.press("Enter")
    until(watched, lambda: len(held) == 1)
    watched.page.fill("#q", "推进第399项")
    watched.page.wait_for_selector("#hits [role=option]")
    watched.page.keyboard.press("Enter")
    watched.page.wait_for_timeout(500)
    context.unroute(re.compile("/api/view"))
    for route in held:
        route.continue_()
    expect(watched.page.locator("#panel h2")).to_have_text("推进第399项任务")
    watched.settle()
    assert "crowd.398" in watched.page.url
    assert "crowd.399" in watched.page.url
    assert "最多画" not in (watched.page.text_content("#status") or "")
    watched.check()


def test_an_address_with_too_many_nodes_is_cut_or_leads_to_the_groups_and_says_so(
    context: BrowserContext, crowded: str
) -> None:
    watched = watch(context, crowded)
    watched.open("#n=" + "+".join(f"task/crowd.{at},0,{at * 80}" for at in range(350)))
    expect(watched.page.locator("#status")).to_contain_text("最多画 300 个节点")
    watched.page.goto("about:blank")
    watched.open("#n=" + "+".join(f"task/x{at},0,0" for at in range(2001)))
    expect(watched.page.locator("#status")).to_contain_text("最多画 2000 个节点")
    assert watched.page.text_content("#panel h2") == "汇总图"
    watched.check()


# ---- paths


def test_a_path_keeps_to_the_relations_that_are_ticked(watched: Watched) -> None:
    watched.open()
    choose(watched, "临江市工业和信息化局")
    watched.page.keyboard.press("p")
    choose(watched, "科学技术厅")
    assert watched.page.locator("#panel .way").count() >= 1
    address = watched.page.url
    watched.page.uncheck("#panel .options [name=familyUptake]")
    watched.page.select_option("#panel .options select", "5")
    watched.page.click("#panel .options button")
    watched.settle()
    assert "承接" not in " ".join(watched.page.locator("#panel .way").all_text_contents())
    watched.page.goto("about:blank")
    watched.page.goto(address)
    watched.page.wait_for_selector("body[data-ready]")
    assert "&w=body/city" in watched.page.url
    watched.check()


# ---- the picture


def test_hidden_things_come_back_and_pinned_ones_stay(watched: Watched) -> None:
    watched.open()
    before = told(watched)
    choose(watched, "品牌培育")
    watched.page.keyboard.press("o")
    alone = told(watched)
    assert alone < before
    watched.page.keyboard.press("u")
    assert told(watched) == before
    watched.page.keyboard.press("k")
    assert watched.page.text_content("[data-do=pin]") == "取消固定"
    assert "&p=action/brand" in watched.page.url
    watched.page.keyboard.press("h")
    assert told(watched) == before - 1
    watched.check()


def test_the_address_gives_filters_table_and_place_again(watched: Watched) -> None:
    watched.open()
    choose(watched, "临江市质量提升方案")
    watched.page.locator(".relations > li", has_text="载明").locator("button.small").first.click()
    watched.settle()
    watched.page.click("#type-filter .entry[data-name=goal]")
    watched.page.keyboard.press("+")
    watched.settle()
    watched.page.keyboard.press("v")
    watched.settle()
    address, status = watched.page.url, watched.page.text_content("#status")
    watched.page.goto("about:blank")
    watched.page.goto(address)
    watched.page.wait_for_selector("body[data-ready]")
    watched.settle()
    assert watched.page.text_content("#status") == status
    assert watched.page.url == address
    assert watched.page.locator("#table").is_visible()
    watched.check()


def test_an_address_that_was_tampered_with_shows_nothing_that_the_graph_has_not(
    watched: Watched,
) -> None:
    watched.open(
        "#n=task/chain,0,0+body/open,x,y+task/none,1,1&e=task/chain~statedIn~body/none&v=a+b"
    )
    assert told(watched) == 1
    watched.page.goto("about:blank")
    off = "&".join(f"o-{kind}=%3Cimg%3E" for kind in KINDS)
    watched.open(f"#scene=nothing&{off}&lang=xx&s=task/none")
    expect(watched.page.locator("#status")).to_contain_text("图中没有这个节点")
    watched.page.keyboard.press("v")
    assert watched.page.locator("#table tbody").first.locator("tr").count() == 14
    assert watched.page.evaluate("window.alerts") == 0


# ---- everybody


def test_search_expand_and_read_go_by_keyboard_alone(watched: Watched) -> None:
    watched.open()
    keys = watched.page.keyboard
    keys.press("/")
    keys.type("scjg")
    watched.page.wait_for_selector("#hits [role=option]")
    keys.press("ArrowDown")
    keys.press("Enter")
    watched.settle()
    expect(watched.page.locator("#canvas")).to_be_focused()
    before = told(watched)
    keys.press("Enter")
    expect(watched.page.locator("#status")).not_to_contain_text(f"{before} 个节点")
    watched.settle()
    keys.press("d")
    expect(watched.page.locator("#panel")).to_be_focused()
    keys.press("Tab")
    inside = "document.activeElement.closest('#panel') !== null"
    assert watched.page.evaluate(inside)
    watched.page.locator("#panel .relations button.small:enabled").first.focus()
    keys.press("Enter")
    watched.settle()
    assert watched.page.evaluate(inside)
    watched.check()


def test_help_table_and_export_go_by_keyboard_alone(watched: Watched) -> None:
    watched.open()
    keys = watched.page.keyboard
    keys.press("?")
    expect(watched.page.locator("#help")).to_be_visible()
    keys.press("Escape")
    expect(watched.page.locator("#help")).not_to_be_visible()
    keys.press("v")
    expect(watched.page.locator("#table")).to_be_visible()
    watched.page.locator("#table button").first.focus()
    keys.press("Enter")
    watched.settle()
    assert watched.page.locator("#panel .kind").count() == 1
    watched.page.focus(".menu summary")
    keys.press("Enter")
    keys.press("Tab")
    with watched.page.expect_download() as given:
        keys.press("Enter")
    assert given.value.suggested_filename == "quality-graph.png"
    watched.check()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_serious_barrier_in_any_state_of_the_page(
    browser: Browser, server: str, dark: bool
) -> None:
    context = browser.new_context(color_scheme="dark" if dark else "light", bypass_csp=True)
    watched = watch(context, server)
    states = {
        "": None,
        "#scene=groups": None,
        "#s=task/chain": None,
        "#t=1": None,
        "#lang=en": "?",
        "views/network": None,
    }
    found = {}
    for address, key in states.items():
        watched.page.goto("about:blank")
        watched.open(address)
        watched.page.evaluate(
            "document.querySelectorAll('details').forEach(one => { one.open = true })"
        )
        if key:
            watched.page.keyboard.press(key)
        watched.settle()
        found[address] = [
            (one["id"], [node["html"][:120] for node in one["nodes"]][:3])
            for one in Axe().run(watched.page).response["violations"]
            if one["impact"] in {"serious", "critical"}
        ]
    context.close()
    assert {address: one for address, one in found.items() if one} == {}
    assert len(found) == len(states)


def test_hostile_names_stay_words_wherever_they_are_shown(
    context: BrowserContext, crowded: str, tmp_path: Path
) -> None:
    watched = watch(context, crowded)
    places = "+".join(f"task/crowd.{at},0,{at * 80}" for at in range(len(HOSTILE)))
    watched.open(f"#n={places}+taskGroup/crowd.g,-400,0&s=task/crowd.5")
    page = watched.page
    assert page.locator("#panel h2").text_content() == HOSTILE[5]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    box = page.locator("#panel h2").bounding_box()
    assert box is not None
    assert box["height"] < 300
    page.keyboard.press("v")
    assert page.locator("#table tbody tr").count() == 2 * len(HOSTILE) + 1
    assert page.locator("#table img, #panel img, #table script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    page.keyboard.press("v")
    for ending in ("svg", "csv", "graphml", "jsonld"):
        page.click(".menu summary")
        with page.expect_download() as given:
            page.click(f"[data-do={ending}]")
        text = Path(given.value.path()).read_text(encoding="utf-8-sig")
        assert len(text) > 500
        if ending in {"svg", "graphml"}:
            assert "<script" not in text
            assert "<img" not in text
        if ending == "csv":
            assert '"\'=HYPERLINK(1)"' in text
    watched.check()
    saved = tmp_path / "picture.svg"
    saved.write_bytes(
        page.request.post(
            watched.base + "api/view/svg", data={"keys": [f"task/crowd.{at}" for at in range(8)]}
        ).body()
    )
    page.goto(saved.as_uri())
    assert page.evaluate("window.alerts") == 0


def test_a_page_reduced_to_a_phone_keeps_caption_tools_and_table_in_reach(narrow: Watched) -> None:
    narrow.open("#scene=groups")
    for name in ("groups", "nearer"):
        assert narrow.page.locator(f"[data-do={name}]").count() == 1
    narrow.page.locator("[data-do=view-table]").click()
    assert narrow.page.evaluate("document.documentElement.scrollWidth") <= 390
    narrow.check()
