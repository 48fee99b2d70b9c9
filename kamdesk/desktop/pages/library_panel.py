"""The panel beside the library's list: one entry as it stands, each field edited where it is, what it leans on, where it was used."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kamdesk.desktop.kit import Kit, Option
from kamdesk.desktop.navigation.target import Target
from kamdesk.desktop.pages.library_extras import HeardList, Twins, told_line
from kamdesk.desktop.pages.library_fields import StackedFields
from kamdesk.desktop.pages.library_kind import Kind
from kamdesk.desktop.pages.library_words import LibraryWords, consent_look, shown_name
from kamdesk.desktop.widgets.basic import IconLabel, Say, button, clear, label, tool_button
from kamdesk.desktop.widgets.editor_for import can_edit, editor_for
from kamdesk.desktop.widgets.field_place import mark_field, mark_record
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineChoice
from kamdesk.desktop.widgets.inline_text import InlineLongText, InlineText
from kamdesk.desktop.widgets.markup_text import InlineMarkupText
from kamdesk.desktop.widgets.section import Card
from kamdesk.model.fields import FieldKind, FieldSpec
from kamdesk.model.messages import N_, KamdeskError
from kamdesk.rules.typed.names import parse_name
from kamdesk.services.library_uses import ResultsOf, UsedIn
from kamdesk.services.library_variants import TWINNED
from kamdesk.services.library_views import RecommenderView

Save = Callable[[Mapping[str, object], InlineEditor], object]

LINKS: Final = (
    FieldSpec("case_id", N_("Project"), FieldKind.LINK),
    FieldSpec("recommender_id", N_("Recommender"), FieldKind.LINK),
    FieldSpec("argument_id", N_("Argument"), FieldKind.LINK),
    FieldSpec("variant_of_id", N_("The same in another language"), FieldKind.LINK),
)
"""What an entry may lean on; a form does not show links by itself."""


class EntryPanel(Card):
    """One entry. It is made anew for another one, so that nothing typed for one can end up in another.

    ``duplicate_wanted``, ``delete_wanted``, ``consent_wanted``, ``withdraw_wanted`` as the buttons; ``went(Target)`` to a proposal.
    """

    duplicate_wanted = Signal()
    delete_wanted = Signal()
    consent_wanted = Signal()
    withdraw_wanted = Signal()
    twin_wanted = Signal()
    part_wanted = Signal()
    went = Signal(object)

    def __init__(
        self,
        kit: Kit,
        words: LibraryWords,
        kind: Kind,
        specs: Sequence[FieldSpec],
        row: Any,
        save: Save,
        links: Callable[[str], Sequence[Option]],
    ) -> None:
        super().__init__(kit)
        self._words = words
        self._kind = kind
        self.row = row
        self.heard: HeardList | None = None
        self._save = save
        self._links = links
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        _ = kit.words.gettext
        self._head()
        self.main = self._main(next((spec for spec in specs if spec.name == kind.main), None))
        self.body.addWidget(self.main)
        self.consent = _Consent(kit, words) if kind.table == "recommender" else None
        if self.consent is not None:
            self.body.addWidget(self.consent)
            self.consent.record.clicked.connect(self.consent_wanted)
            self.consent.withdraw.clicked.connect(self.withdraw_wanted)
        self.fields = StackedFields(kit)
        by_name = {spec.name: spec for spec in specs}
        for name in (*kind.always, *kind.rest):
            self.fields.add(self._editor(by_name[name]), always=name in kind.always)
        self.body.addWidget(self.fields)
        self.twins = Twins(kit, words, kind.table) if kind.table in TWINNED else None
        if self.twins is not None:
            self.twins.went.connect(self.went)
            self.twins.wanted.connect(self.twin_wanted)
            self.twins.part_wanted.connect(self.part_wanted)
            self.body.addWidget(self.twins)
        self._told = label(kit, look="caption", wrap=True)
        self._told.hide()
        self.body.addWidget(self._told)
        self._below = QVBoxLayout()
        self._below.setSpacing(4)
        self.body.addLayout(self._below)
        kit.words.bind(self, lambda: self.setAccessibleName(kind.title()))
        self.show_row(row)

    def show_row(self, row: Any) -> None:
        """The entry as it is stored now; a draft that is being typed stays."""
        self.row = row
        mark_record(self, self._kind.table, row.id)
        self.main.set_value(
            shown_name(row.name) if self._kind.table == "recommender" else getattr(row, self._kind.main)
        )
        for name, editor in self.fields.editors().items():
            editor.set_value(getattr(row, name))
        self.fields.refresh()
        if self.twins is not None:
            self.twins.show_twins(row.twins, len(self.kit.vocabularies.options("language")))
        if self._kind.table == "argument":
            self._told.setText(told_line(self.kit, self._words, row))
            self._told.setVisible(row.told > 0)
        if self.consent is not None:
            self.consent.show_row(row)

    def show_uses(self, uses: Sequence[UsedIn], results: Sequence[ResultsOf]) -> None:
        """Where it was used and how that went; nothing is drawn while there is nothing."""
        kit, _ = self.kit, self.kit.words.gettext
        clear(self._below)
        if results:
            self._below.addWidget(label(kit, lambda: _("How it went"), "caption"))
            for result in results:
                self._below.addWidget(label(kit, lambda result=result: self._result(result), wrap=True))
        if uses:
            self._below.addWidget(label(kit, lambda: _("Used in proposals"), "caption"))
            for use in uses:
                words = " · ".join(part for part in (use.number, use.subject, use.client) if part)
                link = button(
                    kit,
                    lambda words=words: words,
                    "proposals",
                    "link",
                    lambda use=use: self.went.emit(Target("proposal", use.id)),
                )
                link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
                link.setToolTip(words)
                self._below.addWidget(link)

    def kind_title(self) -> Say:
        """What the entry's main field is called."""
        _ = self.kit.words.gettext
        return (lambda: _("Objection")) if self._kind.table == "objection" else (lambda: _("Argument"))

    def add_part(self, widget: QWidget) -> None:
        """Put what another part of the page makes below the fields."""
        self.body.addWidget(widget)

    def flush(self) -> bool:
        """Save what is typed."""
        editors = [self.main, *self.fields.editors().values()]
        saved = [editor.flush() for editor in editors]
        return all(saved)

    def focus_main(self) -> None:
        """Go into the field that says what it is."""
        self.main.focus()

    # --- parts ------------------------------------------------------------------------------------------------

    def _head(self) -> None:
        kit, _ = self.kit, self.kit.words.gettext
        row = QHBoxLayout()
        row.setSpacing(2)
        names = {
            "argument": lambda: _("Argument"),
            "objection": lambda: _("Objection"),
            "case_study": lambda: _("Finished project"),
            "recommender": lambda: _("Recommender"),
            "price_item": lambda: _("Line of the price list"),
        }
        row.addWidget(label(kit, names[self._kind.table], "heading"), 1)
        self.copy_button = tool_button(kit, lambda: _("Duplicate"), "copy", self.duplicate_wanted.emit)
        self.delete_button = tool_button(kit, lambda: _("Delete"), "trash", self.delete_wanted.emit)
        row.addWidget(self.copy_button)
        row.addWidget(self.delete_button)
        self.body.addLayout(row)

    def _main(self, spec: FieldSpec | None) -> InlineEditor:
        _ = self.kit.words.gettext
        if spec is None:  # a name of several parts in one line
            made: InlineEditor = InlineText(self.kit, lambda: _("Recommender"), self._save_name)
            made.setObjectName("name")
            mark_field(made, "family_name")
            return made

        def say() -> str:
            return self.kit.words.gettext(spec.label)

        marked = self._kind.table == "argument" and spec.name == "text"  # its markup is drawn in documents
        made = (InlineMarkupText if marked else InlineLongText)(self.kit, say)
        made.setObjectName(spec.name)
        made.on_save(lambda value: self._save({spec.name: value}, made))
        _no_bar(made)
        return made

    def _editor(self, spec: FieldSpec) -> InlineEditor:
        def say() -> str:
            return self.kit.words.gettext(spec.label)

        if spec.name in self._kind.links:
            choice = InlineChoice(
                self.kit, say, lambda: self._links(self._kind.links[spec.name]), nothing=None
            )
            choice.combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            made: InlineEditor = choice
        elif spec.name == "language":
            made = editor_for(replace(spec, required=True), self.row.language, self.kit)
        elif can_edit(spec):
            made = editor_for(spec, getattr(self.row, spec.name), self.kit)
        else:
            raise ValueError(spec.name)
        made.setObjectName(spec.name)
        made.on_save(lambda value: self._save({spec.name: value}, made))
        _no_bar(made)
        return made

    def _save_name(self, text: str) -> None:
        name = parse_name(text)
        if name is None:
            raise KamdeskError("library.nobody")
        values = {"family_name": name.family, "given_name": name.given, "middle_name": name.middle}
        self._save(values, self.main)

    def _result(self, result: ResultsOf) -> str:
        ngettext = self.kit.words.ngettext
        _ = self.kit.words.gettext
        who = self._words.label("lens", result.lens) or _("Type not known")
        parts = []
        if result.won:
            parts.append(ngettext("accepted {n} time", "accepted {n} times", result.won).format(n=result.won))
        if result.lost:
            parts.append(
                ngettext("declined {n} time", "declined {n} times", result.lost).format(n=result.lost)
            )
        return f"{who}: " + ", ".join(parts)


