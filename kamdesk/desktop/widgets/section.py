"""The parts a page reads in: cards, sections with a heading and +, and lists of fields of which only the filled are drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say, button, label, rows, set_look
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineYesNo
from kamdesk.desktop.widgets.tab_order import take_place


class Card(QFrame):
    """A quiet surface with round edges; put things into ``body``."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        set_look(self, "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(8)


class Section(Card):
    """A card with a heading. ``add`` names its + button, ``on_add`` is what it does; ``tools`` takes more buttons."""

    def __init__(
        self,
        kit: Kit,
        say: Say,
        *,
        add: Say | None = None,
        on_add: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit, parent)
        self.heading = label(kit, say, "heading")
        self.tools = QHBoxLayout()
        self.tools.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addLayout(self.tools)
        outer = self.body
        outer.addLayout(head)
        self.body = rows(spacing=8)
        outer.addLayout(self.body)
        self.add_button = None
        if add is not None:
            self.add_button = button(kit, add, "add", "link", on_add)
            self.tools.addWidget(self.add_button)
        kit.words.bind(self, lambda: self.setAccessibleName(say()))


@dataclass(eq=False)
class _Field:
    """One line of a list. ``editor`` and ``label`` are None while it is empty and nobody went into it."""

    name: str
    make: Callable[[], InlineEditor] | None
    say: Say
    always: bool = False
    editor: InlineEditor | None = None
    label: QWidget | None = None
    opened: bool = False

    def is_drawn(self) -> bool:
        """Whether there is something to see, or one is at it."""
        editor = self.editor
        if editor is None:
            return False
        return self.always or not editor.is_empty() or self.opened or editor.has_focus()


class FieldList(QWidget):
    """Labels and editors below each other. Empty fields are not drawn; + offers them and goes into the chosen one.

    A field of :meth:`add_late` costs nothing before it has a value or is asked for: a page of cards has hundreds.
    """

    def __init__(self, kit: Kit, say_add: Say | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._fields: list[_Field] = []
        _ = kit.words.gettext
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self.add_button = button(kit, say_add or (lambda: _("Add a field")), "add", "link", self._offer)
        below = QHBoxLayout()
        below.addWidget(self.add_button)
        below.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._grid)
        outer.addLayout(below)

    def add(self, editor: InlineEditor, *, always: bool = False) -> InlineEditor:
        """Add a field at the end; ``always`` draws it even when it is empty. Gives the editor."""
        field = _Field(editor.objectName(), None, editor.label_text, always)
        self._fields.append(field)
        self._place(field, editor)
        self.refresh()
        return editor

    def add_late(self, name: str, say: Say, make: Callable[[], InlineEditor]) -> None:
        """Add a field at the end whose editor is made by :meth:`set_value` with a value, or when one goes into it.

        The editor gets ``name`` as its object name. Call :meth:`refresh` after the last one.
        """
        self._fields.append(_Field(name, make, say))

    def set_value(self, name: str, value: object) -> None:
        """Show a stored value; call :meth:`refresh` after the last one. Raises KeyError."""
        field = self._field(name)
        if field.editor is not None or not _is_nothing(value):
            self._made(field).set_value(value)

    def editor(self, name: str) -> InlineEditor:
        """The editor with this object name (the field's name for ``editor_for``). Raises KeyError."""
        return self._made(self._field(name))

    def refresh(self) -> None:
        """Draw what has a value now; call it after values were set."""
        hidden = 0
        for field in self._fields:
            drawn = field.is_drawn()
            if field.editor is not None and field.label is not None:
                field.label.setVisible(drawn)
                field.editor.setVisible(drawn)
            hidden += not drawn
        self.add_button.setVisible(hidden > 0)

    def fold(self) -> None:
        """Forget which empty fields had been opened; call it when another record is shown."""
        for field in self._fields:
            field.opened = False
        self.refresh()

    def open_field(self, name: str) -> None:
        """Draw an empty field and go into it."""
        self._open(self._field(name))

    def _field(self, name: str) -> _Field:
        for field in self._fields:
            if name == (field.name if field.editor is None else field.editor.objectName()):
                return field
        raise KeyError(name)

    def _made(self, field: _Field) -> InlineEditor:
        if field.editor is not None:
            return field.editor
        assert field.make is not None
        editor = field.make()
        editor.setObjectName(field.name)
        editor.hide()
        self._place(field, editor)
        return editor

    def _place(self, field: _Field, editor: InlineEditor) -> None:
        # a box to tick carries its words itself
        say = None if isinstance(editor, InlineYesNo) else editor.label_text
        name = label(self._kit, say, "muted", buddy=editor)
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        name.setContentsMargins(0, self._kit.theme.px(6), 0, 0)
        name.hide()
        at = self._fields.index(field)
        self._grid.addWidget(name, at, 0)
        self._grid.addWidget(editor, at, 1)
        field.editor, field.label = editor, name
        editor.saved.connect(lambda _value: self.refresh())

    def _offer(self) -> None:
        menu = QMenu(self)
        for field in self._fields:
            if not field.is_drawn():
                action = menu.addAction(field.say())
                action.triggered.connect(lambda _checked=False, field=field: self._open(field))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def _open(self, field: _Field) -> None:
        late = field.editor is None
        editor = self._made(field)
        field.opened = True
        self.refresh()
        if late:
            take_place(self)
        editor.focus()


def _is_nothing(value: object) -> bool:
    """Whether an editor of this value has nothing to be drawn (a box that is not ticked, too)."""
    return value in (None, "", ()) or value is False
