"""The looks of the trash: its columns and what it says when it is empty."""

from __future__ import annotations

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.models.rows import Column
from kamdesk.desktop.pages.people_words import Said
from kamdesk.desktop.widgets.basic import button, label
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.list_page import ListPage
from kamdesk.services.trash import TrashItem

_ICONS = {
    "person": "person", "organisation": "organisation", "proposal": "proposals", "interaction": "meeting", "note": "note",
    "fact": "fact", "promise": "promise", "contact": "phone", "seat": "seat", "attachment": "attach", "argument": "argument",
    "case_study": "case", "recommender": "recommender", "price_item": "money", "objection": "argument", "objection_use": "argument", "deal": "money", "concession": "money", "follow_up": "forward", "template": "template", "text_template": "mail", "relationship": "link",
}  # fmt: skip


class TrashView(ListPage):
    """A list with one main button."""

    def __init__(self, desk: Desk) -> None:
        kit = desk.kit
        _, ngettext = kit.words.gettext, kit.words.ngettext
        said = Said(kit, desk.workplace.vocabularies, lambda: desk.workplace.store.now().date())

        def left(item: TrashItem) -> str:
            return ngettext("{n} day", "{n} days", item.days_left).format(n=item.days_left)

        def step(item: TrashItem) -> str:
            words = kit.words.message(item.step)
            return _("Undone: {what}").format(what=words) if item.was_undo else words

        super().__init__(
            kit,
            "trash",
            lambda: _("Trash"),
            (
                Column(
                    "when",
                    lambda: _("When"),
                    lambda item: said.moment(item.deleted_at),
                    150,
                    key=lambda item: -item.id,
                ),
                Column(
                    "title",
                    lambda: _("Deleted"),
                    lambda item: item.title or _("(without a name)"),
                    280,
                    icon=lambda item: _ICONS.get(item.table, "note"),
                    hint=step,
                    stretch=True,
                ),
                Column("noun", lambda: _("Kind"), lambda item: _(item.noun), 150),
                Column(
                    "with",
                    lambda: _("What went with it"),
                    lambda item: ", ".join(f"{_(noun)}: {n}" for noun, n in item.with_it),
                    330,
                    hint=lambda item: "\n".join(f"{_(noun)}: {n}" for noun, n in item.with_it) or None,
                ),
                Column("left", lambda: _("Kept for"), left, 134, key=lambda item: item.days_left, right=True),
            ),
            filters=(
                ("organisation", lambda: _("Clients")),
                ("person", lambda: _("People")),
                ("rest", lambda: _("Other records")),
            ),
            row_id=lambda item: str(item.id),
        )
        self.restore_button = button(kit, lambda: _("Restore"), "undo", "primary")
        self.add_head(self.restore_button)
        self.note = label(
            kit,
            lambda: _(
                "What is deleted stays here for thirty days of use; then it is forgotten together with its history."
            ),
            "caption",
            wrap=True,
        )
        self.set_empty(
            EmptyState(
                kit,
                "trash",
                lambda: _(
                    "What you delete waits here for thirty days and can be restored with all that went with it."
                ),
                heading=lambda: _("The trash is empty"),
            )
        )
        self._outer.addWidget(self.note)
