"""On Spark, two executors of their own: the findings in a generated nation are those of one machine."""

from pathlib import Path

from bench.generator import size_of
from bench.queries import stored
from kg.analysis.gaps import catalogue, findings_of
from kg.analysis.project import read
from kg.settings import Settings
from kg.store import open_store
from tests.engines.conftest import ENGINE


def test_a_generated_nation_has_the_same_gaps_on_spark(tmp_path: Path) -> None:
    stored(tmp_path / "nation", triples=size_of("100k"))
    alone = Settings(home=tmp_path)
    tables = read(open_store(tmp_path / "nation" / "store", settings=alone, read_only=True))
    found = findings_of(tables, settings=alone)
    assert findings_of(tables, settings=Settings(home=tmp_path, engine=ENGINE)) == found
    assert len({finding.type for finding in found}) > 12
    assert len(catalogue()) == 25
