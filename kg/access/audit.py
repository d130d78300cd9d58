"""Who wrote what: a file in the home to which lines are added, and none is ever changed.

A line is JSON. It ends with a hash over itself and the hash of the line before, so that a line that
was edited, put in or taken out breaks the chain; the hash of the last line lies in a file beside, so
that a missing end is found too. That tells of damage and of clumsy hands: whoever may write to the
folder can make both anew, so copy the lines elsewhere where that matters (`qkg backup`, a log host).
"""

import fcntl
import hashlib
import json
import os
import pwd
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kg.access.files import KeptFile
from kg.errors import HomeError

FILE, HEAD = "audit.jsonl", "audit.head"
_OWNER = 0o600
_HASH = "hash"
_BLOCK = 1 << 12
_TWO = 2


@dataclass(frozen=True, slots=True)
class Write:
    """A write, done or refused: by which token, in which role, from where, by which way, to what.

    ``what`` holds keys of documents, names of graphs and counts, never contents. ``outcome`` is the
    status of an answer, or ``done``.
    """

    way: str
    outcome: str
    token: str = ""
    role: str = ""
    client: str = ""
    request: str = ""
    what: Mapping[str, object] = field(default_factory=dict)


class Audit:
    """The log of one home."""

    def __init__(self, home: Path) -> None:
        """Take note of where the file is, or may come to be."""
        self._path = home / FILE
        self._head: KeptFile[str] = KeptFile(home / HEAD, _last, "")

    def note(self, write: Write) -> None:
        """Add a line; it is on the disk when this returns.

        Raises:
            HomeError: It cannot be written.
        """
        told = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), **asdict(write)}
        with self._head.turn():
            try:
                digest = self._added({name: value for name, value in told.items() if value})
            except OSError as error:
                raise HomeError(path=self._path, detail=error.strerror or error) from error
            self._head.write({"last": digest})

    def lines(self) -> Iterator[dict[str, Any]]:
        """Return each line that can be read, the oldest first; `broken` tells of the others."""
        return filter(None, map(_parsed, self._raw()))

    def broken(self) -> list[int]:
        """Return the numbers of the lines that do not follow the one before them.

        One more than there are lines stands for an end that is missing. Lines that the file beside
        does not know yet, since a writer was killed or a backup had copied it, are none of them.
        """
        before, known = "", [""]
        found: list[int] = []
        for number, line in enumerate(self._raw(), 1):
            told = _parsed(line)
            if told is None or told.pop(_HASH, "") != _chained(before, told):
                found.append(number)
            before = _hash_in(line)
            known.append(before)
        if not found and not _is_whole(known, self._head.value):
            found.append(len(known))
        return found

    def _raw(self) -> list[bytes]:
        return self._path.read_bytes().splitlines() if self._path.exists() else []

    def _added(self, told: dict[str, object]) -> str:
        with os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, _OWNER), "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            last = _whole_end(file.fileno())
            digest = _chained(_hash_in(last), told)
            line = json.dumps({**told, _HASH: digest}, ensure_ascii=False)
            file.seek(0, os.SEEK_END)
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        return digest


def here(way: str, what: Mapping[str, object]) -> Write:
    """Return a write by whoever runs this program on this machine."""
    try:
        user = pwd.getpwuid(os.getuid()).pw_name  # not what the environment claims
    except KeyError:  # a container without a name for its user
        user = str(os.getuid())
    return Write(way, "done", client=f"user:{user}", what=what)


def _is_whole(known: list[str], last: str) -> bool:
    """Return whether the line that the file beside knows is there; nothing, and one, may be newer."""
    return last in known if last else len(known) <= _TWO


def _whole_end(descriptor: int) -> bytes:
    """Return the last line, once what a killed writer left half-written behind it is gone."""
    size = os.fstat(descriptor).st_size
    block, end = 0, b""
    while block < size and end.count(b"\n") < _TWO:  # one before the last line, one behind it
        block = min(size, 2 * block or _BLOCK)
        end = os.pread(descriptor, block, size - block)
    whole = end[: end.rfind(b"\n") + 1]
    if len(whole) < len(end):
        os.ftruncate(descriptor, size - len(end) + len(whole))
    return whole.rstrip(b"\n").rpartition(b"\n")[2]


def _chained(before: str, told: Mapping[str, object]) -> str:
    said = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{before}\n{said}".encode()).hexdigest()


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _hash_in(line: bytes) -> str:
    told = _parsed(line)
    return str(told.get(_HASH, "")) if told else ""


def _last(content: dict[str, str]) -> str:
    return str(content["last"])
