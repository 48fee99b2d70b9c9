"""Putting together the page of a proposal: values, tailoring, checks, documents."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.inputs import ProposalData, Tailored
from kamdesk.model.messages import Message
from kamdesk.model.tables import (
    Argument,
    Assumption,
    BenefitItem,
    Dispatch,
    Document,
    OfferItem,
    Organisation,
    Person,
    Proposal,
    ProposalCase,
    ProposalReader,
    ProposalRecommender,
    ProposalTeam,
    Stage,
    StoredFile,
    fields_of,
)
from kamdesk.model.tables.base import collation_key
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.rules import benefit, offer, proposal_checks, sensitivity, tailoring
from kamdesk.services.argument_strangers import arguments_about_others
from kamdesk.services.base import get, name_of
from kamdesk.services.offer_prices import run_out
from kamdesk.services.proposal_chain import source_of, versions_of
from kamdesk.services.proposal_data import LoadedProposal, load
from kamdesk.services.proposal_leftovers import left_from_another_client
from kamdesk.services.proposal_views import (
    AssumptionRow,
    BenefitRow,
    DispatchView,
    DocumentView,
    OfferRow,
    ProposalPage,
    ReaderView,
    StageRow,
)
from kamdesk.store.files import FileStore


def page(
    session: Session, proposal_id: str, vocabularies: Vocabularies, files: FileStore, today: date
) -> ProposalPage:
    """The whole page as of ``today``. Raises KamdeskError ``record.gone``."""
    row = get(session, Proposal, proposal_id)
    loaded = load(session, row.id, vocabularies, files, today)
    tailored = loaded.tailor(vocabularies, today)
    client = get(session, Organisation, row.organisation_id)
    findings = (
        *proposal_checks.check_proposal(
            loaded.data, tailored, loaded.profiles, vocabularies=vocabularies, today=today
        ),
        *(
            run_out(session, loaded.data.offer, loaded.data.currency, today)
            if "sent" in proposal_checks.TRANSITIONS.get(row.status, ())
            else ()
        ),
        *left_from_another_client(session, row, loaded.data),
        *arguments_about_others(session, row, tailored, loaded.library),
    )
    blocked = tailoring.blocked(
        loaded.library, loaded.choices, language=loaded.data.language, today=today, nameable=loaded.nameable
    )
    basis = basis_of(loaded.data, tailored)
    totals, model = offer.totals_of(loaded.data), loaded.data.benefit
    return ProposalPage(
        id=row.id,
        organisation_id=client.id,
        organisation=client.short_name,
        values={
            column.name: getattr(row, column.name) for column, info in fields_of(Proposal) if not info.hidden
        }
        | {
            "signatory_id": row.signatory_id,
            "template_id": row.template_id,
            "deal_id": row.deal_id,
            "started_from_id": row.started_from_id,
        },
        status=row.status,
        next_statuses=tuple(proposal_checks.TRANSITIONS.get(row.status, ())),
        offer=_offer(session, row.id),
        totals=totals,
        benefit=_benefit(session, row.id),
        benefit_result=benefit.evaluate(model) if model else None,
        assumptions=_assumptions(session, row.id),
        sensitivity=sensitivity.analyse(model) if model else None,
        stages=_stages(session, row.id),
        payments=offer.payments(totals.gross, [one.payment for one in loaded.data.schedule], row.currency),
        readers=_readers(session, row.id, loaded, tailored, vocabularies),
        criteria=tailoring.criteria_rows(tailored, loaded.profiles, loaded.library, vocabularies),
        case_ids=_linked(session, ProposalCase.case_id, ProposalCase, row.id),
        recommender_ids=_linked(session, ProposalRecommender.recommender_id, ProposalRecommender, row.id),
        team=tuple(
            (link.colleague_id, link.role)
            for link in session.scalars(
                select(ProposalTeam).where(ProposalTeam.proposal_id == row.id).order_by(ProposalTeam.position)
            )
        ),
        findings=findings,
        notices=(*(item.reason for item in blocked), *_edited_notices(session, row.id, basis)),
        documents=documents_of(session, row.id, basis),
        dispatches=_dispatches(session, row.id),
        versions=versions_of(session, row),
        started_from=source_of(session, row),
        superseded_by=row.superseded_by_id,
        over=proposal_checks.is_over(row.status, row.valid_until, today),
    )


def basis_of(data: ProposalData, tailored: Tailored) -> str:
    """A hash of everything the documents are made from; it tells a stale document from a fresh one."""

    def plain(value: Any) -> Any:
        return value.hex() if isinstance(value, bytes) else str(value)

    chosen = [
        (reader.reader_id, reader.subject, [(c.text, c.evidence, c.evidence_source) for c in reader.chosen])
        for reader in tailored.readers
    ]
    body = json.dumps([asdict(data), chosen], default=plain, sort_keys=True)
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def _offer(session: Session, proposal_id: str) -> tuple[OfferRow, ...]:
    rows = session.scalars(
        select(OfferItem).where(OfferItem.proposal_id == proposal_id).order_by(OfferItem.position)
    )
    return tuple(OfferRow.of(row) for row in rows)


def _benefit(session: Session, proposal_id: str) -> tuple[BenefitRow, ...]:
    rows = session.scalars(
        select(BenefitItem).where(BenefitItem.proposal_id == proposal_id).order_by(BenefitItem.position)
    )
    return tuple(BenefitRow(r.id, r.name, r.kind, r.amounts, r.assumption_id, r.spread) for r in rows)


def _assumptions(session: Session, proposal_id: str) -> tuple[AssumptionRow, ...]:
    rows = session.scalars(
        select(Assumption).where(Assumption.proposal_id == proposal_id).order_by(Assumption.position)
    )
    return tuple(AssumptionRow(r.id, r.name, r.value, r.unit, r.low, r.high, r.source) for r in rows)


def _stages(session: Session, proposal_id: str) -> tuple[StageRow, ...]:
    rows = session.scalars(select(Stage).where(Stage.proposal_id == proposal_id).order_by(Stage.position))
    return tuple(StageRow(r.id, r.name, r.term, r.result, r.payment) for r in rows)


def _linked(session: Session, column: Any, entity: Any, proposal_id: str) -> tuple[str, ...]:
    return tuple(
        session.scalars(select(column).where(entity.proposal_id == proposal_id).order_by(entity.position))
    )


def _readers(
    session: Session, proposal_id: str, loaded: LoadedProposal, tailored: Tailored, vocabularies: Vocabularies
) -> tuple[ReaderView, ...]:
    rows = session.execute(
        select(ProposalReader, Person)
        .join(Person, Person.id == ProposalReader.person_id)
        .where(ProposalReader.proposal_id == proposal_id)
        .order_by(ProposalReader.position)
    ).all()
    posts = {reader.id: reader.post for reader in loaded.data.readers}
    profiles = {profile.reader_id: profile for profile in loaded.profiles}
    dropped_ids = [choice.argument_id for choice in loaded.choices if choice.dropped]
    texts = dict(
        session.execute(select(Argument.id, Argument.text).where(Argument.id.in_(dropped_ids))).all()
    )
    result = []
    for reader, person in rows:
        chosen = tailored.of(reader.id)
        dropped = tuple(
            (choice.argument_id, texts.get(choice.argument_id, ""))
            for choice in loaded.choices
            if choice.reader_id == reader.id and choice.dropped
        )
        profile = profiles[reader.id]
        result.append(
            ReaderView(
                reader.id,
                person.id,
                name_of(person),
                posts.get(reader.id, ""),
                profile.lens,
                reader.lens,
                reader.separate,
                tailoring.ranked_criteria(profile, vocabularies),
                chosen.subject,
                chosen.chosen,
                chosen.uncovered,
                dropped,
            )
        )
    return tuple(result)


def documents_of(session: Session, proposal_id: str, basis: str) -> tuple[DocumentView, ...]:
    """All versions of all documents, the group document first, then by reader, the newest version first."""
    names = {
        reader_id: name_of(person).full()
        for reader_id, person in session.execute(
            select(ProposalReader.id, Person)
            .join(Person, Person.id == ProposalReader.person_id)
            .where(ProposalReader.proposal_id == proposal_id)
        )
    }
    order = {"group": 0, "cover": 1, "variant": 2}
    rows = session.scalars(select(Document).where(Document.proposal_id == proposal_id)).all()
    place = lambda r: (order.get(r.kind, 9), collation_key(names.get(r.reader_id or "", "")), -r.version)  # noqa: E731
    rows = sorted(rows, key=place)
    return tuple(
        DocumentView(
            r.id,
            r.kind,
            r.reader_id,
            names.get(r.reader_id or "", ""),
            r.version,
            r.is_current,
            r.hand_edited,
            r.basis != basis,
            r.file_name,
            r.pages,
            r.converter,
            r.made_at,
        )
        for r in rows
    )


def _edited_notices(session: Session, proposal_id: str, basis: str) -> tuple[Message, ...]:
    """A word for each document whose hand-made version stands against a newer generated one or a changed proposal."""
    rows = session.scalars(select(Document).where(Document.proposal_id == proposal_id)).all()
    newest: dict[tuple[str, str | None], int] = {}
    for r in rows:
        newest[r.kind, r.reader_id] = max(newest.get((r.kind, r.reader_id), 0), r.version)
    behind = tuple(
        Message("document.edited_older", {"name": r.file_name, "version": r.version})
        for r in rows
        if r.is_current and r.hand_edited and r.basis != basis
    )
    return behind + tuple(
        Message("document.edited_stands", {"name": r.file_name, "version": r.version})
        for r in rows
        if r.is_current and r.hand_edited and newest[r.kind, r.reader_id] > r.version
    )


def _dispatches(session: Session, proposal_id: str) -> tuple[DispatchView, ...]:
    rows = session.execute(
        select(Dispatch, StoredFile, Person)
        .join(StoredFile, StoredFile.id == Dispatch.file_id)
        .outerjoin(Person, Person.id == Dispatch.person_id)
        .where(Dispatch.proposal_id == proposal_id)
        .order_by(Dispatch.sent_on, StoredFile.name, Dispatch.id)
    )
    return tuple(
        DispatchView(
            row.id,
            file.name,
            name_of(person).full() if person is not None else row.recipient,
            row.channel,
            row.sent_on,
            row.note,
            row.origin,
            file.sha256,
            file.size,
            row.person_id,
            row.document_id,
        )
        for row, file, person in rows
    )
