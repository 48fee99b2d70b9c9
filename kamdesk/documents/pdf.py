"""From Word to PDF: dxpdf built in, LibreOffice where the user prefers it or the built-in converter fails (R11).

``built_in`` runs in the worker, ``Libreoffice`` starts a process of its own from the caller's side, because LibreOffice needs more
memory than a worker may have.
"""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kamdesk.documents.conversion_copy import ConversionCopy
from kamdesk.documents.pdf_properties import described
from kamdesk.model.messages import KamdeskError, Message

BUILT_IN: Final = "builtin"
LIBREOFFICE: Final = "libreoffice"
_SECONDS: Final = 60
_TICK: Final = 0.1
_TURNS: Final = 8
"""How often a document with parted tables is converted anew at most."""
_LONGEST_REASON: Final = 200
_SHARP: Final = 240
"""Pixels an inch above which a picture is made smaller. Ours are drawn with 224: at the converter's own 220 each would be
painted anew, which takes as long as half the text of its document and blurs the letters of a chart."""


@dataclass(frozen=True, slots=True)
class PdfMade:
    """A converted document. ``converter`` is builtin or libreoffice; ``reason`` says why another one stepped in."""

    pdf: bytes
    converter: str
    pages: int
    reason: Message | None = None


def load() -> None:
    """Load the built-in converter, so that the first document does not wait for it."""
    importlib.import_module("dxpdf")


def built_in(docx: bytes) -> bytes:
    """The PDF by dxpdf. Raises KamdeskError ``documents.builtin_failed`` with its own words.

    dxpdf panics with an exception outside ``Exception`` when memory runs out or a font is missing; that is caught too.
    """
    import dxpdf

    try:
        copy = ConversionCopy(docx)
        made = bytes(dxpdf.convert(copy.packed(), _SHARP))
        for _ in range(_TURNS):
            if not copy.mend(made):
                break
            made = bytes(dxpdf.convert(copy.packed(), _SHARP))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        words = " ".join(str(error).split())[:_LONGEST_REASON]
        raise KamdeskError("documents.builtin_failed", why=words or type(error).__name__) from error
    return described(made, docx)


def find_libreoffice() -> Path | None:
    """The program ``soffice`` of this computer; None where there is none."""
    names = ("soffice", "libreoffice") if sys.platform != "win32" else ("soffice.exe", "soffice.com")
    for name in names:
        found = shutil.which(name)
        if found:
            return Path(found)
    if sys.platform == "darwin":
        places = [Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")]
    elif sys.platform == "win32":
        roots = [os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        places = [Path(root) / "LibreOffice" / "program" / "soffice.exe" for root in roots if root]
    else:
        places = [Path("/opt/libreoffice/program/soffice"), Path("/snap/bin/libreoffice")]
    return next((place for place in places if place.is_file()), None)


class Libreoffice:
    """Conversion by LibreOffice with a profile of our own: two runs on one profile write nothing and say nothing.

    ``folder`` is the private folder for plain text (trust.md); everything in it that a run needed is removed after it.
    """

    def __init__(self, folder: Path, program: Path | None = None, seconds: float = _SECONDS) -> None:
        self._folder = folder
        self._program = program
        self._seconds = seconds

    def convert(self, docx: bytes, cancelled: Callable[[], bool] = lambda: False) -> bytes:
        """The PDF. Raises KamdeskError ``no_libreoffice``, ``libreoffice_slow``, ``libreoffice_failed`` or ``cancelled``."""
        program = self._program or find_libreoffice()
        if program is None:
            raise KamdeskError("documents.no_libreoffice")
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix="office-", dir=self._folder, ignore_cleanup_errors=True
        ) as name:
            work = Path(name)
            source = work / "document.docx"
            source.write_bytes(docx)
            said = self._run(program, work, source, cancelled)
            target = work / "out" / "document.pdf"
            if not target.is_file() or target.stat().st_size == 0:
                raise KamdeskError("documents.libreoffice_failed", why=said or "–")
            return target.read_bytes()

    def _run(self, program: Path, work: Path, source: Path, cancelled: Callable[[], bool]) -> str:
        command = [
            str(program),
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "pdf",
            "--outdir",
            str(work / "out"),
            str(source),
        ]
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                start_new_session=sys.platform != "win32",
            )
        except OSError as error:
            raise KamdeskError(
                "documents.libreoffice_failed", why=error.strerror or type(error).__name__
            ) from error
        with process:
            waited = 0.0
            while True:
                try:
                    _, said = process.communicate(timeout=_TICK)
                except subprocess.TimeoutExpired:
                    waited += _TICK
                    if cancelled():
                        _kill(process)
                        raise KamdeskError("documents.cancelled") from None
                    if waited >= self._seconds:
                        _kill(process)
                        raise KamdeskError("documents.libreoffice_slow", seconds=int(self._seconds)) from None
                    continue
                return " ".join(said.decode("utf-8", "replace").split())[:_LONGEST_REASON]


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with the processes it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
