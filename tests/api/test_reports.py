"""Reports over HTTP: every format, every kind, and what cannot be made."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from kg.reference import example_plans
from kg.report import FORMATS
from kg.workspace import open_workspace
from tests.api.conftest import Start
from tests.unit.report.reading import needs_pdf


@pytest.fixture(scope="module")
def reports(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """Return a client of a service over one plan of the example."""
    home: Path = tmp_path_factory.mktemp("reports") / "home"
    with open_workspace(home, create=True) as space:
        space.keep_reference()
        assert all(one.error is None for one in space.build(example_plans()[:1]))
        yield start(space.store, home=home)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_report_comes_in_every_format(reports: httpx2.Client, suffix: str) -> None:
    if suffix == ".pdf":
        needs_pdf()
    answer = reports.get("/api/reports", params={"format": suffix[1:], "lang": "en"}, timeout=60)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == FORMATS[suffix].media_type
    assert len(answer.content) > 1000


def test_the_page_may_show_its_own_style_and_nothing_else(reports: httpx2.Client) -> None:
    answer = reports.get("/api/reports", params={"kind": "summary"})
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert policy in answer.text.replace("&#39;", "'")


def test_one_body_is_found_by_its_name(reports: httpx2.Client) -> None:
    told = reports.get("/api/reports", params={"format": "json"}).json()
    body = told["bodies"][0]
    one = reports.get("/api/reports", params={"format": "json", "body": body["label"]["zh"]}).json()
    assert [line["id"] for line in one["bodies"]] == [body["id"]]
    assert [finding["id"] for finding in one["findings"]] == body["findings"]


def test_the_report_is_what_its_schema_says(reports: httpx2.Client) -> None:
    schema = reports.get("/api/reports/schema").json()
    told = reports.get("/api/reports", params={"format": "json"}).json()
    assert set(told) == set(schema["properties"])


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ({"format": "xlsx", "kind": "summary"}, 422, "report"),
        ({"format": "json", "scope": "document/none"}, 404, "unknown-node"),
        ({"since": "last"}, 404, "unknown-analysis"),
        ({"body": "没有这样的单位"}, 404, "unknown-name"),
        ({"format": "exe"}, 422, "invalid-request"),
    ],
)
def test_what_cannot_be_made_is_told(
    reports: httpx2.Client, asked: dict[str, str], status: int, code: str
) -> None:
    answer = reports.get("/api/reports", params=asked)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
