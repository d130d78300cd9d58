"""A review by HTTP: the sheet out, decisions of every kind in, all or nothing, for good.

The plans are invented.
"""

import csv
import io
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx2
import openpyxl
import pytest

from kg.home import Home
from kg.review.columns import FORM
from kg.settings import load
from kg.store import memory_store
from kg.workspace import Workspace
from tests.api.conftest import TOKEN, Start
from tests.plans import CITY, PROVINCE

pytestmark = pytest.mark.slow

AUTHORISED = {"Authorization": f"Bearer {TOKEN}"}

Row = dict[str, str]


@pytest.fixture
def space(tmp_path: Path) -> Iterator[Workspace]:
    (tmp_path / "province.txt").write_text(PROVINCE, encoding="utf-8")
    (tmp_path / "city.txt").write_text(CITY, encoding="utf-8")
    settings = load(home=tmp_path / "home")
    with Workspace(Home.create(settings.home), memory_store(), settings) as opened:
        build(opened, "province.txt", "city.txt")
        yield opened


@pytest.fixture
def client(space: Workspace, start: Start) -> httpx2.Client:
    return start(space.store, home=space.home.path, token=TOKEN)


def build(space: Workspace, *names: str) -> None:
    outcomes = list(space.build([space.home.path.parent / name for name in names]))
    assert [outcome.error for outcome in outcomes] == [None] * len(names)


def rows(client: httpx2.Client, **asked: str) -> list[Row]:
    answer = client.get("/api/review", params={"format": "csv", **asked})
    assert answer.status_code == 200
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    return [dict(zip(FORM.keys, row, strict=True)) for row in table[1:]]


def sent(client: httpx2.Client, found: list[Row], name: str = "a.csv") -> httpx2.Response:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([column.heading for column in FORM.columns])
    writer.writerows([row[key] for key in FORM.keys] for row in found)
    files = {"file": (name, out.getvalue().encode())}
    return client.post("/api/review", files=files, headers=AUTHORISED)


def decide(found: list[Row], fits: Callable[[Row], bool], **filled: str) -> None:
    (row,) = [row for row in found if fits(row)]
    row.update(filled)


def answers(space: Workspace, pattern: str) -> set[tuple[object, ...]]:
    return set(space.query(f"SELECT DISTINCT ?a ?b {{ {pattern} }}").rows)


def taken_up(space: Workspace) -> set[tuple[object, ...]]:
    return answers(
        space,
        "?link a qkg:Uptake ; qkg:linkFrom/rdfs:label ?a ; qkg:linkTo/rdfs:label ?b",
    )


def parts(space: Workspace) -> set[tuple[object, ...]]:
    return answers(space, "?x qkg:partOf ?y . ?x rdfs:label ?a . ?y rdfs:label ?b")


def check_decided(space: Workspace) -> None:
    """Assert that every decision of the test below stands in the graph, and nothing against it."""
    labels = {row[0] for row in answers(space, "?x a qkg:Task ; rdfs:label ?a")}
    assert "开展旅游服务质量大检查" in labels
    assert "开展旅游服务质量检查" not in labels
    leads = {row[0] for row in answers(space, "?x qkg:ledBy/rdfs:label ?a")}
    assert "云溪省宁远市文化和旅游局" not in leads
    assert "云溪省宁远市商务局" in leads
    assert ("举办质量讲堂", "提升旅游服务质量") in parts(space)
    assert ("举办质量讲堂", "营造质量氛围") not in parts(space)
    assert ("完善景区服务规范", "提升旅游服务质量") not in {
        (a, b)
        for a, b in answers(
            space,
            "?x qkg:partOf ?y ; qkg:statedIn/rdfs:label '宁远市标准提升实施方案'@zh ; "
            "rdfs:label ?a . ?y rdfs:label ?b",
        )
    }
    assert taken_up(space) == {("营造质量氛围", "培育质量文化")}
    bases = answers(space, "?link a qkg:Uptake ; qkg:basis ?a ; qkg:confidence ?b")
    assert bases == {("decision", 1)}
    assert space.validate().faults == ()


