"""Words that change while the window stands: the language is switched without a restart.

``Words`` wraps the translator. A widget says once how its words are set; it is told again at every switch::

    _ = words.gettext
    words.bind(button, lambda: button.setText(_("Add a person")))

The call of ``_`` must hold a literal, so that the extraction finds it; ``_`` always answers in the language of the moment.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal
from shiboken6 import isValid

from kamdesk.model.messages import Message
from kamdesk.translation import Translator


class Words(QObject):
    """The language of the windows. ``changed`` is sent after every registered widget has been told."""

    changed = Signal()

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._translator = Translator(language)
        self._bound: list[tuple[QObject, Callable[[], object]]] = []
        self._sweep_at = 256
        self._qt_words: QTranslator | None = None
        self._install_qt_words()

    @property
    def language(self) -> str:
        """ "ru" or "en"."""
        return self._translator.language

    @property
    def locale(self) -> QLocale:
        """The locale of the language, for calendars and collation."""
        return QLocale(QLocale.Language.Russian if self.language == "ru" else QLocale.Language.English)

    def gettext(self, text: str) -> str:
        """The text in the language of the moment."""
        return self._translator.gettext(text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The plural form for ``n``, with ``{n}`` not yet filled."""
        return self._translator.ngettext(one, many, n)

    def message(self, message: Message) -> str:
        """The sentence for a message of the layers below."""
        return self._translator.message(message)

    def bind(self, owner: QObject, retranslate: Callable[[], object]) -> None:
        """Call ``retranslate`` now and after every switch, for as long as ``owner`` lives."""
        if len(self._bound) >= self._sweep_at:
            self._bound = [entry for entry in self._bound if isValid(entry[0])]
            self._sweep_at = max(256, 2 * len(self._bound))
        self._bound.append((owner, retranslate))
        retranslate()

    def set_language(self, language: str) -> None:
        """Switch; every living owner is told in the order in which it was bound."""
        if language == self.language:
            return
        self._translator = Translator(language)
        self._install_qt_words()
        self._bound = [entry for entry in self._bound if isValid(entry[0])]
        for owner, retranslate in list(self._bound):
            if isValid(owner):
                retranslate()
        self.changed.emit()

    def _install_qt_words(self) -> None:
        """Qt's own sentences (context menus, dialog buttons) come from the catalogue in its wheel."""
        app = QCoreApplication.instance()
        if app is None:
            return
        if self._qt_words is not None:
            app.removeTranslator(self._qt_words)
            self._qt_words = None
        if self.language != "en":
            catalogue = QTranslator(self)
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            if catalogue.load(f"qtbase_{self.language}", folder):
                app.installTranslator(catalogue)
                self._qt_words = catalogue
        QLocale.setDefault(self.locale)
