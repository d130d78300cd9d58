"""The better editor is a build input: with node it is put in, without it nothing changes."""

import json
import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def script(root: Path, tmp_path: Path) -> dict[str, Any]:
    """The script in a tree of its own, so that the checkout stays as it is."""
    shutil.copytree(root / "editor", tmp_path / "editor", ignore=shutil.ignore_patterns("__*"))
    shutil.copy(root / "LICENSE", tmp_path / "LICENSE")
    (tmp_path / "api" / "static").mkdir(parents=True)
    return runpy.run_path(str(tmp_path / "editor" / "build.py"))


def test_without_node_the_page_keeps_its_plain_editor(
    script: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert script["main"]() == 0
    assert "not built (no npm here)" in capsys.readouterr().err
    assert list(script["STATIC"].iterdir()) == []


def test_a_registry_that_fails_leaves_nothing_half_done(
    script: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text("#!/bin/sh\necho 'npm error code ENOTFOUND' >&2\nexit 1\n", "utf-8")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{npm.parent}:/usr/bin:/bin")
    assert script["main"]() == 0
    assert "npm error code ENOTFOUND" in capsys.readouterr().err
    assert list(script["STATIC"].iterdir()) == []


def test_the_versions_are_pinned_by_hash_and_name_no_registry(root: Path) -> None:
    lock = json.loads((root / "editor" / "package-lock.json").read_text("utf-8"))
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert len(packages) >= 10
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert not any("resolved" in one for one in packages.values())
    wanted = json.loads((root / "editor" / "package.json").read_text("utf-8"))["dependencies"]
    assert wanted == {"@zazuko/yasqe": packages["node_modules/@zazuko/yasqe"]["version"]}


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("npm") is None, reason="no npm here")
def test_with_node_the_editor_comes_with_every_licence(script: dict[str, Any]) -> None:
    try:
        assert script["build"]()
    except script["NotBuiltError"] as error:
        pytest.skip(f"no way to the packages: {error}")
    assert not script["build"]()
    static: Path = script["STATIC"]
    assert "sourceMappingURL" not in (static / "yasqe.min.js").read_text("utf-8")
    licences = (static / "yasqe.LICENSES.txt").read_text("utf-8")
    for name in ("@zazuko/yasqe", "codemirror", "lodash-es", "query-string", "dompurify"):
        assert f"\n{name} " in licences
    assert licences.count("ermission is hereby granted") >= 9
