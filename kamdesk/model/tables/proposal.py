"""Proposals: what is offered, to whom, with which words, and what was made and sent (R1–R12)."""

from __future__ import annotations

import datetime
from decimal import Decimal

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped

from kamdesk.model.messages import N_
from kamdesk.model.tables import columns as col
from kamdesk.model.tables.base import Entity
from kamdesk.model.tables.columns import BUSINESS, PRIVATE, STRUCTURAL, Search


class Proposal(Entity):
    """One commercial proposal to one client; documents of it are made for a group of readers.

    ``recommended`` names the alternative of the offer that the total is of; "" takes the first. ``total_discount`` is
    percent, or an amount in the proposal's currency in the terms of the prices as typed.
    """

    __tablename__ = "proposal"
    __label__ = N_("Proposal")
    __collection__ = "proposals"
    __parents__ = ("organisation_id",)
    __title__ = ("subject",)
    __page__ = True

    organisation_id: Mapped[str] = col.link("organisation", required=True)
    deal_id: Mapped[str | None] = col.link("deal", N_("Deal"))
    started_from_id: Mapped[str | None] = col.link("proposal", N_("Started from"))
    superseded_by_id: Mapped[str | None] = col.link("proposal", N_("Superseded by"))
    revision: Mapped[int] = col.integer(N_("Version of the proposal"), BUSINESS, default=1)
    subject: Mapped[str] = col.text(N_("Subject"), BUSINESS, search=Search.NAME)
    number: Mapped[str] = col.text(N_("Outgoing number"), BUSINESS, search=Search.TEXT)
    date: Mapped[datetime.date | None] = col.day(N_("Date"), BUSINESS)
    language: Mapped[str] = col.code(N_("Language of documents"), BUSINESS, "language", default="ru")
    status: Mapped[str] = col.code(N_("Status"), BUSINESS, "proposal_status", default="draft")
    loss_reason: Mapped[str] = col.code(
        N_("Reason of refusal"), PRIVATE, "loss_reason", category="negotiation"
    )
    currency: Mapped[str] = col.code(N_("Currency"), BUSINESS, "currency", default="RUB")
    money_unit: Mapped[str] = col.code(N_("Amounts shown in"), BUSINESS, "money_unit", default="1")
    vat_mode: Mapped[str] = col.code(N_("VAT in prices"), BUSINESS, "vat_mode", default="on_top")
    total_discount: Mapped[Decimal | None] = col.decimal(
        N_("Discount on the whole"), BUSINESS, group="total_discount"
    )
    total_discount_kind: Mapped[str] = col.code(
        N_("Discount in"), BUSINESS, "discount_kind", default="percent", group="total_discount"
    )
    recommended: Mapped[str] = col.text(N_("Recommended alternative"), BUSINESS)
    total_minor: Mapped[int | None] = col.integer("", BUSINESS, hidden=True)
    payment: Mapped[str] = col.long_text(N_("Payment"), BUSINESS, search=Search.TEXT)
    delivery: Mapped[str] = col.long_text(N_("Delivery"), BUSINESS, search=Search.TEXT)
    lead_time: Mapped[str] = col.long_text(N_("Lead time"), BUSINESS, search=Search.TEXT)
    warranty: Mapped[str] = col.long_text(N_("Warranty"), BUSINESS, search=Search.TEXT)
    understanding: Mapped[str] = col.long_text(
        N_("Our understanding of the task"), BUSINESS, search=Search.TEXT
    )
    solution: Mapped[str] = col.long_text(N_("Solution"), BUSINESS, search=Search.TEXT)
    uniqueness: Mapped[str] = col.long_text(N_("Why us"), BUSINESS, search=Search.TEXT)
    exclusivity: Mapped[str] = col.long_text(N_("Exclusive terms"), BUSINESS, search=Search.TEXT)
    benefit_period: Mapped[str] = col.code(
        N_("Period"), BUSINESS, "benefit_period", default="year", group="benefit"
    )
    discount_rate: Mapped[Decimal | None] = col.decimal(
        N_("Discount rate, % a year"), BUSINESS, group="benefit"
    )
    assumptions: Mapped[str] = col.long_text(N_("Assumptions"), BUSINESS, search=Search.TEXT, group="benefit")
    valid_until: Mapped[datetime.date | None] = col.day(N_("Valid until"), BUSINESS)
    validity_reason: Mapped[str] = col.text(N_("Reason of the term"), BUSINESS)
    next_step: Mapped[str] = col.long_text(N_("Next step for the client"), BUSINESS)
    annexes: Mapped[tuple[str, ...]] = col.codes(N_("Annexes"), BUSINESS)
    blocks: Mapped[tuple[str, ...]] = col.codes(N_("Blocks and their order"), BUSINESS, "block")
    signatory_id: Mapped[str | None] = col.link("colleague", N_("Signed by"))
    template_id: Mapped[str | None] = col.link("template", N_("Template or letterhead"))
    next_date: Mapped[datetime.date | None] = col.day(N_("Date of the next contact"), BUSINESS)
    changed_at: Mapped[datetime.datetime | None] = col.moment(N_("Changed"), BUSINESS, hidden=True)


