"""The explorer in a real browser; what it must do is in design/product.md and docs of the page."""

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COUNT = "#status"


def nodes_told(watched: Any) -> int:
    text = watched.page.text_content(COUNT)
    return int(text.split("个节点")[0].strip())


def search(watched: Any, words: str) -> None:
    watched.page.fill("#q", words)
    watched.page.wait_for_selector("#hits [role=option]")


def choose(watched: Any, words: str) -> None:
    search(watched, words)
    watched.page.keyboard.press("Enter")
    watched.settle()


def exported(watched: Any, ending: str) -> bytes:
    watched.page.click(".menu summary")
    with watched.page.expect_download() as given:
        watched.page.click(f"[data-do={ending}]")
    return Path(given.value.path()).read_bytes()


def test_the_page_opens_on_the_overview_and_says_what_it_answers(watched: Any) -> None:
    watched.open()
    page = watched.page
    assert "谁要与谁协同" in page.text_content(".question")
    assert nodes_told(watched) == 14
    assert page.locator("#type-filter .entry").count() == 8
    assert page.locator("#gap-filter .entry").count() >= 2
    assert page.locator(".panel .finding").count() > 0
    painted = page.evaluate(
        "() => { const c = document.querySelector('#canvas canvas');"
        " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n += 1; return n; }"
    )
    assert painted > 5000
    watched.check()


def test_search_suggests_with_type_and_level_and_opens_the_details(watched: Any) -> None:
    watched.open()
    watched.page.keyboard.press("/")
    expect(watched.page.locator("#q")).to_be_focused()
    search(watched, "scjg")
    first = watched.page.locator("#hits [role=option]").first
    assert "云岭省市场监督管理局" in first.text_content()
    assert "党政机构" in first.text_content()
    assert "省级" in first.text_content()
    watched.page.keyboard.press("Enter")
    watched.settle()
    assert watched.page.text_content("#panel h2") == "云岭省市场监督管理局"
    watched.check()


def test_details_quote_the_text_and_name_the_document(watched: Any) -> None:
    watched.open()
    choose(watched, "加强产业链全面")
    quote = watched.page.locator("#panel blockquote").first
    assert "加强产业链全面质量管理" in quote.text_content()
    assert "云岭质量建设纲要" in quote.text_content()
    watched.page.locator("#panel .badge", has_text="原文写明").first.click()
    watched.settle()
    assert watched.page.locator("#panel h2").count() == 1
    watched.check()


def test_a_relation_expands_with_its_count_and_can_be_undone(watched: Any) -> None:
    watched.open()
    choose(watched, "增强产业质量竞争力")
    before = nodes_told(watched)
    row = watched.page.locator(".relations > li", has_text="包含")
    assert "3" in row.locator(".count").text_content()
    row.locator("button.small").first.click()
    watched.settle()
    assert nodes_told(watched) == before + 2
    watched.page.click("[data-do=undo]")
    watched.settle()
    assert nodes_told(watched) == before
    watched.page.click("[data-do=redo]")
    watched.settle()
    assert nodes_told(watched) == before + 2
    watched.page.locator(".relations > li", has_text="包含").locator("button.plain").click()
    watched.settle()
    assert nodes_told(watched) < before + 2
    watched.check()


def test_the_legend_filters_and_hide_hides(watched: Any) -> None:
    watched.open()
    before = nodes_told(watched)
    goals = watched.page.locator("#type-filter .entry[data-name=goal]")
    goals.click()
    assert nodes_told(watched) == before - 2
    assert goals.get_attribute("aria-pressed") == "false"
    goals.click()
    choose(watched, "品牌培育")
    watched.page.click("[data-do=hide]")
    assert nodes_told(watched) == before - 1
    watched.check()


def test_a_path_between_two_is_found_and_told_step_by_step(watched: Any) -> None:
    watched.open()
    choose(watched, "临江市工业和信息化局")
    watched.page.click("[data-do=path]")
    assert "终点" in watched.page.text_content(COUNT)
    choose(watched, "科学技术厅")
    assert watched.page.locator("#panel .way").count() >= 1
    steps = watched.page.locator("#panel .way").first.locator("li").all_text_contents()
    assert len(steps) == 4
    assert "承接" in " ".join(steps)
    watched.check()


def test_the_table_shows_the_same_as_the_graph(watched: Any) -> None:
    watched.open()
    watched.page.click("[data-do=view-table]")
    rows = watched.page.locator("#table table").first.locator("tbody tr").count()
    assert rows == nodes_told(watched)
    watched.page.locator("#type-filter .entry[data-name=goal]").click()
    assert watched.page.locator("#table table").first.locator("tbody tr").count() == rows - 2
    watched.check()


