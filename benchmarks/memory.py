"""The most memory that a process held."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path


def peak_mb(process: int | None = None) -> float | None:
    """Megabytes (2**20) of a process, of this one by default; None where it cannot be told.

    Not by ``getrusage`` alone: on Linux its figure begins with the size of the process
    that started this one.
    """
    status = Path(f"/proc/{process or 'self'}/status")
    if not status.exists():
        return None
    found = re.search(r"^VmHWM:\s+(\d+) kB", status.read_text(), re.MULTILINE)
    return int(found[1]) / 1024 if found else None


def ended_children_peak_mb() -> float:
    """Megabytes of the largest process that this one started and saw end."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 2**20