class OfferItem(Entity):
    """A line of the offer; prices are exact decimals in the proposal's currency, discount and VAT are percent.

    Lines with the same ``alternative`` are offered together, instead of those of another; "" stands in all of them.
    """

    __tablename__ = "offer_item"
    __label__ = N_("Line of the offer")
    __collection__ = "offer_items"
    __parents__ = ("proposal_id",)
    __title__ = ("name",)

    proposal_id: Mapped[str] = col.link("proposal", required=True)
    position: Mapped[int] = col.position()
    name: Mapped[str] = col.text(N_("Item"), BUSINESS, search=Search.TEXT, required=True)
    unit: Mapped[str] = col.text(N_("Unit of measure"), BUSINESS)
    quantity: Mapped[Decimal] = col.decimal(N_("Quantity"), BUSINESS, default=Decimal(1))
    price: Mapped[Decimal] = col.decimal(N_("Price"), BUSINESS, default=Decimal(0))
    discount: Mapped[Decimal] = col.decimal(N_("Discount, %"), BUSINESS, default=Decimal(0))
    vat: Mapped[Decimal | None] = col.decimal(N_("VAT, %"), BUSINESS)
    optional: Mapped[bool] = col.yes_no(N_("Option"), BUSINESS)
    alternative: Mapped[str] = col.text(N_("Alternative"), BUSINESS)
    article: Mapped[str] = col.text(N_("Article no."), BUSINESS, search=Search.TEXT)
    note: Mapped[str] = col.text(N_("Remark"), BUSINESS)


class BenefitItem(Entity):
    """A row of the benefit model: investment, cost, saving or income, one amount a period from the start.

    Its amounts hold at the assumption's expected value and change in proportion to it; without an assumption
    ``spread`` says by how many percent they may miss either way.
    """

    __tablename__ = "benefit_item"
    __label__ = N_("Line of the benefit")
    __collection__ = "benefit_items"
    __parents__ = ("proposal_id",)
    __title__ = ("name",)

    proposal_id: Mapped[str] = col.link("proposal", required=True)
    position: Mapped[int] = col.position()
    name: Mapped[str] = col.text(N_("Item"), BUSINESS, required=True)
    kind: Mapped[str] = col.code(N_("Kind"), BUSINESS, "benefit_kind", default="saving")
    amounts: Mapped[tuple[Decimal, ...]] = col.amounts(N_("Amounts by period"), BUSINESS)
    assumption_id: Mapped[str | None] = col.link("assumption", N_("Rests on"))
    spread: Mapped[Decimal | None] = col.decimal(N_("May miss by, ± %"), BUSINESS)


