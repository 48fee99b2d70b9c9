"""Everything that a meeting brief shows, read in a fixed number of queries a person (W4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from kamdesk.model.inputs import LibraryArgument, ReaderProfile
from kamdesk.model.internal import (
    Brief,
    BriefConcession,
    BriefContact,
    BriefDate,
    BriefDone,
    BriefObjection,
    BriefPerson,
    BriefPromise,
    BriefProposal,
    FullBrief,
    JudgedPerson,
)
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Argument,
    Attachment,
    Criterion,
    Dispatch,
    Employment,
    Fact,
    Interaction,
    Objection,
    Organisation,
    Part,
    Participant,
    Person,
    Proposal,
    ProposalReader,
    Telling,
)
from kamdesk.model.values import Sensitivity
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules import dates, tailoring
from kamdesk.rules.redaction import Redaction, effective
from kamdesk.services.base import get, name_of
from kamdesk.services.concessions import views_of
from kamdesk.services.interaction_views import InteractionView, views
from kamdesk.services.library import library_arguments
from kamdesk.services.library_variants import groups, latest_of_twins
from kamdesk.services.objection_uses import Answered, answered, heard_from
from kamdesk.services.people_views import effective_criteria, effective_lens
from kamdesk.services.preferences import preferences
from kamdesk.services.promises import promises_of
from kamdesk.services.proposal_data import seat_of

DISCREET: Final = Redaction(Sensitivity.PERSONAL, frozenset({"negotiation", "family", "notes", "gifts"}))
"""What may lie on a table before the client: no private row, none of the categories that speak of our game."""

FULL: Final = Redaction(Sensitivity.PRIVATE)

_CONTACTS: Final = 3
_PEOPLE: Final = 8
_SAID: Final = 6
_AHEAD: Final = timedelta(days=14)
_BACK: Final = timedelta(days=1)
_OPEN: Final = ("draft", "internal_review", "approved", "sent", "receipt_confirmed", "discussion", "revision")
_SHOWN: Final = ("presentation", "pilot", "workshop", "exhibition", "conference", "site_visit")
_DATED: Final = ("birthday", "name_day", "anniversary", "professional_holiday", "other_date")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a brief is for: a planned or past interaction, or a person or client without one."""

    interaction_id: str = ""
    person_id: str = ""
    client_id: str = ""

    @classmethod
    def parse(cls, text: str) -> Subject:
        """``person:<id>``, ``client:<id>``, or the id of an interaction. Raises KamdeskError ``record.gone`` for ""."""
        kind, colon, row_id = text.partition(":")
        if colon and kind == "person" and row_id:
            return cls(person_id=row_id)
        if colon and kind == "client" and row_id:
            return cls(client_id=row_id)
        if not text or colon:
            raise KamdeskError("record.gone")
        return cls(interaction_id=text)

    def __str__(self) -> str:
        if self.person_id:
            return f"person:{self.person_id}"
        return f"client:{self.client_id}" if self.client_id else self.interaction_id


def collect(
    session: Session, subject: Subject, redaction: Redaction, vocabularies: Vocabularies, now: datetime
) -> FullBrief:
    """Everything the redaction lets through; under ``DISCREET`` only ``brief`` of it is filled. Raises ``record.gone``."""
    return Collector(session, redaction, vocabularies, now).brief(subject)


