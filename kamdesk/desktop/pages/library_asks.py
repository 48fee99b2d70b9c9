"""What the library asks for in dialogs: an entry in another language, who raised an objection, a recommender's consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamdesk.desktop.dialogs.consent import ConsentDialog
from kamdesk.desktop.dialogs.objection_heard import ObjectionHeardDialog, Offered, everybody
from kamdesk.desktop.dialogs.translate_entry import TranslateDialog
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.library_extras import HeardList
from kamdesk.desktop.pages.library_panel import EntryPanel
from kamdesk.desktop.pages.library_view import LibraryView
from kamdesk.desktop.pages.library_words import LibraryWords, shown_name

if TYPE_CHECKING:
    from kamdesk.desktop.desk import Desk


class LibraryAsks:
    """Opens the dialogs over the page and records their answers; a refusal stays in the dialog."""

    def __init__(self, desk: Desk, page: LibraryView, words: LibraryWords) -> None:
        self._desk, self._page, self._words = desk, page, words
        self._kit = desk.kit

    def twin(self, table: str, panel: EntryPanel) -> None:
        """Ask for the same in another language."""
        _, row = self._kit.words.gettext, panel.row
        panel.flush()
        taken = {row.language, *(one.language for one in row.twins)}
        languages = [one for one in self._kit.vocabularies.options("language") if one.code not in taken]
        fields = (
            ("text", panel.kind_title()),
            ("short", lambda: _("In short")),
            ("evidence", lambda: _("Evidence")),
            ("evidence_source", lambda: _("Source")),
            ("answer", lambda: _("Answer")),
        )
        originals = {name: getattr(row, name, "") for name, _say in fields}
        dialog = TranslateDialog(self._kit, self._page, languages, fields, originals)

        def added(row_id: str) -> None:
            dialog.done_well()
            self._page.went.emit(Target(table, row_id))

        dialog.chosen.connect(
            lambda language, values: self._kit.commands.run(
                lambda: self._desk.workplace.library.translate(table, row.id, language, values),
                added,
                dialog.refused,
                owner=dialog,
            )
        )
        dialog.open()

    def heard_of(self, panel: EntryPanel) -> HeardList:
        """Who raised the objection of a panel; told anew with each of its reloads."""
        uses, commands = self._desk.workplace.objection_uses, self._kit.commands
        made = HeardList(
            self._kit,
            self._words,
            lambda use_id, code: commands.run(lambda: uses.edit(use_id, {"result": code}), owner=self._page),
            lambda use_id: commands.run(lambda: uses.delete(use_id), owner=self._page),
        )
        made.went.connect(self._page.went)
        made.heard_wanted.connect(lambda: self.heard(panel))
        panel.heard = made
        made.show_heard(panel.row.answered, ())
        return made

    def heard(self, panel: EntryPanel) -> None:
        """Ask who raised the objection, when and how it went."""
        place, row = self._desk.workplace, panel.row
        dialog = ObjectionHeardDialog(
            self._kit, self._page, row.text, lambda: Offered(everybody(place)), place.store.now().date()
        )
        dialog.chosen.connect(
            lambda values: self._kit.commands.run(
                lambda: place.objection_uses.record(row.id, **values),
                lambda _id: dialog.done_well(),
                dialog.refused,
                owner=dialog,
            )
        )
        dialog.open()

    def consent(self, panel: EntryPanel) -> None:
        """Ask to what the recommender agreed, and until when."""
        row = panel.row
        dialog = ConsentDialog(
            self._kit,
            self._page,
            shown_name(row.name),
            self._kit.vocabularies.options("consent_scope"),
            self._desk.workplace.store.now().date(),
            row.consent_scope,
        )
        dialog.chosen.connect(
            lambda scope, on, until: self._kit.commands.run(
                lambda: self._desk.workplace.library.record_consent(row.id, scope, on=on, until=until),
                lambda _nothing: dialog.done_well(),
                dialog.refused,
                owner=dialog,
            )
        )
        dialog.open()

    def withdraw(self, panel: EntryPanel) -> None:
        """Note that the recommender no longer agrees."""
        row_id = panel.row.id
        self._kit.commands.run(lambda: self._desk.workplace.library.withdraw_consent(row_id))
