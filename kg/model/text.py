"""A text and its places: spans, what a reader got, what a repair changed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in Chinese and in English."""

    zh: str
    en: str

    def to(self, lang: str) -> str:
        """Return the text in *lang*; whatever is not ``"en"`` is Chinese."""
        return self.en if lang == "en" else self.zh


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """A half-open range of code points, ``start <= i < end``.

    >>> Span(1, 3).of("质量强国")
    '量强'
    """

    start: int
    end: int

    # Written out, since a document makes a hundred thousand: three times faster than made for us.
    def __init__(self, start: int, end: int) -> None:
        """Refuse a range that runs backwards."""
        if not 0 <= start <= end:
            msg = f"not a span: {start}..{end}"
            raise ValueError(msg)
        _set_start(self, start)
        _set_end(self, end)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the part of *text* that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Return whether *other* lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


_set_start = Span.start.__set__  # type: ignore[attr-defined, misc]  # the slot itself
_set_end = Span.end.__set__  # type: ignore[attr-defined, misc]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something in a document that could not be read or is doubtful; data, not an error."""

    code: str
    reason: Bilingual
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class RawText:
    """What a reader got out of some bytes.

    Tables stand in place as lines of tab-separated cells, so that one text carries everything.
    """

    text: str
    media_type: str
    encoding: str | None
    sha256: str  # of the bytes
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """One stretch of clean text and the stretch of raw text it came from.

    Equal lengths: character by character; otherwise the whole clean stretch stands for the whole
    raw stretch.
    """

    clean_start: int
    clean_end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One repair: *rule* turned ``raw[raw_span]`` (as *before* stood then) into *after*."""

    rule: str
    raw_span: Span
    before: str
    after: str
