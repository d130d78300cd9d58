"""The PDF: tagged, in a process of its own, and a clear word where it cannot be made."""

import subprocess
import sys

import pypdfium2
import pytest

from kg.errors import MissingLibraryError, ReportError
from kg.report import Report, Wish, pdf, render, typeset
from tests.unit.report.reading import needs_pdf


def test_progress_tells_pages_up_to_as_many_as_expected(report: Report) -> None:
    needs_pdf()
    told: list[tuple[int, int]] = []
    data = render(report, ".pdf", Wish(progress=lambda done, total: told.append((done, total))))
    assert len(pypdfium2.PdfDocument(data)) > 3
    assert told
    assert all(0 < done <= total for done, total in told)
    assert len({total for _, total in told}) == 1


def test_without_weasyprint_the_process_says_so() -> None:
    command = [sys.executable, "-S", "-P", typeset.__file__]  # -S: no installed packages
    done = subprocess.run(command, input=b"<p>", capture_output=True, check=False)
    assert done.returncode == typeset.MISSING
    assert b"weasyprint" in done.stderr


def test_what_is_missing_is_told_with_what_to_install() -> None:
    with pytest.raises(MissingLibraryError, match="libpango") as told:
        pdf.check(typeset.MISSING, "cannot load library 'libpango-1.0-0'")
    assert "quality-kg[report]" in told.value.text("zh")


def test_a_process_that_fails_is_told_with_its_last_words() -> None:
    with pytest.raises(ReportError, match="no room"):
        pdf.check(1, "MemoryError: no room")
