"""Recording the consent of a recommender: what it covers, since when, until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.widgets.basic import Say, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.model.messages import KamdeskError, Message


class ConsentDialog(DialogBase):
    """``chosen(scope, on, until)``: ``scope`` is a code or words, ``until`` None. Whoever records it calls :meth:`done_well` or :meth:`refused`."""

    chosen = Signal(str, object, object)

    def __init__(
        self, kit: Kit, parent: QWidget, name: str, scopes: Sequence[Option], today: date, scope: str = ""
    ) -> None:
        _ = kit.words.gettext
        super().__init__(
            kit,
            lambda: _("Consent to be named: {name}").format(name=name),
            parent,
            ok=lambda: _("Record the consent"),
        )
        self._codes = {option.label: option.code for option in scopes}
        self.scope = Combo(kit)
        self.scope.setEditable(True)
        self.scope.addItems(list(self._codes))
        words = next((option.label for option in scopes if option.code == (scope or "proposal")), scope)
        self.scope.setCurrentText(words)
        self.on = QLineEdit(kit.typed.show_date(today))
        self.until = QLineEdit()
        kit.words.bind(self, lambda: self.until.setPlaceholderText(_("Without an end date")))
        self._field(lambda: _("What they agreed to (choose, or type in their words)"), self.scope)
        self._field(lambda: _("Given on"), self.on)
        self._field(lambda: _("Valid until"), self.until)
        self.body.addWidget(
            label(
                kit,
                lambda: _("Keep the letter or the message with the consent: it may be asked for."),
                "muted",
                wrap=True,
            )
        )
        self.scope.setFocus()

    def accept(self) -> None:
        """Ask for it to be recorded; the dialog stays until it is done."""
        _ = self.kit.words.gettext
        days = []
        for field in (self.on, self.until):
            try:
                text = field.text().strip()
                days.append(self.kit.typed.read_date(text) if text else None)
            except (KamdeskError, ValueError):
                self.tell(_("This date is not understood. Type it as in 5 March 2027 or 05.03.2027."))
                field.setFocus()
                return
        words = self.scope.currentText().strip()
        self.chosen.emit(self._codes.get(words, words), days[0], days[1])

    def done_well(self) -> None:
        """The consent is recorded."""
        super().accept()

    def refused(self, message: Message) -> None:
        """Say why not."""
        self.tell(self.kit.words.message(message))

    def _field(self, say: Say, widget: QWidget) -> None:
        self.body.addWidget(label(self.kit, say, "muted", buddy=widget))
        self.body.addWidget(widget)
        self.kit.words.bind(widget, lambda: widget.setAccessibleName(say()))
