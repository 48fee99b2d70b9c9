"""Organisations, what is known of their business, their tree of units and seats (D1–D3).

A seat is not a person: people come and go.
"""

from __future__ import annotations

import datetime

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped

from kamdesk.model.messages import N_
from kamdesk.model.tables import columns as col
from kamdesk.model.tables.base import Entity
from kamdesk.model.tables.columns import BUSINESS, PRIVATE, PUBLIC, Search
from kamdesk.model.values import PartialDate


class Organisation(Entity):
    """A client, a prospect, a competitor … by ``kind``."""

    __tablename__ = "organisation"
    __label__ = N_("Organisation")
    __collection__ = "organisations"
    __title__ = ("short_name",)
    __page__ = True
    __sorted_by__ = ("short_name",)

    kind: Mapped[str] = col.code(N_("Kind"), BUSINESS, "organisation_kind", default="client")
    short_name: Mapped[str] = col.text(N_("Name"), PUBLIC, search=Search.NAME, required=True)
    legal_name: Mapped[str] = col.text(N_("Legal name"), PUBLIC, search=Search.NAME)
    legal_name_genitive: Mapped[str] = col.text(N_("Legal name, genitive"), PUBLIC, group="legal_name_cases")
    legal_name_dative: Mapped[str] = col.text(N_("Legal name, dative"), PUBLIC, group="legal_name_cases")
    legal_name_instrumental: Mapped[str] = col.text(
        N_("Legal name, instrumental"), PUBLIC, group="legal_name_cases"
    )
    parent_id: Mapped[str | None] = col.link("organisation", N_("Parent company"))
    group_name: Mapped[str] = col.text(N_("Group of companies"), PUBLIC, search=Search.TEXT)
    industry: Mapped[str] = col.text(N_("Industry"), PUBLIC, search=Search.TEXT)
    territory: Mapped[str] = col.text(N_("Territory"), PUBLIC, search=Search.TEXT)
    size: Mapped[str] = col.text(N_("Size"), PUBLIC)
    address: Mapped[str] = col.text(N_("Address"), PUBLIC, search=Search.TEXT)
    inn: Mapped[str] = col.text(N_("INN"), PUBLIC, search=Search.TEXT)
    kpp: Mapped[str] = col.text(N_("KPP"), PUBLIC)
    ogrn: Mapped[str] = col.text(N_("OGRN"), PUBLIC)
    iban: Mapped[str] = col.text(N_("IBAN"), BUSINESS)
    language: Mapped[str] = col.code(N_("Language of documents"), BUSINESS, "language", default="ru")
    tags: Mapped[tuple[str, ...]] = col.codes(N_("Tags"), BUSINESS, search=Search.TEXT)
    description: Mapped[str] = col.long_text(N_("About the organisation"), BUSINESS, search=Search.TEXT)
    sort_key: Mapped[str] = col.sort_key()


class Unit(Entity):
    """A branch, division, department or site of an organisation."""

    __tablename__ = "unit"
    __label__ = N_("Unit")
    __collection__ = "units"
    __parents__ = ("organisation_id",)
    __title__ = ("name",)

    organisation_id: Mapped[str] = col.link("organisation", required=True)
    parent_id: Mapped[str | None] = col.link("unit", N_("Belongs to"))
    name: Mapped[str] = col.text(N_("Unit"), BUSINESS, search=Search.NAME, required=True)
    kind: Mapped[str] = col.code(N_("Kind"), BUSINESS, "unit_kind")
    address: Mapped[str] = col.text(N_("Address"), BUSINESS, search=Search.TEXT)
    position: Mapped[int] = col.position()


class Seat(Entity):
    """A post in an organisation, held by somebody or vacant. Reporting is a fact of seats and survives people."""

    __tablename__ = "seat"
    __label__ = N_("Seat")
    __collection__ = "seats"
    __parents__ = ("organisation_id",)
    __title__ = ("title",)

    organisation_id: Mapped[str] = col.link("organisation", required=True)
    unit_id: Mapped[str | None] = col.link("unit", N_("Unit"))
    reports_to_id: Mapped[str | None] = col.link("seat", N_("Reports to"))
    title: Mapped[str] = col.text(N_("Job title"), BUSINESS, search=Search.TEXT)
    title_genitive: Mapped[str] = col.text(N_("Job title, genitive"), BUSINESS, group="title_cases")
    title_dative: Mapped[str] = col.text(N_("Job title, dative"), BUSINESS, group="title_cases")
    title_instrumental: Mapped[str] = col.text(N_("Job title, instrumental"), BUSINESS, group="title_cases")

    position: Mapped[int] = col.position()


class Statement(Entity):
    """Something known of a client's business (D2), with how we know it and when; any can become an argument."""

    __tablename__ = "statement"
    __label__ = N_("Statement about the business")
    __collection__ = "statements"
    __parents__ = ("organisation_id",)
    __title__ = ("text",)
    __table_args__ = (
        Index(
            "ix_statement_review", "review_by", "organisation_id", sqlite_where=sql("review_by IS NOT NULL")
        ),
    )

    organisation_id: Mapped[str] = col.link("organisation", required=True)
    kind: Mapped[str] = col.code(N_("What it is about"), BUSINESS, "statement_kind", default="development")
    text: Mapped[str] = col.long_text(N_("Statement"), BUSINESS, search=Search.TEXT, required=True)
    competitor_id: Mapped[str | None] = col.link("organisation", N_("Competitor"))
    argument_id: Mapped[str | None] = col.link("argument", N_("Argument"))
    source_kind: Mapped[str] = col.code(N_("How we know"), PRIVATE, "confidence")
    source: Mapped[str] = col.text(N_("Source"), PRIVATE, search=Search.TEXT)
    noted_on: Mapped[datetime.date | None] = col.day(N_("Noted on"), BUSINESS)
    review_by: Mapped[datetime.date | None] = col.day(N_("Check again by"), BUSINESS)
    sensitivity: Mapped[str] = col.row_sensitivity(N_("May be shown to"), BUSINESS)


class ExpectedChange(Entity):
    """A change that is expected of a person or a seat (D8): retires in July, will be appointed."""

    __tablename__ = "expected_change"
    __label__ = N_("Expected change")
    __collection__ = "expected_changes"
    __parents__ = ("person_id", "organisation_id")
    __title__ = ("text",)

    organisation_id: Mapped[str | None] = col.owned_by("organisation")
    person_id: Mapped[str | None] = col.owned_by("person")
    seat_id: Mapped[str | None] = col.link("seat", N_("Seat"))
    kind: Mapped[str] = col.code(N_("What changes"), PRIVATE, "change_kind", default="other")
    text: Mapped[str] = col.text(N_("Expected change"), PRIVATE, search=Search.TEXT)
    date: Mapped[PartialDate | None] = col.partial_date(N_("When"), PRIVATE)
    happened_on: Mapped[datetime.date | None] = col.day(N_("Happened on"), PRIVATE)
    source_kind: Mapped[str] = col.code(N_("How we know"), PRIVATE, "confidence")
    sensitivity: Mapped[str] = col.row_sensitivity(N_("May be shown to"), PRIVATE)
