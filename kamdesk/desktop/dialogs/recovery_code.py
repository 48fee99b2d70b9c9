"""The recovery code: shown once, to print, save or write down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, Qt, Signal
from PySide6.QtGui import QFontDatabase, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.dialogs.disk import ask_where
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.widgets.basic import button, columns, label
from kamdesk.desktop.widgets.section import Card


class RecoveryCodeCard(QWidget):
    """The code in numbered groups with the ways to keep it. ``kept_changed()`` when the user printed, saved or ticked it.

    ``print_pdf`` gets the page to print, None where nothing can be printed.
    """

    kept_changed = Signal()

    def __init__(
        self, kit: Kit, print_pdf: Callable[[bytes], object] | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        _ = kit.words.gettext
        self._kit = kit
        self._code = ""
        self._print = print_pdf
        card = Card(kit)
        self._groups = QGridLayout()
        self._groups.setHorizontalSpacing(22)
        self._groups.setVerticalSpacing(8)
        self._labels: list[QLabel] = []
        card.body.addLayout(self._groups)
        self.print_button = button(kit, lambda: _("Print"), "print", on_click=self._print_it)
        self.print_button.setVisible(print_pdf is not None)
        self.save_button = button(kit, lambda: _("Save as a file…"), "save", on_click=self._ask_file)
        self.written = QCheckBox()
        self.written.toggled.connect(lambda _on: self.kept_changed.emit())
        kit.words.bind(
            self.written,
            lambda: self.written.setText(_("I have kept it where I will find it without this computer")),
        )
        self.told = label(kit, look="caption", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(card)
        column.addLayout(columns(self.print_button, self.save_button, 1))
        column.addWidget(self.written)
        column.addWidget(self.told)
        self.told.hide()

    @property
    def kept(self) -> bool:
        """Whether the user says that the code is kept."""
        return self.written.isChecked()

    def show_code(self, code: str) -> None:
        """Show a code (groups of digits with dashes between)."""
        self._code = code
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(15 * self._kit.theme.scale)
        for number, group in enumerate(code.split("-"), 1):
            mark = label(self._kit, lambda number=number: f"{number}", "caption")
            digits = QLabel(group)
            digits.setFont(font)
            digits.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            row, column = divmod(number - 1, 4)
            self._groups.addWidget(mark, row, column * 2, Qt.AlignmentFlag.AlignRight)
            self._groups.addWidget(digits, row, column * 2 + 1)
            self._labels.append(digits)
        self._groups.setColumnStretch(8, 1)

    def code(self) -> str:
        """The code that is shown."""
        return self._code

    def forget(self) -> None:
        """Take the code off the screen."""
        self._code = ""
        for digits in self._labels:
            digits.clear()

    def save(self, path: Path) -> None:
        """Write the code with a word about what it is for."""
        _ = self._kit.words.gettext
        try:
            path.write_text("\n".join((*self._lines(), "")), "utf-8")
        except OSError as error:
            self._tell(
                _("The file could not be written: {reason}. Choose another place.").format(
                    reason=error.strerror or ""
                )
            )
            return
        self._tell(_("Saved. Move the file off this computer: whoever has it opens the vault."))
        self.written.setChecked(True)

    def _ask_file(self) -> None:
        _ = self._kit.words.gettext
        name = _("kamdesk recovery code.txt")
        ask_where(self, _("Save the recovery code"), name, self.save, folder=Path.home())

    def _print_it(self) -> None:
        if self._print is not None:
            self._print(code_page(self._lines(), self._code))

    def _lines(self) -> tuple[str, ...]:
        _ = self._kit.words.gettext
        return (
            _("Recovery code of the kamdesk vault"),
            self._code,
            _(
                "It opens the vault when the passphrase is forgotten. Keep it on paper in a safe place, away from the computer."
            ),
        )

    def _tell(self, words: str) -> None:
        self.told.setText(words)
        self.told.setVisible(bool(words))


class RecoveryCodeDialog(DialogBase):
    """Shows a fresh code from the settings; it cannot be closed by the button before the code is kept."""

    def __init__(
        self, kit: Kit, code: str, print_pdf: Callable[[bytes], object] | None, parent: QWidget
    ) -> None:
        _ = kit.words.gettext
        super().__init__(
            kit, lambda: _("Your recovery code"), parent, ok=lambda: _("Done"), cancel=lambda: _("Later")
        )
        self.body.addWidget(
            label(
                kit,
                lambda: _(
                    "It is shown only now. It opens the vault when the passphrase is forgotten; an earlier code no longer does."
                ),
                wrap=True,
            )
        )
        self.setMinimumWidth(kit.theme.px(560))
        self.card = RecoveryCodeCard(kit, print_pdf)
        self.card.show_code(code)
        self.card.kept_changed.connect(lambda: self.ok_button.setEnabled(self.card.kept))
        self.ok_button.setEnabled(False)
        self.body.addWidget(self.card)


def code_page(lines: tuple[str, ...], code: str) -> bytes:
    """A printed page (PDF, A4) with a heading, the code in large groups and what it is for."""
    heading, _code, purpose = lines
    groups = code.split("-")
    cells = [
        f"<td style='padding:8px 8px 8px 0;font-size:9pt'>{number}</td>"
        f"<td style='padding:4px 60px 4px 0;white-space:nowrap'>{group}</td>"
        for number, group in enumerate(groups, 1)
    ]
    rows = "".join(f"<tr>{''.join(cells[at : at + 2])}</tr>" for at in range(0, len(cells), 2))
    document = QTextDocument()
    document.setHtml(
        f"<h1 style='font-family:Arial'>{heading}</h1><table style='font-family:monospace;font-size:22pt'>{rows}</table>"
        f"<p style='font-family:Arial;font-size:11pt'>{purpose}</p>"
    )
    target = QBuffer()
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(target)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(25, 25, 25, 25),
            QPageLayout.Unit.Millimeter,
        )
    )
    writer.setResolution(96)
    document.print_(writer)
    del writer
    return bytes(target.data().data())
