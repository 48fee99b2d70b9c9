"""Our own side: the company, who signs, colleagues and whom they know (D0, D13)."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from kamdesk.model.messages import N_
from kamdesk.model.tables import columns as col
from kamdesk.model.tables.base import Entity
from kamdesk.model.tables.columns import BUSINESS, PRIVATE, PUBLIC, Search
from kamdesk.model.values import PartialDate


class Company(Entity):
    """Our company; a vault has one row of it. ``number_pattern`` knows {n}, {n:03}, {year}, {yy} and {month}."""

    __tablename__ = "company"
    __label__ = N_("Our company")
    __collection__ = "company"
    __title__ = ("short_name",)

    full_name: Mapped[str] = col.text(N_("Full name"), PUBLIC, required=True)
    short_name: Mapped[str] = col.text(N_("Short name"), PUBLIC)
    address: Mapped[str] = col.text(N_("Address"), PUBLIC)
    inn: Mapped[str] = col.text(N_("INN"), PUBLIC)
    kpp: Mapped[str] = col.text(N_("KPP"), PUBLIC)
    ogrn: Mapped[str] = col.text(N_("OGRN"), PUBLIC)
    bank: Mapped[str] = col.text(N_("Bank"), PUBLIC, group="account")
    bik: Mapped[str] = col.text(N_("BIC"), PUBLIC, group="account")
    account: Mapped[str] = col.text(N_("Account"), PUBLIC, group="account")
    correspondent_account: Mapped[str] = col.text(N_("Correspondent account"), PUBLIC, group="account")
    phone: Mapped[str] = col.text(N_("Phone"), PUBLIC)
    email: Mapped[str] = col.text(N_("E-mail"), PUBLIC)
    website: Mapped[str] = col.text(N_("Website"), PUBLIC)
    vat_mode: Mapped[str] = col.code(N_("VAT in prices"), BUSINESS, "vat_mode", default="on_top")
    currency: Mapped[str] = col.code(N_("Currency"), BUSINESS, "currency", default="RUB")
    number_pattern: Mapped[str] = col.text(N_("Numbering of proposals"), BUSINESS)
    next_number: Mapped[int] = col.integer(N_("Next number"), BUSINESS, default=1)
    logo_id: Mapped[str | None] = col.link("stored_file", N_("Logo"), sensitivity=PUBLIC)


class Colleague(Entity):
    """Somebody on our side. ``is_me`` marks the user; ``signs`` whoever may sign, by which ``authority``."""

    __tablename__ = "colleague"
    __label__ = N_("Colleague")
    __collection__ = "colleagues"
    __title__ = ("family_name", "given_name", "middle_name")
    __page__ = True

    family_name: Mapped[str] = col.text(N_("Family name"), PUBLIC, search=Search.NAME, group="name")
    given_name: Mapped[str] = col.text(N_("Given name"), PUBLIC, search=Search.NAME, group="name")
    middle_name: Mapped[str] = col.text(N_("Middle name"), PUBLIC, search=Search.NAME, group="name")
    post: Mapped[str] = col.text(N_("Job title"), PUBLIC, search=Search.TEXT)
    phone: Mapped[str] = col.text(N_("Phone"), PUBLIC)
    email: Mapped[str] = col.text(N_("E-mail"), PUBLIC)
    topics: Mapped[str] = col.text(N_("Expert in"), BUSINESS, search=Search.TEXT)
    is_me: Mapped[bool] = col.yes_no(N_("This is me"), BUSINESS)
    signs: Mapped[bool] = col.yes_no(N_("Signs proposals"), BUSINESS)
    authority: Mapped[str] = col.text(N_("Authority to sign"), BUSINESS)
    position: Mapped[int] = col.position()


class Acquaintance(Entity):
    """Who of us knows whom on the client's side, and how well (1 slightly, 3 closely)."""

    __tablename__ = "acquaintance"
    __label__ = N_("Acquaintance")
    __collection__ = "acquaintances"
    __parents__ = ("person_id",)
    __ends__ = ("colleague_id", "person_id")

    colleague_id: Mapped[str] = col.link("colleague", required=True)
    person_id: Mapped[str] = col.link("person", required=True)
    strength: Mapped[int | None] = col.integer(N_("How well"), PRIVATE, vocabulary="relation_strength")
    since: Mapped[PartialDate | None] = col.partial_date(N_("Since"), PRIVATE)
    note: Mapped[str] = col.text(N_("Remark"), PRIVATE, search=Search.TEXT)
