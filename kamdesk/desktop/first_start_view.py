"""What the first start looks like: five calm steps; the first offers the demo on its first button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from kamdesk.desktop.dialogs.passphrase_fields import NewPassphrase
from kamdesk.desktop.dialogs.recovery_code import RecoveryCodeCard
from kamdesk.desktop.first_start_frame import StartFrame
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import Say, button, columns, label, set_state
from kamdesk.desktop.widgets.section import Card

STEPS = ("welcome", "passphrase", "recovery", "about", "people")


class StepPage(QWidget):
    """A heading, a sentence, the step's own part, and the buttons of the way on."""

    def __init__(self, kit: Kit, number: int, say: Say, detail: Say) -> None:
        super().__init__()
        _ = kit.words.gettext
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        if number:
            column.addWidget(
                label(kit, lambda: _("Step {n} of {total}").format(n=number, total=len(STEPS) - 1), "caption")
            )
        column.addWidget(label(kit, say, "title", wrap=True))
        column.addWidget(label(kit, detail, "muted", wrap=True))
        column.addSpacing(4)
        self.part = QVBoxLayout()
        self.part.setSpacing(10)
        column.addLayout(self.part)
        column.addSpacing(8)
        self.way = columns(spacing=8)
        column.addLayout(self.way)
        column.addStretch(1)
        self.first: QWidget | None = None

    def begin(self) -> None:
        """Put the focus where the step begins."""
        if self.first is not None:
            self.first.setFocus(Qt.FocusReason.TabFocusReason)


