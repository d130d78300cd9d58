"""The pages beside the explorer in a real browser: gaps, documents, what if, and every view.

The plans are invented.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, expect

from kg.home import Home
from kg.settings import Settings
from kg.store import open_store
from kg.workspace import Workspace
from tests.browser.conftest import Watched, serving, watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TOKEN = "a-token-for-tests"
A4_PX = 718  # 190 mm between margins of 10 mm
ID = "https://w3id.org/qualitykg/id/"
NS = "https://w3id.org/qualitykg/ns#"
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "\u202e反向\u2066标记",
    "长" * 10_000,
)
PLAN = """云溪省质量提升行动方案
一、重点任务
提出九项重点任务。
（一）提升产品质量。完善产品质量分级制度。（省市场监管局牵头）
本文件为虚构示例，此处丢失：质\ufffd量。
"""
PAGES = (
    "gaps",
    "documents",
    "documents/crowd",
    "whatif",
    "views/matrix",
    "views/timeline",
    "views/sankey",
    "views/map",
    "sparql?editor=plain",
    "ns",
    ".well-known/void",
    "docs",
)


def hostile_plan() -> bytes:
    """Return an invented plan whose bodies and tasks have hostile names."""
    graph, document = f"{ID}graph/crowd", f"{ID}document/crowd"
    lines = [
        f"<{document}> a <{NS}Document>",
        f'<{document}> <label> "云泽省质量计划"@zh',
        f"<{document}> <{NS}atLevel> <{NS}province>",
        f"<{ID}text/crowd> <{NS}textOf> <{document}>",
        f'<{ID}text/crowd> <{NS}fileName> "{quoted(HOSTILE[1])}.txt"',
        f'<{ID}text/crowd> <{NS}textSha256> "00"',
    ]
    for at, name in enumerate(HOSTILE):
        task, body, duty = (f"{ID}{kind}/crowd.{at}" for kind in ("task", "body", "link"))
        lines += [
            f"<{task}> a <{NS}Task>",
            f'<{task}> <label> "{quoted(name)}"@zh',
            f"<{task}> <{NS}statedIn> <{document}>",
            f"<{body}> a <{NS}Department>",
            f'<{body}> <label> "{quoted(name)}"@zh',
            f"<{duty}> a <{NS}Responsibility>",
            f"<{duty}> <{NS}responsibilityFor> <{task}>",
            f"<{duty}> <{NS}heldBy> <{body}>",
            f"<{duty}> <{NS}inRole> <{NS}support>",
        ]
    known = {
        " a ": " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ",
        " <label> ": " <http://www.w3.org/2000/01/rdf-schema#label> ",
    }
    text = "".join(f"{line} <{graph}> .\n" for line in lines)
    for short, whole in known.items():
        text = text.replace(short, whole)
    return text.encode()


def quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')


@pytest.fixture(scope="module")
def service(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a service that wants a token of whoever writes."""
    settings = Settings(home=tmp_path_factory.mktemp("pages") / "home", token=TOKEN)
    home = Home.create(settings.home)
    store = open_store(home.store, settings=settings)
    plan = root / "data" / "plans" / "yunling-province.txt"
    assert list(Workspace(home=home, store=store, settings=settings).build([plan]))
    store.replace(f"{ID}graph/crowd", hostile_plan())
    with serving(settings, store) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    yield made
    made.close()


@pytest.fixture
def watched(context: BrowserContext, service: str) -> Watched:
    return watch(context, service)


def give_token(watched: Any, token: str = TOKEN) -> None:
    """Type the token that a write asks for, and forget that the browser told of the refusal."""
    watched.page.wait_for_selector("dialog[open]")
    watched.page.keyboard.type(token)
    watched.page.keyboard.press("Enter")
    assert all("Failed to load resource" in words for words in watched.complaints)
    watched.complaints.clear()


def test_findings_are_narrowed_down_by_clicks_and_the_address_keeps_it(watched: Any) -> None:
    watched.open("gaps")
    page = watched.page
    choice = page.locator(".facets a", has_text="G01").first
    number = int(choice.locator(".count").inner_text())
    choice.click()
    expect(page.locator(".total")).to_contain_text(f"共 {number} 项")
    expect(page.locator("article.gap h2 a").first).to_contain_text("G01")
    assert "type=G01" in page.url
    page.reload()
    expect(page.locator(".facets [aria-current]", has_text="G01")).to_have_count(1)
    page.click("text=取消全部筛选")
    page.click("text=下一页")
    expect(page.locator(".total")).to_contain_text("第 21–")
    watched.check()


def test_a_finding_is_marked_by_keyboard_with_the_token_and_can_be_hidden(watched: Any) -> None:
    watched.open("gaps?type=G05")
    page = watched.page
    before = page.locator("article.gap").count()
    page.locator("article.gap input[name=note]").first.focus()
    page.keyboard.type("已另行安排")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("dialog p")).to_have_text("写入需要令牌；请向服务管理者索取，填在下面")
    give_token(watched, "wrong")
    expect(page.locator("dialog p")).to_contain_text("令牌不正确")
    give_token(watched)
    expect(page.locator("article.gap .mark").first).to_have_text("不是缺口")
    expect(page.locator("article.gap").first).to_contain_text("已另行安排")
    expect(page.locator("article.gap h2 a").first).to_be_focused()
    page.locator(".facets a", has_text="隐藏").click()
    expect(page.locator("article.gap")).to_have_count(before - 1)
    page.locator(".facets a", has_text="不是缺口").last.click()
    page.wait_for_selector("body[data-ready]")
    page.click("button[value=open]")
    expect(page.locator("article.gap")).to_have_count(0)
    watched.check()


