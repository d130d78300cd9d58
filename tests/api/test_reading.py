"""The pages of documents: the list, and one with its words. The plan is invented."""

import re
import time

import httpx2
import pytest

from kg.home import Home

from .conftest import Start

PLAN = """云溪省质量提升行动方案
一、重点任务
提出九项重点任务。
（一）提升产品质量。完善产品质量分级制度。（省市场监管局牵头）
本文件为虚构示例，此处丢失：质\ufffd量<script>alert(1)</script>。
"""


@pytest.fixture(scope="module")
def client(start: Start, tmp_path_factory: pytest.TempPathFactory) -> httpx2.Client:
    home = Home.create(tmp_path_factory.mktemp("plans") / "home")
    client = start(open_writes=True, home=home.path)
    sent = client.post("/api/documents", files={"files": ("plan.txt", PLAN.encode())})
    path = sent.headers["location"]
    while client.get(path).json()["status"] in ("waiting", "running"):
        time.sleep(0.05)
    assert client.get(path).json()["status"] == "done", client.get(path).text
    return client


def key(client: httpx2.Client) -> str:
    return str(client.get("/api/documents").json()["items"][0]["key"])


def test_the_list_tells_coverage_facts_and_issues(client: httpx2.Client) -> None:
    page = client.get("/documents", params={"lang": "en"}).text
    assert "云溪省质量提升行动方案" in page
    assert f'href="/documents/{key(client)}?lang=en"' in page
    assert re.search(r'#issues">2</a>', page)
    assert "Task group" in page


def test_a_document_shows_every_word_with_what_was_found_in_it(client: httpx2.Client) -> None:
    page = client.get(f"/documents/{key(client)}", params={"lang": "en"}).text
    assert "<script>alert" not in page
    text = page.partition('<div class="text"')[2].partition("</div>")[0].partition(">")[2]
    words = re.sub(r"<sup>.*?</sup>|<[^>]*>", "", text)
    assert words.strip().startswith("云溪省质量提升行动方案")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in words
    assert re.search(r'class="fact of-department" href="/id/body/[^"]+"[^>]*>省市场监管局<', text)


def test_each_issue_stands_at_its_place_and_is_listed(client: httpx2.Client) -> None:
    page = client.get(f"/documents/{key(client)}", params={"lang": "en"}).text
    for number in (1, 2):
        assert page.count(f'id="at-{number}"') == page.count(f'href="#at-{number}"') == 1
        assert page.count(f'id="issue-{number}"') == page.count(f'href="#issue-{number}"') == 1


def test_a_later_page_of_a_text_begins_where_it_is_asked_to(client: httpx2.Client) -> None:
    page = client.get(f"/documents/{key(client)}", params={"start": 12, "lang": "en"}).text
    assert "characters 13–" in page
    assert 'rel="prev"' in page


def test_an_unknown_document_has_no_page(client: httpx2.Client) -> None:
    assert client.get("/documents/none").status_code == 404


def test_every_type_of_thing_has_a_colour(client: httpx2.Client) -> None:
    style = client.get("/static/types.css")
    assert style.headers["content-type"].startswith("text/css")
    assert style.text.count(".of-goal") == 2
