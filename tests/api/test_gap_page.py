"""The page of findings and the marks on them. The plans are invented."""

import re

import httpx2
import pytest

from tests.stores import example_store

from .conftest import TOKEN, Start


@pytest.fixture(scope="module")
def client(start: Start) -> httpx2.Client:
    return start(example_store(), token=TOKEN)


WRITER = {"Authorization": f"Bearer {TOKEN}"}


def told(client: httpx2.Client, **asked: str) -> str:
    answer = client.get("/gaps", params={"lang": "en", **asked})
    assert answer.status_code == 200
    return answer.text


def total(page: str) -> int:
    found = re.search(r"of (\d+)</p>", page)
    return int(found[1]) if found else 0


def every(client: httpx2.Client) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get("/api/gaps").json()["items"]
    return found


def say(client: httpx2.Client, name: object, mark: str, note: str = "") -> httpx2.Response:
    path = f"/api/gaps/{str(name).rpartition('/')[2]}"
    return client.post(path, json={"mark": mark, "note": note}, headers=WRITER)


def test_every_finding_is_there_with_its_reason_quote_and_remedy(client: httpx2.Client) -> None:
    found = every(client)
    page = told(client)
    assert total(page) == len(found) >= 2
    first = found[0]
    assert f'id="{str(first["id"]).rpartition("/")[2]}"' in page
    assert "Remedy" in page
    assert "/#s=" in page


@pytest.mark.parametrize("facet", ["severity", "type", "body", "area", "document"])
def test_a_count_is_what_a_click_on_it_leaves(client: httpx2.Client, facet: str) -> None:
    page = told(client)
    links = re.findall(
        rf'<a href="([^"]*[?&;]{facet}=[^"]+)"><span>[^<]*</span> <span class="count">(\d+)</span>',
        page,
    )
    assert links
    for address, count in links:
        narrowed = client.get(address.replace("&amp;", "&")).text
        assert total(narrowed) == int(count)
        assert 'aria-current="true"' in narrowed


def test_what_nothing_has_leaves_nothing_and_can_be_taken_back(client: httpx2.Client) -> None:
    page = told(client, area="<b>nowhere</b>")
    assert "No finding is left" in page
    assert "<b>nowhere" not in page
    assert "Show everything" in page


def test_a_mark_is_told_filtered_and_taken_back(client: httpx2.Client) -> None:
    found = every(client)
    name, number = found[0]["id"], len(found)
    marked = say(client, name, "not-a-gap", "  <b>arranged elsewhere</b> ")
    assert marked.status_code == 200
    assert marked.json()["mark"]["mark"] == "not-a-gap"
    assert marked.json()["mark"]["note"] == "<b>arranged elsewhere</b>"
    assert len(every(client)) == number
    assert total(told(client, marks="open,seen")) == number - 1
    page = told(client, marks="not-a-gap")
    assert total(page) == 1
    assert "&lt;b&gt;arranged elsewhere" in page
    for wanted in (["open", "seen"], "open,seen"):
        some = client.get("/api/gaps", params={"marks": wanted}).json()
        assert (some["total"], [one for one in some["items"] if "mark" in one]) == (number - 1, [])
    assert client.get("/api/gaps", params={"marks": "wrong"}).status_code == 422
    say(client, name, "seen")
    assert client.get("/api/gaps", params={"marks": "seen"}).json()["total"] == 1
    assert "mark" not in say(client, name, "open").json()
    assert client.get("/api/gaps", params={"marks": "open"}).json()["total"] == number


def test_the_page_of_a_finding_tells_its_mark_and_leads_back(client: httpx2.Client) -> None:
    name = str(every(client)[0]["id"])
    say(client, name, "seen", "on the agenda")
    path = "/id/" + name.partition("/id/")[2]
    page = client.get(path, params={"lang": "en"}, headers={"Accept": "text/html"}).text
    assert "seen" in page
    assert "on the agenda" in page
    assert f'#{name.rpartition("/")[2]}"' in page
    say(client, name, "open")


def test_a_mark_lies_with_the_decisions_of_reviewers(client: httpx2.Client) -> None:
    name = every(client)[0]["id"]
    say(client, name, "seen")
    query = (
        "PREFIX qkg: <https://w3id.org/qualitykg/ns#> "
        "ASK { GRAPH <https://w3id.org/qualitykg/id/graph/decisions> "
        f'{{ ?d a qkg:Decision ; qkg:decides <{name}> ; qkg:verdict "accept" }} }}'
    )
    assert client.get("/sparql", params={"query": query}).json()["boolean"] is True
    say(client, name, "open")
    assert client.get("/sparql", params={"query": query}).json()["boolean"] is False


def test_a_mark_on_nothing_and_an_unknown_mark_are_refused(client: httpx2.Client) -> None:
    assert say(client, "G01.nothing", "seen").status_code == 404
    assert say(client, every(client)[0]["id"], "wrong").status_code == 422


def test_the_navigation_leads_to_every_page_and_says_where_one_is(client: httpx2.Client) -> None:
    places = re.findall(r'<a href="([^"?]+)\?lang=en"', told(client).split("</nav>")[0])
    assert len(places) >= 12
    for place in places:
        answer = client.get(place, params={"lang": "en"}, headers={"Accept": "text/html"})
        assert answer.status_code == 200, place
        assert place == "/" or f'<a href="{place}?lang=en" aria-current="page">' in answer.text
