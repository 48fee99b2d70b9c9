"""How a proposal stands among its versions and against the calendar: the button of versions, what is said when it ran out,
was replaced, or was started from another client's (R12).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from kamdesk.desktop.dialogs.prolong import PROLONGED_DAYS, ProlongDialog
from kamdesk.desktop.dialogs.proposal_compare import ProposalCompareDialog
from kamdesk.desktop.dialogs.proposal_start import StartDialog
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.pages.proposal_work import ProposalState, ProposalWork
from kamdesk.desktop.widgets.basic import IconLabel, Say, button, clear, label, set_look
from kamdesk.model.messages import Message
from kamdesk.rules.proposal_checks import TRANSITIONS
from kamdesk.services.proposal_views import VersionView


class VersionButton(QToolButton):
    """ "Version 2 of 3": goes to the others, makes a new one, compares, starts for another client."""

    def __init__(self, work: ProposalWork, words: ProposalWords) -> None:
        super().__init__()
        self._work, self._words, self._kit = work, words, work.kit
        self._said: object = None
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIcon(self._kit.icons.icon("copy"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._kit.words.bind(self, self._say)
        work.loaded.connect(lambda _state: self._say())

    def new_version(self) -> None:
        """A draft that is the next version of this proposal."""
        versions, proposal_id = self._work.place.proposal_versions, self._work.id
        self._work.run(
            lambda: versions.new_version(proposal_id),
            self._open,
            lambda message: self._work.desk.window.notify(message, "error"),
        )

    def compare(self) -> None:
        """This version beside the one before it, or beside the proposal it was started from."""
        state, _ = self._work.state, self._kit.words.gettext
        if state is None:
            return
        known = list(state.page.versions)
        if not known:
            if state.page.started_from is None:
                self._work.desk.window.notify(
                    lambda: _("There is no other version yet. Make one first."), "info"
                )
                return
            views = self._work.place.proposal_compare
            source, own = state.page.started_from.id, state.page.id
            self._kit.queries.run(
                lambda: views.compare(source, own),
                lambda found: self._compare([found.before, found.after]),
                owner=self,
            )
            return
        self._compare(known)

    def elsewhere(self) -> None:
        """Ask for the client for whom a copy of this one is the start."""
        place, source, _ = self._work.place, self._work.id, self._kit.words.gettext
        state = self._work.state
        if state is None:
            return
        dialog = StartDialog(self._kit, self._words, "", self.window(), source=source)
        dialog.ordered.connect(
            lambda client, from_id, subject: self._work.run(
                lambda: place.proposals.start(client, from_id=from_id or None, subject=subject), self._open
            )
        )
        own = state.page.organisation_id
        self._kit.queries.run(
            lambda: (
                [one for one in place.organisations.list() if one.id != own],
                [one for one in place.proposals.list() if one.id == source],
            ),
            lambda found: dialog.show_choices(*found),
            owner=dialog,
        )
        dialog.open()

    # --- inside -----------------------------------------------------------------------------------------------

    def _compare(self, versions: list[VersionView]) -> None:
        ids = [one.id for one in versions]
        at = ids.index(self._work.id) if self._work.id in ids else len(ids) - 1
        before = ids[at - 1] if at else ids[0]
        after = ids[at] if at else ids[min(1, len(ids) - 1)]
        ProposalCompareDialog(self._work.desk, self._words, versions, before, after, self.window()).open()

    def _open(self, proposal_id: str) -> None:
        self._work.desk.window.navigate(Target("proposal", proposal_id))

    def _say(self) -> None:
        _, state = self._kit.words.gettext, self._work.state
        versions = state.page.versions if state is not None else ()
        own = int(str(state.page.values.get("revision") or 1)) if state is not None else 1
        started = state.page.started_from is not None if state is not None else False
        said = (self._kit.words.language, self._work.id, own, versions, started)
        if said == self._said:  # a menu that is open must not go because something else was stored
            return
        self._said = said
        last = versions[-1].version if versions else own
        self.setText(_("Version {n} of {last}").format(n=own, last=last) if last > 1 else _("Versions"))
        self.setAccessibleName(self.text())
        self.setToolTip(_("Versions of this proposal, and copies of it"))
        old = self.menu()
        menu = QMenu(self)
        for one in versions:
            parts = [
                _("Version {n}").format(n=one.version), one.number, self._words.label("proposal_status", one.status),
            ]  # fmt: skip
            action = menu.addAction(" · ".join(part for part in parts if part).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(state is not None and one.id == state.page.id)
            action.triggered.connect(lambda _checked=False, one=one: self._open(one.id))
        if versions:
            menu.addSeparator()
        menu.addAction(_("New version")).triggered.connect(lambda _checked=False: self.new_version())
        compare = menu.addAction(_("Compare versions…"))
        compare.triggered.connect(lambda _checked=False: self.compare())
        compare.setEnabled(bool(versions) or started)
        menu.addAction(_("Start for another client…")).triggered.connect(
            lambda _checked=False: self.elsewhere()
        )
        self.setMenu(menu)
        if old is not None:
            old.deleteLater()


class StandingBar(QWidget):
    """One line above the work when the calendar or another version has overtaken the proposal."""

    def __init__(self, work: ProposalWork, words: ProposalWords) -> None:
        super().__init__()
        self._work, self._words, self._kit = work, words, work.kit
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(6)
        self._shown: object = None
        self.hide()
        work.loaded.connect(self._show)
        self._kit.words.bind(self, self._again)

    def prolong(self) -> None:
        """Ask until when and why."""
        state = self._work.state
        if state is None:
            return
        values = state.page.values
        reason = str(values.get("validity_reason") or "")
        dialog = ProlongDialog(self._kit, state.today + timedelta(days=PROLONGED_DAYS), reason, self.window())
        proposals, proposal_id = self._work.place.proposals, self._work.id
        dialog.ordered.connect(
            lambda until, why: self._work.run(lambda: proposals.prolong(proposal_id, until, why))
        )
        dialog.open()

    def put_down(self) -> None:
        """Say that it is expired."""
        proposals, proposal_id = self._work.place.proposals, self._work.id
        self._work.run(lambda: proposals.set_status(proposal_id, "expired"))

    # --- inside -----------------------------------------------------------------------------------------------

    def _show(self, state: ProposalState) -> None:
        page = state.page
        until: Any = page.values.get("valid_until")
        shown = (page.over, page.status, until, page.superseded_by)
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._column)
        _ = self._kit.words.gettext
        if page.over and isinstance(until, date):
            says: list[tuple[Say, str, Any]] = [(lambda: _("Prolong…"), "calendar", self.prolong)]
            if "expired" in TRANSITIONS.get(page.status, ()):
                says.append((lambda: _("Put down as expired"), "close", self.put_down))
            self._line("warning", Message("proposal.is_over", {"date": until}), says)
        elif page.status == "expired":
            self._line(
                "info", Message("proposal.was_expired"), [(lambda: _("Prolong…"), "calendar", self.prolong)]
            )
        if page.superseded_by:
            newer = page.superseded_by
            self._line(
                "info",
                Message("proposal.is_superseded"),
                [(lambda: _("Open the newer version"), "forward", lambda: self._open(newer))],
            )
        self.setVisible(self._column.count() > 0)

    def _line(self, icon: str, message: Message, actions: list[tuple[Say, str, Any]]) -> None:
        kit = self._kit
        line = QFrame()
        set_look(line, "notice-warning" if icon == "warning" else "notice-info")
        row = QHBoxLayout(line)
        row.setContentsMargins(10, 6, 10, 6)
        row.setSpacing(8)
        row.addWidget(IconLabel(kit, icon, 18, "warning" if icon == "warning" else "icon"))
        row.addWidget(label(kit, lambda: self._words.message(message), wrap=True), 1)
        for say, picture, act in actions:
            row.addWidget(button(kit, say, picture, "", act))
        self._column.addWidget(line)

    def _open(self, proposal_id: str) -> None:
        self._work.desk.window.navigate(Target("proposal", proposal_id))

    def _again(self) -> None:
        self._shown = None
        if self._work.state is not None:
            self._show(self._work.state)
