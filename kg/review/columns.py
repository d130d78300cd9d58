"""The review sheet, declared once, and the words that it takes."""

from types import MappingProxyType

from kg.model import Bilingual, Role, Verdict
from kg.rdf.relations import ENDS
from kg.sheets import Column, Filling, Form

_COLUMNS = (
    Column("id", "编号", 26, Bilingual("陈述的编号，请勿改动", "the statement; leave it as it is")),
    Column("document", "文件", 14, Bilingual("文件的编号", "key of the document")),
    Column("title", "文件标题", 24, Bilingual("文件标题", "title of the document")),
    Column(
        "kind",
        "种类",
        14,
        Bilingual(
            "要素的种类、职责分工（responsibility）、关系的种类或承接（uptake）",
            "kind of the element, responsibility, kind of the relation, or uptake",
        ),
    ),
    Column(
        "words",
        "内容",
        40,
        Bilingual(
            "要素的文字、责任主体，关系的起点，或下级措施",
            "words of the element, the body, where the relation starts, or the lower measure",
        ),
    ),
    Column(
        "about",
        "所属",
        32,
        Bilingual(
            "上级要素、主体所负责的措施，关系的终点，或所承接的上级措施",
            "the element above, the measure of the body, where the relation ends, or the measure "
            "above that is taken up",
        ),
    ),
    Column("role", "角色", 12, Bilingual("主体的角色", "role of the body")),
    Column("rule", "规则", 24, Bilingual("得出此条的规则", "the rule that found it")),
    Column("confidence", "置信度", 10, Bilingual("0 至 1", "0 to 1"), filling=Filling.NUMBER),
    Column("quote", "原文", 60, Bilingual("所依据的原文", "the words behind it")),
    Column(
        "decision",
        "审定",
        12,
        Bilingual(
            "accept 采纳、reject 驳回、correct 更正；留空为未审定，删去即撤销",
            "accept, reject or correct; empty is undecided, emptying it takes a decision back",
        ),
        filled=True,
        choices=tuple(Verdict),
    ),
    Column(
        "new_words",
        "更正文字",
        32,
        Bilingual("更正后的要素文字", "the element's words as they shall be"),
        filled=True,
    ),
    Column(
        "new_role",
        "更正角色",
        12,
        Bilingual(
            "更正后的角色：lead 牵头、responsible 负责、support 配合、participant 参与、supervisor 监督",
            "the role as it shall be: lead, responsible, support, participant or supervisor",
        ),
        filled=True,
        choices=tuple(Role),
    ),
    Column(
        "new_body",
        "更正主体",
        24,
        Bilingual("更正后的责任主体，写名称", "name of the body that it shall be"),
        filled=True,
    ),
    Column(
        "new_target",
        "更正终点",
        32,
        Bilingual(
            "更正后关系的终点：写其文字；文字相同者不止一个时写编号，如 task/…",
            "what the relation shall lead to: its words, or its id (task/…) where several have them",
        ),
        filled=True,
    ),
    Column(
        "new_kind",
        "更正关系",
        20,
        Bilingual(
            "更正后关系的种类，如 partOf、requires、contributesTo",
            "the kind that the relation shall have, such as partOf, requires, contributesTo",
        ),
        filled=True,
        choices=tuple(ENDS),
    ),
    Column("note", "说明", 32, Bilingual("审定的理由", "why it was decided so"), filled=True),
)
FORM = Form("审定 review", _COLUMNS)
FILLED = tuple(column.key for column in _COLUMNS if column.filled)

VERDICT_WORDS = MappingProxyType(
    {
        **{verdict.value: verdict for verdict in Verdict},
        "采纳": Verdict.ACCEPT,
        "驳回": Verdict.REJECT,
        "更正": Verdict.CORRECT,
    }
)
ROLE_WORDS = MappingProxyType(
    {
        **{role.value: role for role in Role},
        "牵头": Role.LEAD,
        "负责": Role.RESPONSIBLE,
        "配合": Role.SUPPORT,
        "参与": Role.PARTICIPANT,
        "监督": Role.SUPERVISOR,
    }
)