def _no_bar(editor: InlineEditor) -> None:
    """Text is wrapped: a bar below it would only cover the last line while the panel takes its width."""
    if isinstance(editor, InlineLongText):
        editor.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class _Consent(QWidget):
    """The state of a consent in words, colour and shape, and what can be done about it."""

    def __init__(self, kit: Kit, words: LibraryWords) -> None:
        super().__init__()
        self._kit = kit
        self._words = words
        _ = kit.words.gettext
        self._row: RecommenderView | None = None
        self._picture = IconLabel(kit, "drop", 20)
        self.state = label(kit, wrap=True)
        self.details = label(kit, look="caption", wrap=True)
        self.often = label(kit, look="caption", wrap=True)
        self.record = button(kit, lambda: _("Record the consent"), "ok-circle")
        self.withdraw = button(kit, lambda: _("Withdraw"), look="quiet")
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.record)
        buttons.addWidget(self.withdraw)
        buttons.addStretch(1)
        said = QVBoxLayout()
        said.setSpacing(2)
        for part in (self.state, self.details, self.often):
            said.addWidget(part)
        said.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(7, 0, 0, 4)
        row.setSpacing(8)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(said, 1)
        kit.words.bind(self, self._say)

    def show_row(self, row: RecommenderView) -> None:
        """Show the consent of this recommender."""
        self._row = row
        self._say()

    def _say(self) -> None:
        row = self._row
        if row is None:
            return
        _ = self._kit.words.gettext
        self._picture.set_icon(*consent_look(row))
        self.state.setText(self._words.consent(row))
        details = self._words.consent_details(row)
        if row.consent == "none":
            details = _("Their contacts are in no document until the consent is recorded.")
        self.details.setText(details)
        ngettext = self._kit.words.ngettext
        named = ngettext(
            "Named in {n} proposal in twelve months", "Named in {n} proposals in twelve months", row.this_year
        )
        often = _("Named often lately: spare them for the decisive proposal.")
        lines = (
            [named.format(n=row.this_year) + (". " + often if row.overused else "")] if row.this_year else []
        )
        if row.ends_soon:
            lines.insert(0, _("The consent ends soon: ask again in good time."))
        self.often.setText("\n".join(lines))
        self.often.setVisible(bool(lines))
        self.withdraw.setVisible(row.consent_on is not None)
