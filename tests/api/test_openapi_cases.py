"""Cases made from the OpenAPI document: whatever is sent, the answer is one that is documented.

``make fuzz`` tries at least 5,000, other ones each time.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stores import example_store

from .conftest import Start

TOOL = Path(sys.executable).with_name("schemathesis")
CASES = int(os.environ.get("FUZZ_CASES", "500"))
PER_OPERATION = CASES // 40  # there are more than 40 operations
SEED = [] if "FUZZ_CASES" in os.environ else ["--seed", "1"]
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
    "allow_header_conformance",
)
# A query that runs past the time its client gave it is 504: the client's doing, and documented.
CONFIG = '[checks.not_a_server_error]\nexpected-statuses = ["2xx", "3xx", "4xx", "504"]\n'


@pytest.mark.slow
def test_no_request_makes_a_server_error_or_an_undocumented_answer(
    start: Start, tmp_path: Path
) -> None:
    service = start(store=example_store(), open_writes=True)
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG, "utf-8")
    command = [TOOL, "--config-file", config, "run", f"{service.base_url}/openapi.json"]
    options = {
        "max-examples": PER_OPERATION,
        "phases": "examples,coverage,fuzzing",
        "checks": ",".join(CHECKS),
        "generation-database": "none",
        "warnings": "off",
    }
    given = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    done = subprocess.run(
        [*command, *given, *SEED, "--continue-on-failure", "--no-color"],
        cwd=tmp_path,
        env={**os.environ, "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr
    generated = re.search(r"([\d,]+) generated", done.stdout)
    assert generated is not None, done.stdout
    number = int(generated[1].replace(",", ""))
    print(f"{number} cases, none failed")
    assert number >= CASES
