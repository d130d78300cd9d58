"""Central and national bodies, and how the names of local ones are shortened."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.authorities.lists import rows, split
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
class LocalStem:
    """How the field in a local organ's name is shortened: 工信 stands for 工业和信息化."""

    stem: str
    full: str
    en: str


@cache
def bodies() -> tuple[AuthorityBody, ...]:
    """Return all bodies of the authority file, in its order.

    >>> bodies()[2].name
    '国家发展和改革委员会'
    """
    return tuple(
        AuthorityBody(
            name=row["name"],
            aliases=split(row["aliases"]),
            label=Bilingual(row["name"], row["en"]),
            level=Level(row["level"]),
            kind=BodyKind(row["kind"]),
            successor=row["successor"] or None,
            until=int(row["until"]) if row["until"] else None,
            policy_area=row["policy_area"] or None,
        )
        for row in rows("bodies.tsv")
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
def local_stems() -> Mapping[str, LocalStem]:
    """Return how fields are shortened in the names of local organs, by the short form.

    >>> local_stems()["人社"].full
    '人力资源和社会保障'
    """
    return MappingProxyType(
        {
            row["stem"]: LocalStem(row["stem"], row["full"], row["en"])
            for row in rows("local_patterns.tsv")
        }
    )


@cache
def local_names() -> Mapping[tuple[str, str], str]:
    """Return short names no stem explains: (area code or ``*``, short) to the rest of the full name.

    >>> local_names()["350000", "数字办"]
    '数字福建建设领导小组办公室'
    """
    return MappingProxyType(
        {(row["area"], row["short"]): row["full"] for row in rows("local_names.tsv")}
    )


@cache
def vertical_names() -> Mapping[str, str]:
    """Return local offices of central bodies: short name to a template with ``{area}``.

    >>> vertical_names()["税务局"].format(area="福建省")
    '国家税务总局福建省税务局'
    """
    return MappingProxyType({row["short"]: row["full"] for row in rows("vertical.tsv")})