def test_the_picture_is_whole_again_after_the_table_and_on_paper(watched: Any) -> None:
    watched.open()
    scale = "document.querySelector('#canvas canvas').toDataURL().length"
    before = watched.page.evaluate(scale)
    watched.page.click("[data-do=view-table]")
    watched.page.click("[data-do=view-graph]")
    watched.settle()
    assert watched.page.evaluate(scale) > before * 0.8
    assert len(watched.page.pdf()) > 50_000
    assert watched.page.evaluate("document.querySelector('#print').naturalWidth") > 500
    watched.page.emulate_media(media="print")
    assert watched.page.locator("#print").bounding_box()["width"] > 500
    watched.page.emulate_media(media="screen")
    watched.settle()
    assert watched.page.evaluate(scale) > before * 0.8
    watched.check()


def test_the_language_changes_without_loading_again(watched: Any) -> None:
    watched.open()
    watched.page.click("[data-do=lang]")
    watched.settle()
    assert watched.page.get_attribute("html", "lang") == "en"
    assert "Who must coordinate" in watched.page.text_content(".question")
    assert "14 nodes" in watched.page.text_content(COUNT)
    watched.check()


def test_a_link_gives_the_same_view_again(watched: Any) -> None:
    watched.open()
    choose(watched, "建设质量标准实验室")
    shown = nodes_told(watched)
    address = watched.page.url
    watched.page.goto("about:blank")
    watched.page.goto(address)
    watched.page.wait_for_selector("body[data-ready]")
    watched.settle()
    assert nodes_told(watched) == shown
    assert watched.page.text_content("#panel h2") == "建设质量标准实验室"
    watched.check()


def test_keys_alone_move_expand_and_clear(watched: Any) -> None:
    watched.open()
    watched.page.focus("#canvas")
    watched.page.keyboard.press("ArrowRight")
    watched.settle()
    first = watched.page.text_content("#panel h2")
    watched.page.keyboard.press("ArrowRight")
    watched.settle()
    assert watched.page.text_content("#panel h2") != first
    before = nodes_told(watched)
    watched.page.keyboard.press("Enter")
    watched.settle()
    assert nodes_told(watched) >= before
    watched.page.keyboard.press("Escape")
    watched.settle()
    assert watched.page.text_content("#panel h2") == "从这里读起"
    watched.check()


def test_exports_hold_the_view(watched: Any, tmp_path: Path) -> None:
    watched.open()
    text = exported(watched, "csv").decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text)))) == 16
    assert exported(watched, "png")[:8] == b"\x89PNG\r\n\x1a\n"
    watched.page.click("#type-filter .entry[data-name=goal]")
    shown = nodes_told(watched)
    for ending in ("svg", "graphml"):
        names = [
            one.tag.rpartition("}")[2]
            for one in ElementTree.fromstring(exported(watched, ending)).iter()
        ]
        assert names.count("title" if ending == "svg" else "node") == shown
    told = json.loads(exported(watched, "jsonld"))
    assert len([one for one in told["@graph"] if "type" in one or "@type" in one]) == shown
    watched.check()


def test_hostile_words_stay_words(watched: Any) -> None:
    watched.open()
    choose(watched, "<img")
    watched.page.wait_for_selector("#panel h2:has-text('<img src=x onerror=alert(1)>')")
    watched.page.click("[data-do=view-table]")
    assert watched.page.locator("#table img, #panel img").count() == 0
    watched.page.goto(watched.base + "views/network?node=task/city&depth=2")
    watched.page.wait_for_selector("body[data-ready]")
    watched.page.mouse.move(700, 450)
    watched.settle()
    watched.check()


def test_a_phone_has_room_for_everything(narrow: Any) -> None:
    narrow.open()
    assert narrow.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert narrow.page.get_attribute("html", "data-theme") == "dark"
    choose(narrow, "品牌培育")
    assert narrow.page.evaluate("document.documentElement.scrollWidth") <= 390
    narrow.check()


def test_the_network_page_draws_the_same_data(watched: Any) -> None:
    watched.open("views/network")
    assert watched.page.locator("#legend li").count() == 8
    assert "14 个节点" in watched.page.text_content("#status")
    watched.check()


def test_the_offline_file_opens_without_a_server(watched: Any, tmp_path: Path) -> None:
    file = tmp_path / "network.html"
    file.write_bytes(watched.page.request.get(watched.base + "views/network?download=1").body())
    watched.page.goto(file.as_uri())
    watched.page.wait_for_selector("body[data-ready]")
    assert watched.page.locator("#legend li").count() == 8
    watched.check()


def test_an_unknown_node_is_told_in_plain_words(watched: Any) -> None:
    watched.open()
    watched.page.goto(watched.base + "?x#s=task/none")
    expect(watched.page.locator(COUNT)).to_contain_text("图中没有这个节点")
    assert watched.outside == []
