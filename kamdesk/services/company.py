"""Our company: its card, the numbering of proposals, colleagues, logo (D0, D13)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from kamdesk.model.inputs import CompanyData
from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import Colleague, Company, Proposal
from kamdesk.model.values import PersonName
from kamdesk.rules import requisites
from kamdesk.services import files
from kamdesk.services.base import get, name_of
from kamdesk.services.rows import check_changes, insert
from kamdesk.store.files import FileStore
from kamdesk.store.unit_of_work import Store

DEFAULT_PATTERN: Final = "{year}-{n:03}"
MAX_LOGO: Final = 5 * 1024 * 1024
_FIELD: Final = re.compile(r"\{(?:(?P<name>year|yy|month)|n(?::0(?P<width>[1-9]))?)\}")
_DATA: Final = "full_name short_name address inn kpp ogrn bank bik account correspondent_account phone email website".split()


@dataclass(frozen=True, slots=True)
class CompanyView:
    """The card of our company; ``data`` is what documents show. ``next_number`` is the whole next number."""

    id: str
    data: CompanyData
    vat_mode: str
    currency: str
    number_pattern: str
    next_number: str
    logo_id: str | None


@dataclass(frozen=True, slots=True)
class ColleagueData:
    """Somebody on our side as typed. ``authority`` is what the signature rests on («Устава»)."""

    name: PersonName
    post: str = ""
    phone: str = ""
    email: str = ""
    topics: str = ""
    signs: bool = False
    authority: str = ""


@dataclass(frozen=True, slots=True)
class ColleagueView:
    """Somebody on our side; ``is_me`` marks the user."""

    id: str
    data: ColleagueData
    is_me: bool


class OurCompany:
    """Everything a user can do to our own side."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- the card

    def get(self) -> CompanyView | None:
        """The card, or None while nobody filled it."""
        today = self._store.now().date()
        return self._store.read(lambda session: _view(session, self._store.files, today))

    def save(self, values: Mapping[str, object], *, visit: str = "") -> str:
        """Fill the card, or fields of it, and return its id; one ``visit`` to a field is one step.

        Raises KamdeskError for a wrong ИНН, КПП, ОГРН or pattern (``company.number_pattern``), ``record.required``
        for an empty full name.
        """
        check_changes(Company, values)
        if values.get("number_pattern"):
            check_pattern(str(values["number_pattern"]))

        def work(session: Session) -> str:
            row = company_row(session)
            if row is None:
                if not values.get("full_name"):
                    raise KamdeskError("company.full_name")
                return insert(session, Company(**values))
            for name, value in values.items():
                setattr(row, name, value)
            return row.id

        return self._store.write("company.save", {}, work, visit=visit)

    def problems(self) -> tuple[Message, ...]:
        """What looks wrong in the bank details, in words; said and never enforced."""

        def work(session: Session) -> tuple[Message, ...]:
            row = company_row(session)
            if row is None:
                return ()
            found = (
                requisites.check_bik(row.bik),
                requisites.check_account(row.account, row.bik),
                requisites.check_account(row.correspondent_account),
            )
            return tuple(one for one in found if one is not None)

        return self._store.read(work)

    def set_logo(self, name: str, content: bytes) -> None:
        """Put a PNG or JPEG picture on documents. Raises ``company.logo_kind``, ``company.logo_large``."""
        if files.media_type(name, content) not in ("image/png", "image/jpeg"):
            raise KamdeskError("company.logo_kind")
        if len(content) > MAX_LOGO:
            raise KamdeskError("company.logo_large", megabytes=MAX_LOGO // (1024 * 1024))

        def work(session: Session) -> None:
            _required(session).logo_id = files.add(session, self._store.files, name, content)

        self._store.write("company.set_logo", {}, work)

    def remove_logo(self) -> None:
        """Take the logo off; undo brings it back."""

        def work(session: Session) -> None:
            _required(session).logo_id = None

        self._store.write("company.remove_logo", {}, work)

    def next_number(self, on: date) -> str:
        """The number that the next proposal of this day would get, without taking it."""
        return self._store.read(lambda session: _free_number(session, on)[0])

    # --- colleagues

    def colleagues(self) -> tuple[ColleagueView, ...]:
        """All colleagues in the order the user gave them."""
        return self._store.read(lambda session: tuple(_colleague(row) for row in _colleagues(session)))

    def me(self) -> ColleagueView | None:
        """The user among the colleagues, if they said who they are."""
        return next((one for one in self.colleagues() if one.is_me), None)

    def add_colleague(self, data: ColleagueData) -> str:
        """Add a colleague at the end and return the id. Raises ``colleague.name`` without a name."""
        values = _checked(data)

        def work(session: Session) -> str:
            last = session.execute(select(func.max(Colleague.position))).scalar()
            return insert(session, Colleague(position=0 if last is None else last + 1, **values))

        return self._store.write("colleague.add", {"name": data.name.full()}, work)

    def edit_colleague(self, colleague_id: str, data: ColleagueData) -> None:
        """Change a colleague as a whole. Raises ``record.gone`` or ``colleague.name``."""
        values = _checked(data)

        def work(session: Session) -> None:
            row = get(session, Colleague, colleague_id)
            for name, value in values.items():
                setattr(row, name, value)

        self._store.write("colleague.edit", {"name": data.name.full()}, work)

    def set_me(self, colleague_id: str) -> None:
        """Say which colleague the user is; nobody else is. Raises ``record.gone``."""
        name = self._store.read(lambda session: name_of(get(session, Colleague, colleague_id)).full())

        def work(session: Session) -> None:
            row = get(session, Colleague, colleague_id)
            session.execute(
                update(Colleague).where(Colleague.id != row.id, Colleague.is_me).values(is_me=False)
            )
            row.is_me = True

        self._store.write("colleague.set_me", {"name": name}, work)

    def reorder_colleagues(self, ids: Sequence[str]) -> None:
        """Put colleagues into this order; those not named follow in their old order."""

        def work(session: Session) -> None:
            place = {row_id: number for number, row_id in enumerate(ids)}
            rows = sorted(_colleagues(session), key=lambda row: place.get(row.id, len(place)))
            for number, row in enumerate(rows):
                row.position = number

        self._store.write("colleague.reorder", {}, work)


# --- pieces for other services -----------------------------------------------------------------------------


def company_row(session: Session) -> Company | None:
    """The one row of our company, or None."""
    return session.scalars(select(Company).order_by(Company.id).limit(1)).first()


def company_data(session: Session, store_files: FileStore) -> CompanyData:
    """Our company as documents show it; empty fields while nobody filled the card."""
    row = company_row(session)
    if row is None:
        return CompanyData()
    values = {name: getattr(row, name) for name in _DATA}
    return CompanyData(**values, logo=files.content(session, store_files, row.logo_id))


def take_number(session: Session, today: date) -> str:
    """The next outgoing number, inside the step that uses it: undo of that step gives it back.

    Numbers that some proposal of the vault has already are passed over.
    """
    number, n = _free_number(session, today)
    row = company_row(session)
    if row is not None:
        row.next_number = n + 1
    return number


def check_pattern(pattern: str) -> None:
    """Raise KamdeskError ``company.number_pattern`` unless the pattern has {n} and only fields that are known."""
    rest = _FIELD.sub("", pattern)
    counted = any(match["name"] is None for match in _FIELD.finditer(pattern))
    if not counted or "{" in rest or "}" in rest:
        raise KamdeskError("company.number_pattern", pattern=pattern)


def write_number(pattern: str, n: int, on: date) -> str:
    """A number by a pattern: {n}, {n:03}, {year}, {yy}, {month}; an empty pattern is the default one."""

    def replaced(match: re.Match[str]) -> str:
        if match["name"] == "year":
            return f"{on.year:04d}"
        if match["name"] == "yy":
            return f"{on.year % 100:02d}"
        if match["name"] == "month":
            return f"{on.month:02d}"
        return str(n).zfill(int(match["width"] or 1))

    return _FIELD.sub(replaced, pattern or DEFAULT_PATTERN)


def _free_number(session: Session, on: date) -> tuple[str, int]:
    row = company_row(session)
    pattern, n = (row.number_pattern, row.next_number) if row is not None else ("", 1)
    taken = set(session.scalars(select(Proposal.number).where(Proposal.number != "")))
    while (number := write_number(pattern, n, on)) in taken:
        n += 1
    return number, n


def _required(session: Session) -> Company:
    row = company_row(session)
    if row is None:
        raise KamdeskError("company.full_name")
    return row


def _view(session: Session, store_files: FileStore, today: date) -> CompanyView | None:
    row = company_row(session)
    if row is None:
        return None
    return CompanyView(
        row.id,
        company_data(session, store_files),
        row.vat_mode,
        row.currency,
        row.number_pattern,
        _free_number(session, today)[0],
        row.logo_id,
    )


def _colleagues(session: Session) -> Sequence[Colleague]:
    return session.scalars(select(Colleague).order_by(Colleague.position, Colleague.id)).all()


def _colleague(row: Colleague) -> ColleagueView:
    data = ColleagueData(name_of(row), row.post, row.phone, row.email, row.topics, row.signs, row.authority)
    return ColleagueView(row.id, data, row.is_me)


def _checked(data: ColleagueData) -> dict[str, object]:
    if not data.name:
        raise KamdeskError("colleague.name")
    values: dict[str, object] = {
        "family_name": data.name.family,
        "given_name": data.name.given,
        "middle_name": data.name.middle,
        "post": data.post,
        "phone": data.phone,
        "email": data.email,
        "topics": data.topics,
        "signs": data.signs,
        "authority": data.authority,
    }
    check_changes(Colleague, values)
    return values