class Assumption(Entity):
    """What a benefit rests on: a gas price, a number of hours; expected, lowest and highest likely value."""

    __tablename__ = "assumption"
    __label__ = N_("Assumption")
    __collection__ = "assumptions"
    __parents__ = ("proposal_id",)
    __title__ = ("name",)

    proposal_id: Mapped[str] = col.link("proposal", required=True)
    position: Mapped[int] = col.position()
    name: Mapped[str] = col.text(N_("Assumption"), BUSINESS, search=Search.TEXT, required=True)
    value: Mapped[Decimal | None] = col.decimal(N_("Expected value"), BUSINESS)
    unit: Mapped[str] = col.text(N_("Unit of measure"), BUSINESS)
    low: Mapped[Decimal | None] = col.decimal(N_("Lowest"), BUSINESS)
    high: Mapped[Decimal | None] = col.decimal(N_("Highest"), BUSINESS)
    source: Mapped[str] = col.text(N_("Source"), BUSINESS)


class Stage(Entity):
    """A line of the proposal's schedule. ``payment`` is the percent of the total that is due with it."""

    __tablename__ = "stage"
    __label__ = N_("Stage")
    __collection__ = "stages"
    __parents__ = ("proposal_id",)
    __title__ = ("name",)

    proposal_id: Mapped[str] = col.link("proposal", required=True)
    position: Mapped[int] = col.position()
    name: Mapped[str] = col.text(N_("Stage"), BUSINESS, required=True)
    term: Mapped[str] = col.text(N_("Term"), BUSINESS)
    result: Mapped[str] = col.text(N_("Result"), BUSINESS, search=Search.TEXT)
    payment: Mapped[Decimal | None] = col.decimal(N_("Payment, %"), BUSINESS)


class ProposalReader(Entity):
    """A person to whom the proposal speaks. ``lens`` overrides the person's own type for this proposal only."""

    __tablename__ = "proposal_reader"
    __label__ = N_("Reader")
    __collection__ = "readers"
    __parents__ = ("proposal_id",)
    __ends__ = ("proposal_id", "person_id")

    proposal_id: Mapped[str] = col.link("proposal", required=True)
    person_id: Mapped[str] = col.link("person", required=True)
    position: Mapped[int] = col.position()
    lens: Mapped[str] = col.code(N_("Type of stakeholder"), PRIVATE, "lens", category="negotiation")
    separate: Mapped[bool] = col.yes_no(N_("Separate variant"), BUSINESS)


class ProposalArgument(Entity):
    """What the KAM decided by hand on one argument for one reader: pinned, dropped, moved, reworded."""

    __tablename__ = "proposal_argument"
    __label__ = N_("Choice of an argument")
    __collection__ = "proposal_arguments"
    __parents__ = ("reader_id",)
    __ends__ = ("reader_id", "argument_id")

    reader_id: Mapped[str] = col.link("proposal_reader", required=True)
    argument_id: Mapped[str] = col.link("argument", required=True)
    pinned: Mapped[bool] = col.yes_no(N_("Pinned"), PRIVATE, category="negotiation")
    dropped: Mapped[bool] = col.yes_no(N_("Dropped"), PRIVATE, category="negotiation")
    place: Mapped[int | None] = col.integer(N_("Place"), PRIVATE, category="negotiation")
    wording: Mapped[str] = col.long_text(N_("Wording for this proposal"), BUSINESS, search=Search.TEXT)


class ProposalCase(Entity):
    """A finished project that this proposal shows."""

    __tablename__ = "proposal_case"
    __label__ = N_("Project in the proposal")
    __collection__ = "proposal_cases"
    __parents__ = ("proposal_id",)
    __ends__ = ("proposal_id", "case_id")

    proposal_id: Mapped[str] = col.link("proposal", required=True)
    case_id: Mapped[str] = col.link("case_study", required=True)
    position: Mapped[int] = col.position()


