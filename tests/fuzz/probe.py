"""Read the files given, each with its outcome, seconds and peak memory as a line of JSON; a script.

It runs under limits of its own, so that a file that breaks them ends this process and no other.
"""

import json
import resource
import sys
import time
from pathlib import Path

from kg.errors import QkgError
from kg.settings import Settings
from kg.text.clean import clean
from kg.text.readers import read


def outcome(path: Path) -> str:
    try:
        found = read(path.name, path.read_bytes(), settings=Settings())
    except QkgError as error:
        assert error.text("zh") != error.text("en")
        return error.code
    return f"text {len(clean(found.text[:100_000]).text)}"


def main() -> None:
    memory, cpu_s = int(sys.argv[1]) << 20, int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    for path in map(Path, sys.argv[3:]):
        start = time.process_time()
        result = outcome(path)
        spent = time.process_time() - start
        print(json.dumps([path.name, result, round(spent, 1), peak_mb()]), flush=True)


def peak_mb() -> int:
    """Return the peak memory of this program; ru_maxrss would count what its parent once held."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    lines = status.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) >> 10


if __name__ == "__main__":
    main()
