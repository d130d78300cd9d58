"""The query page in a real browser: writing, completing, running, reading, drawing, keeping.

All but the last test are on the plain editor, which needs Python alone.
"""

import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from api.editor import BUILT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLAIN = "sparql?editor=plain&lang=zh"
SELECT = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o"
PREFIX = "PREFIX qkg: <https://w3id.org/qualitykg/ns#>"
BUILT_FILE = Path(__file__).parents[2] / "api" / "static" / BUILT


def write(watched: Any, text: str) -> None:
    watched.page.fill("#query", text)


def run(watched: Any, text: str) -> None:
    write(watched, text)
    watched.page.press("#query", "Control+Enter")
    done(watched)


def done(watched: Any) -> None:
    watched.page.wait_for_selector("body:not([data-running])")


def told(watched: Any) -> str:
    return str(watched.page.text_content("#state"))


def cells(page: Page, column: int) -> list[str]:
    return page.locator(f"#view tbody td:nth-child({column})").all_text_contents()


def option(page: Page, words: str) -> Locator:
    return page.locator("#words [role=option]", has_text=words)


def refused(watched: Any) -> None:
    """Check that the browser complained of answers with an error status alone, and forget it."""
    assert watched.complaints
    assert all("Failed to load resource" in words for words in watched.complaints)
    watched.complaints.clear()


def test_a_query_runs_by_keyboard_and_shows_names_that_lead_on(watched: Any) -> None:
    watched.open(PLAIN)
    run(watched, PREFIX + " SELECT ?m ?b { ?m qkg:ledBy ?b } ORDER BY ?m ?b")
    page = watched.page
    assert "4 行" in told(watched)
    assert "加强产业链全面质量管理" in cells(page, 1)
    first = page.locator("#view tbody a", has_text="云岭省工业和信息化厅").first
    assert first.get_attribute("href").startswith("/id/")
    page.check("#as-iris")
    expect(page.locator("#view tbody td").first).to_contain_text("id:")
    watched.check()


def test_a_column_that_only_repeats_a_name_is_shown_with_the_iris(watched: Any) -> None:
    watched.open(PLAIN)
    rdfs = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
    run(watched, f"{PREFIX} {rdfs} SELECT ?b ?bLabel {{ ?m qkg:ledBy ?b . ?b rdfs:label ?bLabel }}")
    heads = watched.page.locator("#view th")
    expect(heads).to_have_text(["b"])
    watched.page.check("#as-iris")
    expect(heads).to_have_text(["b", "bLabel"])
    run(watched, f"{PREFIX} SELECT ?b ?bLabel {{ ?m qkg:ledBy ?b BIND('别的' AS ?bLabel) }}")
    watched.page.uncheck("#as-iris")
    expect(heads).to_have_text(["b", "bLabel"])
    watched.check()


def test_a_saved_query_is_found_by_its_words_and_runs(watched: Any) -> None:
    watched.open(PLAIN)
    page = watched.page
    assert page.locator("#saved section").count() == 8
    assert page.locator("#saved .pick").count() >= 40
    page.fill("#find", "没有协同渠道")
    page.locator("#saved .pick").first.click()
    done(watched)
    assert "qkg:" in page.input_value("#query")
    assert "行" in told(watched)
    page.fill("#find", "没有这样的查询")
    assert "没有匹配" in page.text_content("#saved")
    watched.check()


COMPLETED = [
    ("SELECT * { ?m 牵头", "qkg:ledBy", "?m qkg:ledBy"),
    ("SELECT * { ?m a 党政", "qkg:Department", "?m a qkg:Department"),
    ("SELECT * { ?m a qkg:Depa", "qkg:Department", "?m a qkg:Department"),
    (
        "SELECT * { GRAPH 云岭",
        "云岭质量建设纲要",
        "GRAPH <https://w3id.org/qualitykg/id/graph/outline>",
    ),
    ("SELECT * { ?measure ?p ?o . ?me", "?measure", ". ?measure"),
    ("SELECT * { ?m ?p ?o } ORD", "ORDER", "} ORDER"),
]


@pytest.mark.parametrize(("typed", "offered", "made"), COMPLETED)
def test_what_the_store_holds_completes_what_is_typed(
    watched: Any, typed: str, offered: str, made: str
) -> None:
    watched.open(PLAIN)
    page = watched.page
    write(watched, typed[:-1])
    page.focus("#query")
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(typed[-1])
    expect(option(page, offered).first).to_be_visible()
    if not page.locator("#words [aria-selected=true]", has_text=offered).count():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#words")).to_be_hidden()
    text = page.input_value("#query")
    assert text.endswith(made)
    assert ("PREFIX qkg:" in text) == ("qkg:" in made)
    page.keyboard.press("Control+z")
    assert page.input_value("#query") != text
    watched.check()


