"""What government is about: fields of policy, and the matters that bodies answer for by law."""

import re
from dataclasses import dataclass
from functools import cache

from kg.authorities.lists import rows, split
from kg.authorities.organs import body_by_alias
from kg.model import Bilingual


@dataclass(frozen=True, slots=True)
class PolicyArea:
    """A field of policy; a name that holds one of ``words`` (``bodies``: of a body) is placed in it."""

    key: str
    label: Bilingual
    aliases: tuple[str, ...]  # that name it as a policy (产业政策)
    words: tuple[str, ...]
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mandate:
    """A matter that bodies answer for by law, as `mandates.tsv` has it; bodies by full name."""

    matter: Bilingual
    source: str
    ground: str  # "article": it was read, "knowledge": it was not
    words: tuple[str, ...]  # that name the matter in plans
    bodies: tuple[str, ...]  # central ones
    stems: tuple[str, ...]  # fields in the names of local organs


@cache
def policy_areas() -> tuple[PolicyArea, ...]:
    """Return the fields of policy of the authority file."""
    return tuple(
        PolicyArea(
            row["key"],
            Bilingual(row["zh"], row["en"]),
            *(split(row[name]) for name in ("aliases", "words", "bodies")),
        )
        for row in rows("policy_areas.tsv")
    )


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
            *(split(row[name]) for name in ("words", "bodies", "stems")),
        )
        for row in rows("mandates.tsv")
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
