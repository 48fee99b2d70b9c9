"""Half of a sign (a lone surrogate), as some clipboards give it: a message, nothing stored, nothing repeated in words of the fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kamdesk.bootstrap import Workplace, open_workplace
from kamdesk.model.letter import LetterText
from kamdesk.model.messages import KamdeskError
from kamdesk.model.tables import Interaction, Organisation, Participant, Person
from kamdesk.store.keys import KdfCost
from kamdesk.store.vault import create

HALF = "Секрет\ud800Иванова"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    opened = open_workplace(create(tmp_path / "vault", "p", cost=KdfCost(1024, 1, 1)))
    yield opened
    opened.close()


@pytest.fixture
def ids(place: Workplace) -> dict[str, str]:
    def work(session: Any) -> dict[str, str]:
        client, person = Organisation(short_name="Прогресс"), Person(family_name="Иванов")
        session.add_all([client, person])
        session.flush()
        met = Interaction(organisation_id=client.id, purpose="Показ")
        session.add(met)
        session.flush()
        session.add(Participant(interaction_id=met.id, person_id=person.id))
        return {"client": client.id, "person": person.id, "met": met.id}

    return place.store.write("record.add", {"noun": "", "name": ""}, work)


ACTS: dict[str, Callable[[Workplace, dict[str, str]], object]] = {
    "a greeting": lambda place, ids: place.greetings.greeted(ids["person"], HALF),
    "a filter": lambda place, ids: place.saved_filters.save("people", HALF, "q"),
    "a map": lambda place, ids: place.influence.create(HALF, [ids["person"]]),
    "a letter": lambda place, ids: place.meeting_letters.sent(ids["met"], LetterText(HALF, HALF)),
    "an own field": lambda place, ids: place.standard.add_field("person", "text", HALF),
    "an id that is asked for": lambda place, ids: place.briefs.discreet(f"person:{HALF}"),
    "an id that is greeted": lambda place, ids: place.greetings.card(HALF, "birthday"),
}


@pytest.mark.parametrize("name", ACTS)
def test_half_a_sign_is_told_and_not_stored(name: str, place: Workplace, ids: dict[str, str]) -> None:
    before = place.vault.history.undoable()
    with pytest.raises(KamdeskError) as refused:
        ACTS[name](place, ids)
    assert refused.value.message.code in ("storage.wrong_signs", "record.wrong_signs")
    assert "Секрет" not in repr(refused.value) + repr(refused.value.__cause__)
    assert place.vault.history.undoable() == before
    place.saved_filters.save("people", "Мои", "q")  # the writer goes on
