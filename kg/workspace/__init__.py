"""What the command line, the service and Python users do, in the same words.

A `Workspace` is a home, its store and the settings, opened together.

deciding  what people decide: reviews, marks on findings, ledgers
writing   all else that is written
"""

from pathlib import Path

from kg import settings as settings_
from kg.home import Home
from kg.store import open_store
from kg.workspace.writing import Workspace

__all__ = ["Workspace", "open_workspace"]


def open_workspace(
    home: str | Path | None = None,
    *,
    create: bool = False,
    read_only: bool = False,
    **overrides: object,
) -> Workspace:
    """Return the workspace at *home*; what is not given comes from the environment.

    Args:
        home: The data folder.
        create: Make it where there is none.
        read_only: Open it beside a service or a build that holds the store.
        overrides: Other settings by their names (`kg.settings`), as *store* or *lang*.

    Raises:
        SettingsError: There is no such setting, or it cannot have this value.
        UnknownHomeError: There is no home, and *create* is false.
        StoreLockedError: Another process writes to it.
        StoreUnavailableError: The store does not answer.
    """
    settings = settings_.load(home=home, **overrides)
    folder = Home.create(settings.home) if create else Home.open(settings.home)
    address = settings.store or folder.store
    opened = open_store(address, settings=settings, read_only=read_only and settings.store is None)
    return Workspace(folder, opened, settings, audited=True)
