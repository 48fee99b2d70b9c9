"""Merging two records: who is kept, which value of each field, and then one step."""

from __future__ import annotations

from collections.abc import Callable

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.dialogs.merge_view import MergeView
from kamdesk.desktop.navigation.target import Target
from kamdesk.model.messages import Message
from kamdesk.rules import merge
from kamdesk.services.field_words import in_words
from kamdesk.services.merging import MergeField, MergePlan

KINDS = {"organisation": "client"}
"""The kind of page of a table where it is called otherwise."""


def offer_merge(
    desk: Desk, table: str, one_id: str, other_id: str, done: Callable[[], object] | None = None
) -> None:
    """Read both records and show them side by side; the one on which more hangs is proposed to be kept."""
    merging = desk.workplace.merging

    def plan() -> MergePlan:
        found = merging.plan(table, one_id, other_id)
        return found if found.kept_holds >= found.other_holds else merging.plan(table, other_id, one_id)

    desk.kit.queries.run(plan, lambda found: MergeDialog(desk, found, done).open(), owner=desk.window)


class MergeDialog(MergeView):
    """The dialog over one plan."""

    def __init__(self, desk: Desk, plan: MergePlan, done: Callable[[], object] | None = None) -> None:
        super().__init__(desk.kit, desk.window, self._said)
        self._desk, self._done = desk, done
        self.swap.clicked.connect(lambda _checked=False: self._swap())
        self.show_plan(plan)

    def accept(self) -> None:
        """Merge; a problem is said here and the dialog stays."""
        plan, merging = self._plan, self._desk.workplace.merging
        if plan is None:
            return
        choices = self.choices()
        self.kit.commands.run(
            lambda: merging.merge(plan.table, plan.kept_id, plan.other_id, choices),
            lambda _kept: self._merged(plan),
            self._failed,
            owner=self,
        )

    def _merged(self, plan: MergePlan) -> None:
        _, window = self.kit.words.gettext, self._desk.window
        kind = KINDS.get(plan.table, plan.table)
        window.forget(kind, plan.other_id)
        window.notify(
            lambda: _("Merged: {name}").format(name=plan.kept_title),
            "success",
            action=lambda: _("Open"),
            on_action=lambda: window.navigate(Target(kind, plan.kept_id)),
        )
        if self._done is not None:
            self._done()
        super().accept()

    def _failed(self, message: Message) -> None:
        self.tell(self.kit.words.message(message))

    def _swap(self) -> None:
        plan, merging = self._plan, self._desk.workplace.merging
        if plan is not None:
            self.kit.queries.run(
                lambda: merging.plan(plan.table, plan.other_id, plan.kept_id),
                self.show_plan,
                self._failed,
                owner=self,
            )

    def _said(self, field: MergeField, side: str) -> str:
        kept = side == merge.KEPT
        values, titles = (field.kept, field.kept_titles) if kept else (field.other, field.other_titles)
        said = in_words(field.specs, values, titles, self.kit.words, self._desk.workplace.vocabularies())
        return said or self.kit.words.gettext("(empty)")
