"""What a printed document of the house is when it is made, and how it is kept as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamdesk.documents.pdf import PdfMade
from kamdesk.services.word_files import check_folder, write_file

FORMATS = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished document. ``name`` is a file name without an ending; ``pdf`` is what goes on paper."""

    name: str
    docx: bytes
    pdf: bytes
    pages: int


def export(made: Printed, folder: Path, formats: Sequence[str] = FORMATS) -> tuple[Path, ...]:
    """Write it to a folder. Raises KamdeskError ``document.folder_unwritable`` or ``document.file_busy``."""
    check_folder(folder)
    content = {"docx": made.docx, "pdf": made.pdf}
    return tuple(write_file(folder, f"{made.name}.{ending}", content[ending]) for ending in formats)


def fitted(
    make: Callable[[int], tuple[bytes, PdfMade]], start: int, many: int, most: int
) -> tuple[bytes, PdfMade]:
    """The first of ``many`` cuts from ``start`` on that makes at most ``most`` pages; the strictest where none does.

    Making pages costs far more than guessing their number, so a guess that fits is not tried again more generously.
    """
    made = make(start)
    while made[1].pages > most and start < many - 1:
        start += 1
        made = make(start)
    return made
