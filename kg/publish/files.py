"""The graph out to a file or a folder, in whatever the ending of its name stands for."""

from pathlib import Path

from kg.analysis.project import project
from kg.errors import FormatError
from kg.home import write_blocks
from kg.progress import Progress, in_silence
from kg.publish.exchange import ENDINGS, ending_of, export
from kg.publish.network import NETWORK_ENDINGS, network_file
from kg.publish.tables import TABLE_ENDINGS, write_tables
from kg.store import Store


def write_export(
    store: Store, path: Path, *, runs: bool = False, progress: Progress = in_silence
) -> None:
    """Write what *store* holds to *path*, whole or not at all.

    RDF (`ENDINGS`, also packed) is the whole graph. A network (`NETWORK_ENDINGS`) and the typed
    tables (`TABLE_ENDINGS`, each table a file in the folder *path*) hold the facts alone.

    Args:
        store: Where the graph is.
        path: Its ending tells the format.
        runs: Whether the graphs of runs and of stored findings go along; RDF alone can hold them.
        progress: Called with how many graphs have been read, and of how many.

    Raises:
        FormatError: No format has this ending.
        HomeError: It cannot be written, or a folder holds other things.
    """
    ending = ending_of(path).lower()
    if ending in TABLE_ENDINGS:
        write_tables(project(store), path)
    elif ending in NETWORK_ENDINGS:
        write_blocks(path, network_file(project(store), ending))
    elif ending.removesuffix(".gz") in ENDINGS:
        write_blocks(path, export(store, ending, runs=runs, progress=progress))
    else:
        folders = (f"{end}/" for end in TABLE_ENDINGS)
        raise FormatError(
            given=ending, known=" ".join([*ENDINGS, ".nq.gz", *NETWORK_ENDINGS, *folders])
        )
