"""How much processor time a worker has had, asked from outside: a busy computer must not pass for a slow document."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Any

_KERNEL_100NS = 1e7


def processor_seconds(process: subprocess.Popen[bytes]) -> float | None:
    """Seconds of processor time of a running child; None where this system does not tell or the child is gone."""
    if os.name == "nt":
        return _windows(process)
    if not sys.platform.startswith("linux"):
        return None
    try:
        # The clock of a process: its number inverted, with 2 for "time as the scheduler counts it" (clock_getcpuclockid).
        return time.clock_gettime((~process.pid << 3) | 2)
    except OSError:
        return None


def _windows(process: Any) -> float | None:
    """From GetProcessTimes: user and kernel time in units of 100 ns."""
    import ctypes

    times = [ctypes.c_uint64() for _ in range(4)]
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 (the name exists on Windows only)
    handle = ctypes.c_void_p(int(process._handle))
    if not kernel.GetProcessTimes(handle, *(ctypes.byref(one) for one in times)):
        return None
    return (times[2].value + times[3].value) / _KERNEL_100NS
