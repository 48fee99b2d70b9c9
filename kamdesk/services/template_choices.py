"""With what a template may be looked at: proposals, or for papers of the house and letters with results meetings, clients, deals (R9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.documents.context.catalogue import KINDS
from kamdesk.documents.context.internal_words import InternalWords
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Deal, Interaction, Organisation, Participant, Proposal, ProposalReader
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services.deals import open_stages
from kamdesk.store.unit_of_work import Store

_CLOSED: Final = ("declined", "expired", "withdrawn", "superseded", "accepted")
_MOST: Final = 30
"""So many of each are enough to look at a template with."""


@dataclass(frozen=True, slots=True)
class SampleChoice:
    """One thing to look with. ``id`` is a proposal's, or what the paper's own service calls its subject."""

    id: str
    label: str


class TemplateChoices:
    """What can be chosen in place of the small invented example."""

    def __init__(self, store: Store, vocabularies: Callable[[], Vocabularies]) -> None:
        self._store = store
        self._vocabularies = vocabularies

    def of(self, kind: str, language: str) -> tuple[SampleChoice, ...]:
        """For a kind of template ("" is a document of a proposal), the likeliest first; labels in ``language``.

        Raises ``documents.unknown_kind``.
        """
        if kind and kind not in KINDS:
            raise KamdeskError("documents.unknown_kind", kind=kind)
        words = InternalWords(language, self._vocabularies())
        reads: dict[str, Callable[[Session], Iterable[SampleChoice]]] = {
            "brief": lambda session: (*self._planned(session, words), *_clients(session)),
            "dossier": _clients,
            "cheat_sheet": lambda session: (
                *_proposals(session, True),
                *self._deals(session),
                *_clients(session),
            ),
            "results": lambda session: self._done(session, words),
        }
        read = reads.get(kind, _proposals)
        return self._store.read(lambda session: tuple(read(session)))

    def _planned(self, session: Session, words: InternalWords) -> Iterator[SampleChoice]:
        """Meetings ahead, the next one first."""
        ends = func.coalesce(Interaction.ends_at, Interaction.starts_at)
        query = (
            select(Interaction, Organisation.short_name)
            .outerjoin(Organisation, Organisation.id == Interaction.organisation_id)
            .where(Interaction.state == "planned", ends >= self._store.now())
            .order_by(Interaction.starts_at)
        )
        return _met(session, query, words)

    def _done(self, session: Session, words: InternalWords) -> Iterator[SampleChoice]:
        """Meetings at which somebody of theirs was, the last one first."""
        theirs = select(Participant.id).where(
            Participant.interaction_id == Interaction.id, Participant.person_id.is_not(None)
        )
        query = (
            select(Interaction, Organisation.short_name)
            .outerjoin(Organisation, Organisation.id == Interaction.organisation_id)
            .where(Interaction.state == "done", Interaction.starts_at.is_not(None), theirs.exists())
            .order_by(Interaction.starts_at.desc())
        )
        return _met(session, query, words)

    def _deals(self, session: Session) -> Iterator[SampleChoice]:
        query = (
            select(Deal.id, Organisation.short_name, Deal.name)
            .join(Organisation, Organisation.id == Deal.organisation_id)
            .where(Deal.stage.in_(open_stages(self._vocabularies())))
            .order_by(Deal.id.desc())
        )
        for row_id, client, name in session.execute(query.limit(_MOST)):
            yield SampleChoice(f"deal:{row_id}", _joined(client, name))


def _met(session: Session, query: object, words: InternalWords) -> Iterator[SampleChoice]:
    for row, client in session.execute(query.limit(_MOST)):  # type: ignore[attr-defined]
        day = words.day(row.starts_at.date()) if row.starts_at is not None else ""
        about = " ".join((row.purpose or "").split()) or words.label("interaction", row.kind)
        yield SampleChoice(row.id, _joined(day, client or "", about))


def _proposals(session: Session, for_sheet: bool = False) -> Iterator[SampleChoice]:
    """Open proposals, the newest first; those that nobody reads yet come last."""
    unread = ~select(ProposalReader.id).where(ProposalReader.proposal_id == Proposal.id).exists()
    query = (
        select(Proposal.id, Organisation.short_name, Proposal.subject)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .where(Proposal.status.not_in(_CLOSED))
        .order_by(unread, Proposal.id.desc())
    )
    for row_id, client, subject in session.execute(query.limit(_MOST)):
        yield SampleChoice(f"proposal:{row_id}" if for_sheet else row_id, _joined(client, subject))


def _clients(session: Session) -> Iterator[SampleChoice]:
    query = (
        select(Organisation.id, Organisation.short_name)
        .where(Organisation.kind == "client")
        .order_by(func.kamdesk_fold(Organisation.short_name), Organisation.id)
    )
    for row_id, name in session.execute(query.limit(_MOST)):
        yield SampleChoice(f"client:{row_id}", name)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
