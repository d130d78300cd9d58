"""IRIs of the terms of ontology/quality.ttl; a test compares both ways.

The words are those of docs/glossary.md. Whoever adds a term adds it to quality.ttl first.
"""

from enum import StrEnum
from types import MappingProxyType

from kg.ids import BASE
from kg.model import BodyKind, Kind, RelationKind, Role

NS = "https://w3id.org/qualitykg/ns#"

PREFIXES = MappingProxyType(
    {
        "qkg": NS,
        "id": BASE,
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dct": "http://purl.org/dc/terms/",
        "prov": "http://www.w3.org/ns/prov#",
        "org": "http://www.w3.org/ns/org#",
        "eli": "http://data.europa.eu/eli/ontology#",
        "oa": "http://www.w3.org/ns/oa#",
    }
)
RDF_TYPE = PREFIXES["rdf"] + "type"
RDFS_LABEL = PREFIXES["rdfs"] + "label"
DCT_SOURCE = PREFIXES["dct"] + "source"
ELI_REALIZES = PREFIXES["eli"] + "realizes"


class Class(StrEnum):
    """The classes."""

    SUBJECT = NS + "Subject"  # whatever statements are about; above all but concepts and runs
    DOCUMENT = NS + "Document"
    CITED_DOCUMENT = NS + "CitedDocument"  # a document as others name it, by its title
    TEXT = NS + "Text"
    PROVISION = NS + "Provision"
    VERSION = NS + "Version"  # a document or a provision, as one text has it
    MENTION = NS + "Mention"
    POLICY_ELEMENT = NS + "PolicyElement"  # Goal, Target, Measure
    GOAL = NS + "Goal"
    TARGET = NS + "Target"
    INDICATOR = NS + "Indicator"
    OBSERVATION = NS + "Observation"
    MEASURE = NS + "Measure"
    TASK = NS + "Task"
    TASK_GROUP = NS + "TaskGroup"
    PROGRAMME = NS + "Programme"
    ACTION = NS + "Action"
    ARRANGEMENT = NS + "Arrangement"
    BODY = NS + "Body"
    DEPARTMENT = NS + "Department"
    COORDINATION_BODY = NS + "CoordinationBody"
    OPEN_BODY = NS + "OpenBody"
    AREA = NS + "Area"
    LEVEL = NS + "Level"
    POLICY_AREA = NS + "PolicyArea"
    MANDATE = NS + "Mandate"  # a matter that bodies answer for, by law
    LINK = NS + "Link"  # Responsibility, Dependency, Contribution, Uptake, Channel, Relation
    RESPONSIBILITY = NS + "Responsibility"
    DEPENDENCY = NS + "Dependency"
    CONTRIBUTION = NS + "Contribution"
    UPTAKE = NS + "Uptake"
    CHANNEL = NS + "Channel"
    RELATION = NS + "Relation"  # any other relation that is inferred, doubtful or has a cue
    ROLE = NS + "Role"
    DEPENDENCY_KIND = NS + "DependencyKind"
    GAP_TYPE = NS + "GapType"
    FINDING = NS + "Finding"
    EXTRACTION_RUN = NS + "ExtractionRun"
    ANALYSIS_RUN = NS + "AnalysisRun"
    RULE = NS + "Rule"
    ISSUE = NS + "Issue"  # what could not be read, or is doubtful
    DECISION = NS + "Decision"  # a reviewer's, on one statement
    STATUS = NS + "Status"  # how far a measure is, as a ledger tells it


