"""The other side: reads a frame, does the job within its limits, writes the answer; ends when its input ends."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from kamdesk.model.messages import KamdeskError, Message
from kamdesk.worker.limits import TooSlow, limit_memory, limit_time, stop_timer
from kamdesk.worker.protocol import read_frame, write_frame


def main() -> int:
    """Serve until the input ends. The exit code is 0."""
    source, target = _take_streams()
    with tempfile.TemporaryDirectory(prefix="kamdesk-worker-", ignore_cleanup_errors=True) as folder:
        _own_fonts(Path(folder))
        limit_memory()
        _serve(source, target)
    return 0


def _take_streams() -> tuple[BinaryIO, BinaryIO]:
    """The pipes of the protocol; whatever a library prints goes nowhere instead of into a frame."""
    source = os.fdopen(os.dup(0), "rb")
    target = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
    os.close(nowhere)
    return source, target


def _own_fonts(folder: Path) -> None:
    """Point the built-in converter at a font configuration of our own, before it is loaded."""
    from kamdesk.documents.fonts import write_configuration

    os.environ["FONTCONFIG_FILE"] = str(write_configuration(folder))


def _serve(source: BinaryIO, target: BinaryIO) -> None:
    from kamdesk.worker.jobs import Jobs

    place: list[Message] = []

    def starting(where: Message) -> None:
        place[:] = [where]
        write_frame(target, {"at": encode(where)})

    jobs = Jobs(starting)
    while True:
        frame = read_frame(source)
        if frame is None:
            return
        request, blobs = frame
        place.clear()
        try:
            try:
                limit_time(float(request["seconds"]))
                result, made = jobs.run(request["job"], request["params"], blobs)
            finally:
                stop_timer()
        except KamdeskError as error:
            write_frame(target, {"error": encode(error.message)})
        except TooSlow:
            write_frame(target, {"limit": "time", "at": encode(_where(place))})
        except MemoryError:
            write_frame(target, {"limit": "memory", "at": encode(_where(place))})
        except Exception as error:  # noqa: BLE001 (the worker's edge: every fault is told to the other side)
            write_frame(
                target, {"fault": f"{type(error).__name__}: {error}"[:300], "at": encode(_where(place))}
            )
        else:
            write_frame(target, {"result": result}, made)
        del frame, blobs


def _where(place: list[Message]) -> Message:
    return place[0] if place else Message("documents.anywhere")


def encode(message: Message) -> dict[str, Any]:
    """A message as JSON values; messages inside it too."""
    params = {
        name: encode(value) if isinstance(value, Message) else _plain(value)
        for name, value in message.params.items()
    }
    return {"code": message.code, "params": params}


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | None) else str(value)


if __name__ == "__main__":
    sys.exit(main())