def test_completion_tells_counts_and_goes_with_escape(watched: Any) -> None:
    watched.open(PLAIN)
    page = watched.page
    write(watched, "SELECT * { ?m a ")
    page.press("#query", "Control+Space")
    expect(option(page, "qkg:Department")).to_contain_text("类 · 4")
    page.keyboard.press("Escape")
    expect(page.locator("#words")).to_be_hidden()
    write(watched, 'SELECT * { ?m ?p "牵头')
    page.press("#query", "Control+Space")
    expect(page.locator("#words")).to_be_hidden()
    watched.check()


def test_colours_lie_on_the_letters(watched: Any) -> None:
    watched.open(PLAIN)
    write(
        watched,
        'SELECT ?x # 注释\nWHERE { ?x rdfs:label "质量强国建设纲要，很长的一段文字"@zh }'
        + " " * 300,
    )
    sizes = watched.page.evaluate(
        "() => ['.plain .back', '#query'].map((one) => {"
        " const e = document.querySelector(one); const s = getComputedStyle(e);"
        " return [e.scrollHeight, e.clientWidth, s.font, s.paddingLeft, s.whiteSpace]; })"
    )
    assert sizes[0][1:] == sizes[1][1:]
    assert abs(sizes[0][0] - sizes[1][0]) <= 1
    kinds = watched.page.locator(".back span[class^=k-]").evaluate_all(
        "all => all.map((one) => one.className)"
    )
    assert kinds[:3] == ["k-keyword", "k-variable", "k-comment"]
    watched.check()


def test_a_fault_is_marked_at_its_place(watched: Any) -> None:
    watched.open(PLAIN)
    run(watched, "SELECT ?s\nWHERE {\n  ?s ?p . ?x ?y ?z\n}")
    page = watched.page
    assert "第 3 行第 11 列" in page.text_content("#trouble")
    assert page.text_content(".line.bad").strip().startswith("?s ?p .")
    assert page.text_content(".wrong") == "?x"
    page.keyboard.type(" ")
    assert page.locator(".line.bad").count() == 0
    refused(watched)
    watched.check()


def test_a_missing_prefix_is_named_and_added_in_one_click(watched: Any) -> None:
    watched.open(PLAIN)
    run(watched, "SELECT ?m {\n  ?m qkg:ledBy ?b }")
    page = watched.page
    assert page.text_content(".wrong") == "qkg:ledBy"
    page.click("#trouble button.quiet")
    done(watched)
    expect(page.locator("#view tbody tr")).to_have_count(4)
    assert page.input_value("#query").startswith(PREFIX)
    refused(watched)
    watched.check()


def test_long_results_are_paged_and_sorted(watched: Any) -> None:
    watched.open(PLAIN)
    run(watched, SELECT)
    page = watched.page
    assert page.locator("#view tbody tr").count() == 50
    assert "第 1–50 行" in page.text_content("#pager")
    page.click("#pager button:last-of-type")
    expect(page.locator("#pager")).to_contain_text("第 51–100 行")
    page.select_option("#pager select", "200")
    expect(page.locator("#view tbody tr")).not_to_have_count(50)
    run(watched, "SELECT ?n { VALUES ?n { 10 9 100 } }")
    assert page.is_hidden("#pager")
    page.click("#view th button")
    expect(page.locator("#view th")).to_have_attribute("aria-sort", "ascending")
    assert cells(page, 1) == ["9", "10", "100"]
    page.click("#view th button")
    expect(page.locator("#view tbody td").first).to_have_text("100")
    watched.check()


@pytest.mark.parametrize(
    ("query", "button", "holds"),
    [
        ("SELECT ?x { VALUES ?x { '质量' } }", "CSV", "\ufeffx\r\n质量"),
        ("SELECT ?x { VALUES ?x { '质量' } }", "TSV", '"质量"'),
        ("SELECT ?x { VALUES ?x { '质量' } }", "JSON", '"value":"质量"'),
        ("CONSTRUCT { <urn:a> <urn:b> 1 } {}", "TTL", "<urn:a> <urn:b> 1"),
        ("CONSTRUCT { <urn:a> <urn:b> 1 } {}", "JSON-LD", '"urn:a"'),
    ],
)
def test_a_result_can_be_taken_away(watched: Any, query: str, button: str, holds: str) -> None:
    watched.open(PLAIN)
    run(watched, query)
    with watched.page.expect_download() as waiting:
        watched.page.locator("#downloads button", has_text=button).first.click()
    assert waiting.value.suggested_filename == "query." + button.lower().replace("-", "")
    assert holds in Path(waiting.value.path()).read_bytes().decode("utf-8")
    watched.check()


