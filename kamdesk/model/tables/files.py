"""Stored files and what they are attached to, the user's own vocabulary items, and what keeps identity across vaults."""

from __future__ import annotations

import datetime

from sqlalchemy.orm import Mapped

from kamdesk.model.messages import N_
from kamdesk.model.tables import columns as col
from kamdesk.model.tables.base import Entity
from kamdesk.model.tables.columns import BUSINESS, PRIVATE, STRUCTURAL, Search


class StoredFile(Entity):
    """A file inside the vault: immutable, encrypted, named by a keyed hash of its content.

    ``storage`` is that name; ``sha256`` is of the plain content and lets a copy be recognised.
    """

    __tablename__ = "stored_file"
    __label__ = N_("File")
    __collection__ = "files"
    __title__ = ("name",)

    name: Mapped[str] = col.text(N_("File name"), BUSINESS, search=Search.TEXT)
    media_type: Mapped[str] = col.text(N_("Kind of file"), STRUCTURAL)
    size: Mapped[int] = col.integer(N_("Size, bytes"), STRUCTURAL, default=0)
    sha256: Mapped[str] = col.text("", STRUCTURAL, hidden=True)
    storage: Mapped[str] = col.text("", STRUCTURAL, hidden=True)


class Attachment(Entity):
    """A file of a client, person, interaction or deal (D14): inside the vault by ``file_id``, or a link to a ``path``.

    ``text`` is what was read from it for the search; a file of a picture has none.
    """

    __tablename__ = "attachment"
    __label__ = N_("Attachment")
    __collection__ = "attachments"
    __parents__ = ("interaction_id", "person_id", "deal_id", "organisation_id")
    __title__ = ("name",)

    organisation_id: Mapped[str | None] = col.owned_by("organisation")
    person_id: Mapped[str | None] = col.owned_by("person")
    interaction_id: Mapped[str | None] = col.owned_by("interaction")
    deal_id: Mapped[str | None] = col.owned_by("deal")
    file_id: Mapped[str | None] = col.link("stored_file", N_("File"), sensitivity=BUSINESS)
    path: Mapped[str] = col.text(N_("Place on this computer"), PRIVATE)
    name: Mapped[str] = col.text(N_("Name"), BUSINESS, search=Search.NAME, required=True)
    note: Mapped[str] = col.text(N_("Remark"), BUSINESS, search=Search.TEXT)
    text: Mapped[str] = col.long_text(N_("Text of the file"), PRIVATE, search=Search.TEXT)
    added_on: Mapped[datetime.date | None] = col.day(N_("Added on"), BUSINESS)
    sensitivity: Mapped[str] = col.row_sensitivity(N_("May be shown to"), BUSINESS)


class VocabularyItem(Entity):
    """What the user changed of the shipped vocabularies: a new code, other words, hidden (architecture, 1).

    ``extra`` is JSON of what else an item of this list says (reverse labels of a relationship, criteria of a type).
    """

    __tablename__ = "vocabulary"
    __label__ = N_("Reference data")
    __collection__ = "vocabulary"
    __title__ = ("code",)

    vocabulary: Mapped[str] = col.text(N_("List"), STRUCTURAL)
    code: Mapped[str] = col.text(N_("Code"), STRUCTURAL)
    label_ru: Mapped[str] = col.text(N_("In Russian"), BUSINESS)
    label_en: Mapped[str] = col.text(N_("In English"), BUSINESS)
    hidden: Mapped[bool] = col.yes_no(N_("Hidden"), STRUCTURAL)
    position: Mapped[int] = col.integer(N_("Place"), STRUCTURAL, default=0)
    extra: Mapped[str] = col.text(N_("What else belongs to it"), BUSINESS)


class Alias(Entity):
    """A row that was merged into another: its old id stands for the kept one, here and in every package."""

    __tablename__ = "alias"
    __label__ = N_("Merged record")
    __collection__ = "aliases"

    table_name: Mapped[str] = col.text("", STRUCTURAL, hidden=True)
    old_id: Mapped[str] = col.text("", STRUCTURAL, hidden=True, indexed=True)
    kept_id: Mapped[str] = col.text("", STRUCTURAL, hidden=True)


class ExternalKey(Entity):
    """What another program calls a row (vCard UID, ИНН, e-mail): makes a second import of it "the same"."""

    __tablename__ = "external_key"
    __label__ = N_("Key in another program")
    __collection__ = "external_keys"

    table_name: Mapped[str] = col.text("", STRUCTURAL, hidden=True)
    row_id: Mapped[str] = col.text("", STRUCTURAL, hidden=True, indexed=True)
    kind: Mapped[str] = col.text("", STRUCTURAL, hidden=True)
    value: Mapped[str] = col.text("", BUSINESS, hidden=True, indexed=True)
