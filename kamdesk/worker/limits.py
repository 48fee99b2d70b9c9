"""What a worker may use: memory for its life, processor time for each job.

Linux: RLIMIT_AS and RLIMIT_CPU. Windows: a job object. macOS does not hold RLIMIT_AS, so a thread watches the largest resident
size. The supervisor's hard kill stands behind all of them.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from typing import Any, Final

MEMORY: Final = 512 * 1024 * 1024
"""Bytes. dxpdf panics at 150 MB and is at ease with this."""
OUT_OF_MEMORY: Final = 77
"""The exit code of a worker that ended itself because it had grown too large."""


_AGAIN: Final = 0.5


class TooSlow(Exception):
    """The processor time of a job is used up."""


def limit_memory(size: int = MEMORY) -> None:
    """Hold this process below ``size`` bytes from now on."""
    if sys.platform == "win32":
        _windows_job(size)
    elif sys.platform == "darwin":
        threading.Thread(target=_watch, args=(size,), daemon=True).start()
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        # A crash must not write a client's document to the disk as a core file.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time(seconds: float) -> None:
    """Allow so many more seconds of processor time; after them :class:`TooSlow` is raised in the main thread.

    The timer is exact and repeats, since a library may swallow the first exception; RLIMIT_CPU, which counts whole
    seconds, stands behind it.
    """
    if sys.platform == "win32":
        return
    import resource

    signal.signal(signal.SIGPROF, _too_slow)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    signal.signal(signal.SIGXCPU, _too_slow)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(usage.ru_utime + usage.ru_stime + seconds) + 1
    resource.setrlimit(
        resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard)
    )


def stop_timer() -> None:
    """The job is over: what is left is to tell its end."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, 0)


def _too_slow(number: int, frame: Any) -> None:
    raise TooSlow


def _watch(size: int) -> None:
    """End the process when its peak resident size (bytes on macOS) passes the limit."""
    import resource

    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < size:
        time.sleep(0.1)
    os._exit(OUT_OF_MEMORY)


def _windows_job(size: int) -> None:
    """Put this process into a job object with a limit of committed memory (Win32: JOBOBJECT_EXTENDED_LIMIT_INFORMATION)."""
    import ctypes

    class Basic(ctypes.Structure):
        _fields_ = [
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", ctypes.c_uint32),
            ("smallest_set", ctypes.c_size_t),
            ("largest_set", ctypes.c_size_t),
            ("processes", ctypes.c_uint32),
            ("affinity", ctypes.c_size_t),
            ("priority", ctypes.c_uint32),
            ("scheduling", ctypes.c_uint32),
        ]

    class Extended(ctypes.Structure):
        _fields_ = [
            ("basic", Basic),
            ("io", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        ]

    process_memory, extended_class = 0x100, 9
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 (the name exists on Windows only)
    kernel.CreateJobObjectW.restype = ctypes.c_void_p
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job = kernel.CreateJobObjectW(None, None)
    limits = Extended(basic=Basic(flags=process_memory), process_memory=size)
    kernel.SetInformationJobObject(
        ctypes.c_void_p(job), extended_class, ctypes.byref(limits), ctypes.sizeof(limits)
    )
    kernel.AssignProcessToJobObject(ctypes.c_void_p(job), ctypes.c_void_p(kernel.GetCurrentProcess()))
