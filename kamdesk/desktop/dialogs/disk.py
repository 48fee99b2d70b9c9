"""The system's dialogs for files and folders: a file or several to open, a place to save, a folder.

None runs a loop of its own and each deletes itself; ``chosen`` is called only where something was chosen.
``masks`` are the rows of the list of kinds, as ``name_filter`` makes them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

WORD_FILES: Final = ("docx", "dotx", "docm", "dotm")


def name_filter(words: str, *endings: str) -> str:
    """A row of the list of kinds: ``Pictures (*.png *.jpg)``; every file without endings."""
    return f"{words} ({' '.join(f'*.{ending}' for ending in endings) or '*'})"


def ask_file(
    parent: QWidget, title: str, chosen: Callable[[Path], object], masks: Sequence[str] = ()
) -> QFileDialog:
    """Ask for a file that is there."""
    return ask_files(parent, title, lambda paths: chosen(paths[0]), masks, many=False)


def ask_files(
    parent: QWidget,
    title: str,
    chosen: Callable[[list[Path]], object],
    masks: Sequence[str] = (),
    *,
    many: bool = True,
) -> QFileDialog:
    """Ask for files that are there, one at least."""
    dialog = _dialog(parent, title, masks)
    mode = QFileDialog.FileMode
    dialog.setFileMode(mode.ExistingFiles if many else mode.ExistingFile)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()
    return dialog


def ask_where(
    parent: QWidget,
    title: str,
    name: str,
    chosen: Callable[[Path], object],
    masks: Sequence[str] = (),
    *,
    ending: str = "",
    folder: Path | None = None,
) -> QFileDialog:
    """Ask where to save what is called ``name``, beginning in ``folder`` or in the documents of the user.

    ``ending`` ("pdf") is put behind a name that is typed without one.
    """
    dialog = _dialog(parent, title, masks)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog.setDirectory(str(folder or documents))
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


def ask_folder(
    parent: QWidget, title: str, chosen: Callable[[Path], object], start: Path | str = ""
) -> QFileDialog:
    """Ask for a folder, beginning in ``start``."""
    dialog = _dialog(parent, title, ())
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setDirectory(str(start))
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, masks: Sequence[str]) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if masks:
        dialog.setNameFilters(list(masks))
    return dialog
