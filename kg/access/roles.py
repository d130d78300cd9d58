"""Roles, each of which may do what those before it may, and who asks."""

from dataclasses import dataclass
from enum import StrEnum

from kg.model import Bilingual


class Role(StrEnum):
    """What somebody may do; ``none`` is whoever gives no token."""

    NONE = "none"
    READ = "read"
    REVIEW = "review"
    WRITE = "write"
    ADMIN = "admin"

    def covers(self, needed: "Role") -> bool:
        """Return whether this role may do what *needed* may.

        >>> Role.WRITE.covers(Role.REVIEW), Role.READ.covers(Role.REVIEW)
        (True, False)
        """
        order = list(Role)
        return order.index(self) >= order.index(needed)


MEANING = {
    Role.NONE: Bilingual("无需令牌", "needs no token"),
    Role.READ: Bilingual("查阅", "reads"),
    Role.REVIEW: Bilingual(
        "审核陈述、标记缺口、登记台账", "decides, marks findings, takes ledgers"
    ),
    Role.WRITE: Bilingual(
        "读入与删除文件、更新图谱", "builds and removes documents, updates the graph"
    ),
    Role.ADMIN: Bilingual(
        "终止他人查询、调整文件范围", "ends others' queries, restricts documents"
    ),
}
"""What each role adds to the one before it."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the name of a token (empty for nobody), the role, and whether internal documents too."""

    name: str
    role: Role
    internal: bool


NOBODY = Caller("", Role.NONE, internal=False)
