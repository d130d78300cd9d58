"""The reference lists of bodies, areas, levels, policy areas and mandates, read once.

Facts of public record, tab-separated; ``ontology/authorities/README.md`` tells what each column means.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kg.model import Bilingual, BodyKind, Level


@dataclass(frozen=True, slots=True)
class AuthorityBody:
    """A central or national body: full name, other names, and what became of it."""

    name: str
    aliases: tuple[str, ...]
    label: Bilingual
    level: Level
    kind: BodyKind
    successor: str | None = None
    until: int | None = None  # year in which it was abolished
    policy_area: str | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """An administrative area: GB/T 2260 code, full and short name, level and parent's code."""

    code: str
    name: str
    short: str
    sign: str  # one-character name (京, 沪), empty where there is none
    en: str
    level: Level
    parent: str | None

    @property
    def label(self) -> Bilingual:
        """Return the name in Chinese and English."""
        return Bilingual(self.name, self.en)


@dataclass(frozen=True, slots=True)
class LevelName:
    """An administrative level with its rank, 0 for the centre."""

    level: Level
    rank: int
    label: Bilingual


@dataclass(frozen=True, slots=True)
class PolicyArea:
    """A field of policy; a name that holds one of ``words`` (``bodies``: of a body) is placed in it."""

    key: str
    label: Bilingual
    aliases: tuple[str, ...]  # that name it as a policy (产业政策)
    words: tuple[str, ...]
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LocalStem:
    """How the field in a local organ's name is shortened: 工信 stands for 工业和信息化."""

    stem: str
    full: str
    en: str


@dataclass(frozen=True, slots=True)
class Mandate:
    """A matter that bodies answer for by law, as `mandates.tsv` has it; bodies by full name."""

    matter: Bilingual
    source: str
    ground: str  # "article": it was read, "knowledge": it was not
    words: tuple[str, ...]  # that name the matter in plans
    bodies: tuple[str, ...]  # central ones
    stems: tuple[str, ...]  # fields in the names of local organs


def _rows(name: str) -> tuple[dict[str, str], ...]:
    lines = (files("ontology") / "authorities" / name).read_text("utf-8").splitlines()
    return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@cache
def bodies() -> tuple[AuthorityBody, ...]:
    """Return all bodies of the authority file, in its order.

    >>> bodies()[2].name
    '国家发展和改革委员会'
    """
    return tuple(
        AuthorityBody(
            name=row["name"],
            aliases=_split(row["aliases"]),
            label=Bilingual(row["name"], row["en"]),
            level=Level(row["level"]),
            kind=BodyKind(row["kind"]),
            successor=row["successor"] or None,
            until=int(row["until"]) if row["until"] else None,
            policy_area=row["policy_area"] or None,
        )
        for row in _rows("bodies.tsv")
    )


@cache
def body_names() -> Mapping[str, AuthorityBody]:
    """Return every full name and alias with its body; a name stands for one body only."""
    return MappingProxyType(
        {name: body for body in bodies() for name in (body.name, *body.aliases)}
    )


def body_by_alias(name: str) -> AuthorityBody | None:
    """Return the body that *name* or one of its aliases stands for, ``None`` if unknown.

    >>> body_by_alias("市场监管总局").name
    '国家市场监督管理总局'
    >>> body_by_alias("质检总局").successor
    '国家市场监督管理总局'
    """
    return body_names().get(name)


def successor_of(name: str) -> str | None:
    """Return today's name of the body called *name*, following reform after reform.

    >>> successor_of("银监会")
    '国家金融监督管理总局'
    >>> successor_of("财政部") is None
    True
    """
    body = body_by_alias(name)
    successor = None
    while body is not None and body.successor is not None:
        successor = body.successor
        body = body_by_alias(successor)
    return successor


@cache
def areas() -> tuple[Area, ...]:
    """Return all areas of the authority file: the country, provinces and prefectures."""
    return tuple(
        Area(
            code=row["code"],
            name=row["name"],
            short=row["short"],
            sign=row["sign"],
            en=row["en"],
            level=Level(row["level"]),
            parent=row["parent"] or None,
        )
        for row in _rows("areas.tsv")
    )


