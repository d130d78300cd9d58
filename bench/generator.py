"""An invented nation of any size: ``python -m bench.generator --triples 1m -o DIR``.

Each area of the nation has a plan in a named graph of its own, and what the plan takes up of the
plan above in another, just as `kg.rdf` writes them: the plans are written as texts together with
what they say. ``--as quads`` writes that as N-Quads, ``--as texts`` the texts alone in folders by
province and prefecture, for `qkg build`; ``--as tables`` puts the quads into a store and writes the
typed tables that the product makes of it. The same seed gives the same bytes. Plans are written one
after the other, so memory does not grow with the counties.

``DIR/manifest.json`` says what is there: how many triples and documents, how many gaps of each type,
and names to ask the saved queries about.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from bench.counted import COUNTED
from bench.draft import Verbatim
from bench.nation import Place, places
from bench.plan import Plan, plan_of
from kg import rdf
from kg.model import Level, RelationKind, Role, Source
from kg.publish import write_export
from kg.rdf.uptake import Uptake, uptake_quads
from kg.settings import load
from kg.store import open_store

PER_DOCUMENT = 3550
"""Triples of a plan on average: how many plans a wanted size needs."""

SEED = 42
_PER_PART = 100
_UNITS = {"k": 1_000, "m": 1_000_000}
_MANIFEST = "manifest.json"


class Form(StrEnum):
    """What a nation is written as."""

    QUADS = "quads"
    TEXTS = "texts"
    TABLES = "tables"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generated nation holds.

    ``planted`` counts gaps by type, of those types that a plan can be judged of by itself; ``ask``
    gives a value for each parameter of the saved queries. ``triples`` are those of the plans, be they
    written as texts alone; ``parts`` are the files of N-Quads.
    """

    seed: int
    triples: int
    documents: int
    planted: dict[str, int]
    ask: dict[str, str]
    parts: tuple[str, ...]


def plans(count: int, *, seed: int = SEED) -> Iterator[Plan]:
    """Yield *count* plans, each after the one that it carries out.

    Plans of counties are not kept: memory is bounded by the provinces and prefectures.
    """
    known: dict[str | None, Plan] = {}
    for place in places(count, seed):
        above = known[place.above.name] if place.above else None
        plan = plan_of(place, above=above, seed=seed)
        if place.level is not Level.COUNTY:
            known[place.name] = plan
        yield plan


def quads_of(plan: Plan) -> bytes:
    """Return a plan as N-Quads: its own graph, and the graph of what it takes up."""
    raw = sha256(plan.text.encode()).hexdigest()
    source = Source(plan.key, plan.name, "text/plain", raw, raw, raw)
    facts = rdf.quads(source, plan.extraction, Verbatim(plan.text))
    links = [
        Uptake(
            lower=lower.iri,
            upper=upper.iri,
            confidence=0.9,
            rule="uptake.likeness",
            stated=False,
            mentions=(lower.mention, upper.mention),
        )
        for lower, upper in plan.uptake
    ]
    return facts + (uptake_quads(plan.key, links, made_from=raw) if links else b"")


def generate(
    folder: Path, *, documents: int, form: Form = Form.QUADS, seed: int = SEED
) -> Manifest:
    """Write a nation of so many plans into *folder*; return what is there."""
    folder.mkdir(parents=True, exist_ok=True)
    files = _Files(folder)
    written, planted = 0, Counter[str](dict.fromkeys(COUNTED, 0))
    first: Plan | None = None
    ask: dict[str, str] = {}
    for plan in plans(documents, seed=seed):
        quads = quads_of(plan)
        written += quads.count(b"\n")
        planted.update(plan.planted)
        first = first or plan
        ask = ask or (asked_of(first, plan) if plan.uptake else {})
        if form is Form.TEXTS:
            files.text(plan)
        else:
            files.quads(quads)
    files.end()
    manifest = Manifest(seed, written, documents, dict(planted), ask, tuple(files.parts))
    if form is Form.TABLES:
        _write_tables(folder, manifest)
    (folder / _MANIFEST).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
    return manifest


