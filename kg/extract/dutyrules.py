"""The rules of responsibilities put together; `rules/responsibilities.toml` is where they change."""

import re
from dataclasses import dataclass
from functools import cache

from kg.extract.rules import Rule, rule, rule_set
from kg.model import Role

_FILE = "responsibilities"


@dataclass(frozen=True, slots=True)
class Duty:
    """A role with the rule that gives it; guiding tells 指导 from other supervision."""

    role: Role
    rule: str
    guiding: bool = False


@dataclass(frozen=True, slots=True)
class DutyRules:
    """All patterns of the rule file, ready to use."""

    cues: tuple[tuple[re.Pattern[str], Duty], ...]  # anchored at the end of a segment
    labels: tuple[tuple[re.Pattern[str], Duty], ...]
    label: re.Pattern[str]  # any label with its colon, those of deadlines too
    time_label: re.Pattern[str]
    deadline: re.Pattern[str]  # a whole segment that gives a date
    deadline_start: re.Pattern[str]
    deadline_end: re.Pattern[str]


@cache
def duty_rules() -> DutyRules:
    """Return the compiled rules.

    Raises:
        RuleError: The rule file is wrong.
    """
    labels = _group("duty.label.")
    date = _raw("duty.deadline")
    done = f"(?:{_raw('duty.ongoing')})?"
    adverb = f"(?:{_raw('duty.adverb')})*"
    return DutyRules(
        cues=tuple(
            (re.compile(adverb + found.regex.pattern), _duty(found))
            for found in _group("duty.cue.")
        ),
        labels=tuple((found.regex, _duty(found)) for found in labels if "role" in found.set),
        label=re.compile("(?:" + "|".join(f.regex.pattern for f in labels) + ")[：:为]"),
        time_label=rule(_FILE, "duty.label.deadline").regex,
        deadline=re.compile(f"(?P<date>{date}){done}$"),
        deadline_start=re.compile(f"(?P<date>{date})(?=由)"),
        deadline_end=re.compile(f"(?P<date>(?=20\\d\\d年){date}){done}$"),
    )


@cache
def pattern(identifier: str) -> re.Pattern[str]:
    """Return the pattern of one rule of the file.

    Raises:
        RuleError: The file has no such rule.
    """
    return rule(_FILE, identifier).regex


def _raw(identifier: str) -> str:
    return pattern(identifier).pattern


def _group(prefix: str) -> tuple[Rule, ...]:
    return tuple(found for name, found in rule_set(_FILE).items() if name.startswith(prefix))


def _duty(found: Rule) -> Duty:
    role = str(found.set["role"])
    guiding = role == "guide"
    return Duty(Role.SUPERVISOR if guiding else Role(role), found.id, guiding)
