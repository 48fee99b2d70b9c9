"""Proposals: start, edit, tables, proofs, which status (R2–R8, R12); who reads them stands in ``proposal_readers``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Assumption,
    BenefitItem,
    CaseStudy,
    Deal,
    OfferItem,
    Organisation,
    Proposal,
    ProposalCase,
    ProposalRecommender,
    ProposalTeam,
    Recommender,
    Stage,
    fields_of,
)
from kamdesk.model.tables.base import Entity, spec_of
from kamdesk.model.values import Money
from kamdesk.model.vocabulary import Label
from kamdesk.rules import proposal_checks
from kamdesk.services import proposal_copy
from kamdesk.services.base import get, name_of, organisations_of
from kamdesk.services.closing import follow_status
from kamdesk.services.company import take_number
from kamdesk.services.proposal_chain import standings, supersede_earlier
from kamdesk.services.proposal_data import PURPOSE
from kamdesk.services.proposal_readers import ReaderChoices
from kamdesk.services.proposal_steps import keep_total
from kamdesk.services.proposal_views import (
    AssumptionRow,
    BenefitRow,
    OfferRow,
    ProposalRow,
    StageRow,
)
from kamdesk.services.records import check_value

VALID_DAYS = 30


class Proposals(ReaderChoices):
    """Everything a user can decide about a proposal; making its documents is ``services.generation``."""

    # --- questions

    def list(self, organisation_id: str | None = None) -> tuple[ProposalRow, ...]:
        """Proposals, the newest first; of one client where given."""
        return self._store.read(lambda session: _list(session, organisation_id, self._today()))

    # --- starting

    def start(
        self,
        organisation_id: str,
        *,
        from_id: str | None = None,
        subject: str = "",
        deal_id: str | None = None,
    ) -> str:
        """Start a draft for a client, from nothing or from any earlier proposal, and return its id.

        With ``deal_id`` it belongs to that deal of the client.

        From nothing it takes our defaults, the client's decision group as readers (of the deal, where parts were
        given for it), projects that may be quoted and recommenders who consented. From another it takes offer,
        figures and words, and for the same client the readers with their arguments as well; for another client
        neither its deal nor what was written about the first one's task.
        """

        def work(session: Session) -> str:
            return self.start_in(session, organisation_id, from_id, subject, deal_id).id

        name = self._store.read(lambda session: get(session, Organisation, organisation_id).short_name)
        return self._store.write("proposal.start", {"name": name}, work)

    def start_in(
        self, session: Session, organisation_id: str, from_id: str | None, subject: str, deal_id: str | None
    ) -> Proposal:
        """The same inside a step of another service."""
        client = get(session, Organisation, organisation_id)
        row = Proposal(organisation_id=client.id, language=client.language or "ru", subject=subject)
        source = get(session, Proposal, from_id) if from_id is not None else None
        if source is None:
            proposal_copy.defaults(session, row)
        else:
            elsewhere = source.organisation_id != client.id
            without = (*proposal_copy.NEVER, *(proposal_copy.ONE_CLIENT if elsewhere else ()))
            proposal_copy.copy_fields(row, source, without)
            row.started_from_id, row.subject = source.id, subject or source.subject
        if deal_id is not None:
            row.deal_id = get(session, Deal, deal_id).id
        row.valid_until = self._today() + timedelta(days=VALID_DAYS)
        row.changed_at = self._store.now()
        session.add(row)
        session.flush()
        if source is None:
            proposal_copy.first_parts(session, row, self._vocabularies(), self._today())
        else:
            proposal_copy.copy_parts(session, row, source, self._vocabularies())
        keep_total(session, row)
        return row

    # --- plain fields

    def edit(self, proposal_id: str, values: Mapping[str, object], *, visit: str = "") -> None:
        """Set fields of the proposal itself; the total follows. Raises KamdeskError for a value that does not fit."""
        specs = {column.name: spec_of(column) for column, _ in fields_of(Proposal)}
        for name, value in values.items():
            check_value(specs[name], value)

        def work(session: Session, row: Proposal) -> None:
            for name, value in values.items():
                setattr(row, name, value)

        self._change(proposal_id, "proposal.edit", work, visit=visit)

    def take_number(self, proposal_id: str) -> str:
        """Give the proposal its outgoing number and date, once; returns the number it has."""

        def work(session: Session, row: Proposal) -> str:
            row.date = row.date or self._today()
            row.number = row.number or take_number(session, row.date)
            return row.number

        return self._change(proposal_id, "proposal.take_number", work)

    # --- tables

    def save_offer(self, proposal_id: str, rows: Sequence[OfferRow], *, visit: str = "") -> None:
        """Make the offer these lines in this order; lines that are not among them are deleted."""
        self._save_rows(proposal_id, OfferItem, [asdict(row) for row in rows], "proposal.save_offer", visit)

    def save_benefit(self, proposal_id: str, rows: Sequence[BenefitRow], *, visit: str = "") -> None:
        """Make the benefit model these lines in this order."""
        self._save_rows(
            proposal_id, BenefitItem, [asdict(row) for row in rows], "proposal.save_benefit", visit
        )

    def save_assumptions(self, proposal_id: str, rows: Sequence[AssumptionRow], *, visit: str = "") -> None:
        """Make these what the benefit rests on, in this order; lines that rested on one no longer there rest on none."""
        self._save_rows(
            proposal_id, Assumption, [asdict(row) for row in rows], "proposal.save_assumptions", visit
        )

    def save_stages(self, proposal_id: str, rows: Sequence[StageRow], *, visit: str = "") -> None:
        """Make the schedule these lines in this order."""
        self._save_rows(proposal_id, Stage, [asdict(row) for row in rows], "proposal.save_stages", visit)

    def _save_rows(
        self, proposal_id: str, entity: type[Entity], rows: Sequence[dict[str, object]], code: str, visit: str
    ) -> None:
        specs = {column.name: spec_of(column) for column, _ in fields_of(entity)}
        filled = [row for row in rows if str(row["name"]).strip()]
        for row in filled:
            for name, value in row.items():
                if name != "id":
                    check_value(specs[name], value)

        def work(session: Session, proposal: Proposal) -> None:
            known = {str(item.id): item for item in session.query(entity).filter_by(proposal_id=proposal.id)}
            for index, values in enumerate(filled):
                item = known.pop(str(values["id"]), None)
                if item is None:
                    item = entity(proposal_id=proposal.id)
                    session.add(item)
                for name, value in values.items():
                    if name != "id":
                        setattr(item, name, value)
                item.position = index  # type: ignore[attr-defined]
            for item in known.values():
                session.delete(item)

        self._change(proposal_id, code, work, visit=visit)

    # --- projects, recommenders, team

    def set_cases(self, proposal_id: str, case_ids: Sequence[str]) -> None:
        """Show these finished projects in this order. Raises KamdeskError for one that may not be quoted."""

        def work(session: Session, row: Proposal) -> None:
            for case_id in case_ids:
                case = get(session, CaseStudy, case_id)
                if not case.may_quote:
                    raise KamdeskError("proposal.case_not_quotable", name=case.title)
            _relink(session, ProposalCase, row.id, "case_id", case_ids)

        self._change(proposal_id, "proposal.set_cases", work)

    def set_recommenders(self, proposal_id: str, recommender_ids: Sequence[str]) -> None:
        """Name these recommenders. Raises KamdeskError for one without a consent that covers it today (R8)."""

        def work(session: Session, row: Proposal) -> None:
            for recommender_id in recommender_ids:
                r = get(session, Recommender, recommender_id)
                problem = proposal_checks.naming_problem(
                    r.consent_on is not None, r.consent_scope, r.consent_until, PURPOSE, self._today()
                )
                if problem is not None:
                    raise KamdeskError("proposal.recommender_refused", name=name_of(r).full(), why=problem)
            _relink(session, ProposalRecommender, row.id, "recommender_id", recommender_ids)

        self._change(proposal_id, "proposal.set_recommenders", work)

    def set_team(self, proposal_id: str, team: Sequence[tuple[str, str]]) -> None:
        """Say who prepared the proposal: pairs of colleague id and what they answer for."""

        def work(session: Session, row: Proposal) -> None:
            _relink(session, ProposalTeam, row.id, "colleague_id", [colleague for colleague, _ in team])
            for link in session.query(ProposalTeam).filter_by(proposal_id=row.id):
                link.role = dict(team).get(link.colleague_id, "")

        self._change(proposal_id, "proposal.set_team", work)

    # --- status

    def set_status(
        self, proposal_id: str, status: str, *, next_date: date | None = None, loss_reason: str = ""
    ) -> None:
        """Move to another status. Raises KamdeskError where R12 does not allow it or a next date is missing."""

        def work(session: Session, row: Proposal) -> None:
            _move(session, row, status, next_date or row.next_date, self._today())
            if loss_reason:
                row.loss_reason = loss_reason

        self._change(proposal_id, "proposal.set_status", work, status=Label("proposal_status", status))

    def set_statuses(self, proposal_ids: Sequence[str], status: str) -> None:
        """Move several to one status in one step; nothing is done where one of them may not go there."""

        def work(session: Session) -> None:
            for proposal_id in proposal_ids:
                row = get(session, Proposal, proposal_id)
                _move(session, row, status, row.next_date, self._today())
                row.changed_at = self._store.now()

        params = {"n": len(proposal_ids), "status": Label("proposal_status", status)}
        self._store.write("proposal.set_statuses", params, work)

    def prolong(self, proposal_id: str, until: date, reason: str) -> None:
        """Let it hold longer, and say why (R7); one that was put down as expired is in revision again.

        Raises KamdeskError ``proposal.prolong_past`` for a day that is over and ``proposal.prolong_reason`` without a reason.
        """
        if until < self._today():
            raise KamdeskError("proposal.prolong_past", date=until)
        if not reason.strip():
            raise KamdeskError("proposal.prolong_reason")

        def work(_session: Session, row: Proposal) -> None:
            row.valid_until, row.validity_reason = until, reason.strip()
            if row.status == "expired":
                row.status = "revision"

        self._change(proposal_id, "proposal.prolong", work, date=until)


def _move(session: Session, row: Proposal, status: str, next_date: date | None, today: date) -> None:
    """To another status with all that follows from it: the steps after sending, the versions it replaces."""
    problem = proposal_checks.status_problem(row.status, status, next_date, today)
    if problem is not None:
        raise KamdeskError(problem.code, **problem.params)
    moved = row.status != status
    row.status, row.next_date = status, next_date
    if moved:
        follow_status(session, row, today)
    if moved and status == "sent":
        supersede_earlier(session, row)


def _relink(session: Session, entity: type[Entity], proposal_id: str, link: str, ids: Sequence[str]) -> None:
    """Make the links of one kind exactly these, in this order; links that stay keep their rows."""
    known = {getattr(row, link): row for row in session.query(entity).filter_by(proposal_id=proposal_id)}
    for index, target in enumerate(dict.fromkeys(ids)):
        row = known.pop(target, None)
        if row is None:
            row = entity(**{"proposal_id": proposal_id, link: target})
            session.add(row)
        row.position = index  # type: ignore[attr-defined]
    for row in known.values():
        session.delete(row)


def _list(session: Session, organisation_id: str | None, today: date) -> tuple[ProposalRow, ...]:
    query = select(Proposal).order_by(func.coalesce(Proposal.changed_at, "").desc(), Proposal.number.desc())
    if organisation_id is not None:
        query = query.where(Proposal.organisation_id == organisation_id)
    found = session.scalars(query).all()
    names = organisations_of(session, (row.organisation_id for row in found))
    deals = {
        row.id: row.name
        for row in session.scalars(select(Deal).where(Deal.id.in_({r.deal_id for r in found if r.deal_id})))
    }
    places = standings(found)
    return tuple(
        ProposalRow(
            row.id,
            row.number,
            row.subject,
            row.organisation_id,
            names.get(row.organisation_id, ""),
            row.status,
            Money.of_minor(row.total_minor, row.currency) if row.total_minor is not None else None,
            row.date,
            row.valid_until,
            row.next_date,
            row.changed_at,
            places[row.id].version,
            places[row.id].newest,
            proposal_checks.is_over(row.status, row.valid_until, today),
            row.deal_id,
            deals.get(row.deal_id or "", ""),
            row.language,
        )
        for row in found
    )
