"""What other processes are told to do; little to import, since they do so on their own time."""

import time

from kg.errors import SettingsError


def busy(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def refused() -> None:
    raise SettingsError(name="QKG_PAGE_LIMIT", value="many", detail="no number")
