"""A damaged copy of a plan gives the same facts as the plan: none missing, none added.

Compared are the words and properties of every mention, relations, duties, document-wide rules and
metadata; places in the text are not, since a damaged copy has its own. The copies in data/damaged
are those that ship; the slow test makes others, with other chances and damages on top of each other.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.damage import FORMATS, KINDS, damaged
from kg.model import Extraction, Mention
from kg.reading import read_document
from kg.settings import Settings

ROOT = Path(__file__).parents[2]
PLANS = sorted((ROOT / "data/plans").glob("*.txt"))
COPIES = sorted((ROOT / "data/damaged").iterdir())
SEEDS = (2, 3)
# Damages on top of each other: what a scraper hands on in another format.
COMBINED = (
    ("pinyin", "docx"),
    ("scraped", "html"),
    ("byte-shift", "gb18030.txt"),
    ("half-width", "docx"),
    ("spaces", "pdf"),
    ("commas", "html"),
    ("traditional", "pdf"),
)

Facts = Counter[tuple[object, ...]]


def facts_of(name: str, data: bytes) -> Facts:
    """Return what a document says, counted, without the places where it says so."""
    found = read_document(name, data, settings=Settings()).extraction
    return Counter(facts(found))


def facts(found: Extraction) -> Iterator[tuple[object, ...]]:
    named = {mention.id: mention for mention in found.mentions}
    for mention in found.mentions:
        yield "mention", *words(mention), tuple(sorted(mention.attrs.items(), key=str))
    for link in found.relations:
        ends = (shown(link.head, named), shown(link.tail, named))
        yield "relation", link.kind.value, *ends, link.stated
    for duty in found.responsibilities:
        measures = tuple(shown(measure, named) for measure in duty.applies_to)
        how = (duty.role.value, duty.basis.value, duty.open, duty.list_open, duty.deadline)
        yield "duty", duty.body, *how, measures
    for rule in found.document_rules:
        yield "rule", rule.rule, rule.text, rule.scope
    about = found.metadata
    yield "about", about.title, about.issuer, about.number, about.issued_on
    yield "scope", about.level, about.area, about.implements


def words(mention: Mention) -> tuple[str, str]:
    return mention.kind.value, mention.text


def shown(mention_id: str, named: dict[str, Mention]) -> tuple[str, str]:
    return words(named[mention_id]) if mention_id in named else ("", mention_id)


def differences(wanted: Facts, got: Facts) -> dict[str, list[tuple[object, ...]]]:
    return {"missing": list((wanted - got).elements()), "added": list((got - wanted).elements())}


NONE: dict[str, list[tuple[object, ...]]] = {"missing": [], "added": []}


@pytest.fixture(scope="module")
def wanted() -> dict[str, Facts]:
    return {plan.stem: facts_of(plan.name, plan.read_bytes()) for plan in PLANS}


def test_there_is_every_copy_of_every_plan(wanted: dict[str, Facts]) -> None:
    assert len(PLANS) >= 3
    endings = {*(f"{kind}.txt" for kind in KINDS), *FORMATS}
    assert {copy.name for copy in COPIES} == {
        f"{plan.stem}.{ending}" for plan in PLANS for ending in endings
    }
    assert all(sum(found.values()) > 400 for found in wanted.values())


@pytest.mark.parametrize("copy", COPIES, ids=lambda copy: copy.name)
def test_a_shipped_copy_says_what_its_plan_says(copy: Path, wanted: dict[str, Facts]) -> None:
    got = facts_of(copy.name, copy.read_bytes())
    assert differences(wanted[copy.name.partition(".")[0]], got) == NONE


def made_again(text: str) -> Iterator[tuple[str, bytes]]:
    for seed in SEEDS:
        yield from ((f"{seed}.{ending}", data) for ending, data in damaged(text, seed=seed))
    for kind, ending in COMBINED:
        damage: Callable[[str, random.Random], str] = KINDS[kind]
        once = damage(text, random.Random(f"{kind}-{ending}"))
        yield f"{kind}.{ending}", FORMATS[ending](once, random.Random(ending))


@pytest.mark.slow
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.stem)
def test_other_chances_and_damages_on_top_of_each_other_change_nothing(
    plan: Path, wanted: dict[str, Facts]
) -> None:
    found = {
        ending: differences(wanted[plan.stem], facts_of(f"{plan.stem}.{ending}", data))
        for ending, data in made_again(plan.read_text("utf-8"))
    }
    assert {ending: cases for ending, cases in found.items() if cases != NONE} == {}
    assert len(found) == len(SEEDS) * (len(KINDS) + len(FORMATS)) + len(COMBINED)
