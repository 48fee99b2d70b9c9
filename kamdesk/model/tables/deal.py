"""Deals: what is being sold to a client, how far it is, and against whom (P8)."""

from __future__ import annotations

import datetime
from decimal import Decimal

from sqlalchemy.orm import Mapped

from kamdesk.model.messages import N_
from kamdesk.model.tables import columns as col
from kamdesk.model.tables.base import Entity
from kamdesk.model.tables.columns import BUSINESS, PRIVATE, Search
from kamdesk.model.values import PartialDate


class Deal(Entity):
    """A sale that is hoped for. Its decision group are the parts given for it; ``expected`` is a month as a rule."""

    __tablename__ = "deal"
    __label__ = N_("Deal")
    __collection__ = "deals"
    __parents__ = ("organisation_id",)
    __title__ = ("name",)
    __page__ = True

    organisation_id: Mapped[str] = col.link("organisation", required=True)
    name: Mapped[str] = col.text(N_("Deal"), BUSINESS, search=Search.NAME, required=True)
    stage: Mapped[str] = col.code(N_("Stage of the deal"), BUSINESS, "deal_stage", default="interest")
    amount: Mapped[Decimal | None] = col.decimal(N_("Amount"), BUSINESS, group="amount")
    currency: Mapped[str] = col.code(N_("Currency"), BUSINESS, "currency", default="RUB", group="amount")
    expected: Mapped[PartialDate | None] = col.partial_date(N_("Expected in"), BUSINESS)
    description: Mapped[str] = col.long_text(N_("About the deal"), BUSINESS, search=Search.TEXT)
    loss_reason: Mapped[str] = col.code(
        N_("Reason of the loss"), PRIVATE, "loss_reason", category="negotiation"
    )
    closed_on: Mapped[datetime.date | None] = col.day(N_("Decided on"), BUSINESS)


class DealCompetitor(Entity):
    """A competitor who is after the same deal."""

    __tablename__ = "deal_competitor"
    __label__ = N_("Competitor in the deal")
    __collection__ = "deal_competitors"
    __parents__ = ("deal_id",)
    __ends__ = ("deal_id", "organisation_id")

    deal_id: Mapped[str] = col.link("deal", required=True)
    organisation_id: Mapped[str] = col.link("organisation", required=True)
    note: Mapped[str] = col.text(N_("Remark"), PRIVATE, search=Search.TEXT, category="negotiation")
