"""How each type of thing and each relation looks and is called, once.

Colours are of the palette of Okabe and Ito (jfly, 2008), darkened where text stands on them, so
that they differ for colour-blind readers too; shape and stripe say the same a second time.
"""

from dataclasses import asdict, dataclass
from types import MappingProxyType

from kg.explore.terms import RELATIONS
from kg.model import Bilingual, Severity

FONT = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Source Han Sans SC", sans-serif'


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """The look of one type of node.

    ``rank`` is its column in a layered picture, left to right as a plan is read; ``form`` is the
    outline of its card: ``card``, ``pill`` or ``ticket`` (cut corner).
    """

    label: Bilingual
    light: str
    dark: str
    form: str
    rank: int


@dataclass(frozen=True, slots=True)
class SeverityStyle:
    """The look of one severity: colour, and a mark for those who do not see colours."""

    label: Bilingual
    light: str
    dark: str
    mark: str


@dataclass(frozen=True, slots=True)
class RelationStyle:
    """What a relation is called from its source (``out``) and from its target (``back``)."""

    out: Bilingual
    back: Bilingual
    tone: str = "plain"


TYPES = MappingProxyType(
    {
        "document": TypeStyle(Bilingual("政策文件", "Document"), "#475467", "#98a2b3", "ticket", 0),
        "citedDocument": TypeStyle(
            Bilingual("被引文件", "Cited document"), "#667085", "#a5adba", "ticket", 0
        ),
        "goal": TypeStyle(Bilingual("目标", "Goal"), "#0072b2", "#56b4e9", "pill", 1),
        "target": TypeStyle(Bilingual("指标要求", "Target"), "#3a86b7", "#7cc3ee", "pill", 0),
        "indicator": TypeStyle(Bilingual("指标", "Indicator"), "#5b7c99", "#a9c4dc", "pill", 0),
        "taskGroup": TypeStyle(Bilingual("任务组", "Task group"), "#00735a", "#2fc79f", "card", 2),
        "task": TypeStyle(Bilingual("任务", "Task"), "#4d8b31", "#9bd07b", "card", 3),
        "measure": TypeStyle(Bilingual("措施", "Measure"), "#4d8b31", "#9bd07b", "card", 3),
        "programme": TypeStyle(Bilingual("工程", "Programme"), "#a8487f", "#e39cc3", "card", 4),
        "action": TypeStyle(Bilingual("行动", "Action"), "#6b4fc0", "#b4a0f0", "card", 4),
        "arrangement": TypeStyle(
            Bilingual("制度机制", "Arrangement"), "#80641a", "#d9bb5e", "card", 4
        ),
        "coordinationBody": TypeStyle(
            Bilingual("议事协调机构", "Coordination body"), "#123a5c", "#8fb8dd", "ticket", 5
        ),
        "department": TypeStyle(
            Bilingual("党政机构", "Department"), "#344054", "#cbd2dd", "pill", 5
        ),
        "body": TypeStyle(Bilingual("责任主体", "Body"), "#667085", "#b0b8c6", "pill", 5),
        "openBody": TypeStyle(Bilingual("概称主体", "Open body"), "#8a94a6", "#8a94a6", "pill", 5),
        "policyArea": TypeStyle(
            Bilingual("政策领域", "Policy area"), "#7a6a58", "#c9b8a4", "card", 6
        ),
        "area": TypeStyle(Bilingual("行政区", "Area"), "#7a6a58", "#c9b8a4", "ticket", 6),
    }
)
SEVERITIES = MappingProxyType(
    {
        Severity.HIGH: SeverityStyle(Bilingual("高", "high"), "#c2410c", "#ff8a5c", "▲"),
        Severity.MEDIUM: SeverityStyle(Bilingual("中", "medium"), "#b77900", "#f2b84b", "◆"),
        Severity.LOW: SeverityStyle(Bilingual("低", "low"), "#7c6f57", "#c4b696", "●"),
        Severity.INFO: SeverityStyle(Bilingual("提示", "info"), "#98a2b3", "#7b8698", "·"),
    }
)
LEVELS = MappingProxyType(
    {
        "central": Bilingual("中央", "central"),
        "province": Bilingual("省级", "province"),
        "prefecture": Bilingual("市级", "prefecture"),
        "county": Bilingual("县级", "county"),
        "township": Bilingual("乡级", "township"),
    }
)


