"""The looks of "Our company": a card read like a page, the logo, the numbering with its example, the colleagues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.library_add_line import AddLine
from kamdesk.desktop.widgets.basic import Say, button, label, set_look
from kamdesk.desktop.widgets.editor_for import editor_for
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.desktop.widgets.section import FieldList, Section
from kamdesk.desktop.widgets.two_columns import TwoColumns
from kamdesk.model.fields import FieldSpec

NAMES: Final = ("full_name", "short_name", "address", "phone", "email", "website")
REQUISITES: Final = ("inn", "kpp", "ogrn")
BANK: Final = ("bank", "bik", "account", "correspondent_account")
DOCUMENTS: Final = ("vat_mode", "currency", "number_pattern")


class CompanyView(PageBase):
    """``editors`` by field name; ``warnings`` by field name say what looks wrong without refusing it."""

    def __init__(self, kit: Kit, specs: Mapping[str, FieldSpec]) -> None:
        super().__init__(kit)
        _ = kit.words.gettext
        self.editors: dict[str, InlineEditor] = {}
        self.warnings: dict[str, QLabel] = {}
        self.hint = label(
            kit,
            lambda: _("Asked once: every document begins with it. Start with the full name."),
            "muted",
            wrap=True,
        )
        self.body.addWidget(self.hint)
        columns = TwoColumns(kit, (3, 2))
        self._specs = specs
        self._lists: list[FieldList] = []
        columns.left.addWidget(
            self._section(lambda: _("Names and contacts"), NAMES, ("full_name", "short_name", "address"))
        )
        columns.left.addWidget(self._section(lambda: _("Requisites"), REQUISITES, REQUISITES))
        columns.left.addWidget(self._section(lambda: _("Bank"), BANK, ("bank", "bik", "account")))
        columns.right.addWidget(self._logo_section())
        columns.right.addWidget(self._documents_section())
        self.body.addWidget(columns)
        self.body.addWidget(self._colleagues_section())
        self.set_title(lambda: _("Our company"))

    def refresh_lists(self) -> None:
        """Draw what has a value now."""
        for fields in self._lists:
            fields.refresh()

    def warn(self, field: str, words: str) -> None:
        """Say beside a field what looks wrong; "" takes it away."""
        self.warnings[field].setText(words)
        self.warnings[field].setVisible(bool(words))

    # --- parts ------------------------------------------------------------------------------------------------

    def _section(self, say: Say, names: Sequence[str], always: Sequence[str]) -> Section:
        section = Section(self.kit, say)
        section.body.addWidget(self._field_list(names, always))
        for name in names:
            if name in ("bik", "account", "correspondent_account"):
                warning = label(self.kit, look="error", wrap=True)
                warning.hide()
                self.warnings[name] = warning
                section.body.addWidget(warning)
        return section

    def _field_list(self, names: Sequence[str], always: Sequence[str]) -> FieldList:
        fields = FieldList(self.kit)
        for name in names:
            editor = editor_for(self._specs[name], None if name == "next_number" else "", self.kit)
            self.editors[name] = editor
            fields.add(editor, always=name in always)
        self._lists.append(fields)
        return fields

    def _documents_section(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("On proposals"))
        section.body.addWidget(self._field_list(DOCUMENTS, DOCUMENTS))
        self.example = label(kit, wrap=True)
        section.body.addWidget(self.example)
        section.body.addWidget(
            label(
                kit,
                lambda: _(
                    "{n} is the number, {n:03} with zeros before it; {year}, {yy} and {month} may stand beside it."
                ),
                "caption",
                wrap=True,
            )
        )
        return section

    def _logo_section(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("Logo"))
        self.logo = LogoBox(kit)
        self.choose_logo = button(kit, lambda: _("Choose a file…"), "picture")
        self.paste_logo = button(kit, lambda: _("Paste"), "paste", "quiet")
        self.remove_logo = button(kit, lambda: _("Remove"), "trash", "quiet")
        self.logo_problem = label(kit, look="error", wrap=True)
        self.logo_problem.hide()
        row = QHBoxLayout()
        row.setSpacing(4)
        for made in (self.choose_logo, self.paste_logo, self.remove_logo):
            row.addWidget(made)
        row.addStretch(1)
        section.body.addWidget(self.logo)
        section.body.addLayout(row)
        section.body.addWidget(self.logo_problem)
        return section

    def _colleagues_section(self) -> Section:
        kit, _ = self.kit, self.kit.words.gettext
        section = Section(kit, lambda: _("Colleagues"))
        self.who_knows = button(
            kit, lambda: _("Who knows whom"), "table", "link", lambda: self.go("who_knows")
        )
        section.tools.addWidget(self.who_knows)
        section.body.addWidget(
            label(
                kit,
                lambda: _(
                    "Those who prepare proposals, sign them, and know their subject. The first come first in “Prepared by”."
                ),
                "muted",
                wrap=True,
            )
        )
        self.signers = label(kit, look="caption", wrap=True)
        section.body.addWidget(self.signers)
        self.cards = QVBoxLayout()
        self.cards.setSpacing(8)
        section.body.addLayout(self.cards)
        self.add_line = AddLine(kit, lambda: _("Full name of a colleague"))
        section.body.addWidget(self.add_line)
        return section


class LogoBox(QFrame):
    """Shows the logo; takes a dropped file (``dropped(path)``) and a pasted picture (``pasted()``)."""

    dropped = Signal(str)
    pasted = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        _ = kit.words.gettext
        set_look(self, "fact")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setMinimumHeight(kit.theme.px(84))
        self._words = label(kit, lambda: _("Drop a PNG or JPEG picture here"), "muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.addWidget(self._picture)
        column.addWidget(self._words)
        kit.words.bind(self, lambda: self.setAccessibleName(_("Logo")))

    def show_picture(self, data: bytes | None) -> None:
        """Show a vetted picture, or what may be dropped here."""
        pixmap = QPixmap()
        if data is not None:
            pixmap.loadFromData(QByteArray(data))
        shown = not pixmap.isNull()
        self._picture.setVisible(shown)
        self._words.setVisible(not shown)
        if shown:
            ratio = self.devicePixelRatioF()
            size = self._kit.theme.px(84)
            scaled = pixmap.scaled(
                int(size * 3 * ratio),
                int(size * ratio),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            scaled.setDevicePixelRatio(ratio)
            self._picture.setPixmap(scaled)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        found = local_files(event.mimeData())
        if found:
            event.acceptProposedAction()
            self.dropped.emit(found[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        else:
            super().keyPressEvent(event)


def local_files(data: QMimeData) -> list[str]:
    """The paths of dropped or copied files on this computer."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def clipboard_picture() -> bytes:
    """The picture on the clipboard as PNG; b"" where there is none."""
    return picture_bytes(QGuiApplication.clipboard().image())


def picture_bytes(image: QImage) -> bytes:
    """Pixels as PNG; b"" for none."""
    from PySide6.QtCore import QBuffer, QIODevice

    if image.isNull():
        return b""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub says bytes, the binding takes str only
    return bytes(buffer.data().data())
