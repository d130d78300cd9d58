"""SHACL: what we write conforms, and each broken place gives exactly its fault."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from rdflib import SH, Graph

from kg import ids, rdf
from kg.errors import MissingFileError, PayloadError
from kg.model import Decision, Severity, Verdict
from kg.rdf.runs import Run, recording
from kg.store import Body, formats, memory_store
from kg.validate import ontology_quads, validate, validate_files, validate_store
from kg.vocab import NS, RDFS_LABEL

GRAPH = ids.graph_iri("plan")


RAN = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def facts(example: Any) -> bytes:
    """Return the plan, the run that read it, and what reviewers decided on it."""
    store = memory_store()
    store.update(recording(Run.now(RAN, "0.0.0"), [example.source.key], at=RAN))
    run = b"".join(store.dump(formats.N_QUADS))
    return rdf.quads(example.source, example.extraction, example.cleaned) + run + DECIDED


@dataclass(frozen=True)
class Broken:
    """A change to the facts: lines to drop (a regular expression), lines to add, and the faults."""

    name: str
    message: str
    drop: str = ""
    add: tuple[str, ...] = ()
    faults: int = 1
    severity: Severity = Severity.HIGH


def _id(kind: str) -> str:
    """Return a pattern for the first node of a kind, followed by a blank."""
    return rf"<{re.escape(ids.BASE)}{kind}/[^>]+>"


GOAL = "<" + ids.iri("goal", ids.element_key("plan", "goal", "质量水平明显提升")) + ">"
TASK = "<" + ids.iri("task", ids.element_key("plan", "task", "制定省级标准")) + ">"
TARGET = "<" + ids.iri("target", ids.element_key("plan", "target", "制造业合格率达到95%以上")) + ">"
MONEY = "<" + ids.iri("body", ids.body_key("云岭省财政厅")) + ">"
AREA = "<" + ids.iri("area", ids.area_key("云岭省")) + ">"
MANDATE = "<" + ids.iri("mandate", "m1") + ">"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
TEXT = "<" + ids.iri("text", "plan") + ">"
PLAN = "<" + ids.iri("document", "plan") + ">"
XSD = "http://www.w3.org/2001/XMLSchema#"


def _q(name: str) -> str:
    return f"<{NS}{name}>"


TITLE = "<" + ids.iri("mention", ids.mention_key("plan", 0, 11)) + ">"
BASE = "<" + ids.iri("taskGroup", ids.element_key("plan", "taskGroup", "夯实质量基础")) + ">"
ORDER = "<" + ids.iri("taskGroup", ids.element_key("plan", "taskGroup", "加强统筹")) + ">"
CHANNEL = "<" + ids.iri("channel", f"plan.{ids.digest('channel', PLAN[1:-1])}") + ">"


def _link(kind: str, *parts: str) -> str:
    return "<" + ids.iri(kind, f"plan.{ids.digest(*(part.strip('<>') for part in parts))}") + ">"


DRIVE = "<" + ids.iri("action", ids.element_key("plan", "action", "质量提升行动")) + ">"
SHARING = _link("dependency", "sharesResourceWith", *sorted((TASK, DRIVE)))
DUTY = _link("responsibility", BASE, MONEY, "support")
ISSUE = _id("issue")
DECISION = "<" + ids.decision_iri(GOAL[1:-1]) + ">"
FIRST = "<" + ids.provision_iri("plan", "1") + ">"
SECOND = "<" + ids.provision_iri("plan", "2") + ">"
VERSION = _id("version")
RUN = _id("run")
PROV = "http://www.w3.org/ns/prov#"
SUPPLIED = "<" + ids.iri("observation", "o1") + ">"
MEASURED = "<" + ids.iri("indicator", "i1") + ">"
OBSERVED_WELL = (
    f"{MEASURED} {RDF_TYPE} {_q('Indicator')}",
    f'{MEASURED} <{RDFS_LABEL}> "抽检合格率"@zh',
    f"{SUPPLIED} {RDF_TYPE} {_q('Observation')}",
    f"{SUPPLIED} {_q('observes')} {MEASURED}",
)
STATUS = "<" + ids.iri("status", "task.s1") + ">"
STATUS_WELL = (
    f"{STATUS} {RDF_TYPE} {_q('Status')}",
    f"{STATUS} {_q('statusOf')} {TASK}",
)
FOUND = "<" + ids.iri("finding", "G02.f1") + ">"
FOUND_WELL = (
    f"{FOUND} {RDF_TYPE} {_q('Finding')}",
    f"{FOUND} {_q('ofGapType')} {_q('G02')}",
    f"{FOUND} {_q('concerns')} {TASK}",
    f'{FOUND} {_q("severity")} "medium"',
    f'{FOUND} {_q("confidence")} "0.9"^^<{XSD}decimal>',
    f"{FOUND} {_q('candidate')} {MONEY}",
)
DECIDED = rdf.decision_quads([Decision(GOAL[1:-1], Verdict.ACCEPT, "2031-05-07")])


def _integer(value: int) -> str:
    return f'"{value}"^^<{XSD}integer>'


def _decimal(value: str) -> str:
    return f'"{value}"^^<{XSD}decimal>'


def _changed_value(name: str, message: str, subject: str, prop: str, value: str) -> Broken:
    """Return a case where one property of one thing has another value."""
    line = f"{subject} {_q(prop)}"
    return Broken(name, message, drop=line, add=(f"{line} {value}",))


BROKEN = [
    Broken("a goal without evidence", "没有原文依据", drop=f"{GOAL} {_q('evidencedBy')}"),
    Broken("a goal stated nowhere", "应恰好载于一份文件", drop=f"{GOAL} {_q('statedIn')}"),
    Broken(
        "a goal with two years", "完成年份", add=(f'{GOAL} {_q("dueYear")} "2036"^^<{XSD}integer>',)
    ),
    Broken(
        "a year of three digits",
        "完成年份",
        drop=f"{TARGET} {_q('dueYear')}",
        add=(f'{TARGET} {_q("dueYear")} "203"^^<{XSD}integer>',),
    ),
    Broken(
        "a confidence above one",
        "置信度",
        drop=f"{TASK} {_q('confidence')}",
        add=(f'{TASK} {_q("confidence")} "1.2"^^<{XSD}decimal>',),
    ),
    Broken("an element without a rule", "哪条规则", drop=f"{TASK} {_q('byRule')}"),
    Broken("an element without a name", "缺少名称", drop=f"{TASK} <{RDFS_LABEL}>"),
    Broken("a body with two Chinese names", "缺少名称", add=(f'{MONEY} <{RDFS_LABEL}> "财政"@zh',)),
    Broken(
        "a body on two levels", "层级至多一个", add=(f"{MONEY} {_q('atLevel')} {_q('county')}",)
    ),
    Broken(
        "a body that answers for words", "主管的须为", add=(f'{MONEY} {_q("answersFor")} "财政"',)
    ),
    Broken(
        "a mandate from nowhere",
        "写明出处",
        add=(f"{MANDATE} {RDF_TYPE} {_q('Mandate')}", f'{MANDATE} <{RDFS_LABEL}> "财政"@zh'),
    ),
    Broken("an area within a body", "直接上级行政区", add=(f"{AREA} {_q('withinArea')} {MONEY}",)),
    Broken(
        "a task that is part of a body", "上级须为政策要素", add=(f"{TASK} {_q('partOf')} {MONEY}",)
    ),
    Broken(
        "a task that depends on a goal",
        "依赖的对象须为措施",
        add=(f"{TASK} {_q('dependsOn')} {GOAL}",),
    ),
    Broken(
        "a task that realises a goal",
        "落实的对象须为措施",
        add=(f"{TASK} {_q('realises')} {GOAL}",),
    ),
    Broken(
        "a goal that is a task too",
        "目标不能同时是措施",
        add=(f"{GOAL} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> {_q('Task')}",),
    ),
    Broken(
        "a target that quantifies a body",
        "量化的对象",
        add=(f"{TARGET} {_q('quantifies')} {MONEY}",),
    ),
    Broken(
        "a target value in words",
        "目标值",
        drop=f"{TARGET} {_q('targetValue')}",
        add=(f'{TARGET} {_q("targetValue")} "九成五"',),
    ),
    Broken("a task led by a goal", "责任主体须为机构", add=(f"{TASK} {_q('hasBody')} {GOAL}",)),
    Broken(
        "a plan that implements a goal",
        "贯彻落实的对象",
        add=(f"{PLAN} {_q('implements')} {GOAL}",),
    ),
    Broken("a plan issued by a goal", "印发者", add=(f"{PLAN} {_q('issuedBy')} {GOAL}",)),
    Broken(
        "a plan with two dates",
        "印发日期",
        add=(f'{PLAN} {_q("issuedOn")} "2031-01-01"^^<{XSD}date>',),
    ),
    Broken(
        "a coverage above one",
        "分句覆盖率",
        drop=f"{PLAN} {_q('clauseCoverage')}",
        add=(f'{PLAN} {_q("clauseCoverage")} "1.5"^^<{XSD}decimal>',),
    ),
    Broken("a text of no document", "文本须恰好属于一份文件", drop=f"{TEXT} {_q('textOf')}"),
    Broken(
        "a text with half a hash",
        "清洗文本须有",
        drop=f"{TEXT} {_q('textSha256')}",
        add=(f'{TEXT} {_q("textSha256")} "abc"',),
    ),
    Broken("a text without a file name", "文件名", drop=f"{TEXT} {_q('fileName')}"),
    Broken(
        "a duty in no role",
        "五种角色",
        drop=f"{_id('responsibility')} {_q('inRole')} {_q('lead')}",
        faults=2,
    ),
    Broken(
        "a duty of nobody",
        "恰好由一个主体承担",
        drop=f"{_id('responsibility')} {_q('heldBy')} {MONEY}",
    ),
    Broken(
        "duties for nothing",
        "职责须恰好针对",
        drop=f"{_id('responsibility')} {_q('responsibilityFor')}",
        faults=4,
    ),
    Broken(
        "dependencies of no kind", "三种类型", drop=f"{_id('dependency')} {_q('ofKind')}", faults=2
    ),
    Broken(
        "dependencies that lead nowhere",
        "一个终点",
        drop=f"{_id('dependency')} {_q('linkTo')}",
        faults=2,
    ),
    Broken(
        "a contribution of no strength", "支撑强度", drop=f"{_id('contribution')} {_q('strength')}"
    ),
    Broken("a contribution without basis", "判定依据", drop=f"{_id('contribution')} {_q('basis')}"),
    Broken(
        "relations that stand for nothing",
        "直接属性",
        drop=f"{_id('relation')} {_q('shortcut')}",
        faults=3,
    ),
    Broken(
        "channels that nothing arranges",
        "由何安排",
        drop=f"{_id('channel')} {_q('arrangedBy')}",
        faults=3,
    ),
    _changed_value(
        "a coverage of brackets above one", "分工语覆盖率", PLAN, "bracketCoverage", _decimal("2")
    ),
    _changed_value("a raw hash in capitals", "原始文件须有", TEXT, "rawSha256", '"ABC"'),
    _changed_value("a mention that ends where it starts", "起点须为", TITLE, "start", _integer(11)),
    Broken(
        "a mention with two ends", "终点须为一个整数", add=(f"{TITLE} {_q('end')} {_integer(12)}",)
    ),
    _changed_value("a raw span that runs backwards", "原始起点", TITLE, "rawStart", _integer(14)),
    Broken(
        "a mention with two raw ends",
        "原始终点须为一个整数",
        add=(f"{TITLE} {_q('rawEnd')} {_integer(14)}",),
    ),
    _changed_value("a sentence before the first", "句序", TITLE, "sentence", _integer(0)),
    _changed_value("a department of no area", "所属须为行政区", MONEY, "areaOf", PLAN),
    _changed_value("duties on the zeroth place", "列名位次", DUTY, "position", _integer(0)),
    _changed_value(
        "a sharing that starts at a goal", "依赖的起点须为措施", SHARING, "linkFrom", GOAL
    ),
    Broken("a mention in no text", "提及须恰好位于", drop=f"{TITLE} {_q('mentionIn')}"),
    Broken(
        "relations that start nowhere",
        "一个起点",
        drop=f"{_id('relation')} {_q('linkFrom')}",
        faults=3,
    ),
    Broken(
        "a task that contributes to a body",
        "支撑的对象",
        add=(f"{TASK} {_q('contributesTo')} {MONEY}",),
    ),
    Broken("a plan that applies in a body", "适用范围", add=(f"{PLAN} {_q('appliesIn')} {MONEY}",)),
    Broken(
        "a target of two indicators",
        "至多采用一个指标",
        add=(f"{TARGET} {_q('usesIndicator')} {GOAL}",),
        faults=2,
    ),
    Broken("a baseline in words", "基期值", add=(f'{TARGET} {_q("baselineValue")} "九成"',)),
    Broken(
        "a body that is a member of a plan", "成员所属", add=(f"{MONEY} {_q('memberOf')} {PLAN}",)
    ),
    Broken(
        "a channel that connects a plan", "渠道联通的", add=(f"{CHANNEL} {_q('connects')} {PLAN}",)
    ),
    Broken(
        "a task that is part of one group twice over",
        "既直接又间接",
        add=(f"{TASK} {_q('partOf')} {ORDER}", f"{ORDER} {_q('partOf')} {BASE}"),
        severity=Severity.MEDIUM,
    ),
    Broken(
        "channels that connect nobody",
        "联通两个以上主体",
        drop=f"{_id('channel')} {_q('connects')}",
        faults=3,
        severity=Severity.INFO,
    ),
    Broken("a mention in a plan", "至多位于一个条款", add=(f"{TITLE} {_q('inProvision')} {PLAN}",)),
    Broken("a provision of no plan", "恰好属于一份文件", drop=f"{FIRST} {_q('provisionOf')}"),
    Broken(
        "a provision within a plan",
        "直接上级条款",
        add=(f"{SECOND} {_q('withinProvision')} {PLAN}",),
    ),
    Broken("a provision without a number", "有一个编号", drop=f"{FIRST} {_q('number')}"),
    _changed_value("a provision that runs backwards", "条款的起点", FIRST, "start", _integer(999)),
    Broken(
        "a provision with two ends", "条款的终点", add=(f"{SECOND} {_q('end')} {_integer(9999)}",)
    ),
    Broken("versions of nothing", "版本须恰好", drop=f"{VERSION} {_q('versionOf')}", faults=3),
    Broken(
        "an observation of a body",
        "恰好针对一个指标",
        add=(f"{SUPPLIED} {RDF_TYPE} {_q('Observation')}", f"{SUPPLIED} {_q('observes')} {MONEY}"),
    ),
    *(
        Broken(name, message, add=(*OBSERVED_WELL, f"{SUPPLIED} {_q(wrong)} {value}"))
        for name, message, wrong, value in (
            ("an observation in a body", "至多属于一个行政区", "observedIn", MONEY),
            ("an observation of a year in words", "至多属于一年", "observedYear", '"去年"'),
            ("an observation without a number", "至多有一个数值", "observedValue", '"较高"'),
        )
    ),
    Broken("a status of nothing", "恰好针对一项措施", add=STATUS_WELL[:1]),
    *(
        Broken(name, message, add=(*STATUS_WELL, f"{STATUS} {_q(wrong)} {value}"))
        for name, message, wrong, value in (
            ("a status beyond all", "0 至 100", "percentDone", _integer(101)),
            ("a status with a blue light", "红黄绿灯须为", "light", '"blue"'),
            ("a status of some day", "更新日期至多一个", "reportedOn", '"去年"'),
        )
    ),
    *(
        Broken(name, message, add=tuple(line for line in FOUND_WELL if _q(without) not in line))
        for name, message, without in (
            ("a finding of no type", "有一个缺口类型", "ofGapType"),
            ("a finding about nothing", "涉及何物", "concerns"),
            ("a finding of no weight", "严重程度", "severity"),
        )
    ),
    Broken(
        "a finding that proposes a plan",
        "候选须为",
        add=(*FOUND_WELL, f"{FOUND} {_q('candidate')} {PLAN}"),
    ),
    Broken("a run that never began", "开始时间", drop=f"{RUN} <{PROV}startedAtTime>"),
    Broken("a run without an end", "结束时间", drop=f"{RUN} <{PROV}endedAtTime>"),
    Broken("a run by nobody", "由何软件", drop=f"{RUN} <{PROV}wasAssociatedWith>"),
    Broken("a run that read nothing", "读了哪些文件", drop=f"{RUN} <{PROV}used>"),
    Broken(
        "a level with a name too many",
        "概念须有中文名",
        add=(f'{_q("county")} <http://www.w3.org/2004/02/skos/core#prefLabel> "comté"@fr',),
    ),
    Broken(
        "a role in two schemes",
        "属于一个概念表",
        add=(f"{_q('lead')} <http://www.w3.org/2004/02/skos/core#inScheme> {_q('levels')}",),
    ),
    Broken("an issue of no kind", "疑点须有一个类别", drop=f"{ISSUE} {_q('issueCode')}", faults=2),
    Broken("an issue without reason", "疑点须说明理由", drop=f"{ISSUE} {_q('reason')}", faults=2),
    Broken("a decision on nothing", "须针对一条陈述", drop=f"{DECISION} {_q('decides')}"),
    Broken("a decision that says nothing", "审定结论", drop=f"{DECISION} {_q('verdict')}"),
    Broken("a decision of no day", "须有一个日期", drop=f"{DECISION} {_q('decidedOn')}"),
    Broken(
        "a role that there is not",
        "更正后的角色",
        add=(f"{DECISION} {_q('correctedRole')} {PLAN}",),
    ),
]


def _changed(facts: bytes, case: Broken) -> bytes:
    lines = facts.decode().splitlines()
    kept = [line for line in lines if not (case.drop and re.match(case.drop, line))]
    assert not case.drop or len(kept) < len(lines)
    added = [f"{line} <{GRAPH}> ." for line in case.add]
    return "\n".join([*kept, *added]).encode()


def test_what_we_write_conforms(facts: bytes) -> None:
    report = validate(facts + rdf.authority_quads())
    assert report.conforms
    assert report.faults == ()
    assert report.triples > 3000


@pytest.mark.slow  # sixty runs of pySHACL
@pytest.mark.parametrize("case", BROKEN, ids=[case.name for case in BROKEN])
def test_a_broken_place_gives_exactly_its_fault(facts: bytes, case: Broken) -> None:
    report = validate(_changed(facts, case))
    assert [case.message in fault.message.zh for fault in report.faults] == [True] * case.faults
    assert {fault.severity for fault in report.faults} == {case.severity}
    assert report.conforms is (case.severity is not Severity.HIGH)


def test_there_is_a_broken_place_for_every_message() -> None:
    shapes = Graph().parse(data=(files("ontology") / "shapes.ttl").read_bytes(), format="turtle")
    messages = {str(m) for m in shapes.objects(None, SH.message) if m.language == "zh"}
    tried = {m for m in messages if any(case.message in m for case in BROKEN)}
    assert messages - tried == set()
    assert len(BROKEN) >= 45


def test_every_message_is_in_both_languages() -> None:
    shapes = Graph().parse(data=(files("ontology") / "shapes.ttl").read_bytes(), format="turtle")
    carriers = set(shapes.subjects(SH.message, None))
    assert len(carriers) > 40
    for shape in carriers:
        assert sorted(m.language for m in shapes.objects(shape, SH.message)) == ["en", "zh"]


def test_a_fault_quotes_the_words_of_its_focus(facts: bytes, example: Any) -> None:
    case = next(case for case in BROKEN if case.name == "a goal stated nowhere")
    report = validate(_changed(facts, case))
    (fault,) = report.faults
    (found,) = fault.evidence
    assert (found.quote, found.document) == ("质量水平明显提升", ids.iri("document", "plan"))
    assert found.quote == example.cleaned.text[found.start : found.end]
    assert list(report.lines("zh")) == [
        f"错误\t{ids.key_of(GOAL.strip('<>'))}\t“质量水平明显提升”\t应恰好载于一份文件\t"
        f"原文 {found.start}-{found.end}“质量水平明显提升” document/plan",
        f"不符合约束：{report.triples} 条三元组，1 处",
    ]
    assert "violation\t" in next(iter(report.lines("en")))


def test_a_fault_of_a_mention_quotes_the_mention(facts: bytes) -> None:
    mention = re.search(rf"({_id('mention')}) {_q('sentence')} \"4\"", facts.decode())
    assert mention
    case = Broken("", "", drop=f"{mention[1]} {_q('sentence')}")
    (fault,) = validate(_changed(facts, case)).faults
    assert fault.evidence[0].quote


def test_a_store_is_validated_whole(facts: bytes) -> None:
    store = memory_store()
    store.load_dataset([Body(facts, formats.N_QUADS)])
    store.replace(rdf.AUTHORITY_GRAPH, rdf.authority_quads())
    store.replace(ids.graph_iri("ontology"), ontology_quads())
    report = validate_store(store)
    assert report.conforms
    assert report.triples > 5000


def test_files_are_validated_together(facts: bytes, tmp_path: Path) -> None:
    lines = facts.splitlines(keepends=True)
    (tmp_path / "a.nq").write_bytes(b"".join(lines[::2]))
    (tmp_path / "b.nq").write_bytes(b"".join(lines[1::2]))
    assert validate_files([tmp_path / "a.nq", tmp_path / "b.nq"]).conforms
    assert not validate_files([tmp_path / "a.nq"]).conforms


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.nq", b"<a> nonsense"),
        ("a.ttl", b"@prefix ."),
        ("a.rdf", b"<rdf"),
        ("a.jsonld", b"{"),
        ("a.nt", b"\xff\xfe"),
    ],
)
def test_what_is_no_rdf_is_refused_with_a_reason(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PayloadError, match="not "):
        validate_files([tmp_path / name])


def test_a_missing_or_foreign_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        validate_files([tmp_path / "none.ttl"])
    with pytest.raises(PayloadError, match="not a name of an RDF file"):
        validate_files([tmp_path / "none.docx"])