class ProposalRecommender(Entity):
    """A recommender whom this proposal names."""

    __tablename__ = "proposal_recommender"
    __label__ = N_("Recommender in the proposal")
    __collection__ = "proposal_recommenders"
    __parents__ = ("proposal_id",)
    __ends__ = ("proposal_id", "recommender_id")

    proposal_id: Mapped[str] = col.link("proposal", required=True)
    recommender_id: Mapped[str] = col.link("recommender", required=True)
    position: Mapped[int] = col.position()


class ProposalTeam(Entity):
    """One of those who prepared the proposal (R7)."""

    __tablename__ = "proposal_team"
    __label__ = N_("Prepared by")
    __collection__ = "proposal_team"
    __parents__ = ("proposal_id",)
    __ends__ = ("proposal_id", "colleague_id")

    proposal_id: Mapped[str] = col.link("proposal", required=True)
    colleague_id: Mapped[str] = col.link("colleague", required=True)
    position: Mapped[int] = col.position()
    role: Mapped[str] = col.text(N_("Answers for"), BUSINESS)


class Template(Entity):
    """A Word file of ours: a letterhead (text is poured in from ``start_at``) or a template with tags."""

    __tablename__ = "template"
    __label__ = N_("Template")
    __collection__ = "templates"
    __title__ = ("name",)

    name: Mapped[str] = col.text(N_("Name"), BUSINESS, search=Search.NAME, required=True)
    mode: Mapped[str] = col.code(N_("Mode"), BUSINESS, "template_mode", default="letterhead")
    kind: Mapped[str] = col.code(N_("For documents of the kind"), BUSINESS, "document_kind")
    language: Mapped[str] = col.code(N_("Language"), BUSINESS, "language")
    file_id: Mapped[str] = col.link("stored_file", required=True, on_delete="RESTRICT")
    start_at: Mapped[int | None] = col.integer(N_("Text begins at"), BUSINESS)
    table_pattern: Mapped[bool] = col.yes_no(
        N_("Tables look like the first one of the file"), BUSINESS, default=True
    )
    is_default: Mapped[bool] = col.yes_no(N_("Taken for new proposals"), BUSINESS)
    removed: Mapped[str] = col.long_text(N_("What was removed from the file"), BUSINESS)


class Document(Entity):
    """One version of one document of a proposal. The current version is what is printed, sent and vetted.

    ``basis`` is a hash of what it was made from, so that a stale document is seen. ``reasons`` is internal JSON:
    the arguments in order with why. ``hand_edited`` is set once somebody changed it outside.
    """

    __tablename__ = "document"
    __label__ = N_("Document")
    __collection__ = "documents"
    __parents__ = ("proposal_id",)
    __title__ = ("file_name",)

    proposal_id: Mapped[str] = col.link("proposal", required=True)
    reader_id: Mapped[str | None] = col.owned_by("proposal_reader")
    kind: Mapped[str] = col.code(N_("Kind"), BUSINESS, "document_kind", default="group")
    version: Mapped[int] = col.integer(N_("Version"), STRUCTURAL, default=1)
    is_current: Mapped[bool] = col.yes_no(N_("Current version"), STRUCTURAL, default=True)
    hand_edited: Mapped[bool] = col.yes_no(N_("Edited in Word"), BUSINESS)
    file_name: Mapped[str] = col.text(N_("File name"), BUSINESS)
    docx_id: Mapped[str | None] = col.link("stored_file", "Word")
    pdf_id: Mapped[str | None] = col.link("stored_file", "PDF")
    pages: Mapped[int | None] = col.integer(N_("Pages"), STRUCTURAL)
    converter: Mapped[str] = col.text(N_("PDF made by"), STRUCTURAL)
    template_name: Mapped[str] = col.text(N_("Template"), BUSINESS)
    basis: Mapped[str] = col.text("", STRUCTURAL, hidden=True)
    reasons: Mapped[str] = col.long_text("", PRIVATE, hidden=True, category="negotiation")
    made_at: Mapped[datetime.datetime | None] = col.moment(N_("Made"), BUSINESS)


