"""The closed lists of words: kinds, relations, roles, levels, severities, and what a reader says."""

from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What a mention names; the words of the glossary."""

    GOAL = "goal"
    TARGET = "target"
    TASK_GROUP = "taskGroup"
    TASK = "task"
    PROGRAMME = "programme"
    ACTION = "action"
    ARRANGEMENT = "arrangement"
    BODY = "body"
    DOCUMENT = "document"
    POLICY_AREA = "policyArea"
    TIME = "time"


MEASURE_KINDS = frozenset(
    {Kind.TASK_GROUP, Kind.TASK, Kind.PROGRAMME, Kind.ACTION, Kind.ARRANGEMENT}
)


class RelationKind(StrEnum):
    """How two mentions of one document hang together; also the local name of the property."""

    PART_OF = "partOf"
    REALISES = "realises"
    HAS_GOAL = "hasGoal"
    HORIZON = "horizon"
    IMPLEMENTS = "implements"
    COORDINATES = "coordinates"
    REQUIRES = "requires"
    SHARES_RESOURCE_WITH = "sharesResourceWith"
    JOINTLY_PRODUCES_WITH = "jointlyProducesWith"
    HAS_DEADLINE = "hasDeadline"
    QUANTIFIES = "quantifies"
    CONTRIBUTES_TO = "contributesTo"
    CONFLICTS_WITH = "conflictsWith"
    ALIGNED_WITH = "alignedWith"
    IN_POLICY_AREA = "inPolicyArea"
    MEMBER_OF = "memberOf"
    SUPERVISES = "supervises"
    EVALUATES = "evaluates"
    ISSUED_BY = "issuedBy"
    SAME_AS = "sameAs"


class Role(StrEnum):
    """What a body has to do for a measure."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    SUPPORT = "support"
    PARTICIPANT = "participant"
    SUPERVISOR = "supervisor"


class Basis(StrEnum):
    """Why we believe a link: written, by a document-wide rule, by place, from above, by review."""

    STATED = "stated"
    RULE = "rule"
    POSITION = "position"
    INHERITED = "inherited"  # of the cell above, where a table says 同上
    INFERRED = "inferred"
    DECISION = "decision"  # a reviewer corrected what the rules had found


class Level(StrEnum):
    """Administrative level of a document, a body or an area."""

    CENTRAL = "central"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"


LEVEL_RANK = MappingProxyType({level: rank for rank, level in enumerate(Level)})


class BodyKind(StrEnum):
    """The kinds of body; ``BODY`` is any other organisation, an enterprise for instance."""

    DEPARTMENT = "department"
    COORDINATION_BODY = "coordinationBody"
    OPEN_BODY = "openBody"
    BODY = "body"


class Severity(StrEnum):
    """How much a finding matters, least first."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


SEVERITY_RANK = MappingProxyType({severity: rank for rank, severity in enumerate(Severity)})


class ReportKind(StrEnum):
    """Which report is wanted: all of it, two pages for leaders, or a sheet for each body."""

    FULL = "full"
    SUMMARY = "summary"
    BODY = "body"


class Verdict(StrEnum):
    """What a reviewer says of a statement."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"


class Mark(StrEnum):
    """What a reader says of a finding; ``OPEN``: nothing yet."""

    OPEN = "open"
    SEEN = "seen"
    NOT_A_GAP = "not-a-gap"
