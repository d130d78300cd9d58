"""RDF stores behind one protocol (`kg.store.port.Store`)."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from kg.errors import SettingsError
from kg.plugins import Kind, named
from kg.settings import Settings
from kg.store.embedded.disk import disk_store
from kg.store.embedded.memory import memory_store
from kg.store.port import Answer, Body, Dataset, Store, Table, Value
from kg.store.remote.endpoints import SCHEME
from kg.store.remote.store import RemoteStore
from kg.store.workers import CAN_FORK, worker_store

__all__ = [
    "Answer",
    "Body",
    "Dataset",
    "Store",
    "Table",
    "Value",
    "memory_store",
    "open_store",
]


def open_store(
    address: str | Path, *, settings: Settings, read_only: bool = False, serving: bool = False
) -> Store:
    """Return the store at *address*.

    Args:
        address: ``"memory:"``, a folder (the embedded store on disk),
            ``"sparql+http://host:port/query|update|store"`` (a SPARQL 1.1 service), or one with a
            scheme that an installed package adds.
        settings: Where SERVICE and LOAD may reach.
        read_only: For a folder: see it as it is now, without keeping a writer out.
        serving: For a folder: answer what clients ask in processes that can be ended.

    Raises:
        SettingsError: The address is none of these.
        StoreLockedError: Another process writes to the folder.
        StoreUnavailableError: The store cannot be opened or reached.
        PluginError: The package that adds its scheme failed.

    >>> from kg.settings import load
    >>> open_store("memory:", settings=load()).address
    'memory:'
    """
    if address == "memory:":
        return memory_store(service_allow=settings.service_allow)
    if str(address).startswith(SCHEME):
        return RemoteStore.at(
            str(address),
            token=settings.store_token,
            limit_s=settings.query_limit_s,
            service_allow=settings.service_allow,
        )
    if "://" in str(address):
        return _added(str(address), settings)
    if serving and CAN_FORK:
        return worker_store(Path(address), settings=settings, read_only=read_only)
    return disk_store(Path(address), read_only=read_only, service_allow=settings.service_allow)


def _added(address: str, settings: Settings) -> Store:
    added = named(Kind.STORES, address.partition("://")[0])
    if added is None:
        raise SettingsError(
            name="QKG_STORE",
            value=address,
            detail="an outside store is sparql+http://host:port/query|update|store",
        )
    opener = cast(Callable[[str, Settings], Store], added.load())
    return added.blamed()(opener)(address, settings)
