"""What can be done, declared once as data: menus, tool bar, shortcuts and the box (Ctrl+K) derive from the table.

::

    ACTIONS = (
        ActionSpec("person.add", N_("Add a person"), "person-add", ("Ctrl+Shift+P",)),
        ActionSpec("edit.undo", N_("Undo"), "undo", ("Ctrl+Z",), menu="edit", palette=False),
    )
    actions.declare(ACTIONS, {"person.add": page.add_person, "edit.undo": window.undo})

Texts are marked with ``N_`` from ``kamdesk.model.messages`` and translated when shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from kamdesk.desktop.icons import Icons
from kamdesk.desktop.live import Words


@dataclass(frozen=True)
class ActionSpec:
    """One thing that can be done.

    ``shortcuts`` in Qt's portable text, the first is shown. ``menu`` and ``toolbar`` are the
    window's: the menu it stands in ("" none), whether it is in the bar; a page places its actions itself. ``palette`` says whether the box
    offers it, ``enabled`` the name of a condition given to :meth:`Actions.declare` ("" always).
    """

    id: str
    text: str
    icon: str = ""
    shortcuts: tuple[str, ...] = ()
    menu: str = ""
    toolbar: bool = False
    palette: bool = True
    enabled: str = ""
    checkable: bool = False


class Actions(QObject):
    """The QActions of one window (or of one page: give the page as ``host``, they end with it)."""

    def __init__(self, host: QWidget, words: Words, icons: Icons) -> None:
        super().__init__(host)
        self._host = host
        self._words = words
        self._icons = icons
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}
        self._conditions: dict[str, Callable[[], bool]] = {}
        self._names: dict[str, Callable[[], str]] = {}

    def declare(
        self,
        specs: Iterable[ActionSpec],
        handlers: Mapping[str, Callable[[], object]],
        conditions: Mapping[str, Callable[[], bool]] | None = None,
    ) -> None:
        """Make the actions. Every spec needs a handler and every named condition must be given: KeyError otherwise."""
        self._conditions.update(conditions or {})
        for spec in specs:
            if spec.id in self._actions:
                raise ValueError(f"declared twice: {spec.id}")
            if spec.enabled and spec.enabled not in self._conditions:
                raise KeyError(spec.enabled)
            action = QAction(self._host)
            action.setObjectName(spec.id)
            action.setCheckable(spec.checkable)
            action.setShortcuts([QKeySequence(text) for text in spec.shortcuts])
            if spec.icon:
                action.setIcon(self._icons.icon(spec.icon))
            handler = handlers[spec.id]
            action.triggered.connect(lambda _checked=False, handler=handler: handler())
            self._host.addAction(action)
            self._specs[spec.id] = spec
            self._actions[spec.id] = action
            self._words.bind(action, lambda spec_id=spec.id: self._say(spec_id))
        self.refresh()

    def action(self, action_id: str) -> QAction:
        """The QAction of an id. Raises KeyError."""
        return self._actions[action_id]

    def spec(self, action_id: str) -> ActionSpec:
        """The declaration of an id. Raises KeyError."""
        return self._specs[action_id]

    def name_by(self, action_id: str, text: Callable[[], str]) -> None:
        """Let an action say more than its declared text ("Undo: add Ivan Petrov"); call :meth:`refresh` when it changes."""
        self._names[action_id] = text
        self._say(action_id)

    def refresh(self) -> None:
        """Ask every condition and every changing name again."""
        for action_id, spec in self._specs.items():
            if spec.enabled:
                self._actions[action_id].setEnabled(self._conditions[spec.enabled]())
            if action_id in self._names:
                self._say(action_id)

    def fill(self, menu: QMenu, name: str) -> None:
        """Put the actions of the menu ``name`` into ``menu``, in the order of declaration."""
        for action_id, spec in self._specs.items():
            if spec.menu == name:
                menu.addAction(self._actions[action_id])

    def toolbar(self) -> list[QAction]:
        """The actions of the tool bar in the order of declaration."""
        return [self._actions[action_id] for action_id, spec in self._specs.items() if spec.toolbar]

    def offered(self, text: str = "") -> list[QAction]:
        """The enabled actions of the box of which each typed word begins a word, in any case; all for an empty text."""
        wanted = text.casefold().replace("ё", "е").split()
        found = []
        for action_id, spec in self._specs.items():
            action = self._actions[action_id]
            have = action.text().casefold().replace("ё", "е").split()
            if (
                spec.palette
                and action.isEnabled()
                and all(any(w.startswith(part) for w in have) for part in wanted)
            ):
                found.append(action)
        return found

    def _say(self, action_id: str) -> None:
        action = self._actions[action_id]
        name = self._names.get(action_id)
        text = (name() if name else "") or self._words.gettext(self._specs[action_id].text)
        action.setText(text.replace("&", "&&"))
        action.setToolTip(tip(text, action.shortcut()))


def tip(text: str, shortcut: QKeySequence) -> str:
    """What the tool tip says: the words, and the keys where there are some."""
    keys = shortcut.toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({keys})" if keys else text
