"""docs/analysis.md tells every analysis, network, ground, stage and setting as the program has it."""

from pathlib import Path

import pytest

from kg.analysis.inferred import grounds
from kg.analysis.stages import stage_types
from kg.cli.analyse import ANSWERS, Analysis
from kg.questions import NETWORKS
from kg.settings import described


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "analysis.md").read_text("utf-8")


@pytest.mark.parametrize("what", Analysis)
def test_every_analysis_is_told(page: str, what: Analysis) -> None:
    assert f"| `{what.value}` | {ANSWERS[what].zh[:4]}" in page


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_is_told(page: str, name: str) -> None:
    assert f"| `{name}` |" in page


def test_every_ground_is_told_as_declared(page: str) -> None:
    for ground in grounds().values():
        row = f"| `{ground.id}` | {ground.name.zh} | {ground.name.en} | {ground.kind} |"
        assert row in page
        assert f"| {ground.definition.zh} | {ground.definition.en} |" in page
        if ground.confidence < 1:
            assert f"{row} {ground.confidence} |" in page


def test_every_stage_is_told_as_declared(page: str) -> None:
    for stage in stage_types().values():
        told = (stage.name.zh, stage.name.en, stage.definition.zh, stage.definition.en)
        assert f"| `{stage.id}` | {' | '.join(told)} |" in page


def test_every_setting_that_is_named_exists(page: str) -> None:
    known = {name for name, _, _ in described()}
    named = {word.strip("`") for word in page.split() if word.startswith("`QKG_")}
    for name in ("QKG_INFERRED_MOST", "QKG_LEAST_YEARS"):
        assert name in page
        assert name in known
    assert {name.split("`")[0] for name in named} <= known
