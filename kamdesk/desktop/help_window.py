"""The manual in a window of its own: F1 opens the page for where one stands. Pages are Markdown in ``resources/help/<language>``."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from kamdesk.desktop.help_pages import FIRST, page_for, pages
from kamdesk.desktop.kit import Kit
from kamdesk.resources import resources_folder


class HelpWindow(QWidget):
    """Contents on the left, the page on the right; Esc closes."""

    def __init__(self, kit: Kit, folder: Path | None = None) -> None:
        super().__init__()
        _ = kit.words.gettext
        self._kit = kit
        self._folder = folder or resources_folder() / "help"
        self._page = FIRST
        self.resize(kit.theme.px(860), kit.theme.px(620))
        self.contents = QListWidget()
        self.contents.setSpacing(3)
        self.contents.setFixedWidth(kit.theme.px(230))
        self.contents.currentItemChanged.connect(self._chosen)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(12)
        row.addWidget(self.contents)
        row.addWidget(self.text, 1)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.close)
        kit.words.bind(self, self._fill)
        kit.theme.changed.connect(self._show)

    def show_page(self, kind: str) -> None:
        """Show the page for a kind of place, and bring the window to the front."""
        self._page = page_for(kind)
        self._fill()
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def shown(self) -> str:
        """The name of the page that is shown."""
        return self._page

    def _fill(self) -> None:
        _ = self._kit.words.gettext
        self.setWindowTitle(_("Manual"))
        self.contents.setAccessibleName(_("Contents"))
        self.text.setAccessibleName(_("Page of the manual"))
        self.contents.blockSignals(True)
        self.contents.clear()
        for page in pages(self._folder / self._kit.words.language):
            item = QListWidgetItem(page.title)
            item.setData(Qt.ItemDataRole.UserRole, page.name)
            self.contents.addItem(item)
            if page.name == self._page:
                self.contents.setCurrentItem(item)
        self.contents.blockSignals(False)
        self._show()

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._page = str(item.data(Qt.ItemDataRole.UserRole))
            self._show()

    def _show(self) -> None:
        path = self._folder / self._kit.words.language / f"{self._page}.md"
        accent = self._kit.theme.colours.accent_text
        self.text.document().setDefaultStyleSheet(f"a {{ color: {accent}; }}")
        self.text.document().setDocumentMargin(14)
        self.text.setMarkdown(path.read_text("utf-8"))

    def _follow(self, link: QUrl) -> None:
        if link.scheme() in ("http", "https", "mailto"):
            QDesktopServices.openUrl(link)
            return
        name = link.path().removesuffix(".md")
        if (self._folder / self._kit.words.language / f"{name}.md").is_file():
            self._page = name
            self._fill()
