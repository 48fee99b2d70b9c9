"""What came in, shown before it is taken: an invitation or a mail, at which client, with whom, with which files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import Say, columns, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.tick import Tick

if TYPE_CHECKING:
    from kamdesk.model.messages import Message
    from kamdesk.services.incoming import Found, InvitationFound, MailFound, Someone

_EXCERPT: Final = 600
_NAMES: Final = 80
"""Pixels for the names of lines, so that what they say stands in one column."""


class IncomingDialog(DialogBase):
    """``taken(target client id, interaction id)``. Shows one invitation, or the mail of ``found`` where it holds no invitation."""

    taken = Signal(str, str)

    def __init__(
        self,
        desk: Desk,
        said: Said,
        invitation: InvitationFound | None,
        mail: MailFound | None,
        remarks: tuple[Message, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        self._desk, self._said = desk, said
        self.invitation, self.mail = invitation, mail
        heading, ok = self._words(desk)
        super().__init__(desk.kit, heading, parent, ok=ok)
        kit = desk.kit
        _ = kit.words.gettext
        self.setMinimumWidth(kit.theme.px(620))
        self.people: list[tuple[Tick, Someone]] = []
        self.files: list[Tick] = []
        if invitation is not None:
            self._show_invitation(invitation)
        elif mail is not None:
            self._show_mail(mail)
        self.client = Combo(kit)
        self.client.setMinimumWidth(kit.theme.px(300))
        kit.words.bind(self.client, lambda: self.client.setAccessibleName(_("Client")))
        called = label(kit, lambda: _("Client"), "muted", buddy=self.client)
        called.setMinimumWidth(kit.theme.px(_NAMES))
        self.body.addLayout(columns(called, self.client, 1))
        given = invitation or mail
        self._show_people(given.people if given is not None else ())
        if mail is not None and invitation is None:
            self._show_files(mail)
        for remark in remarks:
            self.body.addWidget(
                label(kit, lambda remark=remark: kit.words.message(remark), "muted", wrap=True)
            )
        self._load()

    # --- what is shown ------------------------------------------------------------------------------------------

    def _words(self, desk: Desk) -> tuple[Say, Say]:
        _ = desk.kit.words.gettext
        if self.invitation is None:
            known = self.mail is not None and bool(self.mail.interaction_id)
            if known:
                return lambda: _("This mail is in the history already"), lambda: _("Show it")
            return lambda: _("A mail for the history"), lambda: _("Keep the mail")
        change = self.invitation.change
        if change == "changed":
            return lambda: _("The meeting has changed"), lambda: _("Change the meeting")
        if change == "cancelled":
            return lambda: _("The meeting is called off"), lambda: _("Cancel the meeting")
        if change == "same" and self.invitation.interaction_id:
            return lambda: _("This meeting is planned already"), lambda: _("Show it")
        if change == "same":
            return lambda: _("A meeting that was never planned here is called off"), lambda: _("Close")
        return lambda: _("A meeting from an invitation"), lambda: _("Plan the meeting")

    def _show_invitation(self, found: InvitationFound) -> None:
        kit, _ = self._desk.kit, self._desk.kit.words.gettext
        said, one = self._said, found.invitation
        self.body.addWidget(label(kit, lambda: one.summary or _("Without a subject"), "heading", wrap=True))
        moved = found.was is not None and found.was != one.starts_at

        def when() -> str:
            words = said.day(one.starts_at.date()) if one.all_day else said.moment(one.starts_at)
            if one.ends_at is not None and not one.all_day:
                same_day = one.ends_at.date() == one.starts_at.date()
                words += f" – {one.ends_at:%H:%M}" if same_day else f" – {said.moment(one.ends_at)}"
            return (
                _("{now} (it was {before})").format(now=words, before=said.moment(found.was))
                if moved
                else words
            )

        self._line(lambda: _("When"), when)
        if one.place:
            self._line(lambda: _("Where"), lambda: one.place)
        if one.repeats:
            self.body.addWidget(
                label(
                    kit, lambda: _("The meeting repeats; its first time is planned here."), "muted", wrap=True
                )
            )
        past = one.starts_at < self._desk.workplace.store.now()
        if past and found.change == "new":
            self.body.addWidget(
                label(kit, lambda: _("This moment has passed: it will ask how it went."), "muted", wrap=True)
            )

    def _show_mail(self, found: MailFound) -> None:
        kit, _ = self._desk.kit, self._desk.kit.words.gettext
        mail = found.mail
        self.body.addWidget(label(kit, lambda: mail.subject or _("Without a subject"), "heading", wrap=True))
        if mail.sent_at is not None:
            self._line(lambda: _("Date sent"), lambda: self._said.moment(mail.sent_at))
        if mail.sender is not None:
            sender = mail.sender
            self._line(
                lambda: _("Sender"), lambda: " ".join(part for part in (sender.name, sender.email) if part)
            )
        if mail.text:
            text = mail.text[:_EXCERPT] + ("…" if len(mail.text) > _EXCERPT else "")
            words = label(kit, lambda: text, wrap=True)
            words.setMaximumHeight(kit.theme.px(120))
            self.body.addWidget(words)

    def _show_people(self, people: tuple[Someone, ...]) -> None:
        kit, _ = self._desk.kit, self._desk.kit.words.gettext
        if not people:
            return
        self.body.addWidget(label(kit, lambda: _("With whom"), "muted"))
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for one in people:
            tick = Tick(kit)
            tick.setChecked(one.known)
            kit.words.bind(tick, lambda tick=tick, one=one: tick.setText(self._called(one)))
            column.addWidget(tick)
            self.people.append((tick, one))
        area = QScrollArea()
        area.setWidget(room)
        area.setWidgetResizable(True)
        area.setFocusPolicy(area.focusPolicy().NoFocus)
        area.setMaximumHeight(kit.theme.px(150))
        area.setFixedHeight(min(room.sizeHint().height() + 4, kit.theme.px(150)))
        self.body.addWidget(area)

    def _called(self, one: Someone) -> str:
        _ = self._desk.kit.words.gettext
        name = shown_name(one.name)
        if one.colleague_id:
            return _("{name}, from us").format(name=name)
        if one.person_id:
            return name
        return _("{name} ({email}): add as a new person").format(name=name, email=one.email or "—")

    def _show_files(self, found: MailFound) -> None:
        kit, _ = self._desk.kit, self._desk.kit.words.gettext
        if not found.mail.files or found.interaction_id:
            return
        self.body.addWidget(label(kit, lambda: _("Files to keep beside the mail"), "muted"))
        for one in found.mail.files:
            tick = Tick(kit)
            tick.setChecked(True)
            tick.setText(f"{one.name} · {self._size(len(one.data))}")
            self.body.addWidget(tick)
            self.files.append(tick)

    def _size(self, size: int) -> str:
        from kamdesk.desktop.pages.files_words import said_size

        return said_size(self._desk.kit, size)

    def _line(self, say: Say, value: Say) -> None:
        kit = self._desk.kit
        name = label(kit, say, "muted")
        name.setMinimumWidth(kit.theme.px(_NAMES))
        words = label(kit, value, wrap=True)
        row = columns(name, words)
        row.setStretch(1, 1)
        self.body.addLayout(row)

    def _load(self) -> None:
        found = self.invitation or self.mail
        chosen = found.organisation_id if found is not None else ""
        place = self._desk.workplace

        def show(rows: tuple) -> None:
            self.client.addItem(self._desk.kit.words.gettext("No client"), "")
            for row in rows:
                self.client.addItem(row.name, row.id)
            self.client.setCurrentIndex(max(0, self.client.findData(chosen)))

        self._desk.kit.queries.run(place.organisations.list, show, owner=self)

    # --- taking it ----------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Take it; the dialog stays where something is missing, and says what."""
        found = self.invitation or self.mail
        if found is None:
            return
        known = found.interaction_id
        if self.invitation is not None:
            nothing_to_do = self.invitation.change == "same"
        else:
            nothing_to_do = bool(known)
        if nothing_to_do:
            if known:
                self.taken.emit(found.organisation_id, known)
            super().accept()
            return
        self._take(self.client.currentData() or "")

    def _take(self, client: str) -> None:
        place, invitation, mail = self._desk.workplace, self.invitation, self.mail
        add = tuple(one for tick, one in self.people if tick.isChecked() and not one.known)
        leave = tuple(
            one.person_id or one.colleague_id
            for tick, one in self.people
            if not tick.isChecked() and one.known
        )
        files = None
        if mail is not None:
            files = tuple(
                one for tick, one in zip(self.files, mail.mail.files, strict=False) if tick.isChecked()
            )

        def work() -> str:
            if invitation is not None:
                return place.incoming.take_invitation(invitation, client, add, leave)
            return place.incoming.take_mail(mail, client, add, leave, files)

        def done(row: str) -> None:
            self.taken.emit(client, row)
            super(IncomingDialog, self).accept()

        if self.ok_button is not None:
            self.ok_button.setEnabled(False)
        self._desk.kit.commands.run(work, done, self._refused, owner=self)

    def _refused(self, problem: Message) -> None:
        if self.ok_button is not None:
            self.ok_button.setEnabled(True)
        self.tell(self._desk.kit.words.message(problem))


def dialogs_of(found: Found) -> list[tuple[InvitationFound | None, MailFound | None]]:
    """What is asked one after another: each invitation, then the mail."""
    asked: list[tuple[InvitationFound | None, MailFound | None]] = [(one, None) for one in found.invitations]
    return [*asked, *([(None, found.mail)] if found.mail is not None else [])]