def _named(zh: str, en: str, back_zh: str, back_en: str, tone: str = "plain") -> RelationStyle:
    return RelationStyle(Bilingual(zh, en), Bilingual(back_zh, back_en), tone)


RELATION_STYLES = MappingProxyType(
    {
        "hasGoal": _named("提出目标", "sets goal", "见于文件", "set by"),
        "contributesTo": _named("支撑目标", "contributes to", "支撑它的措施", "served by"),
        "quantifies": _named("量化目标", "quantifies", "指标要求", "quantified by"),
        "usesIndicator": _named("采用指标", "uses indicator", "用于", "used by"),
        "partOf": _named("属于", "part of", "包含", "has part"),
        "realises": _named("落实任务", "realises", "依托", "realised by"),
        "ledBy": _named("牵头单位", "led by", "牵头", "leads", "duty"),
        "undertakenBy": _named("负责单位", "undertaken by", "负责", "undertakes", "duty"),
        "supportedBy": _named("配合单位", "supported by", "配合", "supports", "duty"),
        "joinedBy": _named("参与单位", "joined by", "参与", "joins", "duty"),
        "supervisedBy": _named("监督单位", "supervised by", "监督", "supervises", "duty"),
        "requires": _named("以…为前提", "requires", "是…的前提", "required by", "need"),
        "sharesResourceWith": _named("共用资源", "shares with", "共用资源", "shares with", "need"),
        "jointlyProducesWith": _named(
            "共同形成", "produces with", "共同形成", "produces with", "need"
        ),
        "dependsOn": _named("依赖", "depends on", "被依赖", "needed by", "need"),
        "conflictsWith": _named("冲突", "conflicts with", "冲突", "conflicts with", "need"),
        "takesUp": _named("承接", "takes up", "被承接", "taken up by"),
        "coordinates": _named("协调", "coordinates", "受其协调", "coordinated by"),
        "coordinatesWith": _named(
            "有协同渠道", "has a channel with", "有协同渠道", "has a channel with"
        ),
        "memberOf": _named("成员单位", "member of", "成员", "has member"),
        "supervises": _named("督促检查", "supervises", "受督促", "supervised by"),
        "evaluates": _named("评估", "evaluates", "受评估", "evaluated by"),
        "implements": _named("落实文件", "implements", "被落实", "implemented by"),
        "refersTo": _named("引用", "refers to", "被引用", "referred to by"),
        "alignedWith": _named("衔接", "aligned with", "衔接", "aligned with"),
        "issuedBy": _named("印发机关", "issued by", "印发", "issued"),
        "inPolicyArea": _named("政策领域", "in policy area", "涉及", "covers"),
        "citedAs": _named("引用名", "cited as", "即文件", "name of"),
        "statedIn": _named("载于", "stated in", "载明", "states"),
        "appliesIn": _named("适用于", "applies in", "适用文件", "document here"),
        "areaOf": _named("所在地", "seated in", "所辖单位", "body here"),
        "withinArea": _named("隶属", "within", "下辖", "contains"),
        "succeededBy": _named("职责并入", "succeeded by", "承继自", "succeeds"),
    }
)


def table() -> dict[str, object]:
    """Return all of the above as plain data, for pages."""
    return {
        "font": FONT,
        "types": {name: asdict(style) for name, style in TYPES.items()},
        "severities": {name.value: asdict(style) for name, style in SEVERITIES.items()},
        "levels": {name: asdict(label) for name, label in LEVELS.items()},
        "relations": {
            name: asdict(style) | {"hub": RELATIONS[name].hub}
            for name, style in RELATION_STYLES.items()
        },
    }
