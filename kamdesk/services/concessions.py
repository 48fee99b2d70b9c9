"""Concessions (W7): what was given and what was got for it, and what they come to by client, deal and year.

Private throughout: what we gave way on is nobody's business but ours, and least of all another client's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError, Message
from kamdesk.model.tables import Concession, Deal, Organisation, Person, Proposal
from kamdesk.model.values import PersonName
from kamdesk.services.base import get, name_of, organisations_of
from kamdesk.services.closing_views import for_nothing, views
from kamdesk.services.rows import check_changes, check_new, first_words, insert, put
from kamdesk.store.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class ConcessionData:
    """A concession as it is typed; only what was given is required. Amounts are positive, in ``currency``."""

    given: str
    got: str = ""
    kind: str = "price"
    cost: Decimal | None = None
    worth: Decimal | None = None
    currency: str = "RUB"
    given_on: date | None = None
    deal_id: str | None = None
    proposal_id: str | None = None
    person_id: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConcessionView:
    """A concession with the names of what it belongs to. ``for_nothing`` when neither words nor worth came back."""

    id: str
    organisation_id: str
    organisation: str
    deal_id: str | None
    deal: str
    proposal_id: str | None
    proposal: str
    person_id: str | None
    person: PersonName | None
    kind: str
    given: str
    got: str
    given_on: date | None
    cost: Decimal | None
    worth: Decimal | None
    currency: str
    note: str
    for_nothing: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What concessions come to in one currency. ``unknown`` is how many have no cost yet; ``net`` is worth less cost."""

    currency: str
    count: int
    cost: Decimal
    worth: Decimal
    unknown: int
    for_nothing: int

    @property
    def net(self) -> Decimal:
        """What they changed in our income: negative where more was given than got."""
        return self.worth - self.cost


@dataclass(frozen=True, slots=True)
class Effects:
    """The effect on income of one client: in all, by deal ("" for none) and by year (0 where no day is known)."""

    total: tuple[Effect, ...]
    by_deal: Mapping[str, tuple[Effect, ...]]
    by_year: Mapping[int, tuple[Effect, ...]]


class Concessions:
    """Everything a user can do to a concession. It is deleted through ``Records``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- questions

    def list(
        self, *, organisation_id: str = "", deal_id: str = "", proposal_id: str = ""
    ) -> tuple[ConcessionView, ...]:
        """Concessions of a client, a deal or a proposal, the latest first; all of them without any."""
        return self._store.read(lambda session: views_of(session, organisation_id, deal_id, proposal_id))

    def names(self, organisation_id: str) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
        """The deals and the proposals of a client to which one may belong: ids and names."""

        def work(session: Session) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
            deals = session.execute(
                select(Deal.id, Deal.name).where(Deal.organisation_id == organisation_id).order_by(Deal.name)
            )
            offers = session.scalars(
                select(Proposal)
                .where(Proposal.organisation_id == organisation_id)
                .order_by(Proposal.changed_at.desc())
            )
            return (
                tuple((row[0], row[1]) for row in deals),
                tuple((row.id, _called(row)) for row in offers),
            )

        return self._store.read(work)

    # --- intentions

    def add(self, organisation_id: str, data: ConcessionData) -> str:
        """Record one and return its id, of today unless a day is given; its deal follows from its proposal.

        Raises ``concession.empty``, ``concession.negative``, ``concession.other_client``, ``record.gone``.
        """
        values = _values(data)
        if not data.given.strip():
            raise KamdeskError("concession.empty")
        check_new(Concession, values)
        _check_amounts(values)

        def work(session: Session) -> str:
            client = get(session, Organisation, organisation_id)
            row = Concession(organisation_id=client.id, **values)
            row.given_on = data.given_on or self._store.now().date()
            _belongs(session, row)
            return insert(session, row)

        return self._store.write("concession.add", {"name": first_words(data.given)}, work)

    def edit(self, concession_id: str, values: Mapping[str, object], *, visit: str = "") -> None:
        """Change fields. Raises what :meth:`add` raises and KeyError for a name that is no field."""
        check_changes(Concession, values)
        if "given" in values and not str(values["given"]).strip():
            raise KamdeskError("concession.empty")
        _check_amounts(values)

        def work(session: Session) -> None:
            _belongs(session, put(session, Concession, concession_id, values))

        self._store.write("concession.edit", {"name": self._named(concession_id)}, work, visit=visit)

    def take_discount(self, proposal_id: str, given: str) -> str:
        """Record by how much the total fell since the sending as a concession on price; ``given`` names it. Returns its id.

        Raises ``concession.no_drop`` where it did not fall.
        """
        check_new(Concession, {"given": given})

        def work(session: Session) -> str:
            row = get(session, Proposal, proposal_id)
            lowered = views(session, [row], self._store.now())[0].lowered
            if lowered is None:
                raise KamdeskError("concession.no_drop")
            return insert(
                session,
                Concession(
                    organisation_id=row.organisation_id,
                    deal_id=row.deal_id,
                    proposal_id=row.id,
                    kind="price",
                    given=given,
                    given_on=self._store.now().date(),
                    cost=lowered.money.amount,
                    currency=lowered.money.currency,
                ),
            )

        return self._store.write("concession.add", {"name": first_words(given)}, work)

    def _named(self, concession_id: str) -> str:
        return first_words(self._store.read(lambda session: get(session, Concession, concession_id).given))


def views_of(
    session: Session, organisation_id: str = "", deal_id: str = "", proposal_id: str = ""
) -> tuple[ConcessionView, ...]:
    """Concessions with their names, the latest first; a proposal's include those of its deal that name no proposal."""
    query = select(Concession).order_by(
        Concession.given_on.is_(None), Concession.given_on.desc(), Concession.id.desc()
    )
    if organisation_id:
        query = query.where(Concession.organisation_id == organisation_id)
    if deal_id:
        query = query.where(Concession.deal_id == deal_id)
    if proposal_id:
        own = Concession.proposal_id == proposal_id
        deal = session.scalars(select(Proposal.deal_id).where(Proposal.id == proposal_id)).first()
        if deal:
            own = own | ((Concession.deal_id == deal) & Concession.proposal_id.is_(None))
        query = query.where(own)
    return _shown(session, session.scalars(query).all())


