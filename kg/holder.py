"""Who holds a folder, as a file in it tells: the process, its command, and since when.

The lock itself is the system's and ends with its process, however that ends. The file says for whom
another one would have to wait, and is believed only as long as that process is there.
"""

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from kg.model import Bilingual

_UNKNOWN = Bilingual("未知进程", "a process that has not said who it is")
_LONGEST = 200  # characters of a command


def sign(file: Path) -> None:
    """Say in *file* that this process holds its folder.

    Raises:
        OSError: It cannot be written.
    """
    words = [Path(sys.argv[0]).name, *sys.argv[1:]]
    since = datetime.now(UTC).isoformat(timespec="seconds")
    told = {"process": os.getpid(), "command": " ".join(words)[:_LONGEST], "since": since}
    file.write_text(json.dumps(told, ensure_ascii=False), "utf-8")


def signed(file: Path) -> Bilingual:
    """Return who *file* says holds its folder; a process that has ended holds nothing."""
    try:
        told = json.loads(file.read_bytes())
        process, command, since = int(told["process"]), told["command"], told["since"]
    except (OSError, ValueError, TypeError, KeyError):
        return _UNKNOWN
    if not lives(process):
        return _UNKNOWN
    return Bilingual(
        f"进程 {process}：{command}，始于 {since}", f"process {process}: {command}, since {since}"
    )


def lives(process: int) -> bool:
    """Return whether there is a process with this id.

    >>> lives(os.getpid())
    True
    """
    if sys.platform == "win32":
        return True  # there is no harmless signal there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is somebody else's
        return True
    return True
