"""Fixtures that every suite may use."""

from pathlib import Path

import pytest

from kg.settings import Settings

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


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
