"""Deals: what is being sold, how far it is, who decides about it and against whom (P8, D4 for one deal)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Deal,
    DealCompetitor,
    Interaction,
    Note,
    Organisation,
    Promise,
    Proposal,
)
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services import promises
from kamdesk.services.base import get, title_of
from kamdesk.services.deal_views import DealCard, DealRow, StageSum, card_of, rows_of, sums
from kamdesk.services.organisations import named_or_new
from kamdesk.services.promises import PromiseData
from kamdesk.services.rows import check_changes, check_new, first_words, insert, put
from kamdesk.store.unit_of_work import Store

LOST: Final = "lost"
_LINKED: Final[Mapping[str, type[Proposal | Interaction | Promise]]] = {
    "proposal": Proposal,
    "interaction": Interaction,
    "promise": Promise,
}


class Deals:
    """Everything a user can do to a deal. It is deleted through ``Records``; parts are set through ``People``."""

    def __init__(self, store: Store, vocabularies: Callable[[], Vocabularies]) -> None:
        self._store = store
        self._vocabularies = vocabularies

    # --- questions

    def list(self, organisation_id: str | None = None) -> tuple[DealRow, ...]:
        """Deals of a client or all: open ones first, by the month in which they are expected."""
        return self._store.read(lambda session: rows_of(session, organisation_id, self._open()))

    def card(self, deal_id: str) -> DealCard:
        """Everything about one deal. Raises ``record.gone``."""
        return self._store.read(
            lambda session: card_of(session, deal_id, self._open(), self._vocabularies(), self._store.now())
        )

    def sums(self, organisation_id: str | None = None) -> tuple[StageSum, ...]:
        """How many deals stand at each stage and what they come to, by currency, in the order of the stages."""
        order = self._vocabularies().codes("deal_stage", hidden=True)
        return sums(self.list(organisation_id), order)

    # --- intentions

    def add(self, organisation_id: str, name: str) -> str:
        """Add a deal by its name and return its id. Raises ``record.required`` for an empty one."""
        check_new(Deal, {"name": name})
        clean = " ".join(name.split())

        def work(session: Session) -> str:
            return insert(
                session, Deal(organisation_id=get(session, Organisation, organisation_id).id, name=clean)
            )

        return self._store.write("deal.add", {"name": clean}, work)

    def edit(self, deal_id: str, values: Mapping[str, object], *, visit: str = "") -> None:
        """Change fields: name, amount, currency, expected, description, loss_reason, closed_on.

        Raises ``deal.amount_negative`` and what ``Records.set`` raises.
        """
        check_changes(Deal, values)
        amount = values.get("amount")
        if amount is not None and amount < 0:  # type: ignore[operator]
            raise KamdeskError("deal.amount_negative")

        def work(session: Session) -> None:
            put(session, Deal, deal_id, values)

        self._store.write("deal.edit", {"name": self._called(deal_id)}, work, visit=visit)

    def set_stage(self, deal_id: str, stage: str) -> None:
        """Say how far it is. A closed stage is dated today; an open one takes date and reason of the loss away."""

        def work(session: Session) -> None:
            row = get(session, Deal, deal_id)
            row.stage = stage
            if stage in self._open():
                row.closed_on, row.loss_reason = None, ""
            else:
                row.closed_on = row.closed_on or self._store.now().date()
                if stage != LOST:
                    row.loss_reason = ""

        self._store.write("deal.stage", {"name": self._called(deal_id)}, work)

    def add_competitor(self, deal_id: str, name: str) -> str:
        """Say by its name who is after the same deal; a company that is not known is added. Returns the link's id."""

        def work(session: Session) -> str:
            deal = get(session, Deal, deal_id)
            rival = named_or_new(session, name, "competitor")
            if rival.id == deal.organisation_id:
                raise KamdeskError("deal.own_competitor")
            known = select(DealCompetitor.id).where(
                DealCompetitor.deal_id == deal.id, DealCompetitor.organisation_id == rival.id
            )
            found = session.scalars(known).first()
            return found or insert(session, DealCompetitor(deal_id=deal.id, organisation_id=rival.id))

        return self._store.write("deal.competitor", {"name": " ".join(name.split())}, work)

    def drop_competitor(self, link_id: str) -> None:
        """Not a competitor in this deal after all."""

        def called(session: Session) -> str:
            link = get(session, DealCompetitor, link_id)
            return get(session, Organisation, link.organisation_id).short_name

        self._store.write(
            "deal.no_competitor",
            {"name": self._store.read(called)},
            lambda session: session.delete(get(session, DealCompetitor, link_id)),
        )

    def link(self, deal_id: str, table: str, row_id: str) -> None:
        """Say that a proposal, an interaction or a promise belongs to the deal; ``table`` names which.

        Raises ``deal.other_client`` for one of another client, KeyError for another table.
        """
        entity = _LINKED[table]

        def work(session: Session) -> None:
            deal, row = get(session, Deal, deal_id), get(session, entity, row_id)
            if row.organisation_id not in (None, deal.organisation_id):
                raise KamdeskError("deal.other_client")
            row.deal_id = deal.id

        self._store.write("deal.link", {"name": self._title(table, row_id)}, work)

    def unlink(self, table: str, row_id: str) -> None:
        """It does not belong to a deal."""
        entity = _LINKED[table]

        def work(session: Session) -> None:
            get(session, entity, row_id).deal_id = None

        self._store.write("deal.unlink", {"name": self._title(table, row_id)}, work)

    def add_note(self, deal_id: str, text: str) -> str:
        """Write a note of today on the deal and return its id. Raises ``record.required``."""
        check_new(Note, {"text": text})

        def work(session: Session) -> str:
            deal = get(session, Deal, deal_id)
            return insert(
                session, Note(text=text.strip(), written_on=self._store.now().date(), deal_id=deal.id)
            )

        return self._store.write("deal.note", {"text": first_words(text)}, work)

    def promise(self, deal_id: str, text: str, *, side: str = promises.OURS, due: date | None = None) -> str:
        """Record a promise about the deal and return its id. Raises ``record.required``."""
        promises.check(PromiseData(text, side, due))

        def work(session: Session) -> str:
            deal = get(session, Deal, deal_id)
            data = PromiseData(text, side, due, organisation_id=deal.organisation_id)
            new_id = promises.add(session, data)
            get(session, Promise, new_id).deal_id = deal.id
            return new_id

        return self._store.write(f"promise.add_{side}", {"text": first_words(text)}, work)

    # --- inside

    def _open(self) -> frozenset[str]:
        return open_stages(self._vocabularies())

    def _called(self, deal_id: str) -> str:
        return self._store.read(lambda session: get(session, Deal, deal_id).name)

    def _title(self, table: str, row_id: str) -> str:
        return self._store.read(lambda session: title_of(get(session, _LINKED[table], row_id)))


def open_stages(vocabularies: Vocabularies) -> frozenset[str]:
    """The stages at which a deal is not decided; one of the user's own counts as open unless it says otherwise."""
    items: Sequence[tuple[str, object]] = [
        (item.code, item.extras.get("open", True)) for item in vocabularies.items("deal_stage", hidden=True)
    ]
    return frozenset(code for code, is_open in items if is_open)
