"""The card of an organisation on its page: fields where they stand, what it belongs to, what belongs to it, how it is reached."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.pages.capture_line import AddLine
from kamdesk.desktop.pages.contact_row import ContactRow
from kamdesk.desktop.pages.people_keyed import Keyed
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.pages.seat_forms import CompanyForms
from kamdesk.desktop.widgets.basic import button, clear, label, tool_button
from kamdesk.desktop.widgets.editor_for import can_edit, editor_for
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_text import InlineLongText, InlineText, InlineWords
from kamdesk.desktop.widgets.section import FieldList, Section

if TYPE_CHECKING:
    from kamdesk.model.fields import FieldSpec
    from kamdesk.services.organisation_views import OrganisationCard, OrganisationContact
    from kamdesk.services.records import FieldValue

_ELSEWHERE = frozenset({"short_name", "legal_name_genitive", "legal_name_dative", "legal_name_instrumental"})
"""Drawn by the header and by the forms in letters."""
_WRAPPED = frozenset({"address", "size", "industry", "legal_name", "territory", "group_name"})
"""Fields of one line that are often longer than the line."""


class About(Section):
    """``open_organisation(id)`` opens another one, ``start()`` begins the reading order."""

    def __init__(
        self, desk: Desk, said: Said, open_organisation: Callable[[str], object], start: Callable[[], object]
    ) -> None:
        kit = desk.kit
        _ = kit.words.gettext
        super().__init__(kit, lambda: _("About the client"))
        self._desk, self._open = desk, open_organisation
        self._client = self._drawn_for = ""
        self._parent_id = ""
        self._opened_parent = False
        self.tools.addWidget(button(kit, lambda: _("Start here"), "forward", "link", start))
        self.fields: FieldList | None = None
        self._tags = QStringListModel(self)
        self._place = QWidget()
        place = QHBoxLayout(self._place)
        place.setContentsMargins(0, 0, 0, 0)
        self.parent_name = InlineText(
            kit,
            lambda: _("Parent company"),
            self._save_parent,
            placeholder=lambda: _("Belongs to which company"),
        )
        self._known = QStringListModel(self)
        completer = QCompleter(self._known, self.parent_name)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.parent_name.line.setCompleter(completer)
        self.parent_button = tool_button(
            kit, lambda: _("Open the parent company"), "external", lambda: self._open(self._parent_id)
        )
        place.addWidget(label(kit, lambda: _("Parent company"), "muted", buddy=self.parent_name))
        place.addWidget(self.parent_name, 1)
        place.addWidget(self.parent_button)
        self.parent_add = button(kit, lambda: _("Add a parent company"), "add", "link", self._open_parent)
        self.children_words = label(kit, lambda: _("Belong to it"), "muted")
        self.children_box = QWidget()
        self._children = FlowLayout(self.children_box)
        self.forms = CompanyForms(desk)
        self.sites = label(kit, look="caption", wrap=True)
        self.contacts = _Contacts(desk, said)
        for widget in (
            self._place, self.parent_add, self.children_words, self.children_box, self.sites, self.contacts,
            self.forms,
        ):  # fmt: skip
            self.body.addWidget(widget)

    def open_field(self, name: str) -> None:
        """Go into a field, also an empty one; one that is drawn elsewhere is passed over."""
        if self.forms.knows(name):
            self.forms.unfold()
        elif self.fields is not None:
            with contextlib.suppress(KeyError):
                self.fields.open_field(name)

    def show_about(self, client: str, form: Sequence[FieldValue], card: OrganisationCard) -> None:
        """Show the card of one organisation."""
        _ = self.kit.words.gettext
        fresh, self._client = client != self._client, client
        self._tags.setStringList(list(card.known_tags))
        self._show_fields(form)
        self._parent_id = card.parent.id if card.parent is not None else ""
        self.parent_name.set_value(card.parent.name if card.parent is not None else "")
        if fresh or card.parent is not None:
            self._opened_parent = card.parent is not None
        shown = self._opened_parent or self.parent_name.is_dirty()
        self._place.setVisible(shown)
        self.parent_add.setVisible(not shown)
        self.parent_button.setVisible(card.parent is not None)
        clear(self._children)
        for one in card.children:
            self._children.addWidget(
                button(
                    self.kit,
                    lambda one=one: one.name,
                    "organisation",
                    "link",
                    lambda one=one: self._open(one.id),
                )
            )
        self.children_box.setVisible(bool(card.children))
        self.children_words.setVisible(bool(card.children))
        sites = ", ".join(" · ".join(part for part in (one.name, one.address) if part) for one in card.sites)
        self.sites.setText(_("Sites: {names}").format(names=sites))
        self.sites.setVisible(bool(sites))
        self.contacts.show_contacts(client, card.contacts)
        self.forms.show_record(client)

    def _open_parent(self) -> None:
        self._opened_parent = True
        self._place.show()
        self.parent_add.hide()
        self.parent_button.setVisible(bool(self._parent_id))
        self.parent_name.focus()
        organisations, client = self._desk.workplace.organisations, self._client
        self.kit.queries.run(
            lambda: [one.name for one in organisations.links() if one.id != client],
            self._known.setStringList,
            owner=self,
        )

    def _save_parent(self, name: str) -> None:
        organisations, client = self._desk.workplace.organisations, self._client

        def work() -> None:
            if name:
                organisations.set_parent_named(client, name)
            else:
                organisations.set_parent(client, None)

        self.kit.commands.run(work, failed=self.parent_name.show_problem, owner=self.parent_name)

    def _show_fields(self, form: Sequence[FieldValue]) -> None:
        shown = [one for one in form if one.spec.name not in _ELSEWHERE and can_edit(one.spec)]
        if self.fields is None or self._drawn_for != self._client:
            if self.fields is not None:
                self.fields.hide()
                self.fields.deleteLater()
            self._drawn_for = self._client
            self.fields = FieldList(self.kit)
            self.body.insertWidget(0, self.fields)
            for one in shown:
                self.fields.add_late(
                    one.spec.name,
                    lambda one=one: self.kit.words.gettext(one.spec.label),
                    lambda one=one: self._editor(one.spec),
                )
        for one in shown:
            self.fields.set_value(one.spec.name, one.value)
        self.fields.refresh()

    def _editor(self, spec: FieldSpec) -> InlineEditor:
        made: InlineEditor
        if spec.name in _WRAPPED:
            made = InlineLongText(self.kit, lambda: self.kit.words.gettext(spec.label))
        else:
            made = editor_for(spec, None, self.kit)
        if isinstance(made, InlineWords) and spec.name == "tags":
            made.line.setCompleter(_LastWord(made, self._tags))
        made.on_save(lambda value: self._save(spec.name, value, made))
        return made

    def _save(self, name: str, value: object, editor: InlineEditor) -> None:
        if name in _WRAPPED:
            value = " ".join(str(value).split())
        place, client, visit = self._desk.workplace, self._client, editor.visit
        self.kit.commands.run(
            (lambda: place.organisations.set_kind(client, str(value)))
            if name == "kind"
            else (lambda: place.records.set("organisation", client, {name: value}, visit=visit)),
            failed=editor.show_problem,
            owner=editor,
        )


class _LastWord(QCompleter):
    """Completes the last of several words parted by commas."""

    def __init__(self, editor: InlineWords, known: QStringListModel) -> None:
        super().__init__(known, editor)
        self._line = editor.line
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index) -> str:
        before, comma, _last = self._line.text().rpartition(",")
        return f"{before}{comma}{' ' if comma else ''}{super().pathFromIndex(index)}"


class _Contacts(QWidget):
    """Phones, site and mail of the organisation itself; only what there is is drawn."""

    def __init__(self, desk: Desk, said: Said) -> None:
        super().__init__()
        kit = desk.kit
        _ = kit.words.gettext
        self._desk, self._client = desk, ""
        self.list = Keyed(lambda item: ContactRow(desk, said, item), spacing=0)
        self.line = AddLine(kit, lambda: _("Phone, site or e-mail of the organisation"), self._add)
        self.add_button = button(
            kit, lambda: _("Add a phone, a site, an e-mail"), "phone", "link", self.line.start
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.list)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.line)

    def show_contacts(self, client: str, rows: Sequence[OrganisationContact]) -> None:
        """Show these of one organisation."""
        if client != self._client:
            self.line.close_line()
        self._client = client
        self.list.show_items(rows)

    def _add(self, text: str) -> None:
        client, organisations = self._client, self._desk.workplace.organisations
        self._desk.kit.commands.run(
            lambda: organisations.add_contact(client, text),
            lambda _id: self.line.taken(),
            self.line.show_problem,
            owner=self.line,
        )
