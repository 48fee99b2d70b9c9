"""One colleague as a card: name, post, contacts, expert topics, who I am, who signs and by which authority."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.library_words import shown_name
from kamdesk.desktop.widgets.basic import set_look, tool_button
from kamdesk.desktop.widgets.cards import Avatar
from kamdesk.desktop.widgets.editor_for import editor_for
from kamdesk.desktop.widgets.field_place import mark_row
from kamdesk.desktop.widgets.flow import FlowLayout
from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.inline_choice import InlineYesNo
from kamdesk.desktop.widgets.inline_text import InlineText
from kamdesk.desktop.widgets.section import Card, FieldList
from kamdesk.model.fields import FieldSpec
from kamdesk.model.messages import KamdeskError
from kamdesk.rules.typed.names import parse_name
from kamdesk.services.company import ColleagueView

FIELDS: Final = ("post", "phone", "email", "topics")

Save = Callable[[Mapping[str, object], InlineEditor], object]


class ColleagueCard(Card):
    """``moved(step)`` up or down, ``me_chosen()``, ``delete_wanted()``; fields save themselves by ``save``."""

    moved = Signal(int)
    me_chosen = Signal()
    delete_wanted = Signal()

    def __init__(self, kit: Kit, specs: Mapping[str, FieldSpec], view: ColleagueView, save: Save) -> None:
        super().__init__(kit)
        _ = kit.words.gettext
        set_look(self, "fact")
        self.view = view
        self._save = save
        self.avatar = Avatar(kit, "", None, 40)
        self.name = InlineText(kit, lambda: _("Full name"), self._save_name)
        self.fields = FieldList(kit)
        self.editors: dict[str, InlineEditor] = {"name": self.name}
        for field in FIELDS:
            self._add(specs[field])
        self.me = InlineYesNo(kit, lambda: _("This is me"))
        self.me.on_save(self._say_me)
        self.signs = InlineYesNo(kit, lambda: _("Signs proposals"))
        self.signs.on_save(lambda value: self._save({"signs": value}, self.signs))
        self.authority = InlineText(
            kit,
            lambda: _("Authority to sign"),
            lambda value: self._save({"authority": value}, self.authority),
            placeholder=lambda: _("Authority: “the charter”, “power of attorney No. 5”"),
        )
        self.authority.setMinimumWidth(kit.theme.px(260))
        self.editors |= {"me": self.me, "signs": self.signs, "authority": self.authority}
        self._lay_out()
        self.show_row(view)

    def show_row(self, view: ColleagueView) -> None:
        """The colleague as stored; a draft that is being typed stays."""
        self.view = view
        mark_row(
            self,
            "colleague",
            view.id,
            family_name=self.name,
            is_me=self.me,
            signs=self.signs,
            authority=self.authority,
        )
        data = view.data
        name = shown_name(data.name)
        self.avatar.show_person(name)
        self.name.set_value(name)
        for field in FIELDS:
            self.editors[field].set_value(getattr(data, field))
        self.me.set_value(view.is_me)
        self.signs.set_value(data.signs)
        self.authority.set_value(data.authority)
        self.authority.setVisible(data.signs)
        self.fields.refresh()

    def _add(self, spec: FieldSpec) -> None:
        made = editor_for(spec, "", self.kit)
        made.on_save(lambda value: self._save({spec.name: value}, made))
        self.editors[spec.name] = made
        self.fields.add(made, always=spec.name == "post")

    def _lay_out(self) -> None:
        kit, _ = self.kit, self.kit.words.gettext
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.name, 1)
        for say, icon, call in (
            (lambda: _("Move up"), "up", lambda: self.moved.emit(-1)),
            (lambda: _("Move down"), "down", lambda: self.moved.emit(1)),
            (lambda: _("Delete"), "trash", self.delete_wanted.emit),
        ):
            head.addWidget(tool_button(kit, say, icon, call))
        ticks = FlowLayout()
        for widget in (self.me, self.signs, self.authority):
            ticks.addWidget(widget)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.fields)
        column.addLayout(ticks)
        row = QHBoxLayout()
        row.setSpacing(12)
        side = QVBoxLayout()
        side.addWidget(self.avatar)
        side.addStretch(1)
        row.addLayout(side)
        row.addLayout(column, 1)
        self.body.addLayout(row)
        self.body.setContentsMargins(12, 10, 12, 8)
        kit.words.bind(self, lambda: self.setAccessibleName(_("Colleague")))

    def _say_me(self, value: bool) -> None:
        if value:
            self.me_chosen.emit()
        else:
            self._save({"is_me": False}, self.me)

    def _save_name(self, text: str) -> None:
        name = parse_name(text)
        if name is None:
            raise KamdeskError("colleague.name")
        self._save(
            {"family_name": name.family, "given_name": name.given, "middle_name": name.middle}, self.name
        )


def caption(kit: Kit, names: str) -> str:
    """Who signs, in one line."""
    _ = kit.words.gettext
    return (
        _("Signs: {names}").format(names=names) if names else _("Nobody signs proposals yet: tick who does.")
    )
