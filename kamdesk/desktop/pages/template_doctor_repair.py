"""Before and after of a repair, side by side, to be looked at before the template is changed (R9)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from kamdesk.desktop.dialogs.base import DialogBase
from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.template_doctor import Around
from kamdesk.desktop.widgets.basic import label, line
from kamdesk.desktop.widgets.scroll import scrolling
from kamdesk.model.messages import Message

_MOST = 80


class RepairDialog(DialogBase):
    """``repaired`` are the findings of a repair: before is ``text.params["tag"]``, after ``suggestion``. ``accepted``: take it."""

    def __init__(self, kit: Kit, repaired: Sequence[Any], parent: QWidget | None = None) -> None:
        _, ngettext, n = kit.words.gettext, kit.words.ngettext, len(repaired)
        super().__init__(
            kit,
            lambda: ngettext("Fix {n} place in the template?", "Fix {n} places in the template?", n).format(
                n=n
            ),
            parent,
            ok=lambda: _("Take it over"),
        )
        self._repaired = tuple(repaired)
        self.setMinimumSize(kit.theme.px(760), kit.theme.px(420))
        self.body.addWidget(
            label(
                kit,
                lambda: _(
                    "Nothing else is touched, and it can be undone. Documents made before stay as they are."
                ),
                "muted",
                wrap=True,
            )
        )
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for at, share in enumerate((2, 3, 3)):
            grid.setColumnStretch(at, share)
        for at, say in enumerate((lambda: _("Where"), lambda: _("Before"), lambda: _("After"))):
            grid.addWidget(label(kit, say, "caption"), 0, at)
        for number, one in enumerate(self._repaired[:_MOST]):
            row = 1 + 2 * number
            grid.addWidget(line(), row, 0, 1, 3)
            grid.addWidget(label(kit, lambda one=one: self._place(one), "muted", wrap=True), row + 1, 0, _TOP)
            grid.addWidget(Side(kit, one), row + 1, 1, _TOP)
            grid.addWidget(Side(kit, one, after=True), row + 1, 2, _TOP)
        grid.setRowStretch(2 * _MOST + 2, 1)
        scroll = scrolling(inner, sideways=False)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        kit.words.bind(scroll, lambda: scroll.setAccessibleName(_("Before and after")))
        self.body.addWidget(scroll, 1)

    def pairs(self) -> list[tuple[str, str]]:
        """Each text before and after."""
        return [
            ("".join(Side(self.kit, one).parts()), "".join(Side(self.kit, one, after=True).parts()))
            for one in self._repaired
        ]

    def _place(self, one: Any) -> str:
        """Where it is, and what changed where the eye cannot tell."""
        say = self.kit.words.message
        place = say(one.place) if isinstance(one.place, Message) else str(one.place)
        return f"{place}\n{say(one.text)}" if one.text.code != _PLAIN else place


class Side(Around):
    """One side of a repair: a tag that Word keeps in pieces with its seams, of letters that look alike only those marked."""

    @property
    def _differs(self) -> bool:
        """Whether the eye can tell both sides apart."""
        return bool(self._finding.text.code == _PLAIN)

    def parts(self) -> tuple[str, str, str]:
        """What stands before, the fault as it is kept (or what takes its place), what stands behind."""
        before, fault, behind = super().parts()
        pieces = self._finding.text.params.get("pieces", "")
        return before, pieces if pieces and not self._after else fault, behind

    def _marked(self, fault: str) -> str:
        marked = super()._marked
        tag, better = str(self._finding.text.params.get("tag", "")), self._finding.suggestion
        if tag == better or len(tag) != len(better) or len(fault) != len(tag) or self._differs:
            return marked(fault)
        changed = [one != other for one, other in zip(tag, better, strict=True)]
        return "".join(
            marked(letters) if differ else escape(letters)
            for differ, group in groupby(zip(changed, fault, strict=True), key=itemgetter(0))
            if (letters := "".join(letter for _, letter in group))
        )


_PLAIN = "word.repaired_tag"


_TOP = Qt.AlignmentFlag.AlignTop
