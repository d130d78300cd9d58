"""What can be seen: the types of node and the relations between them, each once, in their order.

The order is the order of reading a plan, and the order in which neighbours are kept when an answer
is cut. Labels, colours and shapes of the same names stand in `viz.style`.
"""

from dataclasses import dataclass
from types import MappingProxyType

from kg.vocab import NS, Class, Property

_CLASSES = (
    Class.DOCUMENT,
    Class.GOAL,
    Class.TARGET,
    Class.INDICATOR,
    Class.TASK_GROUP,
    Class.PROGRAMME,
    Class.ACTION,
    Class.ARRANGEMENT,
    Class.TASK,
    Class.MEASURE,
    Class.COORDINATION_BODY,
    Class.OPEN_BODY,
    Class.DEPARTMENT,
    Class.BODY,
    Class.POLICY_AREA,
    Class.AREA,
    Class.CITED_DOCUMENT,
)


def local_name(iri: str) -> str:
    """Return the glossary's word for one of our terms.

    >>> local_name("https://w3id.org/qualitykg/ns#TaskGroup")
    'taskGroup'
    """
    name = iri.removeprefix(NS)
    return name[:1].lower() + name[1:]


# The more special class comes first: a department is a body too, and is shown as a department.
NODE_TYPES = MappingProxyType({str(cls): local_name(cls) for cls in _CLASSES})
TYPE_RANK = MappingProxyType({name: rank for rank, name in enumerate(NODE_TYPES.values())})
BODY_TYPES = frozenset({"body", "department", "coordinationBody", "openBody"})


@dataclass(frozen=True, slots=True)
class Relation:
    """A property that is drawn.

    ``hub`` relations say where a thing stands, not what it has to do with another: they are left
    out of pictures and paths unless asked for by name.
    """

    iri: str
    name: str
    hub: bool = False


def _relation(prop: Property, *, hub: bool = False) -> Relation:
    return Relation(iri=str(prop), name=local_name(prop), hub=hub)


_TABLE = (
    _relation(Property.HAS_GOAL),
    _relation(Property.CONTRIBUTES_TO),
    _relation(Property.QUANTIFIES),
    _relation(Property.USES_INDICATOR),
    _relation(Property.PART_OF),
    _relation(Property.REALISES),
    _relation(Property.LED_BY),
    _relation(Property.UNDERTAKEN_BY),
    _relation(Property.SUPPORTED_BY),
    _relation(Property.JOINED_BY),
    _relation(Property.SUPERVISED_BY),
    _relation(Property.REQUIRES),
    _relation(Property.SHARES_RESOURCE_WITH),
    _relation(Property.JOINTLY_PRODUCES_WITH),
    _relation(Property.DEPENDS_ON),
    _relation(Property.CONFLICTS_WITH),
    _relation(Property.TAKES_UP),
    _relation(Property.COORDINATES),
    _relation(Property.COORDINATES_WITH),
    _relation(Property.MEMBER_OF),
    _relation(Property.SUPERVISES),
    _relation(Property.EVALUATES),
    _relation(Property.IMPLEMENTS),
    _relation(Property.REFERS_TO),
    _relation(Property.ALIGNED_WITH),
    _relation(Property.ISSUED_BY, hub=True),
    _relation(Property.IN_POLICY_AREA, hub=True),
    _relation(Property.CITED_AS, hub=True),
    _relation(Property.STATED_IN, hub=True),
    _relation(Property.APPLIES_IN, hub=True),
    _relation(Property.AREA_OF, hub=True),
    _relation(Property.WITHIN_AREA, hub=True),
    _relation(Property.SUCCEEDED_BY),
)
RELATIONS = MappingProxyType({relation.name: relation for relation in _TABLE})
RELATION_RANK = MappingProxyType({name: rank for rank, name in enumerate(RELATIONS)})
DRAWN = tuple(name for name, relation in RELATIONS.items() if not relation.hub)

# A store that spells out super-properties holds the general statement beside the special one.
GENERAL = MappingProxyType(
    {"dependsOn": frozenset({"requires", "sharesResourceWith", "jointlyProducesWith"})}
)
ROLE_RELATIONS = MappingProxyType(
    {
        "ledBy": "lead",
        "undertakenBy": "responsible",
        "supportedBy": "support",
        "joinedBy": "participant",
        "supervisedBy": "supervisor",
    }
)
