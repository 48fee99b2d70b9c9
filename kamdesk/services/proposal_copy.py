"""What a new proposal begins with: our defaults and the client's group, or the parts of an earlier proposal (R12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.tables import (
    Assumption,
    BenefitItem,
    Colleague,
    Company,
    OfferItem,
    Part,
    Proposal,
    ProposalArgument,
    ProposalCase,
    ProposalReader,
    ProposalRecommender,
    ProposalTeam,
    Stage,
    fields_of,
)
from kamdesk.model.tables.base import Entity
from kamdesk.model.vocabulary import Vocabularies
from kamdesk.services.library_nearest import first_proofs
from kamdesk.services.people_views import PersonRow
from kamdesk.services.people_views import rows as people_rows
from kamdesk.services.templates import default_template

_COPIED_CHILDREN: tuple[type[Entity], ...] = (
    OfferItem,
    Stage,
    ProposalCase,
    ProposalRecommender,
    ProposalTeam,
)
NEVER = (
    "id",
    "organisation_id",
    "started_from_id",
    "superseded_by_id",
    "revision",
    "number",
    "date",
    "status",
    "loss_reason",
    "next_date",
    "changed_at",
)
"""What every proposal has of its own."""
ONE_CLIENT = ("deal_id", "understanding", "next_step")
"""What was written for one client: another one gets none of it."""


def copy_fields(target: Entity, source: Entity, without: Sequence[str]) -> None:
    """Set all declared fields and links of one row to those of another, but for these."""
    for column, _ in fields_of(type(source)):
        if column.name not in without:
            setattr(target, column.name, getattr(source, column.name))


def copy_parts(session: Session, row: Proposal, source: Proposal, vocabularies: Vocabularies) -> None:
    """The lines, figures, stages, projects and people of an earlier proposal.

    For the same client the readers come too, with what was decided on their arguments; another client's own decision
    group is addressed instead, and no wording that was made for somebody else comes along.
    """
    for entity in _COPIED_CHILDREN:
        for child in session.query(entity).filter_by(proposal_id=source.id):
            twin = entity(proposal_id=row.id)
            copy_fields(twin, child, ("id", "proposal_id"))
            session.add(twin)
    _copy_benefit(session, row, source)
    if source.organisation_id != row.organisation_id:
        first_readers(session, row, vocabularies)
        return
    for reader in session.query(ProposalReader).filter_by(proposal_id=source.id):
        twin_reader = ProposalReader(proposal_id=row.id, person_id=reader.person_id)
        copy_fields(twin_reader, reader, ("id", "proposal_id", "person_id"))
        session.add(twin_reader)
        session.flush()
        for choice in session.query(ProposalArgument).filter_by(reader_id=reader.id):
            twin_choice = ProposalArgument(reader_id=twin_reader.id, argument_id=choice.argument_id)
            copy_fields(twin_choice, choice, ("id", "reader_id", "argument_id"))
            session.add(twin_choice)


def _copy_benefit(session: Session, row: Proposal, source: Proposal) -> None:
    """The benefit model; its lines rest on the twins of their assumptions."""
    twins: dict[str, str] = {}
    for assumption in session.query(Assumption).filter_by(proposal_id=source.id):
        twin = Assumption(proposal_id=row.id)
        copy_fields(twin, assumption, ("id", "proposal_id"))
        session.add(twin)
        session.flush()
        twins[assumption.id] = twin.id
    for item in session.query(BenefitItem).filter_by(proposal_id=source.id):
        line = BenefitItem(proposal_id=row.id)
        copy_fields(line, item, ("id", "proposal_id", "assumption_id"))
        line.assumption_id = twins.get(item.assumption_id or "")
        session.add(line)


def defaults(session: Session, row: Proposal) -> None:
    """Our VAT, our currency, the Word file that new proposals take, and whoever signs first."""
    row.template_id = default_template(session, row.language)
    company = session.scalars(select(Company)).first()
    if company is not None:
        row.vat_mode, row.currency = company.vat_mode, company.currency
    signatory = session.scalars(
        select(Colleague).where(Colleague.signs.is_(True)).order_by(Colleague.position)
    ).first()
    row.signatory_id = signatory.id if signatory else None


def decision_group(
    session: Session, organisation_id: str, deal_id: str | None, vocabularies: Vocabularies
) -> tuple[PersonRow, ...]:
    """Who decides: those with a part in the deal where parts were given for it (P8), else the client's people."""
    people = people_rows(session, organisation_id, vocabularies)
    if deal_id is None:
        return people
    named = set(
        session.scalars(
            select(Part.person_id).where(Part.organisation_id == organisation_id, Part.deal_id == deal_id)
        )
    )
    return tuple(person for person in people if person.id in named) or people


def group_readers(session: Session, row: Proposal, vocabularies: Vocabularies) -> tuple[PersonRow, ...]:
    """The decision group, those with most influence first; whoever has no type yet is not addressed."""
    group = [
        person
        for person in decision_group(session, row.organisation_id, row.deal_id, vocabularies)
        if person.lens
    ]
    order = {code: index for index, code in enumerate(vocabularies.codes("lens"))}
    group.sort(key=lambda person: (-(person.influence or 0), order.get(person.lens, len(order))))
    return tuple(group)


def first_readers(session: Session, row: Proposal, vocabularies: Vocabularies) -> None:
    """Address it to the decision group."""
    for index, person in enumerate(group_readers(session, row, vocabularies)):
        session.add(ProposalReader(proposal_id=row.id, person_id=person.id, position=index))


def first_parts(session: Session, row: Proposal, vocabularies: Vocabularies, today: date) -> None:
    """The decision group as readers, projects that may be quoted, recommenders who consented, and the user."""
    first_readers(session, row, vocabularies)
    cases, recommenders = first_proofs(session, row, today)
    for index, case_id in enumerate(cases):
        session.add(ProposalCase(proposal_id=row.id, case_id=case_id, position=index))
    for index, recommender_id in enumerate(recommenders):
        session.add(ProposalRecommender(proposal_id=row.id, recommender_id=recommender_id, position=index))
    me = session.scalars(select(Colleague).where(Colleague.is_me.is_(True))).first()
    if me is not None:
        session.add(ProposalTeam(proposal_id=row.id, colleague_id=me.id))