class Property(StrEnum):
    """The object, datatype and annotation properties."""

    # document -> …
    ISSUED_BY = NS + "issuedBy"
    APPLIES_IN = NS + "appliesIn"
    AT_LEVEL = NS + "atLevel"  # document, body or area -> level
    IMPLEMENTS = NS + "implements"  # document -> document, as stated
    REFERS_TO = NS + "refersTo"  # document -> document, any other reference
    CITED_AS = NS + "citedAs"  # document -> the cited document that stands for its title
    DOCUMENT_NUMBER = NS + "documentNumber"
    ISSUED_ON = NS + "issuedOn"
    TEXT_OF = NS + "textOf"  # text -> document
    TEXT_SHA256 = NS + "textSha256"
    RAW_SHA256 = NS + "rawSha256"
    FILE_NAME = NS + "fileName"
    FINGERPRINT = NS + "fingerprint"  # of the bytes, the rules and the options of a build
    STATES_BODIES = NS + "statesBodies"  # false: the genre names no bodies
    CLAUSE_COVERAGE = NS + "clauseCoverage"
    BRACKET_COVERAGE = NS + "bracketCoverage"
    PROVISION_OF = NS + "provisionOf"  # provision -> document
    WITHIN_PROVISION = NS + "withinProvision"  # provision -> the one around it
    NUMBER = NS + "number"  # of a provision, from the top, as written: 三、（二）1.
    VERSION_OF = NS + "versionOf"  # version -> document or provision
    IN_PROVISION = NS + "inProvision"  # mention -> the innermost provision that it lies in
    # evidence
    STATED_IN = NS + "statedIn"  # element or link -> document
    EVIDENCED_BY = NS + "evidencedBy"  # element or link -> mention
    MENTION_IN = NS + "mentionIn"  # mention -> text
    START = NS + "start"
    END = NS + "end"
    RAW_START = NS + "rawStart"
    RAW_END = NS + "rawEnd"
    EXACT = NS + "exact"
    SENTENCE = NS + "sentence"  # number of the sentence in its text, from 1
    BY_RULE = NS + "byRule"  # identifier of the extraction rule
    CONFIDENCE = NS + "confidence"
    BASIS = NS + "basis"
    # elements
    PART_OF = NS + "partOf"
    REALISES = NS + "realises"  # programme, action, arrangement -> task
    HAS_GOAL = NS + "hasGoal"  # document -> goal
    QUANTIFIES = NS + "quantifies"  # target -> goal
    USES_INDICATOR = NS + "usesIndicator"
    COMPARATOR = NS + "comparator"
    TARGET_VALUE = NS + "targetValue"
    BASELINE_VALUE = NS + "baselineValue"
    UNIT = NS + "unit"
    BINDING = NS + "binding"  # 约束性 true, 预期性 false
    DUE_YEAR = NS + "dueYear"
    DEADLINE = NS + "deadline"  # the words, e.g. 2025年底前
    ORDINAL = NS + "ordinal"
    TASK_KIND = NS + "taskKind"  # directive, result, provision, …
    OBSERVES = NS + "observes"
    OBSERVED_IN = NS + "observedIn"  # observation -> area
    OBSERVED_YEAR = NS + "observedYear"
    OBSERVED_VALUE = NS + "observedValue"
    CONTRIBUTES_TO = NS + "contributesTo"
    CONFLICTS_WITH = NS + "conflictsWith"
    DEPENDS_ON = NS + "dependsOn"
    REQUIRES = NS + "requires"
    SHARES_RESOURCE_WITH = NS + "sharesResourceWith"
    JOINTLY_PRODUCES_WITH = NS + "jointlyProducesWith"
    TAKES_UP = NS + "takesUp"
    IN_POLICY_AREA = NS + "inPolicyArea"
    ALIGNED_WITH = NS + "alignedWith"  # policy area -> policy area
    COORDINATES = NS + "coordinates"  # arrangement or coordination body -> body
    EVALUATES = NS + "evaluates"  # arrangement -> document or element
    SUPERVISES = NS + "supervises"  # arrangement or body -> document, element or body
    # who does what
    RESPONSIBILITY_FOR = NS + "responsibilityFor"
    HELD_BY = NS + "heldBy"
    IN_ROLE = NS + "inRole"
    POSITION = NS + "position"
    LIST_OPEN = NS + "listOpen"
    GUIDING = NS + "guiding"  # a supervisor that guides (指导)
    SHORTCUT = NS + "shortcut"  # role, dependency kind or relation -> the direct property
    HAS_BODY = NS + "hasBody"
    LED_BY = NS + "ledBy"
    UNDERTAKEN_BY = NS + "undertakenBy"
    SUPPORTED_BY = NS + "supportedBy"
    JOINED_BY = NS + "joinedBy"
    SUPERVISED_BY = NS + "supervisedBy"
    MEMBER_OF = NS + "memberOf"  # body -> coordination body
    COORDINATES_WITH = NS + "coordinatesWith"  # body -> body, where a channel is arranged
    CONNECTS = NS + "connects"  # channel -> body
    ARRANGED_BY = NS + "arrangedBy"  # channel -> arrangement, coordination body, document
    ANSWERS_FOR = NS + "answersFor"  # body -> mandate
    SUCCEEDED_BY = NS + "succeededBy"
    ABOLISHED_IN = NS + "abolishedIn"  # year
    AREA_OF = NS + "areaOf"  # body -> area
    WITHIN_AREA = NS + "withinArea"
    COVERS = NS + "covers"  # channel -> document or element it is arranged for
    AREA_CODE = NS + "areaCode"
    ALIAS = NS + "alias"  # another name in use
    RANK = NS + "rank"  # level -> 0 for the centre, 4 for the township
    # links
    LINK_FROM = NS + "linkFrom"
    LINK_TO = NS + "linkTo"
    OF_KIND = NS + "ofKind"
    STRENGTH = NS + "strength"
    # analysis
    CONCERNS = NS + "concerns"  # finding -> node
    OF_GAP_TYPE = NS + "ofGapType"
    CANDIDATE = NS + "candidate"
    SEVERITY = NS + "severity"
    REASON = NS + "reason"
    REMEDY = NS + "remedy"
    # issues and review
    ISSUE_CODE = NS + "issueCode"
    DECIDES = NS + "decides"  # decision -> statement
    DECIDED_BY = NS + "decidedBy"  # statement -> decision
    VERDICT = NS + "verdict"
    CORRECTED_WORDS = NS + "correctedWords"
    CORRECTED_ROLE = NS + "correctedRole"
    CORRECTED_BODY = NS + "correctedBody"
    CORRECTED_TARGET = NS + "correctedTarget"
    CORRECTED_KIND = NS + "correctedKind"
    NOTE = NS + "note"
    DECIDED_ON = NS + "decidedOn"

    # status -> …
    STATUS_OF = NS + "statusOf"  # status -> measure
    PROGRESS = NS + "progress"
    PERCENT_DONE = NS + "percentDone"
    LIGHT = NS + "light"
    REPORTED_ON = NS + "reportedOn"


