"""Review: statements out to a sheet, decisions back in, all or nothing.

    export   document (read again) -> statements -> rows -> .xlsx or .csv
    import   .xlsx or .csv -> rows -> decisions -> graph of decisions + documents made anew

Rows show what the rules found, whatever was decided: so a decision can be seen, changed and taken
back, and two exports differ in nothing but the decisions.
"""

from kg.review.desk import Desk
from kg.review.exporting import Exported, export_review, review_sheet
from kg.review.importing import Imported, import_review, take_review
from kg.review.marks import decide, finding_called, keep, mark_of, marks

__all__ = [
    "Desk",
    "Exported",
    "Imported",
    "decide",
    "export_review",
    "finding_called",
    "import_review",
    "keep",
    "mark_of",
    "marks",
    "review_sheet",
    "take_review",
]
