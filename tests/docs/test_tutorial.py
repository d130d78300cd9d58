"""The tutorial, in both languages: its commands run, and its answers and pictures are what they gave.

`make pictures` (``QKG_REWRITE_EXPECTED=1``) writes answers and pictures anew.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kg.home import Home
from kg.settings import Settings
from kg.store import open_store
from tests.browser.conftest import browser as browser
from tests.browser.conftest import serving
from tests.docs.pictures import REWRITE, check_picture

PAGES = {"en": "tutorial.md", "zh": "tutorial.zh.md"}
FILE = re.compile(r"```text (\S+)\n(.*?)```", re.DOTALL)
STEP = re.compile(r"```bash\n(?P<commands>.*?)```\n\n```text\n(?P<answer>.*?)```", re.DOTALL)
PICTURE = re.compile(r"!\[[^\]]+\]\(pictures/(\S+)\)")
HOW_FAST = re.compile(r"/s\b")  # a line that no two runs have in common


@dataclass(frozen=True, slots=True)
class Walk:
    """A folder in which the commands of a page were run one after the other."""

    lang: str
    page: Path
    folder: Path
    answers: tuple[str, ...]


@pytest.fixture(scope="module", params=PAGES)
def walk(
    request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Walk:
    folder, page = tmp_path_factory.mktemp("tutorial"), root / "docs" / PAGES[request.param]
    text = page.read_text("utf-8")
    for name, words in FILE.findall(text):
        (folder / name).write_text(words, encoding="utf-8")
    told = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}",
        "LC_ALL": "C.UTF-8",
        "QKG_LANG": request.param,
    }
    answers = [run(step["commands"], folder, told) for step in STEP.finditer(text)]
    return Walk(request.param, page, folder, tuple(answers))


def run(commands: str, folder: Path, told: dict[str, str]) -> str:
    """Return what *commands* print, on either way; how fast they were is left out."""
    done = subprocess.run(
        ["bash", "-ec", commands],
        cwd=folder,
        env=told,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    lines = (line for line in done.stdout.splitlines() if not HOW_FAST.search(line))
    return "".join(f"{line.rstrip()}\n" for line in lines)


@pytest.mark.slow
def test_every_answer_of_the_page_is_what_its_commands_give(walk: Walk) -> None:
    text = walk.page.read_text("utf-8")
    if REWRITE:
        answers = iter(walk.answers)
        made = STEP.sub(
            lambda step: f"```bash\n{step['commands']}```\n\n```text\n{next(answers)}```", text
        )
        walk.page.write_text(made, encoding="utf-8")
        text = made
    assert [step["answer"] for step in STEP.finditer(text)] == list(walk.answers)
    assert len(walk.answers) >= 8


@pytest.fixture
def shown(walk: Walk) -> Iterator[dict[str, str]]:
    """Yield where each picture of the page is taken, over a service that runs."""
    settings = Settings(home=walk.folder / "qkg-data", lang=walk.lang)  # type: ignore[arg-type]
    store = open_store(Home.open(settings.home).store, settings=settings)
    with serving(settings, store) as address:
        yield {
            f"summary.{walk.lang}.png": (walk.folder / "summary.html").as_uri(),
            f"explorer.{walk.lang}.png": f"{address}?lang={walk.lang}",
            f"gaps.{walk.lang}.png": f"{address}gaps?lang={walk.lang}",
        }
    store.close()


@pytest.mark.slow
@pytest.mark.browser
def test_every_picture_of_the_page_can_be_taken(
    walk: Walk, shown: dict[str, str], browser: Browser
) -> None:
    names = PICTURE.findall(walk.page.read_text("utf-8"))
    assert sorted(names) == sorted(shown)
    for name in names:
        check_picture(browser, shown[name], walk.page.parent / "pictures" / name)


def test_the_twins_run_the_same_commands_on_the_same_plans(root: Path) -> None:
    english, chinese = ((root / "docs" / name).read_text("utf-8") for name in PAGES.values())
    assert FILE.findall(english) == FILE.findall(chinese)
    steps = [step["commands"] for step in STEP.finditer(english)]
    assert len(steps) >= 8
    assert steps == [step["commands"] for step in STEP.finditer(chinese)]


@pytest.mark.parametrize("name", PAGES.values())
def test_every_link_leads_somewhere(root: Path, name: str) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", (root / "docs" / name).read_text("utf-8"))
    assert len(targets) >= 8
    assert [target for target in targets if not (root / "docs" / target).exists()] == []
