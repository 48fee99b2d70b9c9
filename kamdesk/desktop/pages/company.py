"""Our company: the card that every document begins with, the numbering of proposals, the logo, colleagues (D0, D13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kamdesk.desktop.dialogs.disk import ask_file, name_filter
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.colleagues import ColleagueCard, caption
from kamdesk.desktop.pages.company_view import CompanyView, clipboard_picture
from kamdesk.desktop.pages.library_words import shown_name
from kamdesk.desktop.widgets.field_place import mark_field, mark_record
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_text import InlineText
from kamdesk.model.messages import N_, KamdeskError, Message
from kamdesk.rules import requisites
from kamdesk.rules.typed.names import parse_name
from kamdesk.services.company import (
    DEFAULT_PATTERN,
    ColleagueData,
    ColleagueView,
    check_pattern,
    write_number,
)

if TYPE_CHECKING:
    from kamdesk.desktop.desk import Desk
    from kamdesk.services.company import CompanyView as CompanyCard

_LARGEST_LOGO = 5 * 1024 * 1024


class CompanyPage(CompanyView):
    """``Target("company")``; ``Target("colleague", id)`` goes to that colleague's card."""

    def __init__(self, desk: Desk) -> None:
        records = desk.workplace.records
        specs = {spec.name: spec for spec in records.specs("company")}
        # of a person the same English words are another Russian word
        specs["full_name"] = replace(specs["full_name"], label=N_("Full name of the company"))
        super().__init__(desk.kit, specs)
        self._desk = desk
        self._company = desk.workplace.company
        self._records = records
        self._people_specs = {spec.name: spec for spec in records.specs("colleague")}
        self._colleagues: dict[str, ColleagueCard] = {}
        self._wanted = ""
        self._card: CompanyCard | None = None
        for name, editor in self.editors.items():
            editor.on_save(lambda value, name=name, editor=editor: self._save(name, value, editor))
            editor.drafted.connect(self._show_example)
        pattern = cast(InlineText, self.editors["number_pattern"])
        self.kit.words.bind(self, lambda: pattern.line.setPlaceholderText(DEFAULT_PATTERN))
        self.choose_logo.clicked.connect(self._choose_logo)
        self.paste_logo.clicked.connect(self._paste_logo)
        self.remove_logo.clicked.connect(lambda: self.kit.commands.run(self._company.remove_logo))
        self.logo.dropped.connect(self._read_logo)
        self.logo.pasted.connect(self._paste_logo)
        self.add_line.added.connect(self._add_colleagues)
        self.kit.words.bind(self, self._say)

    def open(self, target: Target) -> None:
        """Load the card and the colleagues."""
        self._wanted = target.id if target.kind == "colleague" else ""
        self._load()

    def refresh(self, changes: Any) -> None:
        """Load anew after a change; what is being typed stays."""
        if changes.touches("company", "colleague", "proposal"):
            self._load()

    # --- showing ----------------------------------------------------------------------------------------------

    def _load(self) -> None:
        def work() -> tuple[Any, tuple[Message, ...], Sequence[ColleagueView]]:
            return self._company.get(), self._company.problems(), self._company.colleagues()

        self.kit.queries.run(work, lambda found: self._show(*found), owner=self, key="company")

    def _show(
        self, card: CompanyCard | None, _problems: tuple[Message, ...], colleagues: Sequence[ColleagueView]
    ) -> None:
        self._card = card
        self.hint.setVisible(card is None)
        for name, editor in self.editors.items():
            if card is None:
                continue
            mark_record(editor, "company", card.id)
            mark_field(editor, name)
            source = card if name in ("vat_mode", "currency", "number_pattern") else card.data
            editor.set_value(getattr(source, name))
        self.refresh_lists()
        self._show_warnings()
        self._show_example()
        self.logo.show_picture(card.data.logo if card is not None else None)
        self.remove_logo.setVisible(card is not None and card.logo_id is not None)
        self._show_colleagues(colleagues)

    def _show_warnings(self) -> None:
        """Bank details are said to look wrong and never refused: banks and countries differ."""
        data = self._card.data if self._card is not None else None
        checks = {
            "account": requisites.check_account(data.account, data.bik) if data else None,
            "correspondent_account": requisites.check_account(data.correspondent_account) if data else None,
        }
        for field, problem in checks.items():
            self.warn(field, self.kit.words.message(problem) if problem is not None else "")

    def _show_example(self) -> None:
        _ = self.kit.words.gettext
        editor = cast(InlineText, self.editors["number_pattern"])
        typed = editor.line.text().strip()
        shown = self._card.next_number if self._card is not None else ""
        if typed != (editor.value() or ""):
            try:
                check_pattern(typed or DEFAULT_PATTERN)
            except KamdeskError:
                shown = ""
            else:
                shown = write_number(typed, 1, self._desk.workplace.store.now().date())
        self.example.setText(_("Next number: {number}").format(number=shown) if shown else "")
        self.example.setVisible(bool(shown))

    def _show_colleagues(self, colleagues: Sequence[ColleagueView]) -> None:
        for gone in set(self._colleagues) - {view.id for view in colleagues}:
            card = self._colleagues.pop(gone)
            self.cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, view in enumerate(colleagues):
            card = self._colleagues.get(view.id)
            if card is None:
                card = self._colleagues[view.id] = self._new_card(view)
            card.show_row(view)
            if self.cards.indexOf(card) != place:
                self.cards.removeWidget(card)
                self.cards.insertWidget(place, card)
        self._say()
        if self._wanted in self._colleagues:
            wanted, self._wanted = self._colleagues[self._wanted], ""
            wanted.name.focus()

    def _new_card(self, view: ColleagueView) -> ColleagueCard:
        card = ColleagueCard(
            self.kit,
            self._people_specs,
            view,
            lambda values, editor: self._save_colleague(view.id, values, editor),
        )
        card.moved.connect(lambda step: self._move(view.id, step))
        card.me_chosen.connect(lambda: self.kit.commands.run(lambda: self._company.set_me(view.id)))
        card.delete_wanted.connect(lambda: self._delete(view.id))
        return card

    def _say(self) -> None:
        names = [
            shown_name(card.view.data.name) for card in self._colleagues.values() if card.view.data.signs
        ]
        self.signers.setText(caption(self.kit, ", ".join(names)))
        self.signers.setVisible(bool(self._colleagues))
        self._show_example()
        self._show_warnings()

    # --- edits ------------------------------------------------------------------------------------------------

    def _save(self, name: str, value: object, editor: InlineEditor) -> None:
        visit = editor.visit
        self.kit.commands.run(
            lambda: self._company.save({name: value}, visit=visit), failed=editor.show_problem, owner=editor
        )

    def _save_colleague(self, row_id: str, values: Mapping[str, object], editor: InlineEditor) -> None:
        visit = editor.visit
        self.kit.commands.run(
            lambda: self._records.set("colleague", row_id, values, visit=visit),
            failed=editor.show_problem,
            owner=editor,
        )

    def _add_colleagues(self, texts: Sequence[str]) -> None:
        first = not self._colleagues

        def work() -> str:
            added = ""
            for text in texts:
                name = parse_name(text)
                if name is None:
                    raise KamdeskError("colleague.name")
                added = self._company.add_colleague(ColleagueData(name))
            if first:
                self._company.set_me(added)
            return added

        self.kit.commands.run(
            work, lambda _row_id: self.add_line.done(), self.add_line.show_problem, owner=self
        )

    def _move(self, row_id: str, step: int) -> None:
        ids = [
            card.view.id
            for at in range(self.cards.count())
            if isinstance(card := self.cards.itemAt(at).widget(), ColleagueCard)
        ]
        at = ids.index(row_id)
        to = at + step
        if 0 <= to < len(ids):
            ids.insert(to, ids.pop(at))
            self.kit.commands.run(lambda: self._company.reorder_colleagues(ids))

    def _delete(self, row_id: str) -> None:
        _ = self.kit.words.gettext
        name = shown_name(self._colleagues[row_id].view.data.name)

        def deleted(_nothing: object) -> None:
            self._desk.window.notify(
                lambda: _("Deleted: {name}").format(name=name),
                "success",
                lambda: _("Undo"),
                self._desk.window.undo_requested.emit,
            )

        self.kit.commands.run(lambda: self._records.delete("colleague", row_id), deleted, owner=self)

    # --- the logo ---------------------------------------------------------------------------------------------

    def _choose_logo(self) -> None:
        _ = self.kit.words.gettext
        kinds = [name_filter(_("Pictures"), "png", "jpg", "jpeg")]
        ask_file(self, _("Logo"), lambda path: self._read_logo(str(path)), kinds)

    def _paste_logo(self) -> None:
        picture = clipboard_picture()
        _ = self.kit.words.gettext
        if not picture:
            self._tell_logo(_("There is no picture on the clipboard. Copy it first."))
            return
        self._set_logo("logo.png", lambda: picture)

    def _read_logo(self, path: str) -> None:
        file = Path(path)

        def read() -> bytes:
            try:
                if file.stat().st_size > _LARGEST_LOGO:
                    raise KamdeskError("company.logo_large", megabytes=_LARGEST_LOGO // (1024 * 1024))
                return file.read_bytes()
            except OSError as error:
                raise KamdeskError("company.logo_kind") from error

        self._set_logo(file.name, read)

    def _set_logo(self, name: str, read: Any) -> None:
        """The picture is decoded by the worker and encoded anew: a foreign file never gets onto documents."""
        self._tell_logo("")
        stem = Path(name).stem or "logo"

        def work() -> None:
            picture = self._desk.workplace.workers.decode_picture(read())
            self._company.set_logo(f"{stem}.png", picture)

        self.kit.commands.run(
            work,
            failed=lambda message: self._tell_logo(self.kit.words.message(message)),
            owner=self,
        )

    def _tell_logo(self, words: str) -> None:
        self.logo_problem.setText(words)
        self.logo_problem.setVisible(bool(words))
