"""How files are said: sizes, what they belong to, icons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kamdesk.desktop.kit import Kit
from kamdesk.desktop.pages.people_words import Said

if TYPE_CHECKING:
    from kamdesk.services.attachments import AttachmentView

_ICONS: Final = {
    "pdf": "pdf", "docx": "word", "doc": "word", "dotx": "word", "xlsx": "table", "xls": "table", "csv": "table", "ods": "table",
    "png": "picture", "jpg": "picture", "jpeg": "picture", "webp": "picture", "gif": "picture", "bmp": "picture",
    "eml": "mail", "msg": "mail", "ics": "calendar",
}  # fmt: skip


def icon_of(one: AttachmentView) -> str:
    """The drawing of a file; a link that leads nowhere warns."""
    if one.missing:
        return "warning"
    return "link" if one.linked else _ICONS.get(one.kind, "attach")


def said_size(kit: Kit, size: int | None) -> str:
    """Bytes as people say them; "" for none."""
    if size is None:
        return ""
    _ = kit.words.gettext
    if size < 1024:
        return _("{n} bytes").format(n=size)
    if size < 1024 * 1024:
        return _("{n} KB").format(n=round(size / 1024))
    return _("{n} MB").format(n=kit.typed.show_decimal(_tenths(size)))


def _tenths(size: int):
    from decimal import Decimal

    return Decimal(round(size * 10 / (1024 * 1024))) / 10


def belongs(kit: Kit, said: Said, one: AttachmentView, owner: str) -> str:
    """What a file belongs to; "" for the record whose page is shown."""
    if one.owner_id == owner:
        return ""
    if one.owner_table != "interaction":
        return one.owner
    head = said.label("interaction", one.owner_kind)
    day = said.day(one.when) if one.when else ""
    return ", ".join(part for part in (head, one.owner, day) if part)
