"""The dossier standard of a department: fields of one's own and what one wants to know (D12)."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from kamdesk.model.messages import N_
from kamdesk.model.tables import columns as col
from kamdesk.model.tables.base import Entity
from kamdesk.model.tables.columns import BUSINESS, PRIVATE, STRUCTURAL, Search


class CustomField(Entity):
    """A field of one's own. ``subject`` is the table whose rows have it; the row's sensitivity tightens all its values."""

    __tablename__ = "custom_field"
    __label__ = N_("Own field")
    __collection__ = "custom_fields"
    __title__ = ("label_ru", "label_en")

    subject: Mapped[str] = col.code(N_("Field of"), STRUCTURAL, "custom_subject", default="organisation")
    kind: Mapped[str] = col.code(N_("Kind of field"), STRUCTURAL, "custom_kind", default="text")
    label_ru: Mapped[str] = col.text(N_("In Russian"), BUSINESS)
    label_en: Mapped[str] = col.text(N_("In English"), BUSINESS)
    choices: Mapped[tuple[str, ...]] = col.codes(N_("Choices"), BUSINESS)
    retired: Mapped[bool] = col.yes_no(N_("No longer asked"), STRUCTURAL)
    sensitivity: Mapped[str] = col.row_sensitivity(N_("May be shown to"), BUSINESS)
    position: Mapped[int] = col.position()


class CustomValue(Entity):
    """What a field of one's own holds for one organisation or person; ``value`` is text in the form of the field's kind."""

    __tablename__ = "custom_value"
    __label__ = N_("Value of an own field")
    __collection__ = "custom_values"
    __parents__ = ("person_id", "organisation_id")
    __ends__ = ("field_id", "person_id", "organisation_id")
    __title__ = ("value",)

    field_id: Mapped[str] = col.link("custom_field", required=True)
    person_id: Mapped[str | None] = col.owned_by("person")
    organisation_id: Mapped[str | None] = col.owned_by("organisation")
    value: Mapped[str] = col.long_text(N_("Value"), BUSINESS, search=Search.TEXT)


class Question(Entity):
    """Something the department wants to know of every client or person: asked, never demanded.

    ``about`` names what answers it: a declared field (``person.stance``), a kind of fact (``fact.hobby``) or of
    statement (``statement.budget``), or a field of one's own (``custom.<id>``).
    """

    __tablename__ = "question"
    __label__ = N_("Question")
    __collection__ = "questions"
    __title__ = ("text_ru", "text_en")

    subject: Mapped[str] = col.code(N_("Asked of"), STRUCTURAL, "custom_subject", default="person")
    about: Mapped[str] = col.text(N_("Answered by"), STRUCTURAL)
    text_ru: Mapped[str] = col.text(N_("In Russian"), BUSINESS)
    text_en: Mapped[str] = col.text(N_("In English"), BUSINESS)
    lenses: Mapped[tuple[str, ...]] = col.codes(N_("Only of"), PRIVATE, "lens", category="negotiation")
    retired: Mapped[bool] = col.yes_no(N_("No longer asked"), STRUCTURAL)
    position: Mapped[int] = col.position()
