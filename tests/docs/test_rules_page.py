"""docs/rules.md says what the rules say."""

from pathlib import Path

from kg.extract.rules import all_rules
from kg.extract.rulespage import entries, page
from kg.text.repairs import catalogue


def test_the_page_of_rules_is_current(root: Path) -> None:
    written = (root / "docs" / "rules.md").read_text("utf-8")
    assert written == page(), "run `python -m kg.extract.rulespage > docs/rules.md`"


def test_every_rule_and_repair_is_listed_with_its_example() -> None:
    listed = entries()
    known = catalogue()
    assert len(listed) == len(all_rules()) + len(known.repairs) + len(known.marks) > 120
    assert all(one.reason.zh and one.reason.en for one in listed)
    # No file can hold half a surrogate pair, and lines are joined only where a whole page is set so.
    assert {one.id for one in listed if not one.example} == {"surrogate", "hard-line-end"}
    assert [one.id for one in listed if not one.counter_example] == []
