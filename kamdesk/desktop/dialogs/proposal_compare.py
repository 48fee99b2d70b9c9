"""Two versions of a proposal side by side, in two columns; only what differs, or everything; printed on paper (R12)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.pages.proposal_words import ProposalWords
from kamdesk.desktop.widgets.basic import IconLabel, button, clear, columns, label, set_look
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.list_print import PrintColumn, list_pdf
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.desktop.widgets.tick import Tick
from kamdesk.model.messages import Message
from kamdesk.model.written import write_date
from kamdesk.services.proposal_compare import CompareRow, Comparison
from kamdesk.services.proposal_views import VersionView


class ProposalCompareDialog(DialogBase):
    """The versions to choose from are those of one proposal, or the two that were chosen in a list."""

    def __init__(
        self,
        desk: Desk,
        words: ProposalWords,
        versions: Sequence[VersionView],
        before: str,
        after: str,
        parent: QWidget | None = None,
    ) -> None:
        kit, _ = desk.kit, desk.kit.words.gettext
        super().__init__(kit, lambda: _("What differs"), parent, cancel=lambda: _("Close"))
        self.setMinimumSize(kit.theme.px(860), kit.theme.px(560))
        self._desk, self._words = desk, words
        self._found: Comparison | None = None
        self._versions = tuple(versions)
        self.before, self.after = Combo(kit), Combo(kit)
        for combo, chosen, say in (
            (self.before, before, lambda: _("Earlier")),
            (self.after, after, lambda: _("Later")),
        ):
            for one in self._versions:
                combo.addItem(self._called(one), one.id)
            combo.setCurrentIndex(max(0, combo.findData(chosen)))
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(20)
            combo.activated.connect(lambda _at: self._load())
            kit.words.bind(combo, lambda combo=combo, say=say: combo.setAccessibleName(say()))
        self.only = Tick(kit)
        self.only.setChecked(True)
        kit.words.bind(self.only, lambda: self.only.setText(_("Only what differs")))
        self.only.clicked.connect(lambda _checked=False: self._draw())
        self.body.addLayout(columns(self.only, 1))
        self.note = label(kit, lambda: _("Comparing…"), "muted", wrap=True)
        self.body.addWidget(self.note)
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        for at, share in enumerate((2, 3, 3)):
            self._grid.setColumnStretch(at, share)
        scroll = scrolling(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        kit.words.bind(scroll, lambda: scroll.setAccessibleName(_("What differs")))
        head = QGridLayout()
        head.setHorizontalSpacing(12)
        for at, share in enumerate((2, 3, 3)):
            head.setColumnStretch(at, share)
        head.addWidget(QWidget(), 0, 0)
        head.addWidget(self.before, 0, 1)
        head.addWidget(self.after, 0, 2)
        self.body.addLayout(head)
        self.body.addWidget(scroll, 1)
        self.print_button = button(kit, lambda: _("Print"), "print", on_click=self.print_rows)
        self.print_button.setAutoDefault(False)
        self.buttons.insertWidget(0, self.print_button)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self, self.print_rows)
        kit.words.bind(self, self._draw)
        self._load()
        scroll.setFocus()

    def rows(self) -> tuple[CompareRow, ...]:
        """The rows that are shown."""
        if self._found is None:
            return ()
        return tuple(row for row in self._found.rows if row.differs or not self.only.isChecked())

    def print_rows(self) -> None:
        """Print what is shown."""
        found, _ = self._found, self.kit.words.gettext
        if found is None:
            return
        title = _("What differs")
        caption = f"{self._called(found.before)}  →  {self._called(found.after)}"
        heads = [
            PrintColumn(_("Section"), 14),
            PrintColumn(_("Row"), 18),
            PrintColumn(_("Earlier"), 34),
            PrintColumn(_("Later"), 34),
        ]
        cells = [
            [self._section(row), self._say(row.what), self._say(row.before), self._say(row.after)]
            for row in self.rows()
        ]
        family = self.kit.theme.font().family()
        self.kit.jobs.start(
            title,
            lambda _progress: list_pdf(title, caption, heads, cells, family),
            lambda pdf: self._desk.printing.print_pdf(self, title, pdf),
            owner=self,
        )

    # --- inside -----------------------------------------------------------------------------------------------

    def _load(self) -> None:
        compare = self._desk.workplace.proposal_compare
        before, after = str(self.before.currentData()), str(self.after.currentData())
        self.kit.queries.run(
            lambda: compare.compare(before, after),
            self._show,
            lambda message: self.tell(self.kit.words.message(message)),
            owner=self,
            key="proposal compare",
        )

    def _show(self, found: Comparison) -> None:
        self._found = found
        self._draw()

    def _draw(self) -> None:
        if self._found is None:
            return
        kit, ngettext, _ = self.kit, self.kit.words.ngettext, self.kit.words.gettext
        clear(self._grid)
        n = sum(row.differs for row in self._found.rows)
        self.note.setText(
            ngettext("{n} difference", "{n} differences", n).format(n=n)
            if n
            else _("Both versions say the same.")
        )
        at, section = 0, ""
        for row in self.rows():
            if row.section != section:
                section = row.section
                head = label(kit, lambda row=row: self._section(row), "subheading")
                self._grid.addWidget(head, at, 0, 1, 3)
                at += 1
            self._grid.addWidget(self._what(row), at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._side(row.before, row.differs, "drop"), at, 1)
            self._grid.addWidget(self._side(row.after, row.differs, "ok"), at, 2)
            at += 1
        self._grid.setRowStretch(at, 1)

    def _what(self, row: CompareRow) -> QWidget:
        made = label(self.kit, lambda: self._say(row.what), "caption", wrap=True)
        made.setContentsMargins(0, 5, 0, 0)
        return made

    def _side(self, said: Message | None, differs: bool, icon: str) -> QWidget:
        """One side of a row: a sign besides the colour where it differs, a dash where there is nothing."""
        kit = self.kit
        card = QFrame()
        if differs and said is not None:
            set_look(card, "fact")
        row = columns(spacing=8)
        row.setContentsMargins(8, 4, 8, 4)
        if differs and said is not None:
            mark = IconLabel(kit, icon, 16, "danger" if icon == "drop" else "success")
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        text = label(kit, lambda: self._say(said) or "—", "" if differs else "muted", wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        row.addWidget(text, 1)
        outer = QVBoxLayout(card)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(row)
        return card

    def _section(self, row: CompareRow) -> str:
        return self._say(Message(f"compare.section.{row.section}"))

    def _say(self, message: Message | None) -> str:
        return self._words.message(message) if message is not None else ""

    def _called(self, one: VersionView) -> str:
        _ = self.kit.words.gettext
        parts = [
            _("Version {n}").format(n=one.version),
            one.number,
            self._words.label("proposal_status", one.status),
            write_date(one.date, self.kit.words.language) if one.date else "",
        ]
        if (
            len({view.organisation for view in self._versions}) > 1
            or len({view.subject for view in self._versions}) > 1
        ):
            parts.append(f"{one.organisation}, {one.subject}")
        return " · ".join(part for part in parts if part)
