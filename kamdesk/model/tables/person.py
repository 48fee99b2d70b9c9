"""People: name, how to address, judgements, contacts, employment, facts (D4–D8)."""

from __future__ import annotations

import datetime

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped

from kamdesk.model.messages import N_
from kamdesk.model.tables import columns as col
from kamdesk.model.tables.base import Entity
from kamdesk.model.tables.columns import BUSINESS, PERSONAL, PRIVATE, Search
from kamdesk.model.values import PartialDate


class Person(Entity):
    """Somebody on the client's side. Judgements are private and never reach a document for the client."""

    __tablename__ = "person"
    __label__ = N_("Person")
    __collection__ = "people"
    __title__ = ("family_name", "given_name", "middle_name")
    __page__ = True
    __sorted_by__ = ("family_name", "given_name", "middle_name")
    __table_args__ = (
        Index("ix_person_cadence", "cadence_days", sqlite_where=sql("cadence_days IS NOT NULL")),
    )

    family_name: Mapped[str] = col.text(N_("Family name"), BUSINESS, search=Search.NAME, group="name")
    given_name: Mapped[str] = col.text(N_("Given name"), BUSINESS, search=Search.NAME, group="name")
    middle_name: Mapped[str] = col.text(N_("Middle name"), BUSINESS, search=Search.NAME, group="name")
    gender: Mapped[str] = col.code(N_("Gender"), BUSINESS, "gender")
    salutation: Mapped[str] = col.text(N_("Salutation"), BUSINESS)
    courtesy_title: Mapped[str] = col.text(N_("Courtesy title"), BUSINESS)
    initials: Mapped[str] = col.text(N_("Initials and family name"), BUSINESS)
    written_name: Mapped[str] = col.text(N_("Full name as written"), BUSINESS)
    address_form: Mapped[str] = col.text(N_("How to address"), PERSONAL, search=Search.TEXT)
    name_genitive: Mapped[str] = col.text(N_("Full name, genitive"), BUSINESS, group="name_cases")
    name_dative: Mapped[str] = col.text(N_("Full name, dative"), BUSINESS, group="name_cases")
    name_instrumental: Mapped[str] = col.text(N_("Full name, instrumental"), BUSINESS, group="name_cases")
    language: Mapped[str] = col.code(N_("Language"), BUSINESS, "language")
    lens: Mapped[str] = col.code(N_("Type of stakeholder"), PRIVATE, "lens", category="negotiation")
    influence: Mapped[int | None] = col.integer(
        N_("Influence"), PRIVATE, vocabulary="influence", category="negotiation"
    )
    stance: Mapped[int | None] = col.integer(
        N_("Stance"), PRIVATE, vocabulary="stance", category="negotiation", group="stance"
    )
    stance_evidence: Mapped[str] = col.text(
        N_("What shows the stance"), PRIVATE, category="negotiation", group="stance", search=Search.TEXT
    )
    stance_date: Mapped[datetime.date | None] = col.day(
        N_("Stance as of"), PRIVATE, category="negotiation", group="stance"
    )
    favours_id: Mapped[str | None] = col.link("organisation", N_("Favours a competitor"), sensitivity=PRIVATE)
    ladder_now: Mapped[str] = col.code(N_("Relationship now"), PRIVATE, "ladder", category="negotiation")
    ladder_wanted: Mapped[str] = col.code(
        N_("Relationship wanted"), PRIVATE, "ladder", category="negotiation"
    )
    cadence_days: Mapped[int | None] = col.integer(N_("Keep in touch every, days"), PRIVATE)
    photo_id: Mapped[str | None] = col.link("stored_file", N_("Photo"), sensitivity=PERSONAL)
    sort_key: Mapped[str] = col.sort_key()


class Employment(Entity):
    """Who sits or sat where; several at once are possible. An unknown end means: still there."""

    __tablename__ = "employment"
    __label__ = N_("Employment")
    __collection__ = "employments"
    __parents__ = ("person_id",)
    __ends__ = ("person_id", "organisation_id")

    person_id: Mapped[str] = col.link("person", required=True)
    organisation_id: Mapped[str] = col.link("organisation", required=True)
    seat_id: Mapped[str | None] = col.link("seat", N_("Seat"))
    since: Mapped[PartialDate | None] = col.partial_date(N_("Since"), BUSINESS)
    until: Mapped[PartialDate | None] = col.partial_date(N_("Until"), BUSINESS)
    is_former: Mapped[bool] = col.yes_no(N_("No longer there"), BUSINESS, group="until")
    position: Mapped[int] = col.position()


