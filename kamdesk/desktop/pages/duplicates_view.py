"""The looks of the list of duplicates: two records a line, why, and how sure it is."""

from __future__ import annotations

from kamdesk.desktop.desk import Desk
from kamdesk.desktop.models.rows import Column
from kamdesk.desktop.widgets.basic import button
from kamdesk.desktop.widgets.cards import EmptyState
from kamdesk.desktop.widgets.inline_choice import Combo
from kamdesk.desktop.widgets.list_page import ListPage
from kamdesk.services.duplicates import DuplicatePair, DuplicateSide

_ORDER = {"same": 0, "likely": 1, "possible": 2}


class DuplicatesView(ListPage):
    """``subject`` chooses people or organisations; two buttons decide about the chosen pair."""

    def __init__(self, desk: Desk) -> None:
        kit = desk.kit
        _ = kit.words.gettext

        def side(one: DuplicateSide) -> str:
            return " · ".join(part for part in (one.title or _("(without a name)"), one.detail) if part)

        def sure(pair: DuplicatePair) -> str:
            return {"same": _("Surely"), "likely": _("Probably")}.get(pair.certainty, _("Perhaps"))

        super().__init__(
            kit,
            "duplicates",
            lambda: _("Duplicates"),
            (
                Column(
                    "sure",
                    lambda: _("One and the same"),
                    sure,
                    130,
                    key=lambda pair: (_ORDER[pair.certainty], -pair.score),
                ),
                Column("one", lambda: _("Record"), lambda pair: side(pair.one), 300),
                Column("other", lambda: _("Perhaps the same"), lambda pair: side(pair.other), 300),
                Column(
                    "why", lambda: _("Why"), lambda pair: kit.words.message(pair.reason), 260, stretch=True
                ),
            ),
        )
        self.subject = Combo(kit)
        self.subject.addItem("", "person")
        self.subject.addItem("", "organisation")
        self.subject.setMaximumWidth(kit.theme.px(190))
        self.filter_bar.insertWidget(0, self.subject)
        kit.words.bind(self.subject, self._say_subjects)
        self.apart_button = button(kit, lambda: _("Not the same"), "close")
        self.merge_button = button(kit, lambda: _("Compare and merge…"), "copy", "primary")
        self.add_head(self.apart_button)
        self.add_head(self.merge_button)
        self.set_empty(
            EmptyState(
                kit,
                "ok-circle",
                lambda: _(
                    "Records with the same e-mail, phone, INN or name are shown here. Nothing is ever merged by itself."
                ),
                heading=lambda: _("No duplicates found"),
                first=lambda: (
                    _("Look among clients")
                    if self.subject.currentData() == "person"
                    else _("Look among people")
                ),
                on_first=lambda: self.subject.setCurrentIndex(1 - self.subject.currentIndex()),
            )
        )

    def _say_subjects(self) -> None:
        _ = self.kit.words.gettext
        self.subject.setItemText(0, _("People"))
        self.subject.setItemText(1, _("Organisations"))
        self.subject.setAccessibleName(_("Among whom"))