@pytest.mark.parametrize(
    "form", ["CONSTRUCT WHERE { ?m qkg:ledBy ?b }", "DESCRIBE ?m { ?m qkg:ledBy ?b }"]
)
def test_a_graph_is_drawn_in_one_click(watched: Any, form: str) -> None:
    watched.open(PLAIN)
    run(watched, f"{PREFIX}\n{form}")
    page = watched.page
    assert "三元组" in told(watched)
    assert page.locator("#view th").all_text_contents() == ["主语", "谓语", "宾语"]
    page.click("#tab-graph")
    page.wait_for_selector(".canvas canvas")
    page.wait_for_timeout(300)
    painted = page.evaluate(
        "() => { const c = document.querySelector('.canvas canvas');"
        " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " let n = 0; for (let i = 3; i < d.length; i += 4) if (d[i]) n += 1; return n; }"
    )
    assert painted > 2000
    assert "个节点" in page.text_content(".under")
    with page.expect_download() as waiting:
        page.click(".under button")
    assert Path(waiting.value.path()).read_bytes().startswith(b"\x89PNG")
    watched.check()


def test_an_ask_is_answered_in_a_word_and_an_update_is_not_sent(watched: Any) -> None:
    watched.open(PLAIN)
    run(watched, "ASK { ?s ?p ?o }")
    assert watched.page.text_content("#view") == "是"
    run(watched, "INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    assert "/update" in watched.page.text_content("#trouble")
    watched.check()


@pytest.fixture
def held(watched: Any) -> Iterator[threading.Event]:
    """Hold back every query that has the word SLOW in it, until the event is set."""
    left = threading.Event()

    def hold(route: Any, request: Any) -> None:
        if "SLOW" not in (request.post_data or ""):
            route.fallback()

    watched.page.route("**/sparql?*", hold)
    yield left
    watched.page.unroute("**/sparql?*")


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("how", ["button", "key"])
def test_a_running_query_tells_its_seconds_and_can_be_cancelled(watched: Any, how: str) -> None:
    watched.open(PLAIN)
    page = watched.page
    write(watched, "SELECT * { ?s ?p ?o } # SLOW")
    with page.expect_request("**/sparql?*") as sent:
        page.click("#run")
    expect(page.locator("#state")).to_contain_text("运行中")
    expect(page.locator("#state")).to_have_text(re.compile(r"0\.[3-9]|[1-9]\."))
    with page.expect_event("requestfailed") as failed:
        page.click("#cancel") if how == "button" else page.press("#query", "Escape")
    assert failed.value.url == sent.value.url
    assert "已取消" in told(watched)
    assert page.is_hidden("#cancel")
    run(watched, "ASK {}")
    assert page.text_content("#view") == "是"
    watched.check()


def test_the_limit_goes_with_the_query_and_what_helps_is_told(watched: Any) -> None:
    problem = {
        "type": "urn:x", "title": "Gateway Timeout", "status": 504, "code": "query-timeout",
        "detail": "查询超过 5 秒。先加 LIMIT <b>1</b>", "hint": "先加 LIMIT <b>1</b>",
    }  # fmt: skip
    watched.open(PLAIN)
    page = watched.page
    page.route(
        "**/sparql?*",
        lambda route: route.fulfill(
            status=504, content_type="application/problem+json", body=json.dumps(problem),
            headers={"Retry-After": "7"},
        ),
    )  # fmt: skip
    page.select_option("#timeout", "5")
    with page.expect_request("**/sparql?*") as sent:
        run(watched, SELECT)
    assert "timeout=5" in urlsplit(sent.value.url).query
    expect(page.locator("#trouble .what")).to_have_text("查询超过 5 秒。")
    expect(page.locator("#trouble .hint")).to_have_text("先加 LIMIT <b>1</b>")
    assert "7 秒后" in page.text_content("#trouble")
    refused(watched)
    watched.check()


def test_a_link_brings_the_query_back_and_runs_it(watched: Any) -> None:
    watched.open(PLAIN)
    query = "SELECT ?x { VALUES ?x { '甲&乙#' } }"
    write(watched, query)
    watched.page.click("#link")
    expect(watched.page).to_have_url(re.compile("query="))
    address = watched.page.url
    watched.page.goto("about:blank")
    watched.page.goto(address)
    watched.page.wait_for_selector("#view table")
    assert cells(watched.page, 1) == ["甲&乙#"]
    watched.page.goto("about:blank")
    watched.open("sparql?lang=zh#query=" + quote(query))
    watched.page.wait_for_selector("#view table")
    watched.page.click("#switch")
    watched.page.wait_for_selector("#view table")
    assert watched.page.text_content("#run") == "Run"
    assert cells(watched.page, 1) == ["甲&乙#"]
    watched.check()


def test_what_was_run_is_kept_in_this_browser_until_it_is_cleared(watched: Any) -> None:
    watched.open(PLAIN)
    page = watched.page
    run(watched, "ASK {")
    refused(watched)
    run(watched, "ASK { ?a a ?b }")
    run(watched, "ASK { ?c a ?d }")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    page.click("#past summary")
    assert page.text_content("#past-count") == "2"
    page.locator("#history .pick").nth(1).click()
    assert page.input_value("#query") == "ASK { ?a a ?b }"
    page.click("#forget")
    assert "还没有" in page.text_content("#history")
    watched.check()


def test_hostile_words_stay_words(watched: Any) -> None:
    watched.open(PLAIN)
    evil = "<img src=x onerror=alert(1)></script><b>"
    run(
        watched,
        f"""SELECT ?a ?b ?c {{ VALUES (?a ?b ?c) {{
          ("{evil}" "{evil}"@zh <javascript:alert(1)>) (<data:text/html,x> <https://outside.example/x> 1) }} }}""",
    )
    page = watched.page
    assert cells(page, 1)[0] == evil
    links = page.locator("#view tbody a").evaluate_all("all => all.map((one) => one.href)")
    assert links == ["https://outside.example/x"]
    run(watched, f'CONSTRUCT {{ <urn:a> <urn:p> <urn:b> ; rdfs:label "{evil}" }} {{}}')
    refused(watched)
    run(
        watched,
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
        f'CONSTRUCT {{ <urn:a> <urn:p> _:b ; rdfs:label "{evil}" }} {{}}',
    )
    page.click("#tab-graph")
    page.wait_for_selector(".canvas canvas")
    page.click("#tab-raw")
    assert evil in page.text_content("#view pre")
    watched.check()


def test_a_result_that_breaks_off_is_not_shown(watched: Any) -> None:
    watched.open(PLAIN)
    watched.page.route(
        "**/sparql?*",
        lambda route: route.fulfill(
            content_type="application/sparql-results+json",
            body='{"head":{"vars":["x"]},"results":{"bindings":[{"x":',
        ),
    )
    run(watched, SELECT)
    assert "断开" in watched.page.text_content("#trouble")
    assert watched.page.is_hidden("#result")
    watched.check()


def test_a_narrow_dark_screen_holds_the_page(narrow: Any) -> None:
    narrow.open(PLAIN.replace("zh", "en"))
    run(narrow, SELECT + " LIMIT 5")
    page = narrow.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    write(narrow, "SELECT * { ?m a ")
    page.press("#query", "Control+Space")
    box = page.locator("#words").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    narrow.check()


def test_on_paper_only_query_and_result_remain(watched: Any) -> None:
    watched.open(PLAIN)
    run(watched, "SELECT ?x { VALUES ?x { 1 } }")
    watched.page.emulate_media(media="print")
    for hidden in ("nav", "aside", ".tools", "#downloads", "#tabs"):
        assert watched.page.is_hidden(hidden), hidden
    assert watched.page.is_visible("#view table")
    assert watched.page.is_visible(".plain")
    watched.check()


@pytest.mark.skipif(not BUILT_FILE.is_file(), reason="YASQE is not built in; `make editor` does it")
def test_the_better_editor_does_the_same_and_checks_the_grammar(watched: Any) -> None:
    watched.open("sparql?lang=zh")
    page = watched.page
    page.click(".CodeMirror")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("SELECT * WHERE { ?m 牵")
    expect(option(page, "qkg:ledBy")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.insert_text(" ?b }")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#view table")
    done(watched)
    assert "4 行" in told(watched)
    watched.check()
    page.keyboard.insert_text(" nonsense")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#trouble .place")
    assert page.locator(".CodeMirror .wrong").count() >= 1
    page.locator("#saved .pick").first.click()
    done(watched)
    assert page.locator("#view tbody tr").count() == 4
    time.sleep(0.3)
    refused(watched)
    watched.check()
