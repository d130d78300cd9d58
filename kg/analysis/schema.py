"""The typed tables that analysis works on, each declared once: its columns and what fills them."""

import pyarrow as pa

from kg.analysis.columns import INVERSE, TYPE, Column, Reading, TableSpec
from kg.vocab import DCT_SOURCE, Class, Property

MEASURE_CLASSES = (
    Class.TASK,
    Class.TASK_GROUP,
    Class.PROGRAMME,
    Class.ACTION,
    Class.ARRANGEMENT,
    Class.MEASURE,
)
BODY_CLASSES = (Class.DEPARTMENT, Class.COORDINATION_BODY, Class.OPEN_BODY, Class.BODY)

_TEXT = pa.string()
_INTEGER = pa.int64()
_NUMBER = pa.float64()
_FLAG = pa.bool_()


def _key(name: str, *path: str) -> Column:
    return Column(name, _TEXT, (path,), key=True)


def _word(name: str, *path: str) -> Column:
    return Column(name, _TEXT, (path,), Reading.WORD)


def _text(name: str, *path: str) -> Column:
    return Column(name, _TEXT, (path,))


def _area(*path: str) -> Column:
    return Column("area", _TEXT, (path,), Reading.LABEL_ZH)


def _number(name: str, path: str, kind: pa.DataType = _NUMBER) -> Column:
    return Column(name, kind, ((path,),))


_ID = Column("id", _TEXT, key=True)
_LABELS = (
    Column("label_zh", _TEXT, reading=Reading.LABEL_ZH),
    Column("label_en", _TEXT, reading=Reading.LABEL_EN),
)
_CONFIDENCE = Column("confidence", _NUMBER, ((Property.CONFIDENCE,),), default=1.0)
_BASIS = Column("basis", _TEXT, ((Property.BASIS,),), default="stated")
_STRENGTH = Column("strength", _NUMBER, ((Property.STRENGTH,),), default=1.0)
_PLACE = (
    _text("document", Property.STATED_IN),
    _word("level", Property.STATED_IN, Property.AT_LEVEL),
    _area(Property.STATED_IN, Property.APPLIES_IN),
)

