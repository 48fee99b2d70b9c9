"""A long text with the small markup of ``rules.markup``: its marks are shown lightly, shortcuts set them, formatted text is pasted as markup.

Ctrl+B bold, Ctrl+I italic, Ctrl+Shift+L a list of dots, Ctrl+Shift+K a link. Words stay plain text: what is kept is what is typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextListFormat,
)
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QToolButton, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say, tool_button
from kamdesk.desktop.widgets.inline_text import InlineLongText, _Long
from kamdesk.rules import markup
from kamdesk.rules.markup import Line, Piece

_MOST_PASTED: Final = 2_000_000
"""Letters of HTML that are looked at; more is pasted as plain text."""
_TAG: Final = re.compile(r"<(/?)([a-z][\w:-]*)([^<>]*)", re.IGNORECASE)
_UNSAID: Final = re.compile(r"<(/?)(script|style|head|title)\b[^<>]*>", re.IGNORECASE)
_ABOUT: Final = re.compile(r"</?(?:link|meta|base)\b[^<>]*>", re.IGNORECASE)
_WIDE: Final = re.compile(r"\b(?:col|row)span\s*=\s*[\"']?\s*\d{3}", re.IGNORECASE)
_LONE: Final = frozenset(
    "p br hr img input meta link base col wbr area param source tr td th tbody thead dt dd".split()
)
"""Tags that need no end: they do not lie in one another."""
_DEEPEST: Final = 100
_MOST_TAGS: Final = 50_000
"""Qt takes time by the square of depth, number and span: 20,000 items of a list that nothing ends stop the window for a minute."""
_LIST_MARK: Final = re.compile(r"^\s*(?:[-–—•*]|\d{1,3}[.)])\s+")
_WORD_DOT: Final = re.compile(r"^\s*(?:[·•§oü\uf0b7]|(\d{1,3})[.)])[\s\u00a0]+")
_BOLD: Final = 600
_NAMED_KEYS: Final = 0x01000000
"""From here on keys have names (F1, Home) and are no letters."""


class MarkupHighlighter(QSyntaxHighlighter):
    """Draws bold words bold, italic ones italic, links underlined, and the marks themselves muted."""

    def __init__(self, kit: Kit, document: QTextDocument) -> None:
        super().__init__(document)
        self._kit = kit
        kit.theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        muted = QTextCharFormat()
        muted.setForeground(QColor(self._kit.theme.colour("muted")))
        marked = _LIST_MARK.match(text)
        if marked:
            self.setFormat(0, marked.end(), muted)
        for span in markup.spans(text):
            at, end = _utf16(text, span.inner), _utf16(text, span.inner_end)
            for place in range(at, end):
                held = self.format(place)
                if span.kind == "bold":
                    held.setFontWeight(QFont.Weight.Bold)
                elif span.kind == "italic":
                    held.setFontItalic(True)
                elif span.kind == "link":
                    held.setFontUnderline(True)
                    held.setForeground(QColor(self._kit.theme.colour("accent_text")))
                self.setFormat(place, 1, held)
            self.setFormat(_utf16(text, span.start), at - _utf16(text, span.start), muted)
            self.setFormat(end, _utf16(text, span.end) - end, muted)


def _utf16(text: str, at: int) -> int:
    """The place of a letter as Qt counts: those beyond the basic plane are two."""
    return at + sum(ord(letter) > 0xFFFF for letter in text[:at])


class MarkupKeys:
    """Shortcuts and pasting of a plain text field; mix it in before ``QPlainTextEdit``. Its field calls ``dress`` once."""

    def dress(self, kit: Kit) -> None:
        """Highlight the markup of this field."""
        assert isinstance(self, QPlainTextEdit)
        self.highlighter = MarkupHighlighter(kit, self.document())

    def markup_key(self, event: QKeyEvent) -> bool:
        """Do what a shortcut asks for; False where it is none of ours."""
        assert isinstance(self, QPlainTextEdit)
        keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        pressed = chr(event.key()).casefold() if event.key() < _NAMED_KEYS else ""
        if keys == control and pressed in ("b", "и"):
            set_mark(self, "**")
        elif keys == control and pressed in ("i", "ш"):
            set_mark(self, "_")
        elif keys == control | shift and pressed in ("l", "д"):
            set_list(self)
        elif keys == control | shift and pressed in ("k", "л"):
            set_link(self)
        else:
            return False
        event.accept()
        return True

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Formatted text is taken too."""
        return source.hasHtml() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste formatted text as markup, anything else as it is."""
        assert isinstance(self, QPlainTextEdit)
        text = pasted(source)
        if text:
            self.textCursor().insertText(text)
            self.ensureCursorVisible()


# --- setting marks --------------------------------------------------------------------------------------------


def set_mark(field: QPlainTextEdit, mark: str) -> None:
    """Put marks around the chosen words, or take them away where they stand already; without a choice around the word."""
    cursor = field.textCursor()
    if not cursor.hasSelection():
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    text = cursor.selectedText().replace("\u2029", "\n")
    start = cursor.selectionStart()
    lines = [_toggled(line, mark) for line in text.split("\n")]
    cursor.insertText("\n".join(lines))
    if text:
        cursor.setPosition(start)
        cursor.setPosition(start + len("\n".join(lines)), QTextCursor.MoveMode.KeepAnchor)
    else:
        cursor.insertText(mark)
        cursor.setPosition(start + len(mark))
    field.setTextCursor(cursor)


def _toggled(line: str, mark: str) -> str:
    lead = _LIST_MARK.match(line)
    head = line[: lead.end()] if lead else ""
    words = line[len(head) :]
    bare = words.strip()
    if not bare:
        return line if line or mark == "" else mark
    begin = words.index(bare)
    longer = len(bare) > 2 * len(mark) and bare.startswith(mark) and bare.endswith(mark)
    made = bare[len(mark) : -len(mark)] if longer else f"{mark}{bare}{mark}"
    return head + words[:begin] + made + words[begin + len(bare) :]


def set_list(field: QPlainTextEdit) -> None:
    """Make the chosen lines items of a list, or plain lines again where all are items."""
    cursor = field.textCursor()
    document = field.document()
    first = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    texts = [block.text() for block in _blocks(first, last)]
    listed = all(_LIST_MARK.match(text) for text in texts if text.strip()) and any(
        text.strip() for text in texts
    )
    made = [
        _LIST_MARK.sub("", text) if listed else text if _LIST_MARK.match(text) or (not text.strip() and len(texts) > 1) else f"- {text}"
        for text in texts
    ]  # fmt: skip
    cursor.setPosition(first.position())
    cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText("\n".join(made))
    field.setTextCursor(cursor)


def _blocks(first: QTextBlock, last: QTextBlock) -> list[QTextBlock]:
    found = [first]
    while found[-1] != last and found[-1].next().isValid():
        found.append(found[-1].next())
    return found


def set_link(field: QPlainTextEdit) -> None:
    """Make the chosen words a link and leave its address chosen; a chosen address becomes its own link."""
    cursor = field.textCursor()
    words = cursor.selectedText().replace("\u2029", " ")
    address = markup.safe_link(words) if words.lower().startswith(markup.LINK_SCHEMES) else ""
    said = words.replace("[", "(").replace("]", ")")
    target = address or "https://"
    start = cursor.selectionStart()
    cursor.insertText(f"[{said}]({target})")
    at = start + len(said) + 3 if said else start + 1
    cursor.setPosition(at)
    if said:
        cursor.setPosition(at + len(target), QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)


# --- pasting --------------------------------------------------------------------------------------------------


def pasted(source: QMimeData) -> str:
    """The clipboard as markup: bold, italic, lists and safe links stay, all else of its look goes."""
    html = source.html() if source.hasHtml() else ""
    if not html or len(html) > _MOST_PASTED:
        return source.text()
    made = from_html(html)
    # What says nothing but words comes as it is, so that no star of a plain text is ever escaped.
    return made if made and made != markup.escaped(source.text()) else source.text()


class _Deaf(QTextDocument):
    """A document that asks for nothing: a background may lie on somebody's server, and asking tells who we are."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return None


