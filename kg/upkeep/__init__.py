"""What keeps a home safe over the years: `check` whether store and texts still agree."""

from kg.upkeep.check import FAULTS, Fault, Soundness, check

__all__ = ["FAULTS", "Fault", "Soundness", "check"]
