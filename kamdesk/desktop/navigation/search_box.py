"""The box on top: one place for records and actions. Typing searches, arrows choose, Enter opens, Esc goes back to the page.

Nothing is chosen until an arrow chooses it, so that Down reaches the first line; Enter then opens the line with the sign of
that key. The key → at the end of the text takes the first suggested filter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QStyleOptionViewItem, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.navigation.search_hits import Answer, HitDelegate, HitsModel, Index, Note
from kamdesk.desktop.navigation.target import Hit
from kamdesk.desktop.widgets.basic import set_look

_PAUSE_MS = 90
_MOST_TYPED = 10_000
Provider = Callable[[str], Sequence[Hit] | Answer]


class SearchBox(QLineEdit):
    """Sends ``opened(Hit)`` and ``left()`` (Esc). The results lie on the window, below the box, and never take the focus."""

    opened = Signal(object)
    left = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _ = kit.words.gettext
        self._kit = kit
        self._provider: Provider | None = None
        self._actions: Provider = lambda _text: []
        self._asked = ""
        self._answered = False
        self._enter_waits = False
        self._warm: Callable[[], object] | None = None
        self.setMaxLength(_MOST_TYPED)
        self.setClearButtonEnabled(True)
        self.addAction(kit.icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(lambda _text: self._typed())
        self._model = HitsModel(self)
        self._panel = QFrame(self.window())
        self._list = QListView(self._panel)
        self._build_panel()
        kit.words.bind(
            self, lambda: self.setPlaceholderText(_("Find a person, a client, an action… (Ctrl+K)"))
        )
        kit.words.bind(self, lambda: self.setAccessibleName(_("Search records and actions")))
        kit.words.bind(self._list, lambda: self._list.setAccessibleName(_("Found")))

    def set_providers(
        self, actions: Provider, records: Provider | None = None, warm: Callable[[], object] | None = None
    ) -> None:
        """``actions(text)`` is called here; ``records(text)`` and ``warm()`` in the reading lane, so they may ask the vault."""
        self._actions = actions
        self._provider = records
        self._warm = warm

    def start(self) -> None:
        """Take the focus and show what can be done."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        if self._warm is not None:
            self._kit.queries.run(self._warm, owner=self, key="box.warm")
            self._warm = None
        self._search()

    def hits(self) -> list[Hit]:
        """What is shown now."""
        rows = [self._model.index(row).data(HitsModel.HitRole) for row in range(self._model.rowCount())]
        return [hit for hit in rows if hit is not None]

    def dismiss(self) -> None:
        """Take the results away."""
        self._pause.stop()
        self._asked = ""
        self._enter_waits = False
        self._panel.hide()

    def _build_panel(self) -> None:
        set_look(self._panel, "popup")
        self._list.setModel(self._model)
        self._delegate = HitDelegate(self._kit, self._list)
        self._list.setItemDelegate(self._delegate)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.clicked.connect(lambda index: self._open(index))
        layout = QVBoxLayout(self._panel)
        layout.setContentsMargins(2, 6, 2, 6)
        layout.addWidget(self._list)
        self._panel.hide()

    def _typed(self) -> None:
        self._answered = self._enter_waits = False
        self._pause.start()

    def _search(self) -> None:
        self._pause.stop()
        # The end is kept: a space after the value of a filter says that it is complete.
        text = self.text().lstrip()
        self._asked = text or " "
        actions = self._actions(text.strip())
        actions = list(actions.hits if isinstance(actions, Answer) else actions)
        if self._provider is None or not text.strip():
            _ = self._kit.words.gettext
            help_ = Note(_("Filters: client:… role:… birthday:march kind:note since:2025"), "filter")
            self._show(Answer(actions, [help_] if self._provider is not None else []))
            return
        provider, asked = self._provider, self._asked
        self._kit.queries.run(
            lambda: provider(text), lambda found: self._arrived(asked, found, actions), owner=self, key="box"
        )

    def _arrived(self, asked: str, found: Sequence[Hit] | Answer, actions: list[Hit]) -> None:
        if asked == self._asked:
            answer = found if isinstance(found, Answer) else Answer(found)
            self._show(Answer([*answer.hits, *actions], answer.notes, answer.counts))

    def _show(self, answer: Answer) -> None:
        if not self.hasFocus() and not self._panel.isVisible():
            return
        _ = self._kit.words.gettext
        nothing = _("Nothing found. Try fewer letters.")
        self._model.set_hits(answer.hits, nothing, answer.notes, answer.counts)
        self._delegate.enter_opens = self._model.first()
        self._choose(-1)
        self._list.scrollToTop()
        self._place()
        self._answered = not self._pause.isActive()
        if self._enter_waits and self._answered:
            self._enter_waits = False
            self._enter()

    def _place(self) -> None:
        window = self.window()
        if self._panel.parent() is not window:
            self._panel.setParent(window)
        delegate_height = sum(
            self._list.itemDelegate().sizeHint(QStyleOptionViewItem(), self._model.index(row)).height()
            for row in range(self._model.rowCount())
        )
        corner = self.mapTo(window, self.rect().bottomLeft())
        height = min(delegate_height + 20, window.height() - corner.y() - 60)
        self._panel.setGeometry(corner.x(), corner.y() + 6, max(self.width(), 560), height)
        self._panel.setVisible(self._model.rowCount() > 0)
        self._panel.raise_()

    def _choose(self, row: int) -> None:
        self._list.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())

    def _step(self, step: int) -> None:
        now = self._list.currentIndex()
        row = now.row() + step if now.isValid() else 0 if step > 0 else -1
        while 0 <= row < self._model.rowCount():
            if self._model.index(row).data(HitsModel.HitRole) is not None:
                self._choose(row)
                return
            row += step
        if step < 0:
            self._choose(-1)

    def _enter(self) -> None:
        """Open the chosen line, else the first that leads somewhere; wait for what was typed last."""
        if not self._answered:
            self._enter_waits = True
            if self._pause.isActive():
                self._search()
            return
        chosen = self._list.currentIndex()
        first = self._model.first()
        self._open(chosen if chosen.isValid() or first < 0 else self._model.index(first))

    def _open(self, index: Index) -> None:
        hit = index.data(HitsModel.HitRole) if index.isValid() else None
        if hit is None:
            return
        if hit.fill:
            self.setText(hit.fill)
            self._search()
            return
        self.dismiss()
        self.clear()
        self.opened.emit(hit)

    def _take_suggestion(self) -> bool:
        """Put the first suggested filter into the box; whether there was one."""
        if self.cursorPosition() < len(self.text()) or self.hasSelectedText() or not self._panel.isVisible():
            return False
        hit = next((hit for hit in self.hits() if hit.fill and hit.suggested), None)
        if hit is None or not self._answered:
            return False
        self.setText(hit.fill)
        self._search()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._panel.isVisible():
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            self._panel.isVisible() or self._pause.isActive()
        ):
            self._enter()
        elif key == Qt.Key.Key_Right and not event.modifiers() and self._take_suggestion():
            return
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
            self.clear()
            self.left.emit()
        elif key == Qt.Key.Key_Down:
            self._search()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            self.dismiss()
            if event.reason() not in (
                Qt.FocusReason.ActiveWindowFocusReason,
                Qt.FocusReason.PopupFocusReason,
            ):
                self.clear()
        return super().event(event)
