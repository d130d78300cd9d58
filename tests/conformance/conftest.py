"""The service as a user starts it, and the W3C suites unpacked beside it."""

import os
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest


@pytest.fixture(scope="session")
def suites(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the suites."""
    folder = tmp_path_factory.mktemp("w3c")
    with tarfile.open(shared / "conformance" / "w3c-data.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder / "w3c"


IN_MEMORY = Path("/dev/shm")
"""Each write is followed by a query, whose snapshot waits for a disk 20 times longer than for memory."""


@pytest.fixture(scope="session")
def served_home() -> Iterator[Path]:
    """A folder for the store, in memory where the system has room for that."""
    place = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="qkg-", dir=place) as folder:
        yield Path(folder) / "home"


@pytest.fixture(scope="session")
def service(served_home: Path) -> Iterator[str]:
    """The address of `qkg serve` over a new store; SERVICE may reach loopback, no more."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    home = served_home
    qkg = str(Path(sys.executable).with_name("qkg"))
    command = [qkg, "serve", "--home", str(home), "--port", str(port)]
    environment = {**os.environ, "QKG_SERVICE_ALLOW": '["http://127.0.0.1"]'}
    log = (home.parent / "log").open("wb")
    process = subprocess.Popen([*command, "--open-writes"], env=environment, stderr=log, stdout=log)
    try:
        for _ in range(300):
            assert process.poll() is None, (home.parent / "log").read_text()
            try:
                httpx2.get(f"http://127.0.0.1:{port}/health", trust_env=False)
                break
            except httpx2.TransportError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        log.close()
