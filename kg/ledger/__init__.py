"""The ledger: duties out to whoever supervises them, their status back in.

    export   measures with bodies of their own -> rows, with the status that is known -> sheet
    import   sheet -> rows, each checked -> statuses in a graph of their own, all or none

A row is found again by the id of its measure, which hangs on its words: a rebuild leaves ledger and
graph in step. What a ledger told of a measure that is no longer there is kept, and told.
"""

from kg.ledger.exporting import Ledger, ledger, ledger_sheet
from kg.ledger.importing import Taken, statuses, take_ledger

__all__ = ["Ledger", "Taken", "ledger", "ledger_sheet", "statuses", "take_ledger"]
