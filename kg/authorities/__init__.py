"""The reference lists of bodies, areas, levels, policy areas and mandates, read once.

Facts of public record, tab-separated; ``ontology/authorities/README.md`` tells what each column means.
"""

from kg.authorities.matters import (
    Mandate,
    PolicyArea,
    mandates,
    mandates_of,
    policy_areas,
)
from kg.authorities.organs import (
    AuthorityBody,
    LocalStem,
    bodies,
    body_by_alias,
    body_names,
    local_names,
    local_stems,
    successor_of,
    vertical_names,
)
from kg.authorities.places import (
    Area,
    LevelName,
    area_by_code,
    area_by_name,
    area_names,
    areas,
    levels,
)

__all__ = [
    "Area",
    "AuthorityBody",
    "LevelName",
    "LocalStem",
    "Mandate",
    "PolicyArea",
    "area_by_code",
    "area_by_name",
    "area_names",
    "areas",
    "bodies",
    "body_by_alias",
    "body_names",
    "levels",
    "local_names",
    "local_stems",
    "mandates",
    "mandates_of",
    "policy_areas",
    "successor_of",
    "vertical_names",
]
