"""The facts of the development passages, scored as their guideline scores them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.extract import extract
from kg.extract.exchange import exchange

FLOORS = {
    "ALL": 0.99,
    "Goal": 0.98,
    "Indicator": 0.94,
    "TaskGroup": 0.99,
    "Task": 0.99,
    "Programme": 0.92,
    "Action": 0.95,
    "System": 0.98,
    "Body": 0.99,
    "Document": 0.98,
    "Time": 0.98,
}
PASSAGES = 13


def scores(folder: Path, shared: Path, gold: dict[str, Path], *options: str) -> dict[str, dict]:
    """Return the scorer's table for the *gold* files, each with its text."""
    (folder / "gold").mkdir()
    (folder / "found").mkdir()
    for annotated, text in gold.items():
        name = Path(annotated).stem
        shutil.copy(annotated, folder / "gold" / f"{name}.json")
        (folder / "gold" / f"{name}.txt").write_bytes(text.read_bytes())
        words = _read(text)
        made = json.dumps(exchange(extract(words), words, name=name), ensure_ascii=False)
        (folder / "found" / f"{name}.json").write_text(made, "utf-8")
    scorer = shared / "gold" / "score.py"
    aliases = shared / "corpus" / "departments.tsv"
    command = [sys.executable, str(scorer), str(folder / "found"), str(folder / "gold")]
    done = subprocess.run(
        [*command, "--aliases", str(aliases), "--json", *options],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


@pytest.mark.shared
def test_the_seed_is_read_as_its_annotation_reads_it(shared: Path, tmp_path: Path) -> None:
    gold = shared / "gold"
    table = scores(tmp_path, shared, {str(gold / "seed.json"): gold / "seed_clean.txt"})
    assert table["ALL"]["entity ALL exact"]["prf"][2] >= 0.99


@pytest.mark.shared
@pytest.mark.slow
def test_the_passages_are_read_above_their_floors(shared: Path, tmp_path: Path) -> None:
    dev = shared / "gold" / "dev"
    gold = {str(p): p.with_suffix(".txt") for p in sorted(dev.glob("0*.json"))}
    assert len(gold) == PASSAGES
    table = scores(tmp_path, shared, gold, "--skip-doubt")["ALL"]
    found = {kind: table[f"entity {kind} exact"]["prf"][2] for kind in FLOORS}
    assert {kind for kind, floor in FLOORS.items() if found[kind] < floor} == set(), found
    assert table["duty with role"]["prf"][2] >= 0.99
    assert table["relation ALL overlap"]["prf"][2] >= 0.97
