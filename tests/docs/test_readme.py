"""What the README says works: query, Python, commands, links and pictures, in both languages."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize

from kg.cli import app
from kg.reference import example_plans
from kg.settings import Settings
from kg.workspace import open_workspace
from tests.browser.conftest import browser as browser
from tests.browser.conftest import serving
from tests.docs.pictures import check_picture

TWINS = ("README.md", "README.zh.md")
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
PICTURE = re.compile(r"!\[[^\]]+\]\((docs/pictures/\S+)\)")
VIEW = ViewportSize(width=1600, height=1000)
HAN = re.compile(r"[\u4e00-\u9fff]")


def blocks(path: Path, kind: str) -> list[str]:
    return [text for word, text in BLOCK.findall(path.read_text(encoding="utf-8")) if word == kind]


@pytest.mark.parametrize("name", TWINS)
def test_the_first_code_stands_before_line_15(root: Path, name: str) -> None:
    lines = (root / name).read_text(encoding="utf-8").splitlines()
    assert lines.index("```bash") < 14


@pytest.mark.parametrize("name", TWINS)
def test_every_link_leads_somewhere(root: Path, name: str) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", (root / name).read_text(encoding="utf-8"))
    assert targets
    assert [target for target in targets if not (root / target).exists()] == []


def test_the_twins_show_the_same_code(root: Path) -> None:
    def code(name: str) -> list[str]:
        texts = [text for _, text in BLOCK.findall((root / name).read_text(encoding="utf-8"))]
        lines = [line.partition("#")[0].strip() for text in texts for line in text.splitlines()]
        return [line.replace(".zh)", ".en)") for line in lines]

    assert code("README.md") == code("README.zh.md")


def test_the_twins_say_the_same_under_the_same_number_of_headings_and_points(root: Path) -> None:
    def frame(name: str) -> list[str]:
        text = BLOCK.sub("", (root / name).read_text(encoding="utf-8"))
        kinds = [re.match(r"#+ |- |!\[|\| |\S", line) for line in text.splitlines()]
        return [found[0] if found[0][0] in "#-!|" else "…" for found in kinds if found]

    assert frame("README.md") == frame("README.zh.md")
    assert frame("README.md").count("- ") > 10


@pytest.mark.slow
@pytest.mark.browser
def test_the_pictures_of_the_readme_show_the_shipped_example(
    root: Path, tmp_path: Path, browser: Browser
) -> None:
    with open_workspace(tmp_path / "home", create=True) as space:
        space.load_example()
        list(space.build(example_plans()))
        with serving(Settings(home=tmp_path / "home"), space.store) as address:
            for name, lang in zip(TWINS, ("en", "zh"), strict=True):
                (shown,) = PICTURE.findall((root / name).read_text(encoding="utf-8"))
                check_picture(browser, f"{address}?lang={lang}", root / shown, VIEW)


@pytest.mark.parametrize("name", TWINS)
def test_every_command_of_the_readme_exists(root: Path, name: str) -> None:
    known = {command.name or command.callback.__name__ for command in app.registered_commands}
    known |= {group.name for group in app.registered_groups}
    used = re.findall(r"qkg (\w+)", (root / name).read_text(encoding="utf-8"))
    assert set(used) <= known


@pytest.mark.slow
@pytest.mark.parametrize("name", TWINS)
def test_the_query_and_the_python_of_the_readme_run(
    root: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = "云溪省质量方案\n一、重点任务\n（一）推广先进标准。推广先进标准，开展对标。（省市场监管局牵头）\n"
    (tmp_path / "plan.txt").write_text(plan, encoding="utf-8")
    with open_workspace("demo-data", create=True) as space:
        list(space.build([tmp_path / "plan.txt"]))
        (query,) = blocks(root / name, "sparql")
        assert len(space.query(query).rows) == 1
    (program,) = blocks(root / name, "python")
    exec(compile(program, name, "exec"), {})
