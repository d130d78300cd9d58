"""The tokens of a home: who has which role. The file holds hashes, never a token.

A token is 256 random bits. A slow hash, as passwords want one, would make guessing dear; of so many
values none is ever guessed, and each request would pay for it (RFC 6750, section 5.2; NIST SP
800-63B, 5.1.2.2: a look-up secret of 112 bits or more needs no more than an approved hash).
"""

import hmac
import re
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kg.access.files import KeptFile
from kg.access.roles import Caller, Role
from kg.errors import TokenNameError, UnknownTokenError
from kg.home import sha256

FILE = "tokens.json"
GRACE = timedelta(hours=1)
"""How long a token is still good after it was rotated."""

_PREFIX = "qkg_"  # so that a token in a log or a commit is found by whoever searches for it
_BYTES = 32
_NAME = re.compile(r"[\w.-]{1,64}")


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token; moments are ISO 8601. ``before`` is the hash of the one it replaced."""

    name: str
    role: Role
    sha256: str
    made: str
    internal: bool = False
    expires: str | None = None
    before: str | None = None
    before_until: str | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token: what is kept of it, and the secret, which is told this once."""

    token: Token
    secret: str


def _now() -> datetime:
    return datetime.now(UTC)


class Tokens:
    """The tokens of one home, as the file says at the moment."""

    def __init__(self, home: Path, *, now: Callable[[], datetime] = _now) -> None:
        """Take note of where the file is, or may come to be; *now* tells the time."""
        self._file: KeptFile[tuple[Token, ...]] = KeptFile(home / FILE, _tokens, ())
        self._now = now

    def all(self) -> tuple[Token, ...]:
        """Return every token, by name.

        Raises:
            HomeError: The file is there and cannot be read.
        """
        return self._file.value

    def caller(self, secret: bytes) -> Caller | None:
        """Return who has this token, None where nobody has it or it is over.

        Every hash is compared, each in constant time.

        Raises:
            HomeError: The file is there and cannot be read.
        """
        digest, now = sha256(secret), self._now()
        found: Token | None = None
        for one in self._file.value:
            is_it = hmac.compare_digest(one.sha256, digest)
            was_it = hmac.compare_digest(one.before or "", digest)
            if is_it or (was_it and not _is_past(one.before_until, now)):
                found = one
        if found is None or _is_past(found.expires, now):
            return None
        return Caller(found.name, found.role, internal=found.internal)

    def add(
        self, name: str, role: Role, *, internal: bool = False, expires: datetime | None = None
    ) -> Issued:
        """Return a new token.

        Raises:
            TokenNameError: The name is taken, or none that a log can hold.
            HomeError: The file cannot be read or written.
        """
        if not _NAME.fullmatch(name):
            raise TokenNameError(
                name=name, en="use letters, digits, _ . and -", zh="只能用字母、数字、_ . 与 -"
            )
        secret = _secret()
        made = self._now().isoformat(timespec="seconds")
        until = expires.astimezone(UTC).isoformat(timespec="seconds") if expires else None
        token = Token(name, role, sha256(secret.encode()), made, internal, until)
        with self._file.turn():
            if name in {one.name for one in self._file.value}:
                raise TokenNameError(
                    name=name, en="it is taken; rotate or revoke it", zh="已有此名；可更换或吊销"
                )
            self._write([*self._file.value, token])
        return Issued(token, secret)

    def rotate(self, name: str, *, grace: timedelta = GRACE) -> Issued:
        """Return a new secret for a token; the old one is good for *grace* longer.

        Raises:
            UnknownTokenError: No token has this name.
            HomeError: The file cannot be read or written.
        """
        secret, now = _secret(), self._now()
        with self._file.turn():
            old = self._known(name)
            new = replace(
                old,
                sha256=sha256(secret.encode()),
                made=now.isoformat(timespec="seconds"),
                before=old.sha256 if grace else None,
                before_until=(now + grace).isoformat(timespec="seconds") if grace else None,
            )
            self._write([new if one.name == name else one for one in self._file.value])
        return Issued(new, secret)

    def revoke(self, name: str) -> Token:
        """Return the token with this name, which is no longer one.

        Raises:
            UnknownTokenError: No token has this name.
            HomeError: The file cannot be read or written.
        """
        with self._file.turn():
            old = self._known(name)
            self._write([one for one in self._file.value if one.name != name])
        return old

    def _known(self, name: str) -> Token:
        found = next((one for one in self._file.value if one.name == name), None)
        if found is None:
            known = ", ".join(one.name for one in self._file.value)
            raise UnknownTokenError(name=name, known=known or "–")
        return found

    def _write(self, tokens: list[Token]) -> None:
        listed = sorted(tokens, key=lambda one: one.name)
        self._file.write({"tokens": [asdict(one) for one in listed]})


def _secret() -> str:
    return _PREFIX + secrets.token_urlsafe(_BYTES)


def _is_past(moment: str | None, now: datetime) -> bool:
    return moment is not None and datetime.fromisoformat(moment) <= now


def _tokens(content: dict[str, list[dict[str, Any]]]) -> tuple[Token, ...]:
    found = tuple(Token(**{**one, "role": Role(one["role"])}) for one in content["tokens"])
    for one in found:
        _is_past(one.expires, _now())  # a moment that is none is told now, not to who comes with it
        _is_past(one.before_until, _now())
    return found
