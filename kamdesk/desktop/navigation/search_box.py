"""The box on top: one place for records and actions. Typing searches, arrows choose, Enter opens, Esc goes back to the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.navigation.target import Hit
from kamdesk.desktop.widgets.basic import set_look

_PAUSE_MS = 90
Index = QModelIndex | QPersistentModelIndex
Provider = Callable[[str], Sequence[Hit]]


class HitsModel(QAbstractListModel):
    """Hits in groups; a group's name is a row that cannot be chosen."""

    HitRole = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[str | Hit] = []

    def set_hits(self, hits: Sequence[Hit], nothing: str = "") -> None:
        """Show other hits; the groups stand in the order of their first hit. ``nothing`` is said where there are none."""
        self.beginResetModel()
        groups: dict[str, list[Hit]] = {}
        for hit in hits:
            groups.setdefault(hit.group, []).append(hit)
        self._rows = [row for group, found in groups.items() for row in (group, *found)]
        if not hits and nothing:
            self._rows = [nothing]
        self.endResetModel()

    def first(self) -> int:
        """The row of the first hit, −1 without any."""
        return next((at for at, row in enumerate(self._rows) if isinstance(row, Hit)), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row if isinstance(row, str) else row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row if isinstance(row, str) else f"{row.group}: {row.title} {row.detail}".strip()
        if role == self.HitRole:
            return None if isinstance(row, str) else row
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self._rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _HitDelegate(QStyledItemDelegate):
    def __init__(self, kit: Kit, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self._kit.theme.px(38 if index.data(HitsModel.HitRole) else 28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, hit = self._kit.theme, index.data(HitsModel.HitRole)
        rect = option.rect.adjusted(12, 0, -12, 0)
        painter.save()
        if hit is None:
            painter.setFont(theme.font(9, QFont.Weight.DemiBold))
            painter.setPen(theme.colour("muted"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, index.data())
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("accent_soft"))
                painter.drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 6, 6)
            side = theme.px(20)
            if hit.icon:
                self._kit.icons.paint(
                    painter, hit.icon, QRect(rect.left(), rect.center().y() - side // 2, side, side)
                )
            self._text(painter, rect.adjusted(side + 12, 0, 0, 0), hit)
        painter.restore()

    def _text(self, painter: QPainter, rect: QRect, hit: Hit) -> None:
        theme = self._kit.theme
        painter.setFont(theme.font(10))
        painter.setPen(theme.colour("text"))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(hit.title, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, title)
        rest = rect.adjusted(metrics.horizontalAdvance(title) + 16, 0, 0, 0)
        if hit.detail and rest.width() > 40:
            painter.setFont(theme.font(9))
            painter.setPen(theme.colour("muted"))
            detail = painter.fontMetrics().elidedText(hit.detail, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, detail)


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
        self.setClearButtonEnabled(True)
        self.addAction(kit.icons.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(lambda _text: self._pause.start())
        self._model = HitsModel(self)
        self._panel = QFrame()
        self._list = QListView(self._panel)
        self._build_panel()
        kit.words.bind(
            self, lambda: self.setPlaceholderText(_("Find a person, a client, an action… (Ctrl+K)"))
        )
        kit.words.bind(self, lambda: self.setAccessibleName(_("Search records and actions")))
        kit.words.bind(self._list, lambda: self._list.setAccessibleName(_("Found")))

    def set_providers(self, actions: Provider, records: Provider | None = None) -> None:
        """``actions(text)`` is called here; ``records(text)`` in the reading lane, so it may ask the vault."""
        self._actions = actions
        self._provider = records

    def start(self) -> None:
        """Take the focus and show what can be done."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._search()

    def hits(self) -> list[Hit]:
        """What is shown now."""
        rows = [self._model.index(row).data(HitsModel.HitRole) for row in range(self._model.rowCount())]
        return [hit for hit in rows if hit is not None]

    def dismiss(self) -> None:
        """Take the results away."""
        self._pause.stop()
        self._asked = ""
        self._panel.hide()

    def _build_panel(self) -> None:
        set_look(self._panel, "popup")
        self._list.setModel(self._model)
        self._list.setItemDelegate(_HitDelegate(self._kit, self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.clicked.connect(lambda index: self._open(index))
        layout = QVBoxLayout(self._panel)
        layout.setContentsMargins(2, 6, 2, 6)
        layout.addWidget(self._list)
        self._panel.hide()

    def _search(self) -> None:
        text = self.text().strip()
        self._asked = text or " "
        actions = list(self._actions(text))
        if self._provider is None or not text:
            self._show(actions)
            return
        provider, asked = self._provider, self._asked
        self._kit.queries.run(
            lambda: list(provider(text)),
            lambda found: self._arrived(asked, [*found, *actions]),
            owner=self,
            key="box",
        )

    def _arrived(self, asked: str, hits: list[Hit]) -> None:
        if asked == self._asked:
            self._show(hits)

    def _show(self, hits: list[Hit]) -> None:
        if not self.hasFocus() and not self._panel.isVisible():
            return
        _ = self._kit.words.gettext
        self._model.set_hits(hits, _("Nothing found. Try fewer letters."))
        self._choose(self._model.first())
        self._place()

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
        self._panel.setGeometry(corner.x(), corner.y() + 6, max(self.width(), 420), height)
        self._panel.setVisible(self._model.rowCount() > 0)
        self._panel.raise_()

    def _choose(self, row: int) -> None:
        self._list.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())

    def _step(self, step: int) -> None:
        row = self._list.currentIndex().row() + step
        while 0 <= row < self._model.rowCount():
            if self._model.index(row).data(HitsModel.HitRole) is not None:
                self._choose(row)
                return
            row += step

    def _open(self, index: Index) -> None:
        hit = index.data(HitsModel.HitRole) if index.isValid() else None
        if hit is not None:
            self.dismiss()
            self.clear()
            self.opened.emit(hit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._panel.isVisible():
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._panel.isVisible():
            self._open(self._list.currentIndex())
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
