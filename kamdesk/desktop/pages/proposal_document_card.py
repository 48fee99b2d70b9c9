"""One document with its versions: what state it is in, Open in Word, paper, files, and dragging it out into a mail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDrag, QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QVBoxLayout

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.basic import IconLabel, button, label, set_look, tool_button
from kamdesk.model.written import write_date
from kamdesk.services.proposal_views import DocumentView

_KIND_ICONS = {"group": "proposals", "cover": "mail", "variant": "person"}


class DocumentCard(QFrame):
    """``asked(document id, what)``: "word", "mail", "print", "save", "show", "use", "compare_current", "changes" (made by hand), or
    "prepare" (a copy to be dragged out may be wanted soon).

    ``drag_file`` gives the file to drag out, or None while it cannot be given.
    """

    asked = Signal(str, str)

    def __init__(
        self,
        kit: Kit,
        words: ProposalWords,
        versions: tuple[DocumentView, ...],
        *,
        is_out: bool,
        drag_file: Callable[[str], Path | None],
    ) -> None:
        super().__init__()
        self._kit = kit
        self._words = words
        self._drag_file = drag_file
        self.versions = versions
        self.document = next((one for one in versions if one.is_current), versions[0])
        self._is_out = is_out
        self._pressed_at = QPoint()
        set_look(self, "fact")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        _ = kit.words.gettext
        self.setToolTip(_("Drag it into a mail or a folder"))
        name = words.document(self.document)
        self.setAccessibleName(f"{name}. {self.state_words()}")
        self.setAccessibleDescription(
            _("Enter shows its pages, W opens it in Word, the menu key shows its versions")
        )
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(
            IconLabel(kit, _KIND_ICONS.get(self.document.kind, "note"), 24, "accent_text"),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        about = QVBoxLayout()
        about.setSpacing(0)
        about.addWidget(label(kit, lambda: name, wrap=True))
        for mark, icon, colour in self._marks():
            line = QHBoxLayout()
            line.setSpacing(4)
            if icon:
                line.addWidget(IconLabel(kit, icon, 15, colour))
            line.addWidget(label(kit, lambda mark=mark: mark, "caption", wrap=True), 1)
            about.addLayout(line)
        self.changes = button(
            kit, lambda: _("What was changed by hand"), "eye", "link", lambda: self._ask("changes")
        )
        self.changes.setAccessibleName(_("{what}: {name}").format(what=self.changes.text(), name=name))
        about.addWidget(self.changes, 0, Qt.AlignmentFlag.AlignLeft)
        self.changes.setVisible(self.document.hand_edited)
        row.addLayout(about, 1)
        self.word = tool_button(
            kit, lambda: _("Open in Word: {what}").format(what=name), "word", lambda: self._ask("word")
        )
        row.addWidget(self.word, 0, Qt.AlignmentFlag.AlignTop)
        for what, say, icon in (
            ("mail", lambda: _("E-mail draft"), "mail"),
            ("print", lambda: _("Print"), "print"),
            ("save", lambda: _("Save to a folder"), "save"),
        ):
            made = tool_button(
                kit,
                lambda say=say: _("{what}: {name}").format(what=say(), name=name),
                icon,
                lambda what=what: self._ask(what),
            )
            row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        self.more = tool_button(
            kit, lambda: _("Versions: {name}").format(name=name), "history", self.show_versions
        )
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(4)
        column.addLayout(row)
        newer = self.newer_generated()
        if newer is not None:
            column.addLayout(self._stands(newer))

    def newer_generated(self) -> DocumentView | None:
        """The generated version that was made after the current one was edited by hand."""
        if not self.document.hand_edited:
            return None
        newer = [one for one in self.versions if not one.hand_edited and one.version > self.document.version]
        return newer[0] if newer else None

    def state_words(self) -> str:
        """The state in one line."""
        return ". ".join(mark for mark, _icon, _colour in self._marks())

    # --- inside -----------------------------------------------------------------------------------------------

    def _marks(self) -> list[tuple[str, str, str]]:
        _, ngettext = self._kit.words.gettext, self._kit.words.ngettext
        document = self.document
        parts = [_("Version {n}").format(n=document.version)]
        if document.pages:
            parts.append(ngettext("{n} page", "{n} pages", document.pages).format(n=document.pages))
        if document.made_at is not None:
            made = document.made_at.astimezone()
            parts.append(f"{write_date(made.date(), self._kit.words.language)}, {made:%H:%M}")
        marks = [(" · ".join(parts), "", "")]
        if self._is_out:
            marks.append(
                (_("Open in Word now: saving there makes a new version here"), "external", "accent_text")
            )
        if document.hand_edited:
            marks.append((_("Edited in Word: this is what goes out"), "edit", "accent_text"))
        if document.behind:
            marks.append((self._words.older(), "error", "danger"))
        elif document.stale and self.newer_generated() is None:
            marks.append((_("Made before the last change of the proposal"), "warning", "warning"))
        elif not document.hand_edited and not document.stale:
            marks.append((_("Up to date"), "ok", "success"))
        return marks

    def _stands(self, newer: DocumentView) -> QVBoxLayout:
        kit, _ = self._kit, self._kit.words.gettext
        column = QVBoxLayout()
        column.setSpacing(2)
        text = _("Your edits stand. A newer version {n} was made from the changed proposal.").format(
            n=newer.version
        )
        column.addWidget(label(kit, lambda: text, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(
            button(kit, lambda: _("Compare"), "eye", "", lambda: self.asked.emit(newer.id, "compare_current"))
        )
        row.addWidget(
            button(
                kit,
                lambda: _("Use version {n}").format(n=newer.version),
                "",
                "",
                lambda: self.asked.emit(newer.id, "use"),
            )
        )
        row.addStretch(1)
        column.addLayout(row)
        return column

    def show_versions(self) -> None:
        """The menu of all versions."""
        _ = self._kit.words.gettext
        menu = QMenu(self)
        for one in self.versions:
            name = _("Version {n}").format(n=one.version)
            marks = [_("edited in Word")] if one.hand_edited else []
            marks += [_("goes out")] if one.is_current else []
            part = menu.addMenu(f"{name} ({', '.join(marks)})" if marks else name)
            if not one.is_current:
                part.addAction(_("Use this version")).triggered.connect(
                    lambda _c=False, at=one.id: self.asked.emit(at, "use")
                )
                part.addAction(_("Compare with the one that goes out")).triggered.connect(
                    lambda _c=False, at=one.id: self.asked.emit(at, "compare_current")
                )
            if one.hand_edited:
                part.addAction(_("What was changed by hand")).triggered.connect(
                    lambda _c=False, at=one.id: self.asked.emit(at, "changes")
                )
            part.addAction(_("Save to a folder")).triggered.connect(
                lambda _c=False, at=one.id: self.asked.emit(at, "save")
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _ask(self, what: str) -> None:
        self.asked.emit(self.document.id, what)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = Qt.Key(event.key()), event.text().casefold()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask("show")
        elif not event.modifiers() and (key == Qt.Key.Key_W or text == "ц"):
            self._ask("word")
        elif key == Qt.Key.Key_Menu:
            self.show_versions()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self.focusPreviousChild() if key == Qt.Key.Key_Up else self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._ask("prepare")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        set_look(self, "notice-info")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        set_look(self, "fact")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._ask("show")

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._ask("word")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if event.buttons() & Qt.MouseButton.LeftButton and far >= QApplication.startDragDistance():
            self.start_drag()

    def drag_data(self) -> QMimeData | None:
        """What is dragged: the address of a copy of the file in the private folder; None while there is none."""
        path = self._drag_file(self.document.id)
        if path is None:
            return None
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        return data

    def start_drag(self) -> None:
        """Drag the file out."""
        data = self.drag_data()
        if data is not None:
            drag = QDrag(self)
            drag.setMimeData(data)
            drag.setPixmap(self._kit.icons.icon("pdf", "accent").pixmap(32, 32))
            drag.exec(Qt.DropAction.CopyAction)
