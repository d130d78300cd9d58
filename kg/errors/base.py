"""The base of every error raised on purpose: its code, its words, its way to another process."""

from typing import ClassVar


class QkgError(Exception):
    """Base of all errors raised on purpose; ``str(error)`` is English, ``text("zh")`` Chinese."""

    code: ClassVar[str] = "qkg-error"
    en: ClassVar[str] = "{detail}"
    zh: ClassVar[str] = "{detail}"

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """Return the message in *lang*, ``"zh"`` or ``"en"``."""
        template = self.zh if lang == "zh" else self.en
        return template.format(**self.values)

    def __reduce__(self) -> tuple[object, ...]:
        """Return how to make this error again in another process."""
        return restored, (type(self), self.values)


def restored(kind: type[QkgError], values: dict[str, object]) -> QkgError:
    """Return the error of a class and its values, whatever the class asks for when it is raised."""
    error = kind.__new__(kind)
    QkgError.__init__(error, **values)
    return error
