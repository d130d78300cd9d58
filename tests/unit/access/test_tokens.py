"""Tokens of a home: what is kept of them, for how long they are good, who they say somebody is."""

import json
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kg.access import Caller, Role, Tokens
from kg.errors import HomeError, TokenNameError, UnknownTokenError

START = datetime(2026, 5, 1, 12, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tokens(tmp_path: Path, clock: Clock) -> Tokens:
    return Tokens(tmp_path, now=clock)


def test_a_token_says_who_has_it_and_the_file_does_not_hold_it(
    tokens: Tokens, tmp_path: Path
) -> None:
    issued = tokens.add("desk", Role.REVIEW, internal=True)
    assert tokens.caller(issued.secret.encode()) == Caller("desk", Role.REVIEW, internal=True)
    assert len(issued.secret) >= 43
    held = (tmp_path / "tokens.json").read_text("utf-8")
    assert issued.secret not in held
    assert issued.token.sha256 in held


def test_only_the_owner_reads_the_file(tokens: Tokens, tmp_path: Path) -> None:
    tokens.add("desk", Role.READ)
    assert (tmp_path / "tokens.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("guess", [b"", b"desk", b"qkg_", "令牌".encode(), b"\xff" * 100])
def test_a_guess_is_nobody(tokens: Tokens, guess: bytes) -> None:
    tokens.add("desk", Role.ADMIN)
    assert tokens.caller(guess) is None


def test_a_hash_is_no_token(tokens: Tokens) -> None:
    issued = tokens.add("desk", Role.ADMIN)
    assert tokens.caller(issued.token.sha256.encode()) is None


def test_a_token_is_over_when_it_expires(tokens: Tokens, clock: Clock) -> None:
    issued = tokens.add("guest", Role.READ, expires=START + timedelta(days=1))
    assert tokens.caller(issued.secret.encode()) is not None
    clock.now += timedelta(days=1)
    assert tokens.caller(issued.secret.encode()) is None


def test_a_rotated_token_is_good_for_an_hour_and_the_new_one_from_now_on(
    tokens: Tokens, clock: Clock
) -> None:
    old = tokens.add("desk", Role.WRITE)
    new = tokens.rotate("desk")
    assert tokens.caller(old.secret.encode()) == tokens.caller(new.secret.encode())
    clock.now += timedelta(hours=1)
    assert tokens.caller(old.secret.encode()) is None
    assert tokens.caller(new.secret.encode()) == Caller("desk", Role.WRITE, internal=False)


def test_a_token_rotated_at_once_is_over_at_once(tokens: Tokens) -> None:
    old = tokens.add("desk", Role.WRITE)
    new = tokens.rotate("desk", grace=timedelta(0))
    assert tokens.caller(old.secret.encode()) is None
    assert tokens.caller(new.secret.encode()) is not None


def test_rotation_does_not_lengthen_the_life_of_a_token(tokens: Tokens, clock: Clock) -> None:
    old = tokens.add("guest", Role.READ, expires=START + timedelta(minutes=5))
    new = tokens.rotate("guest")
    clock.now += timedelta(minutes=6)
    assert tokens.caller(old.secret.encode()) is None
    assert tokens.caller(new.secret.encode()) is None


def test_a_revoked_token_is_nobody_s(tokens: Tokens) -> None:
    issued = tokens.add("desk", Role.WRITE)
    tokens.revoke("desk")
    assert tokens.caller(issued.secret.encode()) is None
    assert tokens.all() == ()


def test_another_process_s_change_is_noticed_without_a_restart(
    tokens: Tokens, tmp_path: Path
) -> None:
    issued = tokens.add("desk", Role.READ)
    assert tokens.caller(issued.secret.encode()) is not None
    Tokens(tmp_path).revoke("desk")
    assert tokens.caller(issued.secret.encode()) is None


def test_two_who_add_at_once_lose_neither(tmp_path: Path) -> None:
    threads = [
        threading.Thread(target=Tokens(tmp_path).add, args=(f"t{number}", Role.READ))
        for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Tokens(tmp_path).all()) == 8


@pytest.mark.parametrize("name", ["", "a b", "a\nb", "x" * 65, '"'])
def test_a_name_that_no_log_line_can_hold_is_refused(tokens: Tokens, name: str) -> None:
    with pytest.raises(TokenNameError):
        tokens.add(name, Role.READ)


def test_a_name_is_given_once(tokens: Tokens) -> None:
    tokens.add("desk", Role.READ)
    with pytest.raises(TokenNameError, match="taken"):
        tokens.add("desk", Role.ADMIN)


def test_an_unknown_name_is_told_with_those_there_are(tokens: Tokens) -> None:
    tokens.add("desk", Role.READ)
    with pytest.raises(UnknownTokenError, match="there are: desk"):
        tokens.revoke("dask")


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"tokens": [{}]}', '{"tokens": [{"name": "a", "role": "king"}]}'],
)
def test_a_damaged_file_lets_nobody_in(tokens: Tokens, tmp_path: Path, content: str) -> None:
    (tmp_path / "tokens.json").write_text(content, "utf-8")
    with pytest.raises(HomeError, match=r"tokens\.json"):
        tokens.caller(b"qkg_")


def test_a_moment_that_is_none_is_damage(tokens: Tokens, tmp_path: Path) -> None:
    tokens.add("desk", Role.READ)
    held = json.loads((tmp_path / "tokens.json").read_bytes())
    held["tokens"][0]["expires"] = "tomorrow"
    (tmp_path / "tokens.json").write_text(json.dumps(held), "utf-8")
    with pytest.raises(HomeError, match="tomorrow"):
        tokens.all()