def effects_of(rows: Iterable[ConcessionView]) -> Effects:
    """What these come to: in all, by deal, by year; each in every currency."""
    found = tuple(rows)
    deals = dict.fromkeys(one.deal_id or "" for one in found)
    years = sorted({one.given_on.year if one.given_on else 0 for one in found}, reverse=True)
    return Effects(
        _sums(found),
        {deal: _sums(one for one in found if (one.deal_id or "") == deal) for deal in deals},
        {
            year: _sums(one for one in found if (one.given_on.year if one.given_on else 0) == year)
            for year in years
        },
    )


def warning(view: ConcessionView) -> Message | None:
    """What is to be said about one: that it was given for nothing."""
    return Message("concession.nothing_got", {"given": view.given}) if view.for_nothing else None


def _sums(rows: Iterable[ConcessionView]) -> tuple[Effect, ...]:
    by_currency: dict[str, list[ConcessionView]] = {}
    for row in rows:
        by_currency.setdefault(row.currency, []).append(row)
    return tuple(
        Effect(
            currency,
            len(group),
            sum((one.cost or Decimal(0) for one in group), Decimal(0)),
            sum((one.worth or Decimal(0) for one in group), Decimal(0)),
            sum(one.cost is None for one in group),
            sum(one.for_nothing for one in group),
        )
        for currency, group in by_currency.items()
    )


def _shown(session: Session, rows: Sequence[Concession]) -> tuple[ConcessionView, ...]:
    clients = organisations_of(session, (row.organisation_id for row in rows))
    deals = {
        row.id: row.name
        for row in session.scalars(
            select(Deal).where(Deal.id.in_({one.deal_id for one in rows if one.deal_id}))
        )
    }
    offers = {
        row.id: _called(row)
        for row in session.scalars(
            select(Proposal).where(Proposal.id.in_({one.proposal_id for one in rows if one.proposal_id}))
        )
    }
    people = {
        row.id: name_of(row)
        for row in session.scalars(
            select(Person).where(Person.id.in_({one.person_id for one in rows if one.person_id}))
        )
    }
    return tuple(
        ConcessionView(
            row.id, row.organisation_id, clients.get(row.organisation_id, ""), row.deal_id, deals.get(row.deal_id or "", ""),
            row.proposal_id, offers.get(row.proposal_id or "", ""), row.person_id, people.get(row.person_id or ""),
            row.kind, row.given, row.got, row.given_on, row.cost, row.worth, row.currency, row.note,
            for_nothing(row.got, row.worth),
        )
        for row in rows
    )  # fmt: skip


def _values(data: ConcessionData) -> dict[str, object]:
    names = ("kind", "cost", "worth", "currency", "given_on", "deal_id", "proposal_id", "person_id")
    texts = {name: getattr(data, name).strip() for name in ("given", "got", "note")}
    return {**texts, **{name: getattr(data, name) for name in names}}


def _check_amounts(values: Mapping[str, object]) -> None:
    for name in ("cost", "worth"):
        amount = values.get(name)
        if isinstance(amount, Decimal) and amount < 0:
            raise KamdeskError("concession.negative")


def _belongs(session: Session, row: Concession) -> None:
    """Deal and proposal are of the same client; a proposal brings its deal."""
    if row.proposal_id is not None:
        offer = get(session, Proposal, row.proposal_id)
        if offer.organisation_id != row.organisation_id:
            raise KamdeskError("concession.other_client")
        row.deal_id = row.deal_id or offer.deal_id
    if row.deal_id is not None and get(session, Deal, row.deal_id).organisation_id != row.organisation_id:
        raise KamdeskError("concession.other_client")


def _called(row: Proposal) -> str:
    return " · ".join(part for part in (row.number, row.subject) if part)
