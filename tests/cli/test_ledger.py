"""`qkg ledger`: what it prints and how it ends."""

from pathlib import Path

import openpyxl

from tests.cli.conftest import Command


def test_a_ledger_goes_out_is_filled_in_and_comes_back(linked: Command, tmp_path: Path) -> None:
    done = linked("ledger", "export", "ledger.xlsx")
    assert done.returncode == 0
    assert "4 行 rows" in done.stderr
    book = openpyxl.load_workbook(tmp_path / "ledger.xlsx")
    page = book.worksheets[0]
    keys = [str(cell.value).rpartition(" ")[2] for cell in page[1]]
    page.cell(2, keys.index("light") + 1).value = "红"
    book.save(tmp_path / "ledger.xlsx")
    assert "changed 1" in linked("ledger", "import", "ledger.xlsx").stderr
    assert "unchanged 4" in linked("ledger", "import", "ledger.xlsx").stderr
    assert "red or nothing new" in linked("gaps", "--type", "G12").stdout.replace("\n", "")


def test_a_wrong_cell_is_named_in_both_languages(linked: Command, tmp_path: Path) -> None:
    linked("ledger", "export", "ledger.csv")
    text = (tmp_path / "ledger.csv").read_text("utf-8-sig")
    lines = text.splitlines()
    lines[1] = lines[1].removesuffix(",,,,") + ",高,,,"
    (tmp_path / "ledger.csv").write_text("\n".join(lines), encoding="utf-8")
    for lang, words in (("en", "write a number"), ("zh", "请写数字")):
        done = linked("ledger", "import", "ledger.csv", lang=lang)
        assert done.returncode == 1
        assert "csv!K2" in done.stderr
        assert words in done.stderr
