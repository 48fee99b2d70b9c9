"""Documents that are open in Word: given out to the private folder, watched, and taken back as a new version when they are saved (R11).

Word and LibreOffice save by writing another file and renaming it, so the folder is watched as well as the file, and what counts is the
content, never the notice. Nothing is taken while the file still grows, and a file that cannot be read yet is tried again. A file that was
saved there under another name is the same document: it is taken back as well, or it would be lost when the folder is emptied.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.private_folder import PrivateFolder
from kamdesk.model.messages import KamdeskError, Message

if TYPE_CHECKING:
    from kamdesk.services.word_files import WordFiles

_PAUSE_MS: Final = 400
_TRIES: Final = 8
"""How often a file that cannot be taken yet is looked at again before its reason is told."""

OpenFile = Callable[[Path], bool]


def open_by_system(path: Path) -> bool:
    """Open a file with the program the system keeps for it; False where there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


@dataclass
class _Open:
    """One file that is out: which version it is, the hash of what we know of it, its size at the last look."""

    document_id: str
    sha256: str
    size: int = -1
    tries: int = 0
    taking: bool = False


class WordWatch(QObject):
    """One per window; give it to a page that has documents.

    ``opened(document_id)``: the file was handed to the system's program. ``taken(old_id, new_id)``: an edited file is now the current
    version. ``failed(document_id, Message)``: it could not be given out, opened or taken back.
    """

    opened = Signal(str)
    taken = Signal(str, str)
    failed = Signal(str, object)
    _stumbled = Signal(object)

    def __init__(
        self,
        kit: Kit,
        word_files: WordFiles,
        plain: PrivateFolder,
        open_file: OpenFile = open_by_system,
        parent: QObject | None = None,
        *,
        pause_ms: int = _PAUSE_MS,
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._pause_ms = pause_ms
        self._word_files = word_files
        self._plain = plain
        self._open_file = open_file
        self._out: dict[Path, _Open] = {}
        self._pause = QTimer(self, singleShot=True, interval=pause_ms)
        self._pause.timeout.connect(self.look)
        self._stumbled.connect(self._let_go, Qt.ConnectionType.QueuedConnection)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(lambda _path: self._pause.start())
        self._watcher.directoryChanged.connect(lambda _path: self._pause.start())

    def open(self, document_id: str) -> None:
        """Give this version out and open it; where it is out already, only bring it up again."""
        known = next((path for path, out in self._out.items() if out.document_id == document_id), None)
        if known is not None and known.exists():
            self._show(known, document_id)
            return

        def work() -> tuple[Path, bytes]:
            given = self._word_files.give_out(document_id, self._plain.place())
            given.path.chmod(0o600)
            content = given.path.read_bytes()
            self._plain.taken_back(given.path, content, document_id)
            return given.path, content

        def done(given: tuple[Path, bytes]) -> None:
            path, content = given
            self._out[path] = _Open(document_id, hashlib.sha256(content).hexdigest(), len(content))
            self._watcher.addPaths([str(path), str(path.parent)])
            self._show(path, document_id)

        self._kit.queries.run(work, done, lambda message: self.failed.emit(document_id, message), owner=self)

    def documents(self) -> frozenset[str]:
        """The versions that are out now."""
        return frozenset(out.document_id for path, out in self._out.items() if path.exists())

    def path_of(self, document_id: str) -> Path | None:
        """Where a version lies that is out."""
        return next((path for path, out in self._out.items() if out.document_id == document_id), None)

    def look(self) -> None:
        """Look at every file that is out and take back what has changed; called by itself after each notice."""
        for path in {path.parent for path in self._out}:
            self._adopt(path)
        for path, out in list(self._out.items()):
            if out.taking:
                continue
            if not path.exists():  # between the two halves of a save by renaming, or the folder was emptied
                if not path.parent.exists():
                    del self._out[path]
                continue
            if str(path) not in self._watcher.files():  # the renamed file is a new one to the system
                self._watcher.addPath(str(path))
            self._look_at(path, out)

    def _adopt(self, folder: Path) -> None:
        """Watch what was saved under another name in the folder of a document, which holds nothing but that document."""
        try:
            fresh = [path for path in folder.glob("*.doc[xm]") if path not in self._out]
        except OSError:
            return
        for path in fresh:
            if path.name.startswith(("~", ".")):  # what Word keeps beside an open file
                continue
            known = next((out for at, out in reversed(self._out.items()) if at.parent == folder), None)
            if known is None:
                return
            try:
                # Nothing of it is in the vault yet, so the folder must keep it whatever happens.
                self._plain.taken_back(path, b"", known.document_id)
            except KamdeskError as error:
                self.failed.emit(known.document_id, error.message)
                continue
            self._out[path] = _Open(known.document_id, known.sha256)

    def _look_at(self, path: Path, out: _Open) -> None:
        try:
            content = path.read_bytes()
        except OSError:  # held by the program that writes it
            self._again(path, out, None)
            return
        if hashlib.sha256(content).hexdigest() == out.sha256:
            out.tries = 0
            return
        if len(content) != out.size:  # it may still be growing: look once more
            out.size = len(content)
            self._pause.start()
            return
        self._take(path, out, content)

    def _take(self, path: Path, out: _Open, content: bytes) -> None:
        _ = self._kit.words.gettext
        out.taking = True
        old_id = out.document_id

        def done(new_id: str | None) -> None:
            out.taking, out.tries = False, 0
            out.sha256 = hashlib.sha256(content).hexdigest()
            if new_id is not None:
                for one in self._out.values():  # of one folder: a copy under another name goes on from there
                    if one.document_id == old_id:
                        one.document_id = new_id
                self.taken.emit(old_id, new_id)
            self._pause.start()

        def work(_progress: object) -> str | None:
            try:
                new_id = self._word_files.take_back(old_id, content)
                self._plain.taken_back(path, content, new_id or old_id)
            except KamdeskError:
                raise
            except BaseException:
                # A fault of the program is shown as one and reaches neither done nor failed.
                self._stumbled.emit(out)
                raise
            return new_id

        def failed(message: Message) -> None:
            out.taking = False
            self._again(path, out, message)

        self._kit.jobs.start(_("Taking back the changes made in Word"), work, done, failed, owner=self)

    def _let_go(self, out: _Open) -> None:
        """The next save is looked at again; this one is not tried anew, for it would fault anew."""
        out.taking = False

    def _again(self, path: Path, out: _Open, message: Message | None) -> None:
        """Try once more later, unless it has been tried often enough: then say why."""
        out.tries += 1
        if out.tries < _TRIES:
            QTimer.singleShot(self._pause_ms * out.tries, self, self._pause.start)
            return
        out.tries = 0
        if message is None:
            message = KamdeskError("document.file_busy", file=path.name).message
        else:  # a file that is no Word document stays so until it is saved again
            with_content = path.read_bytes() if path.exists() else b""
            out.sha256 = hashlib.sha256(with_content).hexdigest()
        self.failed.emit(out.document_id, message)

    def _show(self, path: Path, document_id: str) -> None:
        if self._open_file(path):
            self.opened.emit(document_id)
        else:
            self.failed.emit(
                document_id, KamdeskError("document.no_program", folder=str(path.parent)).message
            )
