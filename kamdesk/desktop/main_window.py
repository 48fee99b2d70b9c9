"""The one window: pages and the way between them, the box, undo and redo, blur and lock, closing without losing anything."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from kamdesk.desktop import help_pages
from kamdesk.desktop.actions import Actions
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.main_window_actions import WINDOW_ACTIONS
from kamdesk.desktop.main_window_menu import fill_window_menu
from kamdesk.desktop.main_window_view import MainWindowView
from kamdesk.desktop.navigation.history import History
from kamdesk.desktop.navigation.neighbours import Neighbours
from kamdesk.desktop.navigation.search_box import Provider
from kamdesk.desktop.navigation.target import Hit, Target
from kamdesk.desktop.widgets.basic import Say, action_button
from kamdesk.desktop.widgets.field_place import TABLES, mark_record, place_of
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.private import Blur
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.store.changes import ChangeSet

_KEPT_PAGES = 10

_KIND = "kind of page"


class MainWindow(MainWindowView):
    """Sections are added, pages registered; ``navigate`` opens them.

    Signals for whoever wires the window: ``undo_requested``, ``redo_requested``, ``capture_requested``,
    ``lock_requested``, ``help_requested(place)``, ``history_requested(table, row id, field)`` and ``closed`` (everything saved, no work left).
    """

    undo_requested = Signal()
    redo_requested = Signal()
    capture_requested = Signal()
    lock_requested = Signal()
    help_requested = Signal(str)
    history_requested = Signal(str, str, str)
    closed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self._factories: dict[str, tuple[Callable[[Target], PageBase], str]] = {}
        self._kept: OrderedDict[tuple[str, str], PageBase] = OrderedDict()
        self._history = History()
        self.neighbours = Neighbours()
        self._closing = False
        self._resolve: Callable[[Target], Target] = lambda target: target
        self._undo_text = ""
        self._redo_text = ""
        self.blur = Blur(kit, self)
        self.actions_table = Actions(self, kit.words, kit.icons)
        self._declare_actions()
        self._fill_tools()
        fill_window_menu(kit, self.menu, self.actions_table)
        self.rail.chosen.connect(lambda section: self.navigate(Target(section)))
        self.box.opened.connect(self._open_hit)
        self.box.left.connect(self._focus_page)
        self.notices.left.connect(self._focus_page)
        self.box.set_providers(self._action_hits)
        for lane in (kit.commands, kit.queries, kit.jobs):
            lane.failed.connect(self._tell_problem)
            lane.fault.connect(self._tell_fault)
            lane.idle.connect(self._close_when_idle)
        self._restore_place()
        self._once_filled = QTimer(self, singleShot=True, interval=0)  # new widgets are shown a moment later
        self._once_filled.timeout.connect(self._filled)
        kit.queries.idle.connect(self._once_filled.start)
        kit.words.bind(self, self._say_title)

    # --- sections and pages -----------------------------------------------------------------------------------

    def add_section(self, section: str, say: Say, icon: str, factory: Callable[[], PageBase]) -> None:
        """Add a section to the rail; its page is the target ``Target(section)`` and is made when first visited.

        A section that is there already keeps its place and gets the new factory.
        """
        self.rail.add(section, say, icon)
        self.add_page_kind(section, lambda _target: factory(), section)

    def add_page_kind(self, kind: str, factory: Callable[[Target], PageBase], section: str = "") -> None:
        """Say how pages of a kind are made, and which section is marked while one is shown."""
        self._factories[kind] = (factory, section)

    def knows(self, kind: str) -> bool:
        """Whether there are pages of this kind."""
        return kind in self._factories

    def make_page(self, target: Target) -> PageBase:
        """A fresh page of the target's kind, not shown yet. Raises KeyError for an unknown kind, KamdeskError where it cannot be made."""
        return self._factories[target.kind][0](target)

    def navigate(self, target: Target) -> PageBase | None:
        """Go to a place and remember it. None (and a notice) where it cannot be opened; KeyError for an unknown kind."""
        page = self._show(target)
        if page is not None:
            self._history.visit(target)
            self.actions_table.refresh()
        return page

    def set_resolver(self, resolve: Callable[[Target], Target]) -> None:
        """``resolve(target)`` says where a place is today: a record that was merged is at the one that was kept."""
        self._resolve = resolve

    def go_back(self) -> None:
        """To where one was before (Alt+←)."""
        self._go(-1)

    def go_forward(self) -> None:
        """Back to where one came from (Alt+→)."""
        self._go(1)

    def here(self) -> Target | None:
        """Where one is."""
        return self._history.current

    def page(self) -> PageBase | None:
        """The page that is shown."""
        current = self.pages.currentWidget()
        return current if isinstance(current, PageBase) else None

    def tab_changed(self, tab: str) -> None:
        """The shown page is now at another tab; back and forward then lead there again."""
        if self._history.current is not None:
            here = self._history.current
            self._history.replace(Target(here.kind, here.id, tab))

    def forget(self, kind: str, record: str) -> None:
        """A record is gone: drop its page and its place in the history."""
        page = self._kept.pop((kind, record), None)
        shown = page is not None and page is self.pages.currentWidget()
        self._history.forget(kind, record)
        if shown and self._history.current is not None:
            self._show(self._history.current, leave=False)
        if page is not None:
            self._drop(page)
        self.actions_table.refresh()

    def apply(self, changes: ChangeSet) -> None:
        """Hand a ChangeSet to every page that is kept."""
        for page in list(self._kept.values()):
            page.refresh(changes)

    # --- the box, undo, notices -------------------------------------------------------------------------------

    def set_search(self, records: Provider, warm: Callable[[], object] | None = None) -> None:
        """``records(text)`` finds records, ``warm()`` makes ready for it; both are called in the reading lane."""
        self.box.set_providers(self._action_hits, records, warm)

    def set_undo(self, undo: str = "", redo: str = "") -> None:
        """Name the last intention that can be undone and redone, in words; "" where there is none."""
        self._undo_text, self._redo_text = undo, redo
        self.actions_table.refresh()

    def notify(
        self,
        say: Say | Message,
        kind: str = "info",
        action: Say | None = None,
        on_action: Callable[[], object] | None = None,
        first: tuple[Say, Callable[[], object]] | None = None,
    ) -> None:
        """Show a notice below the page; see :meth:`NoticeBar.show_notice`."""
        self.notices.show_notice(say, kind, action=action, on_action=on_action, first=first)

    def save_all(self) -> None:
        """Save what is being typed (Ctrl+S); the strip shows it."""
        page = self.page()
        if page is not None:
            page.leave()

    # --- inside -----------------------------------------------------------------------------------------------

    def _declare_actions(self) -> None:
        handlers: dict[str, Callable[[], object]] = {
            "go.back": self.go_back,
            "go.forward": self.go_forward,
            "go.box": self.box.start,
            "go.pane": lambda: self._next_pane(1),
            "go.pane_back": lambda: self._next_pane(-1),
            "edit.capture": self.capture_requested.emit,
            "edit.undo": self.undo_requested.emit,
            "edit.redo": self.redo_requested.emit,
            "edit.save": self.save_all,
            "edit.history": self._ask_history,
            "window.duplicates": lambda: self.navigate(Target("duplicates")),
            "window.trash": lambda: self.navigate(Target("trash")),
            "window.blur": lambda: self._set_blur(not self.blur.on),
            "window.lock": self._lock,
            "window.help": self._ask_help,
            "window.close": self.close,
        }
        conditions = {
            "back": lambda: self._history.can_go(-1),
            "forward": lambda: self._history.can_go(1),
            "undo": lambda: bool(self._undo_text),
            "redo": lambda: bool(self._redo_text),
        }
        self.actions_table.declare(WINDOW_ACTIONS, handlers, conditions)
        _ = self.kit.words.gettext
        self.actions_table.name_by(
            "edit.undo", lambda: _("Undo: {what}").format(what=self._undo_text) if self._undo_text else ""
        )
        self.actions_table.name_by(
            "edit.redo", lambda: _("Redo: {what}").format(what=self._redo_text) if self._redo_text else ""
        )

    def _fill_tools(self) -> None:
        for name in ("go.back", "go.forward"):
            self.left_tools.addWidget(action_button(self.kit, self.actions_table.action(name)))
        for action in self.actions_table.toolbar():
            self.tools.addWidget(action_button(self.kit, action))

    def _show(self, target: Target, *, leave: bool = True) -> PageBase | None:
        target = self._resolve(target)
        section = self._factories[target.kind][1]
        current = self.page()
        if leave and current is not None:
            current.leave()
        page = self._kept.get(target.page)
        if page is None:
            try:
                page = self.make_page(target)
            except KamdeskError as problem:
                self.notify(problem.message, "error")
                return None
            self._keep(target, page)
        self._kept.move_to_end(target.page)
        self.pages.setCurrentWidget(page)
        self.rail.set_current(section)
        page.open(target)
        mark_record(page, TABLES.get(target.kind, target.kind), target.id)
        if current is None and self.isVisible():
            self._focus_page()
        if self.blur.on:
            self.blur.renew()
        self._say_title()
        return page

    def _keep(self, target: Target, page: PageBase) -> None:
        page.went.connect(self.navigate)
        page.setProperty(_KIND, target.kind)
        self.pages.addWidget(page)
        self._kept[target.page] = page
        while len(self._kept) > _KEPT_PAGES:
            oldest = next(name for name, kept in self._kept.items() if kept is not self.pages.currentWidget())
            self._drop(self._kept.pop(oldest))

    def _drop(self, page: PageBase) -> None:
        self.pages.removeWidget(page)
        page.hide()
        page.deleteLater()

    def _go(self, step: int) -> None:
        target = self._history.go(step)
        if target is not None:
            self._show(target)
            self.actions_table.refresh()

    def _open_hit(self, hit: Hit) -> None:
        if hit.target is not None:
            self.navigate(hit.target)
            self._focus_page()
        if hit.run is not None:
            hit.run()
            if self.focusWidget() is self.box:  # a record was opened: keys are meant for it, not for the box
                self._focus_page()

    def _action_hits(self, text: str) -> Sequence[Hit]:
        _ = self.kit.words.gettext
        tables = [self.actions_table]
        page = self.page()
        if page is not None:
            tables = [*page.findChildren(Actions), self.actions_table]
        return [
            Hit(
                _("Actions"),
                action.text().replace("&&", "&"),
                action.shortcut().toString(),
                table.spec(action.objectName()).icon,
                run=action.trigger,
            )
            for table in tables
            for action in table.offered(text)
        ]

    def _next_pane(self, step: int) -> None:
        page = self.page()
        panes: list[QWidget] = [self.rail, self.box, *(page.panes() if page else [])]
        focus = QApplication.focusWidget()
        inside = [
            at
            for at, pane in enumerate(panes)
            if focus is not None and (pane is focus or pane.isAncestorOf(focus))
        ]
        start = inside[-1] if inside else (0 if step > 0 else len(panes))
        for distance in range(1, len(panes) + 1):
            if _focus_into(panes[(start + step * distance) % len(panes)]):
                return

    def _focus_page(self) -> None:
        page = self.page()
        if page is not None and not any(_focus_into(pane) for pane in page.panes()):
            page.setFocus(Qt.FocusReason.OtherFocusReason)  # its content is still being read: _filled goes on

    def _filled(self) -> None:
        """What was asked for stands on the page: the keyboard goes from the bare page to its first control."""
        page = self.page()
        if page is not None and self.focusWidget() is page:
            self._focus_page()

    def _set_blur(self, on: bool) -> None:
        self.blur.set_on(on)
        self.actions_table.action("window.blur").setChecked(on)

    def _ask_help(self) -> None:
        here = self.here()
        self.help_requested.emit(help_pages.place_of(here.kind, here.tab) if here is not None else "")

    def _ask_history(self) -> None:
        place = place_of(self.focusWidget())
        if place is not None:
            self.history_requested.emit(*place)
            return
        _ = self.kit.words.gettext
        self.notify(lambda: _("Go into a field of a record first: then its history can be shown."))

    def _lock(self) -> None:
        self.save_all()
        self.lock_requested.emit()

    def _say_title(self) -> None:
        # Only the section, never a page's own title: a window's title stands in task lists and on shared screens.
        current = self.page()
        section = self._factories[current.property(_KIND)][1] if current is not None else ""
        self.setWindowTitle(self.rail.words(section) or QGuiApplication.applicationDisplayName())

    def _tell_problem(self, message: Message) -> None:
        self.notify(message, "error")

    def _tell_fault(self, report: str) -> None:
        _ = self.kit.words.gettext
        self.notify(
            lambda: _(
                "The program made a mistake here. Your data are safe; what was just asked for was not done."
            ),
            "error",
            action=lambda: _("Copy the report"),
            on_action=lambda: QGuiApplication.clipboard().setText(report),
        )

    def _restore_place(self) -> None:
        geometry = self.kit.settings.get("window.geometry")
        if isinstance(geometry, str):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard starts on the page."""
        super().showEvent(event)
        if self.focusWidget() is None or self.rail.isAncestorOf(self.focusWidget()) or self.box.hasFocus():
            self._focus_page()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is typed; close at once when nothing is running, else when the last work has ended."""
        self.save_all()
        self.kit.jobs.cancel_all()
        if self._busy():
            self._closing = True
            event.ignore()
            return
        self.kit.settings.set("window.geometry", self.saveGeometry().toBase64().toStdString())
        event.accept()
        self.closed.emit()

    def _busy(self) -> bool:
        return self.kit.commands.busy or bool(self.kit.jobs.running)

    def _close_when_idle(self) -> None:
        if self._closing and not self._busy():
            self._closing = False
            self.close()


def _focus_into(pane: QWidget) -> bool:
    """Focus the pane, or the first thing inside it that takes Tab; whether that was possible."""
    if not pane.isVisible() or not pane.isEnabled():
        return False
    inside = [pane, *pane.findChildren(QWidget)]
    wanted = [
        child
        for child in inside
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible() and child.isEnabled()
    ]
    if not wanted:
        return False
    checked = [child for child in wanted if child.property("checked") and child.property("look") == "nav"]
    (checked or wanted)[0].setFocus(Qt.FocusReason.TabFocusReason)
    return True
