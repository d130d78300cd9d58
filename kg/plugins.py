"""What other packages add, each to a registry of the house: entry points ``quality_kg.<kind>``.

The same for every kind: a package names in its pyproject.toml what it adds, the registry asks here
for its kind, and whatever goes wrong in somebody else's code is told of his package. See
docs/extending.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from kg.errors import PluginError, QkgError

_GROUP = "quality_kg."


class Kind(StrEnum):
    """What can be added, and what its entry point refers to."""

    GAP_TYPES = "gap_types"
    """a package with catalogue.toml and the SQL that it names"""
    RULES = "rules"
    """a package with ``<name>.toml``, which is read behind the rule file of that name"""
    READERS = "readers"
    """a function that reads files of this ending, see `kg.text.readers.Reader`"""
    REPORT_FORMATS = "report_formats"
    """a `kg.report.Format` for files of this ending"""
    STORES = "stores"
    """a function of an address with this scheme and the settings that opens a store"""


@dataclass(frozen=True, slots=True)
class Plugin:
    """One thing that a package adds; ``package`` is its name and version."""

    kind: Kind
    name: str
    package: str
    _entry: EntryPoint = field(repr=False)

    @property
    def target(self) -> str:
        """Return what the entry point refers to, ``module`` or ``module:attribute``."""
        return self._entry.value

    def load(self) -> object:
        """Return what the entry point refers to.

        Raises:
            PluginError: It cannot be loaded.
        """
        with self.blamed():
            return self._entry.load()

    def fault(self, *, detail: object) -> PluginError:
        """Return the error that tells what is wrong with it."""
        return PluginError(package=self.package, kind=self.kind, name=self.name, detail=detail)

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """Tell what goes wrong inside of the package, unless it says so in our own errors.

        As every context manager of its kind it also makes a function that tells:
        ``plugin.blamed()(function)``.

        Raises:
            PluginError: Something went wrong.
        """
        try:
            yield
        except QkgError:
            raise
        except Exception as error:  # others' code raises what it likes
            detail = f"{type(error).__name__}: {error}"
            raise self.fault(detail=detail) from error


@cache
def plugins(kind: Kind) -> tuple[Plugin, ...]:
    """Return what the installed packages add of one kind, by name.

    >>> plugins(Kind.STORES)
    ()
    """
    found = [
        Plugin(kind, entry.name, _package(entry), entry)
        for entry in entry_points(group=_GROUP + kind)
    ]
    return tuple(sorted(found, key=lambda one: (one.name, one.package)))


def named(kind: Kind, name: str) -> Plugin | None:
    """Return the plugin of this name, ``None`` where nobody adds one.

    Raises:
        PluginError: Two packages add one of this name.
    """
    found = [one for one in plugins(kind) if one.name == name]
    if len(found) > 1:
        detail = f"{found[0].package} has one of this name too"
        raise found[1].fault(detail=detail)
    return found[0] if found else None


def _package(entry: EntryPoint) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value
