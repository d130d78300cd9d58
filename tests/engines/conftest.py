"""The cluster that these tests run on: two executors of their own, each a Java and a Python."""

import shutil
from importlib.util import find_spec

import pytest

ENGINE = "local-cluster[2,1,1024]"


@pytest.fixture(autouse=True)
def _spark() -> None:
    if find_spec("pyspark") is None:
        pytest.skip("no pyspark here: pip install 'quality-kg[scale]'")
    if shutil.which("java") is None:
        pytest.skip("no Java here: apt-get install openjdk-17-jre-headless")
