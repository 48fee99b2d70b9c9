"""A greeting: a draft to change, what was sent and given before beside it, and three ways to get it out of here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.pages.people_keyed import grows
from kamdesk.desktop.pages.people_words import Said, shown_name
from kamdesk.desktop.widgets.basic import button, columns, label, rows
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.scroll import ScrollColumn
from kamdesk.desktop.widgets.section import Card
from kamdesk.model.messages import LANGUAGES
from kamdesk.rules.agenda import AgendaItem

if TYPE_CHECKING:
    from kamdesk.services.greetings import GreetingCard

_EML = "greeting.eml"
_EARLIER = 280


class GreetingDialog(DialogBase):
    """For one card of Today. ``logged(text)`` when the greeting is to be written down."""

    logged = Signal(str)

    def __init__(self, desk: Desk, said: Said, item: AgendaItem, parent: QWidget) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        self._name = shown_name(item.people[0][1])
        super().__init__(
            kit, lambda: _("Greet: {name}").format(name=self._name), parent, ok=lambda: _("Log as greeted")
        )
        self._desk, self._said, self._item = desk, said, item
        self._person, self._shown = item.people[0][0], ""
        self._card: GreetingCard | None = None
        self.setMinimumSize(kit.theme.px(820), kit.theme.px(480))
        self.language = Combo(kit)
        self.variant = Combo(kit)
        for box, say in ((self.language, lambda: _("Language")), (self.variant, lambda: _("Variant"))):
            kit.words.bind(box, lambda box=box, say=say: box.setAccessibleName(say()))
        for code, words in LANGUAGES.items():
            self.language.addItem(words, code)
        self.language.activated.connect(lambda _at: self._load(str(self.language.currentData())))
        self.variant.activated.connect(lambda at: self._take(at))
        self.variant.setMinimumWidth(kit.theme.px(220))
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        kit.words.bind(self.text, lambda: self.text.setAccessibleName(_("Text of the greeting")))
        self.earlier = ScrollColumn()
        self.earlier.setFixedWidth(kit.theme.px(_EARLIER))
        before = rows(label(kit, lambda: _("Earlier"), "heading"), self.earlier, spacing=6)
        why = label(kit, lambda: kit.words.message(item.reason), "muted", wrap=True)
        self.body.addWidget(why)
        work = QVBoxLayout()
        work.addLayout(columns(self.variant, self.language, 1))
        work.addWidget(self.text, 1)
        both = columns(spacing=16)
        both.addLayout(work, 1)
        both.addLayout(before)
        self.body.addLayout(both, 1)
        self.copy = button(kit, lambda: _("Copy"), "copy", "quiet", self._copy)
        self.mail = button(kit, lambda: _("Open as e-mail"), "mail", "quiet", self._mail)
        self.buttons.insertWidget(0, self.copy)
        self.buttons.insertWidget(1, self.mail)
        self.accepted.connect(lambda: self.logged.emit(self.text.toPlainText()))
        self._load("")
        self.text.setFocus()

    def accept(self) -> None:
        """Only with words: an empty greeting says nothing next year."""
        if self.text.toPlainText().strip():
            super().accept()
        else:
            self.tell(self.kit.words.gettext("Type what you wrote or said: next year it stands here."))

    # --- inside -----------------------------------------------------------------------------------------------

    def _load(self, language: str) -> None:
        greetings, person, kind = self._desk.workplace.greetings, self._person, self._item.sub
        self.kit.queries.run(
            lambda: greetings.card(person, kind, language),
            self._show,
            lambda message: self.tell(self.kit.words.message(message)),
            owner=self,
        )

    def _show(self, card: GreetingCard) -> None:
        _ = self.kit.words.gettext
        first = self._card is None
        self._card = card
        self.language.setCurrentIndex(max(0, self.language.findData(card.language)))
        names = {"formal": _("Formal"), "warm": _("Warm")}
        self.variant.clear()
        count: dict[str, int] = {}
        for draft in card.drafts:
            count[draft.tone] = count.get(draft.tone, 0) + 1
            self.variant.addItem(f"{names[draft.tone]} {count[draft.tone]}")
        self._take(0)
        if first:
            self._show_earlier()

    def _take(self, at: int) -> None:
        """Show a variant; a text that was changed by hand stays, unless it is empty."""
        typed = self.text.toPlainText()
        if self._card is not None and (not typed.strip() or typed == self._shown):
            self._shown = self._card.drafts[at].text
            self.text.setPlainText(self._shown)

    def _show_earlier(self) -> None:
        _ = self.kit.words.gettext
        if self._card is None:
            return
        if not self._card.earlier:
            self.earlier.body.addWidget(
                label(
                    self.kit,
                    lambda: _("Nothing was sent or given yet, as far as the history tells."),
                    "muted",
                    wrap=True,
                )
            )
        for one in self._card.earlier:
            card = grows(Card(self.kit))
            card.body.setContentsMargins(10, 8, 10, 8)
            kind, day = self._said.label("interaction", one.kind), self._said.day(one.on)
            card.body.addWidget(label(self.kit, lambda kind=kind, day=day: f"{kind} · {day}", "caption"))
            words = label(self.kit, lambda one=one: one.text or "—", wrap=True)
            words.setFixedWidth(self.kit.theme.px(_EARLIER - 40))
            words.setMinimumHeight(
                words.heightForWidth(words.width())
            )  # else Qt cuts it at the height of a wider one
            card.body.addWidget(words)
            self.earlier.body.addWidget(card)

    def _copy(self) -> None:
        # a greeting is personal, and it is pasted at once
        self._desk.clipboard.copy(self.text.toPlainText())
        _ = self.kit.words.gettext
        self.tell("")
        self.copy.setText(_("Copied"))

    def _mail(self) -> None:
        place, person, text = self._desk.workplace, self._person, self.text.toPlainText()
        kind, language = self._item.sub, str(self.language.currentData())

        def work() -> str:
            path = self._desk.plain.give(_EML, place.greetings.eml(person, kind, language, text))
            return str(path)

        def opened(path: str) -> None:
            _ = self.kit.words.gettext
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
                self.tell(_("No program opens e-mail files here. Copy the text instead."))

        self.kit.commands.run(
            work, opened, lambda message: self.tell(self.kit.words.message(message)), owner=self
        )
