"""The cluster that these tests run on: two executors of their own, each a Java and a Python."""

import shutil
from importlib.util import find_spec

import pytest

ENGINE = "local-cluster[2,1,1024]"
# A Java that lives for a minute compiles in one step and collects on one core: it took half of the
# time to make fast what ended before it was.
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


@pytest.fixture(autouse=True)
def _spark(monkeypatch: pytest.MonkeyPatch) -> None:
    if find_spec("pyspark") is None:
        pytest.skip("no pyspark here: pip install 'quality-kg[scale]'")
    if shutil.which("java") is None:
        pytest.skip("no Java here: apt-get install openjdk-17-jre-headless")
    monkeypatch.setenv("JDK_JAVA_OPTIONS", SHORT_LIVED)
