"""What a run of the measures leaves behind."""

import json
from pathlib import Path

from bench.__main__ import write
from bench.measure import Result


def test_results_are_kept_with_the_machine_and_the_versions(tmp_path: Path) -> None:
    path = write([Result("clean, clean text", 2.5, "characters/s", 1.5)], tmp_path)
    kept = json.loads(path.read_text("utf-8"))
    assert kept["results"] == [
        {"measure": "clean, clean text", "value": 2.5, "unit": "characters/s", "ratio": 1.5}
    ]
    assert kept["machine"]["cores"] >= 1
    assert kept["machine"]["memory_gb"] > 0
    assert kept["versions"]["quality-kg"]
    assert path.stem.startswith(kept["at"][:10])
