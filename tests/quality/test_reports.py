"""Reports of the shipped example and of real documents, in every format: nothing lost, nothing altered."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
import pypdfium2
import pytest

from kg.model import ReportKind
from kg.report import FORMATS, Report, Wish, render, write
from kg.report import json as json_format
from kg.workspace import Workspace, open_workspace
from tests.unit.report.reading import needs_pdf, text_of

pytestmark = pytest.mark.slow

REAL = ("024_tianjin_digital_2021", "004_shuangchuang_2018", "019_fangguanfu_division_2020")


@pytest.fixture(scope="module")
def report(example: Workspace) -> Report:
    return example.report(since="last")


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Return a workspace with three real documents of different form in it."""
    files = [shared / "corpus" / "docs" / f"{name}.txt" for name in REAL]
    with open_workspace(tmp_path_factory.mktemp("real") / "home", create=True) as space:
        assert all(outcome.error is None for outcome in space.build(files))
        yield space


def assert_nothing_is_lost(report: Report, lang: str) -> None:
    names = {
        one["id"].rpartition("/")[2]
        for one in json.loads(json_format.render(report, lang))["findings"]
    }
    assert len(names) == len(report.findings) > 10
    for suffix in FORMATS:
        text = text_of(render(report, suffix, Wish(lang=lang)), suffix).replace("\\", "")
        assert {name for name in names if name not in text} == set(), suffix


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_finding_of_the_example_is_in_every_format(report: Report, lang: str) -> None:
    needs_pdf()
    assert_nothing_is_lost(report, lang)


@pytest.mark.shared
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_finding_of_real_documents_is_in_every_format(real: Workspace, lang: str) -> None:
    needs_pdf()
    assert_nothing_is_lost(real.report(), lang)


def assert_quotes_are_the_text(space: Workspace) -> None:
    report = space.report()
    pieces = [piece for one in report.findings for piece in one.evidence]
    pieces += [one.evidence for one in report.duties if one.evidence]
    quoted = [piece for piece in pieces if piece.quote]
    assert len(quoted) > 50
    for piece in quoted:
        text = space.home.text_of(piece.text_sha256)
        assert text is not None
        assert text[piece.start : piece.end] == piece.quote


def test_every_quote_of_the_example_is_the_text_at_its_offsets(example: Workspace) -> None:
    assert_quotes_are_the_text(example)


@pytest.mark.shared
def test_every_quote_of_real_documents_is_the_text_at_its_offsets(real: Workspace) -> None:
    assert_quotes_are_the_text(real)


def test_the_json_keeps_to_its_schema(report: Report) -> None:
    told = json.loads(json_format.render(report, "zh"))
    wrong = [error.message for error in jsonschema_rs.iter_errors(json_format.schema(), told)]
    assert wrong == []
    assert list(jsonschema_rs.iter_errors(json_format.schema(), told | {"findings": [{}]}))


def test_the_published_schema_is_current(root: Path) -> None:
    written = json.loads((root / "docs" / "report.schema.json").read_text("utf-8"))
    assert written == json_format.schema(), "run `python -m kg.report > docs/report.schema.json`"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_summary_of_the_example_has_two_pages(report: Report, lang: str) -> None:
    needs_pdf()
    data = render(report, ".pdf", Wish(ReportKind.SUMMARY, lang))
    assert len(pypdfium2.PdfDocument(data)) == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_office_program_opens_word_and_excel_files(
    report: Report, tmp_path: Path, lang: str
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here to open docx and xlsx with")
    pages = {}
    for name, wish in (
        ("summary.docx", ReportKind.SUMMARY),
        ("full.docx", None),
        ("full.xlsx", None),
    ):
        write(report, tmp_path / name, Wish(wish or ReportKind.FULL, lang))
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
        subprocess.run([*command, tmp_path / name], check=True, capture_output=True, timeout=180)
        made = (tmp_path / name).with_suffix(".pdf")
        pages[name] = len(pypdfium2.PdfDocument(made))
        made.rename(made.with_suffix(".seen.pdf"))
    assert pages["summary.docx"] == 2
    assert pages["full.docx"] > 10
    assert pages["full.xlsx"] > 6
