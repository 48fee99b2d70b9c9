"""The text of a finished document, paragraph by paragraph: to be read, to mark words in, with what is marked already drawn into it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.template_guide_state import GuideItem, GuideState
from kamdesk.documents.guided import Line

_CAPTION = -1
_INDENT = 18


class GuideText(QTextEdit):
    """``moved()``: the selection is another one. Nothing is typed into it; Shift and the arrows mark words."""

    moved = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._lines: dict[int, Line] = {}
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            self.textInteractionFlags().TextSelectableByKeyboard
            | self.textInteractionFlags().TextSelectableByMouse
        )
        self.setTabChangesFocus(True)
        self.selectionChanged.connect(self.moved.emit)
        self.cursorPositionChanged.connect(self.moved.emit)
        kit.words.bind(self, lambda: self.setAccessibleName(kit.words.gettext("Text of the document")))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show the paragraphs that have words; tables and headers under a caption of their own."""
        _ = self._kit.words.gettext
        self._lines = {line.index: line for line in lines}
        wheres = {
            "header": _("Header"),
            "footer": _("Footer"),
            "footnotes": _("Footnote"),
            "endnotes": _("Endnote"),
        }
        with QSignalBlocker(self):
            self.clear()
            cursor = self.textCursor()
            before: tuple[str, int, int] = ("body", 0, 0)
            for line in lines:
                if not line.text.strip():
                    continue
                where = (line.part, line.table, line.row)
                if line.table and where != before:
                    self._block(
                        cursor, _("Table {n}, row {row}").format(n=line.table, row=line.row), _CAPTION, line
                    )
                elif not line.table and line.where != "body" and line.part != before[0]:
                    self._block(cursor, wheres.get(line.where, ""), _CAPTION, line)
                before = where
                # A soft line break is one letter in both, so that places stay true.
                self._block(cursor, line.text.replace("\n", "\u2028"), line.index, line)
            cursor.setPosition(0)
            self.setTextCursor(cursor)

    def selection(self) -> tuple[int, int, int, int] | None:
        """First paragraph and letter, last paragraph and letter of the selection; None where it has no paragraph of the document."""
        cursor = self.textCursor()
        ends = []
        for position in (cursor.selectionStart(), cursor.selectionEnd()):
            block = self.document().findBlock(position)
            ends.append((block.userState(), position - block.position()))
        (first, start), (last, end) = ends
        block = self.document().findBlock(cursor.selectionStart())
        while first == _CAPTION and block.isValid() and block.position() < cursor.selectionEnd():
            block = block.next()
            first, start = block.userState(), 0
        block = self.document().findBlock(cursor.selectionEnd())
        while last == _CAPTION and block.isValid() and block.position() > cursor.selectionStart():
            block = block.previous()
            last, end = block.userState(), block.length() - 1
        return None if _CAPTION in (first, last) else (first, start, last, end)

    def line_at_cursor(self) -> Line | None:
        """The paragraph the cursor is in."""
        return self._lines.get(self.textCursor().block().userState())

    def draw(self, state: GuideState, current: GuideItem | None = None) -> None:
        """Draw what is taken and what is only offered; the current one stands out."""
        theme = self._kit.theme
        made = []
        for item in state.items:
            look = QTextCharFormat()
            colour = QColor(theme.colour("accent"))
            colour.setAlpha(110 if item is current else 55 if item.taken else 0)
            look.setBackground(colour)
            look.setUnderlineColor(theme.colour("accent" if item.taken else "warning"))
            look.setUnderlineStyle(
                QTextCharFormat.UnderlineStyle.SingleUnderline
                if item.taken
                else QTextCharFormat.UnderlineStyle.DashUnderline
            )
            for cursor in self._cursors(state, item):
                selection = QTextEdit.ExtraSelection()
                selection.cursor = cursor
                selection.format = look
                made.append(selection)
        self.setExtraSelections(made)

    def go(self, item: GuideItem, state: GuideState) -> None:
        """Bring an item into sight."""
        cursors = self._cursors(state, item)
        if cursors:
            cursor = QTextCursor(cursors[0])
            cursor.setPosition(cursors[0].selectionStart())
            with QSignalBlocker(self):
                self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def select(self, index: int, start: int, end: int) -> None:
        """Select letters of a paragraph."""
        found = self._cursor(index, start, end)
        if found is not None:
            self.setTextCursor(found)

    # --- helpers ----------------------------------------------------------------------------------------------

    def _block(self, cursor: QTextCursor, text: str, state: int, line: Line) -> None:
        shape, look = QTextBlockFormat(), QTextCharFormat()
        shape.setBottomMargin(4)
        shape.setLeftMargin(_INDENT if line.table else 0)
        if state == _CAPTION:
            shape.setTopMargin(6)
            look.setForeground(self._kit.theme.colour("muted"))
            look.setFontPointSize(max(self.font().pointSizeF() - 1, 6))
        elif line.heading:
            shape.setTopMargin(8)
            look.setFontWeight(QFont.Weight.DemiBold)
        if self.document().characterCount() > 1 or cursor.block().userState() != -1:
            cursor.insertBlock(shape, look)
        else:
            cursor.setBlockFormat(shape)
        cursor.insertText(text, look)
        cursor.block().setUserState(state)

    def _cursors(self, state: GuideState, item: GuideItem) -> list[QTextCursor]:
        if item.mark is not None:
            found = self._cursor(item.mark.index, item.mark.start, item.mark.end)
            return [found] if found is not None else []
        cursors = (self._cursor(index, 0, -1) for index in sorted(state.covered(item)))
        return [one for one in cursors if one is not None]

    def _cursor(self, index: int, start: int, end: int) -> QTextCursor | None:
        block = self.document().begin()
        while block.isValid():
            if block.userState() == index:
                cursor = QTextCursor(block)
                last = block.length() - 1 if end < 0 else min(end, block.length() - 1)
                cursor.setPosition(block.position() + min(start, last))
                cursor.setPosition(block.position() + last, QTextCursor.MoveMode.KeepAnchor)
                return cursor
            block = block.next()
        return None
