"""Matrix, timeline, flow and map over a real server: pages and pictures that say the same."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import httpx2
import pytest

from api.routes.drawings import VIEWS
from kg.workspace import open_workspace
from tests.api.conftest import Start
from tests.plans import STANDARDS

PROVINCE = STANDARDS.replace("云溪省", "浙江省").replace("本文件", "2025年1月1日\n本文件")


@pytest.fixture(scope="module")
def client(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A client of a service over one fictional plan, and one with a hostile name in it."""
    folder: Path = tmp_path_factory.mktemp("plans")
    (folder / "plan.txt").write_text(PROVINCE, encoding="utf-8")
    hostile = STANDARDS.replace("制定分级标准", "<script>alert(1)</script>标准", 2)
    (folder / "hostile.txt").write_text(hostile, encoding="utf-8")
    home = tmp_path_factory.mktemp("drawn") / "home"
    with open_workspace(home, create=True) as space:
        list(space.build(space.find([folder])))
        yield start(store=space.store, home=home)


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_shows_its_picture_and_the_same_as_a_table(
    client: httpx2.Client, name: str, lang: str
) -> None:
    page = client.get(f"/views/{name}", params={"lang": lang})
    picture = client.get(f"/views/{name}", params={"lang": lang, "format": "svg"})
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["content-language"] == lang
    assert VIEWS[name].title.to(lang) in page.text
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert picture.text in page.text
    assert "<table" in page.text
    assert "<script>alert" not in page.text + picture.text
    assert ET.fromstring(picture.text).attrib["role"] == "group"


@pytest.mark.parametrize("name", VIEWS)
def test_what_is_wanted_decides_what_comes(client: httpx2.Client, name: str) -> None:
    wanted = {"text/html": "text/html", "image/svg+xml": "image/svg+xml", "*/*": "text/html"}
    for accept, media_type in wanted.items():
        answer = client.get(f"/views/{name}", headers={"Accept": accept})
        assert answer.headers["content-type"].startswith(media_type)


def test_a_square_leads_to_the_tasks_and_words_behind_it(client: httpx2.Client) -> None:
    page = client.get("/views/matrix").text
    assert 'href="#pair-1"' in page
    row = page.partition('id="pair-1"')[2].partition("</tr>")[0]
    assert "浙江省市场监督管理局" in row or "云溪省市场监督管理局" in row
    assert "省市场监管局牵头，省财政厅配合" in row


def test_a_scope_narrows_what_is_drawn(client: httpx2.Client) -> None:
    documents = {one["title"]: one["key"] for one in client.get("/api/documents").json()["items"]}
    scope = documents["浙江省标准提升行动方案"]
    whole, part = (
        client.get("/views/sankey", params={"format": "svg", **given}).text
        for given in ({}, {"scope": scope})
    )
    assert "云溪省" in whole
    assert "云溪省" not in part


def test_the_map_tells_what_is_open_in_a_province(client: httpx2.Client) -> None:
    picture = client.get("/views/map", params={"format": "svg"}).text
    words = ["".join(part.itertext()) for part in ET.fromstring(picture)]
    assert [one for one in words if one.startswith("浙江") and "缺口" in one]
    assert "不在图上：云溪省" in client.get("/views/map").text


def test_an_unknown_view_is_not_found(client: httpx2.Client) -> None:
    assert client.get("/views/pie").status_code in (404, 422)
