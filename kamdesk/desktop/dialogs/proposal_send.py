"""Recording that a proposal was sent, with the next date in the same dialog; and the dialog of the other moves of its status (R12, W6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.widgets.basic import Say, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.model.messages import KamdeskError, Message

_LAST_CHANNEL = "proposal.channel"


@dataclass(frozen=True)
class SendOrder:
    """What the dialog asks for. ``document_ids`` is empty in the dialog of a scan.

    ``reader_ids`` are those who got the document of the group; None where that was not asked.
    """

    document_ids: tuple[str, ...]
    channel: str
    sent_on: date
    next_date: date | None
    note: str
    recipient: str = ""
    reader_ids: tuple[str, ...] | None = None
    accept_behind: bool = False


class DateLine(QLineEdit):
    """A line for a date as people type it."""

    def __init__(self, kit: Kit, say: Say, value: date | None = None) -> None:
        super().__init__()
        self._kit = kit
        self.setText(kit.typed.show_date(value) if value is not None else "")
        kit.words.bind(self, lambda: self.setAccessibleName(say()))

    def value(self) -> date | None:
        """The date, None for an empty line. Raises KamdeskError or ValueError."""
        text = self.text().strip()
        return self._kit.typed.read_date(text) if text else None


class SendDialog(DialogBase):
    """``ordered(SendOrder)``. ``documents`` are id, name and a mark; all of them are ticked.

    ``older`` says by id why a document may not be what is meant to leave; sending one of these needs a tick of its own.
    ``readers`` are id and name of those who may have got the documents ``for_group``; all of them are ticked.
    """

    ordered = Signal(object)

    def __init__(
        self,
        kit: Kit,
        documents: Sequence[tuple[str, str, str]],
        today: date,
        next_date: date | None,
        parent: QWidget | None = None,
        *,
        scan: str = "",
        older: Mapping[str, str] | None = None,
        readers: Sequence[tuple[str, str]] = (),
        for_group: Collection[str] = (),
        channel: str = "",
    ) -> None:
        _ = kit.words.gettext
        heading: Say = (
            (lambda: _("Keep what was sent: {name}").format(name=scan))
            if scan
            else (lambda: _("Record the sending"))
        )
        super().__init__(
            kit, heading, parent, ok=(lambda: _("Keep")) if scan else (lambda: _("Mark as sent"))
        )
        self._scan = bool(scan)
        self._older = dict(older or {})
        self._today = today
        self._readers = tuple(readers)
        self._for_group = frozenset(for_group)
        self.ticks: dict[str, Tick] = {}
        self.reader_ticks: dict[str, Tick] = {}
        self.all_the_same = Tick(kit)
        kit.words.bind(
            self.all_the_same,
            lambda: self.all_the_same.setText(_("Record it with the earlier data all the same")),
        )
        if not scan:
            self.body.addWidget(
                label(
                    kit,
                    lambda: _(
                        "Send the files the way you are used to; here stays which exact file went to whom."
                    ),
                    "muted",
                    wrap=True,
                )
            )
            self._offer_documents(documents)
            self.body.addWidget(self.all_the_same)
            self._ask_about_older()
        else:
            self.all_the_same.setParent(self)
            self.all_the_same.hide()
        self.channel = Combo(kit)
        self._fill_channels(kit.vocabularies.options("dispatch_channel"), channel)
        self.recipient = QLineEdit()
        self.sent_on = DateLine(kit, lambda: _("Sent on"), today)
        ahead = next_date if next_date is not None and next_date >= today else None
        self.next_date = DateLine(kit, lambda: _("When do you get in touch next"), ahead)
        self.note = QLineEdit()
        kit.words.bind(self.note, lambda: self.note.setAccessibleName(_("Remark")))
        fields = QGridLayout()
        fields.setColumnStretch(1, 1)
        rows: list[tuple[Say, QWidget]] = [
            (lambda: _("Channel"), self.channel),
            (lambda: _("Somebody else, or a platform"), self.recipient),
            (lambda: _("Sent on"), self.sent_on),
        ]
        if not scan:
            rows.append((lambda: _("When do you get in touch next"), self.next_date))
        rows.append((lambda: _("Remark"), self.note))
        for at, (say, field) in enumerate(rows):
            fields.addWidget(label(kit, say, buddy=field), at, 0)
            fields.addWidget(field, at, 1)
            kit.words.bind(field, lambda field=field, say=say: field.setAccessibleName(say()))
        self.body.addLayout(fields)
        if not scan:
            kit.words.bind(
                self.next_date, lambda: self.next_date.setPlaceholderText(_("for example, tomorrow"))
            )
            self.body.addWidget(
                label(
                    kit,
                    lambda: _("A sent proposal never stands without a date of the next contact."),
                    "caption",
                    wrap=True,
                )
            )
        (self.channel if scan or ahead else self.next_date).setFocus()

    def accept(self) -> None:
        """Order it, or say what is missing beside the buttons."""
        _ = self.kit.words.gettext
        chosen = tuple(document_id for document_id, tick in self.ticks.items() if tick.isChecked())
        if not self._scan and not chosen:
            self.tell(_("Tick at least one document."))
            return
        nobody = self.reader_ticks and not any(tick.isChecked() for tick in self.reader_ticks.values())
        if nobody and self._for_group & set(chosen) and not self.recipient.text().strip():
            self.tell(_("Say who got the document for the group: tick a reader, or write who it was."))
            self.recipient.setFocus()
            return
        if not self.all_the_same.isChecked() and any(one in self._older for one in chosen):
            self.tell(_("A document holds earlier data. Take its tick away, or confirm that it is sent so."))
            self.all_the_same.setFocus()
            return
        values: dict[DateLine, Any] = {}
        for line in (self.sent_on, self.next_date):
            try:
                values[line] = line.value()
            except (KamdeskError, ValueError) as problem:
                words = (
                    self.kit.words.message(problem.message)
                    if isinstance(problem, KamdeskError)
                    else _("This is not a date")
                )
                self._refuse(line, words)
                return
        if values[self.sent_on] is None:
            self._refuse(self.sent_on, _("Say on which day it was sent."))
            return
        if values[self.sent_on] > self._today:
            self._refuse(self.sent_on, self.kit.words.message(Message("sending.ahead")))
            return
        if not self._scan and values[self.next_date] is None:
            self._refuse(
                self.next_date,
                _("Say when you will get in touch next: a sent proposal never stands without a date."),
            )
            return
        if not self._scan and values[self.next_date] < self._today:
            self._refuse(
                self.next_date, _("This date lies in the past. Say when you will get in touch next.")
            )
            return
        channel = str(self.channel.currentData())
        self.kit.settings.set(_LAST_CHANNEL, channel)
        readers = tuple(reader_id for reader_id, tick in self.reader_ticks.items() if tick.isChecked())
        self.ordered.emit(
            SendOrder(
                chosen,
                channel,
                values[self.sent_on],
                values[self.next_date],
                self.note.text().strip(),
                self.recipient.text().strip(),
                readers if self.reader_ticks else None,
                self.all_the_same.isChecked(),
            )
        )
        super().accept()

    def tell(self, words: str) -> None:
        """Say it and grow by as much, so that nothing is pushed over something else."""
        super().tell(words)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            needed = (
                layout.totalHeightForWidth(self.width())
                if layout.hasHeightForWidth()
                else self.sizeHint().height()
            )
            self.resize(self.width(), max(self.height(), needed))

    def _ask_about_older(self) -> None:
        self.all_the_same.setVisible(
            any(self.ticks[one].isChecked() for one in self._older if one in self.ticks)
        )

    def _refuse(self, line: QLineEdit, words: str) -> None:
        self.tell(words)
        line.setFocus()
        line.selectAll()

    def _offer_documents(self, documents: Sequence[tuple[str, str, str]]) -> None:
        kit = self.kit
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for document_id, name, mark in documents:
            tick = Tick(kit)
            tick.setText(f"{name}  ·  {mark}".replace("&", "&&") if mark else name.replace("&", "&&"))
            tick.setChecked(True)
            self.ticks[document_id] = tick
            column.addWidget(tick)
            if document_id in self._older:
                why = self._older[document_id]
                column.addWidget(label(kit, lambda why=why: why, "error", wrap=True))
                tick.setAccessibleDescription(why)
                tick.toggled.connect(lambda _on: self._ask_about_older())
            if document_id in self._for_group and len(self._readers) > 1:
                column.addWidget(self._offer_readers(tick))
        column.addStretch(1)
        scroll = scrolling(inner)
        scroll.setMinimumSize(
            kit.theme.px(520),
            min(
                kit.theme.px(230),
                kit.theme.px(32)
                * (max(1, len(documents)) + 2 * len(self._older) + (len(self.reader_ticks) + 1) // 2)
                + 8,
            ),
        )
        self.body.addWidget(scroll, 1)

    def _offer_readers(self, of: Tick) -> QWidget:
        """Who got the document for the group, two beside each other below its line."""
        kit, held = self.kit, QWidget()
        grid = QGridLayout(held)
        grid.setContentsMargins(kit.theme.px(30), 0, 0, 4)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        for at, (reader_id, name) in enumerate(self._readers):
            tick = Tick(kit)
            tick.setText(name.replace("&", "&&"))
            tick.setChecked(True)
            kit.words.bind(
                tick,
                lambda tick=tick, name=name: tick.setAccessibleName(
                    kit.words.gettext("{name} got the document for the group").format(name=name)
                ),
            )
            self.reader_ticks[reader_id] = tick
            grid.addWidget(tick, at // 2, at % 2)
        of.toggled.connect(held.setVisible)
        return held

    def _fill_channels(self, options: Sequence[Option], wanted: str) -> None:
        for option in options:
            self.channel.addItem(option.label, option.code)
        last = self.channel.findData(wanted or self.kit.settings.get(_LAST_CHANNEL, "email"))
        self.channel.setCurrentIndex(max(0, last))


class StatusDialog(DialogBase):
    """``ordered(next date or None, reason)`` for a move that needs a date of the next contact or a reason of refusal."""

    ordered = Signal(object, str)

    def __init__(
        self,
        kit: Kit,
        status: str,
        next_date: date | None,
        *,
        needs_date: bool,
        needs_reason: bool,
        parent: QWidget | None = None,
    ) -> None:
        _ = kit.words.gettext
        super().__init__(kit, lambda: status, parent, ok=lambda: _("Save"))
        self._needs_date = needs_date
        self.next_date = DateLine(kit, lambda: _("When do you get in touch next"), next_date)
        self.reason = Combo(kit)
        self.reason.addItem(_("Not known"), "")
        for option in kit.vocabularies.options("loss_reason"):
            self.reason.addItem(option.label, option.code)
        kit.words.bind(self.reason, lambda: self.reason.setAccessibleName(_("Reason of refusal")))
        if needs_reason:
            self.body.addWidget(label(kit, lambda: _("Reason of refusal"), buddy=self.reason))
            self.body.addWidget(self.reason)
        if needs_date:
            self.body.addWidget(label(kit, lambda: _("When do you get in touch next"), buddy=self.next_date))
            self.body.addWidget(self.next_date)
        (self.reason if needs_reason else self.next_date).setFocus()

    def accept(self) -> None:
        """Order it, or say what is missing."""
        _ = self.kit.words.gettext
        try:
            when = self.next_date.value()
        except (KamdeskError, ValueError):
            self.tell(_("This is not a date"))
            return
        if self._needs_date and when is None:
            self.tell(_("Say when you will get in touch next: a sent proposal never stands without a date."))
            self.next_date.setFocus()
            return
        self.ordered.emit(when, str(self.reason.currentData() or ""))
        super().accept()
