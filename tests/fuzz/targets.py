"""What is fuzzed: each target makes a case of its number and looks whether it comes out as it must."""

import asyncio
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from random import Random

import httpx2

from api.app import create_app
from kg.confined import within_limits
from kg.errors import DocumentError, SheetError
from kg.extract import extract
from kg.extract.duties.clause import parse_clause
from kg.home import Home
from kg.ledger.columns import FORM
from kg.settings import Settings
from kg.sheets.csv_file import read_csv
from kg.sheets.xlsx_file import read_xlsx
from kg.text.clean import clean
from kg.text.readers import read
from kg.text.segment import segment
from tests.fuzz import seeds
from tests.fuzz.mutations import mutated
from tests.stores import example_store

LIMITS = Settings(read_limit_s=20)


@dataclass(frozen=True, slots=True)
class Target:
    """Something to be fuzzed: what one case of it does, and its share of all cases."""

    once: Callable[[Random], None]
    share: float


def document(random: Random) -> None:
    name = random.choice([name for name in seeds.SOUND if not name.endswith(".pdf")])
    data = mutated(random, (seeds.SOUND[name],), seeds.BYTE_PIECES)
    _read(partial(read, name, data, settings=LIMITS), name)


def pdf(random: Random) -> None:
    data = mutated(random, (seeds.SOUND["a.pdf"],), (*seeds.BYTE_PIECES, b"obj", b"endobj", b"<<"))
    work = partial(read, "a.pdf", data, settings=LIMITS)
    _read(partial(within_limits, work, name="a.pdf", settings=LIMITS), "a.pdf")


def _read(reading: Callable[[], object], name: str) -> None:
    try:
        reading()
    except DocumentError as error:
        assert name in error.text("zh")
        assert name in error.text("en")


def cleaner(random: Random) -> None:
    raw = mutated(random, seeds.TEXTS, seeds.TEXT_PIECES)
    found = clean(raw)
    assert found.text.encode() is not None
    at = raw_at = 0
    for run in found.runs:
        assert run.clean_start == at
        assert raw_at <= run.raw_start <= run.raw_end <= len(raw)
        at, raw_at = run.clean_end, run.raw_end
    assert at == len(found.text)


def clause(random: Random) -> None:
    text = mutated(random, seeds.CLAUSES, seeds.TEXT_PIECES)
    for body in parse_clause(text).bodies:
        assert 0 <= body.span.start < body.span.end <= len(text)


def segmenter(random: Random) -> None:
    text = mutated(random, seeds.TEXTS, seeds.TEXT_PIECES)
    for block in segment(text):
        assert 0 <= block.span.start <= block.span.end <= len(text)


def extraction(random: Random) -> None:
    text = clean(mutated(random, seeds.TEXTS, seeds.TEXT_PIECES)).text
    for mention in extract(text).mentions:
        assert mention.text == mention.span.of(text) or mention.fragments


def ledger(random: Random) -> None:
    data = mutated(random, seeds.LEDGERS[".csv"], seeds.CELL_PIECES)
    _sheet(lambda: list(read_csv(data, "a.csv", FORM)))


def workbook(random: Random) -> None:
    data = mutated(random, seeds.LEDGERS[".xlsx"], seeds.CELL_PIECES)
    _sheet(lambda: list(read_xlsx(data, "a.xlsx", FORM, LIMITS)))


def _sheet(reading: Callable[[], object]) -> None:
    try:
        reading()
    except (SheetError, DocumentError) as error:
        assert error.text("zh") != error.text("en")


def sparql(random: Random) -> None:
    query = mutated(random, seeds.QUERIES, seeds.QUERY_PIECES).encode("utf-8", "surrogatepass")
    kind = random.choice(("application/sparql-query", "application/x-www-form-urlencoded"))
    body = query if kind.endswith("query") else b"query=" + query
    answer = _service().send("/sparql", body, kind)
    assert answer.status_code in {200, 400, 403, 406, 413, 415, 422, 504}, answer.text


def upload(random: Random) -> None:
    name = mutated(
        random, (b"plan.txt", b"../../a.csv", b"a.docx"), (b"/", b"\\", b"\0", b"\xff", b'"')
    )
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n\r\n' % name
    parts = head + b"a" + b"\r\n--x--\r\n"
    body = mutated(
        random, (parts,), (b"--x", b"\r\n", b"--", b'name="level"', b"\0", b"\xff", b";")
    )
    kind = random.choice(
        ("multipart/form-data; boundary=x", "multipart/form-data", "multipart/a; b")
    )
    answer = _service().send("/api/documents", body, kind)
    assert answer.status_code in {202, 400, 413, 415, 422, 503}, answer.text


class _Service:
    """The service without a socket, over a small store."""

    def __init__(self) -> None:
        home = Home.create(Path(tempfile.mkdtemp(prefix="fuzz-")) / "home")
        settings = Settings(home=home.path, open_writes=True, query_limit_s=5)
        app = create_app(settings, store=example_store())
        self._loop = asyncio.new_event_loop()
        self._client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app, client=("127.0.0.1", 1)),
            base_url="http://localhost",
        )

    def send(self, path: str, body: bytes, kind: str) -> httpx2.Response:
        """Return the answer to a POST."""
        sent = self._client.post(path, content=body, headers={"Content-Type": kind})
        return self._loop.run_until_complete(sent)


@cache
def _service() -> _Service:
    return _Service()


TARGETS: Mapping[str, Target] = {
    "document": Target(document, 0.12),
    "pdf": Target(pdf, 0.002),
    "cleaner": Target(cleaner, 0.1),
    "clause": Target(clause, 0.4),
    "segmenter": Target(segmenter, 0.15),
    "extraction": Target(extraction, 0.02),
    "ledger": Target(ledger, 0.15),
    "workbook": Target(workbook, 0.02),
    "sparql": Target(sparql, 0.03),
    "upload": Target(upload, 0.008),
}
"""What takes longer has the smaller share."""