class Dispatch(Entity):
    """What was sent: the exact file, to whom, by which channel, when (R12)."""

    __tablename__ = "dispatch"
    __label__ = N_("Sent")
    __collection__ = "dispatches"
    __parents__ = ("proposal_id",)

    proposal_id: Mapped[str] = col.link("proposal", required=True)
    document_id: Mapped[str | None] = col.link("document")
    file_id: Mapped[str] = col.link("stored_file", required=True, on_delete="RESTRICT")
    person_id: Mapped[str | None] = col.link("person", N_("To whom"))
    recipient: Mapped[str] = col.text(N_("To whom, in words"), BUSINESS)
    origin: Mapped[str] = col.code(N_("Which file"), BUSINESS, "dispatch_origin", default="made")
    channel: Mapped[str] = col.code(N_("Channel"), BUSINESS, "dispatch_channel", default="email")
    sent_on: Mapped[datetime.date | None] = col.day(N_("Sent on"), BUSINESS)
    note: Mapped[str] = col.text(N_("Remark"), BUSINESS)


class FollowUp(Entity):
    """One of the five steps after sending (W6): sent, receipt, next steps, urgency, a dated call or meeting."""

    __tablename__ = "follow_up"
    __label__ = N_("Step after sending")
    __collection__ = "follow_ups"
    __parents__ = ("proposal_id",)
    __title__ = ("result",)
    __table_args__ = (
        Index("ix_follow_up_open", "due_on", sqlite_where=sql("done_on IS NULL AND skipped = 0")),
    )

    proposal_id: Mapped[str] = col.link("proposal", required=True)
    interaction_id: Mapped[str | None] = col.link("interaction", N_("Done at"))
    kind: Mapped[str] = col.code(
        N_("Step"), PRIVATE, "follow_up_step", default="sent", category="negotiation"
    )
    position: Mapped[int] = col.position()
    due_on: Mapped[datetime.date | None] = col.day(N_("Due"), PRIVATE, category="negotiation")
    done_on: Mapped[datetime.date | None] = col.day(N_("Done on"), PRIVATE, category="negotiation")
    skipped: Mapped[bool] = col.yes_no(N_("Not needed"), PRIVATE, category="negotiation")
    result: Mapped[str] = col.long_text(N_("Result"), PRIVATE, search=Search.TEXT, category="negotiation")


class Concession(Entity):
    """What was given in a negotiation and what was got for it (W7). Amounts are positive: cost to us, worth to us."""

    __tablename__ = "concession"
    __label__ = N_("Concession")
    __collection__ = "concessions"
    __parents__ = ("organisation_id",)
    __title__ = ("given", "got")

    organisation_id: Mapped[str] = col.link("organisation", required=True)
    deal_id: Mapped[str | None] = col.link("deal", N_("Deal"))
    proposal_id: Mapped[str | None] = col.link("proposal", N_("Proposal"))
    person_id: Mapped[str | None] = col.link("person", N_("Who asked"))
    kind: Mapped[str] = col.code(
        N_("Kind"), PRIVATE, "concession_kind", default="price", category="negotiation"
    )
    given: Mapped[str] = col.text(N_("What was given"), PRIVATE, search=Search.TEXT, category="negotiation")
    got: Mapped[str] = col.text(N_("What was got"), PRIVATE, search=Search.TEXT, category="negotiation")
    given_on: Mapped[datetime.date | None] = col.day(N_("When"), PRIVATE, category="negotiation")
    cost: Mapped[Decimal | None] = col.decimal(N_("Costs us"), PRIVATE, category="margin", group="effect")
    worth: Mapped[Decimal | None] = col.decimal(N_("Worth to us"), PRIVATE, category="margin", group="effect")
    currency: Mapped[str] = col.code(
        N_("Currency"), PRIVATE, "currency", default="RUB", category="margin", group="effect"
    )
    note: Mapped[str] = col.text(N_("Remark"), PRIVATE, search=Search.TEXT, category="negotiation")
