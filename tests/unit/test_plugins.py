"""What other packages add: found by kind and name, and every fault named with its package."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg import plugins as plugins_
from kg.analysis.gaps import catalogue
from kg.errors import PluginError
from kg.extract.rules import all_rules
from kg.plugins import Kind, named, plugins
from kg.report import endings, format_of
from kg.settings import Settings
from kg.store import open_store
from kg.text.readers import known_suffixes, read

# A package each: what it adds (kind, name, target), its module, its other files.
Install = Callable[..., None]
NOTE = """
from kg.text.readers import Decoded
def read(data, name, settings):
    return Decoded(data.decode("utf-8")[::-1], "utf-8")
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Return a function that installs a package; all are gone afterwards."""
    monkeypatch.syspath_prepend(tmp_path)

    def installed(package: str, added: str, module: str = "", **files: str) -> None:
        group, _, line = added.partition(": ")
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text(module, encoding="utf-8")
        for name, text in files.items():
            (tmp_path / package / f"{name}.toml").write_text(text, encoding="utf-8")
        info = tmp_path / f"{package}-2.1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 2.1\n")
        (info / "entry_points.txt").write_text(f"[quality_kg.{group}]\n{line}\n")
        forget()

    yield installed
    monkeypatch.undo()
    for name in [name for name in sys.modules if name.startswith("toy_")]:
        del sys.modules[name]
    forget()


def forget() -> None:
    importlib.invalidate_caches()
    plugins_.plugins.cache_clear()
    catalogue.cache_clear()


def test_nothing_is_added_where_nothing_is_installed() -> None:
    assert [one for kind in Kind for one in plugins(kind)] == []


def test_a_reader_takes_files_of_its_ending_and_no_others(
    install: Install, settings: Settings
) -> None:
    install("toy_note", "readers: note = toy_note:read", NOTE)
    assert ".note" in known_suffixes()
    found = read("a.NOTE", "量质".encode(), settings=settings)
    assert (found.text, found.media_type) == ("质量", "application/x-note")
    assert read("a.txt", "量质".encode(), settings=settings).text == "量质"


@pytest.mark.parametrize(
    ("module", "told"),
    [
        ("def read(data, name, settings): raise ValueError('no plan')", "ValueError: no plan"),
        ("def read(data): pass", "TypeError"),
        ("def read(data, name, settings): return 'words'", "no kg.text.readers.Decoded"),
        ("raise RuntimeError('not today')", "RuntimeError: not today"),
        ("", "AttributeError"),
    ],
)
def test_a_reader_that_fails_is_named_with_its_package(
    install: Install, settings: Settings, module: str, told: str
) -> None:
    install("toy_note", "readers: note = toy_note:read", module)
    with pytest.raises(PluginError, match=rf"toy_note 2\.1 adds readers 'note'.*{told}") as caught:
        read("a.note", b"words", settings=settings)
    assert "toy_note 2.1" in caught.value.text("zh")


def test_what_is_read_already_is_not_read_by_others(install: Install, settings: Settings) -> None:
    install("toy_note", "readers: txt = toy_note:read", NOTE)
    with pytest.raises(PluginError, match=r"toy_note 2\.1 .*is read already"):
        read("a.txt", b"words", settings=settings)


def test_of_two_packages_with_one_name_both_are_named(install: Install) -> None:
    install("toy_a", "stores: toy = toy_a:open")
    install("toy_b", "stores: toy = toy_b:open")
    with pytest.raises(PluginError, match=r"toy_b 2\.1 .*toy_a 2\.1 has one of this name"):
        named(Kind.STORES, "toy")


def test_a_store_that_cannot_be_opened_is_named_with_its_package(
    install: Install, settings: Settings
) -> None:
    install("toy_s", "stores: toy = toy_s:opened", "def opened(address, settings): return 1 / 0")
    with pytest.raises(PluginError, match=r"toy_s 2\.1 adds stores 'toy'.*ZeroDivisionError"):
        open_store("toy://x", settings=settings)


def test_a_format_is_a_format(install: Install) -> None:
    install("toy_f", "report_formats: toy = toy_f:FORMAT", "FORMAT = 'text/plain'")
    assert ".toy" in endings()
    with pytest.raises(PluginError, match=r"toy_f 2\.1 .*no kg\.report\.Format"):
        format_of(".toy")


@pytest.mark.parametrize(
    ("text", "told"),
    [("[G01]\nzh = 'x'", "KeyError"), ("[G01", "TOMLDecodeError"), (None, "FileNotFoundError")],
)
def test_a_catalogue_that_is_wrong_is_named_with_its_package(
    install: Install, text: str | None, told: str
) -> None:
    files = {} if text is None else {"catalogue": text}
    install("toy_g", "gap_types: toy = toy_g", **files)
    with pytest.raises(PluginError, match=rf"toy_g 2\.1 adds gap_types 'toy'.*{told}"):
        catalogue()


def test_a_gap_type_that_is_there_stays_what_it_is(install: Install, root: Path) -> None:
    ours = (root / "kg/analysis/gaps/catalogue.toml").read_text("utf-8")
    install("toy_g", "gap_types: toy = toy_g", catalogue=ours)
    with pytest.raises(PluginError, match=r"toy_g 2\.1 .*there is a type G01"):
        catalogue()


def test_rules_are_added_to_files_that_are_there(install: Install) -> None:
    install("toy_r", "rules: dities = toy_r", dities="")
    with pytest.raises(PluginError, match=r"toy_r 2\.1 adds rules 'dities'.*responsibilities"):
        all_rules()