@dataclass(slots=True)
class _Files:
    """The files of a nation, as they are written."""

    folder: Path
    parts: list[str] = field(default_factory=list)
    _held: list[bytes] = field(default_factory=list)

    def text(self, plan: Plan) -> None:
        """Write the text of a plan into the folders of the areas that it lies in."""
        path = self.folder.joinpath(*_areas(plan.place), plan.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(plan.text, encoding="utf-8")

    def quads(self, quads: bytes) -> None:
        """Write the quads of a plan, once there are enough for a part."""
        self._held.append(quads)
        if len(self._held) == _PER_PART:
            self.end()

    def end(self) -> None:
        """Write what is held."""
        if self._held:
            self.parts.append(f"part-{len(self.parts) + 1:04}.nq")
            (self.folder / self.parts[-1]).write_bytes(b"".join(self._held))
            self._held.clear()


def _areas(place: Place) -> list[str]:
    """Return the names of the areas whose folders a plan lies in; a county has none of its own."""
    at = place.above if place.level is Level.COUNTY else place
    names = []
    while at is not None and at.name:
        names.append(at.name)
        at = at.above
    return names[::-1]


def fill(place: Path, folder: Path, manifest: Manifest, *, more: Sequence[bytes] = ()) -> None:
    """Make a store at *place* of the N-Quads in *folder*, and of *more*."""
    place.mkdir(parents=True)
    database = ox.Store(place / "data")
    for part in manifest.parts:
        database.bulk_load(path=folder / part, format=ox.RdfFormat.N_QUADS)
    for graph in more:
        database.bulk_load(graph, format=ox.RdfFormat.N_QUADS)
    database.optimize()


def _write_tables(folder: Path, manifest: Manifest) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        place = Path(scratch) / "store"
        fill(place, folder, manifest)
        store = open_store(place, settings=load(), read_only=True)
        write_export(store, folder / "tables.parquet")


def generated(folder: Path) -> Manifest:
    """Return what an earlier run left in *folder*."""
    found = json.loads((folder / _MANIFEST).read_text("utf-8"))
    return Manifest(**{**found, "parts": tuple(found["parts"])})


def asked_of(plan: Plan, below: Plan) -> dict[str, str]:
    """Return names in a plan to ask about: its busiest body, and an item that others need.

    Of the items that the plan *below* takes up it is the one that most others need.
    """
    extraction = plan.extraction
    leads = Counter(duty.body for duty in extraction.responsibilities if duty.role is Role.LEAD)
    words = {mention.id: mention.text for mention in extraction.mentions}
    needed = Counter(
        words[relation.tail]
        for relation in extraction.relations
        if relation.kind is RelationKind.REQUIRES
    )
    taken = [upper.title for _, upper in below.uptake]
    return {
        "bodyName": leads.most_common(1)[0][0],
        "measureName": max(taken, key=lambda title: (needed[title], title)),
    }


def documents_of(triples: int) -> int:
    """Return how many plans have about so many triples.

    >>> documents_of(1_000_000)
    282
    """
    return max(3, round(triples / PER_DOCUMENT))


def size_of(words: str) -> int:
    """Return a number of triples: 10k, 1m or plain digits.

    >>> size_of("10k"), size_of("1m"), size_of("2500")
    (10000, 1000000, 2500)
    """
    unit = _UNITS.get(words[-1:].lower())
    return int(float(words[:-1]) * unit) if unit else int(words)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the nation that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.generator", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--triples", type=size_of, default=size_of("100k"), help="10k, 1m, 10m …")
    size.add_argument("--documents", type=int, help="how many plans instead")
    parser.add_argument("--as", dest="form", type=Form, choices=list(Form), default=Form.QUADS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("-o", "--output", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    documents = chosen.documents or documents_of(chosen.triples)
    manifest = generate(chosen.output, documents=documents, form=chosen.form, seed=chosen.seed)
    print(f"{manifest.triples} triples, {manifest.documents} documents, {manifest.planted}")


if __name__ == "__main__":
    main()
