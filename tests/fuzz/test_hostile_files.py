"""A file made to harm ends in a clear error, or in a text, within bounded time and memory."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from kg.confined import within_limits
from kg.errors import QkgError
from kg.settings import Settings
from kg.text.clean import clean
from kg.text.readers import read
from tests.fuzz import hostile

pytestmark = pytest.mark.slow

LIMITS = Settings(read_limit_s=20, read_memory_mb=1500)

Cases = Callable[[], Iterator[tuple[str, bytes, str]]]


def outcome(name: str, data: bytes) -> str:
    work = partial(read, name, data, settings=LIMITS)
    try:
        found = within_limits(work, name=name, settings=LIMITS)
    except QkgError as error:
        assert name in error.text("zh")
        assert error.text("zh") != error.text("en")
        return error.code
    assert clean(found.text[:100_000]).text
    return "text"


@pytest.mark.parametrize(
    ("cases", "at_least"),
    [(hostile.office, 36), (hostile.pages, 9), (hostile.texts, 11), (hostile.scans, 4)],
    ids=["office", "pages", "texts", "scans"],
)
def test_a_hostile_file_is_refused_or_read_within_bounds(
    cases: Cases, at_least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found, wanted = {}, {}
    for name, data, what in cases():
        found[name], wanted[name] = outcome(name, data), what
    assert found == wanted
    assert len(found) >= at_least
    assert list(tmp_path.rglob("*")) == []  # no part of an archive was unpacked to a place
