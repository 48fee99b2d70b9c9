"""What the box on top shows below itself: hits in groups as a model, and how a line is painted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.navigation.target import Hit, Marks

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Note:
    """A sentence among the hits that cannot be chosen: what was searched instead, a filter that was not understood."""

    text: str
    icon: str = "info"


@dataclass(frozen=True)
class Answer:
    """What a provider gives: hits, sentences above them, and for the name of a group how many it has («24+»)."""

    hits: Sequence[Hit] = ()
    notes: Sequence[Note] = ()
    counts: Mapping[str, str] = field(default_factory=dict)


class HitsModel(QAbstractListModel):
    """Hits in groups; the name of a group and a note are rows that cannot be chosen."""

    HitRole = Qt.ItemDataRole.UserRole + 1
    NoteRole = Qt.ItemDataRole.UserRole + 2

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[str | Note | Hit] = []

    def set_hits(
        self,
        hits: Sequence[Hit],
        nothing: str = "",
        notes: Sequence[Note] = (),
        counts: Mapping[str, str] | None = None,
    ) -> None:
        """Show other hits; the groups stand in the order of their first hit. ``nothing`` is said where there are none."""
        self.beginResetModel()
        groups: dict[str, list[Hit]] = {}
        for hit in hits:
            groups.setdefault(hit.group, []).append(hit)
        self._rows = list(notes)
        for group, found in groups.items():
            count = (counts or {}).get(group, "")
            self._rows += [f"{group} · {count}" if count else group, *found]
        if not hits and nothing:
            self._rows.append(nothing)
        self.endResetModel()

    def first(self) -> int:
        """The row that Enter opens when none is chosen: the first hit that leads somewhere; −1 without any."""
        return next((at for at, row in enumerate(self._rows) if isinstance(row, Hit) and not row.fill), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row if isinstance(row, str) else row.text if isinstance(row, Note) else row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if isinstance(row, Hit):
                return " ".join(part for part in (f"{row.group}: {row.title}", row.detail, row.found) if part)
            return row if isinstance(row, str) else row.text
        if role == self.HitRole:
            return row if isinstance(row, Hit) else None
        if role == self.NoteRole:
            return row if isinstance(row, Note) else None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or not isinstance(self._rows[index.row()], Hit):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class HitDelegate(QStyledItemDelegate):
    """Paints a line: drawing, title and detail; below, where text was found, the piece with the words in bold."""

    def __init__(self, kit: Kit, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self.enter_opens = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hit = index.data(HitsModel.HitRole)
        height = 28 if hit is None else 52 if hit.found else 28 if hit.fill else 34
        return QSize(100, self._kit.theme.px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit, note = index.data(HitsModel.HitRole), index.data(HitsModel.NoteRole)
        rect = option.rect.adjusted(12, 0, -12, 0)
        painter.save()
        if hit is not None:
            self._background(painter, option, index.row())
            self._hit(painter, rect, hit, index.row() == self.enter_opens)
        elif note is not None:
            self._note(painter, rect, note)
        else:
            painter.setFont(self._kit.theme.font(9, QFont.Weight.DemiBold))
            painter.setPen(self._kit.theme.colour("muted"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, index.data())
        painter.restore()

    def _background(self, painter: QPainter, option: QStyleOptionViewItem, row: int) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._kit.theme.colour("accent_soft"))
            painter.drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 6, 6)

    def _note(self, painter: QPainter, rect: QRect, note: Note) -> None:
        theme, side = self._kit.theme, self._kit.theme.px(16)
        self._kit.icons.paint(
            painter, note.icon, QRect(rect.left() + 2, rect.center().y() - side // 2, side, side)
        )
        painter.setFont(theme.font(9))
        painter.setPen(theme.colour("muted"))
        words = rect.adjusted(side + 14, 0, 0, 0)
        shown = painter.fontMetrics().elidedText(note.text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)

    def _hit(self, painter: QPainter, rect: QRect, hit: Hit, enter: bool) -> None:
        theme, side = self._kit.theme, self._kit.theme.px(20)
        line = QRect(rect.left(), rect.top(), rect.width(), theme.px(30) if hit.found else rect.height())
        if hit.icon:
            self._kit.icons.paint(
                painter, hit.icon, QRect(line.left(), line.center().y() - side // 2, side, side)
            )
        words = line.adjusted(side + 12, 0, 0, 0)
        if enter:
            painter.setFont(theme.font(9))
            painter.setPen(theme.colour("muted"))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "↵")
            words.adjust(0, 0, -theme.px(20), 0)
        colour = "accent_text" if hit.fill else "text"
        used = self._marked(painter, words, hit.title, hit.title_marks, 10, colour)
        rest = words.adjusted(used + 16, 0, 0, 0)
        if hit.detail and rest.width() > 40:
            painter.setFont(theme.font(9))
            painter.setPen(theme.colour("muted"))
            detail = painter.fontMetrics().elidedText(hit.detail, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, detail)
        if hit.found:
            below = QRect(
                rect.left() + side + 12, line.bottom() - theme.px(3), rect.width() - side - 12, theme.px(22)
            )
            self._marked(painter, below, hit.found, hit.found_marks, 9, "muted")

    def _marked(self, painter: QPainter, rect: QRect, text: str, marks: Marks, size: int, colour: str) -> int:
        """Draw a text with its marks in bold, cut with dots at the end of the room; gives back the width it took."""
        theme = self._kit.theme
        plain, bold = theme.font(size), theme.font(size, QFont.Weight.Bold)
        left = rect.left()
        for piece, marked in _pieces(text, marks):
            font = bold if marked else plain
            metrics = QFontMetrics(font)
            room = rect.right() - left
            if room <= 0:
                break
            shown = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, room)
            painter.setFont(font)
            painter.setPen(theme.colour("text" if marked else colour))
            painter.drawText(
                QRect(left, rect.top(), room + 2, rect.height()), Qt.AlignmentFlag.AlignVCenter, shown
            )
            left += metrics.horizontalAdvance(shown)
            if shown != piece:
                break
        return left - rect.left()


def _pieces(text: str, marks: Marks) -> list[tuple[str, bool]]:
    """A text taken apart at its marks: (piece, whether it is marked)."""
    pieces = []
    done = 0
    for start, end in marks:
        pieces += [(text[done:start], False), (text[start:end], True)]
        done = end
    pieces.append((text[done:], False))
    return [(piece, marked) for piece, marked in pieces if piece]