class FirstStartView(StartFrame):
    """Signals say what the user wants; see ``first_start`` for what is done."""

    demo_wanted = Signal()
    other_wanted = Signal()

    def __init__(self, kit: Kit, print_pdf: Callable[[bytes], object] | None = None) -> None:
        super().__init__(kit)
        self.steps = QStackedWidget()
        self.pages = {
            "welcome": self._welcome(),
            "passphrase": self._passphrase(),
            "recovery": self._recovery(print_pdf),
            "about": self._about(),
            "people": self._people(),
        }
        for page in self.pages.values():
            self.steps.addWidget(page)
        self.body.addWidget(self.steps)
        self.body.addWidget(self.problem)
        _ = kit.words.gettext
        kit.words.bind(self, lambda: self.setWindowTitle(_("First steps")))

    def step(self) -> str:
        """The step that is shown."""
        return STEPS[self.steps.currentIndex()]

    def show_step(self, step: str) -> None:
        """Go to a step."""
        self.tell("")
        self.steps.setCurrentWidget(self.pages[step])
        self.pages[step].begin()

    def set_busy(self, busy: bool) -> None:
        """While the program works nothing can be pressed twice."""
        self.steps.setEnabled(not busy)
        if not busy:
            self.pages[self.step()].begin()

    # --- the steps --------------------------------------------------------------------------------------------

    def _welcome(self) -> StepPage:
        kit, _ = self.kit, self.kit.words.gettext
        page = StepPage(
            kit, 0,
            lambda: _("Who decides at your clients, and what to say to each of them"),
            lambda: _("kamdesk keeps what you know about clients' people, encrypted on this computer only, and turns it into proposals that speak to each reader."),
        )  # fmt: skip
        self.demo = button(kit, lambda: _("Open the demo"), "eye", "primary")
        self.own = button(kit, lambda: _("Start with my own clients"), "forward")
        self.existing = button(kit, lambda: _("Open a vault that I have…"), "folder")
        for choice, say in (
            (
                self.demo,
                lambda: _(
                    "An invented client with nine people, history and a finished proposal. No passphrase; try anything."
                ),
            ),
            (self.own, lambda: _("A passphrase, a few words about you, and the first people. Five minutes.")),
            (self.existing, lambda: _("From another computer, a copy or a stick.")),
        ):
            choice.setMinimumHeight(kit.theme.px(40))
            card = Card(kit)
            row = columns(spacing=16)
            words = label(kit, say, wrap=True)
            row.addWidget(words, 3)
            row.addWidget(choice, 2)
            card.body.addLayout(row)
            page.part.addWidget(card)
        QWidget.setTabOrder(self.demo, self.own)
        QWidget.setTabOrder(self.own, self.existing)
        page.first = self.demo
        return page

    def _passphrase(self) -> StepPage:
        kit, _ = self.kit, self.kit.words.gettext
        page = StepPage(
            kit, 1,
            lambda: _("Choose a passphrase"),
            lambda: _("It encrypts everything. Nobody can restore it for you, so the next step gives you a spare key on paper."),
        )  # fmt: skip
        self.new = NewPassphrase(kit)
        self.where = label(kit, look="caption", wrap=True)
        self.where_change = button(kit, lambda: _("Change…"), look="link")
        page.part.addWidget(self.new)
        row = columns(self.where, self.where_change, spacing=6)
        row.setStretch(0, 1)
        page.part.addLayout(row)
        self.make = button(kit, lambda: _("Make the vault"), "key", "primary")
        self.back = button(kit, lambda: _("Back"), look="quiet")
        page.way.addWidget(self.make)
        page.way.addWidget(self.back)
        page.way.addStretch(1)
        page.first = self.new
        return page

    def _recovery(self, print_pdf: Callable[[bytes], object] | None) -> StepPage:
        kit, _ = self.kit, self.kit.words.gettext
        page = StepPage(
            kit, 2,
            lambda: _("A recovery code, for the day the passphrase is forgotten"),
            lambda: _("Forty-eight digits that open the vault. Print them, save them to a stick or write them down; they are shown only once."),
        )  # fmt: skip
        self.code = RecoveryCodeCard(kit, print_pdf)
        self.code.hide()
        self.make_code = button(kit, lambda: _("Show me the code"), "key", "primary")
        self.code_next = button(kit, lambda: _("Continue"), "forward", "primary")
        self.code_next.hide()
        self.later = button(kit, lambda: _("Later, remind me"), look="quiet")
        page.part.addWidget(self.code)
        for one in (self.make_code, self.code_next, self.later):
            page.way.addWidget(one)
        page.way.addStretch(1)
        page.first = self.make_code
        return page

    def _about(self) -> StepPage:
        kit, _ = self.kit, self.kit.words.gettext
        page = StepPage(
            kit, 3,
            lambda: _("You and your company"),
            lambda: _("It stands in the heading and under your proposals. What you leave empty can be filled in later under “Our company”."),
        )  # fmt: skip
        names: dict[str, tuple[Say, int, int, int]] = {
            "name": (lambda: _("Your name in full"), 0, 0, 1),
            "post": (lambda: _("Your post"), 0, 1, 1),
            "phone": (lambda: _("Phone"), 1, 0, 1),
            "email": (lambda: _("E-mail"), 1, 1, 1),
            "company": (lambda: _("Company, as in documents"), 2, 0, 2),
            "inn": (lambda: _("Taxpayer number (ИНН)"), 3, 0, 1),
            "address": (lambda: _("Address"), 3, 1, 1),
        }
        self.fields: dict[str, QLineEdit] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        for key, (say, row, column, span) in names.items():
            field = QLineEdit()
            field.textChanged.connect(lambda _text, field=field: set_state(field, "wrong", ""))
            kit.words.bind(field, lambda field=field, say=say: field.setAccessibleName(say()))
            grid.addWidget(label(kit, say, "caption", buddy=field), row * 3, column, 1, span)
            grid.addWidget(field, row * 3 + 1, column, 1, span)
            grid.setRowMinimumHeight(row * 3 + 2, 6)
            self.fields[key] = field
        page.part.addLayout(grid)
        self.about_next = button(kit, lambda: _("Continue"), "forward", "primary")
        self.about_skip = button(kit, lambda: _("Skip"), look="quiet")
        page.way.addWidget(self.about_next)
        page.way.addWidget(self.about_skip)
        page.way.addStretch(1)
        page.first = self.fields["name"]
        return page

    def _people(self) -> StepPage:
        kit, _ = self.kit, self.kit.words.gettext
        page = StepPage(
            kit, 4,
            lambda: _("Bring in the first people"),
            lambda: _("Before anything is taken you see what was understood, and every row that was not taken is named."),
        )  # fmt: skip
        choices: tuple[tuple[str, str, Say, Say], ...] = (
            (
                "paste",
                "paste",
                lambda: _("Paste a list"),
                lambda: _("Names copied from Word, a mail or a table"),
            ),
            ("table", "table", lambda: _("Excel or CSV"), lambda: _("A file with a line for each person")),
            (
                "outlook",
                "mail",
                lambda: _("From Outlook"),
                lambda: _("File → Open & Export → Export to a file, then choose that file"),
            ),
            (
                "vcard",
                "person",
                lambda: _("Contact cards"),
                lambda: _("vCard files (.vcf) of a phone or an address book"),
            ),
        )
        self.sources = {}
        grid = QGridLayout()
        grid.setSpacing(12)
        for at, (code, icon, say, detail) in enumerate(choices):
            card = Card(kit)
            card.body.setSpacing(4)
            head = button(kit, say, icon)
            words = label(kit, detail, "caption", wrap=True)
            words.setMinimumHeight(words.fontMetrics().lineSpacing() * 3)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            card.body.addWidget(head)
            card.body.addWidget(words)
            grid.addWidget(card, at // 2, at % 2)
            self.sources[code] = head
        page.part.addLayout(grid)
        self.finish = button(kit, lambda: _("Later, show me the window"), look="quiet")
        page.way.addWidget(self.finish)
        page.way.addStretch(1)
        page.first = self.sources["paste"]
        return page
