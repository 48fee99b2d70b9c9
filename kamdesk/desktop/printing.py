"""Prints a PDF: through ``lp`` where CUPS is, as pictures of the pages through Qt elsewhere.

``lp`` gets the PDF as it is, so that letters stay letters; pages at 300 dpi look right on every system but carry no text. The functions here
run in a job; ``print_desk`` is the side of the window.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from kamdesk.model.messages import KamdeskError

DPI: Final = 300
_SECONDS: Final = 20
_RANGE: Final = re.compile(r"(\d{1,5})?(-)?(\d{1,5})?\Z")

DrawPages = Callable[[bytes, int], Sequence[bytes]]
"""``draw(pdf, dpi)`` gives the pages as PNG; made in the worker."""


class Sides(StrEnum):
    """How the paper is used; the values are those of IPP."""

    ONE = "one-sided"
    LONG_EDGE = "two-sided-long-edge"
    SHORT_EDGE = "two-sided-short-edge"


@dataclass(frozen=True)
class PrinterChoice:
    """A printer by the name of the system; ``words`` is what people call it, ``state`` why it would not print now ("" ready)."""

    name: str
    words: str
    is_default: bool = False
    state: str = ""


@dataclass(frozen=True)
class PrintOrder:
    """What to print how. ``pages`` is empty (all) or pairs of first and last page, counted from 1."""

    printer: str
    copies: int = 1
    pages: tuple[tuple[int, int], ...] = ()
    sides: Sides = Sides.ONE


def read_pages(text: str, count: int) -> tuple[tuple[int, int], ...]:
    """Pages as people type them: "1, 3-5, 8-"; () for all. Raises KamdeskError ``print.pages`` for anything else."""
    found = []
    joined = re.sub(r"\s*[-–—]\s*", "-", text.strip())
    for part in re.split(r"[,;\s]+", joined) if joined else ():
        match = _RANGE.match(part)
        if match is None or not (match[1] or match[3]):
            raise KamdeskError("print.pages", text=text, n=count)
        first = int(match[1] or 1)
        last = int(match[3] or (count if match[2] else first))
        if not 1 <= first <= last <= count:
            raise KamdeskError("print.pages", text=text, n=count)
        found.append((first, last))
    return tuple(found)


class Cups:
    """The printing system of Linux and macOS, asked through its own commands.

    ``environment`` may name another server (``CUPS_SERVER``). Every command has a time limit; a server that does not answer is a
    problem in words, never a window that stands still.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = {
            **(os.environ if environment is None else environment),
            "LC_ALL": "C.UTF-8",
            "LANGUAGE": "C",
        }

    @staticmethod
    def is_installed() -> bool:
        """Whether the commands are there."""
        return all(shutil.which(name) for name in ("lp", "lpstat"))

    def printers(self) -> tuple[PrinterChoice, ...]:
        """The printers, the default first; () where the server does not answer or has none."""
        try:
            names = self._run("lpstat", "-e").split()
            default = self._run("lpstat", "-d", check=False).rpartition(": ")[2].strip()
            states = self._run("lpstat", "-l", "-p", check=False)
        except KamdeskError:
            return ()
        words = dict(_descriptions(states))
        disabled = set(re.findall(r"^printer (\S+) disabled", states, re.MULTILINE))
        found = [
            PrinterChoice(
                name, words.get(name) or name, name == default, "stopped" if name in disabled else ""
            )
            for name in names
        ]
        return tuple(sorted(found, key=lambda one: (not one.is_default, one.words.casefold())))

    def submit(self, pdf: Path, order: PrintOrder, title: str) -> str:
        """Hand the PDF to the queue and return the name of the job there. Raises KamdeskError ``print.refused``, ``print.no_answer``.

        ``title`` is seen in the queue by others: give it no name of a client.
        """
        command = [
            "lp",
            "-d",
            order.printer,
            "-n",
            str(order.copies),
            "-t",
            title,
            "-o",
            f"sides={order.sides}",
        ]
        if order.pages:
            command += [
                "-P",
                ",".join(f"{first}-{last}" if first != last else str(first) for first, last in order.pages),
            ]
        said = self._run(*command, "--", str(pdf))
        match = re.search(r"request id is (\S+)", said)
        return match[1] if match else ""

    def _run(self, *command: str, check: bool = True) -> str:
        try:
            done = subprocess.run(
                command, check=False, capture_output=True, text=True, errors="replace", timeout=_SECONDS,
                env=dict(self._environment), stdin=subprocess.DEVNULL,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise KamdeskError("print.no_answer") from error
        except OSError as error:
            raise KamdeskError("print.refused", reason=error.strerror or "") from error
        if check and done.returncode:
            raise KamdeskError("print.refused", reason=_first_line(done.stderr or done.stdout))
        return done.stdout


class QtPrinters:
    """Printers as Qt knows them (Windows, and Linux without the commands of CUPS)."""

    def printers(self) -> tuple[PrinterChoice, ...]:
        """The printers, the default first."""
        from PySide6.QtPrintSupport import QPrinterInfo

        default = QPrinterInfo.defaultPrinterName()
        found = [
            PrinterChoice(
                one.printerName(), one.description() or one.printerName(), one.printerName() == default
            )
            for one in QPrinterInfo.availablePrinters()
        ]
        return tuple(sorted(found, key=lambda one: (not one.is_default, one.words.casefold())))


def print_pictures(
    pages: Sequence[bytes],
    order: PrintOrder,
    title: str,
    output: Path | None = None,
    told: Callable[[int, int], object] = lambda _done, _total: None,
) -> None:
    """Print pages drawn at :data:`DPI` through Qt; to a PDF file where ``output`` is given. May run in a job's thread.

    ``told(done, total)`` after each page; what it raises stops the printing. Raises KamdeskError ``print.refused``.
    """
    from PySide6.QtCore import QMarginsF, QRectF, QSizeF
    from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
    from PySide6.QtPrintSupport import QPrinter

    wanted = _chosen(len(pages), order.pages)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if output is not None:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(output))
    else:
        printer.setPrinterName(order.printer)
    printer.setResolution(DPI)
    printer.setDocName(title)
    printer.setCopyCount(order.copies)
    printer.setFullPage(True)
    printer.setDuplex(
        {
            Sides.ONE: QPrinter.DuplexMode.DuplexNone,
            Sides.LONG_EDGE: QPrinter.DuplexMode.DuplexLongSide,
            Sides.SHORT_EDGE: QPrinter.DuplexMode.DuplexShortSide,
        }[order.sides]
    )
    painter = QPainter()
    try:
        for done, number in enumerate(wanted):
            picture = QImage.fromData(pages[number - 1])
            size = QPageSize(
                QSizeF(picture.width() * 25.4 / DPI, picture.height() * 25.4 / DPI),
                QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch,
            )  # fmt: skip
            printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
            if not (painter.begin(printer) if done == 0 else printer.newPage()):
                raise KamdeskError("print.refused", reason=order.printer)
            painter.drawImage(QRectF(painter.viewport()), picture)
            told(done + 1, len(wanted))
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()


def _chosen(count: int, ranges: Sequence[tuple[int, int]]) -> list[int]:
    if not ranges:
        return list(range(1, count + 1))
    return [number for first, last in ranges for number in range(first, min(last, count) + 1)]


def _descriptions(states: str) -> list[tuple[str, str]]:
    """Name and description of each printer from what ``lpstat -l -p`` says."""
    blocks = re.split(r"^printer (\S+) ", states, flags=re.MULTILINE)
    found = []
    for name, block in zip(blocks[1::2], blocks[2::2], strict=True):
        match = re.search(r"^\s+Description:[ \t]*(.*)$", block, re.MULTILINE)
        found.append((name, match[1].strip() if match else ""))
    return found


def _first_line(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return lines[0].removeprefix("lp: ") if lines else ""
