"""docs/notebooks/tour.ipynb runs from its first cell to its last, and each cell shows something."""

import os
import sys
from copy import deepcopy
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

CELLS = 10


@pytest.fixture(scope="module")
def tour(root: Path) -> nbformat.NotebookNode:
    return nbformat.read(root / "docs" / "notebooks" / "tour.ipynb", as_version=4)


@pytest.mark.slow
def test_the_tour_runs_and_every_cell_shows_something(
    tour: nbformat.NotebookNode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("QKG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    client = NotebookClient(
        deepcopy(tour), timeout=300, resources={"metadata": {"path": str(tmp_path)}}
    )
    ran = client.execute(env={**os.environ, "PATH": str(Path(sys.executable).parent)})
    cells = [cell for cell in ran.cells if cell.cell_type == "code"]
    shown = ["".join(map(str, cell.outputs)) for cell in cells]
    assert all(shown)
    assert "yunling-province.txt new" in shown[1]
    assert "<svg" in shown[7]
    assert "text/html" in shown[3]


def test_the_tour_has_ten_cells_told_in_both_languages_and_ships_without_outputs(
    tour: nbformat.NotebookNode,
) -> None:
    code = [cell for cell in tour.cells if cell.cell_type == "code"]
    words = [cell.source for cell in tour.cells if cell.cell_type == "markdown"]
    assert len(code) == len(words) == CELLS
    assert [cell for cell in code if cell.outputs] == []
    assert all(not text.isascii() for text in words)