def from_html(html: str) -> str:
    """The words of a page as markup; nothing is fetched, nothing runs. "" for a page that would stop the window."""
    html = _ABOUT.sub("", _said(html))
    if _is_bomb(html):
        return ""
    document = _Deaf()
    document.setHtml(html)
    lines: list[Line] = []
    block = document.begin()
    while block.isValid():
        lines += _lines(block)
        block = block.next()
    return markup.written_lines(lines)


def _said(html: str) -> str:
    """Without scripts, styles and the head of the page; from one that nothing ends nothing is said."""
    kept, at, inside = [], 0, ""
    for tag in _UNSAID.finditer(html):
        if not inside and not tag[1]:
            kept.append(html[at : tag.start()])
            inside = tag[2].lower()
        elif inside and tag[1] and tag[2].lower() == inside:
            at, inside = tag.end(), ""
    return "".join(kept) if inside else "".join(kept) + html[at:]


def _is_bomb(html: str) -> bool:
    depth = 0
    for count, tag in enumerate(_TAG.finditer(html)):
        if tag[2].lower() not in _LONE and not tag[3].endswith("/"):
            depth += -1 if tag[1] else 1
        if depth > _DEEPEST or count > _MOST_TAGS:
            return True
    return _WIDE.search(html) is not None


def _lines(block: QTextBlock) -> list[Line]:
    kind = markup.TEXT
    listed = block.textList()
    if listed is not None:
        dots = (
            QTextListFormat.Style.ListDisc,
            QTextListFormat.Style.ListCircle,
            QTextListFormat.Style.ListSquare,
        )
        kind = markup.BULLET if listed.format().style() in dots else markup.NUMBER
    heading = block.blockFormat().headingLevel() > 0
    pieces: list[Piece] = []
    walk = block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        look = fragment.charFormat()
        text = fragment.text().replace("\ufffc", "").replace("\u2028", "\n").replace("\u00a0", " ")
        link = markup.safe_link(look.anchorHref()) if look.isAnchor() else ""
        bold = look.fontWeight() >= _BOLD and not heading
        pieces.append(Piece(text, bold, look.fontItalic(), link))
        walk += 1
    text = "".join(piece.text for piece in pieces)
    typed = _WORD_DOT.match(text) if kind == markup.TEXT else None
    if typed:  # Word writes the dots of its lists as letters
        kind, pieces = (markup.NUMBER if typed[1] else markup.BULLET), _without(pieces, typed.end())
    rows: list[list[Piece]] = [[]]
    for piece in pieces:
        for number, part in enumerate(piece.text.split("\n")):
            if number:
                rows.append([])
            rows[-1].append(Piece(part, piece.bold, piece.italic, piece.link))
    return [
        Line(kind if not number else markup.TEXT, trimmed)
        for number, row in enumerate(rows)
        if (trimmed := markup.trimmed(row))
    ]


