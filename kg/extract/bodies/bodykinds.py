"""What kind of body a name tells of: one organ, a class of organs, an enterprise, a leading group."""

import re
from enum import StrEnum
from functools import lru_cache

from kg.extract.rules import rule
from kg.model import BodyKind


class OpenClass(StrEnum):
    """Whether the members of a class of organs can be listed."""

    ENUMERABLE = "enumerable"
    UNDETERMINED = "undetermined"


def _fits(identifier: str, name: str) -> bool:
    return rule("bodies", identifier).search(name) is not None


@lru_cache(maxsize=4096)
def is_open(name: str) -> bool:
    """Return whether *name* stands for a class of organs.

    >>> is_open("各设区市人民政府"), is_open("财政部")
    (True, False)
    """
    return _fits("body.open", name)


def open_class(name: str) -> OpenClass:
    """Return whether the members of the class *name* can be listed.

    >>> open_class("各省级人民政府").value, open_class("有关部门").value
    ('enumerable', 'undetermined')
    """
    return OpenClass.ENUMERABLE if _fits("body.open-listed", name) else OpenClass.UNDETERMINED


def is_enterprise(name: str) -> bool:
    """Return whether *name* is that of an enterprise.

    >>> is_enterprise("云江省大数据集团")
    True
    """
    return _fits("body.enterprise", name)


@lru_cache(maxsize=4096)
def looks_like_body(name: str) -> bool:
    """Return whether *name* ends as names of bodies do; enough inside a list of duties only.

    >>> looks_like_body("云江海关"), looks_like_body("推进共享")
    (True, False)
    """
    if _fits("body.none", name):
        return False
    return _fits("body.suffix", name) or is_open(name)


_BRACKET_END = re.compile(r"[（(][^（()）]*[）)]$")


def ends_like_body(name: str) -> bool:
    """Return whether *name* ends as names of bodies do, a bracket at its end left aside.

    >>> ends_like_body("各县（区）"), ends_like_body("各级政府工作人员适应网上")
    (True, False)
    """
    return _fits("body.suffix", _BRACKET_END.sub("", name)) and not _fits("body.none", name)


def kind_of(name: str) -> BodyKind:
    """Return the kind of body that the full name *name* tells of.

    >>> kind_of("云江省质量强省工作领导小组").value, kind_of("云江省财政厅").value
    ('coordinationBody', 'department')
    """
    if is_open(name):
        return BodyKind.OPEN_BODY
    if _fits("body.coordination", name):
        return BodyKind.COORDINATION_BODY
    return BodyKind.BODY if _fits("body.other", name) else BodyKind.DEPARTMENT


def is_coordination(name: str) -> bool:
    """Return whether *name* is that of a leading group or a joint conference.

    >>> is_coordination("云江省质量工作领导小组")
    True
    """
    return kind_of(name) is BodyKind.COORDINATION_BODY
