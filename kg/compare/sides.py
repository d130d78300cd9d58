"""What is compared: a document of the store, a file, or all that another home or store holds."""

from pathlib import Path

from kg.analysis.project import Tables, project, read
from kg.analysis.versions import Version, version
from kg.home import Home, read_file
from kg.ids import graph_iri, iri
from kg.reading import quads_of, read_confined
from kg.settings import Settings
from kg.store import memory_store, open_store
from kg.store.port import Store
from kg.uptake import plans
from kg.uptake.reading import named

_ADDRESS = ("sparql+http://", "sparql+https://")


def document_side(given: str, *, store: Store, home: Home) -> Version:
    """Return the document of *store* that *given* means: a key, IRI, title or file name.

    Raises:
        UnknownDocumentError: There is none.
        AmbiguousDocumentError: There are several.
        StoreError: The store failed.
    """
    plan = named(given, plans(store))
    return version(project(store), document=plan.id, text_of=home.text_of)


def side(given: str, *, store: Store, home: Home, settings: Settings) -> Version:
    """Return what *given* names: a file, a home, the address of a store, else a document of *store*.

    Raises:
        DocumentError: The file cannot be read, or no document or several are called so.
        HomeError: The home cannot be used.
        StoreError: A store failed.
    """
    path = Path(given)
    if path.is_file():
        return file_side(path, settings=settings)
    if given.startswith(_ADDRESS):
        return version(_all_of(given, settings))
    if (path / "format").is_file():
        other = Home.open(path)
        return version(_all_of(other.store, settings), text_of=other.text_of)
    return document_side(given, store=store, home=home)


def file_side(path: Path, *, settings: Settings) -> Version:
    """Return what the file at *path* says; no home and no store is needed.

    Raises:
        DocumentError: It cannot be read.
    """
    reading = read_confined(path.name, read_file(path, settings), settings=settings)
    store = memory_store()
    store.replace(graph_iri(reading.source.key), quads_of(reading, ()))
    text = reading.cleaned.text
    return version(
        read(store), document=iri("document", reading.source.key), text_of=lambda _: text
    )


def _all_of(address: str | Path, settings: Settings) -> Tables:
    opened = open_store(address, settings=settings, read_only=isinstance(address, Path))
    try:
        return read(opened)
    finally:
        opened.close()
