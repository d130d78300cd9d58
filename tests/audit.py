"""Look whether what we depend on has known faults: `python -m tests.audit`, a part of `make check`.

pip-audit asks the package index. Where that cannot be asked, or knows none of the packages, nothing is
proved: then the reason is printed and the check goes on.
"""

import json
import subprocess
import sys
from pathlib import Path

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"
TIME_S = 120
ASK_S = 5


def told() -> tuple[int, str]:
    """Return how to end, and what to print."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", CONSTRAINTS, "--format", "json"]
    quiet = ["--no-deps", "--disable-pip", "--progress-spinner", "off", "--timeout", str(ASK_S)]
    try:
        done = subprocess.run(
            [*command, *quiet], capture_output=True, text=True, timeout=TIME_S, check=False
        )
    except subprocess.TimeoutExpired:
        return 0, f"dependencies not audited: the index did not answer within {TIME_S} s"
    return judged(done.stdout, done.stderr)


def judged(found: str, said: str) -> tuple[int, str]:
    """Return the same from what pip-audit found (JSON) and said."""
    try:
        packages = json.loads(found)["dependencies"]
    except ValueError:
        return 0, f"dependencies not audited: {(said.strip() or 'no answer').splitlines()[-1]}"
    asked = [one for one in packages if "skip_reason" not in one]
    faulty = [one for one in asked if one["vulns"]]
    if faulty:
        lines = (
            f"{one['name']} {one['version']}: {fault['id']}, mended in {fault['fix_versions']}"
            for one in faulty
            for fault in one["vulns"]
        )
        return 1, "\n".join(lines)
    if not asked:
        return 0, f"dependencies not audited: the index knows none of {len(packages)} packages"
    return 0, f"{len(asked)} of {len(packages)} dependencies audited, no known faults"


def main() -> int:
    status, words = told()
    print(words)
    return status


if __name__ == "__main__":
    sys.exit(main())
