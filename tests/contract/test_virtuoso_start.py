"""A Virtuoso whose port somebody has taken meanwhile is started again at others."""

import socket
from pathlib import Path

import httpx2
import pytest

from bench.load import free_ports
from bench.virtuoso import is_here, virtuoso


@pytest.mark.skipif(not is_here(), reason="no Virtuoso here")
@pytest.mark.parametrize("which", ["http", "sql"])
def test_a_port_that_was_taken_meanwhile_is_left_for_another(tmp_path: Path, which: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = int(other.getsockname()[1])
        free = free_ports(3)
        first = [taken, free[0]] if which == "http" else [free[0], taken]
        turns = iter([first, free[1:]])
        with virtuoso(tmp_path, ports=lambda _: next(turns)) as server:
            assert [server.port, server.sql_port] == free[1:]
            address = f"http://127.0.0.1:{server.port}/sparql?query=ASK%7B%7D"
            assert httpx2.get(address, trust_env=False).status_code == 200


def test_ports_that_are_asked_for_together_are_not_the_same() -> None:
    assert len(set(free_ports(40))) == 40
