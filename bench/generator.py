"""An invented nation of any size as N-Quads: ``python -m bench.generator --triples 1m -o DIR``.

Each area of the nation has a plan in a named graph of its own, and what the plan takes up of the
plan above in another, just as `kg.rdf` writes them: the plans are written as texts together with
what they say, and go the way of a text that was read. The same seed gives the same bytes. The
files are written one after the other, so memory does not grow with the counties.

``DIR/manifest.json`` says what is there: how many triples and documents, how many gaps were
planted, and names to ask the saved queries about.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from bench.draft import Verbatim
from bench.nation import places
from bench.plan import Plan, plan_of
from kg import rdf
from kg.model import Level, RelationKind, Role, Source
from kg.rdf.uptake import Uptake, uptake_quads

PER_DOCUMENT = 3600
"""Triples of a plan on average: how many plans a wanted size needs."""

SEED = 42
_PER_PART = 100
_UNITS = {"k": 1_000, "m": 1_000_000}
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generated nation holds.

    ``planted`` counts gaps by type; ``ask`` gives a value for each parameter of the saved queries.
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


def generate(folder: Path, *, triples: int, seed: int = SEED) -> Manifest:
    """Write a nation of about *triples* triples into *folder*; return what is there."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = max(3, round(triples / PER_DOCUMENT))
    written, planted = 0, Counter[str]()
    parts: list[str] = []
    first: Plan | None = None
    ask: dict[str, str] = {}
    batch: list[bytes] = []
    for number, plan in enumerate(plans(wanted, seed=seed), 1):
        quads = quads_of(plan)
        written += quads.count(b"\n")
        planted += plan.planted
        first = first or plan
        ask = ask or (asked_of(first, plan) if plan.uptake else {})
        batch.append(quads)
        if number % _PER_PART == 0 or number == wanted:
            parts.append(f"part-{len(parts) + 1:04}.nq")
            (folder / parts[-1]).write_bytes(b"".join(batch))
            batch.clear()
    manifest = Manifest(seed, written, wanted, dict(sorted(planted.items())), ask, tuple(parts))
    (folder / _MANIFEST).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
    return manifest


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
    parser.add_argument("--triples", type=size_of, default=size_of("100k"), help="10k, 1m, 10m …")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("-o", "--output", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    manifest = generate(chosen.output, triples=chosen.triples, seed=chosen.seed)
    print(f"{manifest.triples} triples, {manifest.documents} documents, {manifest.planted}")


if __name__ == "__main__":
    main()
