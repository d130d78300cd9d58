"""Whole answers, kept while the store stays the same, the least used dropped first."""

from dataclasses import dataclass

from cachetools import LRUCache

Header = tuple[bytes, bytes]

_OVERHEAD = 1000  # bytes of an entry beside its body: headers, digest, objects


@dataclass(frozen=True, slots=True)
class Whole:
    """An answer with status 200, as it was sent."""

    headers: tuple[Header, ...]
    body: bytes

    @property
    def size(self) -> int:
        """Return how many bytes it takes to keep."""
        return len(self.body) + _OVERHEAD


class Results:
    """The answers of one state of the store; a new state begins with none."""

    def __init__(self, *, most: int, each: int) -> None:
        """Begin with nothing.

        Args:
            most: Bytes of all answers together; 0 keeps none.
            each: Bytes of one.
        """
        self.each = min(each, most)
        self._generation = ""
        self._kept: LRUCache[bytes, Whole] = LRUCache(most, getsizeof=lambda one: one.size)

    def find(self, generation: str, digest: bytes) -> Whole | None:
        """Return the answer to a question; those of another generation go."""
        if generation != self._generation:
            self._kept.clear()
            self._generation = generation
        return self._kept.get(digest)

    def keep(self, generation: str, digest: bytes, answer: Whole) -> None:
        """Keep an answer, unless the store has changed since or it is too long.

        >>> results = Results(most=10_000, each=5_000)
        >>> results.find("1", b"q"), results.keep("1", b"q", Whole((), b"yes"))
        (None, None)
        >>> results.find("1", b"q").body, results.find("2", b"q")
        (b'yes', None)
        """
        if generation == self._generation and answer.size <= self.each:
            self._kept[digest] = answer

    @property
    def taken(self) -> int:
        """Return how many bytes are taken."""
        return int(self._kept.currsize)
