"""Taking arguments from the library for one reader: search by words, those for the reader's type first."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QListWidgetItem, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.rules import markup
from kamdesk.services.library import Library
from kamdesk.services.library_views import ArgumentView
from kamdesk.services.proposal_views import ReaderView


class ArgumentPickDialog(DialogBase):
    """``picked(tuple of argument ids)``. Several are marked with Ctrl or Shift."""

    picked = Signal(object)

    def __init__(
        self,
        kit: Kit,
        words: ProposalWords,
        library: Library,
        reader: ReaderView,
        language: str,
        parent: QWidget | None = None,
    ) -> None:
        _ = kit.words.gettext
        name = words.name(reader.name)
        super().__init__(
            kit, lambda: _("Arguments for {name}").format(name=name), parent, ok=lambda: _("Take")
        )
        self._words, self._library, self._reader, self._language = words, library, reader, language
        self.setMinimumWidth(kit.theme.px(660))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search in the library"))
        self.search.setAccessibleName(_("Search in the library"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._ask())
        self.all = Tick(kit)
        self.all.setText(_("For all types"))
        self.all.setChecked(not reader.lens)
        self.all.toggled.connect(lambda _on: self._ask())
        self.list = QListWidget()
        self.list.setAccessibleName(_("Arguments"))
        self.list.setWordWrap(True)
        self.list.setSpacing(2)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setMinimumSize(QSize(kit.theme.px(600), kit.theme.px(320)))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.note = label(kit, look="muted", wrap=True)
        self.body.addWidget(self.search)
        self.body.addWidget(self.all)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.note)
        self.search.setFocus()
        self._ask()

    def accept(self) -> None:
        """Take the marked ones."""
        ids = tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in self.list.selectedItems())
        if not ids:
            self.tell(self.kit.words.gettext("Nothing is marked. Choose a line first."))
            return
        self.picked.emit(ids)
        super().accept()

    def _ask(self) -> None:
        text = self.search.text().strip()
        lens = "" if self.all.isChecked() else self._reader.lens
        library, language = self._library, self._language
        self.kit.queries.run(
            lambda: library.arguments(lens=lens, language=language, text=text),
            self._show,
            owner=self,
            key="argument pick",
        )

    def _show(self, found: tuple[ArgumentView, ...]) -> None:
        _ = self.kit.words.gettext
        here = {one.argument_id for one in self._reader.chosen}
        self.list.clear()
        offered = [one for one in found if one.id not in here]
        for one in offered:
            facts = [", ".join(self._words.label("criteria", code) for code in one.criteria), one.evidence]
            if one.expired:
                facts.append(_("expired"))
            below = " · ".join(part for part in facts if part)
            item = QListWidgetItem(
                self.kit.icons.icon("argument"), markup.plain(one.text) + (f"\n{below}" if below else "")
            )
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.list.addItem(item)
        self.note.setText("" if offered else _("Nothing more in the library fits. Type a sentence in the reader's column: it becomes an entry of the library."))  # fmt: skip
        self.note.setVisible(not offered)
        if offered and not self.search.hasFocus():
            self.list.setCurrentRow(0)