class Contact(Entity):
    """A way to reach a person or an organisation. ``value`` is as typed; ``normalised`` is E.164 or lower case."""

    __tablename__ = "contact"
    __label__ = N_("Contact")
    __collection__ = "contacts"
    __parents__ = ("person_id", "organisation_id")
    __title__ = ("value",)

    person_id: Mapped[str | None] = col.owned_by("person")
    organisation_id: Mapped[str | None] = col.owned_by("organisation")
    kind: Mapped[str] = col.code(N_("Kind"), BUSINESS, "contact_kind", group="value")
    value: Mapped[str] = col.text(N_("Contact"), BUSINESS, search=Search.TEXT, group="value", required=True)
    normalised: Mapped[str] = col.text("", BUSINESS, search=Search.TEXT, group="value", hidden=True)
    note: Mapped[str] = col.text(N_("Remark"), BUSINESS)
    sensitivity: Mapped[str] = col.row_sensitivity(N_("May be shown to"), BUSINESS)
    position: Mapped[int] = col.position()


class Part(Entity):
    """A part that a person plays in this client's decision, or for us (D4): in all of its deals, or in one."""

    __tablename__ = "part"
    __label__ = N_("Part in the decision")
    __collection__ = "parts"
    __parents__ = ("person_id",)
    __ends__ = ("person_id", "organisation_id")

    person_id: Mapped[str] = col.link("person", required=True)
    organisation_id: Mapped[str] = col.link("organisation", required=True)
    deal_id: Mapped[str | None] = col.owned_by("deal")
    code: Mapped[str] = col.code(N_("Part"), PRIVATE, "part", category="negotiation", required=True)


class Criterion(Entity):
    """What matters to a person or to a client, ranked from 0 (D6)."""

    __tablename__ = "criterion"
    __label__ = N_("Criterion")
    __collection__ = "criteria"
    __parents__ = ("person_id", "organisation_id")

    person_id: Mapped[str | None] = col.owned_by("person")
    organisation_id: Mapped[str | None] = col.owned_by("organisation")
    code: Mapped[str] = col.code(
        N_("What matters"), PRIVATE, "criteria", category="negotiation", required=True
    )
    rank: Mapped[int] = col.integer(N_("Rank"), PRIVATE, default=0, category="negotiation")
    source_kind: Mapped[str] = col.code(N_("How we know"), PRIVATE, "confidence", category="negotiation")


class Fact(Entity):
    """Something known about a person (D7). Private until opened; only the text is asked."""

    __tablename__ = "fact"
    __label__ = N_("Fact")
    __collection__ = "facts"
    __parents__ = ("person_id",)
    __title__ = ("text",)
    # Today asks for what is near among all facts ever noted, and answers from the index alone.
    __table_args__ = (
        Index("ix_fact_dated", "kind", "date", "person_id", sqlite_where=sql("date IS NOT NULL")),
        Index("ix_fact_review", "review_by", "person_id", sqlite_where=sql("review_by IS NOT NULL")),
    )

    person_id: Mapped[str] = col.link("person", required=True)
    kind: Mapped[str] = col.code(N_("What it is about"), PERSONAL, "fact_kind", default="other")
    text: Mapped[str] = col.long_text(N_("What we know"), PERSONAL, search=Search.TEXT)
    date: Mapped[PartialDate | None] = col.partial_date(N_("Date"), PERSONAL)
    source_kind: Mapped[str] = col.code(N_("How we know"), PRIVATE, "confidence")
    source: Mapped[str] = col.text(N_("Source"), PRIVATE)
    noted_on: Mapped[datetime.date | None] = col.day(N_("Noted on"), PERSONAL)
    review_by: Mapped[datetime.date | None] = col.day(N_("Check again by"), PERSONAL)
    sensitivity: Mapped[str] = col.row_sensitivity(N_("May be shown to"), PRIVATE)


class Relationship(Entity):
    """A tie between two people (D8). Reporting lines are facts of seats and are not stored here."""

    __tablename__ = "relationship"
    __label__ = N_("Relationship")
    __collection__ = "relationships"
    __parents__ = ("from_id",)
    __ends__ = ("from_id", "to_id")

    from_id: Mapped[str] = col.link("person", required=True)
    to_id: Mapped[str] = col.link("person", required=True)
    kind: Mapped[str] = col.code(N_("Relationship"), PRIVATE, "relation", default="knows")
    strength: Mapped[int | None] = col.integer(N_("Strength"), PRIVATE, vocabulary="relation_strength")
    since: Mapped[PartialDate | None] = col.partial_date(N_("Since"), PRIVATE)
    until: Mapped[PartialDate | None] = col.partial_date(N_("Until"), PRIVATE)
    note: Mapped[str] = col.text(N_("Remark"), PRIVATE, search=Search.TEXT)
    source_kind: Mapped[str] = col.code(N_("How we know"), PRIVATE, "confidence")
    sensitivity: Mapped[str] = col.row_sensitivity(N_("May be shown to"), PRIVATE)
