"""What questions to the influence map need besides the map: whom we know and how well, and people beyond the client."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kamdesk.model.influence import InfluenceGraph
from kamdesk.model.messages import Message
from kamdesk.model.tables import Acquaintance, Colleague, Employment, Interaction, Participant, Person
from kamdesk.model.vocabulary import Label, Vocabularies
from kamdesk.rules.influence import Known
from kamdesk.rules.map_cards import full_name
from kamdesk.services.base import get, name_of
from kamdesk.services.influence_views import client_graph, lone_graph, widened
from kamdesk.services.people_views import coverage_of

_HOPS: Final = 2
_MOST_PEOPLE: Final = 1_500
_BY_LADDER: Final = {"trust": 0.2, "loyalty": 0.5, "acquaintance": 1.1, "contact": 2.0}
_BY_COVERAGE: Final = {"in_depth": 0.5, "several": 1.0, "brief": 1.9}
_BY_STRENGTH: Final = {3: 0.3, 2: 0.9, 1: 1.7, None: 1.3}
_THROUGH_COLLEAGUE: Final = 0.4
_CHUNK: Final = 2_000


def known_to_us(session: Session, people: Collection[str]) -> tuple[Known, ...]:
    """Whom of these we know, by the strongest reason: our relationship, real contact, a colleague's acquaintance."""
    found: dict[str, Known] = {}
    listed = sorted(people)
    for start in range(0, len(listed), _CHUNK):
        chunk = listed[start : start + _CHUNK]
        for one in (
            *_by_ladder(session, chunk),
            *_by_coverage(session, chunk),
            *_by_colleagues(session, chunk),
        ):
            if one.person_id not in found or one.cost < found[one.person_id].cost:
                found[one.person_id] = one
    return tuple(found.values())


def _by_ladder(session: Session, people: list[str]) -> list[Known]:
    rows = session.execute(
        select(Person.id, Person.ladder_now).where(Person.id.in_(people), Person.ladder_now != "")
    )
    return [
        Known(row[0], _BY_LADDER[row[1]], Message("influence.we_ladder", {"level": Label("ladder", row[1])}))
        for row in rows
        if row[1] in _BY_LADDER
    ]


def _by_coverage(session: Session, people: list[str]) -> list[Known]:
    rows = session.execute(
        select(Participant.person_id, func.count())
        .join(Interaction, Interaction.id == Participant.interaction_id)
        .where(Interaction.state == "done", Participant.person_id.in_(people))
        .group_by(Participant.person_id)
    )
    known = []
    for person_id, meetings in rows:
        level = coverage_of(meetings)
        how = Message("influence.we_coverage", {"level": Label("coverage", level)})
        known.append(Known(str(person_id), _BY_COVERAGE[level], how))
    return known


def _by_colleagues(session: Session, people: list[str]) -> list[Known]:
    rows = session.execute(
        select(Acquaintance.person_id, Acquaintance.strength, Colleague)
        .join(Colleague, Colleague.id == Acquaintance.colleague_id)
        .where(Acquaintance.person_id.in_(people))
    )
    known = []
    for person_id, strength, colleague in rows:
        cost = _BY_STRENGTH.get(strength, 1.3) + (0 if colleague.is_me else _THROUGH_COLLEAGUE)
        level = Label("relation_strength", str(strength or 1))
        said = {"colleague": full_name(name_of(colleague)), "strength": level}
        known.append(Known(person_id, cost, Message("influence.colleague_knows", said)))
    return known


def wide_graph(
    session: Session,
    person_id: str,
    vocabularies: Vocabularies,
    today: date,
    shown: InfluenceGraph | None,
) -> InfluenceGraph:
    """Everybody around a person: their client with its reporting lines, and people elsewhere a few ties away.

    ``shown`` is the map on the screen: where it has the person, it is widened, so that its cards can be lit up.
    """
    person = get(session, Person, person_id)
    base = shown
    if base is None or person.id not in base.card_of:
        at = session.execute(
            select(Employment.organisation_id)
            .where(
                Employment.person_id == person.id, Employment.until.is_(None), Employment.is_former.is_(False)
            )
            .order_by(Employment.position)
        ).first()
        base = (
            client_graph(session, at[0], vocabularies, today)
            if at is not None
            else lone_graph(session, person.id, vocabularies, today)
        )
    for _ in range(_HOPS):
        if len(base.nodes) > _MOST_PEOPLE:
            break
        wider = widened(session, base, vocabularies, today)
        if len(wider.nodes) == len(base.nodes):
            break
        base = wider
    return replace(base, places=())
