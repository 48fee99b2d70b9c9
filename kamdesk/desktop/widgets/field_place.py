"""Which stored field the keyboard is in: pages mark what shows a record, editors are called by their field.

::

    mark_record(section, "person", person_id)      # a section, a row, a page …
    mark_field(judgement_bar, "stance")            # where the editor's object name is not the field already
"""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from kamdesk.desktop.widgets.inline_base import InlineEditor
from kamdesk.desktop.widgets.page import PageBase
from kamdesk.model.messages import KamdeskError

TABLES: Final = {"client": "organisation"}
"""The table of a kind of page where it is called otherwise."""

_RECORD = "Record"
_FIELD = "Field"


def mark_record(widget: QWidget, table: str, row_id: str) -> None:
    """Everything inside ``widget`` shows this row, unless something further in is marked itself."""
    widget.setProperty(_RECORD, f"{table} {row_id}" if row_id else "")


def mark_field(widget: QWidget, field: str) -> None:
    """This widget, or everything inside it, edits one field."""
    widget.setProperty(_FIELD, field)


def mark_row(widget: QWidget, table: str, row_id: str, **editors: QWidget) -> None:
    """``widget`` shows this row, and each of ``editors`` the field it is named after."""
    mark_record(widget, table, row_id)
    for field, editor in editors.items():
        mark_field(editor, field)


def place_of(widget: QWidget | None) -> tuple[str, str, str] | None:
    """(table, row id, field) of what a widget edits; None for what is no stored field.

    On a page as a whole only an editor that is called as the page's own field counts: a row inside it that nobody
    marked may have a field of the same name.
    """
    field = record = called = ""
    at = widget
    while at is not None and not record:
        if not field:
            field = str(at.property(_FIELD) or "")
        if not field and isinstance(at, InlineEditor):
            field, called = at.objectName(), at.label_text()
        record = str(at.property(_RECORD) or "")
        if record and called and isinstance(at, PageBase) and called != _label(at, record, field):
            return None
        at = at.parentWidget()
    table, _blank, row_id = record.partition(" ")
    return (table, row_id, field) if field and row_id and _knows(table, field) else None


def _label(page: PageBase, record: str, field: str) -> str:
    from kamdesk.services.field_history import group_of

    table = record.partition(" ")[0]
    specs = {spec.name: spec.label for spec in group_of(table, field)} if _knows(table, field) else {}
    return page.kit.words.gettext(specs.get(field, ""))


def _knows(table: str, field: str) -> bool:
    from kamdesk.services.field_history import group_of  # loaded when first asked: the window stands sooner

    try:
        return bool(group_of(table, field))
    except (KamdeskError, KeyError):
        return False
