"""Taking arguments from the library for one reader: search by words, those for the reader's type first, with what is known of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QListWidgetItem, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.basic import label
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.model.written import write_date
from kamdesk.rules import markup
from kamdesk.services.library import Library
from kamdesk.services.library_reader import ForReader
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
        library, language, reader = self._library, self._language, self._reader
        self.kit.queries.run(
            lambda: (
                library.arguments(lens=lens, language=language, text=text),
                library.for_reader(reader.person_id, reader.lens),
            ),
            lambda found: self._show(*found),
            owner=self,
            key="argument pick",
        )

    def _show(self, found: tuple[ArgumentView, ...], known: Mapping[str, ForReader]) -> None:
        _ = self.kit.words.gettext
        here = {one.argument_id for one in self._reader.chosen}
        self.list.clear()
        offered = [one for one in found if one.id not in here]
        for one in offered:
            facts = [", ".join(self._words.label("criteria", code) for code in one.criteria), one.evidence]
            if one.expired:
                facts.append(_("expired"))
            about = known.get(one.id, ForReader())
            # what is known comes before the proof: a long proof is what may be cut at the end
            lines = [markup.plain(one.text), self._known(one, about), _joined(facts)]
            doubt = one.expired or about.old is not None
            item = QListWidgetItem(
                self.kit.icons.icon("clock" if doubt else "history" if about.told else "argument"),
                "\n".join(line for line in lines if line),
            )
            item.setToolTip(item.text())
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.list.addItem(item)
        self.note.setText("" if offered else _("Nothing more in the library fits. Type a sentence in the reader's column: it becomes an entry of the library."))  # fmt: skip
        self.note.setVisible(not offered)
        if offered and not self.search.hasFocus():
            self.list.setCurrentRow(0)

    def _known(self, one: ArgumentView, about: ForReader) -> str:
        """How it went with readers of this type, whether this one heard it, how fresh its evidence is."""
        _, ngettext = self.kit.words.gettext, self.kit.words.ngettext
        went = []
        if about.won:
            went.append(ngettext("accepted {n} time", "accepted {n} times", about.won).format(n=about.won))
        if about.lost:
            went.append(ngettext("declined {n} time", "declined {n} times", about.lost).format(n=about.lost))
        who = self._words.label("lens", self._reader.lens) or _("Type not known")
        fresh = ""
        if about.old is not None:
            fresh = self._words.message(about.old)
        elif one.evidence_date is not None:
            day = write_date(one.evidence_date, self.kit.words.language)
            fresh = _("evidence as of {day}").format(day=day)
        told = self._words.message(about.told) if about.told is not None else ""
        line = _joined([f"{who}: {', '.join(went)}" if went else "", told, fresh])
        return line[:1].upper() + line[1:]


def _joined(parts: Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)
