"""The Python interface: what the command line does, in the same words."""

from pathlib import Path

import pytest

import kg
from kg.errors import FormatError, UnknownHomeError
from kg.model import Metadata
from kg.pipeline import Options
from kg.reading import READING
from kg.storing import Status
from tests.plans import STANDARDS


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("QKG_HOME", raising=False)
    path = tmp_path / "plan.txt"
    path.write_text(STANDARDS, encoding="utf-8")
    return path


def test_a_change_in_any_room_of_reading_makes_a_build_anew(root: Path) -> None:
    rooms = {
        path.parent.relative_to(root / "kg").as_posix()
        for name in ("text", "extract", "rdf")
        for path in (root / "kg" / name).rglob("*")
        if path.suffix in {".py", ".toml"}
    }
    assert rooms == set(READING)


def test_what_is_public_is_sorted() -> None:
    assert sorted(kg.__all__) == kg.__all__
    assert all(hasattr(kg, name) for name in kg.__all__)


def test_a_plan_is_built_analysed_and_reported(plan: Path, tmp_path: Path) -> None:
    with kg.open(tmp_path / "home", create=True) as space:
        outcomes = list(space.build(space.find([plan])))
        assert [outcome.status for outcome in outcomes] == [Status.NEW]
        assert space.graph("requires").number_of_edges() == 1
        assert {finding.type for finding in space.gaps()} >= {"G13", "G14"}
        kg.write(space.report(), tmp_path / "report.md")
    assert "协同缺口报告" in (tmp_path / "report.md").read_text(encoding="utf-8")


def test_a_document_is_listed_once_whatever_its_area_is_called(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(STANDARDS, encoding="utf-8")
    with kg.open(tmp_path / "home", create=True) as space:
        list(space.build([path], options=Options(Metadata(title="", area="福建省"))))
        assert [entry.area for entry in space.documents()] == ["福建省"]


def test_files_of_a_folder_and_of_a_glob_are_found_once(plan: Path, tmp_path: Path) -> None:
    with kg.open(tmp_path / "home", create=True) as space:
        assert space.find([tmp_path, tmp_path / "*.txt", plan]) == [plan]


def test_a_document_that_is_not_read_is_named_even_in_a_folder(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with kg.open(tmp_path / "home", create=True) as space:
        outcomes = list(space.build(space.find([tmp_path])))
    failed = next(one for one in outcomes if one.path.name == "old.doc")
    assert failed.error is not None
    assert ".docx" in failed.error.text("en")


def test_a_table_without_a_title_is_called_by_its_file(tmp_path: Path) -> None:
    path = tmp_path / "质量任务台账.csv"
    path.write_text("序号,任务,牵头单位\n1,制定分级标准,省市场监管局\n", encoding="utf-8")
    with kg.open(tmp_path / "home", create=True) as space:
        list(space.build([path]))
        assert [entry.title for entry in space.documents()] == ["质量任务台账"]


def test_two_files_of_one_identity_are_told_apart(plan: Path, tmp_path: Path) -> None:
    for folder, text in (
        ("a", STANDARDS),
        ("b", STANDARDS.replace("财政厅", "教育厅")),
        ("c", STANDARDS),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_text(text, encoding="utf-8")
    with kg.open(tmp_path / "home", create=True) as space:
        files = space.find([tmp_path / folder for folder in "abc"])
        outcomes = list(space.build(files))
    assert [outcome.status for outcome in outcomes] == [
        Status.NEW,
        Status.FAILED,
        Status.UNCHANGED,
    ]


@pytest.mark.slow
def test_two_processes_read_what_one_reads(plan: Path, tmp_path: Path) -> None:
    for number in range(4):
        text = STANDARDS.replace("云溪省", f"云溪{number}省")
        (tmp_path / f"plan{number}.txt").write_text(text, encoding="utf-8")
    stores = []
    for jobs in (1, 2):
        with kg.open(tmp_path / f"home{jobs}", create=True) as space:
            list(space.build(space.find([tmp_path / "plan?.txt"]), options=Options(jobs=jobs)))
            space.export(tmp_path / f"{jobs}.nq")
        stores.append(sorted((tmp_path / f"{jobs}.nq").read_bytes().splitlines()))
    assert stores[0] == stores[1]


def test_a_home_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnknownHomeError):
        kg.open(tmp_path / "nowhere")


def test_an_unknown_network_is_told_with_the_known_ones(tmp_path: Path) -> None:
    with (
        kg.open(tmp_path / "home", create=True) as space,
        pytest.raises(FormatError, match="channels"),
    ):
        space.graph("everything")