def test_a_plan_is_sent_in_and_can_be_read_with_what_was_found(watched: Any) -> None:
    watched.open("documents")
    page = watched.page
    page.set_input_files(
        "input[type=file]",
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": PLAN.encode()},
    )
    page.click("#upload > button")
    give_token(watched)
    expect(page.locator("#job [role=status]")).to_contain_text("完成 · 1/1", timeout=30_000)
    expect(page.locator("#list")).to_contain_text("云溪省质量提升行动方案")
    page.locator("#job a", has_text="plan.txt").click()
    expect(page.locator(".text .of-department")).to_have_text("省市场监管局")
    page.locator("#issues a").first.click()
    expect(page.locator(".doubt:target")).to_have_text("九项重点任务1 ")
    look = "(e) => getComputedStyle(e).backgroundColor"
    shown = page.locator(".text .of-department").evaluate(look)
    page.uncheck("#show-department")
    assert page.locator(".text .of-department").evaluate(look) != shown
    watched.check()


def test_a_body_is_dragged_out_and_what_falls_is_shown(watched: Any) -> None:
    watched.open("whatif")
    page = watched.page
    name = page.locator("#listed li span").first.inner_text()
    page.drag_and_drop("#listed li >> nth=0", "#drop")
    expect(page.locator("#changes li")).to_contain_text(f"撤销 {name}")
    expect(page.locator("#result h2", has_text="不再有牵头的措施")).to_be_visible()
    expect(page.locator("#result .differs").first).to_be_visible()
    page.reload()
    expect(page.locator("#changes li")).to_contain_text(f"撤销 {name}")
    watched.check()


def test_changes_are_made_and_taken_back_by_keyboard_alone(watched: Any) -> None:
    watched.open("whatif")
    page = watched.page
    page.focus("#find")
    page.keyboard.type("云岭省水利厅")
    expect(page.locator("#listed li")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#changes li")).to_contain_text("撤销 云岭省水利厅")
    page.locator("#changes button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#changes li")).to_have_count(0)
    expect(page.locator("#find")).to_be_focused()
    watched.check()


@pytest.mark.parametrize(
    ("form", "given", "told"),
    [
        ("merge", {"gone": "云岭省水利厅", "kept": "云岭省商务厅"}, "云岭省商务厅"),
        ("delay", {"measure": "提升建筑材料质量", "year": "2031"}, "2031"),
        ("assign", {"measure": "提升建筑材料质量", "body": "云岭省商务厅"}, "云岭省商务厅"),
        ("channel", {"one": "云岭省水利厅", "other": "云岭省商务厅"}, "云岭省水利厅"),
    ],
)
def test_every_other_change_has_a_form(
    watched: Any, form: str, given: dict[str, str], told: str
) -> None:
    watched.open("whatif")
    page = watched.page
    page.click(".more-changes summary")
    for name, value in given.items():
        page.fill(f"form[data-change={form}] [name={name}]", value)
    page.click(f"form[data-change={form}] button")
    expect(page.locator("#changes li")).to_contain_text(told)
    expect(page.locator("#state")).to_have_text("已推演")
    expect(page.locator("#result .figures")).to_be_visible()
    watched.check()


def test_a_change_of_what_is_not_there_is_told_and_can_be_undone(watched: Any) -> None:
    watched.open("whatif?body=body/none")
    page = watched.page
    expect(page.locator("#result [role=alert]")).to_contain_text("body/none")
    page.click("#changes button")
    expect(page.locator("#result [role=alert]")).to_have_count(0)
    watched.complaints.clear()  # the browser told of the answer with an error status
    watched.check()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_no_page_has_a_serious_barrier_or_is_wider_than_the_screen(
    browser: Browser, service: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    watched = watch(context, service)
    found = {}
    for address in PAGES:
        watched.page.goto(service + address)
        watched.page.wait_for_load_state("networkidle")
        room = watched.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        barriers = [
            (one["id"], [node["html"][:120] for node in one["nodes"]][:3])
            for one in Axe().run(watched.page).response["violations"]
            if one["impact"] in {"serious", "critical"}
        ]
        found[address] = (barriers, room > 0 and room)
        watched.check()
    context.close()
    assert {address: one for address, one in found.items() if any(one)} == {}


def test_hostile_names_stay_words(watched: Any) -> None:
    page = watched.page
    for address in ("gaps?document=document/crowd", "documents", "whatif"):
        watched.open(address)
        text = page.inner_text("main")
        assert "onerror=alert(1)>" in text
        assert page.locator("main img, main script").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#listed button").last.click()
    expect(page.locator("#state")).to_have_text("已推演")
    watched.check()


def test_gaps_can_be_read_and_narrowed_without_any_script(browser: Browser, service: str) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(service + "gaps")
    page.locator(".facets a", has_text="high").first.click()
    expect(page.locator("article.gap .severity").first).to_have_text("high")
    expect(page.locator(".marking").first).to_be_hidden()
    context.close()


@pytest.mark.parametrize("address", ["documents", "gaps", "views/matrix", "views/timeline"])
def test_a_page_on_paper_loses_nothing_at_its_edge(watched: Any, address: str) -> None:
    watched.page.set_viewport_size({"width": A4_PX, "height": 900})
    for lang in ("zh", "en"):
        watched.page.goto(f"{watched.base}{address}?lang={lang}")
        watched.page.emulate_media(media="print")
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= A4_PX
        ends = (
            "[...document.querySelectorAll('table')].map(one => one.getBoundingClientRect().right)"
        )
        assert max(watched.page.evaluate(ends), default=0) <= A4_PX
        watched.page.emulate_media(media="screen")
