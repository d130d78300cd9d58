"""Whether store and texts still agree: every hash made again, every span read again.

A document that came as facts, or from another home, has no text here; it is counted, not blamed.
One that a build of this store read must have its bytes, its text and the map between the two.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from kg.access import Audit
from kg.access.audit import FILE as LOG
from kg.confined import within_limits
from kg.errors import DocumentError
from kg.home import Home
from kg.ids import key_of
from kg.model import Bilingual, Run, Span
from kg.progress import Progress, in_silence
from kg.rdf.runs import RUN_GRAPH
from kg.rdf.shortcuts import DISAGREEMENTS
from kg.settings import Settings
from kg.store import Store
from kg.text.clean import CleanText
from kg.text.readers import read
from kg.vocab import PREFIXES, Class, Property

FAULTS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "altered": Bilingual("内容与其名称中的散列值不符", "its content is not what its name says"),
        "bytes-lost": Bilingual("原始文件不在数据目录中", "its bytes are not in the data folder"),
        "text-lost": Bilingual(
            "清洗后的文本不在数据目录中", "its clean text is not in the data folder"
        ),
        "map-lost": Bilingual(
            "回到原文的对照表不在，或未覆盖全文",
            "the map back to the raw text is not there, or does not cover the text",
        ),
        "unreadable": Bilingual("原始文件无法再次读入", "its bytes cannot be read any more"),
        "quote": Bilingual("引文与所指位置的文字不符", "the quote is not what stands at its place"),
        "place": Bilingual("所指位置超出文本", "the place lies outside the text"),
        "raw-place": Bilingual(
            "原文位置与对照表不符", "the raw place is not where the map leads, or outside the text"
        ),
        "audit": Bilingual(
            "写入记录的这一行被改动，或其前后有缺失",
            "this line of the log of writes was changed, or one beside it is missing",
        ),
        "shortcut": Bilingual(
            "直接属性与节点不一致；请运行 qkg shortcuts",
            "a direct triple and its node disagree; run `qkg shortcuts`",
        ),
    }
)
"""What can be found wrong, by code. But for ``shortcut`` the way out is `qkg restore` or a new build."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not agree: what (a code of `FAULTS`), and where (a file or a name)."""

    code: str
    place: str

    @property
    def reason(self) -> Bilingual:
        """Return what is wrong."""
        return FAULTS[self.code]


@dataclass(frozen=True, slots=True)
class Soundness:
    """What was looked at, and what was found wrong.

    Attributes:
        documents: Documents whose words were read again.
        unkept: Documents that came as facts, or from another home.
        files: Files of the data folder whose hash was made again.
        spans: Places in texts that were read again.
        faults: What does not agree.
    """

    documents: int
    unkept: int
    files: int
    spans: int
    faults: tuple[Fault, ...]


class _Kept(NamedTuple):
    """A document that a build of this store read."""

    document: str
    name: str
    raw_sha256: str
    text_sha256: str


class _Place(NamedTuple):
    """Where a mention says that its words stand."""

    mention: str
    clean: Span
    raw: Span
    exact: str | None


def check(
    store: Store, home: Home, *, settings: Settings, progress: Progress = in_silence
) -> Soundness:
    """Return whether what *store* says of texts is what *home* holds.

    Args:
        store: What is said.
        home: What is held.
        settings: How documents are read again.
        progress: Called with how many documents have been read, and of how many.

    Raises:
        StoreError: The store failed.
    """
    files = sorted(home.kept())
    faults = [Fault("altered", name) for name, digest in files if home.digest(name) != digest]
    documents, unkept = _documents(store)
    spans = 0
    for number, document in enumerate(documents, 1):
        places = list(_places(store, document.document))
        faults += _faults(document, places, home=home, settings=settings)
        spans += len(places)
        progress(number, len(documents))
    faults += [
        Fault("shortcut", f"{key_of(str(row['a']))} {key_of(str(row['b']))}")
        for row in store.select(DISAGREEMENTS).dicts()
    ]
    faults += [Fault("audit", f"{LOG} {number}") for number in Audit(home.path).broken()]
    return Soundness(len(documents), unkept, len(files), spans, tuple(faults))


