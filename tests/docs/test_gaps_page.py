"""docs/gaps.md says what the catalogue says."""

from pathlib import Path

from kg.analysis.gaps.page import page


def test_the_page_of_gap_types_is_current(root: Path) -> None:
    written = (root / "docs" / "gaps.md").read_text("utf-8")
    assert written == page(), "run `python -m kg.analysis.gaps > docs/gaps.md`"
