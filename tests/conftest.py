"""Fixtures that every suite may use."""

import os
from pathlib import Path

import hypothesis
import pytest

from kg.settings import Settings

ROOT = Path(__file__).parents[1]
# Left out of `make check`: whole folders, and modules that build or serve again and again.
SLOW = (
    "tests/browser/",
    "tests/cli/",
    "tests/conformance/",
    "tests/contract/",
    "tests/engines/",
    "tests/faults/",
    "tests/fuzz/",
    "tests/packaging/",
    "tests/property/",
    "tests/api/test_drawings.py",
    "tests/api/test_gap_page.py",
    "tests/api/test_ledger.py",
    "tests/api/test_names.py",
    "tests/api/test_reports.py",
    "tests/api/test_runs.py",
    "tests/api/test_uploads.py",
    "tests/quality/test_damaged.py",
    "tests/unit/analysis/test_kept_findings.py",
    "tests/unit/analysis/test_whatif.py",
    "tests/unit/drawing/",
    "tests/unit/editions/",
    "tests/unit/extract/test_align.py",
    "tests/unit/ledger/",
    "tests/unit/publish/",
    "tests/unit/report/",
    "tests/unit/review/test_marks.py",
    "tests/unit/test_damage.py",
    "tests/unit/test_display.py",
    "tests/unit/test_generator.py",
    "tests/unit/test_migration.py",
    "tests/unit/test_uptake.py",
    "tests/unit/upkeep/",
)
SHARED = ROOT.parent / "shared"


# The same cases in every run of continuous integration; people's own runs look for new ones. No case
# fails for being slow: that would tell of the machine.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.register_profile("own", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "own")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow by its place."""
    for item in items:
        if item.path.relative_to(ROOT).as_posix().startswith(SLOW):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of reference material; skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"no reference material at ../{SHARED.name} beside the checkout")
    return SHARED


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return settings with a home of their own, untouched by the environment."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"QKG_{name.upper()}", raising=False)
    return Settings(home=tmp_path / "home")
