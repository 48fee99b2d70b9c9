"""Where somebody who takes a client over begins to read (D15): a short list with the reason for each step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import Message
from kamdesk.model.tables import AgendaMark, Interaction, Organisation, Proposal
from kamdesk.model.values import PersonName
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules.org_tree import DECIDES, DECISIVE
from kamdesk.services import promises
from kamdesk.services.base import get
from kamdesk.services.deal_views import rows_of
from kamdesk.services.deals import open_stages
from kamdesk.services.organisation_views import OPEN_STATUSES
from kamdesk.services.people_views import PersonRow
from kamdesk.services.people_views import rows as people_rows
from kamdesk.services.rows import first_words
from kamdesk.services.statements import statements_of
from kamdesk.store.unit_of_work import Store

_FRIENDS: Final = frozenset({"champion", "coach", "executive_sponsor"})
_MOST_PEOPLE: Final = 5


@dataclass(frozen=True, slots=True)
class ReadingStep:
    """Something to read: ``title`` names it ("" where the reason says it all), ``place`` is a tab or ``person:<id>``."""

    id: str
    icon: str
    title: str
    reason: Message
    place: str
    name: PersonName | None = None


@dataclass(frozen=True, slots=True)
class ReadingOrder:
    """The steps in their order; ``dismissed`` when somebody said they know this client."""

    steps: tuple[ReadingStep, ...]
    dismissed: bool


class ReadingOrders:
    """Making the list for one client, and putting it away."""

    def __init__(self, store: Store, vocabularies: Callable[[], Vocabularies]) -> None:
        self._store = store
        self._vocabularies = vocabularies

    def of(self, organisation_id: str, people: tuple[PersonRow, ...] | None = None) -> ReadingOrder:
        """What to read first about a client; ``people`` are its own where they were read already. Raises ``record.gone``."""

        def work(session: Session) -> ReadingOrder:
            client = get(session, Organisation, organisation_id)
            mark = select(AgendaMark.id).where(AgendaMark.key == _key(client.id))
            return ReadingOrder(
                self._steps(session, client, people), session.scalars(mark).first() is not None
            )

        return self._store.read(work)

    def dismiss(self, organisation_id: str) -> None:
        """Put the list away for this client."""

        def work(session: Session) -> None:
            client = get(session, Organisation, organisation_id)
            mark = select(AgendaMark.id).where(AgendaMark.key == _key(client.id))
            if session.scalars(mark).first() is None:
                session.add(AgendaMark(key=_key(client.id), organisation_id=client.id))

        self._write("reading.dismiss", organisation_id, work)

    def restore(self, organisation_id: str) -> None:
        """Show the list again."""

        def work(session: Session) -> None:
            for row in session.scalars(select(AgendaMark).where(AgendaMark.key == _key(organisation_id))):
                session.delete(row)

        self._write("reading.restore", organisation_id, work)

    def _write(self, code: str, organisation_id: str, work: Callable[[Session], None]) -> None:
        name = self._store.read(lambda session: get(session, Organisation, organisation_id).short_name)
        self._store.write(code, {"name": name}, work)

    def _steps(
        self, session: Session, client: Organisation, people: tuple[PersonRow, ...] | None
    ) -> tuple[ReadingStep, ...]:
        today = self._store.now().date()
        code = "reading.about" if client.description.strip() else "reading.about_missing"
        steps = [ReadingStep("about", "organisation", "", Message(code), "overview:about")]
        known = len(statements_of(session, client.id, today))
        if known:
            steps.append(
                ReadingStep("business", "fact", "", Message("reading.business", {"n": known}), "business")
            )
        steps += _people(people_rows(session, client.id, self._vocabularies()) if people is None else people)
        steps += self._history(session, client.id)
        owed = promises.promises_of(session, today, client.id, side=promises.OURS, kept=False)
        late = sum(one.overdue for one in owed)
        if owed:
            reason = (
                Message("reading.late", {"n": late}) if late else Message("reading.owe", {"n": len(owed)})
            )
            steps.append(ReadingStep("owe", "promise", "", reason, "history"))
        for deal in rows_of(session, client.id, open_stages(self._vocabularies())):
            if deal.is_open:
                place = f"deals:{deal.id}"
                steps.append(
                    ReadingStep(f"deal {deal.id}", "money", deal.name, Message("reading.deal"), place)
                )
        offers = session.scalars(
            select(Proposal).where(Proposal.organisation_id == client.id, Proposal.status.in_(OPEN_STATUSES))
        )
        steps += [
            ReadingStep(
                f"proposal {one.id}",
                "proposals",
                " · ".join(part for part in (one.number, one.subject) if part),
                Message("reading.proposal"),
                f"proposal:{one.id}",
            )
            for one in offers
        ]
        return tuple(steps)

    def _history(self, session: Session, client: str) -> list[ReadingStep]:
        last = session.scalars(
            select(Interaction)
            .where(Interaction.organisation_id == client, Interaction.state == "done")
            .order_by(Interaction.starts_at.desc())
            .limit(1)
        ).first()
        ahead = session.scalars(
            select(Interaction)
            .where(
                Interaction.organisation_id == client,
                Interaction.state == "planned",
                Interaction.starts_at >= self._store.now(),
            )
            .order_by(Interaction.starts_at)
            .limit(1)
        ).first()
        steps = []
        for row, icon, code in ((last, "history", "reading.last"), (ahead, "calendar", "reading.next")):
            if row is not None:
                words = first_words(row.purpose or row.outcome)
                steps.append(ReadingStep(code, icon, words, Message(code), "history"))
        return steps


def _key(organisation_id: str) -> str:
    return f"reading:{organisation_id}"


def _people(people: tuple[PersonRow, ...]) -> list[ReadingStep]:
    """Whom to read first: who decides, who is against us, who is on our side, who has weight, who keeps the door."""
    tests: tuple[tuple[str, Callable[[PersonRow], bool]], ...] = (
        ("reading.decides", lambda one: bool(DECIDES & set(one.parts))),
        ("reading.against", lambda one: (one.stance or 0) < -1),
        ("reading.decisive", lambda one: one.influence == DECISIVE),
        ("reading.friend", lambda one: bool(_FRIENDS & set(one.parts)) or (one.stance or 0) > 1),
        ("reading.gate", lambda one: "gatekeeper" in one.parts),
        ("reading.weight", lambda one: (one.influence or 0) > 1),
    )
    steps: dict[str, ReadingStep] = {}
    for code, test in tests:
        for one in people:
            if one.id not in steps and test(one):
                steps[one.id] = ReadingStep(
                    f"person {one.id}", "person", one.title, Message(code), f"person:{one.id}", one.name
                )
    return list(steps.values())[:_MOST_PEOPLE]
