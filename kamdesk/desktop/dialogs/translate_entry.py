"""Saying an argument or an objection in another language: the text as it stands above, the same in other words below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.widgets.basic import Say, label
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.model.messages import Message


class TranslateDialog(DialogBase):
    """``chosen(language, values)``; the dialog stays until :meth:`done_well`. ``originals`` maps a field to its text."""

    chosen = Signal(str, object)

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        languages: Sequence[Option],
        fields: Sequence[tuple[str, Say]],
        originals: Mapping[str, str],
    ) -> None:
        _ = kit.words.gettext
        super().__init__(
            kit, lambda: _("The same in another language"), parent, ok=lambda: _("Add to the library")
        )
        self.setMinimumWidth(kit.theme.px(560))
        self.language = Combo(kit)
        for one in languages:
            self.language.addItem(one.label, one.code)
        self.language.setAccessibleName(_("Language"))
        if len(languages) > 1:
            self.body.addWidget(self.language)
        self.fields: dict[str, QPlainTextEdit] = {}
        for name, say in fields:
            original = originals.get(name, "")
            if name != "text" and not original:
                continue
            field = QPlainTextEdit()
            field.setTabChangesFocus(True)
            field.setFixedHeight(kit.theme.px(66 if name in ("text", "answer") else 46))
            kit.words.bind(field, lambda field=field, say=say: field.setAccessibleName(say()))
            caption = label(kit, say, "caption", buddy=field)
            caption.setMinimumHeight(caption.sizeHint().height())
            self.body.addWidget(caption)
            said = label(kit, lambda original=original: original, "muted", wrap=True)
            # a dialog gives a wrapped text one line unless told what it needs
            said.setMinimumHeight(said.heightForWidth(kit.theme.px(500)))
            self.body.addWidget(said)
            self.body.addWidget(field)
            self.fields[name] = field
        note = _("Types, criteria, project and terms are taken over. From now on both count as one: told in one language is told in the other.")  # fmt: skip
        self.body.addWidget(label(kit, lambda: note, "caption", wrap=True))
        self.fields["text"].setFocus()

    def accept(self) -> None:
        """Ask for it to be added; the text is required."""
        values = {name: field.toPlainText().strip() for name, field in self.fields.items()}
        if not values["text"]:
            self.tell(self.kit.words.gettext("Type the text in the other language."))
            self.fields["text"].setFocus()
            return
        self.chosen.emit(
            str(self.language.currentData()), {name: text for name, text in values.items() if text}
        )

    def done_well(self) -> None:
        """It is in the library."""
        super().accept()

    def refused(self, message: Message) -> None:
        """Say why not."""
        self.tell(self.kit.words.message(message))
