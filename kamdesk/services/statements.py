"""What is known of a client's business (D2): statements with source and date, any of which can become an argument."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from kamdesk.model.messages import KamdeskError, label
from kamdesk.model.tables import Argument, Organisation, Statement
from kamdesk.services.base import get
from kamdesk.services.organisations import named_or_new
from kamdesk.services.rows import check_changes, check_new, first_words, insert, put
from kamdesk.store.unit_of_work import Store

COMPETITOR_MOVE: Final = "competitor_move"
_MONTHS: Final = {
    COMPETITOR_MOVE: 3,
    "budget": 6,
    "plan": 6,
    "weak_point": 6,
    "growth_zone": 6,
    "public_funding": 6,
}
"""How soon what is known is to be checked again; everything else keeps for a year."""


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement as the page shows it. ``stale`` means its review-by date has passed."""

    id: str
    organisation_id: str
    kind: str
    text: str
    source_kind: str
    source: str
    noted_on: datetime.date | None
    review_by: datetime.date | None
    stale: bool
    competitor_id: str | None
    competitor: str
    argument_id: str | None
    sensitivity: str


@dataclass(frozen=True, slots=True)
class StatementGroup:
    """The statements of one kind, the newest first."""

    kind: str
    statements: tuple[StatementView, ...]


class Statements:
    """Everything a user can do to a statement. Single fields are edited and rows deleted through ``Records``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, organisation_id: str, kinds: Sequence[str] = ()) -> tuple[StatementGroup, ...]:
        """What is known of a client by kind, in the order of ``kinds`` (the vocabulary's). Raises ``record.gone``."""
        today = self._store.now().date()

        def work(session: Session) -> tuple[StatementGroup, ...]:
            get(session, Organisation, organisation_id)
            found: dict[str, list[StatementView]] = {}
            for view in statements_of(session, organisation_id, today):
                found.setdefault(view.kind, []).append(view)
            place = {kind: number for number, kind in enumerate(kinds)}
            order = sorted(found, key=lambda kind: (place.get(kind, len(place)), kind))
            return tuple(StatementGroup(kind, tuple(found[kind])) for kind in order)

        return self._store.read(work)

    def add(
        self,
        organisation_id: str,
        text: str,
        *,
        kind: str = "development",
        source_kind: str = "",
        source: str = "",
        competitor: str = "",
    ) -> str:
        """Note something of today and return its id; only the text is asked.

        ``competitor`` names a company; one that is not known is added as a competitor. Raises ``record.required``.
        """
        check_new(Statement, {"text": text, "kind": kind, "source_kind": source_kind, "source": source})
        today = self._store.now().date()

        def work(session: Session) -> str:
            client = get(session, Organisation, organisation_id)
            rival = named_or_new(session, competitor, "competitor").id if competitor.strip() else None
            return insert(
                session,
                Statement(
                    organisation_id=client.id,
                    kind=kind,
                    text=" ".join(text.split()),
                    source_kind=source_kind,
                    source=source.strip(),
                    competitor_id=rival,
                    noted_on=today,
                    review_by=review_by(kind, today),
                ),
            )

        return self._store.write("statement.add", {"text": first_words(text)}, work)

    def edit(self, statement_id: str, text: str, *, visit: str = "") -> None:
        """Change the words; one ``visit`` to the field is one step. Raises ``record.required``."""
        check_changes(Statement, {"text": text})
        if not text.strip():
            raise KamdeskError("record.required", field=label("Statement"))

        def work(session: Session) -> None:
            put(session, Statement, statement_id, {"text": text.strip()})

        self._store.write("statement.edit", {"text": first_words(text)}, work, visit=visit)

    def set_kind(self, statement_id: str, kind: str) -> None:
        """Say what it is about; it is checked again when that kind is."""
        check_changes(Statement, {"kind": kind})

        def work(session: Session) -> None:
            row = get(session, Statement, statement_id)
            row.kind = kind
            row.review_by = review_by(kind, row.noted_on or self._store.now().date())

        self._store.write("statement.edit", {"text": self._words(statement_id)}, work)

    def confirm(self, statement_id: str) -> None:
        """Still true: noted today and checked again in its time. Raises ``record.gone``."""
        today = self._store.now().date()

        def work(session: Session) -> None:
            row = get(session, Statement, statement_id)
            row.noted_on, row.review_by = today, review_by(row.kind, today)

        self._store.write("statement.confirm", {"text": self._words(statement_id)}, work)

    def set_competitor(self, statement_id: str, name: str) -> None:
        """Say by its name whose move this is; a company that is not known is added, "" takes it away."""

        def work(session: Session) -> None:
            row = get(session, Statement, statement_id)
            row.competitor_id = named_or_new(session, name, "competitor").id if name.strip() else None

        self._store.write("statement.competitor", {"text": name.strip() or self._words(statement_id)}, work)

    def make_argument(self, statement_id: str) -> str:
        """Put it into the library with its source and date as evidence; returns the id of the argument.

        One that is an argument already stays that one. The words of the source go along only as the user wrote
        them for the statement; how we know it stays with us.
        """

        def work(session: Session) -> str:
            row = get(session, Statement, statement_id)
            if row.argument_id and session.get(Argument, row.argument_id) is not None:
                return row.argument_id
            client = get(session, Organisation, row.organisation_id)
            # a source told in confidence must not come out in a proposal: only an open one is evidence
            source = row.source if row.source_kind == "open_source" else ""
            row.argument_id = insert(
                session,
                Argument(
                    text=row.text,
                    industry=client.industry,
                    evidence_source=source,
                    evidence_date=row.noted_on,
                    language=client.language or "ru",
                ),
            )
            return row.argument_id

        return self._store.write("statement.argument", {"text": self._words(statement_id)}, work)

    def _words(self, statement_id: str) -> str:
        return self._store.read(lambda session: first_words(get(session, Statement, statement_id).text))


def review_by(kind: str, noted_on: datetime.date) -> datetime.date:
    """When to check it again: moves of competitors in three months, plans and budgets in six, the rest in a year."""
    months = noted_on.month - 1 + _MONTHS.get(kind, 12)
    year, month = noted_on.year + months // 12, months % 12 + 1
    last = (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)).day
    return datetime.date(year, month, min(noted_on.day, last))


def statements_of(session: Session, organisation_id: str, today: datetime.date) -> tuple[StatementView, ...]:
    """The statements of a client, the newest first; for other services that show them."""
    rows = session.scalars(
        select(Statement)
        .where(Statement.organisation_id == organisation_id)
        .order_by(Statement.noted_on.desc(), Statement.id)
    ).all()
    ids = {row.competitor_id for row in rows if row.competitor_id}
    query = select(Organisation.id, Organisation.short_name).where(Organisation.id.in_(ids))
    names = {str(one[0]): str(one[1]) for one in session.execute(query)} if ids else {}
    return tuple(
        StatementView(
            row.id,
            row.organisation_id,
            row.kind,
            row.text,
            row.source_kind,
            row.source,
            row.noted_on,
            row.review_by,
            row.review_by is not None and row.review_by < today,
            row.competitor_id,
            names.get(row.competitor_id or "", ""),
            row.argument_id,
            row.sensitivity,
        )
        for row in rows
    )
