"""Fixtures that every suite may use."""

import os
from pathlib import Path

import hypothesis
import pytest

from kg.settings import Settings

ROOT = Path(__file__).parents[1]
# Left out of `make check`: whole folders, and modules that build, serve or judge again and again.
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
    "tests/unit/analysis/test_gap_readings.py",
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
# Begun first, the longest before the others, so that none of them is what all wait for at the end.
LONGEST = (
    "tests/engines/test_spark.py",
    "tests/faults/test_outside_store.py",
    "tests/contract/test_product_on_stores.py",
    "tests/engines/test_spark_nation.py",
    "tests/faults/test_disk.py",
    "tests/browser/test_explorer_day.py",
    "tests/cli/test_kills.py",
    "tests/docs/test_tutorial.py",
    "tests/api/test_openapi_cases.py",
    "tests/contract/test_kept_findings.py",
    "tests/browser/test_pages.py",
    "tests/faults/test_clock.py",
    "tests/cli/test_many.py",
    "tests/property/test_shares.py",
    "tests/property/test_whatif.py",
    "tests/quality/test_reports.py",
    "tests/api/test_restricted.py",
    "tests/fuzz/",
    "tests/conformance/",
    "tests/service/",
    "tests/property/",
)
SHARED = ROOT.parent / "shared"


# The same cases in every run of continuous integration; people's own runs look for new ones. No case
# fails for being slow: that would tell of the machine.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.register_profile("own", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "own")


def place(path: Path) -> str:
    """Return where in the checkout a file or folder stands, ``tests/faults/``; a file ends so too."""
    return f"{path.relative_to(ROOT).as_posix()}/"


def turn(item: pytest.Item) -> int:
    """Return how late a test begins: the number of its place in `LONGEST`, all others after these."""
    at = place(item.path)
    return next(
        (number for number, long in enumerate(LONGEST) if at.startswith(long)), len(LONGEST)
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave what is slow by its place unread where no slow test is asked for: reading takes seconds."""
    unasked = str(config.option.markexpr).startswith("not slow")
    return True if unasked and place(collection_path).startswith(SLOW) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow by its place, and put what takes longest first."""
    for item in items:
        if place(item.path).startswith(SLOW):
            item.add_marker(pytest.mark.slow)
    items.sort(key=turn)


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
