"""The sheet of the ledger, declared once, and the words that it takes."""

from types import MappingProxyType

from kg.model import Bilingual
from kg.rdf.statuses import Light
from kg.sheets import Column, Filling, Form


def _shown(key: str, zh: str, width: int, meaning_zh: str, meaning_en: str) -> Column:
    """Return a column that nobody need hand back."""
    return Column(key, zh, width, Bilingual(meaning_zh, meaning_en), needed=False)


def _filled(key: str, zh: str, width: int, meaning: Bilingual, **more: object) -> Column:
    return Column(key, zh, width, meaning, filled=True, **more)  # type: ignore[arg-type]


FORM = Form(
    "台账 ledger",
    (
        Column(
            "id", "编号", 30, Bilingual("任务的编号，请勿改动", "the measure; leave it as it is")
        ),
        _shown("task", "任务", 40, "任务、工程、行动或制度机制", "the measure"),
        _shown("lead", "牵头", 24, "牵头单位", "bodies that lead"),
        _shown("responsible", "负责", 24, "负责单位", "bodies that are responsible"),
        _shown("support", "配合", 24, "配合与参与单位", "bodies that support or take part"),
        _shown("deadline", "时限", 16, "原文所写的时限", "the deadline, in the words of the text"),
        _shown("quote", "依据原文", 60, "职责所依据的原文", "the words that state the duty"),
        _shown("document", "文件", 30, "文件标题", "title of the document"),
        _shown("provision", "条款", 12, "条款编号", "number of the provision"),
        _filled("progress", "进展", 40, Bilingual("以文字说明进展", "how it goes, in words")),
        _filled(
            "done",
            "完成",
            10,
            Bilingual("已完成的比例，0 至 100", "how much is done, 0 to 100"),
            filling=Filling.NUMBER,
        ),
        _filled(
            "light",
            "红黄绿",
            10,
            Bilingual("green 绿、yellow 黄、red 红", "green, yellow or red"),
            choices=tuple(Light),
        ),
        _filled(
            "reported_on",
            "更新日期",
            14,
            Bilingual("进展截至的日期，如 2026-05-01", "the day that it tells of, as 2026-05-01"),
            filling=Filling.DATE,
        ),
        _filled("note", "备注", 30, Bilingual("备注", "a note")),
    ),
)
STATUS = tuple(column.key for column in FORM.columns if column.filled)

LIGHT_WORDS = MappingProxyType(
    {
        **{light.value: light for light in Light},
        "绿": Light.GREEN,
        "黄": Light.YELLOW,
        "红": Light.RED,
        "绿灯": Light.GREEN,
        "黄灯": Light.YELLOW,
        "红灯": Light.RED,
    }
)
