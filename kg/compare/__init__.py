"""What a person asks about changes: what would be if, and what is different between two versions.

wanted    changes with things named as people name them, and what each means in this store
sides     the versions that are compared: documents, files, homes, stores
suspects  links into duties that have changed, until somebody clears them
"""

from kg.compare.sides import document_side, file_side, side
from kg.compare.suspects import ALL, Suspect, clear, suspects
from kg.compare.wanted import ask, parsed, resolved, words

__all__ = [
    "ALL",
    "Suspect",
    "ask",
    "clear",
    "document_side",
    "file_side",
    "parsed",
    "resolved",
    "side",
    "suspects",
    "words",
]