def test_every_kind_of_statement_is_decided_and_the_decisions_outlive_a_rebuild(
    space: Workspace, client: httpx2.Client
) -> None:
    assert taken_up(space) == {("提升旅游服务质量", "提升旅游服务质量")}
    (city,) = [one.key for one in space.documents() if one.title.startswith("宁远市")]
    found = rows(client, document=city)
    kinds = {row["kind"] for row in found}
    assert {"task", "taskGroup", "responsibility", "partOf", "uptake"} <= kinds
    told = {"note": "核对原文"}
    decide(
        found,
        lambda row: (row["kind"], row["words"]) == ("task", "开展旅游服务质量检查"),
        decision="correct",
        new_words="开展旅游服务质量大检查",
        **told,
    )
    decide(
        found,
        lambda row: (row["kind"], row["words"]) == ("responsibility", "云溪省宁远市文化和旅游局"),
        decision="correct",
        new_body="市商务局",
    )
    decide(
        found,
        lambda row: (row["kind"], row["words"]) == ("partOf", "举办质量讲堂"),
        decision="更正",
        new_target="提升旅游服务质量",
    )
    decide(
        found,
        lambda row: (row["kind"], row["words"]) == ("partOf", "完善景区服务规范"),
        decision="reject",
    )
    decide(
        found,
        lambda row: row["kind"] == "uptake" and row["rule"] == "align.likeness",
        decision="reject",
    )
    decide(
        found,
        lambda row: (
            row["kind"] == "uptake"
            and row["about"] == "培育质量文化"
            and row["words"] == "营造质量氛围"
        ),
        decision="accept",
    )
    done = sent(client, found)
    assert done.status_code == 200
    assert done.json() == {
        "accept": 1,
        "reject": 2,
        "correct": 3,
        "withdrawn": 0,
        "documents": [city],
    }
    check_decided(space)
    for name, text in (("city.txt", CITY), ("province.txt", PROVINCE)):
        path = space.home.path.parent / name
        path.write_text(text.replace("本文件为", "\n本文件系"), encoding="utf-8")
        build(space, name)
        check_decided(space)
    again = rows(client, document=city)
    filled = {row["id"]: row["decision"] for row in again if row["decision"]}
    assert sorted(filled.values()) == [
        "accept",
        "correct",
        "correct",
        "correct",
        "reject",
        "reject",
    ]
    (moved,) = [row for row in again if row["new_target"]]
    assert moved["new_target"] == "提升旅游服务质量"
    assert sent(client, again).json()["documents"] == []
    for row in again:
        row.update(dict.fromkeys(("decision", "new_words", "new_body", "new_target", "note"), ""))
    assert sent(client, again).json()["withdrawn"] == 6
    assert taken_up(space) == {("提升旅游服务质量", "提升旅游服务质量")}
    assert ("举办质量讲堂", "营造质量氛围") in parts(space)


def test_a_relation_gets_another_kind(space: Workspace, client: httpx2.Client) -> None:
    found = rows(client)
    pick = [row for row in found if (row["kind"], row["words"]) == ("partOf", "举办质量讲堂")]
    pick[0].update(decision="correct", new_kind="contributesTo")
    assert sent(client, found).status_code == 200
    assert ("举办质量讲堂", "营造质量氛围") not in parts(space)
    assert ("举办质量讲堂", "营造质量氛围") in answers(
        space,
        "?link a qkg:Contribution ; qkg:basis 'decision' ; qkg:decidedBy ?d ; "
        "qkg:linkFrom/rdfs:label ?a ; qkg:linkTo/rdfs:label ?b",
    )


WRONG: dict[str, tuple[Row, str]] = {
    "no such thing": ({"decision": "correct", "new_target": "没有此项"}, "new_target"),
    "no such kind": ({"decision": "correct", "new_kind": "ownsOf"}, "new_kind"),
    "ends that do not fit": ({"decision": "correct", "new_kind": "memberOf"}, "new_kind"),
    "itself": ({"decision": "correct", "new_target": "举办质量讲堂"}, "new_target"),
    "words of an element": ({"decision": "correct", "new_words": "甲"}, "new_words"),
    "nothing new": ({"decision": "correct"}, "decision"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_sheet_is_a_problem_that_names_the_cell_and_nothing_is_taken_in(
    case: str, space: Workspace, client: httpx2.Client
) -> None:
    filled, column = WRONG[case]
    found = rows(client)
    decide(
        found,
        lambda row: (row["kind"], row["words"]) == ("task", "举办质量讲堂"),
        decision="reject",
    )
    number = next(
        at
        for at, row in enumerate(found, 2)
        if (row["kind"], row["words"]) == ("partOf", "举办质量讲堂")
    )
    found[number - 2].update(filled)
    answer = sent(client, found)
    letter = chr(ord("A") + FORM.keys.index(column))
    assert (answer.status_code, answer.json()["code"]) == (422, "sheet")
    assert f"csv!{letter}{number}" in answer.json()["detail"]
    assert answers(space, "?a a qkg:Decision") == set()


def test_a_review_needs_the_token(client: httpx2.Client) -> None:
    files = {"file": ("a.csv", b"id")}
    assert client.post("/api/review", files=files).status_code == 401
    wrong = {"Authorization": "Bearer wrong"}
    assert client.post("/api/review", files=files, headers=wrong).status_code == 401
    bad = client.post("/api/review", files={"file": ("a.pdf", b"id")}, headers=AUTHORISED)
    assert (bad.status_code, bad.json()["code"]) == (406, "format")


def test_the_sheet_is_a_workbook_with_one_row_a_statement(
    space: Workspace, client: httpx2.Client
) -> None:
    key = space.documents()[0].key
    answer = client.get("/api/review", params={"document": key})
    assert answer.headers["content-disposition"] == 'attachment; filename="review.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))[FORM.tab]
    assert sheet.max_row == len(rows(client, document=key)) + 1
    assert client.get("/api/review", params={"document": "none"}).status_code == 404
    few = rows(client, below="0.7")
    assert few
    assert all(float(row["confidence"]) < 0.7 for row in few)


def test_two_reviews_at_once_both_count(space: Workspace, client: httpx2.Client) -> None:
    sheets = [rows(client, document=one.key) for one in space.documents()]
    for found in sheets:
        found[0].update(decision="accept", reviewer="林")
    with ThreadPoolExecutor(len(sheets)) as together:
        answers = list(together.map(partial(sent, client), sheets))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert sum(bool(row["decision"]) for row in rows(client)) == 2
