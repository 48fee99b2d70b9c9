"""Payment, delivery, lead time and warranty of a proposal: typed, or taken from a preset in the language of its documents."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kamdesk.desktop.pages.proposal_work import ProposalWork
from kamdesk.desktop.widgets.basic import Say, button, label
from kamdesk.desktop.widgets.inline_text import InlineLongText
from kamdesk.desktop.widgets.section import Section


class Terms(Section):
    """One field for each condition."""

    def __init__(self, work: ProposalWork) -> None:
        kit, _ = work.kit, work.kit.words.gettext
        super().__init__(kit, lambda: _("Terms"))
        self._work = work
        for name, vocabulary, say in (
            ("payment", "payment_terms", lambda: _("Payment")),
            ("delivery", "delivery_terms", lambda: _("Delivery")),
            ("lead_time", "lead_time_terms", lambda: _("Lead time")),
            ("warranty", "warranty_terms", lambda: _("Warranty")),
        ):
            self.body.addLayout(self._term(name, vocabulary, say))

    def _term(self, name: str, vocabulary: str, say: Say) -> QVBoxLayout:
        kit, _ = self.kit, self.kit.words.gettext
        editor = InlineLongText(kit, say)
        self._work.bind(name, editor)
        choose = button(kit, lambda: _("From a preset"), "chevron-down", "link")
        kit.words.bind(
            choose, lambda: choose.setAccessibleName(_("{what}: from a preset").format(what=say()))
        )
        choose.clicked.connect(lambda _checked=False: self._offer_presets(choose, name, vocabulary))
        head = QHBoxLayout()
        head.addWidget(label(kit, say, "muted", buddy=editor))
        head.addStretch(1)
        head.addWidget(choose)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(editor)
        return column

    def _offer_presets(self, at: QWidget, name: str, vocabulary: str) -> None:
        state = self._work.state
        if state is None:
            return
        language = str(state.page.values["language"])
        menu = QMenu(self)
        for item in self._work.place.vocabulary.current.items(vocabulary):
            text = item.text("text", language) or item.label(language)
            action = menu.addAction(item.label(self.kit.words.language))
            action.triggered.connect(lambda _checked=False, text=text: self._work.edit(name, text))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at.mapToGlobal(at.rect().bottomLeft()))
