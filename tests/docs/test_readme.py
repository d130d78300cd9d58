"""What the README says works: its query, its Python, its commands, its links, in both languages."""

import re
from pathlib import Path

import pytest

from kg.cli import app
from kg.workspace import open_workspace

TWINS = ("README.md", "README.zh.md")
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
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
