"""The library: arguments, objections, finished projects, recommenders (R1, R8)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from kamdesk.model.messages import N_
from kamdesk.model.tables import columns as col
from kamdesk.model.tables.base import Entity
from kamdesk.model.tables.columns import BUSINESS, PRIVATE, Search


class CaseStudy(Entity):
    """A finished project: task, what exactly was done, figures, and whether we may quote it."""

    __tablename__ = "case_study"
    __label__ = N_("Finished project")
    __collection__ = "cases"
    __title__ = ("title",)
    __page__ = True

    title: Mapped[str] = col.text(N_("Project"), BUSINESS, search=Search.NAME, required=True)
    client: Mapped[str] = col.text(N_("Client"), BUSINESS, search=Search.TEXT)
    industry: Mapped[str] = col.text(N_("Industry"), BUSINESS, search=Search.TEXT)
    size: Mapped[str] = col.text(N_("Size"), BUSINESS)
    year: Mapped[int | None] = col.integer(N_("Year"), BUSINESS)
    task: Mapped[str] = col.long_text(N_("Task"), BUSINESS, search=Search.TEXT)
    done: Mapped[str] = col.long_text(N_("What was done"), BUSINESS, search=Search.TEXT)
    figures: Mapped[str] = col.long_text(N_("Result in figures"), BUSINESS, search=Search.TEXT)
    may_quote: Mapped[bool] = col.yes_no(N_("We may quote it"), BUSINESS)
    language: Mapped[str] = col.code(N_("Language"), BUSINESS, "language", default="ru")


class Recommender(Entity):
    """Somebody who vouches for us. Contacts are given only under a recorded consent, its scope and expiry (R8)."""

    __tablename__ = "recommender"
    __label__ = N_("Recommender")
    __collection__ = "recommenders"
    __title__ = ("family_name", "given_name", "middle_name")
    __page__ = True

    person_id: Mapped[str | None] = col.link("person", N_("Person in the dossier"))
    case_id: Mapped[str | None] = col.link("case_study", N_("Project"))
    family_name: Mapped[str] = col.text(N_("Family name"), BUSINESS, search=Search.NAME, group="name")
    given_name: Mapped[str] = col.text(N_("Given name"), BUSINESS, search=Search.NAME, group="name")
    middle_name: Mapped[str] = col.text(N_("Middle name"), BUSINESS, search=Search.NAME, group="name")
    post: Mapped[str] = col.text(N_("Job title"), BUSINESS, search=Search.TEXT)
    organisation: Mapped[str] = col.text(N_("Organisation"), BUSINESS, search=Search.TEXT)
    phone: Mapped[str] = col.text(N_("Phone"), BUSINESS)
    email: Mapped[str] = col.text(N_("E-mail"), BUSINESS)
    about: Mapped[str] = col.long_text(N_("What they can tell"), BUSINESS, search=Search.TEXT)
    consent_on: Mapped[date | None] = col.day(N_("Consent given on"), BUSINESS, group="consent")
    consent_scope: Mapped[str] = col.text(N_("Consent covers"), BUSINESS, group="consent")
    consent_until: Mapped[date | None] = col.day(N_("Consent valid until"), BUSINESS, group="consent")
    language: Mapped[str] = col.code(N_("Language"), BUSINESS, "language", default="ru")


class Argument(Entity):
    """A sentence that may convince: for whom, which criterion it answers, what proves it (R1)."""

    __tablename__ = "argument"
    __label__ = N_("Argument")
    __collection__ = "arguments"
    __title__ = ("text",)
    __page__ = True

    text: Mapped[str] = col.long_text(N_("Argument"), BUSINESS, search=Search.NAME, required=True)
    short: Mapped[str] = col.text(N_("In short"), BUSINESS, search=Search.TEXT)
    lenses: Mapped[tuple[str, ...]] = col.codes(
        N_("Type of stakeholder"), PRIVATE, "lens", category="negotiation"
    )
    criteria: Mapped[tuple[str, ...]] = col.codes(N_("Answers to"), BUSINESS, "criteria")
    industry: Mapped[str] = col.text(N_("Industry"), BUSINESS)
    product: Mapped[str] = col.text(N_("Product"), BUSINESS, search=Search.TEXT)
    evidence_kind: Mapped[str] = col.code(N_("Kind of evidence"), BUSINESS, "evidence_kind", group="evidence")
    evidence: Mapped[str] = col.long_text(N_("Evidence"), BUSINESS, search=Search.TEXT, group="evidence")
    evidence_source: Mapped[str] = col.text(N_("Source"), BUSINESS, group="evidence")
    evidence_date: Mapped[date | None] = col.day(N_("As of"), BUSINESS, group="evidence")
    case_id: Mapped[str | None] = col.link("case_study", N_("Project"))
    recommender_id: Mapped[str | None] = col.link("recommender", N_("Recommender"))
    language: Mapped[str] = col.code(N_("Language"), BUSINESS, "language", default="ru")
    variant_of_id: Mapped[str | None] = col.link("argument", N_("The same in another language"))
    valid_until: Mapped[date | None] = col.day(N_("Valid until"), BUSINESS)


class Objection(Entity):
    """What is said against us, and the answer that worked."""

    __tablename__ = "objection"
    __label__ = N_("Objection")
    __collection__ = "objections"
    __title__ = ("text",)
    __page__ = True

    text: Mapped[str] = col.long_text(N_("Objection"), BUSINESS, search=Search.NAME, required=True)
    answer: Mapped[str] = col.long_text(N_("Answer"), BUSINESS, search=Search.TEXT)
    lenses: Mapped[tuple[str, ...]] = col.codes(N_("Heard from"), PRIVATE, "lens", category="negotiation")
    criteria: Mapped[tuple[str, ...]] = col.codes(N_("About"), BUSINESS, "criteria")
    argument_id: Mapped[str | None] = col.link("argument", N_("Argument"))
    language: Mapped[str] = col.code(N_("Language"), BUSINESS, "language", default="ru")
    variant_of_id: Mapped[str | None] = col.link("objection", N_("The same in another language"))


class Telling(Entity):
    """This person was told this argument on that day, in a proposal or a talk."""

    __tablename__ = "telling"
    __label__ = N_("Told")
    __collection__ = "tellings"
    __parents__ = ("person_id",)
    __ends__ = ("person_id", "argument_id")

    person_id: Mapped[str] = col.link("person", required=True)
    argument_id: Mapped[str] = col.link("argument", required=True)
    proposal_id: Mapped[str | None] = col.owned_by("proposal")
    interaction_id: Mapped[str | None] = col.owned_by("interaction")
    told_on: Mapped[date | None] = col.day(N_("Told on"), PRIVATE, category="negotiation")


class ObjectionUse(Entity):
    """This objection was heard from that person or client on that day, and how our answer went."""

    __tablename__ = "objection_use"
    __label__ = N_("Objection heard")
    __collection__ = "objection_uses"
    __parents__ = ("person_id", "organisation_id")
    __ends__ = ("person_id", "organisation_id")

    objection_id: Mapped[str] = col.link("objection", required=True)
    organisation_id: Mapped[str | None] = col.owned_by("organisation")
    person_id: Mapped[str | None] = col.owned_by("person")
    interaction_id: Mapped[str | None] = col.link("interaction", N_("Heard at"))
    heard_on: Mapped[date | None] = col.day(N_("Heard on"), PRIVATE, category="negotiation")
    result: Mapped[str] = col.code(
        N_("How the answer went"), PRIVATE, "objection_result", category="negotiation"
    )
    note: Mapped[str] = col.text(N_("Remark"), PRIVATE, search=Search.TEXT, category="negotiation")


class PriceItem(Entity):
    """A line of our price list, from which offers are picked; the price is in ``currency``, VAT in percent."""

    __tablename__ = "price_item"
    __label__ = N_("Line of the price list")
    __collection__ = "price_items"
    __title__ = ("name",)
    __page__ = True

    price_list: Mapped[str] = col.text(N_("Price list"), BUSINESS)
    section: Mapped[str] = col.text(N_("Section"), BUSINESS, search=Search.TEXT)
    article: Mapped[str] = col.text(N_("Article no."), BUSINESS, search=Search.TEXT, indexed=True)
    name: Mapped[str] = col.text(N_("Item"), BUSINESS, search=Search.NAME, required=True)
    unit: Mapped[str] = col.text(N_("Unit of measure"), BUSINESS)
    price: Mapped[Decimal] = col.decimal(N_("Price"), BUSINESS, default=Decimal(0))
    currency: Mapped[str] = col.code(N_("Currency"), BUSINESS, "currency", default="RUB")
    vat: Mapped[Decimal | None] = col.decimal(N_("VAT, %"), BUSINESS)
    valid_until: Mapped[date | None] = col.day(N_("Valid until"), BUSINESS)
    note: Mapped[str] = col.text(N_("Remark"), BUSINESS)


class TextTemplate(Entity):
    """A letter or an e-mail with fields in double braces (R9): the same names as in Word templates."""

    __tablename__ = "text_template"
    __label__ = N_("Text template")
    __collection__ = "text_templates"
    __title__ = ("name",)
    __page__ = True

    name: Mapped[str] = col.text(N_("Name"), BUSINESS, search=Search.NAME, required=True)
    purpose: Mapped[str] = col.code(N_("What it is for"), BUSINESS, "text_purpose", default="other")
    language: Mapped[str] = col.code(N_("Language"), BUSINESS, "language", default="ru")
    subject: Mapped[str] = col.text(N_("Subject line"), BUSINESS, search=Search.TEXT)
    body: Mapped[str] = col.long_text(N_("Text"), BUSINESS, search=Search.TEXT)
    is_default: Mapped[bool] = col.yes_no(N_("Taken by itself"), BUSINESS)
    position: Mapped[int] = col.position()
