"""What happened and what is planned: interactions, promises both ways, plain notes (D7, D10, D11)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped

from kamdesk.model.messages import N_
from kamdesk.model.tables import columns as col
from kamdesk.model.tables.base import Entity
from kamdesk.model.tables.columns import BUSINESS, PERSONAL, PRIVATE, Search


class Interaction(Entity):
    """A meeting, call, letter … past or planned. ``settled_on`` closes a complaint or a request."""

    __tablename__ = "interaction"
    __label__ = N_("Interaction")
    __collection__ = "interactions"
    __parents__ = ("organisation_id",)
    __title__ = ("purpose",)
    __page__ = True
    # The first two answer "when last" from the index alone: the rows are large, and a list asks for thousands of them.
    # The others hold only what Today asks for: the few that are open among all that were ever recorded.
    __table_args__ = (
        Index("ix_interaction_of_client", "organisation_id", "state", "starts_at"),
        Index("ix_interaction_when", "id", "state", "starts_at", "kind"),
        Index("ix_interaction_planned", "starts_at", sqlite_where=sql("state = 'planned'")),
        Index(
            "ix_interaction_next_step",
            "next_step_on",
            sqlite_where=sql("next_step_on IS NOT NULL AND next_step_done_on IS NULL"),
        ),
        Index(
            "ix_interaction_open_matter",
            "starts_at",
            sqlite_where=sql("kind IN ('complaint', 'request') AND settled_on IS NULL"),
        ),
    )

    organisation_id: Mapped[str | None] = col.owned_by("organisation")
    deal_id: Mapped[str | None] = col.link("deal", N_("Deal"))
    kind: Mapped[str] = col.code(N_("Kind"), BUSINESS, "interaction", default="meeting")
    state: Mapped[str] = col.code(N_("State"), BUSINESS, "interaction_state", default="done")
    starts_at: Mapped[datetime | None] = col.moment(N_("When"), BUSINESS, group="when")
    ends_at: Mapped[datetime | None] = col.moment(N_("Until"), BUSINESS, group="when")
    place: Mapped[str] = col.text(N_("Where"), BUSINESS, search=Search.TEXT)
    purpose: Mapped[str] = col.text(N_("Purpose"), BUSINESS, search=Search.TEXT)
    aim_ideal: Mapped[str] = col.text(
        N_("Best result"), PRIVATE, search=Search.TEXT, category="negotiation", group="aim"
    )
    aim_minimum: Mapped[str] = col.text(
        N_("Least result"), PRIVATE, search=Search.TEXT, category="negotiation", group="aim"
    )
    outcome: Mapped[str] = col.long_text(N_("Outcome"), PERSONAL, search=Search.TEXT)
    next_step: Mapped[str] = col.text(N_("Next step"), BUSINESS, search=Search.TEXT, group="next_step")
    next_step_on: Mapped[date | None] = col.day(N_("Next step on"), BUSINESS, group="next_step")
    next_step_done_on: Mapped[date | None] = col.day(N_("Next step done on"), BUSINESS, group="next_step")
    settled_on: Mapped[date | None] = col.day(N_("Settled on"), BUSINESS)
    initiative: Mapped[str] = col.code(N_("Whose initiative"), BUSINESS, "initiative")
    sensitivity: Mapped[str] = col.row_sensitivity(N_("May be shown to"), BUSINESS)


class Participant(Entity):
    """Who took part in an interaction, on either side."""

    __tablename__ = "participant"
    __label__ = N_("Participant")
    __collection__ = "participants"
    __parents__ = ("interaction_id",)
    __ends__ = ("interaction_id", "person_id")
    __table_args__ = (Index("ix_participant_of_person", "person_id", "interaction_id"),)

    interaction_id: Mapped[str] = col.link("interaction", required=True)
    person_id: Mapped[str | None] = col.owned_by("person")
    colleague_id: Mapped[str | None] = col.owned_by("colleague")


class Promise(Entity):
    """A promise of ours or of theirs: who, what, by when, before which witness, and when it was kept."""

    __tablename__ = "promise"
    __label__ = N_("Promise")
    __collection__ = "promises"
    __parents__ = ("organisation_id", "person_id")
    __title__ = ("text",)
    __table_args__ = (Index("ix_promise_open", "due", sqlite_where=sql("done_on IS NULL")),)

    organisation_id: Mapped[str | None] = col.owned_by("organisation")
    person_id: Mapped[str | None] = col.link("person", N_("Who"))
    interaction_id: Mapped[str | None] = col.link("interaction", N_("Given at"))
    deal_id: Mapped[str | None] = col.link("deal", N_("Deal"))
    side: Mapped[str] = col.code(N_("Whose promise"), BUSINESS, "promise_side", default="ours")
    text: Mapped[str] = col.text(N_("Promise"), BUSINESS, search=Search.TEXT, required=True)
    due: Mapped[date | None] = col.day(N_("Due"), BUSINESS)
    witness: Mapped[str] = col.text(N_("Witness"), PERSONAL)
    done_on: Mapped[date | None] = col.day(N_("Kept on"), BUSINESS)
    sensitivity: Mapped[str] = col.row_sensitivity(N_("May be shown to"), BUSINESS)


class Note(Entity):
    """A plain dated note on a client, a person or a deal; private, and left out of a handover unless chosen."""

    __tablename__ = "note"
    __label__ = N_("Note")
    __collection__ = "notes"
    __parents__ = ("person_id", "deal_id", "organisation_id")
    __title__ = ("text",)

    person_id: Mapped[str | None] = col.owned_by("person")
    organisation_id: Mapped[str | None] = col.owned_by("organisation")
    deal_id: Mapped[str | None] = col.owned_by("deal")
    text: Mapped[str] = col.long_text(
        N_("Note"), PRIVATE, search=Search.TEXT, category="notes", required=True
    )
    written_on: Mapped[date | None] = col.day(N_("Written on"), PRIVATE, category="notes")
    sensitivity: Mapped[str] = col.row_sensitivity(N_("May be shown to"), PRIVATE)