CLASS_OF_KIND = MappingProxyType(
    {
        Kind.GOAL: Class.GOAL,
        Kind.TARGET: Class.TARGET,
        Kind.TASK_GROUP: Class.TASK_GROUP,
        Kind.TASK: Class.TASK,
        Kind.PROGRAMME: Class.PROGRAMME,
        Kind.ACTION: Class.ACTION,
        Kind.ARRANGEMENT: Class.ARRANGEMENT,
        Kind.BODY: Class.BODY,
        Kind.DOCUMENT: Class.DOCUMENT,
        Kind.POLICY_AREA: Class.POLICY_AREA,
    }
)
CLASS_OF_BODY_KIND = MappingProxyType(
    {
        BodyKind.DEPARTMENT: Class.DEPARTMENT,
        BodyKind.COORDINATION_BODY: Class.COORDINATION_BODY,
        BodyKind.OPEN_BODY: Class.OPEN_BODY,
        BodyKind.BODY: Class.BODY,
    }
)
SHORTCUT_OF_ROLE = MappingProxyType(
    {
        Role.LEAD: Property.LED_BY,
        Role.RESPONSIBLE: Property.UNDERTAKEN_BY,
        Role.SUPPORT: Property.SUPPORTED_BY,
        Role.PARTICIPANT: Property.JOINED_BY,
        Role.SUPERVISOR: Property.SUPERVISED_BY,
    }
)


KIND_OF_DEPENDENCY = MappingProxyType(
    {
        RelationKind.REQUIRES: NS + "flow",
        RelationKind.SHARES_RESOURCE_WITH: NS + "sharing",
        RelationKind.JOINTLY_PRODUCES_WITH: NS + "fit",
    }
)


def role_iri(role: Role) -> str:
    """Return the concept of a role; its local name is the role's own word."""
    return NS + role.value


def level_iri(level: str) -> str:
    """Return the concept of an administrative level."""
    return NS + level
