"""Roles, each of which may do what those before it may, and who asks."""

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the name of a token (empty for nobody), the role, and whether internal documents too."""

    name: str
    role: Role
    internal: bool


NOBODY = Caller("", Role.NONE, internal=False)