def _documents(store: Store) -> tuple[list[_Kept], int]:
    """Return the documents that a build of this store read, and the number of all others."""
    table = store.select(
        f"SELECT ?document ?name ?raw ?text ?run {{ ?of <{Property.TEXT_OF}> ?document ; "
        f"<{Property.FILE_NAME}> ?name ; <{Property.RAW_SHA256}> ?raw ; "
        f"<{Property.TEXT_SHA256}> ?text "
        f"OPTIONAL {{ GRAPH <{RUN_GRAPH}> {{ ?of <{PREFIXES['prov']}wasGeneratedBy> ?run }} }} }} "
        "ORDER BY ?document"
    )
    kept = [_Kept(*(str(cell) for cell in row[:4])) for row in table.rows if row[4] is not None]
    return kept, len(table.rows) - len(kept)


def _places(store: Store, document: str) -> Iterator[_Place]:
    """Yield where the mentions of a document say that their words stand."""
    numbers = (Property.START, Property.END, Property.RAW_START, Property.RAW_END)
    lines = " ; ".join(f"<{name}> ?n{at}" for at, name in enumerate(numbers))
    table = store.select(
        f"SELECT DISTINCT ?mention ?n0 ?n1 ?n2 ?n3 ?exact {{ ?of <{Property.TEXT_OF}> <{document}> . "
        f"?mention <{Property.MENTION_IN}> ?of ; a <{Class.MENTION}> ; {lines} "
        f"OPTIONAL {{ ?mention <{Property.EXACT}> ?exact }} }} ORDER BY ?mention"
    )
    for mention, start, end, raw_start, raw_end, exact in table.rows:
        clean, raw = (
            Span(int(start or 0), int(end or 0)),
            Span(int(raw_start or 0), int(raw_end or 0)),
        )
        yield _Place(str(mention), clean, raw, None if exact is None else str(exact))


def _faults(
    document: _Kept, places: list[_Place], *, home: Home, settings: Settings
) -> Iterator[Fault]:
    """Yield what is wrong with one document."""
    data = home.raw_of(document.raw_sha256)
    text = home.text_of(document.text_sha256)
    rows = home.map_of(document.raw_sha256)
    where = key_of(document.document)
    lost = {"bytes-lost": data, "text-lost": text, "map-lost": rows}
    yield from (Fault(code, where) for code, held in lost.items() if held is None)
    if data is None or text is None or rows is None:
        return
    try:
        work = partial(read, document.name, data, settings=settings)
        raw = within_limits(work, name=document.name, settings=settings).text
    except DocumentError:
        yield Fault("unreadable", where)
        return
    cleaned = CleanText.from_map(text, rows)
    if not _covers(cleaned.runs, len(text), len(raw)):
        yield Fault("map-lost", where)
        return
    for place in places:
        if code := _wrong(place, cleaned, len(raw)):
            yield Fault(code, key_of(place.mention))


def _covers(runs: tuple[Run, ...], length: int, raw_length: int) -> bool:
    """Return whether *runs* cover a text without holes, in order, within the raw text."""
    at = raw_at = 0
    for run in runs:
        if run.clean_start != at or not raw_at <= run.raw_start <= run.raw_end <= raw_length:
            return False
        at, raw_at = run.clean_end, run.raw_end
    return at == length


def _wrong(place: _Place, cleaned: CleanText, raw_length: int) -> str | None:
    """Return the code of what is wrong with a mention, or None."""
    if not 0 <= place.clean.start <= place.clean.end <= len(cleaned.text):
        return "place"
    if place.exact is not None and place.clean.of(cleaned.text) != place.exact:
        return "quote"
    if place.raw.end > raw_length or place.raw != cleaned.raw_span(place.clean):
        return "raw-place"
    return None