def _without(pieces: list[Piece], letters: int) -> list[Piece]:
    """The pieces without the first letters."""
    left, found = letters, []
    for piece in pieces:
        found.append(Piece(piece.text[left:], piece.bold, piece.italic, piece.link))
        left = max(0, left - len(piece.text))
    return found


# --- the fields -----------------------------------------------------------------------------------------------


class MarkupField(MarkupKeys, QPlainTextEdit):
    """A field of its own, for dialogs."""

    def __init__(self, kit: Kit, text: str = "") -> None:
        super().__init__(text)
        self.dress(kit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.markup_key(event):
            super().keyPressEvent(event)


class _MarkupLong(MarkupKeys, _Long):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.markup_key(event):
            super().keyPressEvent(event)


class InlineMarkupText(InlineLongText):
    """A long text that stands in a page, with its markup and four small buttons while one is in it."""

    field_class = _MarkupLong

    def __init__(
        self,
        kit: Kit,
        say: Say,
        save: Callable[[Any], object] | None = None,
        *,
        placeholder: Say | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, say, save, placeholder=placeholder, parent=parent)
        assert isinstance(self.text, _MarkupLong)
        self.text.dress(kit)
        self.tools = MarkupTools(kit, self.text)
        self.tools.hide()
        self._layout.insertWidget(1, self.tools)  # below, or the text would move under the mouse

    def _entered(self) -> None:
        super()._entered()
        self.tools.show()

    def _left(self) -> None:
        super()._left()
        self.tools.hide()


class MarkupTools(QWidget):
    """Bold, italic, list and link for one field; they never take the focus from it."""

    def __init__(self, kit: Kit, field: QPlainTextEdit) -> None:
        super().__init__()
        _ = kit.words.gettext
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        acts: tuple[tuple[Callable[[], str], str, Callable[[], object]], ...] = (
            (lambda: _("Bold (Ctrl+B)"), "bold", lambda: set_mark(field, "**")),
            (lambda: _("Italic (Ctrl+I)"), "italic", lambda: set_mark(field, "_")),
            (lambda: _("List (Ctrl+Shift+L)"), "list", lambda: set_list(field)),
            (lambda: _("Link (Ctrl+Shift+K)"), "link", lambda: set_link(field)),
        )
        self.buttons: list[QToolButton] = []
        for say, icon, act in acts:
            made = tool_button(kit, say, icon, act)
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.buttons.append(made)
            row.addWidget(made)
        row.addStretch(1)
