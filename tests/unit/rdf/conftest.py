"""One invented plan with every kind of fact, put together by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import pytest

from kg.model import (
    Basis,
    Bilingual,
    Coverage,
    DocumentRule,
    Extraction,
    Issue,
    Kind,
    Level,
    Mention,
    Metadata,
    Relation,
    RelationKind,
    Responsibility,
    Role,
    Scalar,
    Source,
    Span,
)
from kg.text.provisions import provisions
from kg.text.segment import segment

TEXT = """云岭省质量提升实施方案
云岭省人民政府、云岭省委员会联合印发（云政发〔2031〕7号）。
为贯彻《虚构质量纲要》，参照《虚构标准规划》，制定本方案。
到2035年，质量水平明显提升，制造业合格率达到95%以上。
一、夯实质量基础
制定省级标准。在制定省级标准的基础上，实施“标准领航工程”，开展质量提升行动。
（省市场监管局牵头，省财政厅、有关部门等配合，2033年底前完成）
二、加强统筹
建立质量工作联席会议，成员单位为省市场监管局、省财政厅。省科技厅会同省财政厅办理“标准领航工程”。
健全实施评估机制，对本方案实施情况进行评估。推动产业政策与财政政策衔接。
列第一位者为牵头单位，下同。
"""


@dataclass(frozen=True)
class Cleaned:
    """A clean text that stood two characters further on in the raw one."""

    text: str

    def raw_span(self, span: Span) -> Span:
        return Span(span.start + 2, span.end + 2)


@dataclass(frozen=True)
class Example:
    """An extraction with the text and the source that it belongs to."""

    source: Source
    extraction: Extraction
    cleaned: Cleaned


def span_of(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def mention(key: str, kind: Kind, words: str, nth: int = 0, **attrs: Scalar) -> Mention:
    return Mention(key, kind, span_of(words, nth), words, f"rule.{kind}", attrs=attrs)


def relation(kind: RelationKind, head: str, tail: str, cue: str | None = None) -> Relation:
    return Relation(kind, head, tail, f"rule.{kind}", cue=span_of(cue) if cue else None)


def department(name: str, words: str, canonical: str, nth: int = 0) -> Mention:
    attrs = {"body_kind": "department", "level": "province", "area": "云岭省"}
    return mention(name, Kind.BODY, words, nth, canonical=canonical, **attrs)


CLAUSE = span_of("（省市场监管局牵头，省财政厅、有关部门等配合，2033年底前完成）")

MENTIONS = (
    mention("self", Kind.DOCUMENT, "本方案", self=True),
    mention("outline", Kind.DOCUMENT, "《虚构质量纲要》", canonical="虚构质量纲要"),
    mention("standards", Kind.DOCUMENT, "《虚构标准规划》", canonical="虚构标准规划"),
    mention("2035", Kind.TIME, "到2035年", value="2035"),
    mention("goal", Kind.GOAL, "质量水平明显提升"),
    mention(
        "target",
        Kind.TARGET,
        "制造业合格率达到95%以上",
        name="制造业合格率",
        comparator=">=",
        value="95",
        unit="%",
        year=2035,
        binding=True,
    ),
    mention("base", Kind.TASK_GROUP, "夯实质量基础", ordinal="一"),
    mention("order", Kind.TASK_GROUP, "加强统筹", ordinal="二"),
    mention("write", Kind.TASK, "制定省级标准"),
    mention("lead", Kind.TASK, "实施“标准领航工程”"),
    mention("sail", Kind.PROGRAMME, "标准领航工程"),
    mention("sail2", Kind.PROGRAMME, "标准领航工程", 1),
    mention("drive", Kind.ACTION, "质量提升行动"),
    mention("review", Kind.ARRANGEMENT, "实施评估机制"),
    mention(
        "meeting",
        Kind.BODY,
        "质量工作联席会议",
        canonical="云岭省质量工作联席会议",
        body_kind="coordinationBody",
    ),
    department("market", "省市场监管局", "云岭省市场监督管理局"),
    department("market2", "省市场监管局", "云岭省市场监督管理局", 1),
    department("money", "省财政厅", "云岭省财政厅"),
    department("science", "省科技厅", "云岭省科学技术厅"),
    mention("open", Kind.BODY, "有关部门", canonical="有关部门", body_kind="openBody"),
    mention("industry", Kind.POLICY_AREA, "产业政策"),
    mention("finance", Kind.POLICY_AREA, "财政政策"),
)
RELATIONS = (
    relation(RelationKind.IMPLEMENTS, "DOC", "outline", "贯彻"),
    relation(RelationKind.HAS_GOAL, "DOC", "goal"),
    relation(RelationKind.HORIZON, "goal", "2035"),
    relation(RelationKind.QUANTIFIES, "target", "goal"),
    relation(RelationKind.PART_OF, "write", "base"),
    relation(RelationKind.PART_OF, "lead", "base"),
    relation(RelationKind.REALISES, "sail", "lead"),
    relation(RelationKind.REQUIRES, "lead", "write", "在制定省级标准的基础上"),
    Relation(
        RelationKind.CONTRIBUTES_TO, "base", "goal", "rule.terms", stated=False, confidence=0.7
    ),
    Relation(RelationKind.SHARES_RESOURCE_WITH, "write", "drive", "rule.object", stated=False),
    relation(RelationKind.MEMBER_OF, "market2", "meeting"),
    relation(RelationKind.MEMBER_OF, "money", "meeting"),
    relation(RelationKind.COORDINATES, "science", "money", "会同"),
    relation(RelationKind.EVALUATES, "review", "DOC"),
    relation(RelationKind.ALIGNED_WITH, "industry", "finance", "衔接"),
    relation(RelationKind.SAME_AS, "market", "market2"),
)
RESPONSIBILITIES = (
    Responsibility(
        CLAUSE,
        "market",
        "云岭省市场监督管理局",
        Role.LEAD,
        ("base",),
        "rule.clause",
        basis=Basis.RULE,
        deadline="2033年底前",
    ),
    Responsibility(
        CLAUSE,
        "money",
        "云岭省财政厅",
        Role.SUPPORT,
        ("base",),
        "rule.clause",
        position=1,
        list_open=True,
        deadline="2033年底前",
    ),
    Responsibility(
        CLAUSE,
        "open",
        "有关部门",
        Role.SUPPORT,
        ("base",),
        "rule.clause",
        open=True,
        position=2,
        list_open=True,
        deadline="2033年底前",
    ),
    Responsibility(
        span_of("省科技厅会同省财政厅办理“标准领航工程”"),
        "science",
        "云岭省科学技术厅",
        Role.LEAD,
        ("sail",),
        "rule.inline",
        inline=True,
    ),
)
EXTRACTION = Extraction(
    Metadata(
        "云岭省质量提升实施方案",
        span_of("云岭省质量提升实施方案"),
        issuer="云岭省人民政府、云岭省委员会",
        number="云政发〔2031〕7号",
        issued_on="2031-05-06",
        level=Level.PROVINCE,
        area="云岭省",
    ),
    MENTIONS,
    RELATIONS,
    RESPONSIBILITIES,
    document_rules=(DocumentRule("rule.first", span_of("列第一位者为牵头单位，下同"), ""),),
    issues=(
        Issue("declared-count", Bilingual("数目不符", "the numbers differ"), span_of("加强统筹")),
        Issue("misread-encoding", Bilingual("曾被误读", "it had been misread")),
    ),
    coverage=Coverage(8, 6, 1, 1, states_bodies=True),
    provisions=provisions(TEXT, segment(TEXT)),
)


@pytest.fixture(scope="session")
def example() -> Example:
    """Return the invented plan."""
    digest = sha256(TEXT.encode()).hexdigest()
    source = Source("plan", "plan.txt", "text/plain", digest, digest, fingerprint="f1")
    return Example(source, EXTRACTION, Cleaned(TEXT))


@pytest.fixture(scope="session")
def find_span() -> Callable[..., Span]:
    """Return a function from words of the plan to where they stand."""
    return span_of