SPECS = (
    TableSpec(
        "documents",
        "a policy document and how much of it was read",
        (Class.DOCUMENT,),
        (
            _ID,
            Column("title", _TEXT, reading=Reading.LABEL_ZH),
            _word("level", Property.AT_LEVEL),
            _area(Property.APPLIES_IN),
            _number("states_bodies", Property.STATES_BODIES, _FLAG),
            _number("clause_coverage", Property.CLAUSE_COVERAGE),
            _number("bracket_coverage", Property.BRACKET_COVERAGE),
            _text("issued_on", Property.ISSUED_ON),
            _text("raw_sha256", INVERSE + Property.TEXT_OF, Property.RAW_SHA256),
        ),
    ),
    TableSpec(
        "implementing",
        "a document that says it carries out another",
        (Class.DOCUMENT,),
        (_key("lower"), _key("upper", Property.IMPLEMENTS, INVERSE + Property.CITED_AS)),
    ),
    TableSpec(
        "measures",
        "a task group, task, programme, action or arrangement",
        MEASURE_CLASSES,
        (
            _ID,
            Column("kind", _TEXT, ((TYPE,),), Reading.KIND),
            *_LABELS,
            *_PLACE,
            Column("parent", _TEXT, ((Property.PART_OF,), (Property.REALISES,))),
            _number("due_year", Property.DUE_YEAR, _INTEGER),
            _text("deadline", Property.DEADLINE),
            _CONFIDENCE,
        ),
    ),
    TableSpec(
        "goals",
        "a wished state",
        (Class.GOAL,),
        (
            _ID,
            *_LABELS,
            *_PLACE,
            _text("parent", Property.PART_OF),
            _number("due_year", Property.DUE_YEAR, _INTEGER),
            _text("deadline", Property.DEADLINE),
            _CONFIDENCE,
        ),
    ),
    TableSpec(
        "parents",
        "an element and the one it is part of, or the task it realises",
        (*MEASURE_CLASSES, Class.GOAL),
        (
            _key("child"),
            Column("parent", _TEXT, ((Property.PART_OF,), (Property.REALISES,)), key=True),
        ),
    ),
    TableSpec(
        "targets",
        "a value to be reached",
        (Class.TARGET,),
        (
            _ID,
            *_LABELS,
            *_PLACE,
            Column("indicator", _TEXT, ((Property.USES_INDICATOR,),), Reading.LABEL_ZH),
            _text("comparator", Property.COMPARATOR),
            _number("value", Property.TARGET_VALUE),
            _text("unit", Property.UNIT),
            _number("due_year", Property.DUE_YEAR, _INTEGER),
            _number("binding", Property.BINDING, _FLAG),
            _CONFIDENCE,
        ),
    ),
    TableSpec(
        "quantifying",
        "a target and the goal that it makes measurable",
        (Class.TARGET,),
        (_key("target"), _key("goal", Property.QUANTIFIES)),
    ),
    TableSpec(
        "observations",
        "an observed value of an indicator, for an area and a year",
        (Class.OBSERVATION,),
        (
            _ID,
            Column("indicator", _TEXT, ((Property.OBSERVES,),), Reading.LABEL_ZH),
            Column("area", _TEXT, ((Property.OBSERVED_IN,),), Reading.LABEL_ZH),
            _number("year", Property.OBSERVED_YEAR, _INTEGER),
            _number("value", Property.OBSERVED_VALUE),
            _text("unit", Property.UNIT),
            _text("source", DCT_SOURCE),
        ),
    ),
    TableSpec(
        "statuses",
        "how far a measure is, as a ledger tells it; done 0 to 100",
        (Class.STATUS,),
        (
            _ID,
            _key("measure", Property.STATUS_OF),
            _number("done", Property.PERCENT_DONE, _INTEGER),
            _text("light", Property.LIGHT),
            _text("reported_on", Property.REPORTED_ON),
        ),
    ),
    TableSpec(
        "bodies",
        "whoever holds a duty",
        BODY_CLASSES,
        (
            _ID,
            Column("label", _TEXT, reading=Reading.LABEL_ZH),
            Column("label_en", _TEXT, reading=Reading.LABEL_EN),
            Column("kind", _TEXT, ((TYPE,),), Reading.KIND),
            _word("level", Property.AT_LEVEL),
            _area(Property.AREA_OF),
        ),
    ),
    TableSpec(
        "responsibilities",
        "a body's duty for a measure",
        (Class.RESPONSIBILITY,),
        (
            _key("id"),
            _key("measure", Property.RESPONSIBILITY_FOR),
            _key("body", Property.HELD_BY),
            _word("role", Property.IN_ROLE),
            _BASIS,
            _CONFIDENCE,
            Column("list_open", _FLAG, ((Property.LIST_OPEN,),), default=False),
            Column("position", _INTEGER, ((Property.POSITION,),), default=1),
        ),
    ),
    TableSpec(
        "dependencies",
        "a measure that needs another, shares with it or produces jointly with it",
        (Class.DEPENDENCY,),
        (
            _key("id"),
            _key("source", Property.LINK_FROM),
            _key("target", Property.LINK_TO),
            Column("kind", _TEXT, ((Property.OF_KIND,),), Reading.WORD, default="requires"),
            _BASIS,
            _CONFIDENCE,
            _STRENGTH,
        ),
    ),
    TableSpec(
        "contributions",
        "an element that serves another, a goal or a measure, from -3 to +3; below 0 it hinders",
        (Class.CONTRIBUTION,),
        (
            _key("id"),
            _key("measure", Property.LINK_FROM),
            _key("goal", Property.LINK_TO),
            _STRENGTH,
            _BASIS,
            _CONFIDENCE,
        ),
    ),
    TableSpec(
        "conflicts",
        "an element that is said to be in conflict with another; the strength is its contribution's",
        (*MEASURE_CLASSES, Class.GOAL),
        (_key("one"), _key("other", Property.CONFLICTS_WITH)),
    ),
    TableSpec(
        "uptake",
        "a lower-level element that takes up a higher-level one",
        (Class.UPTAKE,),
        (
            _key("id"),
            _key("lower", Property.LINK_FROM),
            _key("upper", Property.LINK_TO),
            _BASIS,
            _CONFIDENCE,
        ),
    ),
    TableSpec(
        "channels",
        "an arranged way for two bodies to coordinate",
        (Class.CHANNEL,),
        (
            _key("id"),
            _key("body_a", Property.CONNECTS),
            _key("body_b", Property.CONNECTS),
            _text("via", Property.ARRANGED_BY),
            Column("kind", _TEXT, ((Property.ARRANGED_BY, TYPE),), Reading.KIND),
            _CONFIDENCE,
        ),
        unordered=("body_a", "body_b"),
    ),
    TableSpec(
        "covering",
        "a channel and the document or element that it is arranged for",
        (Class.CHANNEL,),
        (_key("channel"), _key("subject", Property.COVERS)),
    ),
    TableSpec(
        "members",
        "a body and a coordination body that it sits in",
        BODY_CLASSES,
        (_key("body"), _key("coordination_body", Property.MEMBER_OF)),
    ),
    TableSpec(
        "answering",
        "a body and a name of a matter that it answers for",
        BODY_CLASSES,
        (
            _key("body"),
            Column(
                "matter",
                _TEXT,
                ((Property.ANSWERS_FOR,), (Property.ANSWERS_FOR, Property.ALIAS)),
                Reading.LABEL_ZH,
                key=True,
            ),
        ),
    ),
    TableSpec(
        "coordinating",
        "an arrangement or coordination body and a body that it coordinates",
        (Class.ARRANGEMENT, *BODY_CLASSES),
        (_key("coordinator"), _key("body", Property.COORDINATES)),
    ),
    TableSpec(
        "policy_areas",
        "a policy area",
        (Class.POLICY_AREA,),
        (_ID, *_LABELS),
    ),
    TableSpec(
        "placements",
        "an element and a policy area that it belongs to",
        (*MEASURE_CLASSES, Class.GOAL),
        (_key("element"), _key("policy_area", Property.IN_POLICY_AREA)),
    ),
    TableSpec(
        "evaluations",
        "an arrangement or body and what it evaluates or supervises",
        (*MEASURE_CLASSES, *BODY_CLASSES),
        (
            _key("arrangement"),
            Column("subject", _TEXT, ((Property.EVALUATES,), (Property.SUPERVISES,)), key=True),
        ),
    ),
    TableSpec(
        "evidence",
        "a node and a span of text that states it",
        (Class.MENTION,),
        (
            _key("mention"),
            _key("node", INVERSE + Property.EVIDENCED_BY),
            _key("document", Property.MENTION_IN, Property.TEXT_OF),
            _number("start", Property.START, _INTEGER),
            _number("end", Property.END, _INTEGER),
            _number("raw_start", Property.RAW_START, _INTEGER),
            _number("raw_end", Property.RAW_END, _INTEGER),
            _text("text_sha256", Property.MENTION_IN, Property.TEXT_SHA256),
            _text("provision", Property.IN_PROVISION, Property.NUMBER),
            _text("exact", Property.EXACT),
            _number("sentence", Property.SENTENCE, _INTEGER),
        ),
    ),
)
