"""Commands that say who may do what, and the log of what was done."""

import json
from pathlib import Path

import pytest

from kg.access import Internal, Role, Tokens
from tests.cli.conftest import LOWER, Command


def keys(qkg: Command) -> dict[str, str]:
    listed = json.loads(qkg("documents", "--json").stdout)
    return {one["file_name"]: one["key"] for one in listed}


def test_a_token_is_printed_once_and_lets_in(qkg: Command, tmp_path: Path) -> None:
    made = qkg("token", "add", "desk", "--role", "review", "--internal")
    assert made.returncode == 0
    secret = made.stdout.strip()
    found = Tokens(tmp_path / "qkg-data").caller(secret.encode())
    assert found is not None
    assert (found.name, found.role, found.internal) == ("desk", Role.REVIEW, True)
    listed = qkg("token", "list", "--format", "json").stdout
    assert secret not in listed
    assert json.loads(listed)[0]["role"] == "review"


def test_a_token_is_rotated_and_revoked(qkg: Command, tmp_path: Path) -> None:
    first = qkg("token", "add", "desk", "--role", "write").stdout.strip()
    second = qkg("token", "rotate", "desk", "--now").stdout.strip()
    tokens = Tokens(tmp_path / "qkg-data")
    assert [tokens.caller(one.encode()) is not None for one in (first, second)] == [False, True]
    assert qkg("token", "revoke", "desk").returncode == 0
    assert tokens.caller(second.encode()) is None


def test_a_day_on_which_a_token_ends_is_kept(qkg: Command, tmp_path: Path) -> None:
    qkg("token", "add", "guest", "--role", "read", "--expires", "2999-01-01")
    (one,) = Tokens(tmp_path / "qkg-data").all()
    assert str(one.expires).startswith(("2999-01-01", "2998-12-31"))


@pytest.mark.parametrize(
    ("given", "code", "words"),
    [
        (("token", "add", "a b", "--role", "read"), 1, "cannot be called"),
        (("token", "add", "a", "--role", "king"), 2, "read | review | write | admin"),
        (("token", "add", "a", "--role", "none"), 2, "read | review | write | admin"),
        (("token", "revoke", "a"), 1, "no data folder at"),
    ],
)
def test_what_cannot_be_done_is_told(
    qkg: Command, given: tuple[str, ...], code: int, words: str
) -> None:
    done = qkg(*given)
    assert done.returncode == code
    assert words in done.stderr.replace("\n", " ")


def test_documents_are_built_internal_restricted_and_opened(qkg: Command, tmp_path: Path) -> None:
    (tmp_path / "lower.txt").write_text(LOWER, encoding="utf-8")
    internal = Internal(tmp_path / "qkg-data")
    assert qkg("build", "lower.txt").returncode == 0
    key = keys(qkg)["lower.txt"]
    assert internal.documents() == frozenset()
    assert qkg("build", "lower.txt", "--internal").returncode == 0  # unchanged, and yet
    assert internal.documents() == {key}
    assert json.loads(qkg("documents", "--json").stdout)[0]["internal"] is True
    assert qkg("documents", "open", key).returncode == 0
    assert internal.documents() == frozenset()
    assert qkg("documents", "restrict", key).returncode == 0
    assert internal.documents() == {key}
    assert qkg("documents", "restrict", "nope").returncode == 1
    assert internal.documents() == {key}


def test_a_document_stays_internal_when_it_goes_and_comes_again(
    qkg: Command, tmp_path: Path
) -> None:
    (tmp_path / "lower.txt").write_text(LOWER, encoding="utf-8")
    qkg("build", "lower.txt", "--internal")
    key = keys(qkg)["lower.txt"]
    qkg("remove", key)
    qkg("backup", "copy")
    qkg("restore", "copy", "--home", "qkg-data2")
    (tmp_path / "lower.txt").write_text(f"{LOWER}又一行。\n", encoding="utf-8")
    qkg("build", "lower.txt", "--home", "qkg-data2")
    assert Internal(tmp_path / "qkg-data2").documents() == {key}
    listed = json.loads(qkg("documents", "--json", "--home", "qkg-data2").stdout)
    assert [(one["key"], one["internal"]) for one in listed] == [(key, True)]


def test_what_was_written_is_listed_and_an_edited_line_is_found(
    linked: Command, tmp_path: Path
) -> None:
    linked("token", "add", "desk", "--role", "read")
    key = next(iter(keys(linked).values()))
    linked("remove", key)
    told = json.loads(linked("audit", "--format", "json").stdout)
    assert [one["way"] for one in told][-2:] == ["token add", "remove"]
    assert told[0]["way"] == "build"
    assert all(one["client"].startswith("user:") for one in told)
    assert key in told[-1]["what"]
    assert linked("audit", "--since", "2999-01-01").stdout == ""
    assert linked("audit", "--token", "desk").stdout == ""
    assert linked("check").returncode == 0
    log = tmp_path / "qkg-data" / "audit.jsonl"
    log.write_text(log.read_text("utf-8").replace(key, "0000000000"), "utf-8")
    done = linked("check")
    assert done.returncode == 1
    assert f"audit.jsonl {len(told)}" in done.stdout
