"""How the user works: what was put off on Today, filters kept by name, preferences of the vault (W1, W2)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from kamdesk.model.messages import N_
from kamdesk.model.tables import columns as col
from kamdesk.model.tables.base import Entity
from kamdesk.model.tables.columns import BUSINESS, STRUCTURAL


class AgendaMark(Entity):
    """An item of Today that was put off until a day, or dismissed for good when ``until`` is empty.

    ``key`` names the item and its occasion (``birthday:<person>:2026``); another occasion comes up again.
    """

    __tablename__ = "agenda_mark"
    __label__ = N_("Reminder put off")
    __collection__ = "agenda_marks"
    __parents__ = ("person_id", "organisation_id")

    key: Mapped[str] = col.text(N_("Key"), STRUCTURAL, hidden=True, indexed=True)
    person_id: Mapped[str | None] = col.owned_by("person")
    organisation_id: Mapped[str | None] = col.owned_by("organisation")
    until: Mapped[date | None] = col.day(N_("Put off until"), STRUCTURAL)


class SavedFilter(Entity):
    """A filter of a list kept by name. ``query`` is the text of the search box with its filters, ``page`` the list."""

    __tablename__ = "saved_filter"
    __label__ = N_("Saved filter")
    __collection__ = "saved_filters"
    __title__ = ("name",)

    page: Mapped[str] = col.text(N_("List"), STRUCTURAL, hidden=True)
    name: Mapped[str] = col.text(N_("Name"), BUSINESS, required=True)
    query: Mapped[str] = col.text(N_("Filter"), BUSINESS)
    position: Mapped[int] = col.position()


class Preference(Entity):
    """A preference that belongs to the vault and not to the computer, as JSON; the keys are in ``services.preferences``."""

    __tablename__ = "preference"
    __label__ = N_("Preference")
    __collection__ = "preferences"
    __title__ = ("key",)

    key: Mapped[str] = col.text(N_("Key"), STRUCTURAL, hidden=True, indexed=True)
    value: Mapped[str] = col.text(N_("Value"), STRUCTURAL, hidden=True)
