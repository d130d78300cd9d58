"""G17: what is needed is due later, or there is not time enough to do all that is needed. Invented."""

from kg.analysis.gaps import findings_of
from kg.analysis.project import tables_of
from kg.model import Finding, Severity
from kg.settings import load

LABELS = {"a": "建立编码台账", "b": "制定分级标准", "c": "开展分级评价"}


def found(issued: str, due: dict[str, int], **settings: object) -> list[Finding]:
    """Return what G17 finds where c requires b and b requires a, in a plan issued that day."""
    rows = {
        "documents": [{"id": "p", "title": "虚构方案", "issued_on": issued}],
        "measures": [
            {
                "id": name,
                "label_zh": label,
                "kind": "task",
                "document": "p",
                "due_year": due.get(name),
            }
            for name, label in LABELS.items()
        ],
        "dependencies": [
            {"id": f"{later}{first}", "source": later, "target": first, "confidence": 0.9}
            for first, later in ("ab", "bc")
        ],
    }
    return findings_of(tables_of(rows), settings=load(**settings), types=["G17"])


def test_what_is_needed_later_is_told_by_how_much() -> None:
    (one,) = found("2024-01-01", {"b": 2027, "c": 2026})
    assert (one.severity, [node.id for node in one.subjects]) == (Severity.HIGH, ["c", "b"])
    assert one.reason.zh == "“开展分级评价”以“制定分级标准”为前提，而后者的期限晚 1 年。"
    assert one.reason.en.endswith("which is due later by 1 years.")


def test_a_path_too_long_for_its_window_is_told_with_all_its_steps() -> None:
    (one,) = found("2025-07-01", {"c": 2025})
    assert (one.severity, [node.id for node in one.subjects]) == (Severity.MEDIUM, ["c", "b", "a"])
    assert "不够依次完成" in one.reason.zh
    assert one.confidence == 0.9
    assert one.evidence == ()


def test_time_enough_is_no_gap_and_how_much_is_enough_is_a_setting() -> None:
    assert found("2025-01-01", {"c": 2025}) == []
    assert found("2025-07-01", {"c": 2025}, least_years=0.1) == []
    assert len(found("2025-01-01", {"c": 2025}, least_years=0.5)) == 1


def test_without_the_day_of_issue_no_window_is_judged() -> None:
    assert found("", {"c": 2025}) == []
