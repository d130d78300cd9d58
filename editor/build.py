"""Put YASQE, the editor of YASGUI, into the static folder, with the licences of all that is in it.

    python editor/build.py

Needs node and npm. Without them, or without a way to the packages, nothing is changed and the page
has its plain editor, with the same completion and the same table.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATIC = HERE.parent / "api" / "static"
FILES = ("yasqe.min.js", "yasqe.min.css")
LICENCES = "yasqe.LICENSES.txt"
_INPUTS = ("package.json", "package-lock.json", ".npmrc")
_LONGEST_S = 120
_PATIENCE = ("--fetch-retries=1", "--fetch-timeout=20000")


class NotBuiltError(Exception):
    """The editor could not be built; the message says why."""


def build() -> bool:
    """Return whether the editor was built now; it is not where it is there already.

    Raises:
        NotBuiltError: There is no npm, or it could not fetch the packages.
    """
    if all((STATIC / name).is_file() for name in (*FILES, LICENCES)):
        return False
    npm = shutil.which("npm")
    if npm is None:
        message = "no npm here"
        raise NotBuiltError(message)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in _INPUTS:
            shutil.copy(HERE / name, place / name)
        _install(npm, place)
        _take(place / "node_modules")
    return True


def _install(npm: str, place: Path) -> None:
    """Fetch exactly what the lock file names, each package checked against its hash."""
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *_PATIENCE]
    try:
        subprocess.run(  # noqa: S603  fixed words, no shell
            command, cwd=place, check=True, capture_output=True, text=True, timeout=_LONGEST_S
        )
    except subprocess.CalledProcessError as error:
        lines = [line for line in error.stderr.splitlines() if "error" in line]
        message = f"npm ci failed: {lines[0] if lines else error.returncode}"
        raise NotBuiltError(message) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        message = f"npm ci did not end: {error}"
        raise NotBuiltError(message) from error


def _take(modules: Path) -> None:
    for name in FILES:
        text = (modules / "@zazuko" / "yasqe" / "build" / name).read_text("utf-8")
        # the map is left out: a browser would ask for it and find nothing
        kept = [line for line in text.splitlines() if "sourceMappingURL=" not in line]
        (STATIC / name).write_text("\n".join(kept) + "\n", "utf-8")
    (STATIC / LICENCES).write_text("\n\n".join(_licences(modules)) + "\n", "utf-8")


def _licences(modules: Path) -> Iterator[str]:
    """Yield what each package says of its licence, and the text of it."""
    rule = "=" * 72
    for described in sorted((*modules.glob("*/package.json"), *modules.glob("@*/*/package.json"))):
        if described.parts[-3] == "@types":
            continue  # declarations, of which nothing is in the built file
        facts = json.loads(described.read_text("utf-8"))
        head = f"{rule}\n{facts['name']} {facts['version']}: {facts['license']}\n{rule}"
        texts = sorted(
            path for path in described.parent.iterdir() if path.name.lower().startswith("licen")
        )
        body = "\n\n".join(path.read_text("utf-8").strip() for path in texts)
        yield f"{head}\n\n{body or _mit(facts)}"


def _mit(facts: dict[str, object]) -> str:
    """Return the text of the MIT licence for a package that names it and ships no text.

    The terms are those of our own licence; the holders, whom the package names.
    """
    if facts["license"] != "MIT":
        message = f"{facts['name']} ships no licence text"
        raise NotBuiltError(message)
    people = [facts.get("author"), *(facts.get("contributors") or [])]  # type: ignore[misc]
    holders = ", ".join(
        str(one["name"] if isinstance(one, dict) else one) for one in people if one is not None
    )
    ours = (HERE.parent / "LICENSE").read_text("utf-8")
    terms = ours[ours.index("Permission is hereby granted") :].strip()
    return f"MIT License\n\nCopyright (c) {holders}\n\n{terms}"


def main() -> int:
    """Build, say what came of it, and return 0 either way: the plain editor stands in."""
    try:
        built = build()
    except NotBuiltError as error:
        sys.stderr.write(f"editor: not built ({error}); the page keeps its plain editor\n")
        return 0
    sys.stderr.write("editor: built\n" if built else "editor: there already\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
