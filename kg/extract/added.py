"""Rule files that installed packages add to ours; see docs/extending.md."""

from collections.abc import Collection
from importlib.resources import files

from kg.plugins import Kind, plugins


def added_sources(name: str) -> dict[str, str]:
    """Return the texts that packages add to ``rules/<name>.toml``, by a name that tells the package.

    Raises:
        PluginError: A package lacks the file that it promises.

    >>> added_sources("tasks")
    {}
    """
    found = {}
    for one in plugins(Kind.RULES):
        if one.name == name:
            with one.blamed():
                text = files(one.target).joinpath(f"{name}.toml").read_text("utf-8")
            found[f"{name}.toml ({one.package})"] = text
    return found


def check_names(known: Collection[str]) -> None:
    """See that packages add to files that are there: another one would never be read.

    Raises:
        PluginError: One does not.
    """
    for one in plugins(Kind.RULES):
        if one.name not in known:
            raise one.fault(detail=f"rule files are {', '.join(known)}")
