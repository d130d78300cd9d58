"""What starts, starts soon: no room is opened before somebody enters it."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

# Each costs a tenth of a second or more, or what it needs does.
HEAVY = [
    "docx",
    "duckdb",
    "fastapi",
    "jinja2",
    "networkx",
    "numpy",
    "openpyxl",
    "opencc",
    "pyarrow",
    "pydantic",
    "pyoxigraph",
    "pypdfium2",
    "pypinyin",
    "pyshacl",
    "pyspark",
    "pyvis",
    "rdflib",
    "scipy",
    "selectolax",
    "uvicorn",
    "weasyprint",
    "xlsxwriter",
]
EXTRAS = {"py4j", "pyspark", "resvg_py", "sqlglot", "weasyprint", "xlsxwriter"}
STARTS = {
    "qkg --help": "import sys; sys.argv = ['qkg', '--help']; from kg.cli import app; app(standalone_mode=False)",
    "import kg": "import kg",
}
_TELL = "\nimport sys; print('loaded:', *sys.modules)"


def loaded(program: str) -> set[str]:
    """Return the libraries, and their modules, that a new interpreter has loaded after *program*."""
    done = subprocess.run(
        [sys.executable, "-c", program + _TELL], capture_output=True, text=True, check=True
    )
    names = done.stdout.rpartition("loaded:")[2].split()
    return {*names, *(name.partition(".")[0] for name in names)}


@pytest.mark.parametrize("start", STARTS)
def test_what_is_not_needed_to_begin_is_not_loaded(start: str) -> None:
    found = loaded(STARTS[start])
    assert "kg" in found
    assert found & set(HEAVY) == set()


def test_a_command_loads_no_library_of_a_format_that_it_does_not_meet() -> None:
    found = loaded("import kg.workspace") & {*HEAVY, "scipy.sparse"}
    assert {"pyarrow", "pyoxigraph"} <= found
    formats = {"docx", "jinja2", "openpyxl", "pypdfium2", "selectolax"}
    assert found & (formats | {"pyshacl", "scipy.sparse", "weasyprint", "xlsxwriter"}) == set()


def test_the_service_loads_what_answers_need_and_no_more() -> None:
    found = loaded("import api.app") & set(HEAVY)
    assert {"fastapi", "networkx", "pyoxigraph", "duckdb"} <= found
    assert found & {"pypinyin", "pyshacl", "pyspark", "pyvis", "weasyprint", "xlsxwriter"} == set()


def test_without_the_extras_the_demo_runs_and_the_service_starts(
    root: Path, tmp_path: Path
) -> None:
    program = f"""
import sys
sys.modules.update(dict.fromkeys({sorted(EXTRAS)}))  # as if they were not installed
sys.argv = ["qkg", "demo", "--home", {str(tmp_path / "home")!r}]
from kg.cli import app
app(standalone_mode=False)
import api.app
"""
    assert "kg" in loaded(program)
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    named = [Requirement(one).name for part in ("report", "scale") for one in extras[part]]
    assert {name.replace("-", "_") for name in named} <= EXTRAS