@cache
def area_names() -> Mapping[str, Area]:
    """Return full and short names of areas with their area; signs (京, 沪) are left out."""
    found: dict[str, Area] = {}
    for area in areas():
        found.setdefault(area.name, area)
        found.setdefault(area.short, area)
    return MappingProxyType(found)


def area_by_name(name: str) -> Area | None:
    """Return the area with this full or short name, ``None`` if it is not in the list.

    >>> area_by_name("天津").name, area_by_name("天津").level.value
    ('天津市', 'province')
    """
    return area_names().get(name)


@cache
def _areas_by_code() -> Mapping[str, Area]:
    return MappingProxyType({area.code: area for area in areas()})


def area_by_code(code: str) -> Area | None:
    """Return the area with this GB/T 2260 *code*.

    >>> area_by_code("350000").short
    '福建'
    """
    return _areas_by_code().get(code)


@cache
def levels() -> tuple[LevelName, ...]:
    """Return the administrative levels, the centre first.

    >>> [level.label.zh for level in levels()][:2]
    ['中央', '省级']
    """
    return tuple(
        LevelName(Level(row["level"]), int(row["rank"]), Bilingual(row["zh"], row["en"]))
        for row in _rows("levels.tsv")
    )


@cache
def policy_areas() -> tuple[PolicyArea, ...]:
    """Return the fields of policy of the authority file."""
    return tuple(
        PolicyArea(
            row["key"],
            Bilingual(row["zh"], row["en"]),
            *(_split(row[name]) for name in ("aliases", "words", "bodies")),
        )
        for row in _rows("policy_areas.tsv")
    )


@cache
def local_stems() -> Mapping[str, LocalStem]:
    """Return how fields are shortened in the names of local organs, by the short form.

    >>> local_stems()["人社"].full
    '人力资源和社会保障'
    """
    return MappingProxyType(
        {
            row["stem"]: LocalStem(row["stem"], row["full"], row["en"])
            for row in _rows("local_patterns.tsv")
        }
    )


@cache
def local_names() -> Mapping[tuple[str, str], str]:
    """Return short names no stem explains: (area code or ``*``, short) to the rest of the full name.

    >>> local_names()["350000", "数字办"]
    '数字福建建设领导小组办公室'
    """
    return MappingProxyType(
        {(row["area"], row["short"]): row["full"] for row in _rows("local_names.tsv")}
    )


@cache
def vertical_names() -> Mapping[str, str]:
    """Return local offices of central bodies: short name to a template with ``{area}``.

    >>> vertical_names()["税务局"].format(area="福建省")
    '国家税务总局福建省税务局'
    """
    return MappingProxyType({row["short"]: row["full"] for row in _rows("vertical.tsv")})


@cache
def mandates() -> tuple[Mandate, ...]:
    """Return the matters of the authority file, each with the bodies that answer for it.

    >>> next(m.bodies for m in mandates() if m.matter.zh == "计量")
    ('国家市场监督管理总局',)
    """
    return tuple(
        Mandate(
            Bilingual(row["matter"], row["en"]),
            row["source"],
            row["ground"],
            *(_split(row[name]) for name in ("words", "bodies", "stems")),
        )
        for row in _rows("mandates.tsv")
    )


def mandates_of(name: str) -> tuple[Mandate, ...]:
    """Return what the body called *name* answers for: central by its name, local by its field.

    >>> "计量" in {mandate.matter.zh for mandate in mandates_of("云岭省市场监督管理局")}
    True
    >>> mandates_of("云岭省人民政府")
    ()
    """
    if body := body_by_alias(name):
        return tuple(mandate for mandate in mandates() if body.name in mandate.bodies)
    found = _local_organ().fullmatch(name)
    return tuple(m for m in mandates() if found and found["stem"] in m.stems)


@cache
def _local_organ() -> re.Pattern[str]:
    stems = sorted({stem for mandate in mandates() for stem in mandate.stems}, reverse=True)
    return re.compile(
        rf"(?:中共)?.*[省市县区州盟旗](?:委员会|委)?(?P<stem>{'|'.join(stems)})(?:厅|局|委员会|委|办公室|部)"
    )
