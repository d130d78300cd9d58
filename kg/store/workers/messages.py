"""What goes over the line between the service and a worker.

A frame is one byte for its kind, four for the length of what follows, and that. Requests are
marshalled (both ends are one interpreter, and only the service sends them); an error comes back as
the name of its class and its values in JSON, so that nothing a worker says is ever executed.
"""

import json
import marshal
import struct
from dataclasses import dataclass
from enum import Enum

from kg import errors
from kg.errors import QkgError, StoreError
from kg.store.port import Dataset

HEAD = struct.Struct(">cI")
SIZE = struct.Struct(">I")
_NO_DATASET = Dataset()


class Kind(Enum):
    """What a frame is: the first two go to a worker, the others come from one."""

    REQUEST = b"Q"
    TAKEN = b"T"  # a slot of the shared memory is free again
    READY = b"R"  # with its process id
    WHOLE = b"W"  # the size and the media type of a short answer, which lies in the shared memory
    START = b"S"  # the same of the first block of a long one
    BLOCK = b"B"  # the size of a further one, which lies in the next slot
    END = b"E"  # the same of the last, which may be nothing
    ERROR = b"X"


@dataclass(frozen=True, slots=True)
class Request:
    """What a worker is to do: answer a query over a snapshot; without one, let go of its files."""

    folder: str
    text: str = ""
    accept: tuple[str, ...] = ()
    dataset: Dataset = _NO_DATASET
    base: str | None = None


def frame(kind: Kind, *parts: bytes) -> bytes:
    r"""Return a frame.

    >>> frame(Kind.BLOCK, b"ab", b"c")
    b'B\x00\x00\x00\x03abc'
    """
    return b"".join((HEAD.pack(kind.value, sum(map(len, parts))), *parts))


def packed(request: Request) -> bytes:
    """Return a request as a frame."""
    dataset = request.dataset
    body = marshal.dumps(
        (
            request.folder,
            request.text,
            request.accept,
            dataset.default_graphs,
            dataset.named_graphs,
            request.base,
        )
    )
    return frame(Kind.REQUEST, body)


def unpacked(body: bytes) -> Request:
    """Return the request that was packed.

    >>> unpacked(packed(Request("f", "ASK {}", ("text/csv",)))[HEAD.size :]).text
    'ASK {}'
    """
    folder, text, accept, default, named, base = marshal.loads(body)  # noqa: S302  from the service
    return Request(folder, text, accept, Dataset(default, named), base)


def told(error: QkgError) -> bytes:
    """Return an error as bytes."""
    values = {
        name: value if isinstance(value, int | float | str) else str(value)
        for name, value in error.values.items()
    }
    return json.dumps([type(error).__name__, values], ensure_ascii=False).encode()


def raised(body: bytes, *, address: str) -> QkgError:
    """Return the error that was told.

    >>> raised(told(errors.QueryError(detail="no function")), address="a")
    QueryError('the query failed: no function')
    """
    name, values = json.loads(body)
    kind = getattr(errors, name, None)
    if isinstance(kind, type) and issubclass(kind, QkgError):
        return errors.restored(kind, values)
    return StoreError(address=address, detail=f"{name}: {values}")
