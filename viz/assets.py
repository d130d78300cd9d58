"""Where the scripts and styles of the pictures lie; vis-network comes with the pyvis package."""

from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

VIS_NETWORK = "vis-network.min.js"
_VIS_IN_PYVIS = Path("templates", "lib", "vis-9.1.2", VIS_NETWORK)
_OWN = ("card.js", "network.js", "network.css")


def asset(name: str) -> Path | None:
    """Return the file that is served as ``/static/<name>``, or nothing where viz has none.

    The package pyvis is found without importing it: the import alone takes over a second.
    """
    if name == VIS_NETWORK:
        spec = find_spec("pyvis")
        places = spec.submodule_search_locations if spec else None
        return Path(next(iter(places))) / _VIS_IN_PYVIS if places else None
    return Path(str(files("viz"))) / "static" / name if name in _OWN else None


def asset_text(name: str) -> str:
    """Return the text of an asset.

    Raises:
        FileNotFoundError: viz has no asset of this name.
    """
    path = asset(name)
    if path is None:
        raise FileNotFoundError(name)
    return path.read_text(encoding="utf-8")
