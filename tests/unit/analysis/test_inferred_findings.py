"""A finding that rests on inferred dependencies alone is one step lower, and says so. Invented."""

from kg.analysis.gaps import findings_of
from kg.analysis.project import tables_of
from kg.model import Finding, Severity
from kg.settings import Settings


def found(*bases: str) -> dict[str, Finding]:
    """Return the findings on two measures of two bodies that depend on each other on these bases."""
    rows = {
        "documents": [
            {"id": "p", "title": "方案", "clause_coverage": 1.0, "bracket_coverage": 1.0}
        ],
        "measures": [
            {"id": name, "kind": "task", "label_zh": name, "document": "p"} for name in "tu"
        ],
        "bodies": [{"id": name, "label": name, "kind": "department"} for name in "ab"],
        "responsibilities": [
            {"id": "1", "measure": "t", "body": "a", "role": "lead"},
            {"id": "2", "measure": "u", "body": "b", "role": "lead"},
        ],
        "dependencies": [
            {
                "id": f"d{number}",
                "source": "t",
                "target": "u",
                "kind": "sharesResourceWith",
                "basis": basis,
                "confidence": 0.7,
            }
            for number, basis in enumerate(bases)
        ],
    }
    return {one.type: one for one in findings_of(tables_of(rows), settings=Settings())}


def test_a_finding_on_an_inferred_dependency_is_one_step_lower_and_says_so() -> None:
    stated, guessed = found("stated"), found("inferred")
    assert (stated["G14"].severity, guessed["G14"].severity) == (Severity.MEDIUM, Severity.LOW)
    assert (stated["G13"].severity, guessed["G13"].severity) == (Severity.LOW, Severity.INFO)
    assert "推断" in guessed["G13"].reason.zh
    assert "inferred" in guessed["G13"].reason.en
    assert "推断" not in stated["G13"].reason.zh


def test_a_stated_dependency_beside_an_inferred_one_holds_the_finding_up() -> None:
    both = found("inferred", "stated")
    assert both["G14"].severity is Severity.MEDIUM
    assert "推断" not in both["G14"].reason.zh
