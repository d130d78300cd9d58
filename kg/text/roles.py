"""What the part of a document under a heading is for: read from the heading, or from what is above."""

import re

from kg.text.blocks import Block, Section
from kg.text.directives import DIRECTIVES
from kg.text.numbering import Numbering

TO_DO = (
    r"(?:着力|大力|全面|持续|进一步|不断|切实|加快|积极|努力|共同|深入|稳步|有序|扎实)*"
    rf"(?:{DIRECTIVES}|营造|改善|创造|夯实|筑牢|打牢|奠定|巩固|增强|补齐|提高|净化|支撑|做实|做强|厚植|固本)"
)
_ROLES = (
    (Section.GOALS, r"目标(?!任务|责任|考核|管理)|指标|愿景"),
    (
        Section.SAFEGUARDS,
        r"保障|组织实施|组织领导|实施机制|督[促察查导]|考核|有关要求|工作要求|附则",
    ),
    (Section.TASKS, r"任务|举措|措施|工作安排|行动内容|工程|行动|布局|分工|总体部署"),
    (Section.PRINCIPLES, r"原则"),
    (Section.GUIDING, r"指导思想|总体要求|总体思路|基本思路|总则|要求$"),
    (
        Section.BACKGROUND,
        r"意义|背景|形势|态势|现状|成效|回顾|机遇(?:与|和)挑战|存在(?:的)?问题|必由之路|重大举措|重要保障|关键要求|"
        # 发展基础 looks back, 夯实质量基础 and 营造宽松发展环境 are told to be done.
        rf"^(?!{TO_DO}).*(?:基础|发展环境)$",
    ),
)
_ROLE_TESTS = tuple((role, re.compile(words)) for role, words in _ROLES)
_LONGEST_ROLE_HEADING = 24
# A text cut out of a plan may begin with the slogans of its goals, the heading before them lost.
_REACHED = re.compile(
    r"(?:基本|初步|全面)?(?:形成|建成|实现|达到|跻身|迈入)|"
    r"[^，。；]{2,30}(?:达到|取得|显著|明显|大幅|更加|持续|不断|稳步)(?!推进|完善|加大)[^，。；]{2,12}(?:[，。；]|$)"
)
_STAY = (Section.GOALS, Section.SAFEGUARDS, Section.PRINCIPLES)


def own_role(words: str) -> Section | None:
    """Return the role that the *words* of a heading say, ``None`` where they say none.

    >>> own_role("主要目标"), own_role("推进检测")
    (<Section.GOALS: 'goals'>, None)
    """
    if len(words) > _LONGEST_ROLE_HEADING:
        return None
    return next((role for role, test in _ROLE_TESTS if test.search(words)), None)


def role_of(text: str, block: Block, *, own: Section | None, inherited: Section | None) -> Section:
    """Return the role of a headed part: its own words first, then what it stands in."""
    if inherited is None and _tells_goals(text, block):
        return Section.GOALS
    settled = inherited in (Section.TASKS, Section.SAFEGUARDS)
    if own is not None and not (settled and own not in _STAY):
        return own
    if inherited is not None and inherited is not Section.PREAMBLE:
        return inherited
    return Section.PREAMBLE if block.numbering is None else Section.TASKS


def _tells_goals(text: str, block: Block) -> bool:
    """Return whether *block*, under no heading, tells behind its dash what will have been reached."""
    dash = block.numbering is Numbering.DASH
    return dash and _REACHED.match(text, block.content.start, block.content.end) is not None
