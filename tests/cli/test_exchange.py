"""A nation of a hundred thousand triples out, in and out again, packed and not."""

import gzip
from pathlib import Path

import pytest

from bench.generator import documents_of, generate
from kg.reference import graphs
from tests.cli.conftest import Command

OWN = tuple(f"<{graph}> .".encode() for graph in graphs())


def stated(lines: list[bytes]) -> list[bytes]:
    """What documents say: ontology and authorities come with the version, not with the file."""
    return sorted(line for line in lines if not line.rstrip().endswith(OWN))


@pytest.fixture(scope="module")
def nation(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("nation")
    manifest = generate(folder, documents=documents_of(100_000))
    return b"".join((folder / part).read_bytes() for part in manifest.parts)


def test_a_nation_goes_out_in_and_out_as_it_was(
    qkg: Command, nation: bytes, tmp_path: Path
) -> None:
    (tmp_path / "nation.nq.gz").write_bytes(gzip.compress(nation))
    assert qkg("import", "nation.nq.gz", "--home", "one").returncode == 0
    assert qkg("export", "--home", "one", "-o", "one.nq.gz").returncode == 0
    assert qkg("import", "one.nq.gz", "--home", "two").returncode == 0
    assert qkg("optimize", "--home", "two").returncode == 0
    assert qkg("export", "--home", "two", "-o", "two.nq").returncode == 0
    first = stated(gzip.decompress((tmp_path / "one.nq.gz").read_bytes()).splitlines())
    second = stated((tmp_path / "two.nq").read_bytes().splitlines())
    assert len(first) == len(set(nation.splitlines()))
    assert first == second


@pytest.mark.parametrize("ending", [".trig", ".trig.gz", ".nq"])
def test_every_format_of_datasets_comes_back_whole(
    qkg: Command, nation: bytes, tmp_path: Path, ending: str
) -> None:
    part = b"".join(nation.splitlines(keepends=True)[:5_000])
    (tmp_path / "part.nq").write_bytes(part)
    assert qkg("import", "part.nq", "--home", "one").returncode == 0
    assert qkg("export", "--home", "one", "-o", f"all{ending}").returncode == 0
    assert qkg("import", f"all{ending}", "--home", "two").returncode == 0
    for home in ("one", "two"):
        qkg("export", "--home", home, "-o", f"{home}.nq")
    one, two = (stated((tmp_path / f"{n}.nq").read_bytes().splitlines()) for n in ("one", "two"))
    assert one == two
    assert len(one) == len(set(part.splitlines()))


def test_a_packed_file_that_is_none_is_told(qkg: Command, tmp_path: Path) -> None:
    (tmp_path / "no.nq.gz").write_bytes(b"<urn:s> <urn:p> <urn:o> .\n")
    result = qkg("import", "no.nq.gz", "--home", "one")
    assert result.returncode == 1
    assert "gzip" in result.stderr
    assert "Traceback" not in result.stderr
