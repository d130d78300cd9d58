"""docs/rules.md, made from the rules and repairs: run this module to write it anew."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kg.extract.rules import Rule, all_rules
from kg.model import Bilingual
from kg.text.repairs import Mark, Repair, catalogue

_REPAIRS = "repairs.toml"
_HEAD = """\
# 规则 Rules

本页由规则生成，请勿手改：`python -m kg.extract.rulespage > docs/rules.md`。`qkg rules` 列出同样的内容。
This page is made from the rules; do not edit it, run the command above. `qkg rules` lists the same.

每条规则写明找什么、为什么、在何处找到、在何处不应找到；例句均为虚构，测试逐条运行。
Every rule says what it finds, why, where it finds something and where it must not. The examples are
invented, and the tests run them all.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One rule, repair or mark, as tables and pages show it."""

    id: str
    what: str
    reason: Bilingual
    example: str
    counter_example: str
    file: str

    def row(self) -> dict[str, object]:
        """Return the entry as plain values, both languages."""
        return {
            "id": self.id,
            "finds": self.what,
            "reason": {"zh": self.reason.zh, "en": self.reason.en},
            "example": self.example,
            "counter_example": self.counter_example,
            "file": self.file,
        }


def entries() -> list[Entry]:
    """Return every repair and mark in the order of work, then every rule by file.

    >>> entries()[0].id
    'line-end'

    Raises:
        RuleError: A file or a rule is wrong.
    """
    known = catalogue()
    return [
        *map(_of_repair, known.repairs),
        *map(_of_mark, known.marks),
        *map(_of_rule, all_rules()),
    ]


def page() -> str:
    """Return the page in Markdown.

    >>> page().splitlines()[0]
    '# 规则 Rules'
    """
    return _HEAD + "".join(
        line
        for file, members in groupby(entries(), key=lambda entry: entry.file)
        for line in _section(file, list(members))
    )


def _section(file: str, members: list[Entry]) -> Iterator[str]:
    yield f"\n## {file} ({len(members)})\n\n"
    yield "| 编号 id | 找什么 finds | 理由 reason | 例 example | 反例 counter-example |\n"
    yield "|---|---|---|---|---|\n"
    for one in members:
        cells = (
            f"`{one.id}`",
            one.what,
            f"{_cell(one.reason.zh)}<br>{_cell(one.reason.en)}",
            _cell(one.example),
            _cell(one.counter_example),
        )
        yield f"| {' | '.join(cells)} |\n"


def _of_repair(repair: Repair) -> Entry:
    shown = [f"{before!r} → {after!r}" for before, after in repair.examples[:1]]
    return Entry(
        repair.name,
        "repair",
        repair.reason,
        "".join(shown),
        "".join(repair.unchanged[:1]),
        _REPAIRS,
    )


def _of_mark(mark: Mark) -> Entry:
    return Entry(
        mark.code,
        "issue",
        mark.reason,
        "".join(mark.examples[:1]),
        "".join(mark.unchanged[:1]),
        _REPAIRS,
    )


def _of_rule(rule: Rule) -> Entry:
    found = f" → {rule.example.found}" if rule.example.found else ""
    return Entry(
        rule.id,
        rule.finds,
        rule.reason,
        rule.example.text + found,
        rule.counter_example,
        rule.file,
    )


def _cell(text: str) -> str:
    """Return *text* as one cell of a Markdown table, shown as it is."""
    visible = text.replace("\t", "⇥").replace("\n", "↵").replace("\\", "\\\\")
    for mark in "|<>*_`[]":
        visible = visible.replace(mark, {"<": "&lt;", ">": "&gt;"}.get(mark, f"\\{mark}"))
    return visible


if __name__ == "__main__":
    sys.stdout.buffer.write(page().encode())
