"""Names in full: a plan's own city is one node, however its name is written."""

from dataclasses import replace
from typing import Any

import pytest

from kg import ids, rdf
from kg.rdf.naming import larger_areas, name_in_full

NAMES = [
    ("临江市人民政府", "云岭省临江市", "云岭省临江市人民政府"),
    ("云岭省临江市人民政府", "云岭省临江市", "云岭省临江市人民政府"),
    ("云岭省财政厅", "云岭省临江市", "云岭省财政厅"),
    ("临江市", "云岭省临江市", "云岭省临江市"),
    ("青禾县财政局", "云岭省临江市青禾县", "云岭省临江市青禾县财政局"),
    ("临江市财政局", "云岭省临江市青禾县", "云岭省临江市财政局"),
    ("临江市青禾县财政局", "云岭省临江市青禾县", "云岭省临江市青禾县财政局"),
    ("国家发展和改革委员会", "云岭省临江市", "国家发展和改革委员会"),
    ("福建省福州市财政局", "福建省福州市", "福州市财政局"),
    ("福州市财政局", "福建省福州市", "福州市财政局"),
    ("福建省财政厅", "福建省福州市", "福建省财政厅"),
    ("临江市财政局", None, "临江市财政局"),
]


@pytest.mark.parametrize(("name", "area", "full"), NAMES)
def test_a_body_has_one_name_in_full(name: str, area: str | None, full: str) -> None:
    assert name_in_full(name, area) == full
    assert name_in_full(full, area) == full


@pytest.mark.parametrize(
    ("name", "larger"),
    [
        ("云岭省", []),
        ("云岭省临江市", ["云岭省"]),
        ("荆州市沙市区", ["荆州市"]),
        ("新疆维吾尔自治区伊犁哈萨克自治州", ["新疆维吾尔自治区"]),
        ("津市市", []),
    ],
)
def test_larger_areas_are_those_written_before(name: str, larger: list[str]) -> None:
    assert larger_areas(name) == larger


def test_issuer_and_mention_of_one_government_are_one_body(example: Any) -> None:
    meta = replace(example.extraction.metadata, area="云岭省临江市", issuer="临江市人民政府")
    extraction = replace(example.extraction, metadata=meta)
    quads = rdf.quads(example.source, extraction, example.cleaned).decode()
    body = ids.iri("body", ids.body_key("云岭省临江市人民政府"))
    assert f"issuedBy> <{body}>" in quads
    assert ids.body_key("临江市人民政府") not in quads
