"""The picture at the head of a person's page: chosen, pasted or dropped, drawn anew by the worker, taken away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.disk import ask_file, name_filter
from kamdesk.desktop.jobs import Progress
from kamdesk.desktop.pages.company_view import clipboard_picture, local_files, picture_bytes
from kamdesk.desktop.widgets.cards import Avatar
from kamdesk.model.messages import KamdeskError

LARGEST: Final = 25 * 1024 * 1024
SIDE: Final = 512
"""Pixels of a kept portrait: it is shown at no more than a tenth of a page."""


class PhotoAvatar(Avatar):
    """An avatar that takes pictures; ``dropped(QMimeData)``. Enter, Space or a click opens what can be done with it."""

    wanted = Signal()
    dropped = Signal(object)

    def __init__(self, desk: Desk, size: int) -> None:
        super().__init__(desk.kit, size=size)
        self._words = desk.kit.words
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._words.bind(self, self._say)

    def has_photo(self) -> bool:
        """Whether there is a picture."""
        return not self._photo.isNull()

    def show_person(self, name: str, photo: bytes | None = None) -> None:
        """Show another person."""
        super().show_person(name, photo)
        if hasattr(self, "_words"):
            self._say()

    def _say(self) -> None:
        _ = self._words.gettext
        words = _("Photo: choose, paste or drop a picture")
        self.setAccessibleName(words)
        self.setToolTip(words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if has_picture(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if has_picture(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(event.mimeData())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._kit.theme.colour("accent"), 2))
            painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))


class Photo:
    """What is done with the picture of the person whose id ``person()`` gives."""

    def __init__(self, desk: Desk, page: QWidget, avatar: PhotoAvatar, person: Callable[[], str]) -> None:
        self._desk, self._page, self._avatar, self._person = desk, page, avatar, person
        avatar.wanted.connect(self._offer)
        avatar.dropped.connect(self.take)

    def choose(self) -> None:
        """Ask for a file."""
        _ = self._desk.kit.words.gettext
        pictures = name_filter(_("Pictures"), "png", "jpg", "jpeg", "webp", "gif")
        ask_file(self._page, _("Choose a photo"), self.take_file, [pictures])

    def paste(self) -> bool:
        """Take the picture, or the file of a picture, from the clipboard. False (and a word) where there is none."""
        data = QGuiApplication.clipboard().mimeData()
        if data is not None and has_picture(data):
            self.take(data)
            return True
        _ = self._desk.kit.words.gettext
        self._desk.window.notify(
            lambda: _("There is no picture on the clipboard. Copy one first."), "warning"
        )
        return False

    def remove(self) -> None:
        """Show no picture."""
        people, person = self._desk.workplace.people, self._person()
        self._desk.kit.commands.run(lambda: people.remove_photo(person))

    def take(self, data: QMimeData) -> None:
        """Take what was dropped or copied: a file, or pixels."""
        paths = local_files(data)
        if paths:
            self.take_file(Path(paths[0]))
            return
        image = data.imageData()
        pixels = picture_bytes(image) if isinstance(image, QImage) else clipboard_picture()
        self._take(self._desk.kit.words.gettext("photo") + ".png", lambda: pixels)

    def take_file(self, path: Path) -> None:
        """Take a picture from a file."""

        def read() -> bytes:
            try:
                with path.open("rb") as stream:
                    return stream.read(LARGEST + 1)
            except OSError:
                raise KamdeskError("table.unreadable", file=path.name) from None

        self._take(path.name, read)

    def _take(self, name: str, read: Callable[[], bytes]) -> None:
        """Decode in the worker, cut square, draw anew, keep: one step of undo."""
        _, place, person = self._desk.kit.words.gettext, self._desk.workplace, self._person()

        def work(progress: Progress) -> None:
            progress.report(name)
            data = read()
            if len(data) > LARGEST:
                raise KamdeskError("person.photo_large", megabytes=LARGEST // 1024 // 1024)
            portrait = place.workers.decode_picture(data, SIDE, square=True)
            place.people.set_photo(person, str(Path(name).with_suffix(".png")), portrait)

        self._desk.kit.jobs.start(_("Reading {file}").format(file=name), work, owner=self._page)

    def _offer(self) -> None:
        _ = self._desk.kit.words.gettext
        menu = QMenu(self._avatar)
        menu.addAction(_("Choose a photo")).triggered.connect(lambda: self.choose())
        menu.addAction(_("Paste a photo")).triggered.connect(lambda: self.paste())
        if self._avatar.has_photo():
            menu.addAction(_("Remove the photo")).triggered.connect(lambda: self.remove())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._avatar.mapToGlobal(self._avatar.rect().bottomLeft()))


def has_picture(data: QMimeData) -> bool:
    """Whether there may be a picture in what is dropped or pasted."""
    return bool(data.hasImage() or local_files(data))
