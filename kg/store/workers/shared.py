"""Memory that a worker and the service both see, for the blocks of answers.

Sent through a socket an answer is copied twice by the system, which wakes the service for every
32 KiB of it. Here a worker fills one of a few slots and says so; it goes on with the next, and waits
where the service has not taken out what lies there.
"""

import mmap
import os
import sys
import tempfile

SLOTS, SLOT_BYTES = 3, 1 << 20


def shared_file() -> int:
    """Return the descriptor of a file without a name, as large as all slots."""
    if sys.platform == "linux":
        descriptor = os.memfd_create("answers")
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    os.ftruncate(descriptor, SLOTS * SLOT_BYTES)
    return descriptor


def shared_memory(descriptor: int) -> mmap.mmap:
    """Return the memory of a shared file, whose descriptor is closed."""
    try:
        return mmap.mmap(descriptor, SLOTS * SLOT_BYTES)
    finally:
        os.close(descriptor)
