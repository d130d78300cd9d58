"""Look whether what we depend on has known faults: `python -m tests.audit`, a part of `make check`.

pip-audit asks an advisory service (that of the package index). A run ends in one of three ways, and says
which: CHECKED (each package asked after, those that the service does not know told by name), FAULTY
(status 1), or NOT CHECKED (nothing was proved, and why). Where nobody can be asked `make check` goes on;
with ``--strict``, for a machine that can ask, NOT CHECKED and packages left out fail too (status 2).
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"
TIME_S = 120
ASK_S = 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: the words to print, and whether packages are faulty, or left unchecked."""

    words: str
    faulty: bool = False
    unchecked: bool = False

    def status(self, *, strict: bool) -> int:
        """Return how the process ends: 1 for a fault, 2 for what was not checked where *strict*."""
        if self.faulty:
            return 1
        return 2 if strict and self.unchecked else 0


def told() -> Verdict:
    """Return what pip-audit says of the packages of constraints.txt."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(CONSTRAINTS)]
    quiet = [
        "--format",
        "json",
        "--no-deps",
        "--disable-pip",
        "--progress-spinner",
        "off",
        "--timeout",
        str(ASK_S),
    ]
    try:
        done = subprocess.run(
            [*command, *quiet], capture_output=True, text=True, timeout=TIME_S, check=False
        )
    except subprocess.TimeoutExpired:
        return _nothing(f"the advisory service did not answer within {TIME_S} s")
    return judged(done.stdout, done.stderr)


def judged(found: str, said: str) -> Verdict:
    """Return the same from what pip-audit found (JSON) and said."""
    try:
        packages = json.loads(found)["dependencies"]
    except ValueError:
        return _nothing((said.strip() or "pip-audit said nothing").splitlines()[-1])
    asked = [one for one in packages if "skip_reason" not in one]
    unknown = [one["name"] for one in packages if "skip_reason" in one]
    if not asked:
        return _nothing(f"the advisory service knows none of the {len(packages)} packages")
    faults = [
        f"{one['name']} {one['version']}: {fault['id']}, mended in {fault['fix_versions']}"
        for one in asked
        for fault in one["vulns"]
    ]
    words = [f"dependencies CHECKED: {len(asked)} of {len(packages)}, {len(faults)} known faults"]
    if unknown:
        words.append(f"NOT CHECKED, the service does not know them: {', '.join(unknown)}")
    return Verdict("\n".join([*words, *faults]), bool(faults), bool(unknown))


def _nothing(reason: str) -> Verdict:
    return Verdict(
        f"dependencies NOT CHECKED, nothing is proved: {reason}; "
        "run `python -m tests.audit --strict` where an advisory service can be asked",
        unchecked=True,
    )


def main() -> int:
    """Return how to end, the words printed."""
    verdict = told()
    print(verdict.words)
    return verdict.status(strict="--strict" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
