"""On Spark, two executors of their own: the findings in a generated nation are those of one machine."""

from pathlib import Path

from bench.generator import size_of
from bench.queries import stored
from kg.workspace import open_workspace
from tests.engines.conftest import ENGINE


def test_a_generated_nation_has_the_same_gaps_on_spark(tmp_path: Path) -> None:
    stored(tmp_path / "nation", triples=size_of("100k"))
    home, store = tmp_path / "home", str(tmp_path / "nation" / "store")
    with open_workspace(home, store=store, create=True) as alone:
        found = list(alone.gaps())
    with open_workspace(home, store=store, engine=ENGINE) as spread:
        assert list(spread.gaps()) == found
    assert len({finding.type for finding in found}) > 12
    assert not list(home.glob(".tables-*"))
