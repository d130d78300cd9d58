"""What keeps a home safe over the years.

`check` whether store and texts still agree, `backup` a copy while others write and the way back.
"""

from kg.upkeep.backup import Backup, backup, restore
from kg.upkeep.check import FAULTS, Fault, Soundness, check

__all__ = ["FAULTS", "Backup", "Fault", "Soundness", "backup", "check", "restore"]
