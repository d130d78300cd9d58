"""Queries that can be ended: each runs in a process of its own over a read-only snapshot.

The engine cannot be told to stop, so whatever must be able to end a query must be able to end the
process that it runs in. The service keeps the only writer; the first query after a write has a
snapshot made (hard links), and worker processes read that. They are forked by a small process that
has the library loaded and nothing else, no thread and no open file of the service.

    store      the store on disk whose client queries run so
    snapshots  one folder of hard links for each state that someone reads
    frozen     the one state that a service reads which only reads
    pool       which worker answers which query, and when one is ended
    job        one query under way, and the blocks of its answer
    channel    the parent's end of the line to a worker
    forking    the parent's side of the process that forks
    forker     that process
    worker     what a forked process does
    line       its end of the line
    messages   what goes over the line
    shared     the memory that blocks of long answers lie in
"""

import os
import socket

from kg.store.workers.job import Asked, Delivery, Running
from kg.store.workers.store import WorkerStore, worker_store

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
"""Whether this system has what it takes; queries stay in the process of the service where not."""

__all__ = ["CAN_FORK", "Asked", "Delivery", "Running", "WorkerStore", "worker_store"]
