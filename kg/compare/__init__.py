"""What a person asks about changes: what would be if, and what is different between two versions.

wanted    changes with things named as people name them, and what each means in this store
"""

from kg.compare.wanted import ask, parsed, resolved, words

__all__ = ["ask", "parsed", "resolved", "words"]