class Collector:
    """Reads what a redaction lets through of people and a client; the brief and the cheat sheet are put together from it."""

    def __init__(
        self, session: Session, redaction: Redaction, vocabularies: Vocabularies, now: datetime
    ) -> None:
        self._session, self._redaction, self._vocabularies = session, redaction, vocabularies
        self._now, self._today = now, now.date()
        self._full = redaction == FULL
        self._library: dict[str, tuple[LibraryArgument, ...]] = {}

    def brief(self, subject: Subject) -> FullBrief:
        """Everything for one subject."""
        session = self._session
        met = get(session, Interaction, subject.interaction_id) if subject.interaction_id else None
        if met is not None and not self.passes(met.sensitivity):
            met_view = None
        else:
            met_view = views(session, [met], self._now)[0] if met is not None else None
        client = self._client(subject, met)
        people = self._people(subject, met, client)
        told = met_view is not None
        brief = Brief(
            subject=str(subject),
            interaction_id=met.id if met is not None else "",
            client_id=client.id if client is not None else "",
            client=client.short_name if client is not None else "",
            kind=met.kind if met is not None else "",
            starts_at=met.starts_at if met is not None else None,
            ends_at=met.ends_at if met is not None else None,
            place=met.place if met is not None and told else "",
            purpose=met.purpose if met is not None and told else "",
            people=tuple(self.person(row, client) for row in people),
            ours=tuple(one.name for one in met_view.people if one.ours) if met_view else (),
            promises=self.promises(client, people),
            contacts=self._contacts(subject, met, client),
            complaints=self._complaints(client),
            proposals=self._proposals(client),
            dates=self._dates(people, met),
            questions=(),
            state=met.state if met is not None else "",
        )
        if not self._full:
            return FullBrief(brief)
        shown = (*brief.contacts, *brief.complaints)
        return FullBrief(
            brief,
            met.aim_ideal if met is not None else "",
            met.aim_minimum if met is not None else "",
            tuple(self.judged(row, client) for row in people),
            self._outcomes([one.id for one in shown]),
            self.concessions(client),
        )

    def passes(self, row: str, column: Sensitivity = Sensitivity.BUSINESS, *categories: str) -> bool:
        """Whether a row of this sensitivity may be shown."""
        own = Sensitivity(row) if row in frozenset(Sensitivity) else Sensitivity.PRIVATE
        return self._redaction.passes(effective(column, own), *categories)

    # --- who --------------------------------------------------------------------------------------------------

    def _client(self, subject: Subject, met: Interaction | None) -> Organisation | None:
        if subject.client_id:
            return get(self._session, Organisation, subject.client_id)
        if met is not None and met.organisation_id:
            return self._session.get(Organisation, met.organisation_id)
        person_id = subject.person_id
        if met is not None:
            first = select(Participant.person_id).where(
                Participant.interaction_id == met.id, Participant.person_id.is_not(None)
            )
            person_id = self._session.scalars(first.limit(1)).first() or ""
        if not person_id:
            return None
        at = (
            select(Organisation)
            .join(Employment, Employment.organisation_id == Organisation.id)
            .where(
                Employment.person_id == person_id, Employment.until.is_(None), Employment.is_former.is_(False)
            )
            .order_by(Employment.position)
        )
        return self._session.scalars(at.limit(1)).first()

    def _people(
        self, subject: Subject, met: Interaction | None, client: Organisation | None
    ) -> Sequence[Person]:
        """Those who take part; for a client without a meeting those who play a part or have most say."""
        session = self._session
        if subject.person_id:
            return [get(session, Person, subject.person_id)]
        if met is not None:
            there = select(Participant.person_id).where(Participant.interaction_id == met.id)
            found = session.scalars(
                select(Person).where(Person.id.in_(there)).order_by(Person.sort_key)
            ).all()
            return sorted(found, key=lambda row: -(row.influence or 0))
        if client is None:
            return []
        here = select(Employment.person_id).where(
            Employment.organisation_id == client.id,
            Employment.until.is_(None),
            Employment.is_former.is_(False),
        )
        plays = select(Part.person_id).where(Part.organisation_id == client.id)
        query = (
            select(Person)
            .where(Person.id.in_(here))
            .order_by(Person.id.in_(plays).desc(), func.coalesce(Person.influence, 0).desc(), Person.sort_key)
        )
        return session.scalars(query.limit(_PEOPLE)).all()

    def person(self, row: Person, client: Organisation | None) -> BriefPerson:
        """One of theirs: what matters, what was said, what is to be said."""
        seat = seat_of(self._session, row.id, client.id if client is not None else "")
        lens = effective_lens(row.lens, seat.title if seat else "", self._vocabularies)
        own = tuple(
            self._session.scalars(
                select(Criterion.code).where(Criterion.person_id == row.id).order_by(Criterion.rank)
            )
        )
        language = client.language if client is not None and client.language else row.language or "ru"
        criteria = effective_criteria(own, lens, self._vocabularies)
        return BriefPerson(
            row.id,
            name_of(row),
            seat.title if seat else "",
            row.address_form,
            criteria,
            self._done(row, client),
            self._to_say(row, lens, own, language, client),
            self._objections(row, lens, criteria, language),
        )

    # --- what was and what is to be said ----------------------------------------------------------------------

    def _done(self, row: Person, client: Organisation | None) -> tuple[BriefDone, ...]:
        """Told, shown and sent, the latest first."""
        found = [*self._told(row), *self._sent(row), *self._shown(row)]
        return tuple(sorted(found, key=lambda one: one.on or date.min, reverse=True)[: 2 * _SAID])

    def _told(self, row: Person) -> list[BriefDone]:
        query = (
            select(Argument.short, Argument.text, func.max(Telling.told_on))
            .join(Argument, Argument.id == Telling.argument_id)
            .where(Telling.person_id == row.id)
            .group_by(Argument.id)
            .order_by(func.max(Telling.told_on).desc())
            .limit(_SAID)
        )
        return [BriefDone("told", short or text, on) for short, text, on in self._session.execute(query)]

    def _sent(self, row: Person) -> list[BriefDone]:
        """Proposals that left with this person among the readers."""
        query = (
            select(Proposal.number, Proposal.subject, func.max(Dispatch.sent_on))
            .join(Dispatch, Dispatch.proposal_id == Proposal.id)
            .join(ProposalReader, ProposalReader.proposal_id == Proposal.id)
            .where(
                ProposalReader.person_id == row.id,
                or_(Dispatch.person_id.is_(None), Dispatch.person_id == row.id),
            )
            .group_by(Proposal.id)
            .order_by(func.max(Dispatch.sent_on).desc())
            .limit(_SAID)
        )
        return [
            BriefDone("sent", f"№ {number}: {subject}" if number else subject, on)
            for number, subject, on in self._session.execute(query)
        ]

    def _shown(self, row: Person) -> list[BriefDone]:
        """Presentations, pilots and the like with this person, and files that belong to their meetings."""
        session = self._session
        there = (
            select(Interaction)
            .join(Participant, Participant.interaction_id == Interaction.id)
            .where(Participant.person_id == row.id, Interaction.state == "done")
            .order_by(Interaction.starts_at.desc())
        )
        seen = session.scalars(there.where(Interaction.kind.in_(_SHOWN)).limit(_SAID))
        found = [
            BriefDone(
                "shown",
                one.purpose,
                one.starts_at.date() if one.starts_at else None,
                one.kind,
            )
            for one in seen
            if self.passes(one.sensitivity)
        ]
        files = (
            select(Attachment, Interaction.sensitivity, Interaction.starts_at)
            .join(Interaction, Interaction.id == Attachment.interaction_id)
            .join(Participant, Participant.interaction_id == Interaction.id)
            .where(Participant.person_id == row.id, Interaction.state == "done")
            .order_by(Interaction.starts_at.desc())
            .limit(_SAID)
        )
        for file, sensitivity, at in session.execute(files):
            if self.passes(file.sensitivity) and self.passes(sensitivity):
                found.append(BriefDone("shown", file.name, at.date() if at else None))
        return found

    def _to_say(
        self, row: Person, lens: str, own: tuple[str, ...], language: str, client: Organisation | None
    ) -> tuple[str, ...]:
        """The arguments that suit this person best and that they have not been told."""
        told = {
            str(found): on or self._today
            for found, on in self._session.execute(
                select(Telling.argument_id, func.max(Telling.told_on))
                .where(Telling.person_id == row.id)
                .group_by(Telling.argument_id)
            )
        }
        told = latest_of_twins(told, groups(self._session, Argument))
        if language not in self._library:
            self._library[language] = library_arguments(self._session, language)
        fresh = [one for one in self._library[language] if one.id not in told]
        wanted: tuple[str, ...] = ()
        if client is not None:
            of_client = select(Criterion.code).where(Criterion.organisation_id == client.id)
            wanted = tuple(self._session.scalars(of_client.order_by(Criterion.rank)))
        ranked = tailoring.choose(
            [ReaderProfile(row.id, "", lens, own, {})],
            fresh,
            vocabularies=self._vocabularies,
            language=language,
            today=self._today,
            industry=client.industry if client is not None else "",
            client_criteria=wanted,
        )
        short = {one.id: one.short for one in fresh}
        return tuple(short.get(one.argument_id) or one.text for one in ranked.of(row.id).chosen)

    def _objections(
        self, row: Person, lens: str, criteria: Sequence[str], language: str
    ) -> tuple[BriefObjection, ...]:
        """What such a person says most likely, with the answer that worked.

        Heard from them before, then from their type; answers that worked before those that only failed; then what
        matters to them.
        """
        query = select(Objection).where(Objection.language == language, Objection.answer != "")
        own, went = heard_from(self._session, row.id), answered(self._session)
        ranked: list[tuple[bool, bool, int, int, str, BriefObjection]] = []
        for one in self._session.scalars(query):
            about = [place for place, code in enumerate(criteria) if code in one.criteria]
            if one.id in own or lens in one.lenses or about:
                result = went.get(one.id, Answered()).rank
                said = BriefObjection(one.text, one.answer)
                ranked.append(
                    (
                        one.id not in own,
                        lens not in one.lenses,
                        result,
                        min(about, default=99),
                        one.text,
                        said,
                    )
                )
        return tuple(each[-1] for each in sorted(ranked, key=lambda each: each[:5])[:2])

    # --- promises, contacts, proposals ------------------------------------------------------------------------

    def promises(self, client: Organisation | None, people: Sequence[Person]) -> tuple[BriefPromise, ...]:
        """Open ones, overdue first, then by date; those of the people who come before others of the client."""
        found = {}
        if client is not None:
            found = {one.id: one for one in promises_of(self._session, self._today, client.id, kept=False)}
        for row in people:
            own = promises_of(self._session, self._today, person_id=row.id, kept=False)
            found |= {one.id: one for one in own}
        coming = {row.id for row in people}
        ordered = sorted(
            (one for one in found.values() if self.passes(one.sensitivity)),
            key=lambda one: (
                not one.overdue,
                one.person_id not in coming if coming else False,
                one.due is None,
                one.due or date.max,
                one.side != "ours",
                one.text,
            ),
        )
        return tuple(
            BriefPromise(one.id, one.side, one.text, one.due, one.overdue, one.person_id or "", one.person)
            for one in ordered
        )

    def _contacts(
        self, subject: Subject, met: Interaction | None, client: Organisation | None
    ) -> tuple[BriefContact, ...]:
        query = select(Interaction).where(Interaction.state == "done", Interaction.starts_at.is_not(None))
        if subject.person_id or client is None:
            there = select(Participant.interaction_id)
            if subject.person_id:
                there = there.where(Participant.person_id == subject.person_id)
            elif met is not None:
                who = select(Participant.person_id).where(
                    Participant.interaction_id == met.id, Participant.person_id.is_not(None)
                )
                there = there.where(Participant.person_id.in_(who))
            else:
                return ()
            query = query.where(Interaction.id.in_(there))
        else:
            query = query.where(Interaction.organisation_id == client.id)
        if met is not None:
            query = query.where(Interaction.id != met.id)
        rows = self._session.scalars(query.order_by(Interaction.starts_at.desc()).limit(3 * _CONTACTS)).all()
        return self._written([row for row in rows if self.passes(row.sensitivity)][:_CONTACTS])

    def _complaints(self, client: Organisation | None) -> tuple[BriefContact, ...]:
        if client is None:
            return ()
        query = (
            select(Interaction)
            .where(
                Interaction.organisation_id == client.id,
                Interaction.state == "done",
                Interaction.kind == "complaint",
                Interaction.settled_on.is_(None),
            )
            .order_by(Interaction.starts_at.desc())
            .limit(30)
        )
        return self._written([row for row in self._session.scalars(query) if self.passes(row.sensitivity)])

    def _written(self, rows: Sequence[Interaction]) -> tuple[BriefContact, ...]:
        return tuple(_contact(one) for one in views(self._session, rows, self._now)) if rows else ()

    def _outcomes(self, ids: Sequence[str]) -> dict[str, str]:
        query = select(Interaction.id, Interaction.outcome).where(Interaction.id.in_(ids))
        return {row[0]: row[1] for row in self._session.execute(query) if row[1]}

    def concessions(self, client: Organisation | None) -> tuple[BriefConcession, ...]:
        """Asked only for the full brief: they are private, and never lie on a table."""
        found = views_of(self._session, client.id) if client is not None else ()
        return tuple(
            BriefConcession(one.given, one.got, one.given_on, one.cost, one.worth, one.currency)
            for one in found
        )

    def _proposals(self, client: Organisation | None) -> tuple[BriefProposal, ...]:
        if client is None:
            return ()
        query = (
            select(Proposal)
            .where(Proposal.organisation_id == client.id, Proposal.status.in_(_OPEN))
            .order_by(Proposal.date.desc(), Proposal.id)
        )
        return tuple(
            BriefProposal(row.id, row.number, row.subject, row.status, row.next_date, row.valid_until)
            for row in self._session.scalars(query)
        )

    # --- people, privately ------------------------------------------------------------------------------------

    def _dates(self, people: Sequence[Person], met: Interaction | None) -> tuple[BriefDate, ...]:
        """Yearly dates from a day before the meeting to two weeks after it."""
        leap = preferences(self._session).leap_birthday
        day = met.starts_at.date() if met is not None and met.starts_at else self._today
        start = max(day, self._today) - _BACK
        names = {row.id: name_of(row) for row in people}
        query = select(Fact).where(Fact.person_id.in_(names), Fact.kind.in_(_DATED), Fact.date.is_not(None))
        found = []
        for fact in self._session.scalars(query):
            if fact.date is None or not self.passes(fact.sensitivity, Sensitivity.PERSONAL):
                continue
            on = dates.next_occurrence(fact.date, start, leap)
            if on is not None and on <= start + _BACK + _AHEAD:
                age = dates.age_reached(fact.date, on) if fact.kind == "birthday" else None
                found.append(BriefDate(on, names[fact.person_id], fact.kind, fact.text, age))
        return tuple(sorted(found, key=lambda one: (one.on, one.person.full())))

    def judged(self, row: Person, client: Organisation | None, deal_id: str = "") -> JudgedPerson:
        """What we think of one of theirs; with a deal, the parts said for it come before those said in general."""
        here = or_(Part.deal_id.is_(None), Part.deal_id == deal_id)
        parts = select(Part.code).where(Part.person_id == row.id, here).order_by(Part.deal_id.is_(None))
        if client is not None:
            parts = parts.where(Part.organisation_id == client.id)
        seat = seat_of(self._session, row.id, client.id if client is not None else "")
        by_kind: dict[str, list[str]] = {}
        facts = select(Fact).where(Fact.person_id == row.id, Fact.text != "").order_by(Fact.noted_on.desc())
        for fact in self._session.scalars(facts):
            by_kind.setdefault(fact.kind, []).append(fact.text)
        good, avoid = by_kind.pop("topic_good", []), by_kind.pop("topic_avoid", [])
        rest = [text for kind, texts in by_kind.items() if kind not in _DATED for text in texts]
        return JudgedPerson(
            row.id,
            effective_lens(row.lens, seat.title if seat else "", self._vocabularies),
            row.influence,
            row.stance,
            tuple(dict.fromkeys(self._session.scalars(parts))),
            tuple(good),
            tuple(avoid),
            tuple(rest),
            row.stance_evidence,
            row.stance_date,
        )


def _contact(one: InteractionView) -> BriefContact:
    return BriefContact(
        one.id,
        one.kind,
        one.starts_at,
        one.purpose,
        tuple(who.name for who in one.people if not who.ours),
        one.next_step,
        one.next_step_on,
    )
