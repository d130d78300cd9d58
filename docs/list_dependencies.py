"""Write docs/dependencies.md: what the product and its tests are built on, by which licence, and why.

The list and the reasons come from pyproject.toml, versions and licences from what is installed, and
the date of the latest release from the package index. Run `python docs/list_dependencies.py` where
everything is installed: `pip install -e '.[all]' --group dev --group reasoner`.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pip._internal.commands import create_command

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "dependencies.md"
TITLES = {
    "product": "产品 The product",
    "report": "附加 Extra `report`",
    "scale": "附加 Extra `scale`",
    "test": "测试 Tests",
    "reasoner": "推理检验 Tests with a reasoner",
    "lint": "检查 Checks of the code",
}
_HEAD = """\
# 依赖 Dependencies

本页由 pyproject.toml 与已装包的元数据生成，请勿手改：`python docs/list_dependencies.py`。
This page is made from pyproject.toml and what is installed; do not edit it, run the command above.

用途取自 pyproject.toml 的注释；确切版本见 constraints.txt。没有一项采用 GPL 或 AGPL。 The reasons are the
comments of pyproject.toml; the exact versions stand in constraints.txt. None is under GPL or AGPL.
"""
_COLUMNS = "| 名称 name | 许可 licence | 最近发布 latest release | 用途 why |\n|---|---|---|---|\n"
_ALONG = """
## 随之而来 What the product and its extras bring along

可选许可的，不选 GPL。 Where there is a choice of licences, GPL is not the one chosen.

| 名称 name | 许可 licence |
|---|---|
"""
_ENTRY = re.compile(r'^  "(?P<requirement>[^"]+)",\s*(?:#\s*(?P<why>.+))?$')
_SHORT = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
}
_LONGEST = 50  # characters; what is longer is the text of a licence and no name of one


@dataclass(frozen=True, slots=True)
class Dependency:
    """A line of pyproject.toml: the part that needs it, its name and the reason."""

    part: str
    name: str
    why: str


def dependencies() -> list[Dependency]:
    """Return what pyproject.toml names, in its order."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    whys = {
        found["requirement"]: found["why"] or ""
        for line in text.splitlines()
        if (found := _ENTRY.match(line))
    }
    return [
        Dependency(part, Requirement(one).name, whys.get(one, ""))
        for part, listed in _parts(tomllib.loads(text)).items()
        for one in listed
    ]


def _parts(project: Mapping[str, dict]) -> dict[str, list[str]]:
    extras = project["project"]["optional-dependencies"]
    named = {
        "product": project["project"]["dependencies"],
        **{name: listed for name, listed in extras.items() if name != "all"},
        **project["dependency-groups"],
    }
    return {name: named[name] for name in TITLES}


def licence(found: Distribution) -> str:
    """Return the licence that a package says it has: its expression, its name, or its file's title."""
    told = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    if told and told != "UNKNOWN" and len(told) <= _LONGEST:
        return _SHORT.get(told, told)
    classes = [
        name.rpartition(" :: ")[2]
        for name in found.metadata.get_all("Classifier") or ()
        if name.startswith("License ::")
    ]
    if classes:
        return " OR ".join(_SHORT.get(name, name) for name in classes)
    return _SHORT["MIT License"] if _grants_all(found) else "?"


def _grants_all(found: Distribution) -> bool:
    """Return whether the licence file has the words of the MIT licence."""
    texts = [path for path in found.files or () if path.name.startswith("LICENSE")]
    grant = "Permission is hereby granted, free of charge, to any person obtaining a"
    return any(grant in path.read_text("utf-8") for path in texts)


def brought_along(names: Iterable[str]) -> dict[str, str]:
    """Return the licence of each package that these need, and those need in turn."""
    found: dict[str, str] = {}
    todo = [Requirement(name) for name in names]
    while todo:
        one = todo.pop()
        package = distribution(one.name)
        name = canonicalize_name(one.name)
        found[name] = licence(package)
        for text in package.requires or ():
            needed = Requirement(text)
            extras = [{"extra": extra} for extra in one.extras or {""}]
            wanted = needed.marker is None or any(map(needed.marker.evaluate, extras))
            if wanted and canonicalize_name(needed.name) not in found:
                todo.append(needed)
    return found


def released(name: str) -> str:
    """Return the day of the latest release, as the package index has it.

    pip has no command that prints it, so its own finder is asked; only this page needs it.
    """
    command = create_command("index")
    options, _ = command.parse_args(["versions", name])
    with command.main_context():
        finder = command._build_package_finder(options, command._build_session(options))
        times = [
            one.link.upload_time
            for one in finder.find_all_candidates(name)
            if one.link.upload_time and not one.version.is_prerelease
        ]
    return f"{max(times):%Y-%m-%d}" if times else "?"


def page() -> Iterator[str]:
    """Yield the page in Markdown."""
    listed = dependencies()
    yield _HEAD
    for part, title in TITLES.items():
        yield f"\n## {title}\n\n{_COLUMNS}"
        for one in listed:
            if one.part == part:
                own = licence(distribution(one.name))
                yield f"| {one.name} | {own} | {released(one.name)} | {one.why} |\n"
    yield _ALONG
    named = {canonicalize_name(one.name) for one in listed}
    for name, own in sorted(brought_along(_needed_by_the_product()).items()):
        if name not in named:
            yield f"| {name} | {own} |\n"


def _needed_by_the_product() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    parts = _parts(project)
    return [one for part in ("product", "report", "scale") for one in parts[part]]


if __name__ == "__main__":
    PAGE.write_text("".join(page()), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
