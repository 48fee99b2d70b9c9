"""The library: arguments, objections, finished projects, recommenders (R1, R8).

Single fields are edited through ``Records``, which every form uses; here stands what is more than one field.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Text, cast, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from kamdesk.model.inputs import LibraryArgument
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import (
    Argument,
    CaseStudy,
    Employment,
    Entity,
    Objection,
    Person,
    Proposal,
    ProposalReader,
    Recommender,
    Seat,
    Telling,
    entity_of,
    fields_of,
)
from kamdesk.rules import seats
from kamdesk.rules.nearest_case import Near
from kamdesk.services.base import get, name_of, title_of
from kamdesk.services.library_nearest import nearest_cases
from kamdesk.services.library_reader import ForReader, for_reader
from kamdesk.services.library_variants import (
    TWINNED,
    Groups,
    check_link,
    first_of,
    groups,
    keep_together,
    make_twin,
)
from kamdesk.services.library_views import (
    ArgumentView,
    CaseView,
    ObjectionView,
    RecommenderView,
    argument_views,
    case_views,
    objection_views,
    recommender_views,
)
from kamdesk.services.rows import check_changes, check_new, first_words, insert, put
from kamdesk.store.text import words
from kamdesk.store.unit_of_work import Store

TABLES: Final = ("argument", "objection", "case_study", "recommender", "price_item")


class Library:
    """Everything a user can do to the library."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- arguments

    def arguments(
        self, *, lens: str = "", criterion: str = "", language: str = "", text: str = ""
    ) -> tuple[ArgumentView, ...]:
        """Arguments that fit every filter given, by their words. One without a lens or criterion fits any of them."""
        query = select(Argument).order_by(func.kamdesk_fold(Argument.text), Argument.id)
        if language:
            query = query.where(Argument.language == language)
        for column, code in ((Argument.lenses, lens), (Argument.criteria, criterion)):
            if code:
                query = query.where(_lists(column, code))
        for condition in _says(
            text, Argument.text, Argument.short, Argument.evidence, Argument.product, Argument.industry
        ):
            query = query.where(condition)
        return self._store.read(
            lambda session: argument_views(session, session.scalars(query), self._store.now().date())
        )

    def argument(self, argument_id: str) -> ArgumentView:
        """One argument. Raises ``record.gone``."""
        return self._store.read(
            lambda session: argument_views(
                session, [get(session, Argument, argument_id)], self._store.now().date()
            )[0]
        )

    def add_argument(self, text: str, values: Mapping[str, object] | None = None) -> str:
        """Add an argument and return its id; only the text is required. Raises ``record.required``."""
        return self._add("argument", {"text": text.strip(), **(values or {})})

    # --- objections

    def objections(
        self, *, lens: str = "", criterion: str = "", language: str = "", text: str = ""
    ) -> tuple[ObjectionView, ...]:
        """Objections that fit every filter given, by their words."""
        query = select(Objection).order_by(func.kamdesk_fold(Objection.text), Objection.id)
        if language:
            query = query.where(Objection.language == language)
        for column, code in ((Objection.lenses, lens), (Objection.criteria, criterion)):
            if code:
                query = query.where(_lists(column, code))
        for condition in _says(text, Objection.text, Objection.answer):
            query = query.where(condition)
        return self._store.read(lambda session: objection_views(session, session.scalars(query)))

    def add_objection(self, text: str, answer: str = "", values: Mapping[str, object] | None = None) -> str:
        """Add an objection with its answer and return its id. Raises ``record.required``."""
        return self._add("objection", {"text": text.strip(), "answer": answer, **(values or {})})

    # --- projects

    def cases(self, *, language: str = "", text: str = "") -> tuple[CaseView, ...]:
        """Finished projects, the latest year first."""
        query = select(CaseStudy).order_by(
            CaseStudy.year.desc(), func.kamdesk_fold(CaseStudy.title), CaseStudy.id
        )
        if language:
            query = query.where(CaseStudy.language == language)
        columns = (
            CaseStudy.title,
            CaseStudy.client,
            CaseStudy.industry,
            CaseStudy.task,
            CaseStudy.done,
            CaseStudy.figures,
        )
        for condition in _says(text, *columns):
            query = query.where(condition)
        return self._store.read(lambda session: case_views(session, session.scalars(query)))

    def for_reader(self, person_id: str, lens: str) -> dict[str, ForReader]:
        """What is known of each argument with this person and readers of their type; nothing known, not in it."""
        today = self._store.now().date()

        def work(session: Session) -> dict[str, ForReader]:
            twins = groups(session, Argument)
            return for_reader(session, person_id, lens, today, twins, *results(session, twins))

        return self._store.read(work)

    def nearest(self, proposal_id: str) -> dict[str, Near]:
        """How near each project of the proposal's language is to its client and task, by id, the nearest first."""
        return self._store.read(
            lambda session: {
                one.id: one for one in nearest_cases(session, get(session, Proposal, proposal_id))
            }
        )

    def add_case(self, title: str, values: Mapping[str, object] | None = None) -> str:
        """Add a finished project and return its id. Raises ``record.required``."""
        return self._add("case_study", {"title": title.strip(), **(values or {})})

    # --- recommenders

    def recommenders(
        self, *, purpose: str = "proposal", on: date | None = None, language: str = "", text: str = ""
    ) -> tuple[RecommenderView, ...]:
        """Recommenders by name, with the state of their consent for a use on a day (today unless given)."""
        query = select(Recommender).order_by(
            func.kamdesk_fold(Recommender.family_name),
            func.kamdesk_fold(Recommender.given_name),
            Recommender.id,
        )
        if language:
            query = query.where(Recommender.language == language)
        columns = (
            Recommender.family_name,
            Recommender.given_name,
            Recommender.middle_name,
            Recommender.organisation,
            Recommender.post,
            Recommender.about,
        )
        for condition in _says(text, *columns):
            query = query.where(condition)
        day = on or self._store.now().date()
        return self._store.read(
            lambda session: recommender_views(session, session.scalars(query), purpose, day)
        )

    def recommender(
        self, recommender_id: str, *, purpose: str = "proposal", on: date | None = None
    ) -> RecommenderView:
        """One recommender. Raises ``record.gone``."""
        day = on or self._store.now().date()
        return self._store.read(
            lambda session: recommender_views(
                session, [get(session, Recommender, recommender_id)], purpose, day
            )[0]
        )

    def add_recommender(self, values: Mapping[str, object]) -> str:
        """Add a recommender and return the id; a ``person_id`` fills an empty name. Raises ``library.nobody``."""
        return self._add("recommender", values)

    def record_consent(
        self, recommender_id: str, scope: str, *, on: date | None = None, until: date | None = None
    ) -> None:
        """Record that they agreed: for what (a code of ``consent_scope`` or words), when, until when.

        Raises ``library.consent_scope`` for an empty scope, ``library.consent_until`` when it ends before it begins.
        """
        given = on or self._store.now().date()
        if not scope.strip():
            raise KamdeskError("library.consent_scope")
        if until is not None and until < given:
            raise KamdeskError("library.consent_until")
        self._consent("library.consent", recommender_id, given, scope.strip(), until)

    def withdraw_consent(self, recommender_id: str) -> None:
        """They no longer agree: contacts are in no new document. Raises ``record.gone``."""
        self._consent("library.withdraw", recommender_id, None, "", None)

    def add_price_item(self, name: str, values: Mapping[str, object] | None = None) -> str:
        """Add a line of the price list and return its id; only the name is required. Raises ``record.required``."""
        return self._add("price_item", {"name": name.strip(), **(values or {})})

    # --- any of them

    def add_several(self, table: str, entries: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
        """Add entries that were typed or pasted together, as one step; gives their ids. Raises as the adding of one does."""
        entity = _entity(table)
        for values in entries:
            check_new(entity, values)

        def work(session: Session) -> tuple[str, ...]:
            return tuple(insert(session, entity(**_named(session, table, values))) for values in entries)

        if len(entries) != 1:
            return self._store.write("library.add_several", {"n": len(entries)}, work)
        name = self._store.read(lambda session: title_of(entity(**_named(session, table, entries[0]))))
        return self._store.write("library.add", {"name": first_words(name)}, work)

    def edit(self, table: str, row_id: str, values: Mapping[str, object], *, visit: str = "") -> None:
        """Set fields of an entry. Raises KamdeskError for a value that does not fit, ``record.gone``."""
        entity = _entity(table)
        check_changes(entity, values)

        def work(session: Session) -> None:
            other = values.get("variant_of_id")
            if isinstance(other, str) and other:
                check_link(session, table, row_id, other)
            put(session, entity, row_id, values)

        self._store.write("library.edit", {"name": self._title(entity, row_id)}, work, visit=visit)

    def translate(self, table: str, row_id: str, language: str, values: Mapping[str, object]) -> str:
        """Add the same argument or objection in another language and return its id; ``values`` has its ``text``.

        What is no text (types, criteria, evidence's kind and date, project, term) is taken over. Raises
        ``library.twin_exists``, ``record.required``.
        """
        entity = TWINNED[table]
        filled = {**values, "text": str(values.get("text") or "").strip()}
        check_new(entity, filled)

        def work(session: Session) -> str:
            return insert(session, make_twin(session, table, row_id, language, filled))

        return self._store.write("library.translate", {"name": self._title(entity, row_id)}, work)

    def part(self, table: str, row_id: str) -> None:
        """Say that an entry is not the same as its twins after all; these stay together."""
        entity = TWINNED[table]

        def work(session: Session) -> None:
            keep_together(session, table, row_id)
            get(session, entity, row_id).variant_of_id = None

        self._store.write("library.part", {"name": self._title(entity, row_id)}, work)

    def duplicate(self, table: str, row_id: str) -> str:
        """A copy of an entry, without the history of its use and a consent; returns the id of the copy."""
        entity = _entity(table)

        def work(session: Session) -> str:
            row = get(session, entity, row_id)
            # Who agreed to be named agreed for themselves: whoever the copy becomes has to be asked.
            left = ("id", "variant_of_id", "consent_on", "consent_scope", "consent_until")
            values = {c.name: getattr(row, c.name) for c, _ in fields_of(entity) if c.name not in left}
            return insert(session, entity(**values))

        return self._store.write("library.duplicate", {"name": self._title(entity, row_id)}, work)

    def delete(self, table: str, row_id: str) -> None:
        """Delete an entry, with the choices made about it in proposals; undo brings all back."""
        entity = _entity(table)

        def work(session: Session) -> None:
            if table in TWINNED:
                keep_together(session, table, row_id)
                session.flush()
            session.delete(get(session, entity, row_id))

        self._store.write("library.delete", {"name": self._title(entity, row_id)}, work)

    def _add(self, table: str, values: Mapping[str, object]) -> str:
        return self.add_several(table, (values,))[0]

    def _consent(
        self, code: str, recommender_id: str, on: date | None, scope: str, until: date | None
    ) -> None:
        def work(session: Session) -> None:
            row = get(session, Recommender, recommender_id)
            row.consent_on, row.consent_scope, row.consent_until = on, scope, until

        self._store.write(code, {"name": self._title(Recommender, recommender_id)}, work)

    def _title(self, entity: type[Entity], row_id: str) -> str:
        return self._store.read(lambda session: first_words(title_of(get(session, entity, row_id))))


# --- pieces for other services -----------------------------------------------------------------------------


def library_arguments(session: Session, language: str = "") -> tuple[LibraryArgument, ...]:
    """All arguments of a language ("" for all) as tailoring reads them, with what they won and lost by lens."""
    query = select(Argument).order_by(Argument.id)
    if language:
        query = query.where(Argument.language == language)
    twins = groups(session, Argument)
    won, lost = results(session, twins)
    silent = select(CaseStudy.id, CaseStudy.client).where(CaseStudy.may_quote.is_(False))
    unnamed = {str(row[0]): str(row[1]) for row in session.execute(silent)}
    return tuple(
        LibraryArgument(
            id=row.id,
            text=row.text,
            short=row.short,
            lenses=row.lenses,
            criteria=row.criteria,
            industry=row.industry,
            product=row.product,
            evidence=row.evidence,
            evidence_kind=row.evidence_kind,
            evidence_source=row.evidence_source,
            evidence_date=row.evidence_date,
            case_id=row.case_id or "",
            recommender_id=row.recommender_id or "",
            language=row.language,
            valid_until=row.valid_until,
            won=dict(won[stands]) if (stands := first_of(row.id, twins)) in won else None,
            lost=dict(lost[stands]) if stands in lost else None,
            unnamed=unnamed.get(row.case_id or "", ""),
        )
        for row in session.scalars(query)
    )


def results(session: Session, twins: Groups) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """Argument id → lens → in how many accepted, and in how many declined proposals it was told to such a reader.

    Twins in other languages are one argument, named by :func:`first_of`. The lens is the one the reader had in that proposal, else the person's own, else what their seat suggests.
    """
    rows = session.execute(
        select(Telling.argument_id, Person.id, ProposalReader.lens, Person.lens, Proposal.id, Proposal.status)
        .join(Proposal, Proposal.id == Telling.proposal_id)
        .join(Person, Person.id == Telling.person_id)
        .outerjoin(
            ProposalReader,
            (ProposalReader.proposal_id == Proposal.id) & (ProposalReader.person_id == Person.id),
        )
        .where(Proposal.status.in_(("accepted", "declined")))
    ).all()
    titles = _titles(session) if rows else {}
    told = {
        (
            first_of(argument_id, twins),
            chosen or own or seats.suggest_lens(titles.get(person_id, "")),
            proposal_id,
            status,
        )
        for argument_id, person_id, chosen, own, proposal_id, status in rows
    }
    won: dict[str, Counter[str]] = defaultdict(Counter)
    lost: dict[str, Counter[str]] = defaultdict(Counter)
    for argument_id, lens, _, status in told:
        (won if status == "accepted" else lost)[argument_id][lens] += 1
    return won, lost


def _titles(session: Session) -> dict[str, str]:
    """Person id → title of the first seat they hold now."""
    query = (
        select(Employment.person_id, Seat.title)
        .join(Seat, Seat.id == Employment.seat_id)
        .where(Employment.until.is_(None), Employment.is_former.is_(False))
        .order_by(Employment.position.desc())
    )
    return dict(session.execute(query).all())


def _entity(table: str) -> type[Entity]:
    """The entity of a table of the library. Raises KeyError for another table."""
    if table not in TABLES:
        raise KeyError(table)
    return entity_of(table)


def _named(session: Session, table: str, values: Mapping[str, object]) -> dict[str, object]:
    """The values of a new row; a recommender without a name of their own takes that of the person."""
    filled = dict(values)
    if table != "recommender" or any(
        filled.get(part) for part in ("family_name", "given_name", "middle_name")
    ):
        return filled
    person_id = filled.get("person_id")
    if not isinstance(person_id, str):
        raise KamdeskError("library.nobody")
    name = name_of(get(session, Person, person_id))
    return {**filled, "family_name": name.family, "given_name": name.given, "middle_name": name.middle}


def _lists(column: InstrumentedAttribute[tuple[str, ...]], code: str) -> ColumnElement[bool]:
    """Whether a stored list of codes has this one, or none at all."""
    stored = cast(column, Text)
    return (stored == "[]") | stored.contains(f'"{code}"', autoescape=True)


def _says(text: str, *columns: InstrumentedAttribute[str]) -> list[ColumnElement[bool]]:
    """One condition a word: it stands in one of the columns, folded."""
    joined: ColumnElement[str] = func.kamdesk_fold(columns[0])
    for column in columns[1:]:
        joined = joined + " " + func.kamdesk_fold(column)
    return [joined.contains(word, autoescape=True) for word in words(text[:200])]
