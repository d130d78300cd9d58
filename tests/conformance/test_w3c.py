"""The W3C suites over HTTP, by the harness that lies beside the checkout.

Every exception is listed there with its cause (all lie in the engine), so the numbers are exact: one
test fewer or one unexpected pass fails.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.shared, pytest.mark.slow]

# The harness asks for httpx; httpx2 is the same library under its new name.
RUN = """
import sys, runpy, httpx2
sys.modules["httpx"] = httpx2
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
STORE = "sparql/sparql11/graph-store-protocol"
XML_LITERALS = {"xml-canon-test001", "xml-canon-test002", "rdf12-xml-an-13", "rdf12-xml-an-14"}


def expected_failures(shared: Path) -> set[str]:
    lines = (shared / "conformance" / "xfail-pyoxigraph.txt").read_text("utf-8").splitlines()
    return {line.split()[0] for line in lines if line.strip() and not line.startswith("#")}


class Suites:
    """Runs suites against the service."""

    def __init__(self, *, harness: Path, suites: Path, service: str, folder: Path) -> None:
        paths = {"query": "/sparql", "update": "/update"} | dict.fromkeys(
            ("gsp", "dataset", "direct"), "/store"
        )
        self.report = folder / "report.json"
        self.command = [
            *(sys.executable, "-c", RUN, str(harness), "--suites", str(suites)),
            *("--service-stub", "--base-url", service, "--json-file", str(self.report)),
            *(part for key, path in paths.items() for part in (f"--{key}-path", path)),
        ]

    def outcomes(self, *names: str) -> list[dict[str, str]]:
        """Run the suites of these names; return what became of each test that was run."""
        done = subprocess.run(
            [*self.command, *names], check=False, capture_output=True, timeout=900
        )
        assert self.report.exists(), done.stderr.decode()
        found = json.loads(self.report.read_text("utf-8"))
        return [one for one in found if one["verdict"] != "skipped"]


@pytest.fixture
def w3c(shared: Path, suites: Path, service: str, tmp_path: Path) -> Suites:
    harness = shared / "conformance" / "w3c_http.py"
    return Suites(harness=harness, suites=suites, service=service, folder=tmp_path)


def failed(outcomes: list[dict[str, str]]) -> set[str]:
    return {one["id"] for one in outcomes if one["verdict"] == "failed"}


@pytest.mark.parametrize(
    ("manifests", "number"),
    [
        (["sparql/sparql11/protocol/manifest.ttl"], 34),
        ([f"{STORE}/manifest-direct.ttl", f"{STORE}/manifest-indirect.ttl"], 14),
        (["sparql/sparql11/service-description/manifest.ttl"], 3),
    ],
    ids=["protocol", "graph store", "service description"],
)
def test_the_protocols_are_kept_to_the_letter(
    w3c: Suites, manifests: list[str], number: int
) -> None:
    outcomes = w3c.outcomes(*manifests)
    assert failed(outcomes) == set()
    assert len(outcomes) == number


def test_sparql_fails_only_where_the_engine_does(w3c: Suites, shared: Path) -> None:
    outcomes = w3c.outcomes("sparql10", "sparql11", "sparql12")
    assert failed(outcomes) == expected_failures(shared)
    assert len(outcomes) == 1307


def test_rdf_fails_only_at_xml_literals(w3c: Suites) -> None:
    outcomes = w3c.outcomes("rdf11", "rdf12")
    assert {one.rpartition("#")[2] for one in failed(outcomes)} == XML_LITERALS
    assert len(outcomes) == 1239
